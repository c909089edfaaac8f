package content

import (
	"slices"

	"yangguang/calendar"
)

// KeyDate is a date that somebody must know: a day of the year, or a number of
// working days after an event.
type KeyDate struct {
	Meta
	Name string `json:"name"`
	// Date is zero for a date that is counted from an event.
	Date calendar.Date `json:"date"`
	// WorkingDays after Event, where there is no Date.
	WorkingDays int    `json:"working_days,omitempty"`
	Event       string `json:"event,omitempty"`
	// Deadline is true where nothing is taken afterwards.
	Deadline bool   `json:"deadline,omitempty"`
	Audience string `json:"audience"`
	// Season is autumn or spring for the registration dates.
	Season string `json:"season,omitempty"`
	// Note is what a reader should know beside it: that the day is a Sunday.
	Note string `json:"note,omitempty"`
}

// Rule is one rule of a year, with its clause. Topic says which calculator
// uses it, Case which question it answers.
type Rule struct {
	Meta
	Topic string `json:"topic"` // duration
	Case  string `json:"case"`  // basic, fresh, primary_arts, adult, part_time, linked
	Name  string `json:"name"`
	Text  string `json:"text"`
	// Min and Max are years of study; zero where the rule leaves them to
	// another document. MaxOnly means “at most”.
	Min int `json:"min,omitempty"`
	Max int `json:"max,omitempty"`
	// Choices are the years where only some between Min and Max are possible.
	Choices []int `json:"choices,omitempty"`
	// Approval is who must have approved it first.
	Approval string `json:"approval,omitempty"`
}

// Aid is help for a group of pupils, as far as a document promises it.
type Aid struct {
	Meta
	Name  string `json:"name"`
	Group string `json:"group"`
	Text  string `json:"text"`
}

// Holidays are the State Council's days off and worked weekend days of a year.
type Holidays struct {
	Meta
	Days []calendar.Holiday `json:"days"`
	// Statutory is how many days the law gives for each holiday; the others are
	// weekends, and days worked for.
	Statutory map[string]int `json:"statutory,omitempty"`
}

// days returns the days with the year of their notice.
func (h *Holidays) days() []calendar.Holiday {
	out := slices.Clone(h.Days)
	for i := range out {
		out[i].Notice = h.Year
	}
	return out
}
