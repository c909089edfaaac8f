package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// The migrations, one text for both databases, named 0001_subject.sql and so
// on without gaps. A released one is never edited (a test keeps their sums); a
// program must work with the next one applied or not, so that several
// instances can be replaced one after the other.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step; its number is its place in the list.
type migration struct{ name, text string }

// released returns the migrations that this program carries, in order.
func released() []migration {
	entries, err := fs.ReadDir(migrationFiles, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	var all []migration
	for _, e := range entries {
		text, err := migrationFiles.ReadFile("migrations/" + e.Name())
		if err != nil {
			panic(err)
		}
		all = append(all, migration{e.Name(), string(text)})
	}
	return all
}

// migrate applies what the database lacks of the migrations, each in a
// transaction of its own that also notes its number. Of several processes that
// start at once one applies a step and the others find it done.
func (db *DB) migrate(ctx context.Context, all []migration) error {
	// Most starts find all of them there, and need not wait for who is writing.
	var there int
	err := db.sql.QueryRowContext(ctx, `select max(number) from migrations`).Scan(&there)
	if err == nil && there == len(all) {
		return nil
	}
	for done := false; !done; {
		err := db.write(ctx, func(tx *sql.Tx) (err error) {
			done, err = db.step(ctx, tx, all)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// step applies the next migration; done says that there is none.
func (db *DB) step(ctx context.Context, tx *sql.Tx, all []migration) (done bool, err error) {
	if _, err := tx.ExecContext(ctx, db.exclude); err != nil {
		return false, err
	}
	applied, err := applied(ctx, tx)
	switch {
	case err != nil:
		return false, err
	case applied > len(all):
		return false, fmt.Errorf("%w: it has migration %d, this program knows %d", ErrNewer, applied, len(all))
	case applied == len(all):
		return true, nil
	}
	next := all[applied]
	if _, err := tx.ExecContext(ctx, next.text); err != nil {
		return false, fmt.Errorf("migration %s: %w", next.name, err)
	}
	_, err = tx.ExecContext(ctx, `insert into migrations (number, name) values ($1, $2)`, applied+1, next.name)
	return false, err
}

// applied returns the number of the last migration applied.
func applied(ctx context.Context, tx *sql.Tx) (n int, err error) {
	_, err = tx.ExecContext(ctx, `create table if not exists migrations (number bigint not null primary key, name text not null)`)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `select coalesce(max(number), 0) from migrations`).Scan(&n)
	return n, err
}
