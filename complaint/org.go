package complaint

import (
	"fmt"
	"maps"
	"slices"
)

// Level says what a unit is in the tree of the office.
type Level string

// The levels.
const (
	CityLevel    Level = "city"    // the bureau itself
	CountyLevel  Level = "county"  // a county's or district's education bureau
	SectionLevel Level = "section" // a section of a bureau, with a duty
	SchoolLevel  Level = "school"
)

// Unit is whoever can hold a case or be accused.
type Unit struct {
	// Code is frozen: 410800 the bureau, 410800.vet a section of it, 410823 a
	// county, 410800-01 a municipal school.
	Code, Parent string
	Level        Level
	// Duty is what a section is there for.
	Duty Duty
}

// Org is the tree of units. Every case is routed by it, past every officer:
// what lies around a unit is listed once, and these lists are only read.
type Org struct {
	units map[string]Unit
	top   string
	chain map[string][]string // the unit and all above it
	own   map[string][]string // with its sections: what somebody who sits there serves
	below map[string][]string // with everything under it
}

// NewOrg returns the tree. It refuses a list with no bureau or two, with a
// unit twice or without its parent, and levels that do not belong together.
func NewOrg(units []Unit) (*Org, error) {
	o := &Org{units: map[string]Unit{}}
	for _, u := range units {
		if _, twice := o.units[u.Code]; twice || u.Code == "" {
			return nil, fmt.Errorf("complaint: unit %q is listed twice or has no code", u.Code)
		}
		if u.Level == CityLevel {
			if o.top != "" {
				return nil, fmt.Errorf("complaint: %s and %s are both the bureau", o.top, u.Code)
			}
			o.top = u.Code
		}
		o.units[u.Code] = u
	}
	if o.top == "" {
		return nil, fmt.Errorf("complaint: no bureau among %d units", len(units))
	}
	for _, u := range units {
		if err := o.placed(u); err != nil {
			return nil, err
		}
	}
	o.list()
	return o, nil
}

// list fills the lists: own and below begin with the unit itself, the others
// follow in the order of their codes.
func (o *Org) list() {
	o.chain, o.own, o.below = map[string][]string{}, map[string][]string{}, map[string][]string{}
	codes := slices.Sorted(maps.Keys(o.units))
	for _, code := range codes {
		o.own[code], o.below[code] = []string{code}, []string{code}
	}
	for _, code := range codes {
		u := o.units[code]
		if u.Level == SectionLevel {
			o.own[u.Parent] = append(o.own[u.Parent], code)
		}
		for above := code; above != ""; above = o.units[above].Parent {
			o.chain[code] = append(o.chain[code], above)
			if above != code {
				o.below[above] = append(o.below[above], code)
			}
		}
	}
}

// placed checks that u stands under what it may stand under. As a parent is
// always of a higher level, there can be no circle.
func (o *Org) placed(u Unit) error {
	under := o.units[u.Parent].Level
	ok := false
	switch u.Level {
	case CityLevel:
		ok = u.Parent == ""
	case CountyLevel:
		ok = under == CityLevel
	case SectionLevel:
		ok = (under == CityLevel || under == CountyLevel) && u.Duty != ""
	case SchoolLevel:
		ok = under == CityLevel || under == CountyLevel
	}
	if !ok {
		return fmt.Errorf("complaint: unit %s, %q under %q", u.Code, u.Level, u.Parent)
	}
	return nil
}

// Top returns the code of the bureau.
func (o *Org) Top() string { return o.top }

// Has reports whether there is a unit with that code.
func (o *Org) Has(code string) bool { return o.units[code].Code != "" }

// bureauOf returns the lowest bureau that the unit is or belongs to.
func (o *Org) bureauOf(code string) string {
	for _, c := range o.chain[code] {
		if l := o.units[c].Level; l == CityLevel || l == CountyLevel {
			return c
		}
	}
	return ""
}

// sections returns the sections of a bureau.
func (o *Org) sections(bureau string) []string {
	if !o.Has(bureau) {
		return nil
	}
	return o.own[bureau][1:]
}
