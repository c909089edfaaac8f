package complaint

import (
	"slices"
	"strings"
)

// Scope says which cases somebody sees. There is one for every read: a list, a
// search, a count, a single case. The zero value sees nothing. A store turns it
// into a condition over plain columns: the case has one of Places, none of its
// barred units is among Tied, and Officer is not barred.
type Scope struct {
	whole   bool
	officer OfficerID
	places  []Place
	tied    []string
}

// Scope returns what the officer with that id sees. Somebody unknown or not
// active sees nothing.
func (r *Roster) Scope(id OfficerID) Scope {
	o, ok := r.Officer(id)
	if !ok {
		return Scope{}
	}
	s := Scope{officer: id, tied: r.Org.tied(o)}
	for lane, roles := range parts {
		for _, role := range o.Roles {
			if roles[role] == nil {
				continue
			}
			for _, seat := range o.Units {
				for _, u := range r.Org.served(seat, role, lane) {
					s.places = append(s.places, Place{u, lane})
				}
			}
		}
	}
	slices.SortFunc(s.places, func(a, b Place) int { return strings.Compare(a.String(), b.String()) })
	s.places = slices.Compact(s.places)
	return s
}

// Unscoped sees every case. It is for followers that show nothing to anybody
// (clock, courier, backup), never for what a person asked for.
func Unscoped() Scope { return Scope{whole: true} }

// Whole reports whether s sees every case, so that no condition is needed.
func (s Scope) Whole() bool { return s.whole }

// Officer returns who looks: a case that bars the officer is not seen.
func (s Scope) Officer() OfficerID { return s.officer }

// Places returns where a case must lie to be seen, sorted. None: nothing is seen.
func (s Scope) Places() []Place { return slices.Clone(s.places) }

// Tied returns the units whose exclusion excludes the officer, sorted.
func (s Scope) Tied() []string { return slices.Clone(s.tied) }

// Sees reports whether s sees a case on that route. It is what the condition
// of a store must agree with.
func (s Scope) Sees(r Route) bool {
	if s.whole {
		return true
	}
	return s.officer != "" && overlap(s.places, r.Places()) &&
		!slices.Contains(r.Barred.Officers, s.officer) && !overlap(s.tied, r.Barred.Units)
}
