package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"modernc.org/sqlite"
)

// filename of the database in the data folder.
const filename = "yangguang.db"

// openSQLite opens the file in the folder, making both when they are missing.
func openSQLite(ctx context.Context, folder string) (*DB, error) {
	path, err := filepath.Abs(filepath.Join(folder, filename))
	if err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	// As SQLite does by itself where it is built in C: as durable, and half the
	// wait. Where there is none, the setting fails and nothing is lost.
	sqlite.Fdatasync(true) //nolint:errcheck // see above
	connector, err := sqlite.NewConnector(sqliteAddress(path))
	if err != nil {
		return nil, err
	}
	db := &DB{
		sql: sql.OpenDB(connector), turn: make(chan struct{}, 1), tidying: make(chan struct{}, 1),
		folder: filepath.Dir(path), spare: spare, unsent: unsent{most: unsentMost},
	}
	db.sql.SetMaxOpenConns(5) // the pen and four
	db.sql.SetMaxIdleConns(5)
	if err := db.insistOnWAL(ctx); err != nil {
		db.sql.Close() // the first error is the one to tell
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return db, nil
}

// makeFile makes the folder 0700 and an empty file 0600; SQLite gives its
// -wal and -shm files the same mode. A file that exists is not even opened:
// closing it again would drop the locks this process holds on it.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return explain(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return explain(err)
	}
	return explain(f.Close())
}

// sqliteAddress: WAL lets others read while one writes; FULL syncs every
// commit; a transaction takes the write lock when it begins, so that it never
// fails half-way for having read something old; what is deleted is overwritten.
// The log is emptied after 16 MB, not 4: in that time a page that many cases
// touch is written back once.
func sqliteAddress(path string) string {
	query := url.Values{
		"_busy_timeout": {strconv.FormatInt(patience.Milliseconds(), 10)},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"},
		"_foreign_keys": {"on"},
		"_txlock":       {"immediate"},
		"_pragma":       {"secure_delete(on)", "wal_autocheckpoint(4000)"},
		"_dqs":          {"false"}, // "text" in double quotes is a column, as in PostgreSQL
		"_error_rc":     {"true"},
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

// insistOnWAL switches a new file to its log. While another process does the
// same SQLite does not wait, whatever the busy timeout.
func (db *DB) insistOnWAL(ctx context.Context) error {
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) { //nolint:forbidigo // how long we wait, no time of the domain
		err := db.checkWAL(ctx)
		if !errors.Is(err, ErrLocked) || time.Now().After(end) { //nolint:forbidigo // as above
			return err
		}
	}
}

// checkWAL refuses a folder (on some network drives) where SQLite quietly
// keeps another journal, with which two processes could not work together.
func (db *DB) checkWAL(ctx context.Context) error {
	var mode string
	if err := db.sql.QueryRowContext(ctx, `pragma journal_mode`).Scan(&mode); err != nil {
		return explain(err)
	}
	if mode != "wal" {
		return fmt.Errorf("%w: its file system does not support a write-ahead log", ErrDenied)
	}
	return nil
}

// flush empties the write-ahead log, which keeps what was deleted. Where others
// are reading it stays until it is written over: waiting for them would keep
// everybody from writing meanwhile.
func (db *DB) flush(ctx context.Context) {
	if db.turn == nil || db.takeTurn(ctx) != nil {
		return
	}
	defer db.endTurn()
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return
	}
	defer conn.Close() // back to the others
	_, err = conn.ExecContext(ctx, fmt.Sprintf(
		`pragma busy_timeout = 0; pragma wal_checkpoint(truncate); pragma busy_timeout = %d`, patience.Milliseconds()))
	if err != nil {
		conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // it is what closes it
	}
}
