package calendar_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
	"time"

	"yangguang/calendar"
)

// national reads the holiday list of the bundled pack.
func national(t *testing.T) *calendar.Calendar {
	t.Helper()
	f, err := os.Open("../content/pack/holidays.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var days []calendar.Holiday
	for _, r := range rows[1:] {
		d, err := calendar.ParseDate(r[0])
		if err != nil {
			t.Fatal(err)
		}
		notice, err := strconv.Atoi(r[3])
		if err != nil {
			t.Fatal(err)
		}
		days = append(days, calendar.Holiday{Date: d, Work: r[1] == "work", Name: r[2], Notice: notice})
	}
	c, err := calendar.New(days)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTwentyWorkingDays(t *testing.T) {
	c := national(t)
	for from, want := range map[string]string{
		"2022-09-01": "2022-09-30",
		"2022-09-05": "2022-10-09", // a Sunday worked for the National Day week
		"2022-09-20": "2022-10-21",
	} {
		got := c.After(date(t, from), 20)
		if got.To.String() != want || got.Estimated {
			t.Errorf("20 working days after %s = %s (estimated %v), want %s", from, got.To, got.Estimated, want)
		}
	}
}

func TestCountShowsItsWorking(t *testing.T) {
	got := national(t).After(date(t, "2022-09-05"), 20)
	if len(got.Skipped) != 10 || len(got.Worked) != 2 {
		t.Errorf("skipped %d holidays and worked %d weekend days, want 10 and 2", len(got.Skipped), len(got.Worked))
	}
}

func TestPastTheLastNoticeItIsAnEstimate(t *testing.T) {
	c := national(t)
	years := c.Years()
	last := years[len(years)-1]
	got := c.After(calendar.NewDate(last, time.December, 25), 10)
	if !got.Estimated {
		t.Errorf("a count into %d is not marked as an estimate", last+1)
	}
}

// A notice names days of the year before; they do not stand for that year's
// own notice.
func TestAYearIsKnownByItsOwnNotice(t *testing.T) {
	c, err := calendar.New([]calendar.Holiday{
		{Date: date(t, "2022-12-31"), Name: "元旦", Notice: 2023},
		{Date: date(t, "2023-01-01"), Name: "元旦", Notice: 2023},
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Known(2022) || !c.Known(2023) {
		t.Errorf("known years = %v, want 2023 alone", c.Years())
	}
	got := c.After(date(t, "2022-12-30"), 1)
	if !got.Estimated || len(got.Skipped) != 2 || got.Skipped[0].Notice != 2023 {
		t.Errorf("count over the turn of the year = %+v, want an estimate that skips two days of the notice of 2023", got)
	}
}

func TestSlipsInTheListAreRefused(t *testing.T) {
	monday := calendar.NewDate(2026, time.May, 11)
	for name, days := range map[string][]calendar.Holiday{
		"a day twice":      {{Date: monday}, {Date: monday}},
		"a worked weekday": {{Date: monday, Work: true}},
	} {
		if _, err := calendar.New(days); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestDates(t *testing.T) {
	d := date(t, "2022-11-20")
	if got := d.Long() + d.WeekdayName(); got != "2022年11月20日星期日" {
		t.Errorf("long form = %s", got)
	}
	for _, bad := range []string{"", "2022-02-30", "2022-9-1", "20220901", "2022-09-01 "} {
		if _, err := calendar.ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) was accepted", bad)
		}
	}
	// 23:30 UTC is already the next day in China.
	if got := calendar.DateOf(time.Date(2022, 8, 31, 23, 30, 0, 0, time.UTC)); got.String() != "2022-09-01" {
		t.Errorf("civil date in China = %s, want 2022-09-01", got)
	}
}
