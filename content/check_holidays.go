package content

import (
	"maps"
	"slices"
	"strings"
	"time"

	"yangguang/calendar"
)

// workdays is the calendar of a pack's holidays, or why there is none.
type workdays struct {
	*calendar.Calendar
	last Item
	err  error
}

func (c *checker) calendar() (*calendar.Calendar, error) {
	if c.days == nil {
		c.days = c.count()
	}
	return c.days.Calendar, c.days.err
}

// count puts the notices together, and stops at the one that does not fit.
func (c *checker) count() *workdays {
	w := &workdays{Calendar: new(calendar.Calendar)}
	var days []calendar.Holiday
	for _, i := range c.pack.Items {
		h, ok := i.Record.(*Holidays)
		if !ok {
			continue
		}
		w.last, days = i, append(days, h.days()...)
		if w.Calendar, w.err = calendar.New(days); w.err != nil {
			break
		}
	}
	return w
}

// holidays holds the days of each notice to what can be known without the
// notice itself: a holiday's days off follow each other, one at a fixed date
// has that date among them, days are worked near the holiday they are worked
// for, and the weekdays off are as many as the days that the law gives and
// those worked for them. What stays unseen is a slip that keeps all of this: a
// whole holiday moved by a week, another weekend day worked.
func (c *checker) holidays() {
	if _, err := c.calendar(); err != nil {
		c.add(c.days.last, "", "节假日安排有误：%v。请对照国务院办公厅的通知改正。", err)
		return
	}
	for _, i := range c.pack.Items {
		if h, ok := i.Record.(*Holidays); ok {
			c.notice(i, h)
		}
	}
}

// run is days off that follow each other; two holidays may share one.
type run struct {
	days  []calendar.Holiday
	names []string
}

func (r run) first() calendar.Date { return r.days[0].Date }
func (r run) last() calendar.Date  { return r.days[len(r.days)-1].Date }

func runsOf(days []calendar.Holiday) (runs []run) {
	days = slices.Clone(days)
	slices.SortFunc(days, func(a, b calendar.Holiday) int { return a.Date.Time().Compare(b.Date.Time()) })
	for _, d := range days {
		if d.Work {
			continue
		}
		if len(runs) == 0 || runs[len(runs)-1].last().AddDays(1) != d.Date {
			runs = append(runs, run{})
		}
		r := &runs[len(runs)-1]
		r.days = append(r.days, d)
		if !slices.Contains(r.names, d.Name) {
			r.names = append(r.names, d.Name)
		}
	}
	return runs
}

func (c *checker) notice(i Item, h *Holidays) {
	for _, d := range h.Days {
		if y := d.Date.Year(); y != h.Year && (y != h.Year-1 || d.Date.Month() != time.December) {
			c.add(i, d.Date.String(), "%d年的通知里没有%s。", h.Year, d.Date.Long())
		}
	}
	of := map[string]run{} // by name
	broken := map[string]bool{}
	runs := runsOf(h.Days)
	for _, r := range runs {
		for _, d := range r.days {
			if first, known := of[d.Name]; known && first.first() != r.first() && !broken[d.Name] {
				broken[d.Name] = true
				c.add(i, d.Date.String(), "%s放假的日子没有连着：%s以后隔了几天才是%s。请对照通知核对日期。", d.Name, first.last().MonthDay(), d.Date.MonthDay())
			}
			if _, known := of[d.Name]; !known {
				of[d.Name] = r
			}
		}
	}
	worked := map[string]int{}
	for _, d := range h.Days {
		if !d.Work {
			continue
		}
		worked[d.Name]++
		if r, ok := of[d.Name]; !ok || !near(d.Date, r) {
			c.add(i, d.Date.String(), "%s上班，离%s放假的日子太远，或者没有这个节。请核对日期和名称。", d.Date.MonthDay(), d.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fixed)) {
		day := fixed[name]
		if r, ok := of[name]; ok && !broken[name] && !slices.ContainsFunc(r.days, func(d calendar.Holiday) bool { return d.Date.MonthDay() == day }) {
			c.add(i, r.first().String(), "%s放假的日子里没有%s。请核对日期。", name, day)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(h.Statutory)) {
		if _, ok := of[name]; !ok {
			c.add(i, "statutory", "holidays.csv 里没有%s放假的日子。", name)
		}
	}
	for _, r := range runs {
		if !slices.ContainsFunc(r.names, func(n string) bool { return broken[n] }) {
			c.balance(i, h, r, worked)
		}
	}
}

// fixed are the holidays whose name is a date.
var fixed = map[string]string{"元旦": "1月1日", "劳动节": "5月1日", "国庆节": "10月1日"}

// near: notices have moved a working day by up to eleven days so far.
func near(d calendar.Date, r run) bool {
	const weeks = 14
	return d.AddDays(weeks).After(r.first()) && r.last().AddDays(weeks).After(d)
}

// balance: the weekdays off are those that the law gives and those worked for.
func (c *checker) balance(i Item, h *Holidays, r run, worked map[string]int) {
	off, due := 0, 0
	for _, d := range r.days {
		if day := d.Date.Weekday(); day != time.Saturday && day != time.Sunday {
			off++
		}
	}
	for _, name := range r.names {
		n, ok := h.Statutory[name]
		if !ok {
			c.add(i, r.first().String(), "通知那一行的“法定天数”里没有%s。", name)
			return
		}
		due += n + worked[name]
	}
	if off != due {
		c.add(i, r.first().String(), "%s从%s放到%s，占了%d个周一到周五；法定天数加调休上班的日子是%d。两边要一样，请核对放假和上班的日期。",
			strings.Join(r.names, "、"), r.first().MonthDay(), r.last().MonthDay(), off, due)
	}
}
