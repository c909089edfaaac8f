package staff_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/staff"
)

func TestFromLinkToSeat(t *testing.T) {
	h := newHouse(t)
	link := h.add("vet-1")
	p := person{house: h, id: "vet-1", key: h.keyOf(link)}
	if again := h.keyOf(link); string(again) != string(p.key) {
		t.Error("opened twice, the link showed two keys")
	}
	for _, c := range []struct {
		passphrase, code string
		want             func(error) bool
	}{
		{"short", p.code(0), weak(staff.TooShort)},
		{passphrase, p.code(5), is(staff.ErrBadCode)},
		{passphrase, "", is(staff.ErrBadCode)},
	} {
		if _, err := h.Enrol(t.Context(), link, c.passphrase, c.code, office); !c.want(err) {
			t.Errorf("%q, %q: %v", c.passphrase, c.code, err)
		}
	}
	e, err := h.Enrol(t.Context(), link, passphrase, p.code(0), office)
	h.wants(err, nil)
	h.wants(h.who(e.Token), nil)
	if len(e.Codes) != 10 || e.Seat.Left != 10 || e.Seat.Officer.State != staff.Active || e.Seat.OnTrial {
		t.Errorf("%+v", e)
	}

	_, err = h.Invited(t.Context(), link, "阳光招生")
	h.wants(err, staff.ErrNoInvitation)
	_, err = h.Enrol(t.Context(), link, passphrase, p.code(1), office)
	h.wants(err, staff.ErrNoInvitation)
	_, err = h.SignIn(t.Context(), p.try())
	h.wants(err, staff.ErrRefused) // the code of the first sign-in is used up

	seat := p.comes()
	if seat.Seat.Officer.ID != "vet-1" || seat.Seat.Session.From != office {
		t.Errorf("%+v", seat.Seat)
	}
	h.wants(h.SignOut(t.Context(), seat.Token), nil)
	h.wants(h.SignOut(t.Context(), seat.Token), nil)
	h.wants(h.who(seat.Token), staff.ErrSignedOut)
	h.wants(h.who(e.Token), nil)
}

func is(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func weak(why staff.WeakReason) func(error) bool {
	return func(err error) bool {
		w, ok := errors.AsType[*staff.Weak](err)
		return ok && w.Why == why
	}
}

func TestLinkRunsOut(t *testing.T) {
	h := newHouse(t)
	link := h.add("vet-1")
	h.now = h.now.Add(72*time.Hour - time.Millisecond)
	p := person{house: h, key: h.keyOf(link)}
	h.now = h.now.Add(time.Millisecond)
	_, err := h.Invited(t.Context(), link, "阳光招生")
	h.wants(err, staff.ErrNoInvitation)
	_, err = h.Enrol(t.Context(), link, passphrase, p.code(0), office)
	h.wants(err, staff.ErrNoInvitation)
}

func TestCodesOfOneLinkAreNotGuessed(t *testing.T) {
	h := newHouse(t)
	link := h.add("vet-1")
	for range 10 {
		_, err := h.Enrol(t.Context(), link, passphrase, "000000", office)
		h.wants(err, staff.ErrBadCode)
	}
	_, err := h.Enrol(t.Context(), link, passphrase, person{house: h, key: h.keyOf(link)}.code(0), office)
	if w, ok := errors.AsType[*staff.Wait](err); !ok || w.For <= 0 {
		t.Errorf("the eleventh try: %v", err)
	}
}

// Whatever was wrong, the answer and the work are the same.
func TestRefusals(t *testing.T) {
	base := func(*house, *staff.Try, person) {}
	cases := map[string]func(*house, *staff.Try, person){
		"an unknown id":        func(_ *house, try *staff.Try, _ person) { try.ID = "vet-2" },
		"a wrong passphrase":   func(_ *house, try *staff.Try, _ person) { try.Passphrase = "three apples on a roof" },
		"a wrong code":         func(_ *house, try *staff.Try, p person) { try.Code = p.code(7) },
		"no code":              func(_ *house, try *staff.Try, _ person) { try.Code = "" },
		"both wrong":           func(_ *house, try *staff.Try, _ person) { try.Passphrase, try.Code = "", "000000" },
		"a code two steps old": func(_ *house, try *staff.Try, p person) { try.Code = p.code(-2) },
		"a disabled officer":   func(h *house, _ *staff.Try, _ person) { h.wants(h.Disable(h.t.Context(), "vet-1"), nil) },
		"a reset officer": func(h *house, _ *staff.Try, _ person) {
			_, err := h.Reset(h.t.Context(), "vet-1")
			h.wants(err, nil)
		},
		"an officer without a passphrase": func(h *house, try *staff.Try, _ person) {
			h.add("new")
			try.ID, try.Passphrase, try.Code = "new", "", oneTime(nil, h.now.Unix()/30)
		},
	}
	run := func(change func(*house, *staff.Try, person)) (map[string]int, error) {
		h := newHouse(t)
		p := h.enrolled("vet-1")
		try := p.try()
		try.From.Place = "192.0.2.0/24"
		change(h, &try, p)
		clear(h.work)
		_, err := h.SignIn(t.Context(), try)
		return h.work, err
	}
	work, err := run(base)
	if err != nil || work["match"] != 1 || work["code"] != 3 {
		t.Fatalf("signing in: %v, %v", err, work)
	}
	for name, change := range cases {
		if got, err := run(change); !errors.Is(err, staff.ErrRefused) || !maps.Equal(got, work) {
			t.Errorf("%s: %v after %v, want ErrRefused after %v", name, err, got, work)
		}
	}
}

// What cannot be an id or a passphrase costs nothing.
func TestRefusedWithoutWork(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	for _, change := range []func(*staff.Try){
		func(try *staff.Try) { try.ID = "王芳" },
		func(try *staff.Try) { try.ID = "vet-1\x00" },
		func(try *staff.Try) { try.ID = "vet-1\xff" },
		func(try *staff.Try) { try.ID = strings.Repeat("v", 1<<16) },
		func(try *staff.Try) { try.Passphrase = strings.Repeat(passphrase, 1<<12) },
	} {
		try := p.try()
		change(&try)
		clear(h.work)
		if _, err := h.SignIn(t.Context(), try); !errors.Is(err, staff.ErrRefused) || h.work["match"] != 0 {
			t.Errorf("%.20q: %v after %v", try.ID, err, h.work)
		}
	}
}

func TestACodeOpensOnce(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	for _, step := range []struct {
		code int64
		want error
	}{{-1, nil}, {-1, staff.ErrRefused}, {1, nil}, {0, staff.ErrRefused}, {1, staff.ErrRefused}} {
		try := p.try()
		try.Code = p.code(step.code)
		if _, err := h.SignIn(t.Context(), try); !errors.Is(err, step.want) {
			t.Errorf("the code of step %d: %v, want %v", step.code, err, step.want)
		}
		h.now = h.now.Truncate(30 * time.Second) // the same step for all
	}
}

func TestOfManyWithOneCodeOneComesIn(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	for name, code := range map[string]string{"one-time": p.code(0), "recovery": p.codes[3]} {
		var all sync.WaitGroup
		var mu sync.Mutex
		in := 0
		for i := range 8 {
			all.Go(func() {
				try := p.try()
				try.Code, try.From.Place = code, fmt.Sprint(name, i)
				_, err := h.SignIn(t.Context(), try)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				} else if !errors.Is(err, staff.ErrRefused) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if in != 1 {
			t.Errorf("%d came in with one %s code", in, name)
		}
	}
}

func TestRecoveryCodes(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	other := h.enrolled("vet-2")
	typed := []func(string) string{
		func(s string) string { return s },
		strings.ToLower,
		func(s string) string { return " " + strings.ReplaceAll(s, "-", " ") + "\n" },
		func(s string) string { return strings.NewReplacer("0", "o", "1", "l").Replace(s) },
		func(s string) string {
			return strings.Map(func(r rune) rune { return r + '！' - '!' }, s)
		},
	}
	for i, code := range p.codes {
		try := p.try()
		try.Code, try.From.Place = typed[i%len(typed)](code), fmt.Sprint("place ", i)
		e, err := h.SignIn(t.Context(), try)
		h.wants(err, nil)
		if e.Seat.Left != 9-i {
			t.Errorf("%d codes left after %d", e.Seat.Left, i+1)
		}
		_, err = h.SignIn(t.Context(), try)
		h.wants(err, staff.ErrRefused)
	}
	try := p.try()
	try.Code = other.codes[0]
	_, err := h.SignIn(t.Context(), try)
	h.wants(err, staff.ErrRefused)
	try.Code, try.From.Place = p.code(0), "elsewhere"
	_, err = h.SignIn(t.Context(), try)
	h.wants(err, nil) // the authenticator still opens
}

func TestTriesAreSlowed(t *testing.T) {
	for _, id := range []string{"vet-1", "nobody"} {
		h := newHouse(t)
		h.enrolled("vet-1")
		guess := staff.Try{ID: id, Passphrase: "a guess of somebody", Code: "123456", From: staff.From{Place: "192.0.2.0/24"}}
		for range 5 {
			_, err := h.SignIn(t.Context(), guess)
			h.wants(err, staff.ErrRefused)
		}
		before := h.work["match"]
		_, err := h.SignIn(t.Context(), guess)
		if w, ok := errors.AsType[*staff.Wait](err); !ok || w.For != time.Minute {
			t.Errorf("%s, the sixth try: %v", id, err)
		}
		if h.work["match"] != before {
			t.Error("a try that waits was worked on")
		}
		h.now = h.now.Add(time.Minute)
		_, err = h.SignIn(t.Context(), guess)
		h.wants(err, staff.ErrRefused)
	}
}

// What cannot be counted is not tried.
func TestTriesAreNotCounted(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	link := h.add("vet-2")
	fault := errors.New("no limits")
	h.Slow = func(context.Context, staff.Rate, string) (time.Duration, error) { return 0, fault }
	before := h.work["match"]
	_, err := h.SignIn(t.Context(), p.try())
	h.wants(err, fault)
	_, err = h.Enrol(t.Context(), link, passphrase, person{house: h, key: h.keyOf(link)}.code(0), office)
	h.wants(err, fault)
	if h.work["match"] != before {
		t.Error("it was tried")
	}
}

// One place that tries many officers is slowed down as a place.
func TestAPlaceIsSlowed(t *testing.T) {
	h := newHouse(t)
	try := func(i int) error {
		_, err := h.SignIn(t.Context(), staff.Try{ID: fmt.Sprint("vet-", i), Passphrase: "a guess of somebody", From: office})
		return err
	}
	for i := range 20 {
		h.wants(try(i), staff.ErrRefused)
	}
	if w, ok := errors.AsType[*staff.Wait](try(20)); !ok || w.For != 20*time.Second {
		t.Errorf("the twenty-first officer: %v", try(20))
	}
}

// What is done to an account while its passphrase is looked at counts.
func TestChangedWhileSigningIn(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(*house) error
		want      error
	}{
		"new roles": {func(h *house) error {
			o := officer("vet-1")
			o.Roles = []staff.Role{staff.Reviewer}
			return h.Change(h.t.Context(), o)
		}, nil},
		"disabled": {func(h *house) error { return h.Disable(h.t.Context(), "vet-1") }, staff.ErrRefused},
		"reset and enrolled anew": {func(h *house) error {
			link, err := h.Reset(h.t.Context(), "vet-1")
			h.wants(err, nil)
			p := person{house: h, key: h.keyOf(link)}
			_, err = h.Enrol(h.t.Context(), link, "another "+passphrase, p.code(0), office)
			return err
		}, staff.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p := h.enrolled("vet-1")
			match := h.Match
			h.Match = func(ctx context.Context, typed, kept string) (bool, error) {
				h.wants(c.meanwhile(h), nil)
				return match(ctx, typed, kept)
			}
			e, err := h.SignIn(t.Context(), p.try())
			h.wants(err, c.want)
			if err == nil && !e.Seat.Officer.Is(staff.Reviewer) {
				t.Errorf("seated with the old roles: %v", e.Seat.Officer.Roles)
			}
		})
	}
}

// Guesses from everywhere do not lock an officer out where the officer works.
func TestSomebodyElsesTriesLockNobodyOut(t *testing.T) {
	h := newHouse(t)
	p := h.enrolled("vet-1")
	guess := func(i int) error {
		_, err := h.SignIn(t.Context(), staff.Try{
			ID: " VET-1 ", Passphrase: "a guess of somebody", Code: "123456", From: staff.From{Place: fmt.Sprint("place ", i)},
		})
		return err
	}
	for i := range 30 {
		h.wants(guess(i), staff.ErrRefused)
	}
	if _, ok := errors.AsType[*staff.Wait](guess(31)); !ok {
		t.Error("the officer as a whole is not slowed")
	}
	_, err := h.SignIn(t.Context(), p.try())
	h.wants(err, nil)

	away := p.try()
	away.From.Place = "a new place"
	if _, err := h.SignIn(t.Context(), away); !errors.As(err, new(*staff.Wait)) {
		t.Errorf("from a new place during the guessing: %v", err)
	}
	h.now = h.now.Add(2 * time.Minute)
	away.Code = p.code(0)
	_, err = h.SignIn(t.Context(), away)
	h.wants(err, nil) // no longer than that
}
