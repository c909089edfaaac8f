package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// calendar shows the dates of a year in order, with whom they concern and the
// clause; those counted from an event come last.
func (s *Site) calendar(r *reading) (templ.Component, error) {
	c := calendarPage{Year: r.year(), Dates: inOrder(r.KeyDates(r.year())), Years: r.Years(content.TypeKeyDate)}
	withdrawn := r.withdrawn(content.TypeKeyDate, c.Year, len(c.Dates))
	if len(c.Dates) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	c.History = c.Year < r.today.Year()
	c.Path = "/calendar/" + strconv.Itoa(c.Year)
	r.uses(records(c.Dates)...)
	r.frame.Title, r.frame.Section = fmt.Sprintf("%d 年关键日期", c.Year), "/calendar"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "日历"}, {Word: strconv.Itoa(c.Year) + " 年"}}
	r.frame.Description = fmt.Sprintf("%d年中等职业学校新生学籍注册、备案等 %d 个日期，附对象和原文出处。", c.Year, len(c.Dates))
	r.frame.About = c.Path
	c.Frame = r.framed()
	if c.Withdrawn = withdrawn.in(c.Frame); withdrawn.All {
		return withdrawnView(c.Withdrawn), nil
	}
	return calendarView(c), nil
}

type calendarPage struct {
	page.Frame
	Year    int
	Path    string
	Dates   []*content.KeyDate
	Years   []int
	History bool
	// Withdrawn are the dates that no longer hold.
	Withdrawn withdrawals
}

// inOrder sorts dates by day; those that are counted from an event have none
// and come last.
func inOrder(dates []*content.KeyDate) []*content.KeyDate {
	slices.SortStableFunc(dates, func(a, b *content.KeyDate) int {
		if a.Date.IsZero() != b.Date.IsZero() {
			return cmp.Compare(a.WorkingDays, b.WorkingDays)
		}
		return a.Date.Time().Compare(b.Date.Time())
	})
	return dates
}

// fallsOnWeekend reports whether a last day is a Saturday or Sunday: offices
// may be closed, and no document says that the day moves.
func fallsOnWeekend(d *content.KeyDate) bool {
	day := d.Date.Weekday()
	return d.Deadline && !d.Date.IsZero() && (day == time.Saturday || day == time.Sunday)
}
