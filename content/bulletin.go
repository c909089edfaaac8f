package content

import "yangguang/calendar"

// BulletinRow says which row of annex 2 a bulletin is.
type BulletinRow string

// The rows: what is planned, and what was done up to the day.
const (
	Planned BulletinRow = "plan"
	Actual  BulletinRow = "actual"
)

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
