package content

import (
	"slices"
	"time"

	"yangguang/calendar"
)

// The seasons of registration.
const (
	Autumn = "autumn"
	Spring = "spring"
)

// Registration is by when a school must have a new pupil's record ready, set
// up and filed, counted from the day of entry.
type Registration struct {
	Entry calendar.Date
	// Counted is the date that is counted in working days from the entry, nil
	// where the year's document has none; Count is how it was counted.
	Counted *KeyDate
	Count   calendar.Count
	Season  string
	// Due are the season's last days, in order.
	Due []Due
}

// Due is a last day in the year of entry.
type Due struct {
	*KeyDate
	Date calendar.Date
	// Carried is true when the document is of an earlier year, and its “of the
	// same year” was carried over to the year of entry.
	Carried bool
}

// RegistrationOf applies a year's dates to an entry. Notice 48 counts 20
// working days from the entry formalities, and gives autumn and spring each
// two last days of that year. Which season an entry belongs to it leaves
// open; here the second half of a year is autumn.
func RegistrationOf(dates []*KeyDate, working *calendar.Calendar, entry calendar.Date) Registration {
	r := Registration{Entry: entry, Season: Spring}
	if entry.Month() >= time.July {
		r.Season = Autumn
	}
	for _, d := range dates {
		switch {
		case d.WorkingDays > 0 && r.Counted == nil:
			r.Counted = d
			r.Count = working.After(entry, d.WorkingDays)
		case d.Season == r.Season && d.Deadline && !d.Date.IsZero():
			r.Due = append(r.Due, Due{
				KeyDate: d,
				Date:    calendar.NewDate(entry.Year(), d.Date.Month(), d.Date.Day()),
				Carried: d.Year != entry.Year(),
			})
		}
	}
	slices.SortStableFunc(r.Due, func(a, b Due) int { return a.Date.Time().Compare(b.Date.Time()) })
	return r
}

// Over returns the last days of the season that were over on the day of entry,
// the first of Due.
func (r Registration) Over() []Due {
	n := 0
	for n < len(r.Due) && r.Due[n].Date.Before(r.Entry) {
		n++
	}
	return r.Due[:n]
}

// Sooner returns the first last day that is not over on the day of entry but
// comes before the counted one, and so binds before it; nil where none does.
func (r Registration) Sooner() *Due {
	for i := range r.Due {
		if d := &r.Due[i]; !d.Date.Before(r.Entry) && d.Date.Before(r.Count.To) {
			return d
		}
	}
	return nil
}

// KeyDatesFor returns the dates that hold for an entry in that year: those of
// the newest year that is not later, and year 0 where there are none.
func (s *Snapshot) KeyDatesFor(entry int) (dates []*KeyDate, year int) {
	for _, y := range s.Years(TypeKeyDate) {
		if y <= entry {
			return s.KeyDates(y), y
		}
	}
	return nil, 0
}
