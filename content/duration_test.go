package content

import (
	"testing"

	"yangguang/calendar"
)

var rulesOf2022 = []*Rule{
	{Topic: TopicDuration, Case: CaseBasic, Min: 3, Max: 3},
	{Topic: TopicDuration, Case: CaseFresh, Min: 3, Max: 3},
	{Topic: TopicDuration, Case: CasePrimaryArts, Min: 5, Max: 6, Choices: []int{5, 6}},
	{Topic: TopicDuration, Case: CaseAdult, Min: 1, Max: 3},
	{Topic: TopicDuration, Case: CasePartTime, Max: 6},
	{Topic: TopicDuration, Case: CaseLinked},
	{Topic: "another topic", Case: CaseUpper, Min: 9, Max: 9},
}

func TestDurationOf(t *testing.T) {
	born := calendar.NewDate
	for _, test := range []struct {
		name   string
		pupil  Pupil
		ruling Ruling
		rule   string // case of the rule that answers
	}{
		{"nothing said", Pupil{Entry: 2022}, Unasked, ""},
		{"graduate of the year", Pupil{Entry: 2022, Case: CaseFresh}, Ruled, CaseFresh},
		{"graduate of the year who is 18 falls under two rules", Pupil{Entry: 2022, Case: CaseFresh, Age: 18}, BothRules, CaseFresh},
		{"graduate of the year, 18 on the day", Pupil{Entry: 2022, Case: CaseFresh, Born: born(2004, 9, 1)}, BothRules, CaseFresh},
		{"graduate of the year who is 17", Pupil{Entry: 2022, Case: CaseFresh, Age: 17}, Ruled, CaseFresh},
		{"arts from primary school", Pupil{Entry: 2022, Case: CasePrimaryArts, Age: 12}, Ruled, CasePrimaryArts},
		{"part-time, whatever the age", Pupil{Entry: 2022, Case: CasePartTime, Age: 40}, Ruled, CasePartTime},
		{"linked with a college", Pupil{Entry: 2022, Case: CaseLinked}, Ruled, CaseLinked},
		{"19 by age alone", Pupil{Entry: 2022, Age: 19}, Ruled, CaseAdult},
		{"17 by age alone", Pupil{Entry: 2022, Age: 17}, Silent, CaseBasic},
		{"18 on 31 August", Pupil{Entry: 2022, Born: born(2004, 8, 31)}, Ruled, CaseAdult},
		{"18 on 1 September: ask", Pupil{Entry: 2022, Born: born(2004, 9, 1)}, OnBirthday, CaseAdult},
		{"18 on 2 September", Pupil{Entry: 2022, Born: born(2004, 9, 2)}, Silent, CaseBasic},
		{"the same person enters a year later", Pupil{Entry: 2023, Born: born(2004, 9, 2)}, Ruled, CaseAdult},
		{"born on 29 February", Pupil{Entry: 2022, Born: born(2004, 2, 29)}, Ruled, CaseAdult},
		{"date of birth goes before age", Pupil{Entry: 2022, Born: born(2008, 1, 1), Age: 30}, Silent, CaseBasic},
		{"says 18, age not given", Pupil{Entry: 2022, Case: CaseAdult}, Ruled, CaseAdult},
		{"says 18, is 15", Pupil{Entry: 2022, Case: CaseAdult, Born: born(2007, 3, 5)}, UnderAge, CaseBasic},
		{"left school earlier: no rule", Pupil{Entry: 2022, Case: CaseEarlier}, Silent, CaseBasic},
		{"left school earlier, now 20", Pupil{Entry: 2022, Case: CaseEarlier, Age: 20}, Ruled, CaseAdult},
		{"after upper secondary: no rule", Pupil{Entry: 2022, Case: CaseUpper}, Silent, CaseBasic},
		{"after upper secondary, 18", Pupil{Entry: 2022, Case: CaseUpper, Age: 18}, Ruled, CaseAdult},
		{"a word from elsewhere", Pupil{Entry: 2022, Case: "x"}, Unasked, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := DurationOf(rulesOf2022, test.pupil)
			rule := ""
			if got.Rule != nil {
				rule = got.Rule.Case
			}
			if got.Ruling != test.ruling || rule != test.rule {
				t.Errorf("DurationOf(%+v) = %s by rule %q, want %s by rule %q", test.pupil, got.Ruling, rule, test.ruling, test.rule)
			}
			if got.Basic == nil || got.Basic.Case != CaseBasic {
				t.Errorf("the basic length is missing: %+v", got)
			}
			if both := got.Ruling == BothRules; both != (got.Adult != nil) {
				t.Errorf("rule for adults named: %v, want %v", got.Adult != nil, both)
			}
		})
	}
}

func TestDurationOfMissingRules(t *testing.T) {
	if got := DurationOf(nil, Pupil{Entry: 2022, Age: 19}); got.Ruling != NoRules {
		t.Errorf("without rules: %s, want %s", got.Ruling, NoRules)
	}
	basicOnly := rulesOf2022[:1]
	for _, c := range []string{CaseFresh, CaseAdult, CasePartTime} {
		if got := DurationOf(basicOnly, Pupil{Entry: 2022, Case: c, Age: 20}); got.Ruling != Silent {
			t.Errorf("%s without its rule: %s, want %s", c, got.Ruling, Silent)
		}
	}
}

func TestRulesFor(t *testing.T) {
	var e Edition
	e.Number = 1
	for _, year := range []int{2022, 2024} {
		r := &Rule{Topic: TopicDuration, Case: CaseBasic}
		r.ID, r.Year = ID("rule/"+map[int]string{2022: "2022", 2024: "2024"}[year]+"/basic"), year
		e.Changes = append(e.Changes, Change{Op: Put, ID: r.ID, Record: r})
	}
	s, err := Fold([]Edition{e})
	if err != nil {
		t.Fatal(err)
	}
	for entry, want := range map[int]int{2021: 0, 2022: 2022, 2023: 2022, 2024: 2024, 2027: 2024} {
		rules, year := s.RulesFor(entry)
		if year != want || (len(rules) == 1) != (want != 0) {
			t.Errorf("RulesFor(%d) = %d rules of %d, want those of %d", entry, len(rules), year, want)
		}
	}
}
