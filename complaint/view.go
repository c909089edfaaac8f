package complaint

import (
	"context"
	"fmt"

	"yangguang/calendar"
)

// View is a case opened for somebody: what they may know of it, in plain text.
type View struct {
	Number    Number
	Case      Case
	Events    []Event
	Said      []Said
	Deadlines []Deadline
	// Docket is its plain part as it is now; empty for a citizen.
	Docket Docket
	// Parts are the parts that the officer plays in the case; none for a citizen.
	Parts []Role
}

// Said is words with the event they belong to.
type Said struct {
	Seq  int
	Kind PartKind
	Text []byte
}

// Open opens a case for an officer and notes in its events that this role
// looked, once a day. Who the citizen is and the way back stay sealed.
func (o *Office) Open(ctx context.Context, who OfficerID, n Number) (View, error) {
	var v View
	c, err := o.change(ctx, func(roster *Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, roster.Scope(who), n)
		if err != nil {
			return Record{}, nil, err
		}
		return rec, func(w *work) error {
			officer, _ := roster.Officer(who)
			v = View{Number: n, Events: rec.Events, Parts: roster.Org.inCase(officer, w.c.Route, "")}
			if v.Said, err = o.open(rec, func(p Part) bool { return p.Kind == Words || p.Kind == AccusedName }); err != nil {
				return err
			}
			if err := w.look(roster, who); err != nil {
				return err
			}
			v.Events = append(v.Events, w.Events...)
			return nil
		}, nil
	})
	if err != nil {
		return View{}, err
	}
	v.Case, v.Deadlines = c, o.Deadlines(c)
	v.Docket = docket(n, c, v.Deadlines)
	return v, nil
}

// look notes that the officer looked, once a day and once more after every word
// of the citizen.
func (w *work) look(roster *Roster, who OfficerID) error {
	if w.lookedToday(who) {
		return nil
	}
	officer, _ := roster.Officer(who)
	return w.anyPart(roster.Org.inCase(officer, w.c.Route, Look), Look, who, Facts{}, nil)
}

// lookedToday reports whether the officer's look of that day, at all there is
// to read, is noted already.
func (w *work) lookedToday(who OfficerID) bool {
	for _, s := range w.c.Timeline {
		if s.Move == Look && s.By.Officer == who && s.Seq > w.c.Unread && calendar.DateOf(s.At) == calendar.DateOf(w.at.now) {
			return true
		}
	}
	return false
}

// Identity opens who the citizen is for an officer whose look was approved, and
// notes it. Without approval, or after it ran out, it fails.
func (o *Office) Identity(ctx context.Context, who OfficerID, n Number) ([]byte, error) {
	var out []byte
	_, err := o.change(ctx, func(roster *Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, roster.Scope(who), n)
		if err != nil {
			return Record{}, nil, err
		}
		return rec, func(w *work) error {
			officer, _ := roster.Officer(who)
			if err := w.anyPart(roster.Org.inCase(officer, w.c.Route, OpenIdentity), OpenIdentity, who, Facts{}, nil); err != nil {
				return err
			}
			said, err := o.open(rec, func(p Part) bool { return p.Kind == Who })
			if err == nil && len(said) > 0 {
				out = said[0].Text
			}
			return err
		}, nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Follow opens a case for the citizen who has its receipt: the state, the
// clocks that concern them, what was said to them and by them, and who looked.
// For any other code it returns ErrNotFound.
func (o *Office) Follow(ctx context.Context, receipt Receipt) (View, error) {
	rec, err := o.Book.ByReceipt(ctx, o.MAC(receipt.Bytes()))
	if err != nil {
		return View{}, o.met(err)
	}
	c, err := o.fold(rec)
	if err != nil {
		return View{}, err
	}
	read := Told(rec.Events)
	v := View{Number: rec.Number, Case: c.forCitizen(), Events: forCitizen(rec.Events, read)}
	if v.Said, err = o.open(rec, func(p Part) bool { return p.Kind == Words && read[p.Seq] }); err != nil {
		return View{}, err
	}
	for _, d := range o.Deadlines(c) {
		if d.ForCitizen {
			v.Deadlines = append(v.Deadlines, d)
		}
	}
	return v, nil
}

// inside lists the moves that are the office's own business.
var inside = map[Move]bool{
	Note: true, SendBack: true, ProposeDecline: true, DraftReply: true, PresentReply: true, Return: true, Recall: true,
	Reroute: true, Recuse: true, TakeOver: true, ReportByLaw: true, AskIdentity: true, GrantIdentity: true, ProposeErasure: true,
	RefuseDecline: true, RefuseIdentity: true, RefuseErasure: true,
}

// forCitizen returns the events that the citizen sees, with roles instead of
// officers. Of the drafts of an answer it is the signed one.
func forCitizen(events []Event, read map[int]bool) []Event {
	var out []Event
	for _, e := range events {
		if inside[e.Move] && !read[e.Seq] {
			continue
		}
		// Whoever else complained of the same is nobody's business.
		e.By.Officer, e.Facts.Officer, e.Facts.Lead = "", "", ""
		if e.Facts.Route != nil {
			e.Facts.Route = &Route{Unit: e.Facts.Route.Unit, Lane: e.Facts.Route.Lane}
		}
		out = append(out, e)
	}
	return out
}

// forCitizen returns the case without what only the office knows.
func (c Case) forCitizen() Case {
	c.Drafted, c.Lead, c.ReportedTo, c.Unread = "", "", nil, 0
	c.Route = Route{Unit: c.Route.Unit, Lane: c.Route.Lane}
	c.Handler, c.Hands, c.Signers, c.Decliner, c.Eraser = "", nil, nil, "", ""
	c.Asking, c.Granted, c.Acted, c.WithdrawnBy, c.Timeline = nil, nil, nil, "", nil
	return c
}

// open unseals the parts that may be read. Of an erased case nothing is left.
func (o *Office) open(rec Record, may func(Part) bool) ([]Said, error) {
	var out []Said
	if len(rec.Key.Wrapped) == 0 {
		return nil, nil
	}
	for _, p := range rec.Parts {
		if !may(p) {
			continue
		}
		text, err := o.Sealer.Open(rec.Key, place(p.Seq, p.Kind), p.Sealed)
		if err != nil {
			return nil, o.met(&Damaged{rec.Number, fmt.Errorf("part %d: %w", p.Seq, err)})
		}
		out = append(out, Said{p.Seq, p.Kind, text})
	}
	return out, nil
}
