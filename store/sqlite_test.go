package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestPrivateFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "data")
	db := open(t, Config{Folder: folder})
	appendOne(t, db.Shelf(), 0)
	for name, want := range map[string]fs.FileMode{
		".": fs.ModeDir | 0o700, "..": fs.ModeDir | 0o700,
		filename: 0o600, filename + "-wal": 0o600, filename + "-shm": 0o600,
	} {
		stat, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Error(err)
		} else if stat.Mode() != want {
			t.Errorf("%s is %s, want %s", name, stat.Mode(), want)
		}
	}
}

// A folder is not an address: nothing in its name has a meaning.
func TestFolderNames(t *testing.T) {
	for _, name := range []string{"数据 2022", "a?mode=memory", "50%25", "#1", "a&b=c", "file:x"} {
		c := Config{Folder: filepath.Join(t.TempDir(), name)}
		db := openOnly(t, c)
		appendOne(t, db.Shelf(), 0)
		closeNow(t, db)
		if n, err := readAll(t, c); n != 1 || err != nil {
			t.Errorf("%q: %d editions, %v", name, n, err)
		}
		if _, err := os.Stat(filepath.Join(c.Folder, filename)); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestFolderIsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Config{Folder: file}); !errors.Is(err, ErrDenied) {
		t.Errorf("%v, want ErrDenied", err)
	}
}

// Every connection of the pool keeps a commit over a power cut and checks
// foreign keys.
func TestSQLiteSettings(t *testing.T) {
	db := open(t, newSQLite(t))
	for range 4 {
		c, err := db.sql.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close() // the pool is closed after it
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		} {
			var got string
			if err := c.QueryRowContext(t.Context(), "pragma "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s = %s, %v; want %s", pragma, got, err, want)
			}
		}
	}
}

// A transaction that reads before it writes is not refused for what another
// has written in between: it waits for its turn when it begins.
func TestTransactionsTakeTurns(t *testing.T) {
	c := newSQLite(t)
	db, other := open(t, c), open(t, c)
	tx, err := db.sql.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := other.write(soon, func(*sql.Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second transaction began beside the first: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
}

func TestPostgresSettings(t *testing.T) {
	c := newPostgres(t)
	c.URL += "&options=-csynchronous_commit%3Doff%20-cdefault_transaction_isolation%3Dserializable"
	db := open(t, c)
	for setting, want := range map[string]string{
		"synchronous_commit": "on", "transaction_isolation": "read committed", "lock_timeout": "5s",
	} {
		var got string
		if err := db.sql.QueryRowContext(t.Context(), "show "+setting).Scan(&got); err != nil || got != want {
			t.Errorf("%s = %s, %v; want %s", setting, got, err, want)
		}
	}
}
