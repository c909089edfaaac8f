package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func newFiling(n int) complaint.Filing {
	return complainttest.Filing(n, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})
}

// filed is how a filing ended.
type filed struct {
	kept complaint.Kept
	err  error
}

// together files all in one transaction: nobody can lead until all wait.
func together(t *testing.T, b *Book, ctxs []context.Context, all []complaint.Filing, before func()) []filed {
	t.Helper()
	b.lead <- struct{}{}
	ends := make([]chan filed, len(all))
	for i, f := range all {
		ends[i] = make(chan filed, 1)
		go func() {
			kept, err := b.File(ctxs[i], f)
			ends[i] <- filed{kept, err}
		}()
		for len(b.waiting) <= i { // in this order
			time.Sleep(time.Millisecond)
		}
	}
	before()
	<-b.lead
	out := make([]filed, len(all))
	for i := range all {
		out[i] = <-ends[i]
	}
	return out
}

// What is wrong with one case of a transaction does not touch the others.
func TestFiledTogether(t *testing.T) {
	const others = 20
	onBoth(t, func(t *testing.T, c Config) {
		b := open(t, c).Book()
		old := newFiling(1)
		if _, err := b.File(t.Context(), old); err != nil {
			t.Fatal(err)
		}
		oldDraft, oldNumber, oldMAC, sameDraft, sameNumber := newFiling(2), newFiling(3), newFiling(4), newFiling(5), newFiling(6)
		first := newFiling(7)
		oldDraft.Draft, oldDraft.Key = old.Draft, old.Key
		oldNumber.Number = old.Number
		oldMAC.Number, oldMAC.MAC = old.Number, old.MAC
		sameDraft.Draft, sameDraft.Key = first.Draft, first.Key
		sameNumber.Number = first.Number
		all := []complaint.Filing{oldDraft, oldNumber, oldMAC, first, sameDraft, sameNumber}
		want := []filed{
			{kept: complaint.Kept{Number: old.Number, MAC: old.MAC, Again: true}},
			{err: complaint.ErrTaken},
			{err: errSameReceipt},
			{kept: complaint.Kept{Number: first.Number, MAC: first.MAC}},
			{kept: complaint.Kept{Number: first.Number, MAC: first.MAC, Again: true}},
			{err: complaint.ErrTaken},
		}
		for n := range others {
			f := newFiling(100 + n)
			all, want = append(all, f), append(want, filed{kept: complaint.Kept{Number: f.Number, MAC: f.MAC}})
		}
		got := together(t, b, slices.Repeat([]context.Context{t.Context()}, len(all)), all, func() {})
		for i := range all {
			if !errors.Is(got[i].err, want[i].err) || !reflect.DeepEqual(got[i].kept, want[i].kept) {
				t.Errorf("filing %d: %+v, want %+v", i, got[i], want[i])
			}
		}
		wantCases(t, b, others+2)
	})
}

// A case that the database does not take fails alone.
func TestFiledTogetherWithABadOne(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		b := open(t, c).Book()
		all := []complaint.Filing{newFiling(1), newFiling(2), newFiling(3)}
		all[1].Key.Wrapped = nil
		for i, end := range together(t, b, slices.Repeat([]context.Context{t.Context()}, 3), all, func() {}) {
			if (end.err != nil) != (i == 1) || errors.Is(end.err, complaint.ErrNotKept) {
				t.Errorf("filing %d: %+v", i, end)
			}
		}
		wantCases(t, b, 2)
	})
}

// Who gives up while waiting has filed nothing, is answered at once and keeps
// nobody else waiting.
func TestGivingUp(t *testing.T) {
	b := open(t, newSQLite(t)).Book()
	ctx, cancel := context.WithCancel(t.Context())
	all := []complaint.Filing{newFiling(1), newFiling(2), newFiling(3)}
	ends := together(t, b, []context.Context{t.Context(), ctx, t.Context()}, all, func() {
		cancel()
		for { // until nobody waits for the second
			w := <-b.waiting
			b.waiting <- w
			if w.Draft == all[1].Draft && w.taken.Load() {
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
	for i, end := range ends {
		if gaveUp := i == 1; errors.Is(end.err, complaint.ErrNotKept) != gaveUp || errors.Is(end.err, context.Canceled) != gaveUp {
			t.Errorf("filing %d: %v", i, end.err)
		}
	}
	wantCases(t, b, 2)
}

// When all who wait have given up, whoever comes next still files.
func TestAllGaveUp(t *testing.T) {
	b := open(t, newSQLite(t)).Book()
	ctx, cancel := context.WithCancel(t.Context())
	all := make([]complaint.Filing, most)
	ctxs := slices.Repeat([]context.Context{ctx}, most)
	for i := range all {
		all[i] = newFiling(i)
	}
	b.lead <- struct{}{}
	ended := make(chan error, most)
	for i, f := range all {
		go func() {
			_, err := b.File(ctxs[i], f)
			ended <- err
		}()
	}
	for len(b.waiting) < most {
		time.Sleep(time.Millisecond)
	}
	cancel()
	for range all {
		if err := <-ended; !errors.Is(err, complaint.ErrNotKept) {
			t.Fatal(err)
		}
	}
	<-b.lead
	next, done := context.WithTimeout(t.Context(), 5*time.Second)
	defer done()
	if _, err := b.File(next, newFiling(most)); err != nil {
		t.Error(err)
	}
	wantCases(t, b, 1)
}

// More than one transaction's worth waits: all are written.
func TestFiledByHundreds(t *testing.T) {
	b := open(t, newSQLite(t)).Book()
	const people = 2*most + 50
	ends := make(chan error, people)
	for n := range people {
		go func() {
			_, err := b.File(t.Context(), newFiling(n+1))
			ends <- err
		}()
	}
	for range people {
		if err := <-ends; err != nil {
			t.Error(err)
		}
	}
	wantCases(t, b, people)
}

func TestNoCaseNumber(t *testing.T) {
	b := open(t, newSQLite(t)).Book()
	f := newFiling(1)
	f.Number = "2026000000010"
	if _, err := b.File(t.Context(), f); err == nil {
		t.Error("a case was filed under what is no number")
	}
	wantCases(t, b, 0)
}

// wantCases checks how many cases there are, and that each is whole.
func wantCases(t *testing.T, b *Book, want int) {
	t.Helper()
	var cases, entries, letters int
	err := b.db.sql.QueryRowContext(t.Context(), `
		select (select count(*) from cases), count(*), count(nullif(letters, ''))
		from entries e join cases c on c.id = e.position and e.case_id = c.id`).Scan(&cases, &entries, &letters)
	if err != nil || cases != want || entries != want || letters != want {
		t.Errorf("%d cases, %d first entries, %d with letters: %v; want %d", cases, entries, letters, err, want)
	}
}

// Of a destroyed key nothing is left in the files of the database.
func TestErasedKeyIsGone(t *testing.T) {
	c := newSQLite(t)
	b := open(t, c).Book()
	f := newFiling(1)
	f.Key.Wrapped = []byte("the wrapped key of the first case, which is erased")
	other := newFiling(2)
	other.Key.Wrapped = []byte("the wrapped key of another case, which is kept")
	talks := b.db.Talks()
	for _, f := range []complaint.Filing{f, other} {
		if _, err := b.File(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		// The conversation that ended in the case has its key for a while.
		talk := bot.Session{Revision: 1, Draft: f.Draft, Key: f.Key, Sealed: []byte("sealed"), Expires: time.Now().Add(time.Hour)}
		if err := talks.Commit(t.Context(), f.Draft, talk); err != nil {
			t.Fatal(err)
		}
	}
	e := complaint.Entry{Events: f.Events, Docket: f.Docket, Erase: true}
	e.Docket.Version = 2
	if err := b.Append(t.Context(), f.Number, 1, e); err != nil {
		t.Fatal(err)
	}
	if _, err := talks.Load(t.Context(), f.Draft); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the conversation of the erased case: %v", err)
	}
	if _, err := talks.Load(t.Context(), other.Draft); err != nil {
		t.Errorf("the conversation of the other: %v", err)
	}
	if holds(t, c, f.Key.Wrapped) || !holds(t, c, other.Key.Wrapped) {
		t.Errorf("the destroyed key is in the files: %v, the other: %v", holds(t, c, f.Key.Wrapped), holds(t, c, other.Key.Wrapped))
	}
}

// Of a conversation that was given up nothing is left in the files of the
// database: it may have been about whoever runs this.
func TestDroppedTalkIsGone(t *testing.T) {
	c := newSQLite(t)
	talks := open(t, c).Talks()
	s := bot.Session{Revision: 1, Draft: "draft", Key: complaint.Key{Of: "draft", Wrapped: []byte("the wrapped key of the draft")}, Sealed: []byte("sealed"), Expires: time.Now().Add(time.Hour)}
	if err := talks.Commit(t.Context(), "conv", s); err != nil || !holds(t, c, s.Key.Wrapped) {
		t.Fatal(err)
	}
	if err := talks.Drop(t.Context(), "conv", 1); err != nil || holds(t, c, s.Key.Wrapped) {
		t.Errorf("the key of the draft is in the files: %v, %v", holds(t, c, s.Key.Wrapped), err)
	}
}

// holds reports whether any file of the database holds the bytes.
func holds(t *testing.T, c Config, what []byte) bool {
	t.Helper()
	found := false
	files, err := filepath.Glob(filepath.Join(c.Folder, filename+"*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(b, what)
	}
	return found
}

// Erasing is noted outside before it is done; where that fails, it is not done.
func TestErasingIsNoted(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		var noted []complaint.Number
		refuse := errors.New("the list is full")
		c.Erasing = func(n complaint.Number) error {
			noted = append(noted, n)
			if len(noted) == 1 {
				return refuse
			}
			return nil
		}
		b := open(t, c).Book()
		f := newFiling(1)
		if _, err := b.File(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		e := complaint.Entry{Events: f.Events, Docket: f.Docket, Erase: true}
		e.Docket.Version = 2
		for _, want := range []error{refuse, nil} {
			if err := b.Append(t.Context(), f.Number, 1, e); !errors.Is(err, want) {
				t.Errorf("append: %v, want %v", err, want)
			}
			rec, err := b.Record(t.Context(), complaint.Unscoped(), f.Number)
			if err != nil || (len(rec.Key.Wrapped) == 0) != (want == nil) {
				t.Errorf("after %v: key of %d bytes, %v", want, len(rec.Key.Wrapped), err)
			}
		}
		if !slices.Equal(noted, []complaint.Number{f.Number, f.Number}) {
			t.Errorf("noted %v", noted)
		}
	})
}

// Cases of more places than one statement merges stand in one order.
func TestManyPlaces(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		b := open(t, c).Book()
		const units = mostTerms + 40
		var want []complaint.Docket
		for n := range units {
			f := complainttest.Filing(n*37%units+1, complaint.Route{Unit: fmt.Sprint("unit-", n), Lane: complaint.Ordinary})
			f.Docket.Urgent = n%3 == 0
			if _, err := b.File(t.Context(), f); err != nil {
				t.Fatal(err)
			}
			want = append(want, f.Docket)
		}
		slices.SortFunc(want, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
		var got []complaint.Number
		for q := (complaint.Query{Limit: 25}); ; {
			page, err := b.List(t.Context(), complaint.Unscoped(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range page {
				got = append(got, d.Number)
			}
			if len(page) < q.Limit {
				break
			}
			q.After = page[len(page)-1].Position()
		}
		if len(got) != units {
			t.Fatalf("%d cases are listed, want %d", len(got), units)
		}
		for i, d := range want {
			if got[i] != d.Number {
				t.Fatalf("at %d stands %s, want %s", i, got[i], d.Number)
			}
		}
		if newest, err := b.Newest(t.Context(), complaint.Unscoped()); newest != units || err != nil {
			t.Errorf("newest is %d, %v; want %d", newest, err, units)
		}
	})
}
