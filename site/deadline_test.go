package site

import (
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
)

func TestReadEntry(t *testing.T) {
	today := calendar.NewDate(2026, time.November, 24)
	for typed, want := range map[string]string{
		"2022-09-01": "2022-09-01", "2022年9月1日": "2022-09-01", "2027-03-01": "2027-03-01",
		"": "2026-11-24", // nothing asked
		// slips
		"0022-09-01": "", "2099-09-01": "", "2022-09-31": "", "9月1日": "", "<script>": "",
	} {
		got, wrong := readEntry(typed, today)
		if wrong != (want == "") || !wrong && got.String() != want {
			t.Errorf("readEntry(%q) = %s, wrong %v; want %q", typed, got, wrong, want)
		}
	}
}

func TestRestDays(t *testing.T) {
	day := func(m time.Month, d int, name string, work bool) calendar.Holiday {
		return calendar.Holiday{Date: calendar.NewDate(2022, m, d), Name: name, Work: work, Notice: 2022}
	}
	count := calendar.Count{
		Skipped: []calendar.Holiday{day(9, 10, "中秋", false), day(9, 11, "中秋", false), day(9, 12, "中秋", false), day(10, 1, "国庆节", false)},
		Worked:  []calendar.Holiday{day(10, 8, "国庆节", true), day(10, 9, "国庆节", true)},
	}
	rows := restDays(&content.Snapshot{}, count)
	want := []struct {
		from, to string
		work     bool
	}{
		{"2022-09-10", "2022-09-12", false},
		{"2022-10-01", "2022-10-01", false},
		{"2022-10-08", "2022-10-08", true},
		{"2022-10-09", "2022-10-09", true},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d: %v", len(rows), len(want), rows)
	}
	for i, w := range want {
		if r := rows[i]; r.From.String() != w.from || r.To.String() != w.to || r.Work != w.work {
			t.Errorf("row %d = %+v, want %+v", i, r, w)
		}
	}
}

// A holiday that follows a day worked for it is not worked.
func TestRestDaysAfterAWorkedDay(t *testing.T) {
	day := func(d int, work bool) calendar.Holiday {
		return calendar.Holiday{Date: calendar.NewDate(2024, time.September, d), Name: "中秋", Work: work}
	}
	rows := restDays(&content.Snapshot{}, calendar.Count{
		Skipped: []calendar.Holiday{day(15, false), day(16, false), day(17, false)}, Worked: []calendar.Holiday{day(14, true)},
	})
	if len(rows) != 2 || !rows[0].Work || rows[1].Work || rows[1].From.Day() != 15 || rows[1].To.Day() != 17 {
		t.Errorf("rows = %+v, want the 14th worked and the 15th to the 17th off", rows)
	}
}

// 31 December 2022 stands in the notice of 2023, and is shown with that.
func TestRestDaysNameTheirNotice(t *testing.T) {
	h := &content.Holidays{Days: []calendar.Holiday{{Date: calendar.NewDate(2022, 12, 31), Name: "元旦"}}}
	h.ID, h.Year, h.Source = "holidays/2023", 2023, content.Source{Title: "2023年的通知", URL: "https://www.example.invalid/2023"}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: []content.Change{{Op: content.Put, ID: h.ID, Record: h}}}})
	if err != nil {
		t.Fatal(err)
	}
	rows := restDays(s, s.WorkingDays().After(calendar.NewDate(2022, 12, 30), 1))
	if len(rows) != 1 || rows[0].Record != "holidays/2023" || rows[0].Source.Title != "2023年的通知" {
		t.Errorf("rows = %+v, want one from the notice of 2023", rows)
	}
}

func TestDueWords(t *testing.T) {
	due := []content.Due{
		{KeyDate: &content.KeyDate{Name: "注册截止"}, Date: calendar.NewDate(2022, 4, 20)},
		{KeyDate: &content.KeyDate{Name: "备案截止"}, Date: calendar.NewDate(2022, 5, 20)},
	}
	if got := dueWords(due); got != "注册截止（4月20日）、备案截止（5月20日）" {
		t.Errorf("dueWords = %s", got)
	}
}

func TestDeadlinePage(t *testing.T) {
	s := notice(t)
	answer := func(entry string) string {
		return shown(t, s, func(s *Site) pageFunc { return s.deadline }, map[string]string{"entry": entry})
	}
	wants(t, answer("2022-09-01"), `id="answer"`, `value="2022-09-29"`, "暂按周一至周五推算", "历史文件 · 2022年", "20个工作日")
	wants(t, answer("2026-09-01"), "本站没有 2026 年的文件", `value="2026-09-29"`)
	wants(t, answer("2021-09-01"), "本站没有 2021 年的文件", "not:id=\"answer\"")
	wants(t, answer("2022-12-01"), "已经过了：截止（11月20日）")
	wants(t, answer("2022-11-20"), "not:已经过了")
	wants(t, answer("九月一日"), "没看懂", `value="九月一日"`, "not:id=\"answer\"")
	wants(t, answer(""), "not:没看懂", "not:id=\"answer\"")
}
