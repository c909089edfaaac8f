package staff

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"time"
)

// Try is what somebody typed to sign in.
type Try struct {
	ID, Passphrase string
	// Code is the authenticator's, or a recovery code.
	Code string
	From From
}

// The turns for trying. Somebody else's tries use up those of the officer as a
// whole, but never those of a network where the officer has signed in.
var (
	fromPlace   = Rate{"sign_in_place", 20, 20 * time.Second}
	fromPair    = Rate{"sign_in_officer_place", 5, time.Minute}
	fromOfficer = Rate{"sign_in_officer", 30, time.Minute}
	fromSeat    = Rate{"change_passphrase", 5, time.Minute}
)

// SignIn lets an officer in. Whoever is not let in gets ErrRefused, after the
// same work whatever was wrong, or a *Wait before any.
func (d *Door) SignIn(ctx context.Context, try Try) (Entered, error) {
	try.ID = strings.ToLower(strings.TrimSpace(try.ID))
	if !isID(try.ID) || len(try.Passphrase) > 4*maxPassphrase {
		return Entered{}, ErrRefused // nobody has that one, as anybody can know
	}
	if err := d.slowed(ctx, try); err != nil {
		return Entered{}, err
	}
	a, err := d.Roll.Account(ctx, try.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Entered{}, err
	}
	right, err := d.Match(ctx, try.Passphrase, a.Passphrase)
	if err != nil {
		return Entered{}, err
	}
	a, err = d.admit(ctx, a, right, try.Code)
	if err != nil {
		return Entered{}, err
	}
	return d.begin(ctx, d.Roll, a, try.From)
}

// admit uses up the code. An account that was changed meanwhile is looked at
// again; the passphrase that matched must still be its own.
func (d *Door) admit(ctx context.Context, a Account, right bool, code string) (Account, error) {
	for {
		used, ok, err := d.redeem(a, code)
		if err != nil {
			return a, err
		}
		if !right || !ok || a.State != Active {
			return a, ErrRefused
		}
		switch err := d.Roll.Save(ctx, used); {
		case err == nil:
			return used, nil
		case !errors.Is(err, ErrStale):
			return a, err
		}
		matched := a.Passphrase
		if a, err = d.Roll.Account(ctx, a.ID); err != nil {
			return a, err
		}
		right = a.Passphrase == matched
	}
}

// slowed takes a turn of everybody whose turn it is.
func (d *Door) slowed(ctx context.Context, try Try) error {
	if err := d.turn(ctx, fromPlace, try.From.Place); err != nil {
		return err
	}
	if err := d.turn(ctx, fromPair, try.ID+" "+try.From.Place); err != nil {
		return err
	}
	before, err := d.Roll.Sessions(ctx, try.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(s Session) bool { return s.Place == try.From.Place }) {
		return nil
	}
	return d.turn(ctx, fromOfficer, try.ID)
}

func (d *Door) turn(ctx context.Context, r Rate, who string) error {
	wait, err := d.Slow(ctx, r, who)
	if err != nil {
		return err
	}
	if wait > 0 {
		return &Wait{wait}
	}
	return nil
}

// redeem returns the account with the code used up; ok is false for a code
// that does not open, or no longer.
func (d *Door) redeem(a Account, typed string) (used Account, ok bool, err error) {
	code := plainCode(typed)
	var key []byte
	if len(a.Key) > 0 {
		if key, err = d.Open(a.KeyPlace(), a.Key); err != nil {
			return a, false, err
		}
	}
	step, ok, err := d.step(key, code)
	if err != nil {
		return a, false, err
	}
	if ok && step > a.Step {
		a.Step = step
		return a, true, nil
	}
	hash := hashOf(code)
	left := slices.DeleteFunc(slices.Clone(a.Recovery), func(h []byte) bool { return bytes.Equal(h, hash) })
	ok = len(left) < len(a.Recovery)
	a.Recovery = left
	return a, ok, nil
}

// KeyPlace is where the key of the account's authenticator is sealed.
func (a Account) KeyPlace() string { return "officer/" + a.ID + "/authenticator" }

// stepLasts is how long an authenticator shows a code.
const stepLasts = 30

// step returns the step whose code was typed: this one, or one before or after
// it for clocks that differ.
func (d *Door) step(key []byte, typed string) (step int64, ok bool, err error) {
	now := d.Now().Unix() / stepLasts
	for s := now - 1; s <= now+1; s++ {
		code, err := d.Code(key, s)
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 && len(key) > 0 {
			step, ok = s, true
		}
	}
	return step, ok, nil
}
