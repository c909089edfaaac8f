package calendar

import (
	"fmt"
	"slices"
)

// Holiday is one line of a State Council notice: a day off, or a weekend day
// that is worked in exchange.
type Holiday struct {
	Date Date   `json:"date"`
	Name string `json:"name"`
	// Work is true for a weekend day that is worked.
	Work bool `json:"work,omitempty"`
	// Notice is the year of the notice that the line is from: that of 2023
	// names 31 December 2022 too.
	Notice int `json:"-"`
}

// Calendar knows the working days of the years it was given. The zero value
// knows no year and counts Monday to Friday.
type Calendar struct {
	days  map[Date]Holiday
	years map[int]bool
}

// New returns a calendar of the given holidays. A year is known when its own
// notice is among theirs. It refuses a day listed twice and a worked day
// that is no Saturday or Sunday: either is a slip in the list.
func New(days []Holiday) (*Calendar, error) {
	c := &Calendar{days: map[Date]Holiday{}, years: map[int]bool{}}
	for _, h := range days {
		if _, twice := c.days[h.Date]; twice {
			return nil, fmt.Errorf("calendar: %s is listed twice", h.Date)
		}
		if h.Work && !weekend(h.Date) {
			return nil, fmt.Errorf("calendar: %s is worked anyway, it is no weekend day", h.Date)
		}
		c.days[h.Date] = h
		if h.Notice != 0 {
			c.years[h.Notice] = true
		}
	}
	return c, nil
}

func weekend(d Date) bool { return d.Weekday() == 0 || d.Weekday() == 6 }

// Known reports whether the holiday notice of that year is in the calendar.
func (c *Calendar) Known(year int) bool { return c.years[year] }

// Years returns the known years in order.
func (c *Calendar) Years() []int {
	years := make([]int, 0, len(c.years))
	for y := range c.years {
		years = append(years, y)
	}
	slices.Sort(years)
	return years
}

// Working reports whether d is a working day.
func (c *Calendar) Working(d Date) bool {
	if h, ok := c.days[d]; ok {
		return h.Work
	}
	return !weekend(d)
}

// Count is the result of counting working days, with what a reader needs to
// check it by hand.
type Count struct {
	From, To Date
	Days     int
	// Skipped are the holidays passed over (weekends that are no holiday are
	// not listed), Worked the weekend days that counted.
	Skipped, Worked []Holiday
	// Estimated is true when a day fell in a year whose holiday notice is not
	// known, so that Monday to Friday was assumed there.
	Estimated bool
}

// After counts n working days, the day after from being the first that can
// count (the day of the event itself is not counted).
func (c *Calendar) After(from Date, n int) Count {
	r := Count{From: from, To: from, Days: n}
	for left := n; left > 0; {
		r.To = r.To.AddDays(1)
		h, listed := c.days[r.To]
		switch {
		case listed && h.Work:
			r.Worked = append(r.Worked, h)
		case listed:
			r.Skipped = append(r.Skipped, h)
		}
		if !c.Known(r.To.Year()) {
			r.Estimated = true
		}
		if c.Working(r.To) {
			left--
		}
	}
	return r
}
