// Package staff knows the officers and editors: who they are, where they sit,
// what they do, and how they get in.
//
// An [Officer] is somebody at the desk; an [Account] is the officer with what
// lets the officer in. The [Register] adds, disables, resets and changes them;
// it never takes the last officer away from a case that is kept. The [Door]
// lets them in: a one-time invitation with which the officer chooses a
// passphrase and an authenticator ([Door.Enrol]), then passphrase and one-time
// code ([Door.SignIn]), then a [Session] that ends by itself, that its officer
// can see and end, and that ends the moment the officer is disabled or reset.
// [Roll] is where all that is kept.
//
// It promises that nothing here opens the door to whoever reads the database:
// passphrases, recovery codes, invitations and session tokens are kept as
// hashes, the authenticators' keys sealed. An unknown name, a wrong passphrase
// and a wrong code have one answer that takes the same time. Wrong tries are
// slowed down, and never lock out an officer who comes from a network where the
// officer has signed in before.
//
// A [Trial] has officers that are in no database, for as long as the program
// runs. A door of an operated site has none.
//
// Hashing, one-time codes and sealing are functions given to the door.
package staff

import (
	"errors"
	"fmt"
	"time"
)

// What callers act on. Everything else is opaque.
var (
	// ErrNotFound: no such officer, or no such session of the officer.
	ErrNotFound = errors.New("staff: no such officer")
	// ErrTaken: there is an officer with that id, or was.
	ErrTaken = errors.New("staff: the id is in use")
	// ErrStale: the account was changed by somebody else meanwhile.
	ErrStale = errors.New("staff: the account was changed meanwhile")
	// ErrRefused: not let in. It says nothing of what was wrong.
	ErrRefused = errors.New("staff: name, passphrase or code is wrong")
	// ErrSignedOut: there is no session, or it has ended.
	ErrSignedOut = errors.New("staff: not signed in")
	// ErrNoInvitation: the link was used, has run out or never was.
	ErrNoInvitation = errors.New("staff: the invitation does not hold")
	// ErrBadCode: the one-time code of the first sign-in is not the
	// authenticator's.
	ErrBadCode = errors.New("staff: not the code of this authenticator")
	// ErrNeeded: a case that is kept would lose the last officer who may take
	// it in or handle it.
	ErrNeeded = errors.New("staff: a case would be left without an officer")
)

// Wait is the error of a try that comes too early.
type Wait struct{ For time.Duration }

// Error implements error.
func (w *Wait) Error() string { return fmt.Sprintf("staff: too many tries, wait %s", w.For) }
