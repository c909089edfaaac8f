package complaint

import (
	"time"

	"yangguang/calendar"
)

// Season is what makes a kind urgent for some days of the year.
type Season string

// The seasons.
const (
	FormsOpen       Season = "forms_open"       // pupils fill in their choices
	RegistrationDue Season = "registration_due" // registration or filing closes soon
)

// Window is a stretch of one year's calendar that opens the fast lane. It is
// made from published key dates; ID names the one it rests on.
type Window struct {
	ID       string
	Season   Season
	Year     int
	From, To calendar.Date
}

// nearDays is how long before a closing date a matter of registration is
// urgent: time to ask the school, hear it and still register.
const nearDays = 10

// Approaching returns the window before a closing date.
func Approaching(id string, year int, closes calendar.Date) Window {
	return Window{ID: id, Season: RegistrationDue, Year: year, From: closes.AddDays(-nearDays), To: closes}
}

// Open reports whether w is open on that day. The dates of another year never
// are: what is of 2022 is history.
func (w Window) Open(day calendar.Date) bool {
	return w.From.Year() == w.Year && w.To.Year() == w.Year &&
		!day.Before(w.From) && !day.After(w.To)
}

// fast returns the id of a window that is open for the kind at that time.
func fast(k Kind, windows []Window, at time.Time) string {
	p, _ := k.profile()
	for _, w := range windows {
		if p.Season != "" && w.Season == p.Season && w.Open(calendar.DateOf(at)) {
			return w.ID
		}
	}
	return ""
}
