package store

import (
	"context"
	"database/sql"
	"sync"
)

// statements are those that read the book, which a page of the queue waits for:
// SQLite reads the text of each once. (A connection to PostgreSQL does that by itself.)
type statements struct {
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

// statement returns the prepared statement of that text; nil: there is none,
// and the text is to be used.
func (db *DB) statement(ctx context.Context, text string) *sql.Stmt {
	if db.turn == nil {
		return nil
	}
	db.statements.mu.Lock()
	defer db.statements.mu.Unlock()
	if s := db.statements.prepared[text]; s != nil {
		return s
	}
	s, err := db.sql.PrepareContext(ctx, text)
	if err != nil {
		return nil // whoever uses the text sees why
	}
	if db.statements.prepared == nil {
		db.statements.prepared = map[string]*sql.Stmt{}
	}
	db.statements.prepared[text] = s
	return s
}

func (db *DB) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if s := db.statement(ctx, text); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return db.sql.QueryContext(ctx, text, args...)
}

func (db *DB) row(ctx context.Context, text string, args ...any) *sql.Row {
	if s := db.statement(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return db.sql.QueryRowContext(ctx, text, args...)
}
