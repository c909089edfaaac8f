package staff

import (
	"context"
	"encoding/base32"
	"errors"
	"net/url"
	"time"
)

// Invitation is what somebody sees who opened a link for the first sign-in.
type Invitation struct {
	Officer Officer
	Until   time.Time
	// Key is what the authenticator is told, in groups of four to be typed; URI
	// the same to be scanned.
	Key, URI string
}

// keySize is the length of an authenticator's key (RFC 4226: 160 bits).
const keySize = 20

// fromLink: tries of one link.
var fromLink = Rate{"first_sign_in", 10, 30 * time.Second}

// Invited opens a link without using it up, or returns ErrNoInvitation. The
// site's name is what the authenticator will show.
func (d *Door) Invited(ctx context.Context, token, site string) (Invitation, error) {
	a, err := d.invitation(ctx, token)
	if err != nil {
		return Invitation{}, err
	}
	key := base32.StdEncoding.EncodeToString(d.keyOf(token))
	label := url.PathEscape(site + ":" + a.ID)
	// Six digits of SHA-1 every 30 seconds is what it means without a word.
	uri := "otpauth://totp/" + label + "?secret=" + key + "&issuer=" + url.PathEscape(site)
	return Invitation{a.Officer, a.InvitedUntil, grouped(key, " "), uri}, nil
}

func (d *Door) invitation(ctx context.Context, token string) (Account, error) {
	a, err := d.Roll.Invited(ctx, hashOf(token))
	if errors.Is(err, ErrNotFound) || err == nil && !a.invited(d.Now()) {
		return Account{}, ErrNoInvitation
	}
	return a, err
}

// keyOf is the key of the authenticator that belongs to a link. Nothing need be
// kept until the link is used, and whoever finds a used link cannot make it.
func (d *Door) keyOf(token string) []byte {
	return d.Derive([]byte("authenticator\n" + token))[:keySize]
}

// Enrolled is an officer who signed in for the first time. Codes are the
// recovery codes: they are shown now and never again.
type Enrolled struct {
	Entered
	Codes []string
}

// Enrol uses up the link: from now on the officer signs in with the passphrase
// and the authenticator. It returns ErrNoInvitation, a *Weak, ErrBadCode or a
// *Wait, and then the link still holds.
func (d *Door) Enrol(ctx context.Context, token, passphrase, code string, from From) (Enrolled, error) {
	a, err := d.invitation(ctx, token)
	if err != nil {
		return Enrolled{}, err
	}
	if err := Strong(passphrase, a.Officer); err != nil {
		return Enrolled{}, err
	}
	if err := d.turn(ctx, fromLink, a.ID); err != nil {
		return Enrolled{}, err
	}
	key := d.keyOf(token)
	step, ok, err := d.step(key, plainCode(code))
	if err != nil {
		return Enrolled{}, err
	}
	if !ok {
		return Enrolled{}, ErrBadCode
	}
	if a.Passphrase, err = d.Hash(ctx, passphrase); err != nil {
		return Enrolled{}, err
	}
	if a.Key, err = d.Seal(a.KeyPlace(), key); err != nil {
		return Enrolled{}, err
	}
	codes, hashes := newRecovery()
	a.State, a.Step, a.Recovery = Active, step, hashes
	a.Invitation, a.InvitedUntil = nil, time.Time{}
	if err := d.Roll.Save(ctx, a); err != nil {
		return Enrolled{}, err
	}
	entered, err := d.begin(ctx, d.Roll, a, from)
	return Enrolled{entered, codes}, err
}
