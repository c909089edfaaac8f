package complaint_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// walker files complaints in a random city and lets random people do random
// things to them.
type walker struct {
	*desk
	*world
	cases    []complaint.Filed
	everBars map[complaint.Number][]complaint.OfficerID
	done     map[complaint.Move]int
}

func (w *walker) step() {
	w.now = w.now.Add(time.Duration(w.IntN(20)) * time.Hour)
	if len(w.cases) == 0 || w.IntN(25) == 0 {
		w.fileOne()
		return
	}
	f := w.cases[w.IntN(len(w.cases))]
	a := w.action(w.fold(f.Number))
	var err error
	switch w.IntN(10) {
	case 0:
		w.tick()
		return
	case 1, 2:
		_, err = w.Say(w.t.Context(), f.Receipt, a)
	default:
		who := w.anyone()
		if w.IntN(2) == 0 {
			who = complaint.OfficerID(fmt.Sprint("able", w.IntN(3)))
		}
		_, err = w.act(who, f.Number, a)
	}
	if err == nil {
		w.done[a.Move]++
	}
	for _, known := range []error{
		complaint.ErrNotFound, complaint.ErrWrongState, complaint.ErrNotYours, complaint.ErrNotNow,
		complaint.ErrIncomplete, complaint.ErrRefused, complaint.ErrErased,
	} {
		if errors.Is(err, known) {
			return
		}
	}
	if err != nil {
		w.t.Fatalf("%s: %v", a.Move, err)
	}
}

func (w *walker) fileOne() {
	q := w.asked()
	d := w.draft()
	d.Kind, d.Accused = q.Kind, q.Accused
	if p, _ := q.Kind.Profile(); p.NeedsAbout {
		d.About = "target/2022#number"
	}
	f, err := w.File(w.t.Context(), d)
	if errors.Is(err, complaint.ErrRefused) || errors.Is(err, complaint.ErrIncomplete) {
		return
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.cases = append(w.cases, f)
}

func (w *walker) anyone() complaint.OfficerID {
	return w.world.roster.Officers[w.IntN(len(w.world.roster.Officers))].ID
}

// onward is what usually comes next.
var onward = map[complaint.State][]complaint.Move{
	complaint.Submitted: {complaint.Accept, complaint.Accept, complaint.ProposeDecline, complaint.Decline, complaint.Ask},
	complaint.NeedInfo:  {complaint.Answer, complaint.Proceed}, complaint.Declined: {complaint.Reopen},
	complaint.Accepted: {complaint.Assign}, complaint.Assigned: {complaint.SignFor, complaint.SignFor, complaint.Return, complaint.Recall},
	complaint.Investigating: {complaint.DraftReply, complaint.TakeOver, complaint.Extend}, complaint.ReplyDraft: {complaint.PresentReply},
	complaint.Reviewing: {complaint.Sign, complaint.Sign, complaint.SendBack}, complaint.Callback: {complaint.Rate, complaint.Close, complaint.Redo},
	complaint.Rework: {complaint.SignFor}, complaint.Closed: {complaint.Object, complaint.Reopen}, complaint.Reexamination: {complaint.Decide},
}

// action is any move, complete most of the time, the usual ones more often.
func (w *walker) action(c complaint.Case) complaint.Action {
	all := complaint.Moves()
	m := all[w.IntN(len(all))]
	if next := onward[c.State]; len(next) > 0 && w.IntN(3) > 0 {
		m = next[w.IntN(len(next))]
	}
	f := usual()
	f.Officer = w.anyone()
	for _, asking := range slices.Sorted(maps.Keys(c.Asking)) {
		f.Officer = asking
		if w.IntN(3) == 0 {
			m = complaint.GrantIdentity
		}
	}
	if len(c.Granted) > 0 && w.IntN(4) == 0 {
		m = complaint.OpenIdentity
	}
	q := w.asked()
	f.Kind, f.Accused = q.Kind, q.Accused
	if w.IntN(3) == 0 {
		f.Kind = ""
	}
	if len(w.cases) > 0 {
		f.Lead = w.cases[w.IntN(len(w.cases))].Number
	}
	if w.IntN(2) == 0 {
		f.Rating = complaint.Dissatisfied
	}
	a := complaint.Action{Move: m, Facts: f, Words: []byte("x")}
	if w.IntN(6) == 0 {
		a.Unit = w.unit()
	}
	return a
}

// check holds every case to what must always be true of it.
func (w *walker) check() {
	dockets := map[complaint.Number]complaint.Docket{}
	for _, state := range complaint.States() {
		page, err := w.book.List(w.t.Context(), complaint.Unscoped(), complaint.Query{State: state, Limit: 1000})
		if err != nil {
			w.t.Fatal(err)
		}
		for _, d := range page {
			dockets[d.Number] = d
		}
	}
	for _, f := range w.cases {
		c, d := w.fold(f.Number), dockets[f.Number]
		if d.State != c.State || d.Version != c.Version || d.Route.Unit != c.Route.Unit || d.Handler != c.Handler {
			w.t.Fatalf("%s: docket %+v of case %+v", f.Number, d, c)
		}
		if c.State.Open() && !w.world.roster.Reachable(c.Route) {
			w.t.Fatalf("%s in %s: nobody can handle it on %+v", f.Number, c.State, c.Route)
		}
		if c.State.Open() && d.Due.IsZero() {
			w.t.Fatalf("%s in %s: nothing is ever due", f.Number, c.State)
		}
		w.checkEyes(f, c)
		w.checkTrays(f, c, d)
	}
}

// checkTrays: what waits for somebody is seen by that person, may be done by
// that person and is found at the posts; and what has a next step waits for
// somebody.
func (w *walker) checkTrays(f complaint.Filed, c complaint.Case, d complaint.Docket) {
	facts := usual()
	found := false
	for _, o := range w.world.roster.Officers {
		tray := w.world.roster.Tray(o.ID, w.now)
		moves := tray.Waits(d)
		if len(moves) == 0 {
			continue
		}
		found = true
		posts := tray.Posts()
		if !slices.ContainsFunc(d.Posts(), func(p string) bool { return slices.Contains(posts, p) }) {
			w.t.Fatalf("%s in %s waits for %+v to %v, at %v, who looks at %v", f.Number, c.State, o, moves, d.Posts(), posts)
		}
		if !w.world.roster.Scope(o.ID).Sees(c.Route) {
			w.t.Fatalf("%s waits for %+v, who does not see it", f.Number, o)
		}
		parts := w.world.roster.Org.Parts(o, complaint.Place{Unit: c.Route.Unit, Lane: c.Route.Lane}, c.Route.Barred)
		for _, m := range moves {
			if m != complaint.GrantIdentity && !slices.ContainsFunc(parts, func(r complaint.Role) bool {
				return c.Allows(m, complaint.Actor{Officer: o.ID, Role: r}, facts) == nil
			}) {
				w.t.Fatalf("%s in %s waits for %+v to %s, who must not", f.Number, c.State, o, m)
			}
		}
	}
	waiting := []complaint.State{complaint.Submitted, complaint.Accepted, complaint.Assigned, complaint.Investigating, complaint.ReplyDraft, complaint.Rework}
	if !found && slices.Contains(waiting, c.State) {
		w.t.Fatalf("%s in %s waits for nobody: %+v", f.Number, c.State, d.Waits)
	}
}

func (w *walker) checkEyes(f complaint.Filed, c complaint.Case) {
	q := complaint.Asked{Kind: c.Kind, Accused: c.Accused}
	for _, before := range w.everBars[f.Number] {
		if !slices.Contains(c.Route.Barred.Officers, before) {
			w.t.Fatalf("%s: %s was barred and is no more", f.Number, before)
		}
	}
	w.everBars[f.Number] = c.Route.Barred.Officers
	for _, o := range w.world.roster.Officers {
		_, err := w.book.Record(w.t.Context(), w.world.roster.Scope(o.ID), f.Number)
		if err == nil && (w.excluded(q, o) || !o.Active || slices.Contains(c.Route.Barred.Officers, o.ID)) {
			w.t.Fatalf("%s in %s: %+v sees it against %+v", f.Number, c.State, o, c.Accused)
		}
	}
	// What one person must not do alone, nobody did.
	for _, s := range c.Signers {
		if slices.Contains(c.Hands, s) && !signedBefore(c, s) {
			w.t.Fatalf("%s: %s handled and signed", f.Number, s)
		}
	}
}

// signedBefore reports whether every signature of s is older than s's first
// handling: who signed once may handle it after it came back.
func signedBefore(c complaint.Case, s complaint.OfficerID) bool {
	handled := false
	for _, step := range c.Timeline {
		if step.By.Officer != s {
			continue
		}
		handled = handled || step.Move == complaint.SignFor || step.Move == complaint.TakeOver
		if step.Move == complaint.Sign && handled {
			return false
		}
	}
	return true
}

func TestWhateverPeopleDo(t *testing.T) {
	moves, cases := map[complaint.Move]int{}, 0
	for seed := range uint64(20) {
		w := &walker{world: newWorld(seed), everBars: map[complaint.Number][]complaint.OfficerID{}, done: moves}
		w.Rand = rand.New(rand.NewPCG(seed, 9))
		for n := range 3 { // people who can bring a case to its end
			o := complainttest.Officer(fmt.Sprint("able", n), "C", complaint.Roles()...)
			w.world.roster.Officers = append(w.world.roster.Officers, o)
		}
		w.desk = newDesk(t, w.world.roster)
		for n := range 250 {
			w.step()
			if n%10 == 9 {
				w.check()
			}
		}
		cases += len(w.cases)
	}
	wanted := []complaint.Move{complaint.Recuse, complaint.Reroute, complaint.Refer, complaint.Withdraw, complaint.GrantIdentity}
	for _, next := range onward {
		wanted = append(wanted, next...)
	}
	for _, m := range wanted {
		if moves[m] == 0 && m != complaint.Object && m != complaint.Decide { // these come once in thousands of steps
			t.Errorf("%s was never made: the walk is too short", m)
		}
	}
	t.Logf("%d cases, moves %v", cases, moves)
}
