package complaint_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func TestRoutes(t *testing.T) {
	school := func(unit string) []complaint.Accused {
		return []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: unit}}
	}
	junior := func(area string) []complaint.Accused {
		return []complaint.Accused{{Kind: complaint.JuniorSchool, Area: area}}
	}
	person := func(kind complaint.AccusedKind, unit, area string) []complaint.Accused {
		return []complaint.Accused{{Kind: kind, Unit: unit, Area: area}}
	}
	// with is the staffed city with an officer more for the first two roles, and
	// with another for the third.
	with := func(unit string, roles ...complaint.Role) *complaint.Roster {
		r := complainttest.Staffed()
		r.Officers = append(r.Officers, complainttest.Officer("both", unit, roles[:2]...))
		for _, role := range roles[2:] {
			r.Officers = append(r.Officers, complainttest.Officer("other", unit, role))
		}
		return r
	}
	for _, c := range []struct {
		name    string
		roster  *complaint.Roster
		kind    complaint.Kind
		accused []complaint.Accused
		want    string // unit, lane, copies
	}{
		{"a municipal school's advert", complainttest.Staffed(), complaint.FalseAdvertising, school("410800-02"), "410800.vet ordinary"},
		{"a county school's advert", complainttest.Staffed(), complaint.FalseAdvertising, school("410823-01"), "410823.vet ordinary"},
		{"a county without officers", complainttest.Staffed(), complaint.FalseAdvertising, school("410825-01"), "410800.vet ordinary"},
		{"an unknown school picks no unit", complainttest.Staffed(), complaint.FalseAdvertising, []complaint.Accused{{Kind: complaint.VocationalSchool, Area: "410823"}}, "410800.vet ordinary"},
		{"a junior school of a county, the city copied", complainttest.Staffed(), complaint.Interference, junior("410823"), "410823.vet ordinary 410800.vet"},
		{"at the city nothing is copied", complainttest.Staffed(), complaint.Interference, junior("410825"), "410800.vet ordinary"},
		{"an area nobody knows", complainttest.Staffed(), complaint.Interference, junior("999999"), "410800.vet ordinary"},
		{"no area", complainttest.Staffed(), complaint.Interference, junior(""), "410800.vet ordinary"},
		{"schools of two counties", complainttest.Staffed(), complaint.Irregular, append(school("410823-01"), school("410825-01")...), "410800.vet ordinary"},
		{"money among schools", complainttest.Staffed(), complaint.FeeDemand, junior("410823"), "410800.discipline restricted"},
		{"a blockade never to the county", complainttest.Staffed(), complaint.Blockade, []complaint.Accused{{Kind: complaint.CountyItself, Area: "410823"}}, "410800.vet ordinary"},
		{"a fee of a school", complainttest.Staffed(), complaint.IllegalFee, school("410823-01"), "410823.vet ordinary"},
		{"a fee that a teacher takes", complainttest.Staffed(), complaint.IllegalFee, []complaint.Accused{{Kind: complaint.Teacher, Area: "410823"}}, "410800.discipline restricted"},
		{"harm at a municipal school", complainttest.Staffed(), complaint.Harm, person(complaint.Teacher, "410800-02", ""), "410800.discipline restricted"},
		{"harm in a county without a liaison", complainttest.Staffed(), complaint.Harm, person(complaint.Schoolmate, "", "410823"), "410800.discipline restricted"},
		{"harm in a county where nobody else could sign", with("410823", complaint.Liaison, complaint.Reviewer), complaint.Harm, person(complaint.Teacher, "410823-01", ""), "410800.discipline restricted"},
		{"harm in a county with a liaison, the city copied", with("410823", complaint.Liaison, complaint.Reviewer, complaint.Liaison), complaint.Harm, person(complaint.Teacher, "410823-01", ""), "410823 restricted 410800.discipline"},
		{"harm by the county itself", with("410823", complaint.Liaison, complaint.Reviewer, complaint.Liaison), complaint.Harm, person(complaint.CountyItself, "", "410823"), "410800.discipline restricted"},
		{"harm by nobody knows whom", complainttest.Staffed(), complaint.Harm, person(complaint.UnknownPerson, "", ""), "410800.discipline restricted"},
		{"registration", complainttest.Staffed(), complaint.Registration, school("410823-01"), "410800.registry ordinary"},
		{"no officer at the aid centre: the bureau's serve it", complainttest.Staffed(), complaint.AidUnpaid, school("410823-01"), "410800.aid ordinary"},
		{"a stranger", complainttest.Staffed(), complaint.Fraud, []complaint.Accused{{Kind: complaint.UnknownPerson}}, "410800.vet ordinary"},
		{"a mistake on the site", complainttest.Staffed(), complaint.Correction, nil, "410800 editorial"},
		{"everything in a trial", complainttest.Trial(), complaint.FeeDemand, junior("410823"), "410800.discipline restricted"},
		{"everything in a trial", complainttest.Trial(), complaint.FalseAdvertising, school("410823-01"), "410800.vet ordinary"},
	} {
		got, err := c.roster.Route(complaint.Asked{Kind: c.kind, Accused: c.accused})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if text := strings.TrimSpace(fmt.Sprint(got.Unit, " ", got.Lane, " ", strings.Join(got.Copies, ","))); text != c.want {
			t.Errorf("%s goes to %s, want %s", c.name, text, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	without := func(r *complaint.Roster, ids ...complaint.OfficerID) *complaint.Roster {
		for i := range r.Officers {
			if slices.Contains(ids, r.Officers[i].ID) {
				r.Officers[i].Active = false
			}
		}
		return r
	}
	school := []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410823-01"}}
	for _, c := range []struct {
		name    string
		roster  *complaint.Roster
		kind    complaint.Kind
		accused []complaint.Accused
		why     complaint.RefusalReason
		to      complaint.Authority
	}{
		{"the bureau", complainttest.Staffed(), complaint.AgainstBureau, []complaint.Accused{{Kind: complaint.BureauItself}}, complaint.RefusedBureau, complaint.Inspection},
		{"the bureau under another kind", complainttest.Staffed(), complaint.Fraud, []complaint.Accused{{Kind: complaint.BureauItself}}, complaint.RefusedBureau, complaint.Hotline},
		{"the bureau as a unit", complainttest.Staffed(), complaint.IllegalFee, []complaint.Accused{{Kind: complaint.Teacher, Unit: "410800"}}, complaint.RefusedBureau, complaint.ProvinceBureau},
		{"a section of the bureau", complainttest.Staffed(), complaint.IllegalFee, []complaint.Accused{{Kind: complaint.Teacher, Unit: "410800.vet"}}, complaint.RefusedBureau, complaint.ProvinceBureau},
		{"the city as the county", complainttest.Staffed(), complaint.Blockade, []complaint.Accused{{Kind: complaint.CountyItself, Area: "410800"}}, complaint.RefusedBureau, complaint.Hotline},
		{"a question", complainttest.Staffed(), complaint.Question, nil, complaint.RefusedNoCase, ""},
		{"no intake at the bureau: all routes", without(complainttest.Staffed(), "first"), complaint.FalseAdvertising, school, complaint.RefusedNobody, complaint.Hotline},
		{"no liaison", &complaint.Roster{Org: complainttest.Org(), Officers: []complaint.Officer{complainttest.Officer("a", "410800", complaint.Intake, complaint.Triage, complaint.Handler)}}, complaint.FeeDemand, []complaint.Accused{{Kind: complaint.Teacher, Area: "410823"}}, complaint.RefusedNobody, complaint.Inspection},
		{"harm, and no liaison", &complaint.Roster{Org: complainttest.Org(), Officers: []complaint.Officer{complainttest.Officer("a", "410800", complaint.Intake, complaint.Triage, complaint.Handler)}}, complaint.Harm, []complaint.Accused{{Kind: complaint.UnknownPerson}}, complaint.RefusedNobody, complaint.Police},
		{"nobody at all", &complaint.Roster{Org: complainttest.Org()}, complaint.FalseAdvertising, school, complaint.RefusedNobody, complaint.MarketRegulation},
	} {
		_, err := c.roster.Route(complaint.Asked{Kind: c.kind, Accused: c.accused})
		var refusal *complaint.Refusal
		if !errors.As(err, &refusal) || !errors.Is(err, complaint.ErrRefused) || refusal.Why != c.why || c.to != "" && !slices.Contains(refusal.To, c.to) {
			t.Errorf("%s: %v, want refused %s to %s", c.name, err, c.why, c.to)
		}
	}
}

func TestItCanBeAskedEarly(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	if _, err := d.Receivable(t.Context(), complaint.AgainstBureau, []complaint.Accused{{Kind: complaint.BureauItself}}); !errors.Is(err, complaint.ErrRefused) || !strings.Contains(err.Error(), "against_bureau") {
		t.Errorf("against the bureau: %v", err)
	}
	got, err := d.Receivable(t.Context(), complaint.Registration, []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410823-01"}})
	if err != nil || got.Unit != "410800.registry" {
		t.Errorf("registration: %s, %v", got.Unit, err)
	}
}

func TestARouteIsExplained(t *testing.T) {
	got, err := complainttest.Staffed().Route(complaint.Asked{
		Kind: complaint.FalseAdvertising, Accused: []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410823-01"}},
		Barred: complaint.Barred{Units: []string{"410823"}},
	})
	want := complaint.Why{Rule: "false_advertising/owner/vet", Start: "410823", Passed: []string{"410823.vet", "410823"}, Excluded: 3}
	if err != nil || !reflect.DeepEqual(got.Why, want) {
		t.Errorf("explained as %+v, %v; want %+v", got.Why, err, want)
	}
	if want := []complaint.OfficerID{"county", "county-vet", "school"}; !slices.Equal(got.Barred.Officers, want) {
		t.Errorf("barred are %v, want %v", got.Barred.Officers, want)
	}
}

func TestATieExcludes(t *testing.T) {
	r := complainttest.Staffed()
	for i := range r.Officers {
		if id := r.Officers[i].ID; id == "county" || id == "county-vet" {
			r.Officers[i].Interests = []string{"410823-01"}
		}
	}
	ask := func(a complaint.Accused) string {
		got, err := r.Route(complaint.Asked{Kind: complaint.Privacy, Accused: []complaint.Accused{a}})
		if err != nil {
			t.Fatal(err)
		}
		return got.Unit
	}
	if got := ask(complaint.Accused{Kind: complaint.VocationalSchool, Unit: "410823-01"}); got != "410800.vet" {
		t.Errorf("with a tie of all officers of the county it goes to %s, want the city", got)
	}
	if got := ask(complaint.Accused{Kind: complaint.JuniorSchool, Area: "410823"}); got != "410823.vet" {
		t.Errorf("against a school without a tie it goes to %s, want the county", got)
	}
}

func TestAnOfficerMayChooseWithinLimits(t *testing.T) {
	r := complainttest.Staffed()
	q := complaint.Asked{Kind: complaint.FalseAdvertising, Accused: []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410823-01"}}}
	for unit, want := range map[string]string{
		"410800.registry": "410800.registry", // a section of a bureau on the way up
		"410823":          "410823",
		"410825":          "410823.vet", // another county is not on the way
		"410823-01":       "410823.vet", // the accused never
		"nowhere":         "410823.vet",
	} {
		q.Prefer = unit
		if got, err := r.Route(q); err != nil || got.Unit != want || got.Why.Chosen != (unit == want) {
			t.Errorf("chosen %s: goes to %s, chosen %v, %v; want %s", unit, got.Unit, got.Why.Chosen, err, want)
		}
	}
}

func TestBrokenTrees(t *testing.T) {
	for name, spoil := range map[string]func([]complaint.Unit) []complaint.Unit{
		"no bureau": func(u []complaint.Unit) []complaint.Unit { return u[1:] },
		"two bureaus": func(u []complaint.Unit) []complaint.Unit {
			return append(u, complaint.Unit{Code: "x", Level: complaint.CityLevel})
		},
		"a unit twice":              func(u []complaint.Unit) []complaint.Unit { return append(u, u[3]) },
		"a unit without a parent":   func(u []complaint.Unit) []complaint.Unit { u[3].Parent = "x"; return u },
		"a county under a county":   func(u []complaint.Unit) []complaint.Unit { u[10].Parent = "410823"; return u },
		"a section without a duty":  func(u []complaint.Unit) []complaint.Unit { u[1].Duty = ""; return u },
		"a section under a section": func(u []complaint.Unit) []complaint.Unit { u[2].Parent = "410800.vet"; return u },
		"a bureau under a county":   func(u []complaint.Unit) []complaint.Unit { u[0].Parent = "410823"; return u },
		"a unit of no level":        func(u []complaint.Unit) []complaint.Unit { u[3].Level = ""; return u },
		"a unit without a code":     func(u []complaint.Unit) []complaint.Unit { u[3].Code = ""; return u },
	} {
		if _, err := complaint.NewOrg(spoil(complainttest.City())); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// world is a random city with officers, and complaints against whom they may.
type world struct {
	*rand.Rand
	roster *complaint.Roster
	units  []complaint.Unit
}

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 4))}
	w.units = []complaint.Unit{{Code: "C", Level: complaint.CityLevel}}
	duties := []complaint.Duty{complaint.Vocational, complaint.Registry, complaint.StudentAid, complaint.Discipline, complaint.Publishing}
	for n := range w.IntN(5) {
		w.add(fmt.Sprint("C.", n), "C", complaint.SectionLevel, duties[w.IntN(len(duties))])
	}
	for n := range w.IntN(4) {
		county := fmt.Sprint("K", n)
		w.add(county, "C", complaint.CountyLevel, "")
		for s := range w.IntN(3) {
			w.add(fmt.Sprint(county, ".", s), county, complaint.SectionLevel, duties[w.IntN(len(duties))])
		}
		for s := range w.IntN(3) {
			w.add(fmt.Sprint(county, "-", s), county, complaint.SchoolLevel, "")
		}
	}
	for n := range w.IntN(3) {
		w.add(fmt.Sprint("C-", n), "C", complaint.SchoolLevel, "")
	}
	org, err := complaint.NewOrg(w.units)
	if err != nil {
		panic(err)
	}
	w.roster = &complaint.Roster{Org: org}
	for n := range w.IntN(18) {
		w.roster.Officers = append(w.roster.Officers, w.officer(n))
	}
	if w.IntN(4) > 0 { // most bureaus have an intake
		o := w.officer(99)
		o.Units, o.Roles, o.Active = []string{"C"}, append(o.Roles, complaint.Intake, complaint.Triage), true
		w.roster.Officers = append(w.roster.Officers, o)
	}
	return w
}

func (w *world) add(code, parent string, level complaint.Level, duty complaint.Duty) {
	w.units = append(w.units, complaint.Unit{Code: code, Parent: parent, Level: level, Duty: duty})
}

func (w *world) unit() string {
	if w.IntN(5) == 0 {
		return "C"
	}
	return w.units[w.IntN(len(w.units))].Code
}

func (w *world) officer(n int) complaint.Officer {
	o := complaint.Officer{ID: complaint.OfficerID(fmt.Sprint("o", n)), Units: []string{w.unit()}, Active: w.IntN(8) > 0}
	if w.IntN(4) == 0 {
		o.Units = append(o.Units, w.unit())
	}
	if w.IntN(3) == 0 {
		o.Interests = []string{w.unit()}
	}
	all := complaint.Roles()
	for range 1 + w.IntN(10) {
		o.Roles = append(o.Roles, all[w.IntN(len(all))])
	}
	return o
}

// asked returns a random complaint, and for a third of them more exclusions.
func (w *world) asked() complaint.Asked {
	kinds := complaint.Kinds()
	p, _ := kinds[w.IntN(len(kinds))].Profile()
	q := complaint.Asked{Kind: p.Kind}
	for n := range 1 + w.IntN(2) {
		if len(p.Against) == 0 || n > 0 && w.IntN(2) == 0 {
			break
		}
		a := complaint.Accused{Kind: p.Against[w.IntN(len(p.Against))]}
		if w.IntN(4) > 0 {
			a.Unit = w.units[w.IntN(len(w.units))].Code
		}
		if w.IntN(2) == 0 {
			a.Area = fmt.Sprint("K", w.IntN(5))
		}
		q.Accused = append(q.Accused, a)
	}
	if w.IntN(3) == 0 {
		q.Barred = w.exclusion()
	}
	return q
}

func (w *world) exclusion() complaint.Barred {
	if len(w.roster.Officers) > 0 && w.IntN(2) == 0 {
		return complaint.Barred{Officers: []complaint.OfficerID{w.roster.Officers[w.IntN(len(w.roster.Officers))].ID}}
	}
	return complaint.Barred{Units: []string{w.unit()}}
}

// excluded says by itself, from the tree alone, who must never see a complaint:
// whoever sits or has a tie in an accused unit or below it, in a county that is
// accused or barred by the kind, or is excluded by name.
func (w *world) excluded(q complaint.Asked, o complaint.Officer) bool {
	if slices.Contains(q.Barred.Officers, o.ID) {
		return true
	}
	p, _ := q.Kind.Profile()
	roots := slices.Clone(q.Barred.Units)
	for _, a := range q.Accused {
		roots = append(roots, a.Unit)
		if p.BarsCounty || a.Kind == complaint.CountyItself {
			county, _, _ := strings.Cut(strings.ReplaceAll(a.Unit, "-", "."), ".")
			if county == "" {
				county = a.Area
			}
			if county != "C" {
				roots = append(roots, county)
			}
		}
	}
	for _, root := range roots {
		for _, u := range append(slices.Clone(o.Units), o.Interests...) {
			if root != "" && (u == root || strings.HasPrefix(u, root+".") || strings.HasPrefix(u, root+"-") || root == "C") {
				return true
			}
		}
	}
	return false
}

const worlds = 2000

func TestNoExcludedOfficerSeesAnything(t *testing.T) {
	kept, refused, looks := 0, 0, 0
	for seed := range uint64(worlds) {
		w := newWorld(seed)
		for range 8 {
			q := w.asked()
			route, err := w.roster.Route(q)
			if err != nil {
				if !errors.Is(err, complaint.ErrRefused) {
					t.Fatalf("seed %d: %v", seed, err)
				}
				refused++
				continue
			}
			kept++
			reached := false
			for _, o := range w.roster.Officers {
				sees := w.roster.Scope(o.ID).Sees(route)
				plays := w.roster.Org.Parts(o, route.Places()[0], route.Barred)
				looks++
				if (sees || len(plays) > 0) && (w.excluded(q, o) || !o.Active) {
					t.Fatalf("seed %d: %v sees %+v on %+v", seed, o, q, route)
				}
				if len(plays) > 0 && !sees {
					t.Fatalf("seed %d: %v may act where it sees nothing: %+v", seed, o, route)
				}
				reached = reached || sees && slices.Contains(plays, complaint.Handler)
			}
			if !reached || !w.roster.Reachable(route) {
				t.Fatalf("seed %d: nobody can handle %+v on %+v", seed, q, route)
			}
			if again, _ := newWorld(seed).roster.Route(q); !reflect.DeepEqual(again, route) {
				t.Fatalf("seed %d: routed to %+v, then to %+v", seed, route, again)
			}
		}
	}
	if kept < worlds/2 || refused < worlds/2 {
		t.Errorf("only %d kept and %d refused: the worlds are too alike", kept, refused)
	}
	t.Logf("%d worlds: %d kept, %d refused, %d looks, 0 leaks", worlds, kept, refused, looks)
}

// One exclusion more: on the same route fewer see it; routed again nobody who
// was excluded is let in, and it never comes nearer to the accused.
func TestAnExclusionNeverWidens(t *testing.T) {
	moved := 0
	for n := range uint64(worlds) * 8 {
		seed := n / 8
		w := newWorld(seed)
		for range n % 8 {
			w.asked()
		}
		q := w.asked()
		route, err := w.roster.Route(q)
		if err != nil {
			continue
		}
		more := w.exclusion()
		if w.IntN(2) == 0 && route.Unit != "C" {
			more = complaint.Barred{Units: []string{route.Unit}}
		}
		narrower := route
		narrower.Barred.Units = append(slices.Clone(route.Barred.Units), more.Units...)
		narrower.Barred.Officers = append(slices.Clone(route.Barred.Officers), more.Officers...)
		q2 := q
		q2.Barred = complaint.Barred{Units: append(slices.Clone(q.Barred.Units), more.Units...), Officers: append(slices.Clone(q.Barred.Officers), more.Officers...)}
		again, refused := w.roster.Route(q2)
		if refused == nil && again.Unit != route.Unit {
			moved++
			if !slices.Contains(again.Why.Passed, route.Unit) {
				t.Fatalf("seed %d: from %s to %s without passing it: %+v", seed, route.Unit, again.Unit, again.Why)
			}
		}
		for _, o := range w.roster.Officers {
			s := w.roster.Scope(o.ID)
			if s.Sees(narrower) && !s.Sees(route) {
				t.Fatalf("seed %d: excluding %v let %v in", seed, more, o)
			}
			if refused == nil && s.Sees(again) && (w.excluded(q, o) || w.excluded(q2, o)) {
				t.Fatalf("seed %d: routed again, %v sees it", seed, o)
			}
		}
	}
	if moved < 20 {
		t.Errorf("only %d were routed elsewhere", moved)
	}
}
