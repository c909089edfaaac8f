package complaint

import (
	"time"

	"yangguang/calendar"
)

// count counts terms on China's clock.
type count struct {
	rules Rules
	cal   *calendar.Calendar
}

// fill sets when d is due, leaving out the spans in which it stood still.
func (n count) fill(d *Deadline, still []span) {
	switch d.Rule.Count {
	case WorkingDays:
		n.workingDays(d, still)
	case CalendarDays:
		d.Day = calendar.DateOf(d.From).AddDays(d.Rule.N + d.Extended)
	case DeskHours:
		n.deskHours(d, still)
		return
	case Hours:
		d.Due = d.From.Add(time.Duration(d.Rule.N) * time.Hour)
		d.Day, d.Yellow = calendar.DateOf(d.Due), d.From.Add(d.Due.Sub(d.From)/2)
		return
	}
	if d.Paused {
		return
	}
	d.Due = d.Day.AddDays(1).Time()
	d.Yellow = n.workingDayBefore(d.Day).Time()
	if d.Rule.Count == WorkingDays && d.Rule.N == 1 {
		d.Yellow = n.halfway(restarted(d.From, still), d.Due)
	}
}

// restarted returns when a term began that stood still for these spans, or when
// it last went on.
func restarted(from time.Time, still []span) time.Time {
	for _, s := range still {
		if !s.to.IsZero() {
			from = s.to
		}
	}
	return from
}

// halfway returns when half of the working time between two moments is gone:
// the hours of the desk on working days.
func (n count) halfway(from, to time.Time) time.Time {
	all := n.hours(from, to, n.cal.Working)
	if all == 0 {
		return from
	}
	return n.later(from, all/2, n.cal.Working)
}

// workingDays counts the days that are left from where each pause ended. A day
// on which the citizen was asked still counts, the day of the answer does not.
func (n count) workingDays(d *Deadline, still []span) {
	from, left := calendar.DateOf(d.From), d.Rule.N
	for _, s := range still {
		used := n.between(from, calendar.DateOf(s.from))
		if used > left {
			break // it was late before the citizen was asked
		}
		if s.to.IsZero() && d.Ended.IsZero() {
			d.Paused = true
			return
		}
		if s.to.IsZero() {
			break
		}
		asked := calendar.DateOf(s.from)
		from, left = calendar.DateOf(s.to), left-used
		if left == 0 && from.After(asked) {
			left = 1 // an answer in the evening is not late at midnight
		}
	}
	c := n.cal.After(from, left)
	d.Day, d.Estimated = c.To, c.Estimated
}

// between counts the working days after from, up to and with to.
func (n count) between(from, to calendar.Date) int {
	days := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if n.cal.Working(d) {
			days++
		}
	}
	return days
}

func (n count) workingDayBefore(day calendar.Date) calendar.Date {
	for day = day.AddDays(-1); !n.cal.Working(day); day = day.AddDays(-1) {
		continue
	}
	return day
}

// deskHours counts hours of the desk, every day of the week: forms close on
// Sundays too.
func (n count) deskHours(d *Deadline, still []span) {
	from, left := d.From, time.Duration(d.Rule.N)*time.Hour
	for _, s := range still {
		used := n.hours(from, s.from, everyDay)
		if used >= left {
			break
		}
		if s.to.IsZero() && d.Ended.IsZero() {
			d.Paused = true
			return
		}
		if s.to.IsZero() {
			break
		}
		from, left = s.to, left-used
	}
	d.Due, d.Yellow = n.later(from, left, everyDay), n.later(from, left/2, everyDay)
	d.Day = calendar.DateOf(d.Due)
}

func everyDay(calendar.Date) bool { return true }

// desk returns the hours of the desk on the day of t; none on a day that does
// not count.
func (n count) desk(t time.Time, counts func(calendar.Date) bool) (opens, shuts time.Time) {
	day := calendar.DateOf(t).Time()
	opens = day.Add(time.Duration(n.rules.Opens) * time.Hour)
	if !counts(calendar.DateOf(t)) {
		return opens, opens
	}
	return opens, day.Add(time.Duration(n.rules.Shuts) * time.Hour)
}

func (n count) hours(from, to time.Time, counts func(calendar.Date) bool) time.Duration {
	var sum time.Duration
	for from.Before(to) {
		opens, shuts := n.desk(from, counts)
		if end := earlier(shuts, to); end.After(later(opens, from)) {
			sum += end.Sub(later(opens, from))
		}
		from = calendar.DateOf(from).AddDays(1).Time()
	}
	return sum
}

// later returns when so much of the desk's hours is over.
func (n count) later(from time.Time, left time.Duration, counts func(calendar.Date) bool) time.Time {
	for {
		opens, shuts := n.desk(from, counts)
		if start := later(opens, from); shuts.Sub(start) >= left {
			return start.Add(left)
		} else if shuts.After(start) {
			left -= shuts.Sub(start)
		}
		from = calendar.DateOf(from).AddDays(1).Time()
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
