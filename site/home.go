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

type homePage struct {
	page.Frame
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
