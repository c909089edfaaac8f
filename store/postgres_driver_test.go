package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"testing"
)

// What is kept in a column comes back from both databases as it was written.
func TestValuesComeBackAsTheyWereWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		tamper(t, db, `create table kept (n bigint not null primary key, words text, raw bytea)`)
		for i, row := range []struct{ words, raw any }{
			{"招生", []byte{0, 1, '\\', 0xff}}, {"", []byte{}}, {nil, nil}, {`\x41'"`, []byte(`\x41`)}, {"x", bytes.Repeat([]byte{7}, 1<<20)},
		} {
			n := int64(i) - 1<<62
			tamper(t, db, `insert into kept (n, words, raw) values ($1, $2, $3)`, n, row.words, row.raw)
			var words sql.NullString
			var raw []byte
			err := db.sql.QueryRowContext(t.Context(), `select words, raw from kept where n = $1`, n).Scan(&words, &raw)
			want, _ := row.raw.([]byte)
			if err != nil || words.Valid != (row.words != nil) || row.words != nil && words.String != row.words || !bytes.Equal(raw, want) {
				t.Errorf("row %d: %v, %d bytes, %v", i, words, len(raw), err)
			}
		}
	})
}

// A commit of what the server has rolled back is no success.
func TestACommitThatKeepsNothingFails(t *testing.T) {
	db := open(t, newPostgres(t))
	tx, err := db.sql.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), `insert into marks (name, value) values ($1, $2)`, "a", nil); err == nil {
		t.Error("a value that may not be null is null")
	}
	if err := tx.Commit(); !errors.Is(err, errRolledBack) {
		t.Errorf("commit: %v, want %v", err, errRolledBack)
	}
	if err := db.SetMark(t.Context(), "a", "b"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// A statement is prepared again when its tables have changed, and when there
// are too many.
func TestStatementsArePreparedAgain(t *testing.T) {
	db := open(t, newPostgres(t))
	db.sql.SetMaxOpenConns(1)
	tamper(t, db, `create table moved (a bigint)`)
	look := func() error {
		rows, err := db.sql.QueryContext(t.Context(), `select * from moved where a > $1`, 0)
		if err != nil {
			return err
		}
		defer rows.Close() // rows.Err says it
		for rows.Next() {
		}
		return rows.Err()
	}
	if err := look(); err != nil {
		t.Fatal(err)
	}
	tamper(t, db, `alter table moved add column b text`)
	_ = look() // the server refuses it once
	if err := look(); err != nil {
		t.Errorf("after the change: %v", err)
	}
	for i := range 2 * mostPrepared {
		var n int
		if err := db.sql.QueryRowContext(t.Context(), fmt.Sprintf(`select %d + $1::bigint`, i), 1).Scan(&n); err != nil || n != i+1 {
			t.Fatalf("statement %d: %d, %v", i, n, err)
		}
	}
}

// What never reached a server, because it ended the connection, is done on
// another connection, whether it reads or writes, the first time or again.
func TestWhatWasNotSentIsTriedAgain(t *testing.T) {
	c := newPostgres(t)
	db, other := open(t, c), open(t, c)
	db.sql.SetMaxOpenConns(1)
	end := func() {
		t.Helper()
		var pid int
		if err := db.sql.QueryRowContext(t.Context(), `select pg_backend_pid() + $1`, 0).Scan(&pid); err != nil {
			t.Fatal(err)
		}
		tamper(t, other, `select pg_terminate_backend($1, 5000)`, pid)
	}
	reads := func() error {
		rows, err := db.sql.QueryContext(t.Context(), `select number from migrations where number > $1`, 0)
		if err != nil {
			return err
		}
		defer rows.Close() // rows.Err says it
		n := 0
		for rows.Next() {
			n++
		}
		if rows.Err() == nil && n != len(released()) {
			t.Errorf("%d rows", n)
		}
		return rows.Err()
	}
	for name, do := range map[string]func() error{
		"reading": reads,
		"one row": func() error { _, err := db.Mark(t.Context(), "a"); return err },
		"writing": func() error { return db.SetMark(t.Context(), "a", "b") },
	} {
		for _, which := range []string{"the first time", "again"} {
			end()
			if err := do(); err != nil {
				t.Errorf("%s %s: %v", name, which, err)
			}
		}
	}
}
