package store

import (
	"context"
	"database/sql"
	"errors"
)

// Mark returns what was last noted under the name, or nothing.
func (db *DB) Mark(ctx context.Context, name string) (value string, err error) {
	err = db.sql.QueryRowContext(ctx, `select value from marks where name = $1`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, explain(err)
}

// Claim notes the value under the name if nothing is noted there yet, and
// returns what stands: of several that claim a name at once one wins.
func (db *DB) Claim(ctx context.Context, name, value string) (stands string, err error) {
	if stands, err = db.Mark(ctx, name); stands != "" || err != nil {
		return stands, err
	}
	err = db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into marks (name, value) values ($1, $2) on conflict (name) do nothing`, name, value)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `select value from marks where name = $1`, name).Scan(&stands)
	})
	return stands, err
}

// SetMark notes the value under the name, in place of what was noted before.
func (db *DB) SetMark(ctx context.Context, name, value string) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			insert into marks (name, value) values ($1, $2)
			on conflict (name) do update set value = excluded.value`, name, value)
		return err
	})
}
