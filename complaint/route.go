package complaint

import (
	"fmt"
	"slices"
)

// Route is where a case goes, with what is needed to check it by hand. It holds
// codes only and is kept in the events.
type Route struct {
	Unit   string   `json:"unit"`
	Lane   Lane     `json:"lane"`
	Copies []string `json:"copies,omitempty"` // units that may follow it
	Barred Barred   `json:"barred"`
	Why    Why      `json:"why"`
}

// Why explains a route.
type Why struct {
	// Rule is kind, floor and duty: interference/owner/vet.
	Rule string `json:"rule"`
	// Start is the bureau where the search began; Passed lists the units that
	// were passed over because they are barred or nobody there may receive it.
	Start  string   `json:"start"`
	Passed []string `json:"passed,omitempty"`
	// Chosen is true when an officer chose the unit, within the same limits.
	Chosen bool `json:"chosen,omitempty"`
	// Excluded counts the active officers who will not see the case.
	Excluded int `json:"excluded"`
}

// Places returns where the case lies: with its holder and with who follows it.
func (r Route) Places() []Place {
	out := []Place{{r.Unit, r.Lane}}
	for _, u := range r.Copies {
		out = append(out, Place{u, r.Lane})
	}
	return out
}

// Refusal is why a complaint is not received here and where it belongs. It is
// an ErrRefused.
type Refusal struct {
	Why RefusalReason
	To  []Authority
}

// RefusalReason says why a complaint is refused.
type RefusalReason string

// The reasons. None of them stores anything.
const (
	RefusedBureau RefusalReason = "against_bureau"
	RefusedNobody RefusalReason = "nobody"
	RefusedNoCase RefusalReason = "no_case"
	RefusedHigher RefusalReason = "higher" // the authority above this office decides
)

func (r *Refusal) Error() string { return fmt.Sprintf("complaint: not received here: %s", r.Why) }

// Is makes every refusal an ErrRefused.
func (r *Refusal) Is(target error) bool { return target == ErrRefused }

// Asked is what routing asks: what kind, against whom, and who must not see it
// beside those whom the kind and the accused exclude.
type Asked struct {
	Kind    Kind
	Accused []Accused
	Barred  Barred
	// Prefer is a unit that an officer chose: it must be a bureau on the way
	// up, or a section of one.
	Prefer string
	// From: the search begins at the bureau of this unit (reexamination).
	From string
}

// Route finds the lowest unit above the accused that is competent, not
// excluded, and where active officers who are not excluded may take the case in
// and handle it. It returns a *Refusal when there is none: then nothing may be
// stored. The same question to the same roster has the same answer.
func (r *Roster) Route(q Asked) (Route, error) {
	kind, ok := q.Kind.profile()
	if !ok {
		return Route{}, fmt.Errorf("%w: kind %q", ErrIncomplete, q.Kind)
	}
	if q.Kind == AgainstBureau || slices.ContainsFunc(q.Accused, r.Org.isBureau) {
		return Route{}, &Refusal{RefusedBureau, []Authority{Hotline, ProvinceBureau, Inspection}}
	}
	if !kind.Kept {
		return Route{}, &Refusal{Why: RefusedNoCase}
	}
	p := kind.against(q.Accused)
	barred := r.barred(p, q)
	start := r.Org.start(p, q)
	why := Why{Rule: string(p.Kind) + "/" + string(p.Floor) + "/" + string(p.Duty), Start: start, Excluded: r.excluded(barred)}
	for _, unit := range r.Org.ladder(start, p.Duty, q.Prefer) {
		if !r.receives(Place{unit, p.Lane}, barred) {
			why.Passed = append(why.Passed, unit)
			continue
		}
		why.Chosen = unit == q.Prefer
		return Route{Unit: unit, Lane: p.Lane, Copies: r.Org.copies(p, unit), Barred: barred, Why: why}, nil
	}
	to := []Authority{Hotline, ProvinceBureau}
	if p.Pressing {
		return Route{}, &Refusal{RefusedNobody, slices.Concat(p.Refers, to)}
	}
	return Route{}, &Refusal{RefusedNobody, append(to, p.Refers...)}
}

// isBureau reports whether the city bureau or a section of it is accused:
// nobody here may keep that.
func (g *Org) isBureau(a Accused) bool {
	return a.Kind == BureauItself || a.Unit == g.top || g.units[a.Unit].Level == SectionLevel && g.units[a.Unit].Parent == g.top ||
		a.Kind == CountyItself && a.Unit == "" && a.Area == g.top
}

// start returns the bureau where the search begins.
func (g *Org) start(p Profile, q Asked) string {
	if q.From != "" {
		return g.bureauOf(q.From)
	}
	if p.Floor == CityFloor || len(q.Accused) == 0 {
		return g.top
	}
	start := g.owner(q.Accused[0])
	for _, a := range q.Accused[1:] {
		if g.owner(a) != start {
			return g.top
		}
	}
	return start
}

// owner returns the lowest bureau above the accused. A vocational school that
// is no known unit goes to the city: what was typed must not pick the unit.
func (g *Org) owner(a Accused) string {
	switch {
	case g.Has(a.Unit):
		return g.bureauOf(g.units[a.Unit].Parent)
	case a.Kind == VocationalSchool || a.Kind == CountyItself || g.units[a.Area].Level != CountyLevel:
		return g.top
	}
	return a.Area
}

// ladder lists where to try: at each bureau from start upwards its sections
// with the duty, then the bureau itself. A preferred unit comes first if it
// belongs to one of these bureaus.
func (g *Org) ladder(start string, duty Duty, prefer string) []string {
	var out []string
	for _, bureau := range g.chain[start] {
		if prefer != "" && slices.Contains(g.own[bureau], prefer) {
			out = slices.Insert(out, 0, prefer)
		}
		for _, s := range g.sections(bureau) {
			if g.units[s].Duty == duty {
				out = append(out, s)
			}
		}
		out = append(out, bureau)
	}
	return out
}

func (g *Org) copies(p Profile, unit string) []string {
	if !p.CopiesCity || g.bureauOf(unit) == g.top {
		return nil
	}
	for _, s := range g.sections(g.top) {
		if g.units[s].Duty == p.Duty {
			return []string{s}
		}
	}
	return []string{g.top}
}

// barred returns everybody whom kind, accused and question exclude. The people
// who sit in an excluded unit today stay excluded by id when they move.
func (r *Roster) barred(p Profile, q Asked) Barred {
	b := q.Barred.with(Barred{})
	for _, a := range q.Accused {
		if a.Unit != "" {
			b.Units = append(b.Units, a.Unit)
		}
		county := r.Org.bureauOf(a.Unit)
		if county == "" {
			county = a.Area
		}
		if (p.BarsCounty || a.Kind == CountyItself) && county != "" && county != r.Org.top {
			b.Units = append(b.Units, county)
		}
	}
	for _, o := range r.Officers {
		if r.Org.bars(b, o) {
			b.Officers = append(b.Officers, o.ID)
		}
	}
	return b.with(Barred{})
}

// excluded counts who is active and barred; of these barred knows every one.
func (r *Roster) excluded(b Barred) int {
	n := 0
	for _, o := range r.Officers {
		if o.Active && slices.Contains(b.Officers, o.ID) {
			n++
		}
	}
	return n
}

// Receiving reports whether the bureau has an intake officer. Without one nothing is
// received, whoever it is against.
func (r *Roster) Receiving() bool {
	return slices.ContainsFunc(r.Officers, func(o Officer) bool {
		return o.Active && slices.Contains(o.Roles, Intake) && overlap(r.Org.own[r.Org.top], o.Units)
	})
}

// receives reports whether somebody may take in and somebody may handle a case
// lying there. In the lanes into which nobody above reaches a county needs a
// second person who signs, too.
func (r *Roster) receives(p Place, barred Barred) bool {
	takes := false
	var handlers, reviewers []OfficerID
	for _, o := range r.Officers {
		played := r.Org.Parts(o, p, barred)
		takes = takes || slices.Contains(played, Triage)
		if slices.Contains(played, Handler) {
			handlers = append(handlers, o.ID)
		}
		if slices.Contains(played, Reviewer) {
			reviewers = append(reviewers, o.ID)
		}
	}
	handles := len(handlers) > 0
	if p.Lane != Ordinary && r.Org.bureauOf(p.Unit) != r.Org.top {
		handles = slices.ContainsFunc(handlers, func(h OfficerID) bool {
			return slices.ContainsFunc(reviewers, func(v OfficerID) bool { return v != h })
		})
	}
	return takes && handles && r.Receiving()
}

// Reachable reports whether a kept case still has officers who may take it in
// and handle it. It is asked before an officer is disabled or moved.
func (r *Roster) Reachable(route Route) bool {
	return r.receives(Place{route.Unit, route.Lane}, route.Barred)
}
