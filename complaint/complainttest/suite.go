// Package complainttest is the suite that every [complaint.Book] passes, with
// a city, its officers and a book in memory for the tests of other rooms.
package complainttest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"yangguang/complaint"
)

// Run holds a book to its contract. open returns a new empty book.
func Run(t *testing.T, open func(t *testing.T) complaint.Book) {
	for name, test := range map[string]func(*testing.T, complaint.Book){
		"an empty book holds nothing":                   empty,
		"a case comes back as it was filed":             roundTrip,
		"a draft is one case":                           onceByDraft,
		"a number or receipt in use is refused":         taken,
		"a receipt whose number is taken has another":   oneNumber,
		"appending moves the version":                   appending,
		"a stale append stores nothing":                 stale,
		"a cancelled call stores nothing":               cancelled,
		"erasing destroys the key":                      erasing,
		"what is read belongs to the reader":            ownCopies,
		"out of scope is as if there were none":         scoped,
		"every scope sees in every read what it should": everyScope,
		"a new route changes who sees it at once":       rerouted,
		"lists stand in order, page by page":            pages,
		"what is newest grows in the scope alone":       newest,
		"a look is nothing new":                         looks,
		"a tray holds what waits for its officer":       trays,
		"letters stand in order":                        letters,
		"64 callers at once lose nothing":               atOnce,
		"one of several appends wins":                   race,
		"a follower of letters misses none":             follower,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var filedAt = time.UnixMilli(1772416800123).UTC()

// Filing returns a filing that is different for each n, on a route.
func Filing(n int, route complaint.Route) complaint.Filing {
	number := Number(n)
	e := complaint.Event{
		Seq: 1, At: filedAt.Add(time.Duration(n) * time.Second), Move: complaint.File, By: complaint.Actor{Role: complaint.Citizen}, Rules: "2022-05-01",
		Facts: complaint.Facts{
			Kind: complaint.FalseAdvertising, Class: complaint.Request, Accused: []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02", Area: "410802"}},
			Route: &route, Identity: complaint.Sealed, Channel: complaint.WebChat,
			Evidence: []complaint.Evidence{{ID: fmt.Sprint("e", n), Kind: complaint.Picture, Size: 1 << 20, SHA256: fmt.Sprintf("%064x", n)}},
		},
	}
	e, err := e.Chained("")
	if err != nil {
		panic(err)
	}
	return complaint.Filing{
		Draft: fmt.Sprint("draft-", n), Number: number, MAC: mac(n),
		Key: complaint.Key{Of: fmt.Sprint("draft-", n), Wrapped: []byte{0, 1, 255, byte(n)}},
		Entry: complaint.Entry{
			Events:  []complaint.Event{e},
			Parts:   []complaint.Part{{Seq: 1, Kind: complaint.Words, Sealed: []byte{0, 0xff, byte(n)}}, {Seq: 1, Kind: complaint.WayBack, Sealed: []byte("'\"\\\x00")}},
			Letters: []complaint.Letter{{Number: number, Seq: 1, Key: complaint.LetterFiled, At: e.At}},
			Docket: complaint.Docket{
				Number: number, Version: 1, State: complaint.Submitted, Kind: e.Facts.Kind, Class: e.Facts.Class, Accused: e.Facts.Accused, Route: route,
				Filed: e.At, Changed: e.At, Due: e.At.Add(24 * time.Hour), Yellow: e.At.Add(time.Hour), Clock: complaint.TriageClock, Duty: true,
			},
		},
	}
}

// Number returns the case number of Filing(n).
func Number(n int) complaint.Number { return complaint.NewNumber(2026, mac(n), 0) }

func mac(n int) []byte { return fmt.Appendf(nil, "mac-%028d", n) }

// OneNumber returns two MACs whose receipts have the same number first.
func OneNumber() (a, b []byte) {
	seen := map[complaint.Number]int{}
	for n := 0; ; n++ {
		number := Number(n)
		if first, ok := seen[number]; ok {
			return mac(first), mac(n)
		}
		seen[number] = n
	}
}

// next returns an entry that moves the case of f to a state, as event seq.
func next(f complaint.Filing, seq int, state complaint.State) complaint.Entry {
	e := complaint.Event{
		Seq: seq, At: filedAt.Add(time.Duration(seq) * time.Hour), Move: complaint.Note,
		By: complaint.Actor{Officer: "first", Role: complaint.Intake},
	}
	e, err := e.Chained(f.Events[0].Sum)
	if err != nil {
		panic(err)
	}
	d := f.Docket
	d.Version, d.State, d.Changed, d.Handler = seq, state, e.At, "first"
	if !state.Open() {
		d.Due, d.Yellow, d.Clock, d.Duty = time.Time{}, time.Time{}, "", false
	}
	return complaint.Entry{
		Events: []complaint.Event{e}, Docket: d,
		Parts:   []complaint.Part{{Seq: seq, Kind: complaint.Words, Sealed: []byte{byte(seq)}}},
		Letters: []complaint.Letter{{Number: f.Number, Seq: seq, Key: complaint.LetterWritten, At: e.At}},
	}
}

func bureau() complaint.Route { return complaint.Route{Unit: "410800", Lane: complaint.Ordinary} }

func empty(t *testing.T, b complaint.Book) {
	if _, err := b.Record(t.Context(), complaint.Unscoped(), Number(1)); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("a record: %v, want ErrNotFound", err)
	}
	if _, err := b.ByReceipt(t.Context(), []byte("x")); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("by receipt: %v, want ErrNotFound", err)
	}
	if _, err := b.ByDraft(t.Context(), "x"); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("by draft: %v, want ErrNotFound", err)
	}
	if err := b.Append(t.Context(), Number(1), 0, next(Filing(1, bureau()), 1, complaint.Submitted)); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("append: %v, want ErrNotFound", err)
	}
	holds(t, b, 0, 0)
}

func roundTrip(t *testing.T, b complaint.Book) {
	route := complaint.Route{
		Unit: "410823.vet", Lane: complaint.Ordinary, Copies: []string{"410800.vet"},
		Barred: complaint.Barred{Units: []string{"410823-01"}, Officers: []complaint.OfficerID{"o1", "o2"}},
		Why:    complaint.Why{Rule: "interference/owner/vet", Start: "410823", Passed: []string{"x"}, Excluded: 2},
	}
	f := Filing(7, route)
	file(t, b, f)
	want := complaint.Record{Number: f.Number, Key: f.Key, Events: f.Events, Parts: f.Parts}
	got, err := b.Record(t.Context(), complaint.Unscoped(), f.Number)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v, %v\nwant %+v", got, err, want)
	}
	if got, err = b.ByReceipt(t.Context(), f.MAC); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("by receipt %+v, %v", got, err)
	}
	if err := complaint.Verify(got.Events); err != nil {
		t.Error(err)
	}
	list := page(t, b, complaint.Unscoped(), complaint.Query{Limit: 9})
	if len(list) != 1 || !reflect.DeepEqual(list[0], f.Docket) {
		t.Errorf("listed %+v\nwant %+v", list, f.Docket)
	}
	letters, err := b.Letters(t.Context(), 0, 9)
	if err != nil || len(letters) != 1 {
		t.Fatalf("letters: %v, %v", letters, err)
	}
	letters[0].Position = 0
	if !reflect.DeepEqual(letters, f.Letters) {
		t.Errorf("letters %+v, want %+v", letters, f.Letters)
	}
}

func onceByDraft(t *testing.T, b complaint.Book) {
	first := Filing(1, bureau())
	file(t, b, first)
	again := Filing(2, bureau())
	again.Draft, again.Key = first.Draft, first.Key
	for _, f := range []complaint.Filing{first, again} {
		got, err := b.File(t.Context(), f)
		if err != nil || got.Number != first.Number || !slices.Equal(got.MAC, first.MAC) || !got.Again {
			t.Errorf("filed again: %+v, %v; want the first case", got, err)
		}
	}
	if got, err := b.ByDraft(t.Context(), first.Draft); err != nil || got.Number != first.Number || !slices.Equal(got.MAC, first.MAC) {
		t.Errorf("by draft: %+v, %v", got, err)
	}
	holds(t, b, 1, 1)
}

func taken(t *testing.T, b complaint.Book) {
	file(t, b, Filing(1, bureau()))
	number, receipt := Filing(2, bureau()), Filing(3, bureau())
	number.Number, number.Docket.Number = Number(1), Number(1)
	receipt.Number, receipt.Docket.Number, receipt.MAC = Number(1), Number(1), mac(1)
	for _, f := range []complaint.Filing{number, receipt} {
		if _, err := b.File(t.Context(), f); err == nil || errors.Is(err, complaint.ErrTaken) != (f.Draft == number.Draft) {
			t.Errorf("filing %s: %v, want ErrTaken for a number that another receipt has", f.Draft, err)
		}
		if _, err := b.ByDraft(t.Context(), f.Draft); !errors.Is(err, complaint.ErrNotFound) {
			t.Errorf("%s: %v, want nothing kept", f.Draft, err)
		}
	}
	holds(t, b, 1, 1)
}

func oneNumber(t *testing.T, b complaint.Book) {
	first, second := Filing(1, bureau()), Filing(2, bureau())
	first.MAC, second.MAC = OneNumber()
	for try, f := range []complaint.Filing{first, second} {
		f.Number = complaint.NewNumber(2026, f.MAC, 0)
		f.Docket.Number = f.Number
		if _, err := b.File(t.Context(), f); errors.Is(err, complaint.ErrTaken) != (try > 0) {
			t.Errorf("filing %s under %s: %v", f.Draft, f.Number, err)
		}
		f.Number = complaint.NewNumber(2026, f.MAC, try)
		f.Docket.Number = f.Number
		file(t, b, f)
		if got, err := b.ByReceipt(t.Context(), f.MAC); err != nil || got.Number != f.Number || got.Key.Of != f.Draft {
			t.Errorf("by receipt of %s: %+v, %v", f.Draft, got, err)
		}
	}
	holds(t, b, 2, 2)
}

func appending(t *testing.T, b complaint.Book) {
	f := Filing(1, bureau())
	file(t, b, f)
	want := complaint.Record{Number: f.Number, Key: f.Key, Events: f.Events, Parts: f.Parts}
	for seq := 2; seq <= 4; seq++ {
		e := next(f, seq, complaint.Accepted)
		add(t, b, f.Number, seq-1, e)
		want.Events, want.Parts = append(want.Events, e.Events...), append(want.Parts, e.Parts...)
		if got := page(t, b, complaint.Unscoped(), complaint.Query{Limit: 9}); len(got) != 1 || !reflect.DeepEqual(got[0], e.Docket) {
			t.Errorf("after event %d: %+v, want %+v", seq, got, e.Docket)
		}
	}
	if got, err := b.Record(t.Context(), complaint.Unscoped(), f.Number); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v, %v\nwant %+v", got, err, want)
	}
	holds(t, b, 1, 4)
	// Several events in one entry are one step.
	two := next(f, 5, complaint.Assigned)
	two.Events, two.Docket.Version = append(two.Events, next(f, 6, complaint.Assigned).Events...), 6
	add(t, b, f.Number, 4, two)
	if err := b.Append(t.Context(), f.Number, 5, next(f, 6, complaint.Closed)); !errors.Is(err, complaint.ErrStale) {
		t.Errorf("append in the middle of an entry: %v, want ErrStale", err)
	}
}

func stale(t *testing.T, b complaint.Book) {
	f := Filing(1, bureau())
	file(t, b, f)
	add(t, b, f.Number, 1, next(f, 2, complaint.Accepted))
	before, _ := b.Record(t.Context(), complaint.Unscoped(), f.Number)
	for _, version := range []int{0, 1, 3, -1} {
		e := next(f, version+1, complaint.Closed)
		e.Erase = true
		if err := b.Append(t.Context(), f.Number, version, e); !errors.Is(err, complaint.ErrStale) {
			t.Errorf("append to version %d of 2: %v, want ErrStale", version, err)
		}
	}
	if after, err := b.Record(t.Context(), complaint.Unscoped(), f.Number); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("a stale append changed the case: %+v, %v", after, err)
	}
	holds(t, b, 1, 2)
}

func cancelled(t *testing.T, b complaint.Book) {
	f := Filing(1, bureau())
	file(t, b, f)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.File(ctx, Filing(2, bureau())); !errors.Is(err, complaint.ErrNotKept) {
		t.Errorf("filing with a cancelled context: %v, want ErrNotKept", err)
	}
	if err := b.Append(ctx, f.Number, 1, next(f, 2, complaint.Closed)); !errors.Is(err, complaint.ErrNotKept) {
		t.Errorf("append with a cancelled context: %v, want ErrNotKept", err)
	}
	holds(t, b, 1, 1)
	file(t, b, Filing(2, bureau())) // and the book still works
}

func erasing(t *testing.T, b complaint.Book) {
	f, other := Filing(1, bureau()), Filing(2, bureau())
	file(t, b, f)
	file(t, b, other)
	e := next(f, 2, complaint.Closed)
	e.Erase = true
	add(t, b, f.Number, 1, e)
	got, err := b.Record(t.Context(), complaint.Unscoped(), f.Number)
	if err != nil || len(got.Key.Wrapped) != 0 || got.Key.Of != f.Key.Of || len(got.Events) != 2 {
		t.Errorf("erased: %+v, %v; want the events without a key", got, err)
	}
	if got, err = b.Record(t.Context(), complaint.Unscoped(), other.Number); err != nil || !reflect.DeepEqual(got.Key, other.Key) {
		t.Errorf("another case's key is %+v, %v", got.Key, err)
	}
}

func ownCopies(t *testing.T, b complaint.Book) {
	f := Filing(1, bureau())
	file(t, b, f)
	spoil := func(r complaint.Record) {
		r.Events[0].Facts.Route.Unit, r.Parts[0].Sealed[0], r.Key.Wrapped[0] = "x", 9, 9
	}
	spoil(complaint.Record{Events: f.Events, Parts: f.Parts, Key: f.Key})
	first, err := b.Record(t.Context(), complaint.Unscoped(), f.Number)
	if err != nil {
		t.Fatal(err)
	}
	spoil(first)
	want := Filing(1, bureau())
	got, err := b.Record(t.Context(), complaint.Unscoped(), f.Number)
	if err != nil || !reflect.DeepEqual(got, complaint.Record{Number: want.Number, Key: want.Key, Events: want.Events, Parts: want.Parts}) {
		t.Errorf("somebody else's changes are read: %+v, %v", got, err)
	}
}

func scoped(t *testing.T, b complaint.Book) {
	r := Staffed()
	route := bureau()
	route.Barred = complaint.Barred{Units: []string{"410800-02"}, Officers: []complaint.OfficerID{"second"}}
	f := Filing(1, route)
	file(t, b, f)
	if _, err := b.Record(t.Context(), r.Scope("first"), f.Number); err != nil {
		t.Errorf("intake: %v", err)
	}
	for _, who := range []complaint.OfficerID{"second", "county", "analyst", "nobody"} {
		_, missing := b.Record(t.Context(), r.Scope(who), Number(99))
		got, err := b.Record(t.Context(), r.Scope(who), f.Number)
		if !errors.Is(err, complaint.ErrNotFound) || err.Error() != missing.Error() || !reflect.DeepEqual(got, complaint.Record{}) {
			t.Errorf("%s: %+v, %v; want exactly what a missing case gives: %v", who, got, err, missing)
		}
		if n, err := b.Newest(t.Context(), r.Scope(who)); n != 0 || err != nil {
			t.Errorf("%s: newest %d, %v", who, n, err)
		}
	}
}

// Routes on which somebody sees the case and somebody does not, each by one
// other reason.
func routes() []complaint.Route {
	barred := func(units string, officers ...complaint.OfficerID) complaint.Barred {
		b := complaint.Barred{Officers: officers}
		if units != "" {
			b.Units = []string{units}
		}
		return b
	}
	return []complaint.Route{
		{Unit: "410800", Lane: complaint.Ordinary},
		{Unit: "410800.vet", Lane: complaint.Ordinary},
		{Unit: "410800.discipline", Lane: complaint.Restricted},
		{Unit: "410800", Lane: complaint.Editorial},
		{Unit: "410823", Lane: complaint.Ordinary},
		{Unit: "410823.vet", Lane: complaint.Ordinary, Copies: []string{"410800.vet", "410800.registry"}},
		{Unit: "410823", Lane: complaint.Restricted},
		{Unit: "410825", Lane: complaint.Ordinary},
		{Unit: "410800.vet", Lane: complaint.Ordinary, Barred: barred("410800.vet")},
		{Unit: "410800.vet", Lane: complaint.Ordinary, Barred: barred("410823")},
		{Unit: "410823", Lane: complaint.Ordinary, Barred: barred("410823-01")},
		{Unit: "410823", Lane: complaint.Ordinary, Copies: []string{"410800"}, Barred: barred("410823", "first", "vet")},
		{Unit: "410800", Lane: complaint.Ordinary, Barred: barred("", "first", "second")},
		{Unit: "410800", Lane: complaint.Ordinary, Barred: barred("410800")},
	}
}

func everyScope(t *testing.T, b complaint.Book) {
	r := Staffed()
	r.Officers = append(r.Officers, complaint.Officer{
		ID: "kin", Units: []string{"410800", "410825"}, Interests: []string{"410823-01"}, Active: true,
		Roles: []complaint.Role{complaint.Intake, complaint.Liaison, complaint.Supervisor},
	})
	var filings []complaint.Filing
	for n, route := range routes() {
		filings = append(filings, Filing(n+1, route))
		file(t, b, filings[n])
	}
	sees := 0
	for _, o := range append(r.Officers, complaint.Officer{ID: "unknown"}) {
		s := r.Scope(o.ID)
		var want []complaint.Number
		var last int64
		for _, f := range filings {
			_, err := b.Record(t.Context(), s, f.Number)
			if saw := err == nil; saw != s.Sees(f.Docket.Route) {
				t.Errorf("%s reads %+v: %v", o.ID, f.Docket.Route, err)
			}
			if s.Sees(f.Docket.Route) {
				want = append(want, f.Number)
				sees++
			}
		}
		var got []complaint.Number
		for _, d := range page(t, b, s, complaint.Query{Limit: 99}) {
			got = append(got, d.Number)
		}
		if !slices.Equal(got, want) { // filed in the order in which they are due
			t.Errorf("%s lists %v, want %v", o.ID, got, want)
		}
		if last, _ = b.Newest(t.Context(), s); (last > 0) != (len(want) > 0) {
			t.Errorf("%s has newest %d for %d cases", o.ID, last, len(want))
		}
	}
	if sees < 20 {
		t.Errorf("only %d pairs see anything: the roster is too small", sees)
	}
}

func rerouted(t *testing.T, b complaint.Book) {
	r := Staffed()
	f := Filing(1, complaint.Route{Unit: "410823", Lane: complaint.Ordinary, Copies: []string{"410800.vet"}})
	file(t, b, f)
	e := next(f, 2, complaint.Accepted)
	e.Docket.Route = complaint.Route{Unit: "410800", Lane: complaint.Ordinary, Barred: complaint.Barred{Units: []string{"410823"}}}
	for _, after := range []bool{false, true} {
		for who, sees := range map[complaint.OfficerID]bool{"county": !after, "vet": !after, "first": true} {
			_, err := b.Record(t.Context(), r.Scope(who), f.Number)
			listed := len(page(t, b, r.Scope(who), complaint.Query{Limit: 9})) == 1
			if (err == nil) != sees || listed != sees {
				t.Errorf("%s, rerouted %v: %v, listed %v; want %v", who, after, err, listed, sees)
			}
		}
		if !after {
			add(t, b, f.Number, 1, e)
		}
	}
}

func pages(t *testing.T, b complaint.Book) {
	var all []complaint.Docket
	for n := range 60 {
		f := Filing(n+1, bureau())
		d := &f.Docket
		d.Urgent, d.Fast = n%11 == 0, n%5 == 0
		d.Due = filedAt.Add(time.Duration(n*37%60/2) * time.Hour) // some are due together
		switch {
		case n%7 == 0:
			d.Due, d.Yellow, d.Clock, d.Duty = time.Time{}, time.Time{}, "", false
		case n%6 == 0:
			d.State, d.Due, d.Yellow, d.Clock, d.Duty = complaint.Closed, time.Time{}, time.Time{}, "", false
		case n%4 == 0:
			d.State = complaint.Callback
		}
		file(t, b, f)
		all = append(all, *d)
	}
	slices.SortFunc(all, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
	for _, state := range []complaint.State{"", complaint.Submitted, complaint.Callback, complaint.Closed, complaint.Final} {
		var want []complaint.Docket
		for _, d := range all {
			if (complaint.Query{State: state}).Takes(d) {
				want = append(want, d)
			}
		}
		for _, limit := range []int{1, 7, 60, 100} {
			var got []complaint.Docket
			for q := (complaint.Query{State: state, Limit: limit}); ; {
				p := page(t, b, complaint.Unscoped(), q)
				got = append(got, p...)
				if len(p) < limit {
					break
				}
				q.After = p[len(p)-1].Position()
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("state %q by %d: %d dockets, want %d in order", state, limit, len(got), len(want))
			}
		}
	}
}

func newest(t *testing.T, b complaint.Book) {
	r := Staffed()
	f := Filing(1, bureau())
	file(t, b, f)
	file(t, b, Filing(2, complaint.Route{Unit: "410800.discipline", Lane: complaint.Restricted}))
	look := func(who complaint.OfficerID) int64 {
		n, err := b.Newest(t.Context(), r.Scope(who))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	liaison, first, vet := look("liaison"), look("first"), look("second")
	add(t, b, f.Number, 1, next(f, 2, complaint.Accepted))
	if look("liaison") != liaison {
		t.Error("what is newest grew for somebody who does not see the case")
	}
	if look("first") <= first || look("second") <= vet {
		t.Error("what is newest did not grow")
	}
}

func looks(t *testing.T, b complaint.Book) {
	f := Filing(1, complaint.Route{Unit: "410823", Lane: complaint.Ordinary, Copies: []string{"410800"}})
	file(t, b, f)
	for _, who := range []complaint.OfficerID{"county", "second"} { // who holds it and who follows it
		s := Staffed().Scope(who)
		before, err := b.Newest(t.Context(), s)
		if err != nil || before == 0 {
			t.Fatalf("%s: newest %d, %v", who, before, err)
		}
		version := page(t, b, s, complaint.Query{Limit: 9})[0].Version
		e := next(f, version+1, complaint.Submitted)
		e.Events[0].Move = complaint.Look
		add(t, b, f.Number, version, e)
		if after, err := b.Newest(t.Context(), s); after != before || err != nil {
			t.Errorf("%s: newest went from %d to %d, %v", who, before, after, err)
		}
	}
}

// kinds of waits: of anybody with the part, of one officer, not of another, of
// several parts, of nobody yet, of nobody at all, several at once.
func waits() [][]complaint.Wait {
	later := filedAt.AddDate(1, 0, 0)
	return [][]complaint.Wait{
		nil,
		{{For: complaint.Accept, From: filedAt}},
		{{For: complaint.DraftReply, Only: "vet", From: filedAt}},
		{{For: complaint.DraftReply, Only: "gone", From: filedAt}},
		{{For: complaint.Decline, Not: []complaint.OfficerID{"first", "county"}, From: filedAt}},
		{{For: complaint.Proceed, From: later}},
		{{For: complaint.Sign, Not: []complaint.OfficerID{"second"}, From: filedAt}},
		{{For: complaint.DraftReply, Only: "first", From: filedAt}, {For: complaint.GrantIdentity, Not: []complaint.OfficerID{"first"}, From: filedAt}},
		{{For: complaint.Erase, Not: []complaint.OfficerID{"first"}, From: filedAt}, {For: complaint.Look, From: filedAt}},
	}
}

func trays(t *testing.T, b complaint.Book) {
	r := Staffed()
	r.Officers = append(r.Officers, complaint.Officer{ID: "gone", Units: []string{"410800.vet"}, Roles: []complaint.Role{complaint.Handler}})
	dockets := map[complaint.Number]complaint.Docket{}
	for n := range 300 {
		f := Filing(n+1, routes()[n%len(routes())])
		f.Docket.Waits = waits()[n%len(waits())]
		f.Docket.Urgent, f.Docket.Fast = n%13 == 0, n%5 == 0
		f.Docket.Due = filedAt.Add(time.Duration(n*37%60/2) * time.Hour)
		if n%7 == 0 {
			f.Docket.State, f.Docket.Due, f.Docket.Yellow, f.Docket.Clock, f.Docket.Duty = complaint.Closed, time.Time{}, time.Time{}, "", false
		}
		file(t, b, f)
		dockets[f.Number] = f.Docket
	}
	full := inTrays(t, b, r, dockets)
	for n := range 300 { // every one waits for something else now
		f := Filing(n+1, routes()[n%len(routes())])
		e := next(f, 2, complaint.Accepted)
		e.Docket.Waits = waits()[(n+1)%len(waits())]
		add(t, b, f.Number, 1, e)
		dockets[f.Number] = e.Docket
	}
	if again := inTrays(t, b, r, dockets); full < 100 || again < 100 {
		t.Errorf("%d and %d lie in trays: too few to tell", full, again)
	}
}

// inTrays compares every tray, page by page, with what it should hold, and
// returns how many lie in all of them.
func inTrays(t *testing.T, b complaint.Book, r *complaint.Roster, dockets map[complaint.Number]complaint.Docket) (n int) {
	t.Helper()
	for _, o := range append(r.Officers, complaint.Officer{ID: "unknown"}) {
		tray := r.Tray(o.ID, filedAt.Add(time.Hour))
		var want []complaint.Docket
		for _, d := range dockets {
			if len(tray.Waits(d)) > 0 {
				want = append(want, d)
			}
		}
		slices.SortFunc(want, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
		var got []complaint.Docket
		for q := (complaint.Query{Tray: &tray, Limit: 7}); ; {
			p := page(t, b, r.Scope(o.ID), q)
			got = append(got, p...)
			if len(p) < q.Limit {
				break
			}
			q.After = p[len(p)-1].Position()
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the tray of %s holds %d, want %d in order", o.ID, len(got), len(want))
		}
		n += len(want)
	}
	return n
}

func letters(t *testing.T, b complaint.Book) {
	for n := range 5 {
		f := Filing(n+1, bureau())
		file(t, b, f)
		add(t, b, f.Number, 1, next(f, 2, complaint.Accepted))
	}
	all, err := b.Letters(t.Context(), 0, 99)
	if err != nil || len(all) != 10 {
		t.Fatalf("%d letters, %v; want 10", len(all), err)
	}
	for i, l := range all {
		if i > 0 && l.Position <= all[i-1].Position || l.Number != Number(i/2+1) || l.Seq != i%2+1 {
			t.Errorf("letter %d is %+v", i, l)
		}
		rest, err := b.Letters(t.Context(), l.Position, 3)
		if err != nil || len(rest) != min(3, 9-i) || len(rest) > 0 && rest[0] != all[i+1] {
			t.Errorf("after %d: %+v, %v", l.Position, rest, err)
		}
	}
}

const callers, each = 64, 4

func atOnce(t *testing.T, b complaint.Book) {
	var all sync.WaitGroup
	for c := range callers {
		all.Go(func() {
			for n := range each {
				f := Filing(c*each+n+1, bureau())
				if c%2 == 1 { // the same draft from two callers
					f = Filing((c-1)*each+n+1, bureau())
				}
				got, err := b.File(t.Context(), f)
				if err != nil || got.Number != f.Number {
					t.Errorf("filing %s: %+v, %v", f.Draft, got, err)
				}
			}
		})
	}
	all.Wait()
	holds(t, b, callers*each/2, callers*each/2)
}

func race(t *testing.T, b complaint.Book) {
	f := Filing(1, bureau())
	file(t, b, f)
	for version := 1; version <= 5; version++ {
		var all sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 8 {
			all.Go(func() {
				err := b.Append(t.Context(), f.Number, version, next(f, version+1, complaint.Accepted))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if !errors.Is(err, complaint.ErrStale) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won != 1 {
			t.Errorf("%d of 8 appends to version %d won", won, version)
		}
	}
	holds(t, b, 1, 6)
}

func follower(t *testing.T, b complaint.Book) {
	done := make(chan struct{})
	var writers, reader sync.WaitGroup
	seen := map[complaint.Number]bool{}
	reader.Go(func() {
		var after int64
		for last := false; ; {
			got, err := b.Letters(t.Context(), after, 5)
			if err != nil {
				t.Error(err)
				return
			}
			for _, l := range got {
				if l.Position <= after || seen[l.Number] {
					t.Errorf("letter %+v after %d", l, after)
				}
				after, seen[l.Number] = l.Position, true
			}
			if len(got) == 0 && last {
				return
			}
			select {
			case <-done:
				last = true
			default:
			}
		}
	})
	for c := range 8 {
		writers.Go(func() {
			for n := range 25 {
				if _, err := b.File(t.Context(), Filing(c*25+n+1, bureau())); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	reader.Wait()
	if len(seen) != 200 {
		t.Errorf("the follower saw %d of 200 letters", len(seen))
	}
}

func file(t *testing.T, b complaint.Book, f complaint.Filing) {
	t.Helper()
	got, err := b.File(t.Context(), f)
	if err != nil || got.Number != f.Number || !slices.Equal(got.MAC, f.MAC) {
		t.Fatalf("filing %s: %+v, %v", f.Draft, got, err)
	}
}

func add(t *testing.T, b complaint.Book, n complaint.Number, version int, e complaint.Entry) {
	t.Helper()
	if err := b.Append(t.Context(), n, version, e); err != nil {
		t.Fatalf("append to %s at %d: %v", n, version, err)
	}
}

func page(t *testing.T, b complaint.Book, s complaint.Scope, q complaint.Query) []complaint.Docket {
	t.Helper()
	got, err := b.List(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// holds checks how many cases and letters there are.
func holds(t *testing.T, b complaint.Book, cases, sent int) {
	t.Helper()
	got := 0
	for _, q := range []complaint.Query{{Limit: 1000}, {State: complaint.Closed, Limit: 1000}} {
		got += len(page(t, b, complaint.Unscoped(), q))
	}
	l, err := b.Letters(t.Context(), 0, 1000)
	if err != nil || got != cases || len(l) != sent {
		t.Errorf("%d cases and %d letters are kept (%v), want %d and %d", got, len(l), err, cases, sent)
	}
}
