package complaint

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yangguang/calendar"
)

// Action is a move with what it says.
type Action struct {
	Move Move
	// Facts are those of the move; what is not its own is left out.
	Facts Facts
	// Words are sealed with the event.
	Words []byte
	// Unit is where Assign or Reroute should send the case; "": where the
	// router says.
	Unit string
}

// own says which facts a move may state. Moves that are not named state none;
// the route is never taken from outside.
var own = map[Move]func(Facts) Facts{
	Answer:         added,
	Add:            added,
	Merge:          func(f Facts) Facts { return Facts{Lead: f.Lead} },
	Refer:          func(f Facts) Facts { return Facts{To: f.To} },
	ProposeDecline: onlyReason,
	Reroute:        func(f Facts) Facts { return Facts{Kind: f.Kind, Accused: f.Accused, About: f.About} },
	Return:         onlyReason,
	Extend:         func(f Facts) Facts { return Facts{Days: f.Days, Reason: f.Reason} },
	DraftReply:     func(f Facts) Facts { return Facts{Outcome: f.Outcome} },
	Rate:           func(f Facts) Facts { return Facts{Rating: f.Rating} },
	Withdraw:       onlyReason,
	Decide:         func(f Facts) Facts { return Facts{Outcome: f.Outcome} },
	Supervise:      onlyReason,
	Recuse:         onlyReason,
	ReportByLaw:    func(f Facts) Facts { return Facts{To: f.To} },
	AskIdentity:    onlyReason,
	GrantIdentity:  func(f Facts) Facts { return Facts{Officer: f.Officer} },
	RefuseIdentity: func(f Facts) Facts { return Facts{Officer: f.Officer} },
	OpenOriginal:   opened,
	ProposeErasure: onlyReason,
}

// added is what may come later: evidence, and a word of danger that was found.
func added(f Facts) Facts { return Facts{Evidence: f.Evidence, Urgent: f.Urgent} }

// opened names the file beside the reason.
func opened(f Facts) Facts {
	out := onlyReason(f)
	out.Evidence = f.Evidence
	return out
}

func onlyReason(f Facts) Facts {
	if !f.Reason.valid() {
		return Facts{}
	}
	return Facts{Reason: f.Reason}
}

func (a Action) facts() (Facts, error) {
	keep, ok := own[a.Move]
	if !ok {
		return Facts{}, nil
	}
	f := keep(a.Facts)
	for _, e := range f.Evidence {
		if err := e.check(); err != nil {
			return Facts{}, err
		}
	}
	return f, nil
}

// Act makes the moves of an officer, all of them or none. Turn is the case's
// turn as the officer saw it: if something that matters happened since, nothing
// is done and ErrWrongState returned. Who does not see the case gets ErrNotFound.
func (o *Office) Act(ctx context.Context, who OfficerID, n Number, turn int, actions ...Action) (Case, error) {
	return o.change(ctx, func(roster *Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, roster.Scope(who), n)
		if err != nil {
			return Record{}, nil, err
		}
		return rec, func(w *work) error {
			if w.c.Turn != turn {
				return fmt.Errorf("%w: turn %d, not %d", ErrWrongState, w.c.Turn, turn)
			}
			for _, a := range actions {
				if err := o.officerMoves(ctx, roster, who, w, a); err != nil {
					return err
				}
			}
			return nil
		}, nil
	})
}

// Say makes a move of the citizen who has the receipt.
func (o *Office) Say(ctx context.Context, receipt Receipt, a Action) (Case, error) {
	return o.change(ctx, func(roster *Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.ByReceipt(ctx, o.MAC(receipt.Bytes()))
		if err != nil {
			return Record{}, nil, err
		}
		return rec, func(w *work) error {
			f, err := a.facts()
			if err != nil {
				return err
			}
			if a.Move == Object {
				if f.Route, err = higher(roster, w.c); err != nil {
					return err
				}
			}
			return w.move(a.Move, Actor{Role: Citizen}, f, a.Words)
		}, nil
	})
}

// change loads a case, lets do work on it and appends what came of it. When
// somebody else was faster it begins again.
func (o *Office) change(ctx context.Context, load func(*Roster) (Record, func(*work) error, error)) (Case, error) {
	for range 16 {
		roster, err := o.Roster(ctx)
		if err != nil {
			return Case{}, err
		}
		rec, do, err := load(roster)
		if err != nil {
			return Case{}, o.met(err)
		}
		c, err := o.fold(rec)
		if err != nil {
			return Case{}, err
		}
		w := &work{office: o, at: o.moment(), key: rec.Key, c: c}
		if err := do(w); err != nil {
			return Case{}, err
		}
		if len(w.Events) == 0 {
			return w.c, nil
		}
		err = o.Book.Append(ctx, rec.Number, c.Version, w.entry(rec.Number))
		if err == nil || !errors.Is(err, ErrStale) {
			return w.c, err
		}
	}
	return Case{}, ErrStale
}

// officerMoves makes one move of an officer, with what follows by itself.
func (o *Office) officerMoves(ctx context.Context, roster *Roster, who OfficerID, w *work, a Action) error {
	f, err := a.facts()
	if err != nil {
		return err
	}
	switch a.Move { //nolint:exhaustive // the few that need more than the table knows
	case Assign, Reroute:
		if f.Route, err = reroute(roster, w.c, f, a.Unit); err != nil {
			return err
		}
	case Merge:
		if err := o.leads(ctx, roster.Scope(who), f.Lead, w); err != nil {
			return err
		}
	case Extend:
		if rule, ok := w.at.rules.At(ExtendClock, calendar.DateOf(w.at.now)); !ok || f.Days > rule.N {
			return fmt.Errorf("%w: %d days", ErrIncomplete, f.Days)
		}
	}
	officer, _ := roster.Officer(who)
	if err := w.anyPart(roster.Org.inCase(officer, w.c.Route, a.Move), a.Move, who, f, a.Words); err != nil {
		return err
	}
	switch a.Move { //nolint:exhaustive // as above
	case Sign:
		return w.move(OpenCallback, Actor{Role: Clockwork}, Facts{}, nil)
	case Recuse:
		return w.afterRecusal(roster)
	}
	return nil
}

// inCase returns the parts that o plays in a case. Who only follows it may look.
func (g *Org) inCase(o Officer, r Route, m Move) []Role {
	out := g.Parts(o, Place{r.Unit, r.Lane}, r.Barred)
	if m == Look || m == Recuse {
		for _, u := range r.Copies {
			out = union(out, g.Parts(o, Place{u, r.Lane}, r.Barred))
		}
	}
	return out
}

// anyPart makes the move in the first part that may: of several, in the one
// whose step is next. If none may, it says what stood in the way of the one
// that came closest.
func (w *work) anyPart(roles []Role, m Move, who OfficerID, f Facts, words []byte) error {
	err := fmt.Errorf("%w: %s", ErrNotYours, m)
	roles = slices.Clone(roles)
	slices.SortStableFunc(roles, func(a, b Role) int { return w.c.State.idle(a) - w.c.State.idle(b) })
	for _, role := range roles {
		by := Actor{who, role}
		_, no := w.c.find(m, by, f)
		if no == nil {
			return w.move(m, by, f, words)
		}
		if !errors.Is(no, ErrNotYours) || errors.Is(err, ErrNotYours) {
			err = no
		}
	}
	return err
}

// reroute finds where the case goes from here. Whoever was excluded stays so.
func reroute(roster *Roster, c Case, f Facts, unit string) (*Route, error) {
	q := Asked{Kind: c.Kind, Accused: c.Accused, Barred: c.Route.Barred, Prefer: unit}
	if c.State == Reexamination { // not by the bureau that answered, which is below
		q.From = c.Route.Unit
	}
	if f.Kind != "" {
		p, ok := f.Kind.profile()
		if !ok || !p.Kept {
			return nil, fmt.Errorf("%w: kind %q", ErrIncomplete, f.Kind)
		}
		if err := p.check(f.Accused, f.About); err != nil {
			return nil, err
		}
		q.Kind, q.Accused = f.Kind, f.Accused
	}
	route, err := roster.Route(q)
	if err == nil && unit != "" && route.Unit != unit {
		err = fmt.Errorf("%w: unit %s cannot receive it", ErrIncomplete, unit)
	}
	return &route, err
}

// higher finds who looks again: the level above, without anybody who took part.
func higher(roster *Roster, c Case) (*Route, error) {
	answered := roster.Org.bureauOf(c.Route.Unit)
	q := Asked{Kind: c.Kind, Accused: c.Accused, Barred: c.Route.Barred, From: roster.Org.units[answered].Parent}
	for _, id := range slices.Concat(c.Hands, c.Signers) {
		q.Barred = q.Barred.with(Barred{Officers: []OfficerID{id}})
	}
	if answered == roster.Org.Top() {
		return nil, &Refusal{RefusedHigher, []Authority{HigherAuthority}}
	}
	route, err := roster.Route(q)
	return &route, err
}

// afterRecusal sends the case on if nobody is left where it lies, and out of
// the office if nobody is left at all.
func (w *work) afterRecusal(roster *Roster) error {
	if !w.c.State.Open() || roster.Reachable(w.c.Route) {
		return nil
	}
	clockwork := Actor{Role: Clockwork}
	route, err := reroute(roster, w.c, Facts{}, "")
	if errors.Is(err, ErrRefused) {
		to := Hotline
		if w.c.State == Reexamination {
			to = HigherAuthority
		}
		return w.move(Refer, clockwork, Facts{To: to, Reason: NobodyLeft}, nil)
	}
	if err != nil {
		return err
	}
	return w.move(Reroute, clockwork, Facts{Route: route}, nil)
}

// leads checks the case that another is to follow: the officer sees it, it is
// open, and it is another.
func (o *Office) leads(ctx context.Context, s Scope, lead Number, w *work) error {
	rec, err := o.Book.Record(ctx, s, lead)
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("%w: no such case to follow", ErrIncomplete)
	}
	if err != nil {
		return err
	}
	c, err := o.fold(rec)
	if err != nil {
		return err
	}
	if !c.State.Open() || rec.Key.Of == w.key.Of {
		return fmt.Errorf("%w: a case cannot follow that one", ErrIncomplete)
	}
	return nil
}
