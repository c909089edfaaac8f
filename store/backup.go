package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

var (
	// ErrExists: a backup never takes the place of a file.
	ErrExists = errors.New("store: the file exists")
	// ErrServed: a database server is backed up with its own programs.
	ErrServed = errors.New("store: backed up with the database server's own programs")
)

// Backup writes the database as it stands at one moment to a new file that only
// its owner can read, beside whatever else reads and writes. Drafts with their
// files and the sessions of the desk are left out: they live for days, a backup
// for years, and one that was given up must not come back. When it returns nil the file is on disk and was
// read back whole.
func (db *DB) Backup(ctx context.Context, path string) (err error) {
	if db.exclude != "" {
		return ErrServed
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	if err := reserve(path); err != nil {
		return err
	}
	part := path + ".part"
	defer func() {
		if err != nil {
			os.Remove(part)
			os.Remove(path)
		}
	}()
	if err := reserve(part); err != nil {
		return err
	}
	if _, err := db.sql.ExecContext(ctx, `vacuum into $1`, part); err != nil {
		return explain(err)
	}
	if err := forgetTalks(ctx, part); err != nil {
		return err
	}
	if err := inspect(ctx, part); err != nil {
		return err
	}
	return settleFile(part, path)
}

// reserve makes an empty file that was not there.
func reserve(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: %s", ErrExists, path)
	}
	if err != nil {
		return explain(err)
	}
	return explain(f.Close())
}

// settleFile renames a whole file and makes both last.
func settleFile(from, to string) error {
	f, err := os.OpenFile(from, os.O_RDWR, 0)
	if err != nil {
		return explain(err)
	}
	if err := errors.Join(f.Sync(), f.Close(), os.Rename(from, to)); err != nil {
		return explain(err)
	}
	d, err := os.Open(filepath.Dir(to))
	if err != nil {
		return explain(err)
	}
	return explain(errors.Join(d.Sync(), d.Close()))
}

// Restore puts a backup into a folder in which no database is. Prepare is given
// the database, opened and migrated, before it is put in place. Restore returns
// [ErrDamaged] for a file that is no whole backup, [ErrNewer] for that of a
// newer program, [ErrExists] where there is a database, and what prepare
// returns; then the folder is as it was.
func Restore(ctx context.Context, file, folder string, prepare func(*DB) error) (err error) {
	path := filepath.Join(folder, filename)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fmt.Errorf("%w: %s", ErrExists, path), err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return explain(err)
	}
	work, err := os.MkdirTemp(folder, "restoring-*")
	if err != nil {
		return explain(err)
	}
	defer os.RemoveAll(work) // what is left of it
	made := filepath.Join(work, filename)
	if err := copyFile(file, made); err != nil {
		return err
	}
	if err := inspect(ctx, made); err != nil {
		return err
	}
	db, err := Open(ctx, Config{Folder: work})
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code() == sqlite3.SQLITE_ERROR {
		return fmt.Errorf("%w: %s: %v", ErrDamaged, file, err) // its tables are not what they were
	}
	if err != nil {
		return err
	}
	if err := errors.Join(prepare(db), db.Close()); err != nil { // closing brings the log into the file
		return err
	}
	if _, err := os.Lstat(made + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fmt.Errorf("%w: %s: its log is not empty", ErrLocked, made), err)
	}
	return settleFile(made, path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return explain(err)
	}
	defer in.Close() // it is only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return explain(err)
	}
	_, err = io.Copy(out, in)
	return explain(errors.Join(err, out.Close()))
}

// inspect reads a database file from end to end without writing to it.
func inspect(ctx context.Context, path string) error {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	connector, err := sqlite.NewConnector((&url.URL{Scheme: "file", Path: absolute, RawQuery: "mode=ro&immutable=1"}).String())
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close() // it is only read
	db.SetMaxOpenConns(1)
	var verdict string
	if err := db.QueryRowContext(ctx, `pragma integrity_check(1)`).Scan(&verdict); err != nil {
		return explain(err)
	}
	var broken, migrations int
	err = db.QueryRowContext(ctx, `select count(*) from pragma_foreign_key_check`).Scan(&broken)
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code() == sqlite3.SQLITE_ERROR {
		return fmt.Errorf("%w: %s: %v", ErrDamaged, path, err) // its tables are not what they were
	}
	if err != nil {
		return explain(err)
	}
	// A file of another program, or an empty one, has no such table.
	err = db.QueryRowContext(ctx, `select count(*) from migrations`).Scan(&migrations)
	if ctx.Err() == nil && (err != nil || verdict != "ok" || broken > 0 || migrations == 0) {
		return fmt.Errorf("%w: %s: %s", ErrDamaged, path, verdict)
	}
	return explain(err)
}
