package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/content"
)

// Shelf keeps the editions; it is a [content.Shelf]. The number of the newest
// one is a row that an appending transaction moves on, so two can never take
// the same number and a follower never sees 7 before 6 is there.
type Shelf struct{ db *DB }

var _ content.Shelf = (*Shelf)(nil)

// Head returns the number of the newest edition, 0 when there is none.
func (s *Shelf) Head(ctx context.Context) (n int64, err error) {
	err = s.db.sql.QueryRowContext(ctx, `select head from shelf`).Scan(&n)
	return n, explain(err)
}

// Append stores e whole or not at all, as edition after+1.
func (s *Shelf) Append(ctx context.Context, after int64, e content.Edition) (content.Edition, error) {
	changes, err := proofread(e)
	if err != nil {
		return content.Edition{}, err
	}
	e.At = e.At.Truncate(time.Millisecond)
	err = s.db.write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx,
			`update shelf set head = head + 1 where head = $1 returning head`, after).Scan(&e.Number)
		if errors.Is(err, sql.ErrNoRows) {
			return content.ErrStale
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			insert into editions (number, origin, published_at, published_by, approved_by, note, digest, changes)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			e.Number, string(e.Origin), e.At.UnixMilli(), e.By, e.ApprovedBy, e.Note, content.Digest(changes), changes)
		return err
	})
	if err != nil {
		return content.Edition{}, err
	}
	return e, nil
}

// proofread returns the canonical bytes of an edition, having read them back:
// an edition that cannot be read would close the shelf for good. PostgreSQL
// keeps no text that is not UTF-8 or has a zero byte, so neither do we.
func proofread(e content.Edition) ([]byte, error) {
	for _, text := range []string{string(e.Origin), e.By, e.ApprovedBy, e.Note} {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return nil, fmt.Errorf("store: %q is not text", text)
		}
	}
	changes, err := e.Canonical()
	if err != nil {
		return nil, err
	}
	if _, err := content.ParseChanges(changes); err != nil {
		return nil, fmt.Errorf("store: the edition could not be read again: %w", err)
	}
	return changes, nil
}

// Editions returns the editions with after < number <= upto, in order, all of
// them right to the byte.
func (s *Shelf) Editions(ctx context.Context, after, upto int64) ([]content.Edition, error) {
	head, err := s.Head(ctx) // first: what is appended meanwhile only adds
	if err != nil {
		return nil, err
	}
	rows, err := s.db.sql.QueryContext(ctx, `
		select number, origin, published_at, published_by, approved_by, note, digest, changes
		from editions where number > $1 and number <= $2 order by number`, after, upto)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	next := max(after, 0) + 1
	var editions []content.Edition
	for ; rows.Next(); next++ {
		e, err := scanEdition(rows)
		if err != nil {
			return nil, err
		}
		if e.Number != next {
			break
		}
		editions = append(editions, e)
	}
	if err := rows.Err(); err != nil {
		return nil, explain(err)
	}
	if next <= min(upto, head) {
		return nil, fmt.Errorf("%w: edition %d is missing", ErrDamaged, next)
	}
	return editions, nil
}

// scanEdition reads a row and checks it. The bytes are parsed where the driver
// holds them: a large edition is in memory once, not twice.
func scanEdition(rows *sql.Rows) (e content.Edition, err error) {
	var at int64
	var digest string
	var changes sql.RawBytes
	err = rows.Scan(&e.Number, &e.Origin, &at, &e.By, &e.ApprovedBy, &e.Note, &digest, &changes)
	if err != nil {
		return e, explain(err)
	}
	e.At = time.UnixMilli(at).In(calendar.China)
	if content.Digest(changes) != digest {
		return e, fmt.Errorf("%w: edition %d does not match its digest", ErrDamaged, e.Number)
	}
	// It was proofread, and not a byte has changed: only a newer program can
	// have stored what this one cannot read.
	if e.Changes, err = content.ParseChanges(changes); err != nil {
		return e, fmt.Errorf("%w: edition %d: %v", ErrNewer, e.Number, err)
	}
	return e, nil
}
