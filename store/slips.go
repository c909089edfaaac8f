package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"yangguang/bot"
)

// Slips keeps one-time links; it is a [bot.Slips].
type Slips struct{ db *DB }

var _ bot.Slips = (*Slips)(nil)

// Slips returns the one-time links.
func (db *DB) Slips() *Slips { return &Slips{db: db} }

// Keep keeps a slip until then.
func (s *Slips) Keep(ctx context.Context, digest, sealed []byte, until time.Time) error {
	return notKept(s.db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into slips (digest, sealed, until) values ($1, $2, $3)`, digest, sealed, stamp(until))
		return err
	}))
}

// Look returns what is kept.
func (s *Slips) Look(ctx context.Context, digest []byte, now time.Time) ([]byte, error) {
	return scanSlip(s.db.row(ctx, `select sealed from slips where digest = $1 and until > $2`, digest, stamp(now)))
}

// Take returns what is kept, to one.
func (s *Slips) Take(ctx context.Context, digest []byte, now time.Time) (sealed []byte, err error) {
	err = s.db.write(ctx, func(tx *sql.Tx) error {
		sealed, err = scanSlip(tx.QueryRowContext(ctx, `delete from slips where digest = $1 and until > $2 returning sealed`, digest, stamp(now)))
		return err
	})
	return sealed, notKept(err)
}

func scanSlip(row *sql.Row) (sealed []byte, err error) {
	err = row.Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, bot.ErrNone
	}
	return sealed, explain(err)
}

// Sweep forgets those whose time is over.
func (s *Slips) Sweep(ctx context.Context, now time.Time) (int, error) {
	return s.db.sweep(ctx, `delete from slips where until < $1`, now)
}
