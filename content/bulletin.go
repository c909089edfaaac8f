package content

import (
	"maps"
	"slices"

	"yangguang/calendar"
)

// BulletinRow says which row of annex 2 a bulletin is.
type BulletinRow string

// The rows: what is planned, and what was done up to the day.
const (
	Planned BulletinRow = "plan"
	Actual  BulletinRow = "actual"
)

// Word is what the row is called in annex 2.
func (r BulletinRow) Word() string {
	if r == Planned {
		return "计划情况"
	}
	return "实际进展"
}

// Bulletin is a unit's row of a weekly report (周报), in the columns of notice
// 48, annex 2.
type Bulletin struct {
	Meta
	AsOf calendar.Date `json:"as_of"`
	Unit string        `json:"unit_code"`
	Row  BulletinRow   `json:"row"`

	Graduates  Figure `json:"graduates"`
	Total      Figure `json:"total_hs"`
	General    Figure `json:"general_hs"`
	Vocational Figure `json:"vocational"`
	// Ratio and Rate are as the unit wrote them (填报值): 51:49, 92.1. Annex 2
	// cannot give the official rate of enrolment (毛入学率).
	Ratio string `json:"ratio,omitempty"`
	Rate  string `json:"rate,omitempty"`
}

// BulletinID returns the id of a unit's row in the report of a day.
func BulletinID(asOf calendar.Date, unit string, row BulletinRow) ID {
	return yearly(TypeBulletin, asOf.Year(), asOf.String()+"-"+unit+"-"+string(row))
}

// Bulletins returns a year's weekly reports, by day.
func (s *Snapshot) Bulletins(year int) []*Bulletin { return ofYear[*Bulletin](s, TypeBulletin, year) }

// Days returns the days of a year's reports, the newest first.
func (s *Snapshot) BulletinDays(year int) []calendar.Date {
	var days []calendar.Date
	for _, b := range s.Bulletins(year) {
		if !slices.Contains(days, b.AsOf) {
			days = append(days, b.AsOf)
		}
	}
	slices.SortFunc(days, func(a, b calendar.Date) int { return b.Time().Compare(a.Time()) })
	return days
}

// BulletinsOf returns the rows of one day's report, as filed.
func (s *Snapshot) BulletinsOf(day calendar.Date) []*Bulletin {
	return slices.DeleteFunc(s.Bulletins(day.Year()), func(b *Bulletin) bool { return b.AsOf != day })
}

// LastBulletins returns the newest row of each unit in a year's reports that
// says what was done, by the unit's code.
func (s *Snapshot) LastBulletins(year int) map[string]*Bulletin {
	last := map[string]*Bulletin{}
	for _, b := range s.Bulletins(year) {
		if b.Row == Actual && (last[b.Unit] == nil || b.AsOf.After(last[b.Unit].AsOf)) {
			last[b.Unit] = b
		}
	}
	return last
}

// Share returns the part of vocational schools among all pupils who enter a
// school after junior school, in per mille; false where the row cannot say.
func (b *Bulletin) Share() (int, bool) {
	if b.General.State != HasValue || b.Vocational.State != HasValue || b.General.Value+b.Vocational.Value == 0 {
		return 0, false
	}
	return b.Vocational.Value * 1000 / (b.General.Value + b.Vocational.Value), true
}

// EntryRate returns how many of the year's graduates enter any school, in per
// mille (招生口径). It is not the official rate of enrolment (毛入学率), which
// counts all pupils of an age and which annex 2 has no columns for.
func (b *Bulletin) EntryRate() (int, bool) {
	if b.Total.State != HasValue || b.Graduates.State != HasValue || b.Graduates.Value == 0 {
		return 0, false
	}
	return b.Total.Value * 1000 / b.Graduates.Value, true
}

// Trend is how a unit's share of vocational pupils went.
type Trend struct {
	// Reports are its last of each year, the newest first, and Shares what they
	// say, in per mille.
	Reports []*Bulletin
	Shares  []int
}

// enough is how many years are needed to say that something falls: notice 48
// speaks of two years or more running (连续2年以上下降).
const enough = 3

// Enough reports whether there are years enough to say anything.
func (t Trend) Enough() bool { return len(t.Shares) >= enough }

// Falling reports whether the share fell two years running.
func (t Trend) Falling() bool {
	return t.Enough() && t.Shares[0] < t.Shares[1] && t.Shares[1] < t.Shares[2]
}

// Trends returns the units' shares up to a year, by code, from the last report
// of each. A year without one ends it: what falls must fall year by year.
func (s *Snapshot) Trends(year int) map[string]Trend {
	trends, goes := map[string]Trend{}, s.LastBulletins(year)
	for len(goes) > 0 {
		before := s.LastBulletins(year - 1)
		for unit, b := range goes {
			share, ok := b.Share()
			if !ok {
				delete(before, unit)
				continue
			}
			t := trends[unit]
			trends[unit] = Trend{append(t.Reports, b), append(t.Shares, share)}
		}
		maps.DeleteFunc(before, func(unit string, _ *Bulletin) bool { return goes[unit] == nil })
		goes, year = before, year-1
	}
	return trends
}
