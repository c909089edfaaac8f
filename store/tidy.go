package store

import (
	"context"
)

// SQLite writes its log back into the file in the commit that finds it long, and
// everybody waits while thousands of pages are written. Here it is done beside
// those who file: what they write meanwhile is little, and only for that, the
// last bit, they wait, so that the log begins anew in its place on the disk.
// Without luck the log grows on, and SQLite's own way is taken at 80 MB.

// The log is tidied after this many statements that write, about 2 pages each,
// and the last bit is this many or few tries came to more.
const (
	tidyAfter = 4000
	lastBit   = 150
	fewTries  = 4
)

// wrote counts what the pen wrote, and has the log tidied now and then.
func (db *DB) wrote(statements int64) {
	if db.untidy.Add(statements) < tidyAfter {
		return
	}
	select {
	case db.tidying <- struct{}{}:
		go func() {
			defer func() { <-db.tidying }()
			db.tidy(context.Background())
		}()
	default: // it is done already
	}
}

// tidy has the log written back. What fails is tried again later, by SQLite
// itself at the latest.
func (db *DB) tidy(ctx context.Context) {
	for range fewTries {
		db.untidy.Store(0)
		if db.checkpoint(ctx) != nil {
			return
		}
		if db.untidy.Load() <= lastBit {
			break
		}
	}
	if db.takeTurn(ctx) != nil {
		return
	}
	defer db.endTurn()
	db.untidy.Store(0)
	db.checkpoint(ctx) //nolint:errcheck // see above
}

func (db *DB) checkpoint(ctx context.Context) error {
	_, err := db.sql.ExecContext(ctx, `pragma wal_checkpoint(passive)`)
	return err
}
