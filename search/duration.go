package search

import (
	"slices"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/understand"
)

// cases are the topics that name a pupil's case.
var cases = map[string]string{
	"fresh": content.CaseFresh, "earlier": content.CaseEarlier, "upper": content.CaseUpper,
	"part_time": content.CasePartTime, "linked": content.CaseLinked,
}

// The ages in years that can be a pupil's.
const youngest, oldest = 6, 99

// pupil is what the text says of somebody whose length of schooling is asked
// for. It reports false where that is not clear: two cases at once, a birthday,
// 艺术 without the school it begins from.
func pupil(r understand.Reading, about map[string]bool, today calendar.Date) (content.Pupil, bool) {
	p := content.Pupil{Entry: today.Year()}
	if about["unclear"] || about["primary"] != about["arts"] || len(r.Dates) > 0 || len(r.Ages) > 1 || len(r.Years) > 1 {
		return p, false
	}
	if about["primary"] {
		p.Case = content.CasePrimaryArts
	}
	for topic, of := range cases {
		switch {
		case !about[topic]:
		case p.Case != "":
			return p, false
		default:
			p.Case = of
		}
	}
	if len(r.Ages) == 1 {
		p.Age = r.Ages[0].Age
		if p.Age < youngest || p.Age > oldest {
			return p, false
		}
	}
	if about["adult"] && p.Age == 0 {
		if p.Case != "" { // of age and something else: two rules may speak of it
			return p, false
		}
		p.Case = content.CaseAdult
	}
	if len(r.Years) == 1 && p.Case != content.CaseEarlier { // 去年毕业 is no year of entry
		p.Entry = r.Years[0].Year
	}
	return p, p.Entry <= today.Year()+1
}

// duration answers how long somebody studies, where that is what is asked. It
// gives the verdict of the calculator: the answer is sure only where the
// year's document rules on that pupil.
func (e *edition) duration(r understand.Reading, about map[string]bool, q question, today calendar.Date) (decision, bool) {
	p, isClear := pupil(r, about, today)
	ofAge := len(r.Ages) > 0 && (about["duration"] || q.onlyAbout() || about["attend"] && q.strays(r) == 0)
	ofCase := about["duration"] && (p.Case != "" || !isClear)
	if !ofAge && !ofCase || q.otherSchool(r) {
		return decision{}, false
	}
	d := decision{exactly: true}
	rules, _ := e.snapshot.RulesFor(p.Entry)
	verdict := content.DurationOf(rules, p)
	d.sure = isClear && verdict.Ruling == content.Ruled
	if d.sure || verdict.Rule != nil && ofAge {
		d.lead = string(verdict.Rule.ID)
	}
	return d, true
}

// otherSchools are what somebody may study at instead of a vocational school.
var otherSchools = []string{"高中", "普高", "大专", "大学", "本科", "研究生"}

// otherSchool reports whether the query is about another school than a
// vocational one, not about where somebody comes from (高中毕业).
func (q *question) otherSchool(r understand.Reading) bool {
	return slices.ContainsFunc(q.atoms, func(a atom) bool {
		return slices.ContainsFunc(otherSchools, func(o string) bool { return strings.Contains(a.term.Text, o) }) &&
			!slices.ContainsFunc(r.Topics, func(t understand.Topic) bool { return cases[t.Topic] != "" && a.overlaps(t.Span) })
	})
}
