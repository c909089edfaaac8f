package site

import (
	"slices"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// home is the first page: one box, four doors, what is public and what is not,
// the next dates.
func (s *Site) home(r *reading) (templ.Component, error) {
	h := homePage{
		Policies: r.Policies(),
		Tries:    []string{"卫校", "武陟", "48号文", "jzwsyyxx", "18岁还能上吗"},
		Owed:     slices.DeleteFunc(unmet(r.Snapshot), func(d *content.Duty) bool { return !d.Ordered }),
	}
	r.uses(records(h.Policies)...)
	h.Lists = publicLists(r.Snapshot)
	if schools := r.Schools(); len(schools) > 0 {
		h.Schools, h.Tries = len(schools), triesOf(r.Snapshot)
	}
	if years := r.Years(content.TypeTarget); len(years) > 0 {
		h.Targets = targetsOf(r, years[0])
	}
	if years := r.Years(content.TypeKeyDate); len(years) > 0 {
		h.DatesOf = years[0]
		h.AllDates = len(r.KeyDates(h.DatesOf))
		h.Dates, h.History = nextDates(r.KeyDates(h.DatesOf), r.today)
	}
	r.frame.Title, r.frame.Section = "首页", "/"
	r.frame.Description = "查中等职业学校的招生政策、招生任务、关键日期，核对招生广告；每个数字都能点开原文出处。"
	h.Frame = r.framed()
	return homeView(h), nil
}

// triesOf are questions that the record answers, as families type them.
func triesOf(s *content.Snapshot) []string {
	var tries []string
	for _, school := range s.Schools() {
		if len(school.Short) > 0 && len(tries) < 2 {
			tries = append(tries, school.Short[0]+[]string{"", " 学费多少"}[len(tries)])
		}
	}
	for _, p := range s.Specialties() {
		if len(s.PlansFor(p.Code)) > 0 {
			tries = append(tries, "哪个学校有"+p.Name)
			break
		}
	}
	return append(tries, "18岁还能上吗")
}

// publicLists are the lists that have records, with how many there are in
// the newest year.
func publicLists(s *content.Snapshot) []publicList {
	var out []publicList
	for _, l := range []struct {
		of         content.Type
		word, unit string
	}{
		{content.TypeSchool, "学校", "所"},
		{content.TypeQualification, "招生资格", "所学校"},
		{content.TypeSpecialty, "专业", "个专业"},
		{content.TypePlan, "招生计划", "条"},
		{content.TypeResult, "录取结果", "条"},
		{content.TypeBulletin, "招生周报", "期"},
		{content.TypeClarification, "辟谣", "条"},
	} {
		if s.Has(l.of) {
			out = append(out, publicList{metPages[l.of], l.word, saysOf(s, l.of, l.unit)})
		}
	}
	return out
}

// saysOf is how many records of the newest year there are.
func saysOf(s *content.Snapshot, t content.Type, unit string) string {
	year := s.Years(t)[0]
	n := s.Count(t, year)
	if t == content.TypeBulletin {
		n = len(s.BulletinDays(year))
	}
	if year == 0 {
		return itoa(n) + " " + unit
	}
	return itoa(year) + " 年 " + itoa(n) + " " + unit
}

// publicList is a list that has records: where it is, of which year, and how
// much is in it.
type publicList struct{ Path, Word, Says string }

type homePage struct {
	page.Frame
	// Schools is how many the record knows, Lists what else it has.
	Schools  int
	Lists    []publicList
	Tries    []string
	Policies []*content.Policy
	Targets  targetsPage
	Dates    []*content.KeyDate
	// DatesOf is the year of the dates, AllDates how many there are in it;
	// History is true when that year is over.
	DatesOf, AllDates int
	History           bool
	Owed              []*content.Duty
}
