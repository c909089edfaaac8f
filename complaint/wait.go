package complaint

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Wait is something that a case waits for, of somebody at the desk. A case may
// wait for several things at once: an investigation for who handles it, and a
// look at the identity for who keeps it.
type Wait struct {
	// For is the move that is to be made next.
	For Move `json:"for"`
	// Only is the one officer whose step it is; "": anybody's whose part it is.
	Only OfficerID `json:"only,omitempty"`
	// Not are officers who must not, though it is their part: who proposed it,
	// who handled it.
	Not []OfficerID `json:"not,omitempty"`
	// From is when it began, or will begin.
	From time.Time `json:"from"`
}

// nextMove is the move that a state waits for. Where it is the citizen's or
// nobody's there is none.
var nextMove = map[State]Move{
	Submitted: Accept, Accepted: Assign, Assigned: SignFor, Rework: SignFor,
	Investigating: DraftReply, ReplyDraft: PresentReply, Reviewing: Sign, Reexamination: Decide,
}

// whose are the parts that make a move which is waited for: those that the
// table of moves names, but of who may look at a case only those that answer
// for it.
func whose(m Move) []Role {
	if m == Look {
		return []Role{Handler, Intake, Triage}
	}
	var out []Role
	for _, r := range rows[m] {
		out = union(out, r.by)
	}
	return slices.DeleteFunc(out, func(r Role) bool { return r == Citizen || r == Clockwork })
}

// roles are the parts of those for whom it waits.
func (w Wait) roles() []Role {
	if w.Only != "" {
		return []Role{Handler}
	}
	return whose(w.For)
}

// idle is 0 for a part whose move is next in s, else 1. What comes in is looked
// at by who takes in, though another part may be needed to accept it.
func (s State) idle(r Role) int {
	if slices.Contains(whose(nextMove[s]), r) || s == Submitted && r == Intake {
		return 0
	}
	return 1
}

// waits returns what the case waits for. It depends on the events and on the
// terms, not on the moment.
func (c Case) waits(deadlines []Deadline) []Wait {
	if c.Erased {
		return nil
	}
	var out []Wait
	if w, ok := c.next(deadlines); ok {
		out = append(out, w)
	}
	if c.Unread > 0 {
		out = append(out, Wait{For: Look, Only: c.Handler, From: c.at(c.Unread)})
	}
	for _, asking := range slices.Sorted(maps.Keys(c.Asking)) {
		if c.State.Open() {
			out = append(out, Wait{For: GrantIdentity, Not: []OfficerID{asking}, From: c.lastOf(AskIdentity, asking)})
		}
	}
	if c.Eraser != "" && slices.Contains(rows[ProposeErasure][0].from, c.State) {
		out = append(out, Wait{For: Erase, Not: []OfficerID{c.Eraser}, From: c.lastOf(ProposeErasure, c.Eraser)})
	}
	return out
}

// next returns the step that the state waits for.
func (c Case) next(deadlines []Deadline) (Wait, bool) {
	w := Wait{For: nextMove[c.State], From: c.at(c.Turn)}
	switch c.State { //nolint:exhaustive // in the others it is anybody's whose part it is
	case Submitted:
		if c.Decliner != "" {
			w.For, w.Not = Decline, []OfficerID{c.Decliner}
		}
	case Investigating, ReplyDraft:
		if w.Only = c.Handler; w.Only == "" {
			w.For = TakeOver
		}
	case Reviewing:
		w.Not = c.Hands
	case Reexamination:
		w.Not = union(c.Hands, c.Signers)
	case NeedInfo:
		w.For = Proceed
		if c.Asked == Investigating {
			w.Only = c.Handler
		}
		for _, d := range deadlines {
			if d.Clock == NeedInfoClock && d.Running() {
				w.From = d.Due
			}
		}
	case Callback: // a good or missing rating is closed by time alone
		if c.Rating == Dissatisfied {
			w.For = Redo
		}
	}
	w.From = w.From.UTC()
	return w, w.For != ""
}

// at returns when the event with that number happened.
func (c Case) at(seq int) time.Time {
	if seq < 1 || seq > len(c.Timeline) {
		return time.Time{}
	}
	return c.Timeline[seq-1].At
}

// lastOf returns when the officer last made the move.
func (c Case) lastOf(m Move, by OfficerID) time.Time {
	for _, s := range slices.Backward(c.Timeline) {
		if s.Move == m && s.By.Officer == by {
			return s.At
		}
	}
	return time.Time{}
}

// Tray says what waits for one officer. The zero value is nobody's.
type Tray struct {
	roster  *Roster
	officer Officer
	now     time.Time
}

// Tray returns the tray of the officer with that id. Of somebody unknown or not
// active it is empty.
func (r *Roster) Tray(id OfficerID, now time.Time) Tray {
	o, ok := r.Officer(id)
	if !ok {
		return Tray{}
	}
	return Tray{r, o, now}
}

// Waits returns the moves that a case waits for of this very officer: by role
// and place, past recusal and exclusion, and never of who must leave it to a
// second person. What waits for an officer who cannot any more waits for those
// who could take over.
func (t Tray) Waits(d Docket) []Move {
	if t.roster == nil {
		return nil
	}
	var out []Move
	for _, w := range d.Waits {
		if w.From.After(t.now) || slices.Contains(w.Not, t.officer.ID) || !t.plays(t.officer, w, d.Route) {
			continue
		}
		move := w.For
		if w.Only != "" && w.Only != t.officer.ID {
			if other, ok := t.roster.Officer(w.Only); ok && (t.settled(other, d.Route) || t.plays(other, w, d.Route)) {
				continue
			}
			if move == DraftReply || move == PresentReply {
				move = TakeOver
			}
		}
		if !slices.Contains(out, move) {
			out = append(out, move)
		}
	}
	return out
}

func (t Tray) plays(o Officer, w Wait, r Route) bool {
	return overlap(t.roster.Org.Parts(o, Place{r.Unit, r.Lane}, r.Barred), w.roles())
}

// settled reports whether the officer can handle whatever lies there: no case
// there bars one who has no tie and no seat elsewhere.
func (t Tray) settled(o Officer, r Route) bool {
	return len(o.Units) == 1 && len(o.Interests) == 0 && slices.Contains(t.roster.Org.Parts(o, Place{r.Unit, r.Lane}, Barred{}), Handler)
}

// Since returns when the newest of what waits for the officer in that case
// began to; zero when nothing does.
func (t Tray) Since(d Docket) time.Time {
	var newest time.Time
	for _, m := range t.Waits(d) {
		for _, w := range d.Waits {
			if (w.For == m || m == TakeOver && w.Only != "") && w.From.After(newest) {
				newest = w.From
			}
		}
	}
	return newest
}

// Posts are where a case is put for those for whom it waits: a part at the
// place where it lies, or one officer there. A store finds a tray by them;
// Waits says of each case whether it is really the officer's. An open case that
// waits for nobody is put at its place all the same.
func (d Docket) Posts() []string {
	var out []string
	p := Place{d.Route.Unit, d.Route.Lane}
	if len(d.Waits) == 0 && d.State.Open() {
		return []string{post(p, "")}
	}
	for _, w := range d.Waits {
		if w.Only != "" {
			out = append(out, post(p, "@"+string(w.Only)))
			continue
		}
		for _, role := range w.roles() {
			out = append(out, post(p, string(role)))
		}
	}
	return first(out)
}

// Posts are those at which the officer's cases stand: of the own parts, the
// own name, and of whoever cannot act there any more.
func (t Tray) Posts() []string {
	if t.roster == nil {
		return nil
	}
	var out []string
	for _, p := range t.roster.Scope(t.officer.ID).Places() {
		for _, part := range t.roster.Org.Parts(t.officer, p, Barred{}) {
			out = append(out, post(p, string(part)))
			if part != Handler {
				continue
			}
			for _, o := range t.roster.Officers {
				if o.ID == t.officer.ID || !t.settled(o, Route{Unit: p.Unit, Lane: p.Lane}) {
					out = append(out, post(p, "@"+string(o.ID)))
				}
			}
		}
	}
	return first(out)
}

func post(p Place, who string) string { return p.String() + " " + who }

// PlaceOf returns the place of a post.
func PlaceOf(post string) string {
	place, _, _ := strings.Cut(post, " ")
	return place
}

// first leaves out what was there before.
func first[T comparable](all []T) []T {
	var out []T
	for _, v := range all {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
