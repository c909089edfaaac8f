package bottest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
)

// RunOutbox holds an implementation of bot.Outbox to what the contract promises.
func RunOutbox(t *testing.T, fresh func(t *testing.T) bot.Outbox) {
	for name, test := range map[string]func(*testing.T, bot.Outbox){
		"a lane keeps its order, others go on":          lanes,
		"a parcel is put once, whatever became of it":   once,
		"what is put off waits, and holds up its lane":  later,
		"one parcel takes the place of another":         inPlace,
		"what was given up is counted and then swept":   givenUp,
		"what was sent is known by its name":            sent,
		"what was put off does not lose what is inside": whole,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

func parcel(lane, id string) bot.Parcel {
	return bot.Parcel{
		Channel: complaint.Telegram, ID: id, Lane: lane, Key: complaint.Key{Wrapped: []byte{0, 255, 'k'}}, Sealed: []byte("\x00sealed " + id), Due: start,
	}
}

func put(t *testing.T, o bot.Outbox, all ...bot.Parcel) {
	t.Helper()
	if err := o.Put(t.Context(), all...); err != nil {
		t.Fatalf("put: %v", err)
	}
}

func wantNext(t *testing.T, o bot.Outbox, now time.Time, want ...string) []bot.Parcel {
	t.Helper()
	got, err := o.Next(t.Context(), complaint.Telegram, now, 10)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(got))
	for i, p := range got {
		ids[i] = p.ID
	}
	if !slices.Equal(ids, want) {
		t.Errorf("next are %v, want %v", ids, want)
	}
	return got
}

func done(t *testing.T, o bot.Outbox, id, why string) {
	t.Helper()
	if err := o.Done(t.Context(), parcel("", id), why, start); err != nil {
		t.Fatalf("done %s: %v", id, err)
	}
}

func lanes(t *testing.T, o bot.Outbox) {
	put(t, o, parcel("a", "a1"), parcel("a", "a2"), parcel("b", "b1"), parcel("a", "a3"))
	other := parcel("a", "w1")
	other.Channel = complaint.WeChat
	put(t, o, other)
	wantNext(t, o, start, "a1", "b1")
	done(t, o, "a1", "")
	wantNext(t, o, start, "a2", "b1")
	done(t, o, "b1", "")
	done(t, o, "a2", "blocked")
	wantNext(t, o, start, "a3")
	done(t, o, "a3", "")
	wantNext(t, o, start)
}

func once(t *testing.T, o bot.Outbox) {
	put(t, o, parcel("a", "a1"), parcel("a", "a1"))
	wantNext(t, o, start, "a1")
	done(t, o, "a1", "")
	put(t, o, parcel("a", "a1"))
	wantNext(t, o, start)
	for id, want := range map[string]bool{"a1": true, "a2": false} {
		if has, err := o.Has(t.Context(), complaint.Telegram, id); has != want || err != nil {
			t.Errorf("has %s: %v, %v", id, has, err)
		}
	}
	if has, err := o.Has(t.Context(), complaint.WeChat, "a1"); has || err != nil {
		t.Errorf("another channel has it too: %v, %v", has, err)
	}
}

func later(t *testing.T, o bot.Outbox) {
	put(t, o, parcel("a", "a1"), parcel("a", "a2"))
	if err := o.Later(t.Context(), parcel("a", "a1"), start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	wantNext(t, o, start.Add(59*time.Second))
	got := wantNext(t, o, start.Add(time.Minute), "a1")
	if got[0].Tries != 1 {
		t.Errorf("%d tries, want 1", got[0].Tries)
	}
}

func inPlace(t *testing.T, o bot.Outbox) {
	next := parcel("a", "a2")
	next.InPlaceOf = "a1"
	put(t, o, parcel("a", "a1"), next)
	wantNext(t, o, start, "a2")
	if has, err := o.Has(t.Context(), complaint.Telegram, "a1"); !has || err != nil {
		t.Errorf("what was replaced is not known any more: %v", err)
	}
	put(t, o, parcel("a", "a1"))
	wantNext(t, o, start, "a2")
	// Whoever repeats itself, because it could not note how far it came, ends
	// nothing that still waits.
	again := parcel("a", "a1")
	again.InPlaceOf = "a2"
	put(t, o, again, next)
	wantNext(t, o, start, "a2")
}

func givenUp(t *testing.T, o bot.Outbox) {
	put(t, o, parcel("a", "a1"), parcel("b", "b1"), parcel("c", "c1"))
	done(t, o, "a1", "blocked")
	done(t, o, "b1", "")
	s, err := o.Standing(t.Context(), complaint.Telegram)
	if err != nil || s.Waiting != 1 || s.GivenUp != 1 || !s.Oldest.Equal(start) {
		t.Errorf("standing %+v, %v", s, err)
	}
	if n, err := o.Sweep(t.Context(), start.Add(time.Hour)); n != 2 || err != nil {
		t.Errorf("swept %d, %v; want 2", n, err)
	}
	wantNext(t, o, start, "c1")
}

func sent(t *testing.T, o bot.Outbox) {
	names := func(want ...string) {
		t.Helper()
		if late, err := o.Sent(t.Context(), complaint.Telegram, "a", start.Add(time.Second)); err != nil || len(late) > 0 {
			t.Errorf("sent later were %q, %v", late, err)
		}
		if got, err := o.Sent(t.Context(), complaint.Telegram, "a", start); err != nil || !slices.Equal(got, want) {
			t.Errorf("sent were %q, %v; want %q", got, err, want)
		}
	}
	put(t, o, parcel("a", "a1"), parcel("b", "b1"), parcel("a", "a2"), parcel("a", "a3"), parcel("a", "a4"))
	names()
	for id, as := range map[string]string{"a2": "12", "b1": "11", "a1": "10", "a3": ""} {
		p := parcel("", id)
		if p.As = as; o.Done(t.Context(), p, "", start) != nil {
			t.Fatal(id)
		}
	}
	done(t, o, "a4", "blocked")
	names("10", "12")
	if _, err := o.Sweep(t.Context(), start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	names()
}

func whole(t *testing.T, o bot.Outbox) {
	want := parcel("a", "a1")
	put(t, o, want)
	if err := o.Later(t.Context(), want, start); err != nil {
		t.Fatal(err)
	}
	got := wantNext(t, o, start, "a1")[0]
	if !bytes.Equal(got.Sealed, want.Sealed) || !bytes.Equal(got.Key.Wrapped, want.Key.Wrapped) || got.Lane != "a" || !got.Due.Equal(start) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// RunSlips holds an implementation of bot.Slips to what the contract promises.
func RunSlips(t *testing.T, fresh func(t *testing.T) bot.Slips) {
	s := fresh(t)
	box := &bot.SlipBox{Slips: s, Now: func() time.Time { return start }}
	want := bot.Slip{For: bot.ForReceipt, Number: "2026", Receipt: "CODE"}
	path, err := box.Mint(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	token := path[len(bot.SlipPath):]
	other := "A"
	if token[:1] == other {
		other = "B"
	}
	for _, wrong := range []string{"", "x", token[1:], other + token[1:], path} {
		if _, err := box.Take(t.Context(), wrong); !errors.Is(err, bot.ErrNone) {
			t.Errorf("taken with %q: %v", wrong, err)
		}
	}
	for range 2 { // to look takes nothing
		if got, err := box.Look(t.Context(), token); got != want || err != nil {
			t.Errorf("looked at %+v, %v", got, err)
		}
	}
	results := make(chan error, 8)
	for range cap(results) {
		go func() {
			got, err := box.Take(t.Context(), token)
			if err == nil && got != want {
				err = fmt.Errorf("took %+v", got)
			}
			results <- err
		}()
	}
	won := 0
	for range cap(results) {
		if err := <-results; err == nil {
			won++
		} else if !errors.Is(err, bot.ErrNone) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d took the same slip", won)
	}
	if path, err = box.Mint(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	box.Now = func() time.Time { return start.Add(bot.SlipLife) }
	if _, err := box.Take(t.Context(), path[len(bot.SlipPath):]); !errors.Is(err, bot.ErrNone) {
		t.Errorf("taken when its time was over: %v", err)
	}
	box.Now = func() time.Time { return start.Add(bot.SlipLife + time.Second) }
	if n, err := box.Sweep(t.Context()); n != 1 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
}

// Slips keeps one-time links as long as the program runs. It is for tests; the
// zero value is empty.
type Slips struct {
	mu   sync.Mutex
	kept map[string]slip
}

type slip struct {
	sealed []byte
	until  time.Time
}

var _ bot.Slips = (*Slips)(nil)

// Keep implements bot.Slips.
func (s *Slips) Keep(_ context.Context, digest, sealed []byte, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]slip{}
	}
	s.kept[string(digest)] = slip{slices.Clone(sealed), until}
	return nil
}

// Look implements bot.Slips.
func (s *Slips) Look(_ context.Context, digest []byte, now time.Time) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.look(digest, now)
}

func (s *Slips) look(digest []byte, now time.Time) ([]byte, error) {
	k, ok := s.kept[string(digest)]
	if !ok || !k.until.After(now) {
		return nil, bot.ErrNone
	}
	return slices.Clone(k.sealed), nil
}

// Take implements bot.Slips.
func (s *Slips) Take(_ context.Context, digest []byte, now time.Time) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sealed, err := s.look(digest, now)
	if err == nil {
		delete(s.kept, string(digest))
	}
	return sealed, err
}

// Sweep implements bot.Slips.
func (s *Slips) Sweep(_ context.Context, now time.Time) (n int, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for digest, k := range s.kept {
		if k.until.Before(now) {
			delete(s.kept, digest)
			n++
		}
	}
	return n, nil
}
