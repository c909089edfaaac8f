package staff_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"yangguang/staff"
)

func TestSessionsEnd(t *testing.T) {
	type step func(h *house, p person, mine staff.Entered)
	wait := func(d time.Duration) step { return func(h *house, _ person, _ staff.Entered) { h.now = h.now.Add(d) } }
	for name, c := range map[string]struct {
		then step
		want error
	}{
		"not at once":                 {wait(0), nil},
		"not within half an hour":     {wait(30*time.Minute - time.Millisecond), nil},
		"after half an hour idle":     {wait(30 * time.Minute), staff.ErrSignedOut},
		"not while it is used":        {used(11 * time.Hour), nil},
		"after twelve hours for good": {used(12 * time.Hour), staff.ErrSignedOut},
		"when the officer is disabled": {func(h *house, p person, _ staff.Entered) {
			h.wants(h.Disable(h.t.Context(), p.id), nil)
		}, staff.ErrSignedOut},
		"when the officer is reset": {func(h *house, p person, _ staff.Entered) {
			_, err := h.Reset(h.t.Context(), p.id)
			h.wants(err, nil)
		}, staff.ErrSignedOut},
		"and stay ended after a new enrolment": {func(h *house, p person, _ staff.Entered) {
			link, err := h.Reset(h.t.Context(), p.id)
			h.wants(err, nil)
			p.key = h.keyOf(link)
			_, err = h.Enrol(h.t.Context(), link, passphrase, p.code(0), office)
			h.wants(err, nil)
		}, staff.ErrSignedOut},
		"not when roles change": {func(h *house, p person, _ staff.Entered) {
			o := officer(p.id)
			o.Roles = []staff.Role{staff.Reviewer}
			h.wants(h.Change(h.t.Context(), o), nil)
		}, nil},
		"when it is ended": {func(h *house, _ person, mine staff.Entered) {
			h.wants(h.End(h.t.Context(), mine.Seat, mine.Seat.Session.Hash), nil)
		}, staff.ErrSignedOut},
		"when another ends the others": {func(h *house, p person, _ staff.Entered) {
			h.wants(h.EndOthers(h.t.Context(), p.comes().Seat), nil)
		}, staff.ErrSignedOut},
		"not when it ends the others": {func(h *house, _ person, mine staff.Entered) {
			h.wants(h.EndOthers(h.t.Context(), mine.Seat), nil)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p := h.enrolled("vet-1")
			mine := p.comes()
			c.then(h, p, mine)
			h.wants(h.who(mine.Token), c.want)
		})
	}
}

// used keeps a session in use.
func used(long time.Duration) func(*house, person, staff.Entered) {
	return func(h *house, _ person, mine staff.Entered) {
		for end := h.now.Add(long); h.now.Before(end); {
			h.wants(h.who(mine.Token), nil)
			h.now = h.now.Add(20 * time.Minute)
		}
	}
}

func TestTheOfficerReadsNewRolesAtOnce(t *testing.T) {
	h := newHouse(t)
	mine := h.enrolled("vet-1").comes()
	o := officer("vet-1")
	o.Roles, o.Name = []staff.Role{staff.Reviewer}, "李"
	h.wants(h.Change(t.Context(), o), nil)
	seat, err := h.Who(t.Context(), mine.Token)
	h.wants(err, nil)
	if !seat.Officer.Is(staff.Reviewer) || seat.Officer.Is(staff.Handler) || seat.Officer.Name != "李" {
		t.Errorf("%+v", seat.Officer)
	}
}

func TestSessionsAreListed(t *testing.T) {
	h := newHouse(t)
	p, other := h.enrolled("vet-1"), h.enrolled("vet-2")
	p.comes()
	two, theirs := p.comes(), other.comes()
	h.now = h.now.Add(10 * time.Minute)
	h.wants(h.who(two.Token), nil)
	h.now = h.now.Add(25 * time.Minute) // all but the second are idle by now

	three := p.comes()
	open, err := h.Sessions(t.Context(), three.Seat)
	h.wants(err, nil)
	if len(open) != 2 || string(open[0].Hash) != string(three.Seat.Session.Hash) || string(open[1].Hash) != string(two.Seat.Session.Hash) {
		t.Errorf("%d sessions: %+v", len(open), open)
	}
	h.wants(h.End(t.Context(), three.Seat, two.Seat.Session.Hash), nil)
	h.wants(h.who(two.Token), staff.ErrSignedOut)
	h.wants(h.who(three.Token), nil)
	h.wants(h.End(t.Context(), three.Seat, theirs.Seat.Session.Hash), staff.ErrNotFound)
	h.wants(h.End(t.Context(), three.Seat, []byte("none")), staff.ErrNotFound)
}

func TestTokensThatOpenNothing(t *testing.T) {
	h := newHouse(t)
	link := h.add("vet-9")
	mine := h.enrolled("vet-1").comes()
	if b, err := base64.RawURLEncoding.DecodeString(mine.Token); err != nil || len(b) != 32 {
		t.Errorf("the token has %d bytes, %v", len(b), err)
	}
	for _, token := range []string{
		"", "x", mine.Token + "A", mine.Token[1:], "trial." + mine.Token, link,
		string(mine.Seat.Session.Hash), fmt.Sprintf("%x", mine.Seat.Session.Hash),
	} {
		h.wants(h.who(token), staff.ErrSignedOut)
	}
}

func TestTrial(t *testing.T) {
	h := newHouse(t)
	second := officer("second")
	second.Roles, second.Name = []staff.Role{staff.Reviewer}, "审核"
	trial, err := staff.NewTrial(officer("first"), second)
	h.wants(err, nil)
	h.Trial = trial
	link, mistaken := trial.Link("second"), trial.Link("third")
	if mistaken != "" {
		t.Error("a link for nobody")
	}
	for range 2 { // once more works
		e, err := h.Enter(t.Context(), link, office)
		h.wants(err, nil)
		seat, err := h.Who(t.Context(), e.Token)
		h.wants(err, nil)
		if seat.Officer.ID != "second" || !seat.OnTrial || seat.Officer.State != staff.Active {
			t.Errorf("%+v", seat)
		}
	}
	_, err = h.Enter(t.Context(), "", office)
	h.wants(err, staff.ErrNotFound)
	_, err = h.Enter(t.Context(), h.add("vet-1"), office)
	h.wants(err, staff.ErrNotFound)
	_, err = h.SignIn(t.Context(), staff.Try{ID: "first", From: office})
	h.wants(err, staff.ErrRefused)

	e, err := h.Enter(t.Context(), link, office)
	h.wants(err, nil)
	all, err := h.Sessions(t.Context(), e.Seat)
	h.wants(err, nil)
	if len(all) != 3 {
		t.Errorf("%d sessions", len(all))
	}
	h.wants(h.EndOthers(t.Context(), e.Seat), nil)
	h.now = h.now.Add(30 * time.Minute)
	h.wants(h.who(e.Token), staff.ErrSignedOut)

	// In an operated site none of it exists.
	e, err = h.Enter(t.Context(), link, office)
	h.wants(err, nil)
	officers, err := h.Officers(t.Context())
	h.wants(err, nil)
	if len(officers) != 3 {
		t.Errorf("%d officers", len(officers))
	}
	h.Trial = nil
	h.wants(h.who(e.Token), staff.ErrSignedOut)
	_, err = h.Enter(t.Context(), link, office)
	h.wants(err, staff.ErrNotFound)
	officers, err = h.Officers(t.Context())
	h.wants(err, nil)
	if len(officers) != 1 {
		t.Errorf("%d officers", len(officers))
	}
}

// What is kept opens nothing and says nothing.
func TestNothingKeptOpensTheDoor(t *testing.T) {
	h := newHouse(t)
	link := h.add("vet-2")
	p := h.enrolled("vet-1")
	mine := p.comes()
	kept := ""
	accounts, err := h.Register.Roll.Accounts(t.Context())
	h.wants(err, nil)
	sessions, err := h.Register.Roll.Sessions(t.Context(), "vet-1")
	h.wants(err, nil)
	for _, a := range accounts {
		kept += fmt.Sprintf("%s %s %s %q", a.Passphrase, a.Key, a.Invitation, a.Recovery)
	}
	for _, s := range sessions {
		kept += string(s.Hash)
	}
	for _, secret := range append(p.codes, passphrase, string(p.key), link, mine.Token) {
		if strings.Contains(kept, secret) || strings.Contains(kept, strings.ReplaceAll(secret, "-", "")) {
			t.Errorf("%q is kept", secret)
		}
	}
}

func TestSessionsAreForgottenAfterNinetyDays(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	remembered := func() int {
		all, err := h.Register.Roll.Sessions(t.Context(), "vet-1")
		h.wants(err, nil)
		return len(all)
	}
	h.now = h.now.Add(90*24*time.Hour - 3*time.Minute)
	p.comes()
	if remembered() != 2 {
		t.Error("forgotten within ninety days")
	}
	h.now = h.now.Add(2 * time.Minute)
	p.comes()
	if remembered() != 2 { // the first is gone, the third is new
		t.Error("remembered for longer than ninety days")
	}
}
