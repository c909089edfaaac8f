package staff

import (
	"bytes"
	"slices"
	"time"
)

// Account is an officer with what lets the officer in: all of it hashes,
// except the key of the authenticator, which is sealed.
type Account struct {
	Officer
	Passphrase string
	// Key is the sealed key of the authenticator, Step the last step whose code
	// was used: a code opens once.
	Key  []byte
	Step int64
	// Recovery are the hashes of the recovery codes that are left.
	Recovery [][]byte
	// Invitation is the hash of the link that is open until InvitedUntil.
	Invitation   []byte
	InvitedUntil time.Time
	// Epoch grows when all sessions are to end: those of an earlier one have.
	Epoch int64
	// Version grows with every change.
	Version int64
}

// clone returns a copy that shares nothing with a.
func (a Account) clone() Account {
	a.Units, a.Interests, a.Roles = slices.Clone(a.Units), slices.Clone(a.Interests), slices.Clone(a.Roles)
	a.Key, a.Invitation = bytes.Clone(a.Key), bytes.Clone(a.Invitation)
	a.Recovery = slices.Clone(a.Recovery)
	for i, r := range a.Recovery {
		a.Recovery[i] = bytes.Clone(r)
	}
	return a
}

// shut returns the account without anything that lets the officer in; every
// session has ended.
func (a Account) shut() Account {
	a.State, a.Passphrase, a.Key, a.Step, a.Recovery = Disabled, "", nil, 0, nil
	a.Invitation, a.InvitedUntil = nil, time.Time{}
	a.Epoch++
	return a
}

// invite returns the account with a new link in place of everything that let
// the officer in before, and the token of the link.
func (a Account) invite(now time.Time) (Account, string) {
	token := newToken()
	a = a.shut()
	a.State, a.Invitation, a.InvitedUntil = Invited, hashOf(token), now.Add(InvitationLasts)
	return a, token
}

// invited reports whether the account's link still holds.
func (a Account) invited(now time.Time) bool {
	return a.State == Invited && now.Before(a.InvitedUntil)
}
