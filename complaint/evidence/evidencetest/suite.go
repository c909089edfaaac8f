// Package evidencetest is the suite that every [evidence.Vault] passes, with a
// vault in memory for the tests of other rooms.
package evidencetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
)

// Run holds a vault to its contract. open returns a new empty vault.
func Run(t *testing.T, open func(t *testing.T) evidence.Vault) {
	for name, test := range map[string]func(*testing.T, evidence.Vault){
		"an empty vault holds nothing":                empty,
		"chunks come back as they were put":           roundTrip,
		"what arrives does not count as kept":         arriving,
		"the same file is kept once":                  once,
		"no more than the most is kept":               most,
		"of many at once no more than the most":       mostAtOnce,
		"a file is of its draft alone":                ofItsDraft,
		"what was removed cannot go on":               removed,
		"what is kept does not change":                unchanged,
		"a draft is dropped whole, and no other":      dropped,
		"what never became whole is swept":            swept,
		"a cancelled call stores nothing":             cancelled,
		"what is read belongs to the reader":          ownCopies,
		"a place holds one chunk":                     onePlace,
		"large chunks and odd bytes come back whole":  large,
		"several files arrive at once without mixing": atOnce,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var began = time.UnixMilli(1772416800123).UTC()

// known is what is known of the n-th file.
func known(n int) complaint.Evidence {
	return complaint.Evidence{
		ID: fmt.Sprint("file-", n), Kind: complaint.Picture, Size: int64(n + 1), SHA256: fmt.Sprintf("%064x", n), Clean: n%2 == 0,
	}
}

func place(file string, which evidence.Copy, n int) evidence.Place {
	return evidence.Place{File: file, Copy: which, N: n}
}

func chunk(file string, n int, last bool) evidence.Chunk {
	return evidence.Chunk{Place: evidence.Place{File: file, Copy: evidence.Original, N: n}, Last: last, Sealed: fmt.Appendf(nil, "%s/%d\x00", file, n)}
}

func begin(t *testing.T, v evidence.Vault, draft string, n int) complaint.Evidence {
	t.Helper()
	e := known(n)
	must(t, v.Begin(t.Context(), draft, e.ID, began.Add(time.Duration(n)*time.Second)))
	must(t, v.Put(t.Context(), chunk(e.ID, 0, false)))
	must(t, v.Put(t.Context(), chunk(e.ID, 1, true)))
	return e
}

func keep(t *testing.T, v evidence.Vault, draft string, n int) complaint.Evidence {
	t.Helper()
	e := begin(t, v, draft, n)
	got, err := v.Keep(t.Context(), draft, e, 9, began)
	if err != nil || got != e {
		t.Fatalf("keeping: %+v, %v", got, err)
	}
	return e
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// holds checks which files are kept of a draft.
func holds(t *testing.T, v evidence.Vault, draft string, want ...complaint.Evidence) {
	t.Helper()
	if got, err := v.Kept(t.Context(), draft); err != nil || !slices.Equal(got, want) {
		t.Errorf("of %s are kept %+v, %v; want %+v", draft, got, err, want)
	}
}

func has(t *testing.T, v evidence.Vault, draft string, at evidence.Place) bool {
	t.Helper()
	_, err := v.Chunk(t.Context(), draft, at)
	if err != nil && !errors.Is(err, evidence.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func empty(t *testing.T, v evidence.Vault) {
	holds(t, v, "draft")
	if _, err := v.Chunk(t.Context(), "draft", chunk("x", 0, true).Place); !errors.Is(err, evidence.ErrNotFound) {
		t.Errorf("a chunk: %v, want ErrNotFound", err)
	}
	must(t, v.Remove(t.Context(), "draft", "x"))
	must(t, v.Drop(t.Context(), "draft"))
	if n, err := v.Sweep(t.Context(), began.Add(time.Hour)); n != 0 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
	if err := v.Put(t.Context(), chunk("x", 0, true)); !errors.Is(err, evidence.ErrGone) {
		t.Errorf("a chunk of no file: %v, want ErrGone", err)
	}
	if _, err := v.Keep(t.Context(), "draft", known(1), 9, began); !errors.Is(err, evidence.ErrGone) {
		t.Errorf("keeping no file: %v, want ErrGone", err)
	}
}

func roundTrip(t *testing.T, v evidence.Vault) {
	e := known(1)
	must(t, v.Begin(t.Context(), "draft", e.ID, began))
	clean := evidence.Chunk{Place: evidence.Place{File: e.ID, Copy: evidence.Clean}, Last: true, Sealed: []byte("'\"\\\x00\xff")}
	all := []evidence.Chunk{chunk(e.ID, 0, false), chunk(e.ID, 1, false), chunk(e.ID, 2, true), clean}
	for _, c := range all {
		must(t, v.Put(t.Context(), c))
	}
	read := func() {
		for _, want := range all {
			got, err := v.Chunk(t.Context(), "draft", want.Place)
			if err != nil || got.Place != want.Place || got.Last != want.Last || !bytes.Equal(got.Sealed, want.Sealed) {
				t.Errorf("read back %+v, %v; want %+v", got, err, want)
			}
		}
	}
	read() // a picture is read while it arrives
	if got, err := v.Keep(t.Context(), "draft", e, 9, began); err != nil || got != e {
		t.Fatalf("keeping: %+v, %v", got, err)
	}
	read()
	holds(t, v, "draft", e)
	for _, at := range []evidence.Place{
		place(e.ID, evidence.Original, 3), place(e.ID, evidence.Original, -1), place(e.ID, evidence.Clean, 1),
		place("file-2", evidence.Clean, 0), place(e.ID, "x", 0),
	} {
		if has(t, v, "draft", at) {
			t.Errorf("there is a chunk at %+v", at)
		}
	}
}

func arriving(t *testing.T, v evidence.Vault) {
	begin(t, v, "draft", 1)
	holds(t, v, "draft")
	e := keep(t, v, "draft", 2)
	holds(t, v, "draft", e)
}

func once(t *testing.T, v evidence.Vault) {
	first := keep(t, v, "draft", 1)
	second := begin(t, v, "draft", 2)
	second.SHA256 = first.SHA256
	if got, err := v.Keep(t.Context(), "draft", second, 1, began); err != nil || got != first {
		t.Errorf("the same again: %+v, %v; want %+v, though there is no room", got, err, first)
	}
	holds(t, v, "draft", first)
	if has(t, v, "draft", chunk(second.ID, 0, false).Place) {
		t.Error("chunks of the second copy are left")
	}
	other := begin(t, v, "other", 3)
	other.SHA256 = first.SHA256
	if got, err := v.Keep(t.Context(), "other", other, 9, began); err != nil || got != other {
		t.Errorf("the same in another draft: %+v, %v", got, err)
	}
}

func most(t *testing.T, v evidence.Vault) {
	var want []complaint.Evidence
	for n := range 3 {
		want = append(want, keep(t, v, "draft", n))
	}
	e := begin(t, v, "draft", 3)
	_, err := v.Keep(t.Context(), "draft", e, 3, began)
	if refused := new(evidence.Refused); !errors.As(err, &refused) || refused.Why != evidence.TooMany {
		t.Errorf("one too many: %v", err)
	}
	holds(t, v, "draft", want...)
	must(t, v.Remove(t.Context(), "draft", want[1].ID))
	if got, err := v.Keep(t.Context(), "draft", e, 3, began); err != nil || got != e {
		t.Errorf("in the place of one that was removed: %+v, %v", got, err)
	}
	holds(t, v, "draft", want[0], want[2], e)
}

func mostAtOnce(t *testing.T, v evidence.Vault) {
	var all sync.WaitGroup
	kept := make(chan string, 24)
	for n := range cap(kept) {
		e := begin(t, v, "draft", n)
		all.Go(func() {
			got, err := v.Keep(t.Context(), "draft", e, 5, began)
			refused := new(evidence.Refused)
			switch {
			case err == nil:
				kept <- got.ID
			case !errors.As(err, &refused):
				t.Error(err)
			}
		})
	}
	all.Wait()
	close(kept)
	if got, err := v.Kept(t.Context(), "draft"); err != nil || len(got) != 5 || len(kept) != 5 {
		t.Errorf("%d are kept, %d were told so, want 5; %v", len(got), len(kept), err)
	}
}

func ofItsDraft(t *testing.T, v evidence.Vault) {
	e := keep(t, v, "draft", 1)
	arrives := begin(t, v, "draft", 2)
	at := chunk(e.ID, 0, false).Place
	if has(t, v, "other", at) {
		t.Error("another draft reads it")
	}
	if _, err := v.Keep(t.Context(), "other", arrives, 9, began); !errors.Is(err, evidence.ErrGone) {
		t.Errorf("another draft keeps it: %v, want ErrGone", err)
	}
	must(t, v.Remove(t.Context(), "other", e.ID))
	must(t, v.Drop(t.Context(), "other"))
	holds(t, v, "other")
	holds(t, v, "draft", e)
	if !has(t, v, "draft", at) {
		t.Error("another draft removed its chunks")
	}
}

func removed(t *testing.T, v evidence.Vault) {
	for n, remove := range []func(complaint.Evidence) error{
		func(e complaint.Evidence) error { return v.Remove(t.Context(), "draft", e.ID) },
		func(complaint.Evidence) error { return v.Drop(t.Context(), "draft") },
		func(complaint.Evidence) error { _, err := v.Sweep(t.Context(), began.Add(time.Hour)); return err },
	} {
		e := begin(t, v, "draft", n)
		must(t, remove(e))
		if has(t, v, "draft", chunk(e.ID, 0, false).Place) {
			t.Errorf("%d: chunks are left", n)
		}
		if err := v.Put(t.Context(), chunk(e.ID, 2, true)); !errors.Is(err, evidence.ErrGone) {
			t.Errorf("%d: another chunk: %v, want ErrGone", n, err)
		}
		if _, err := v.Keep(t.Context(), "draft", e, 9, began); !errors.Is(err, evidence.ErrGone) {
			t.Errorf("%d: keeping: %v, want ErrGone", n, err)
		}
		holds(t, v, "draft")
	}
}

func unchanged(t *testing.T, v evidence.Vault) {
	e := keep(t, v, "draft", 1)
	if err := v.Put(t.Context(), chunk(e.ID, 2, true)); !errors.Is(err, evidence.ErrGone) {
		t.Errorf("a chunk more: %v, want ErrGone", err)
	}
	other := e
	other.Size, other.SHA256 = 99, fmt.Sprintf("%064x", 99)
	if _, err := v.Keep(t.Context(), "draft", other, 9, began); !errors.Is(err, evidence.ErrGone) {
		t.Errorf("kept again: %v, want ErrGone", err)
	}
	holds(t, v, "draft", e)
	if has(t, v, "draft", chunk(e.ID, 2, true).Place) {
		t.Error("the chunk was stored")
	}
}

func dropped(t *testing.T, v evidence.Vault) {
	gone, arrives, other := keep(t, v, "draft", 1), begin(t, v, "draft", 2), keep(t, v, "other", 3)
	must(t, v.Drop(t.Context(), "draft"))
	holds(t, v, "draft")
	holds(t, v, "other", other)
	for _, e := range []complaint.Evidence{gone, arrives} {
		if has(t, v, "draft", chunk(e.ID, 0, false).Place) {
			t.Errorf("chunks of %s are left", e.ID)
		}
	}
	keep(t, v, "draft", 1) // and there is room for nine again
}

func swept(t *testing.T, v evidence.Vault) {
	kept := keep(t, v, "draft", 1)
	old, young := begin(t, v, "draft", 2), begin(t, v, "draft", 60)
	if n, err := v.Sweep(t.Context(), began.Add(time.Minute)); n != 1 || err != nil {
		t.Errorf("swept %d, %v; want 1", n, err)
	}
	for e, want := range map[complaint.Evidence]bool{kept: true, old: false, young: true} {
		if has(t, v, "draft", chunk(e.ID, 0, false).Place) != want {
			t.Errorf("%s is there: %v", e.ID, !want)
		}
	}
	holds(t, v, "draft", kept)
}

func cancelled(t *testing.T, v evidence.Vault) {
	e := begin(t, v, "draft", 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Keep(ctx, "draft", e, 9, began); err == nil {
		t.Error("keeping with a cancelled context returned nil")
	}
	if err := v.Put(ctx, chunk(e.ID, 2, true)); err == nil || has(t, v, "draft", chunk(e.ID, 2, true).Place) {
		t.Errorf("a chunk with a cancelled context: %v", err)
	}
	holds(t, v, "draft")
	if got, err := v.Keep(t.Context(), "draft", e, 9, began); err != nil || got != e {
		t.Errorf("keeping after that: %+v, %v", got, err)
	}
}

func ownCopies(t *testing.T, v evidence.Vault) {
	e := known(1)
	must(t, v.Begin(t.Context(), "draft", e.ID, began))
	c := chunk(e.ID, 0, true)
	want := bytes.Clone(c.Sealed)
	must(t, v.Put(t.Context(), c))
	c.Sealed[0] = 'X'
	for range 2 {
		got, err := v.Chunk(t.Context(), "draft", c.Place)
		if err != nil || !bytes.Equal(got.Sealed, want) {
			t.Fatalf("somebody else's changes are read: %q, %v", got.Sealed, err)
		}
		got.Sealed[0] = 'Y'
	}
}

func onePlace(t *testing.T, v evidence.Vault) {
	e := begin(t, v, "draft", 1)
	again := chunk(e.ID, 0, true)
	again.Sealed = []byte("another")
	if err := v.Put(t.Context(), again); err == nil || errors.Is(err, evidence.ErrGone) {
		t.Errorf("a second chunk at one place: %v", err)
	}
	if got, err := v.Chunk(t.Context(), "draft", again.Place); err != nil || got.Last || bytes.Equal(got.Sealed, again.Sealed) {
		t.Errorf("it replaced the first: %+v, %v", got, err)
	}
	if err := v.Begin(t.Context(), "other", e.ID, began); err == nil {
		t.Error("two files have one id")
	}
}

func large(t *testing.T, v evidence.Vault) {
	e := known(1)
	must(t, v.Begin(t.Context(), "draft", e.ID, began))
	want := make([]byte, 300<<10)
	for i := range want {
		want[i] = byte(i * i >> 3)
	}
	at := evidence.Place{File: e.ID, Copy: evidence.Clean}
	must(t, v.Put(t.Context(), evidence.Chunk{Place: at, Sealed: want}))
	if got, err := v.Chunk(t.Context(), "draft", at); err != nil || !bytes.Equal(got.Sealed, want) {
		t.Errorf("%d bytes of %d, %v", len(got.Sealed), len(want), err)
	}
}

func atOnce(t *testing.T, v evidence.Vault) {
	var all sync.WaitGroup
	for n := range 12 {
		all.Go(func() {
			e, draft := known(n), fmt.Sprint("draft-", n%3)
			err := v.Begin(t.Context(), draft, e.ID, began)
			for i := range 4 {
				err = errors.Join(err, v.Put(t.Context(), chunk(e.ID, i, i == 3)))
			}
			if _, no := v.Keep(t.Context(), draft, e, 9, began); errors.Join(err, no) != nil {
				t.Errorf("file %d: %v, %v", n, err, no)
			}
		})
	}
	all.Wait()
	for n := range 12 {
		for i := range 4 {
			want := chunk(known(n).ID, i, i == 3)
			got, err := v.Chunk(t.Context(), fmt.Sprint("draft-", n%3), want.Place)
			if err != nil || !bytes.Equal(got.Sealed, want.Sealed) || got.Last != want.Last {
				t.Errorf("read back %+v, %v; want %+v", got, err, want)
			}
		}
	}
}
