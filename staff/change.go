package staff

import (
	"context"
	"errors"
)

// Change is what an officer typed to get another passphrase.
type Change struct {
	Old, New string
	// Code is the authenticator's, or a recovery code.
	Code string
	From From
}

// ChangePassphrase gives the officer another passphrase. Every session ends,
// and a new one begins for the browser that asked. The old passphrase and a code
// are asked for: a browser left open is not enough. It returns a *Weak,
// ErrRefused, which does not say what was wrong, or a *Wait, and then nothing
// has changed. An officer of a trial has no passphrase: ErrNotFound.
func (d *Door) ChangePassphrase(ctx context.Context, seat Seat, c Change) (Entered, error) {
	if seat.OnTrial {
		return Entered{}, ErrNotFound
	}
	if err := Strong(c.New, seat.Officer); err != nil {
		return Entered{}, err
	}
	if len(c.Old) > 4*maxPassphrase {
		return Entered{}, ErrRefused // nobody has that one
	}
	if err := d.turn(ctx, fromSeat, seat.Officer.ID); err != nil {
		return Entered{}, err
	}
	a, err := seat.roll.Account(ctx, seat.Officer.ID)
	if err != nil {
		return Entered{}, err
	}
	right, err := d.Match(ctx, c.Old, a.Passphrase)
	if err != nil {
		return Entered{}, err
	}
	used, ok, err := d.redeem(a, c.Code)
	switch {
	case err != nil:
		return Entered{}, err
	case !right || !ok || a.State != Active:
		return Entered{}, ErrRefused
	case c.New == c.Old:
		return Entered{}, &Weak{Same}
	}
	if used.Passphrase, err = d.Hash(ctx, c.New); err != nil {
		return Entered{}, err
	}
	used.Epoch++ // in the same write: whoever came in with the old one is out
	if err := seat.roll.Save(ctx, used); errors.Is(err, ErrStale) {
		return Entered{}, ErrRefused // the code was used meanwhile
	} else if err != nil {
		return Entered{}, err
	}
	return d.begin(ctx, seat.roll, used, c.From)
}
