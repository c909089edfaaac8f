package complaint

import "slices"

// Officer is somebody at the desk, as far as cases need it.
type Officer struct {
	ID OfficerID
	// Units are where the officer sits, Interests the units with which there
	// is a tie (kin, a former post): both count when one of them is accused.
	Units, Interests []string
	Roles            []Role
	Active           bool
}

// Roster is the organisation with its officers at one moment.
type Roster struct {
	Org      *Org
	Officers []Officer
}

// Officer returns the active officer with that id.
func (r *Roster) Officer(id OfficerID) (Officer, bool) {
	for _, o := range r.Officers {
		if o.ID == id && o.Active {
			return o, true
		}
	}
	return Officer{}, false
}

// Barred is who never sees a case: whole units with everything below them, and
// officers.
type Barred struct {
	Units    []string    `json:"units,omitempty"`
	Officers []OfficerID `json:"officers,omitempty"`
}

// with returns the two together, sorted and without repetitions.
func (b Barred) with(more Barred) Barred {
	return Barred{Units: union(b.Units, more.Units), Officers: union(b.Officers, more.Officers)}
}

func union[T ~string](a, b []T) []T {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

// tied returns every unit whose exclusion excludes o: where o sits or has an
// interest, and all above.
func (g *Org) tied(o Officer) []string {
	var out []string
	for _, u := range slices.Concat(o.Units, o.Interests) {
		out = append(out, g.ties(u)...)
	}
	return union(out, nil)
}

// ties returns the units whose exclusion excludes whoever belongs to u.
func (g *Org) ties(u string) []string {
	if !g.Has(u) {
		return []string{u}
	}
	return g.chain[u]
}

func (g *Org) bars(b Barred, o Officer) bool {
	barred := func(u string) bool { return overlap(b.Units, g.ties(u)) }
	return slices.Contains(b.Officers, o.ID) || slices.ContainsFunc(o.Units, barred) || slices.ContainsFunc(o.Interests, barred)
}

// Place is where a case lies: the unit that holds or follows it, and the lane.
type Place struct {
	Unit string
	Lane Lane
}

// String returns unit/lane, the form in which a store may keep a place.
func (p Place) String() string { return p.Unit + "/" + string(p.Lane) }

// served returns the units whose cases the role reaches from u in that lane.
func (g *Org) served(u string, role Role, lane Lane) []string {
	if lane == Ordinary && reachesBelow[role] {
		return g.below[u]
	}
	return g.own[u]
}

// Parts returns the parts that o plays in a case lying at p: what o may do
// there is what the table of moves gives these. An officer who is barred or
// not active plays none.
func (g *Org) Parts(o Officer, p Place, barred Barred) []Role {
	if !o.Active || g.bars(barred, o) {
		return nil
	}
	var out []Role
	for _, role := range o.Roles {
		plays := parts[p.Lane][role]
		if plays != nil && slices.ContainsFunc(o.Units, func(u string) bool { return slices.Contains(g.served(u, role, p.Lane), p.Unit) }) {
			out = append(out, plays...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
