// Package store keeps what must not be lost, in SQL: the editions of the record
// ([Shelf]), the cases of the complaint office ([Book]), the files sent with
// them ([Vault]), the officers ([Roll]), who has which duty of several programs
// ([DB.Lease]) and what a program notes for its next start ([DB.Mark]), one file
// per subject. [DB.Backup] copies all of it, [Restore] brings it back.
//
// The database is an SQLite file in the data folder, or PostgreSQL when its
// address is set. Every statement is written once, in the dialect both share:
// $1, on conflict, returning; bigint for numbers and for times (milliseconds
// UTC), text for words and dates, bytea for bytes. SQLite takes bytea as a
// column without a type of its own and keeps bytes as they are. Numbers are
// assigned by us: there is no identity column and no “for update”, and nothing
// that is shown is ordered by text, which the two compare differently. An
// “integer not null primary key” is the row itself in SQLite and has 31 bits in
// PostgreSQL: enough for what people do, not for what machines count.
//
// Several processes may have the database open, a server and a publishing
// command beside it. A write is one transaction ([DB.write]) and is on disk
// when it returns nil. What an operator can do something about comes back as
// one of the errors of this room, everything else is opaque.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"yangguang/complaint"
	"yangguang/staff"
)

// patience is how long a statement waits for another process's lock.
const patience = 5 * time.Second

// Config says where the database is.
type Config struct {
	// Folder is the data folder; the SQLite file yangguang.db is kept in it.
	// Both are made when missing, for their owner's eyes only.
	Folder string
	// URL is the address of a PostgreSQL database (postgres://…). When it is
	// set, Folder is not used.
	URL string
	// Erasing is called for a case in the transaction that destroys its key,
	// last before it is committed: an error stops the erasing. nil: nothing is.
	Erasing func(complaint.Number) error
	// Saving is called for an account in the transaction that keeps it, as it
	// will stand: an error stops the saving. nil: nothing is.
	Saving func(staff.Account) error
	// Reading: nothing is written, not even what a newer program's database has
	// more.
	Reading bool
}

// Made reports whether there is a database. Of a server it cannot tell.
func (c Config) Made() bool {
	_, err := os.Stat(filepath.Join(c.Folder, filename))
	return c.URL != "" || err == nil
}

// DB is an open database, with every migration applied. It may be used by
// several goroutines at once.
type DB struct {
	sql *sql.DB
	// exclude keeps other processes out of a migration's transaction; it is
	// empty where beginning a transaction already does.
	exclude string
	erasing func(complaint.Number) error // Config's, never nil
	saving  func(staff.Account) error    // the same
	damaged func(*complaint.Damaged)     // see PassOver
	// folder is where the file is, empty for a server; spare is what files
	// leave free there.
	folder string
	spare  uint64
	unsent unsent
	// turn is held while this process writes, where only one can: a fair wait,
	// which a database file does not have. Nil where several write at once.
	turn       chan struct{}
	pen        *pen // of who has the turn
	untidy     atomic.Int64
	tidying    chan struct{} // held while the log is tidied
	statements statements
	book       Book
}

// Open opens the database and applies the migrations it lacks. It returns
// [ErrNewer], having changed nothing, if a newer program has migrated it.
func Open(ctx context.Context, c Config) (*DB, error) {
	open := func() (*DB, error) { return openSQLite(ctx, c.Folder) }
	if c.URL != "" {
		open = func() (*DB, error) { return openPostgres(c.URL) }
	}
	db, err := open()
	if err != nil {
		return nil, err
	}
	if db.erasing = c.Erasing; db.erasing == nil {
		db.erasing = func(complaint.Number) error { return nil }
	}
	if db.saving = c.Saving; db.saving == nil {
		db.saving = func(staff.Account) error { return nil }
	}
	db.book = Book{db, newFilings()}
	if c.Reading {
		return db, nil
	}
	if err := db.migrate(ctx, released()); err != nil {
		db.sql.Close() // the first error is the one to tell
		return nil, err
	}
	return db, nil
}

// Close waits for what is being written and for statements that run, and closes
// the database.
func (db *DB) Close() error {
	if db.turn != nil {
		db.tidying <- struct{}{}
		defer func() { <-db.tidying }()
		db.turn <- struct{}{}
		defer db.endTurn()
		db.dropPen()
	}
	return explain(db.sql.Close())
}

// PassOver makes lists of cases leave out what cannot be read, and tells of it
// each time. Without it, or where a whole database is checked, a list fails. It
// is called before the database is used by several.
func (db *DB) PassOver(tell func(*complaint.Damaged)) { db.damaged = tell }

// passed reports whether an error is that of one case which is passed over.
func (db *DB) passed(err error) bool {
	d, ok := errors.AsType[*complaint.Damaged](err)
	if !ok || db.damaged == nil {
		return false
	}
	db.damaged(d)
	return true
}

// Shelf returns the shelf of editions.
func (db *DB) Shelf() *Shelf { return &Shelf{db: db} }

// write runs f in one transaction. When it returns nil, what f did is on disk;
// when f or the commit fails, nothing of it is.
func (db *DB) write(ctx context.Context, f func(*sql.Tx) error) error {
	if err := db.takeTurn(ctx); err != nil {
		return err
	}
	defer db.endTurn()
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := f(tx); err != nil {
		return explain(err)
	}
	return explain(tx.Commit())
}

// takeTurn waits until no other goroutine writes, as long as for another
// process's lock.
func (db *DB) takeTurn(ctx context.Context) error {
	if db.turn == nil {
		return nil
	}
	select {
	case db.turn <- struct{}{}:
		return nil
	default:
	}
	patient := time.NewTimer(patience)
	defer patient.Stop()
	select {
	case db.turn <- struct{}{}:
		return nil
	case <-patient.C:
		return fmt.Errorf("%w: it is this one", ErrLocked)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (db *DB) endTurn() {
	if db.turn != nil {
		<-db.turn
	}
}
