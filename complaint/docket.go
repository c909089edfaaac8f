package complaint

import (
	"cmp"
	"time"
)

// Docket is the plain part of a case: what lists show, sort and filter by. It
// is written with the events and derived from them.
type Docket struct {
	Number     Number
	Version    int
	State      State
	Kind       Kind
	Class      Class
	Accused    []Accused
	Route      Route
	Handler    OfficerID
	Urgent     bool
	Fast       bool
	Supervised bool
	Filed      time.Time
	Changed    time.Time
	// Due is when the next thing is late, by Clock; zero when nothing is due.
	// Yellow is when that turns yellow; Duty and Legal are of that clock.
	Due, Yellow time.Time
	Clock       Clock
	Duty, Legal bool
	// Waits are what it waits for, of whom.
	Waits []Wait
}

// DocketForm is the form of the dockets that this program writes. With a new one
// all that are in a book are written anew.
const DocketForm = "2"

// Position orders a list: danger first, then the fast lane, then by time left; what
// has ended by its last change, newest first. Of those due at the same time the
// one that was filed first stands first. A page ends at one and the next begins after it.
type Position struct {
	Rank   int
	At     int64 // milliseconds: when due, or minus the last change of what has ended
	Filed  int64 // milliseconds
	Number Number
}

// The ranks.
const (
	rankUrgent = iota
	rankFast
	rankOrdinary
	rankEnded
)

// noDue stands after every real time.
const noDue = int64(1) << 60

// Position returns where d stands in a list.
func (d Docket) Position() Position {
	k := Position{rankOrdinary, noDue, d.Filed.UnixMilli(), d.Number}
	switch {
	case !d.State.Open():
		k.Rank, k.At = rankEnded, -d.Changed.UnixMilli()
		return k
	case d.Urgent:
		k.Rank = rankUrgent
	case d.Fast:
		k.Rank = rankFast
	}
	if !d.Due.IsZero() {
		k.At = d.Due.UnixMilli()
	}
	return k
}

// Compare orders positions.
func (k Position) Compare(o Position) int {
	return cmp.Or(cmp.Compare(k.Rank, o.Rank), cmp.Compare(k.At, o.At), cmp.Compare(k.Filed, o.Filed), cmp.Compare(k.Number, o.Number))
}

// Card returns the colour of what is due next.
func (d Docket) Card(now time.Time) Card {
	return Deadline{Due: d.Due, Yellow: d.Yellow, Duty: d.Duty}.Card(now)
}

// Docket returns the plain part of a case as it is by the rules and holidays of
// today: that in the book is of the day of its last event.
func (o *Office) Docket(rec Record) (Docket, error) {
	c, err := o.fold(rec)
	if err != nil {
		return Docket{}, err
	}
	return docket(rec.Number, c, o.Deadlines(c)), nil
}

// docket returns the plain part of c.
func docket(n Number, c Case, deadlines []Deadline) Docket {
	d := Docket{
		Number: n, Version: c.Version, State: c.State, Kind: c.Kind, Class: c.Class, Accused: c.Accused,
		Route: c.Route, Handler: c.Handler, Urgent: c.Urgent, Fast: c.Fast(), Supervised: c.Supervised,
		Filed: c.Timeline[0].At, Changed: c.Timeline[len(c.Timeline)-1].At,
	}
	d.Waits = c.waits(deadlines)
	if !c.State.Open() {
		return d
	}
	for _, t := range deadlines {
		// A right of the unit is nobody's duty and must not hide one.
		if t.Running() && t.Clock != ObjectClock && t.Clock != AskReexaminationClock && (d.Due.IsZero() || t.Due.Before(d.Due)) {
			d.Due, d.Yellow, d.Clock, d.Duty, d.Legal = t.Due.UTC(), t.Yellow.UTC(), t.Clock, t.Duty, t.Rule.Legal()
		}
	}
	return d
}
