package content

import "strconv"

// UnitKind says what a unit is; annex 1 mixes counties and schools.
type UnitKind string

// The kinds of unit.
const (
	County          UnitKind = "county"
	District        UnitKind = "district"
	MunicipalSchool UnitKind = "municipal_school"
	CountySchool    UnitKind = "county_school"
	Bureau          UnitKind = "bureau"
)

// Unit is whoever recruits, reports or answers: a county, a district, a
// municipal school, the bureau. Code is frozen: the GB/T 2260 code of a
// county, 410800-01 and so on for a municipal school; never derived from the
// name.
type Unit struct {
	Meta
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Kind    UnitKind `json:"kind"`
	Aliases []string `json:"aliases,omitempty"`
	// Note is said where the unit has no record: 本文件未列.
	Note string `json:"note,omitempty"`
}

// Target is how many pupils a unit is to recruit in a year (招生任务). The
// record without a unit is the year's total as the document states it.
type Target struct {
	Meta
	Unit   string `json:"unit_code,omitempty"`
	Number Figure `json:"number"`
}

// TargetID returns the id of a unit's target, or of the year's total for "".
func TargetID(year int, unit string) ID {
	id := ID("target/" + strconv.Itoa(year))
	if unit != "" {
		id += ID("/" + unit)
	}
	return id
}
