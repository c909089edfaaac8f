package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"yangguang/content/contenttest"
	"yangguang/realtest"
)

// What only a server far away or a broken disk would say.
func TestExplain(t *testing.T) {
	for _, c := range []struct {
		name      string
		err, want error
	}{
		{"PostgreSQL: disk full", &pgconn.PgError{Code: "53100"}, ErrFull},
		{"PostgreSQL: whose disk", &pgconn.PgError{Code: "53100"}, ErrServerFull},
		{"PostgreSQL: too many connections", &pgconn.PgError{Code: "53300"}, ErrCrowded},
		{"PostgreSQL: wrong password", &pgconn.PgError{Code: "28P01"}, ErrUnreachable},
		{"PostgreSQL: which is why", &pgconn.PgError{Code: "28P01"}, ErrSignIn},
		{"PostgreSQL: shutting down", &pgconn.PgError{Code: "57P01"}, ErrUnreachable},
		{"PostgreSQL: a replica", &pgconn.PgError{Code: "25006"}, ErrDenied},
		{"PostgreSQL: no right to the table", &pgconn.PgError{Code: "42501"}, ErrDenied},
		{"PostgreSQL: a page is damaged", &pgconn.PgError{Code: "XX001"}, ErrDamaged},
		{"the quota is used up", &fs.PathError{Op: "open", Path: "x", Err: syscall.EDQUOT}, ErrFull},
		{"the connection breaks", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, ErrUnreachable},
		{"the server is gone in the middle of an answer", io.ErrUnexpectedEOF, ErrUnreachable},
		{"no right to the folder", &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, ErrDenied},
	} {
		if got := explain(fmt.Errorf("somewhere: %w", c.err)); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for _, err := range []error{nil, context.Canceled, sql.ErrNoRows, &pgconn.PgError{Code: "23505"}, &pgconn.PgError{Code: "57014"}} {
		if got := knownError(err); got != nil {
			t.Errorf("%v is taken for %v", err, got)
		}
	}
}

func TestNotADatabase(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"another kind of file": func([]byte) []byte { return []byte(strings.Repeat("招生任务\n", 500)) },
		"the second half gone": func(b []byte) []byte { return b[:len(b)/2] },
		"pages overwritten": func(b []byte) []byte {
			copy(b[4096:], strings.Repeat("\xff", len(b)-4096))
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newSQLite(t)
			path := filepath.Join(c.Folder, filename)
			db := openOnly(t, c)
			appendOne(t, db.Shelf(), 0)
			closeNow(t, db)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, spoil(whole), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := readAll(t, c); !errors.Is(err, ErrDamaged) {
				t.Errorf("%v, want ErrDamaged", err)
			}
		})
	}
}

// readAll opens the database and reads every edition.
func readAll(t *testing.T, c Config) (int, error) {
	db, err := Open(t.Context(), c)
	if err != nil {
		return 0, err
	}
	defer closeNow(t, db)
	all, err := db.Shelf().Editions(t.Context(), 0, 1000)
	return len(all), err
}

func appendOne(t *testing.T, s *Shelf, after int64) {
	t.Helper()
	if _, err := s.Append(t.Context(), after, contenttest.Edition("one", 20)); err != nil {
		t.Fatalf("append after %d: %v", after, err)
	}
}

// While another program holds the database, readers read on; an append says so
// in the end, or when its context ends, and stores nothing.
func TestLocked(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, c Config) {
		t.Parallel()
		db, other := open(t, c), open(t, c)
		s := db.Shelf()
		appendOne(t, s, 0)
		held, err := other.sql.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := held.ExecContext(t.Context(), `update shelf set head = head`); err != nil {
			t.Fatal(err)
		}

		soon, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := s.Append(soon, 1, contenttest.Edition("late", 1)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("append with a deadline: %v", err)
		}
		start := time.Now()
		if _, err := s.Append(t.Context(), 1, contenttest.Edition("late", 1)); !errors.Is(err, ErrLocked) {
			t.Errorf("append: %v, want ErrLocked", err)
		}
		if waited := time.Since(start); waited < patience/2 {
			t.Errorf("append waited %s, want about %s", waited, patience)
		}
		if head, err := s.Head(t.Context()); head != 1 || err != nil {
			t.Errorf("head = %d, %v; want 1", head, err)
		}
		if err := held.Rollback(); err != nil {
			t.Fatal(err)
		}
		appendOne(t, s, 1)
	})
}

// A server that cannot be reached, or an address that is none: the error says
// so and not the password.
func TestUnreachable(t *testing.T) {
	for _, c := range []struct {
		name, address string
		want          error
	}{
		{"nobody listens", "postgres://clerk:hunter2@127.0.0.1:1/yangguang", ErrUnreachable},
		{"not an address", "postgres://clerk:hunter2@127.0.0.1:port/yangguang", nil},
	} {
		_, err := Open(t.Context(), Config{URL: c.address})
		switch {
		case err == nil:
			t.Errorf("%s: opened", c.name)
		case c.want != nil && !errors.Is(err, c.want):
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		case strings.Contains(err.Error(), "hunter2"):
			t.Errorf("%s: the error tells the password: %v", c.name, err)
		}
	}
	missing := strings.Replace(realtest.Postgres(t), "/test", "/nosuch", 1)
	if _, err := Open(t.Context(), Config{URL: missing}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("no such database: %v, want ErrUnreachable", err)
	}
}

// A server that goes away during a write says so; when it is back, so are we.
func TestConnectionCut(t *testing.T) {
	db := open(t, newPostgres(t))
	err := db.write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `update shelf set head = 7`)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(t.Context(), `select pg_terminate_backend(pg_backend_pid())`)
		return err
	})
	if !errors.Is(err, ErrUnreachable) {
		t.Errorf("%v, want ErrUnreachable", err)
	}
	appendOne(t, db.Shelf(), 0)
}

// A server that takes a write and never answers is given up.
func TestServerHangs(t *testing.T) {
	t.Parallel()
	b := open(t, newPostgres(t)).Book()
	err := b.db.writeBook(t.Context(), func(ctx context.Context, tx transaction) error {
		_, err := tx.exec(ctx, `select pg_sleep(100)`)
		return err
	})
	if !errors.Is(err, ErrUnreachable) {
		t.Errorf("%v, want ErrUnreachable", err)
	}
	if _, err := b.File(t.Context(), newFiling(1)); err != nil {
		t.Errorf("filing afterwards: %v", err)
	}
}
