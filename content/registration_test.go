package content

import (
	"testing"
	"time"

	"yangguang/calendar"
)

func TestRegistrationOf(t *testing.T) {
	keyDate := func(m time.Month, d int, season string) *KeyDate {
		k := &KeyDate{Date: calendar.NewDate(2022, m, d), Deadline: true, Season: season}
		k.Year = 2022
		return k
	}
	counted := &KeyDate{WorkingDays: 20, Event: "办理入学手续"}
	counted.Year = 2022
	other := keyDate(9, 1, "") // the day on which age is asked: no last day of a season
	dates := []*KeyDate{
		keyDate(5, 20, Spring), keyDate(4, 20, Spring), other, keyDate(11, 20, Autumn), keyDate(12, 20, Autumn), counted,
	}
	working, err := calendar.New([]calendar.Holiday{
		{Date: calendar.NewDate(2022, 9, 12), Name: "中秋"},
		{Date: calendar.NewDate(2022, 10, 8), Name: "国庆", Work: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		entry   calendar.Date
		to      string
		season  string
		due     []string
		carried bool
		over    int    // how many of the last days
		sooner  string // the last day before the counted one
	}{
		{calendar.NewDate(2022, 9, 1), "2022-09-30", Autumn, []string{"2022-11-20", "2022-12-20"}, false, 0, ""},
		{calendar.NewDate(2022, 3, 1), "2022-03-29", Spring, []string{"2022-04-20", "2022-05-20"}, false, 0, ""},
		{calendar.NewDate(2022, 4, 21), "2022-05-19", Spring, []string{"2022-04-20", "2022-05-20"}, false, 1, ""},
		{calendar.NewDate(2022, 5, 1), "2022-05-27", Spring, []string{"2022-04-20", "2022-05-20"}, false, 1, "2022-05-20"},
		{calendar.NewDate(2022, 5, 21), "2022-06-17", Spring, []string{"2022-04-20", "2022-05-20"}, false, 2, ""},
		{calendar.NewDate(2022, 4, 20), "2022-05-18", Spring, []string{"2022-04-20", "2022-05-20"}, false, 0, "2022-04-20"},
		{calendar.NewDate(2026, 9, 1), "2026-09-29", Autumn, []string{"2026-11-20", "2026-12-20"}, true, 0, ""},
	} {
		t.Run(test.entry.String(), func(t *testing.T) {
			r := RegistrationOf(dates, working, test.entry)
			if r.Counted != counted || r.Count.To.String() != test.to {
				t.Errorf("counted to %s, want %s", r.Count.To, test.to)
			}
			if r.Season != test.season || len(r.Due) != len(test.due) {
				t.Fatalf("%s with %d last days, want %s with %d", r.Season, len(r.Due), test.season, len(test.due))
			}
			for i, d := range r.Due {
				if d.Date.String() != test.due[i] || d.Carried != test.carried {
					t.Errorf("last day %s, carried %v; want %s, %v", d.Date, d.Carried, test.due[i], test.carried)
				}
			}
			sooner := ""
			if d := r.Sooner(); d != nil {
				sooner = d.Date.String()
			}
			if sooner != test.sooner {
				t.Errorf("the last day that comes sooner is %q, want %q", sooner, test.sooner)
			}
			if got := len(r.Over()); got != test.over {
				t.Errorf("%d last days are over, want %d", got, test.over)
			}
		})
	}
}
