package complaint

import (
	"time"

	"yangguang/calendar"
)

// term is what must hold of the clock for a move. A nil term always holds.
type term func(c Case, by Actor, at moment) bool

// moment is a time with what is needed to count from it.
type moment struct {
	now   time.Time
	rules Rules
	cal   *calendar.Calendar
}

// last returns the newest run of a clock.
func (m moment) last(c Case, name Clock) (Deadline, bool) {
	var d Deadline
	found := false
	for _, run := range Deadlines(c, m.rules, m.cal) {
		if run.Clock == name {
			d, found = run, true
		}
	}
	return d, found
}

// within holds until the term is over, and always where no rule sets one.
func within(name Clock) term {
	return func(c Case, _ Actor, at moment) bool {
		d, ok := at.last(c, name)
		return !ok || d.Due.IsZero() || at.now.Before(d.Due)
	}
}

// waited holds once the term is over.
func waited(name Clock) term {
	return func(c Case, _ Actor, at moment) bool {
		d, ok := at.last(c, name)
		return ok && !d.Due.IsZero() && !at.now.Before(d.Due)
	}
}

// grantLasts holds while the officer's own approval does.
func grantLasts(c Case, by Actor, at moment) bool {
	granted := c.Granted[by.Officer]
	rule, ok := at.rules.At(GrantClock, calendar.DateOf(granted))
	return ok && at.now.Before(granted.Add(time.Duration(rule.N)*time.Hour))
}
