package staff_test

import (
	"errors"
	"testing"
	"time"

	"yangguang/staff"
)

const another = "三只 麻雀 under the window"

// An officer changes the own passphrase with the old one and a code; whatever
// was signed in anywhere is out, but the browser that asked.
func TestChangingThePassphrase(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	elsewhere := p.comes()
	h.now = h.now.Add(time.Minute)
	here := p.comes()
	h.now = h.now.Add(time.Minute)
	now := func() string { return p.code(0) }
	for _, c := range []struct {
		name, old, to string
		code          func() string
		want          func(error) bool
	}{
		{"a wrong old one", "somebody's guess", another, now, is(staff.ErrRefused)},
		{"no code", passphrase, another, func() string { return "" }, is(staff.ErrRefused)},
		{"a code of long ago", passphrase, another, func() string { return p.code(-9) }, is(staff.ErrRefused)},
		{"a weak new one", passphrase, "password1234", now, weak(staff.Common)},
		{"the same again", passphrase, passphrase, now, weak(staff.Same)},
	} {
		if _, err := h.ChangePassphrase(t.Context(), here.Seat, staff.Change{Old: c.old, New: c.to, Code: c.code()}); !c.want(err) {
			t.Errorf("%s: %v", c.name, err)
		}
		h.now = h.now.Add(5 * time.Minute)
		h.wants(h.who(here.Token), nil)
	}
	h.wants(h.who(elsewhere.Token), nil)
	in, err := h.ChangePassphrase(t.Context(), here.Seat, staff.Change{Old: passphrase, New: another, Code: p.code(0), From: office})
	h.wants(err, nil)
	h.wants(h.who(in.Token), nil)
	h.wants(h.who(here.Token), staff.ErrSignedOut)
	h.wants(h.who(elsewhere.Token), staff.ErrSignedOut)
	h.now = h.now.Add(time.Minute)
	_, err = h.SignIn(t.Context(), p.try())
	h.wants(err, staff.ErrRefused)
	try := p.try()
	try.Passphrase = another
	_, err = h.SignIn(t.Context(), try)
	h.wants(err, nil)
}

// Guessing at a browser that was left open is slowed down.
func TestChangingIsSlowedDown(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	here := p.comes()
	var err error
	for range 6 {
		_, err = h.ChangePassphrase(t.Context(), here.Seat, staff.Change{Old: "a guess at it", New: another, Code: "1"})
	}
	if !errors.As(err, new(*staff.Wait)) {
		t.Errorf("the sixth try: %v", err)
	}
}
