package complaint

import (
	"fmt"
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

// Org is the tree of units.
type Org struct {
	units    map[string]Unit
	children map[string][]string
	top      string
}

// NewOrg returns the tree. It refuses a list with no bureau or two, with a
// unit twice or without its parent, and levels that do not belong together.
func NewOrg(units []Unit) (*Org, error) {
	o := &Org{units: map[string]Unit{}, children: map[string][]string{}}
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
		o.children[u.Parent] = append(o.children[u.Parent], u.Code)
	}
	if o.top == "" {
		return nil, fmt.Errorf("complaint: no bureau among %d units", len(units))
	}
	for _, u := range units {
		if err := o.placed(u); err != nil {
			return nil, err
		}
	}
	for _, c := range o.children {
		slices.Sort(c)
	}
	return o, nil
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

// chain returns the unit and all above it; nothing for an unknown code.
func (o *Org) chain(code string) []string {
	var out []string
	for o.Has(code) {
		out = append(out, code)
		code = o.units[code].Parent
	}
	return out
}

// bureauOf returns the lowest bureau that the unit is or belongs to.
func (o *Org) bureauOf(code string) string {
	for _, c := range o.chain(code) {
		if l := o.units[c].Level; l == CityLevel || l == CountyLevel {
			return c
		}
	}
	return ""
}

// sections returns the sections of a bureau.
func (o *Org) sections(bureau string) []string {
	var out []string
	for _, c := range o.children[bureau] {
		if o.units[c].Level == SectionLevel {
			out = append(out, c)
		}
	}
	return out
}

// own returns the unit with its sections: what somebody who sits there serves.
func (o *Org) own(code string) []string {
	if !o.Has(code) {
		return nil
	}
	return append([]string{code}, o.sections(code)...)
}

// below returns the unit with everything under it.
func (o *Org) below(code string) []string {
	if !o.Has(code) {
		return nil
	}
	out := []string{code}
	for _, c := range o.children[code] {
		out = append(out, o.below(c)...)
	}
	return out
}
