// Package contenttest is the suite that every [content.Shelf] passes, with the
// editions it needs and a shelf in memory for the tests of other rooms.
package contenttest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
)

// Damager is what the suite needs beside the contract: Damage changes a byte
// of a stored edition behind the shelf's back, as a failing disk would.
type Damager interface {
	Damage(t *testing.T, edition int64)
}

// Run holds a shelf to its contract. open returns a new empty shelf, which
// must also be a [Damager].
func Run(t *testing.T, open func(t *testing.T) content.Shelf) {
	for name, test := range map[string]func(*testing.T, content.Shelf){
		"an empty shelf has no editions":      empty,
		"editions come back as appended":      roundTrip,
		"ranges are half open and in order":   ranges,
		"what is read belongs to the reader":  ownCopies,
		"a stale edition stores nothing":      stale,
		"a broken edition stores nothing":     broken,
		"a cancelled append stores nothing":   cancelled,
		"appenders at once leave no gap":      concurrent,
		"a follower never sees half":          follower,
		"a damaged edition is refused":        damaged,
		"an edition of 20,000 records stands": big,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// Edition returns an edition that puts n key dates, different for each name.
func Edition(name string, n int) content.Edition {
	e := content.Edition{
		Origin: content.FromPack, At: time.UnixMilli(1669248000123).UTC(),
		By: "editor", ApprovedBy: "approver", Note: name,
	}
	for i := range n {
		id := content.ID(fmt.Sprintf("key_date/2022/%s-%d", name, i))
		e.Changes = append(e.Changes, content.Change{Op: content.Put, ID: id, Record: &content.KeyDate{
			Meta: content.Meta{ID: id, Year: 2022, Order: i + 1, Source: content.Source{
				Policy: "policy/jiaojiaowen-2022-48", Place: "s3.p1", Quote: "截止日期为当年11月20日",
			}},
			Name: "学籍注册 <" + name + "> & 备案", Date: calendar.NewDate(2022, time.November, 20), Audience: "学校",
		}})
	}
	return e
}

func empty(t *testing.T, s content.Shelf) {
	wantHead(t, s, 0)
	if got := read(t, s, 0, 100); len(got) != 0 {
		t.Errorf("an empty shelf returned %d editions", len(got))
	}
}

func roundTrip(t *testing.T, s content.Shelf) {
	first := Edition("first", 3)
	second := content.Edition{
		Origin: content.FromDesk, At: first.At.Add(time.Millisecond), By: "editor",
		Changes: []content.Change{
			{Op: content.Withdraw, ID: first.Changes[1].ID, Reason: "登错了 ' \" \\ <b>"},
			first.Changes[0],
		},
	}
	for i, e := range []content.Edition{first, second} {
		if got := add(t, s, int64(i), e); got.Number != int64(i+1) {
			t.Errorf("append after %d gave number %d", i, got.Number)
		}
	}
	got := read(t, s, 0, 2)
	same(t, got[0], first, 1)
	same(t, got[1], second, 2)
	if snap, err := content.Fold(got); err != nil || len(snap.KeyDates(2022)) != 2 {
		t.Errorf("fold: %v; %d key dates, want 2", err, len(snap.KeyDates(2022)))
	}
}

func ranges(t *testing.T, s content.Shelf) {
	for i := range int64(5) {
		add(t, s, i, Edition(fmt.Sprint("e", i+1), 1))
	}
	for _, c := range []struct{ after, upto, first, n int64 }{
		{0, 5, 1, 5}, {2, 4, 3, 2}, {4, 5, 5, 1}, {0, 99, 1, 5}, {5, 9, 0, 0}, {3, 3, 0, 0}, {4, 2, 0, 0},
	} {
		got := read(t, s, c.after, c.upto)
		if int64(len(got)) != c.n {
			t.Errorf("Editions(%d, %d) returned %d, want %d", c.after, c.upto, len(got), c.n)
			continue
		}
		for i, e := range got {
			if e.Number != c.first+int64(i) {
				t.Errorf("Editions(%d, %d)[%d] is edition %d", c.after, c.upto, i, e.Number)
			}
		}
	}
}

// ownCopies: a snapshot writes into the records it is given.
func ownCopies(t *testing.T, s content.Shelf) {
	e := Edition("own", 1)
	add(t, s, 0, e)
	read(t, s, 0, 1)[0].Changes[0].Record.(*content.KeyDate).Name = "changed by a reader"
	e.Changes[0].Record.(*content.KeyDate).Name = "changed by the appender"
	same(t, read(t, s, 0, 1)[0], Edition("own", 1), 1)
}

func stale(t *testing.T, s content.Shelf) {
	add(t, s, 0, Edition("one", 1))
	for _, after := range []int64{0, 2, -1} {
		if _, err := s.Append(t.Context(), after, Edition("late", 1)); !errors.Is(err, content.ErrStale) {
			t.Errorf("append after %d on head 1: %v, want ErrStale", after, err)
		}
	}
	wantHead(t, s, 1)
	same(t, read(t, s, 0, 9)[0], Edition("one", 1), 1)
}

// unwritable is a record that cannot be encoded.
type unwritable struct {
	content.Meta
	Never func()
}

func broken(t *testing.T, s content.Shelf) {
	e := Edition("broken", 2)
	e.Changes[1].Record = &unwritable{Meta: content.Meta{ID: e.Changes[1].ID}}
	if _, err := s.Append(t.Context(), 0, e); err == nil {
		t.Error("an edition that cannot be encoded was taken")
	}
	wantHead(t, s, 0)
	add(t, s, 0, Edition("whole", 2)) // and the shelf still works
}

func cancelled(t *testing.T, s content.Shelf) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Append(ctx, 0, Edition("cancelled", 1)); err == nil {
		t.Error("append with a cancelled context returned nil")
	}
	wantHead(t, s, 0)
	add(t, s, 0, Edition("whole", 1))
}

const appenders, each = 8, 5

func concurrent(t *testing.T, s content.Shelf) {
	race(t, s)
	all := read(t, s, 0, appenders*each)
	if len(all) != appenders*each {
		t.Fatalf("%d editions stand, want %d", len(all), appenders*each)
	}
	notes := map[string]bool{}
	for i, e := range all {
		if e.Number != int64(i+1) {
			t.Fatalf("edition %d stands at place %d", e.Number, i+1)
		}
		notes[e.Note] = true
	}
	if len(notes) != appenders*each {
		t.Errorf("%d different editions stand, want %d: one was stored twice or lost", len(notes), appenders*each)
	}
}

// race appends from several at once, each trying again when it was stale.
func race(t *testing.T, s content.Shelf) {
	var all sync.WaitGroup
	for a := range appenders {
		all.Go(func() {
			for n := range each {
				if err := insist(t.Context(), s, Edition(fmt.Sprintf("a%d-%d", a, n), 2)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

func insist(ctx context.Context, s content.Shelf, e content.Edition) error {
	for {
		head, err := s.Head(ctx)
		if err != nil {
			return fmt.Errorf("head: %w", err)
		}
		got, err := s.Append(ctx, head, e)
		if errors.Is(err, content.ErrStale) {
			continue
		}
		if err == nil && got.Number != head+1 {
			return fmt.Errorf("append after %d gave number %d", head, got.Number)
		}
		return err
	}
}

func follower(t *testing.T, s content.Shelf) {
	done := make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() { follow(t, s, done) })
	race(t, s)
	close(done)
	reader.Wait()
}

func follow(t *testing.T, s content.Shelf, done <-chan struct{}) {
	for {
		head, err := s.Head(t.Context())
		if err != nil {
			t.Error("head:", err)
			return
		}
		seen, err := s.Editions(t.Context(), 0, head)
		if err != nil || int64(len(seen)) != head {
			t.Errorf("head is %d, but %d editions stand (%v)", head, len(seen), err)
			return
		}
		for _, e := range seen {
			if len(e.Changes) != 2 {
				t.Errorf("edition %d has %d of its 2 changes", e.Number, len(e.Changes))
			}
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

func damaged(t *testing.T, s content.Shelf) {
	d, ok := s.(Damager)
	if !ok {
		t.Fatal("the shelf under test has no method Damage(*testing.T, int64): give Run one that changes a byte of a stored edition")
	}
	for i := range int64(3) {
		add(t, s, i, Edition(fmt.Sprint("e", i+1), 2))
	}
	d.Damage(t, 2)
	got, err := s.Editions(t.Context(), 0, 3)
	if err == nil || len(got) != 0 {
		t.Errorf("editions 1 to 3 with a damaged 2: %d editions, %v; want none and an error", len(got), err)
	}
	if err != nil && !strings.Contains(err.Error(), "2") {
		t.Errorf("the error does not name the edition: %v", err)
	}
	if got := read(t, s, 2, 3); len(got) != 1 {
		t.Error("edition 3, which is whole, cannot be read")
	}
}

func big(t *testing.T, s content.Shelf) {
	e := Edition("big", 20000)
	add(t, s, 0, e)
	same(t, read(t, s, 0, 1)[0], e, 1)
}

func add(t *testing.T, s content.Shelf, after int64, e content.Edition) content.Edition {
	t.Helper()
	got, err := s.Append(t.Context(), after, e)
	if err != nil {
		t.Fatalf("append after %d: %v", after, err)
	}
	return got
}

func read(t *testing.T, s content.Shelf, after, upto int64) []content.Edition {
	t.Helper()
	got, err := s.Editions(t.Context(), after, upto)
	if err != nil {
		t.Fatalf("editions (%d, %d]: %v", after, upto, err)
	}
	return got
}

func wantHead(t *testing.T, s content.Shelf, want int64) {
	t.Helper()
	got, err := s.Head(t.Context())
	if err != nil || got != want {
		t.Errorf("head = %d, %v; want %d", got, err, want)
	}
}

// same compares an edition with what was appended, to the byte.
func same(t *testing.T, got, want content.Edition, number int64) {
	t.Helper()
	if got.Number != number || got.Origin != want.Origin || !got.At.Equal(want.At) ||
		got.By != want.By || got.ApprovedBy != want.ApprovedBy || got.Note != want.Note {
		t.Errorf("edition %d came back as %d %s %s by %q, %q: %q", number, got.Number, got.Origin, got.At, got.By, got.ApprovedBy, got.Note)
	}
	g, err := got.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	w, err := want.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(g, w) {
		t.Errorf("edition %d came back with other bytes (%d, want %d)", number, len(g), len(w))
	}
}
