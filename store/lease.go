package store

import (
	"context"
	"database/sql"
	"time"
)

// Lease gives the holder the lease of that name for a term from now, if it is
// free, has run out or is the holder's already, and reports whether the holder
// has it now. A term of zero gives it back. The clocks of those who take turns
// must agree to much less than a term.
func (db *DB) Lease(ctx context.Context, name, holder string, term time.Duration, now time.Time) (mine bool, err error) {
	err = db.write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `
			insert into leases (name, holder, until) values ($1, $2, $3)
			on conflict (name) do update set holder = excluded.holder, until = excluded.until
			where leases.holder = excluded.holder or leases.until <= $4`,
			name, holder, now.Add(term).UnixMilli(), now.UnixMilli())
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		mine = n == 1 && term > 0
		return err
	})
	return mine && err == nil, err
}
