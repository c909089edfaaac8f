package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"
)

// pen is the connection on which the book writes to a file. A transaction of
// database/sql starts goroutines and reads its statements anew, which takes as
// long as the disk; the pen has them ready. Whoever has the turn has the pen.
type pen struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	executed int64 // statements that write, in this transaction
}

// penSettings keep the pages at hand that a new case touches in the indexes: its
// number and its MAC stand anywhere in theirs. The log is tidied (tidy.go).
const penSettings = `pragma cache_size = -8000; pragma wal_autocheckpoint = 20000` // KiB, pages

// transaction is one of the book: on the pen, or one of database/sql.
type transaction struct {
	db  *DB
	pen *pen
	sql *sql.Tx
}

// writeBook is write for the book. A server that does not answer is given up:
// whoever leads waits for many.
func (db *DB) writeBook(ctx context.Context, f func(context.Context, transaction) error) error {
	if db.turn == nil {
		soon, cancel := context.WithTimeoutCause(ctx, 3*patience, ErrUnreachable)
		defer cancel()
		err := db.write(soon, func(tx *sql.Tx) error { return f(soon, transaction{db: db, sql: tx}) })
		if err != nil && errors.Is(context.Cause(soon), ErrUnreachable) {
			return fmt.Errorf("%w: %v", ErrUnreachable, err)
		}
		return err
	}
	if err := db.takeTurn(ctx); err != nil {
		return err
	}
	defer db.endTurn()
	if err := db.takePen(ctx); err != nil {
		return explain(err)
	}
	tx, done := transaction{db: db, pen: db.pen}, false
	db.pen.executed = 0
	defer func() {
		if !done {
			db.takeBack(context.WithoutCancel(ctx))
		}
	}()
	if _, err := tx.exec(ctx, `begin immediate`); err != nil {
		return explain(err)
	}
	if err := f(ctx, tx); err != nil {
		return explain(err)
	}
	if _, err := tx.exec(ctx, `commit`); err != nil {
		return explain(err)
	}
	done = true
	db.wrote(db.pen.executed)
	return nil
}

func (db *DB) takePen(ctx context.Context) error {
	if db.pen != nil {
		return nil
	}
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, penSettings); err != nil {
		return errors.Join(err, conn.Close())
	}
	db.pen = &pen{conn: conn, prepared: map[string]*sql.Stmt{}}
	return nil
}

// takeBack takes back what was written. Where there is nothing to take back
// something else went wrong, and the next one gets another pen.
func (db *DB) takeBack(ctx context.Context) {
	if _, err := db.pen.conn.ExecContext(ctx, `rollback`); err != nil {
		db.dropPen()
	}
}

// dropPen closes the pen's connection.
func (db *DB) dropPen() {
	if db.pen == nil {
		return
	}
	for _, s := range db.pen.prepared {
		s.Close()
	}
	db.pen.conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // it is what closes it
	db.pen = nil
}

func (tx transaction) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if tx.sql != nil {
		return tx.sql.ExecContext(ctx, text, args...)
	}
	s, err := tx.pen.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	tx.pen.executed++
	return s.ExecContext(ctx, args...)
}

func (tx transaction) row(ctx context.Context, text string, args ...any) *sql.Row {
	if tx.sql != nil {
		return tx.sql.QueryRowContext(ctx, text, args...)
	}
	s, err := tx.pen.statement(ctx, text)
	if err != nil {
		return tx.pen.conn.QueryRowContext(ctx, text, args...) // which says why
	}
	return s.QueryRowContext(ctx, args...)
}

func (p *pen) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := p.prepared[text]; s != nil {
		return s, nil
	}
	s, err := p.conn.PrepareContext(ctx, counted(text))
	if err == nil {
		p.prepared[text] = s
	}
	return s, err
}

var parameter = regexp.MustCompile(`\$[0-9]+`)

// counted returns the text with ? for each parameter if they stand in their
// order, once each: SQLite looks for those with a name at every execution.
func counted(text string) string {
	for i, p := range parameter.FindAllString(text, -1) {
		if p != fmt.Sprintf("$%d", i+1) {
			return text
		}
	}
	return parameter.ReplaceAllString(text, "?")
}
