package site

import (
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
)

func TestDurationForm(t *testing.T) {
	today := calendar.NewDate(2026, time.July, 1)
	for _, test := range []struct {
		name  string
		form  durationForm
		want  content.Pupil
		wrong durationWrong
	}{
		{"nothing", durationForm{}, content.Pupil{Entry: 2026}, durationWrong{}},
		{"an age", durationForm{Age: "19"}, content.Pupil{Entry: 2026, Age: 19}, durationWrong{}},
		{"an age with its unit, full width", durationForm{Age: "１９周岁"}, content.Pupil{Entry: 2026, Age: 19}, durationWrong{}},
		{"a year of entry", durationForm{Case: "fresh", Entry: "2022"}, content.Pupil{Entry: 2022, Case: "fresh"}, durationWrong{}},
		{"a date of birth", durationForm{Born: "2003年5月1日"}, content.Pupil{Entry: 2026, Born: calendar.NewDate(2003, 5, 1)}, durationWrong{}},
		{"no age", durationForm{Age: "十九"}, content.Pupil{Entry: 2026}, durationWrong{Age: true}},
		{"no age of a pupil", durationForm{Age: "0"}, content.Pupil{Entry: 2026}, durationWrong{Age: true}},
		{"negative", durationForm{Age: "-19"}, content.Pupil{Entry: 2026}, durationWrong{Age: true}},
		{"born after entry", durationForm{Born: "2027-01-01"}, content.Pupil{Entry: 2026}, durationWrong{Born: true}},
		{"a day that is none", durationForm{Born: "2003-02-30"}, content.Pupil{Entry: 2026}, durationWrong{Born: true}},
		{"before the first document", durationForm{Entry: "2021"}, content.Pupil{Entry: 2026}, durationWrong{Entry: true}},
		{"far away", durationForm{Entry: "2099"}, content.Pupil{Entry: 2026}, durationWrong{Entry: true}},
		{"everything wrong", durationForm{"fresh", "x", "<b>", "y"}, content.Pupil{Entry: 2026, Case: "fresh"}, durationWrong{true, true, true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, wrong := test.form.read(today, 2026, 2022)
			if got != test.want && wrong == (durationWrong{}) || wrong != test.wrong {
				t.Errorf("read = %+v, %+v; want %+v, %+v", got, wrong, test.want, test.wrong)
			}
		})
	}
}

func TestEntryYear(t *testing.T) {
	last := func(m time.Month, d int, season string) *content.KeyDate {
		return &content.KeyDate{Date: calendar.NewDate(2022, m, d), Deadline: true, Season: season}
	}
	dates := []*content.KeyDate{last(4, 20, content.Spring), last(12, 20, content.Autumn), last(11, 20, content.Autumn)}
	for day, want := range map[string]int{"2026-01-01": 2026, "2026-05-01": 2026, "2026-09-01": 2026, "2026-11-20": 2026, "2026-11-21": 2027, "2026-12-31": 2027} {
		today, err := calendar.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := entryYear(dates, today); got != want {
			t.Errorf("entryYear(%s) = %d, want %d", day, got, want)
		}
	}
	// The day is the document's: without one, nothing is over.
	if got := entryYear(nil, calendar.NewDate(2026, 12, 31)); got != 2026 {
		t.Errorf("without dates: %d, want 2026", got)
	}
}

func TestDurationPage(t *testing.T) {
	s := notice(t)
	answer := func(fields map[string]string) string {
		return shown(t, s, func(s *Site) pageFunc { return s.duration }, fields)
	}
	wants(t, answer(map[string]string{"age": "19"}), `id="answer"`, `data-figure="rule/2022/adult#years" value="1-3">1 至 3 年`,
		"学制为1年至3年", `href="/policies/n#s2.p1"`, "历史文件 · 2022年", "本站没有 2027 年的文件")
	wants(t, answer(map[string]string{"born": "2008-09-01", "entry": "2026"}), "请先咨询")
	wants(t, answer(map[string]string{"case": "upper"}), "文件没有规定", `value="3">3 年`, `value="upper" checked`)
	wants(t, answer(map[string]string{"age": "很大", "case": "adult"}), "没看懂“很大”", `value="很大"`, `aria-invalid="true"`, "not:id=\"answer\"")
	wants(t, answer(nil), "not:id=\"answer\"", "not:没看懂")
}

func TestYearsWord(t *testing.T) {
	for _, test := range []struct {
		rule        content.Rule
		word, value string
	}{
		{content.Rule{Min: 3, Max: 3}, "3 年", "3"},
		{content.Rule{Min: 1, Max: 3}, "1 至 3 年", "1-3"},
		{content.Rule{Min: 5, Max: 6, Choices: []int{5, 6}}, "5 年或 6 年", "5|6"},
		{content.Rule{Max: 6}, "最长 6 年", "-6"},
		{content.Rule{}, "按批准的方案", ""},
	} {
		if word, value := yearsWord(&test.rule), yearsValue(&test.rule); word != test.word || value != test.value {
			t.Errorf("%+v: %q, %q; want %q, %q", test.rule, word, value, test.word, test.value)
		}
	}
}
