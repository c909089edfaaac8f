package staff

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Door lets officers in. Roll, Hash, Match, Code, Derive, Seal, Open and Slow
// must be set.
type Door struct {
	Roll Roll
	// Trial is nil everywhere but in a trial.
	Trial *Trial

	// Hash makes of a passphrase what is kept of it, Match compares. For an
	// empty hash Match takes as long as for any other, and does not match.
	Hash  func(ctx context.Context, passphrase string) (string, error)
	Match func(ctx context.Context, passphrase, hash string) (bool, error)
	// Code returns the one-time code that an authenticator with that key shows
	// during a step of 30 seconds.
	Code func(key []byte, step int64) (string, error)
	// Derive makes 32 bytes of b that nobody can make without the key of this
	// installation.
	Derive func(b []byte) []byte
	// Seal and Open keep bytes under the installation's key, bound to a place.
	Seal func(place string, plain []byte) ([]byte, error)
	Open func(place string, sealed []byte) ([]byte, error)
	// Slow takes one of the turns that somebody has, or takes none and returns
	// how long until there is one.
	Slow func(ctx context.Context, r Rate, who string) (time.Duration, error)
	Now  func() time.Time
}

// Rate is how often somebody may try: Burst times at once, then once each Every.
type Rate struct {
	Name  string
	Burst int
	Every time.Duration
}

// Seat is an officer who is signed in.
type Seat struct {
	Officer Officer
	Session Session
	// OnTrial: the officer is one of a trial, without passphrase.
	OnTrial bool
	// Left is how many recovery codes are left.
	Left int

	roll Roll
}

// Entered is what somebody who was let in gets: Token for the browser alone.
type Entered struct {
	Token string
	Seat  Seat
}

// trialMark begins the tokens of a trial, so that they mean nothing elsewhere.
const trialMark = "trial."

// Who returns the officer whose browser has that token, or ErrSignedOut. The
// session lives on.
func (d *Door) Who(ctx context.Context, token string) (Seat, error) {
	seat, err := d.Glance(ctx, token)
	if now := d.Now(); err == nil && now.Sub(seat.Session.Seen) >= seenEvery {
		err = seat.roll.Seen(ctx, seat.Session.Hash, now)
	}
	if err != nil {
		return Seat{}, err
	}
	return seat, nil
}

// Glance is Who for what a page asks by itself: that is nobody's presence, and
// the session does not live on by it.
func (d *Door) Glance(ctx context.Context, token string) (Seat, error) {
	roll := d.rollOf(token)
	if roll == nil {
		return Seat{}, ErrSignedOut
	}
	s, err := roll.Session(ctx, hashOf(token))
	if errors.Is(err, ErrNotFound) {
		return Seat{}, ErrSignedOut
	}
	if err != nil {
		return Seat{}, err
	}
	a, err := roll.Account(ctx, s.Officer)
	if err != nil {
		return Seat{}, err
	}
	if s.over(a, d.Now()) {
		return Seat{}, ErrSignedOut
	}
	return d.seat(roll, a, s), nil
}

func (d *Door) rollOf(token string) Roll {
	switch {
	case !strings.HasPrefix(token, trialMark):
		return d.Roll
	case d.Trial != nil:
		return d.Trial.roll
	}
	return nil
}

func (d *Door) seat(roll Roll, a Account, s Session) Seat {
	return Seat{Officer: a.Officer, Session: s, OnTrial: roll != d.Roll, Left: len(a.Recovery), roll: roll}
}

// begin begins a session of the account.
func (d *Door) begin(ctx context.Context, roll Roll, a Account, from From) (Entered, error) {
	token := newToken()
	if roll != d.Roll {
		token = trialMark + token
	}
	now := d.Now()
	if err := roll.Forget(ctx, now.Add(-SessionKept)); err != nil {
		return Entered{}, err
	}
	s := Session{Hash: hashOf(token), Officer: a.ID, Epoch: a.Epoch, From: from, Began: now, Seen: now}
	if err := roll.Begin(ctx, s); err != nil {
		return Entered{}, err
	}
	return Entered{token, d.seat(roll, a, s)}, nil
}

// SignOut ends the session of the browser that has that token.
func (d *Door) SignOut(ctx context.Context, token string) error {
	seat, err := d.Who(ctx, token)
	if errors.Is(err, ErrSignedOut) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.End(ctx, seat, seat.Session.Hash)
}

// Sessions returns the officer's sessions that have not ended, newest first.
func (d *Door) Sessions(ctx context.Context, seat Seat) ([]Session, error) {
	a, err := seat.roll.Account(ctx, seat.Officer.ID)
	if err != nil {
		return nil, err
	}
	all, err := seat.roll.Sessions(ctx, seat.Officer.ID)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	var open []Session
	for _, s := range all {
		if !s.over(a, now) {
			open = append(open, s)
		}
	}
	return open, nil
}

// End ends one of the officer's sessions.
func (d *Door) End(ctx context.Context, seat Seat, hash []byte) error {
	return seat.roll.End(ctx, seat.Officer.ID, hash, d.Now())
}

// EndOthers ends all of the officer's sessions but this one.
func (d *Door) EndOthers(ctx context.Context, seat Seat) error {
	return seat.roll.EndOthers(ctx, seat.Officer.ID, seat.Session.Hash, d.Now())
}

// Officers returns all officers, those of a trial too.
func (d *Door) Officers(ctx context.Context) ([]Officer, error) {
	accounts, err := d.Roll.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var all []Officer
	for _, a := range accounts {
		all = append(all, a.Officer)
	}
	if d.Trial != nil {
		all = append(all, d.Trial.Officers()...)
	}
	return all, nil
}
