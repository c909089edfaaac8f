package store

import (
	"context"
	"fmt"
	"os"
	"testing"

	"yangguang/realtest"
)

// TestMain: the test binary also plays the other process (see kill_test.go).
func TestMain(m *testing.M) {
	if os.Getenv(childFolder)+os.Getenv(childURL) != "" {
		if err := appendForEver(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// The two databases, new and empty.
func newSQLite(t testing.TB) Config   { return Config{Folder: t.TempDir()} }
func newPostgres(t testing.TB) Config { return Config{URL: realtest.Postgres(t)} }

// onBoth runs a test on an SQLite file and on a real PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, c Config)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newSQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, newPostgres(t)) })
}

// open opens the database and closes it when the test ends.
func open(t testing.TB, c Config) *DB {
	t.Helper()
	db, err := Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// exec runs a statement behind the room's back.
func exec(t testing.TB, db *DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.sql.ExecContext(context.Background(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
