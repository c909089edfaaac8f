package content

import "context"

// Shelf keeps the editions for good, in order and without gaps. Its two
// implementations (SQLite, PostgreSQL) are in room store; contenttest.Run is
// the suite that both pass.
type Shelf interface {
	// Head returns the number of the newest edition, 0 when there is none.
	Head(ctx context.Context) (int64, error)
	// Append stores e whole or not at all, as edition after+1, and returns it
	// with its number. When it returns nil the edition survives a crash. It
	// returns ErrStale, having stored nothing, if after is not the head.
	Append(ctx context.Context, after int64, e Edition) (Edition, error)
	// Editions returns the editions with after < number <= upto, in order. It
	// fails, and returns none, if one of them does not match its digest.
	Editions(ctx context.Context, after, upto int64) ([]Edition, error)
}
