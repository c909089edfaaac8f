package complaint_test

import (
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func TestWhoSeesWhat(t *testing.T) {
	r := complainttest.Staffed()
	routes := map[string]complaint.Route{
		"city":       {Unit: "410800.vet", Lane: complaint.Ordinary},
		"county":     {Unit: "410823", Lane: complaint.Ordinary},
		"copied":     {Unit: "410823.vet", Lane: complaint.Ordinary, Copies: []string{"410800.vet"}},
		"restricted": {Unit: "410800.discipline", Lane: complaint.Restricted},
		"secret":     {Unit: "410823", Lane: complaint.Restricted}, // of a county
		"correction": {Unit: "410800", Lane: complaint.Editorial},
		"accused":    {Unit: "410800.vet", Lane: complaint.Ordinary, Barred: complaint.Barred{Units: []string{"410823"}}},
		"recused":    {Unit: "410800.vet", Lane: complaint.Ordinary, Barred: complaint.Barred{Officers: []complaint.OfficerID{"vet", "second"}}},
	}
	for who, want := range map[complaint.OfficerID]string{
		"first":      "accused city copied correction county recused restricted",
		"second":     "accused city copied correction county restricted",
		"vet":        "accused city copied",
		"registry":   "",
		"liaison":    "restricted",
		"county":     "copied county",
		"county-vet": "copied",
		"school":     "",
		"analyst":    "",
		"nobody":     "",
	} {
		var sees []string
		for name, route := range routes {
			if r.Scope(who).Sees(route) {
				sees = append(sees, name)
			}
		}
		slices.Sort(sees)
		if got := strings.Join(sees, " "); got != want {
			t.Errorf("%s sees %q, want %q", who, got, want)
		}
	}
	for name, route := range routes {
		if (complaint.Scope{}).Sees(route) {
			t.Errorf("no scope sees %s", name)
		}
		if !complaint.Unscoped().Sees(route) {
			t.Errorf("the office's own followers do not see %s", name)
		}
	}
}

// The city takes in, sorts, reviews and watches for its counties; nothing else
// reaches below its own unit, and nothing in the restricted lane does.
func TestWhichRolesReachBelow(t *testing.T) {
	for _, role := range complaint.Roles() {
		r := &complaint.Roster{Org: complainttest.Org(), Officers: []complaint.Officer{complainttest.Officer("o", "410800", role)}}
		below := known(role, complaint.Intake, complaint.Triage, complaint.Reviewer, complaint.Supervisor)
		if got := r.Scope("o").Sees(complaint.Route{Unit: "410823.vet", Lane: complaint.Ordinary}); got != below {
			t.Errorf("%s sees a county's case: %v, want %v", role, got, below)
		}
		for _, lane := range []complaint.Lane{complaint.Restricted, complaint.Editorial} {
			if r.Scope("o").Sees(complaint.Route{Unit: "410823", Lane: lane}) {
				t.Errorf("%s sees a county's case in the lane %s", role, lane)
			}
		}
	}
}

func known(r complaint.Role, all ...complaint.Role) bool { return slices.Contains(all, r) }

// Whoever comes to an accused unit later is as excluded as who was there.
func TestANewcomerToTheAccusedSeesNothing(t *testing.T) {
	r := complainttest.Staffed()
	route, err := r.Route(complaint.Asked{Kind: complaint.Unqualified, Accused: []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410823-01"}}})
	if err != nil {
		t.Fatal(err)
	}
	newcomer := complainttest.Officer("newcomer", "410800", complaint.Roles()...)
	r.Officers = append(r.Officers, newcomer)
	if !r.Scope("newcomer").Sees(route) {
		t.Error("a new officer of the bureau does not see it")
	}
	for name, o := range map[string]complaint.Officer{
		"sits there too":  {ID: "newcomer", Units: []string{"410800", "410823-01"}, Roles: complaint.Roles(), Active: true},
		"has a tie to it": {ID: "newcomer", Units: []string{"410800"}, Interests: []string{"410823-01"}, Roles: complaint.Roles(), Active: true},
	} {
		r.Officers[len(r.Officers)-1] = o
		if r.Scope("newcomer").Sees(route) || len(r.Org.Parts(o, route.Places()[0], route.Barred)) > 0 {
			t.Errorf("who %s sees it", name)
		}
	}
}

// What a store builds its condition from says the same as Sees.
func TestAScopeIsItsParts(t *testing.T) {
	checked := 0
	for seed := range uint64(500) {
		w := newWorld(seed)
		for range 4 {
			route, err := w.roster.Route(w.asked())
			if err != nil {
				continue
			}
			for _, o := range w.roster.Officers {
				s := w.roster.Scope(o.ID)
				var places []string
				for _, p := range s.Places() {
					places = append(places, p.String())
				}
				lies := slices.ContainsFunc(route.Places(), func(p complaint.Place) bool { return slices.Contains(places, p.String()) })
				barred := slices.Contains(route.Barred.Officers, s.Officer()) ||
					slices.ContainsFunc(route.Barred.Units, func(u string) bool { return slices.Contains(s.Tied(), u) })
				if s.Sees(route) != (s.Officer() != "" && lies && !barred) {
					t.Fatalf("seed %d: %v on %v: sees %v", seed, o, route, s.Sees(route))
				}
				checked++
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d scopes were compared", checked)
	}
}

func TestLeavingEndsTheScope(t *testing.T) {
	r := complainttest.Staffed()
	route := complaint.Route{Unit: "410800.vet", Lane: complaint.Ordinary}
	r.Officers[0].Active = false
	if r.Scope("first").Sees(route) || len(r.Scope("first").Places()) > 0 {
		t.Error("somebody who is not active sees a case")
	}
}
