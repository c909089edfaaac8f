package bottest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
)

var start = time.Date(2026, time.June, 20, 9, 30, 0, 0, time.UTC)

// session is the n-th revision of a conversation.
func session(n int64) bot.Session {
	return bot.Session{
		Revision: n, Draft: "draft", Key: complaint.Key{Of: "draft", Wrapped: []byte{1, 2, byte(n)}},
		Sealed: []byte{0, 255, byte(n)}, Seen: []string{"e1", fmt.Sprint("e", n)}, Expires: start.Add(time.Duration(n) * time.Hour),
	}
}

// Run holds an implementation of bot.Sessions to what the contract promises.
// New returns an empty one for each test.
func Run(t *testing.T, fresh func(t *testing.T) bot.Sessions) {
	for name, test := range map[string]func(*testing.T, bot.Sessions){
		"what was committed is loaded whole":            committed,
		"nothing is loaded where nothing is":            nothing,
		"a revision follows the one before it":          revisions,
		"the same commit again changes nothing":         again,
		"of several at once one commits":                atOnce,
		"what is dropped is gone":                       dropped,
		"another draft follows in the same place":       another,
		"a draft is not taken for another":              mistaken,
		"what expired is named until it is dropped":     expired,
		"what goes on has not expired":                  goesOn,
		"long texts and odd bytes are kept as they are": odd,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

func commit(t *testing.T, s bot.Sessions, conv string, k bot.Session) {
	t.Helper()
	if err := s.Commit(t.Context(), conv, k); err != nil {
		t.Fatalf("commit %s %d: %v", conv, k.Revision, err)
	}
}

func wantKept(t *testing.T, s bot.Sessions, conv string, want bot.Session) {
	t.Helper()
	got, err := s.Load(t.Context(), conv)
	if err != nil {
		t.Fatalf("load %s: %v", conv, err)
	}
	if !got.Expires.Equal(want.Expires) {
		t.Errorf("%s expires %v, want %v", conv, got.Expires, want.Expires)
	}
	got.Expires = want.Expires
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: kept %+v\nwant %+v", conv, got, want)
	}
}

func committed(t *testing.T, s bot.Sessions) {
	commit(t, s, "a", session(1))
	other := session(1)
	other.Draft, other.Key.Of = "other", "other"
	commit(t, s, "b", other)
	wantKept(t, s, "a", session(1))
	wantKept(t, s, "b", other)
}

func nothing(t *testing.T, s bot.Sessions) {
	if _, err := s.Load(t.Context(), "a"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("load of nothing: %v, want ErrNone", err)
	}
	if err := s.Drop(t.Context(), "a", 3); err != nil {
		t.Errorf("drop of nothing: %v", err)
	}
	if err := s.Commit(t.Context(), "a", session(2)); !errors.Is(err, bot.ErrStale) {
		t.Errorf("a second revision without a first: %v, want ErrStale", err)
	}
}

func revisions(t *testing.T, s bot.Sessions) {
	commit(t, s, "a", session(1))
	commit(t, s, "a", session(2))
	for _, n := range []int64{1, 4} {
		if err := s.Commit(t.Context(), "a", session(n)); !errors.Is(err, bot.ErrStale) {
			t.Errorf("revision %d after 2: %v, want ErrStale", n, err)
		}
	}
	theirs := session(2)
	theirs.Seen = []string{"another event"}
	if err := s.Commit(t.Context(), "a", theirs); !errors.Is(err, bot.ErrStale) {
		t.Errorf("revision 2 by another event: %v, want ErrStale", err)
	}
	wantKept(t, s, "a", session(2))
}

func again(t *testing.T, s bot.Sessions) {
	commit(t, s, "a", session(1))
	commit(t, s, "a", session(1))
	commit(t, s, "a", session(2))
	commit(t, s, "a", session(2))
	wantKept(t, s, "a", session(2))
}

func atOnce(t *testing.T, s bot.Sessions) {
	commit(t, s, "a", session(1))
	var all sync.WaitGroup
	var won atomic.Int64
	for i := range 8 {
		all.Go(func() {
			mine := session(2)
			mine.Seen = []string{fmt.Sprint("writer ", i)}
			switch err := s.Commit(t.Context(), "a", mine); {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, bot.ErrStale):
				t.Errorf("commit: %v", err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d of 8 committed the same revision, want 1", won.Load())
	}
}

func dropped(t *testing.T, s bot.Sessions) {
	commit(t, s, "a", session(1))
	commit(t, s, "a", session(2))
	if err := s.Drop(t.Context(), "a", 1); !errors.Is(err, bot.ErrStale) {
		t.Errorf("drop of an earlier revision: %v, want ErrStale", err)
	}
	wantKept(t, s, "a", session(2))
	for range 2 {
		if err := s.Drop(t.Context(), "a", 2); err != nil {
			t.Errorf("drop: %v", err)
		}
	}
	if _, err := s.Load(t.Context(), "a"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("load after the drop: %v, want ErrNone", err)
	}
	commit(t, s, "a", session(1))
}

func another(t *testing.T, s bot.Sessions) {
	commit(t, s, "a", session(1))
	next := session(2)
	next.Draft, next.Key.Of, next.Seen = "next", "next", []string{"e2"}
	commit(t, s, "a", next)
	wantKept(t, s, "a", next)
}

// Somebody who knows the first revision of a draft that was given up must not
// write over the one that was begun since.
func mistaken(t *testing.T, s bot.Sessions) {
	since := session(1)
	since.Draft, since.Key.Of = "since", "since"
	commit(t, s, "a", since)
	err := s.Commit(t.Context(), "a", session(2))
	if !errors.Is(err, bot.ErrStale) {
		t.Errorf("the second revision of another draft: %v, want ErrStale", err)
	}
	if moved, ok := errors.AsType[*bot.Moved](err); ok && (moved.Now.Revision != 1 || moved.Now.Draft != "since" || !slices.Equal(moved.Now.Sealed, since.Sealed)) {
		t.Errorf("it is said to be %+v, want %+v", moved.Now, since)
	}
	wantKept(t, s, "a", since)
}

func expired(t *testing.T, s bot.Sessions) {
	for i := range 5 {
		k := session(int64(1))
		k.Draft = fmt.Sprint("draft ", i)
		k.Key.Of = k.Draft
		k.Expires = start.Add(time.Duration(i) * time.Hour)
		commit(t, s, fmt.Sprint("c", i), k)
	}
	at := start.Add(2*time.Hour + time.Millisecond)
	gone, err := s.Expired(t.Context(), at, 10)
	if err != nil || len(gone) != 3 {
		t.Fatalf("expired: %v, %v; want 3", gone, err)
	}
	for _, g := range gone {
		if g.Revision != 1 || g.Draft != "draft "+strings.TrimPrefix(g.Conv, "c") {
			t.Errorf("expired: %+v", g)
		}
	}
	if few, err := s.Expired(t.Context(), at, 2); err != nil || len(few) != 2 {
		t.Errorf("2 of the expired: %v, %v", few, err)
	}
	if err := s.Drop(t.Context(), gone[0].Conv, 1); err != nil {
		t.Fatal(err)
	}
	if left, err := s.Expired(t.Context(), at, 10); err != nil || len(left) != 2 {
		t.Errorf("after a drop: %v, %v; want 2", left, err)
	}
}

func goesOn(t *testing.T, s bot.Sessions) {
	ended := func(after time.Duration, want ...bot.Gone) {
		t.Helper()
		if got, err := s.Expired(t.Context(), start.Add(after), 10); err != nil || !slices.Equal(got, want) {
			t.Errorf("after %v expired were %v, %v; want %v", after, got, err, want)
		}
	}
	for i, ends := range []time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour} {
		for _, conv := range []string{"a", "b", "c"} {
			k := session(int64(i + 1))
			k.Expires = start.Add(ends)
			commit(t, s, conv, k)
		}
	}
	ended(5 * time.Hour)
	k := session(4) // as when it is filed
	k.Expires = start.Add(2 * time.Hour)
	commit(t, s, "b", k)
	ended(time.Hour)
	ended(3*time.Hour, bot.Gone{Conv: "b", Revision: 4, Draft: "draft"})
	ended(5*time.Hour, bot.Gone{Conv: "b", Revision: 4, Draft: "draft"})
	if got, err := s.Expired(t.Context(), start.Add(7*time.Hour), 10); err != nil || len(got) != 3 {
		t.Errorf("at last %v, %v; want 3", got, err)
	}
}

func odd(t *testing.T, s bot.Sessions) {
	k := session(1)
	k.Sealed = make([]byte, 48<<10)
	for i := range k.Sealed {
		k.Sealed[i] = byte(i * 7)
	}
	k.Seen = nil
	for i := range 64 {
		k.Seen = append(k.Seen, fmt.Sprint("01JZ8XQ7R9", i, "·表单"))
	}
	commit(t, s, "a", k)
	wantKept(t, s, "a", k)
}
