package store

import (
	"fmt"
	"os"
	"testing"

	"yangguang/realtest"
)

// TestMain: the test binary also plays the other process (see kill_test.go).
func TestMain(m *testing.M) {
	name := os.Getenv(childPlays)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := play(name); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The two databases, new and empty.
func newSQLite(t testing.TB) Config   { return Config{Folder: t.TempDir()} }
func newPostgres(t testing.TB) Config { return Config{URL: realtest.Postgres(t)} }

// onBoth runs a test on an SQLite file and on a real PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, c Config)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newSQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, newPostgres(t)) })
}

// open opens the database until the test ends.
func open(t testing.TB, c Config) *DB {
	t.Helper()
	db := openOnly(t, c)
	t.Cleanup(func() { closeNow(t, db) })
	return db
}

func openOnly(t testing.TB, c Config) *DB {
	t.Helper()
	db, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func closeNow(t testing.TB, db *DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

// tamper runs a statement behind the room's back.
func tamper(t testing.TB, db *DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.sql.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
