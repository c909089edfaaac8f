package staff

import (
	"context"
	"time"
)

// Roll keeps the accounts and the sessions. Its implementations are [Memory]
// and those of room store; stafftest.Run is the suite that all pass. Times are
// kept to the millisecond. What a method returns belongs to the caller.
type Roll interface {
	// Accounts returns all accounts, sorted by the officers' ids.
	Accounts(ctx context.Context) ([]Account, error)
	// Account returns the account of that officer, or ErrNotFound.
	Account(ctx context.Context, id string) (Account, error)
	// Invited returns the account whose invitation has that hash, or
	// ErrNotFound.
	Invited(ctx context.Context, hash []byte) (Account, error)
	// Add keeps a new account, as version 1. It returns ErrTaken, having stored
	// nothing, if there is one of that id.
	Add(ctx context.Context, a Account) error
	// Save keeps a in place of the version that a was read as. It returns
	// ErrStale, having stored nothing, if that is no longer the newest, and
	// ErrNotFound if there is no such account.
	Save(ctx context.Context, a Account) error

	// Begin keeps a new session.
	Begin(ctx context.Context, s Session) error
	// Session returns the session with that hash, or ErrNotFound.
	Session(ctx context.Context, hash []byte) (Session, error)
	// Sessions returns all sessions of the officer that are remembered, newest
	// first.
	Sessions(ctx context.Context, officer string) ([]Session, error)
	// Seen notes that the session was used. It never turns the clock back and
	// does nothing for a session that is not there.
	Seen(ctx context.Context, hash []byte, at time.Time) error
	// End ends a session of the officer, and does nothing if it has been ended.
	// For a session that is not there or not the officer's it returns
	// ErrNotFound.
	End(ctx context.Context, officer string, hash []byte, at time.Time) error
	// EndOthers ends all sessions of the officer but the one with that hash.
	EndOthers(ctx context.Context, officer string, but []byte, at time.Time) error
	// Forget forgets the sessions that began before the given time.
	Forget(ctx context.Context, before time.Time) error
}
