package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
)

// Vault keeps the files that came with complaints; it is an [evidence.Vault].
// A chunk is a transaction of its own, so that others write between the chunks
// of a large file; a file is kept by the one row that says so.
type Vault struct{ db *DB }

var _ evidence.Vault = (*Vault)(nil)

// Vault returns the vault of evidence.
func (db *DB) Vault() *Vault { return &Vault{db: db} }

// Begin makes room for a file that arrives.
func (v *Vault) Begin(ctx context.Context, draft, file string, at time.Time) error {
	if err := v.db.roomForFiles(); err != nil {
		return err
	}
	if err := v.roomForDrafts(ctx, draft, at); err != nil {
		return err
	}
	return v.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			insert into evidence (id, draft, begun_at, kept_at, kind, size, sha256, clean)
			values ($1, $2, $3, 0, '', 0, '', 0)`, file, draft, at.UnixMilli())
		return err
	})
}

// Put stores a chunk of a file that arrives.
func (v *Vault) Put(ctx context.Context, c evidence.Chunk) error {
	if err := v.db.roomForFiles(); err != nil {
		return err
	}
	return v.write(ctx, func(tx *sql.Tx) error {
		var arriving int
		err := tx.QueryRowContext(ctx, `select count(*) from evidence where id = $1 and kept_at = 0`, c.File).Scan(&arriving)
		if err != nil {
			return err
		}
		if arriving == 0 {
			return evidence.ErrGone
		}
		_, err = tx.ExecContext(ctx, `
			insert into evidence_chunks (file, copy, n, last, sealed) values ($1, $2, $3, $4, $5)`,
			c.File, string(c.Copy), c.N, bit(c.Last), c.Sealed)
		return err
	})
}

// Keep makes a file whose chunks are stored one that is kept.
func (v *Vault) Keep(ctx context.Context, draft string, e complaint.Evidence, most int, at time.Time) (kept complaint.Evidence, err error) {
	err = v.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			insert into evidence_drafts (draft, turns) values ($1, 1)
			on conflict (draft) do update set turns = evidence_drafts.turns + 1`, draft)
		if err != nil {
			return err
		}
		had, err := keptFiles(ctx, tx, draft)
		if err != nil {
			return err
		}
		for _, kept = range had {
			if kept.SHA256 == e.SHA256 && kept.ID != e.ID {
				return removeFile(ctx, tx, draft, e.ID)
			}
		}
		if kept = e; len(had) >= most {
			return &evidence.Refused{Why: evidence.TooMany}
		}
		n, err := changed(tx.ExecContext(ctx, `
			update evidence set kept_at = $3, kind = $4, size = $5, sha256 = $6, clean = $7
			where id = $1 and draft = $2 and kept_at = 0`,
			e.ID, draft, at.UnixMilli(), string(e.Kind), e.Size, e.SHA256, bit(e.Clean)))
		if err == nil && n == 0 {
			err = evidence.ErrGone
		}
		return err
	})
	if err != nil {
		return complaint.Evidence{}, err
	}
	return kept, nil
}

// Kept returns the files that are kept of a draft.
func (v *Vault) Kept(ctx context.Context, draft string) ([]complaint.Evidence, error) {
	kept, err := keptFiles(ctx, v.db.sql, draft)
	return kept, explain(err)
}

// asker is a database or a transaction.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func keptFiles(ctx context.Context, in asker, draft string) ([]complaint.Evidence, error) {
	rows, err := in.QueryContext(ctx, `
		select id, kind, size, sha256, clean from evidence
		where draft = $1 and kept_at > 0 order by begun_at, kept_at`, draft)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // rows.Err says it
	var out []complaint.Evidence
	for rows.Next() {
		var e complaint.Evidence
		var clean int
		if err := rows.Scan(&e.ID, &e.Kind, &e.Size, &e.SHA256, &clean); err != nil {
			return nil, err
		}
		e.Clean = clean == 1
		out = append(out, e)
	}
	return out, rows.Err()
}

// Chunk returns the chunk at a place.
func (v *Vault) Chunk(ctx context.Context, draft string, at evidence.Place) (evidence.Chunk, error) {
	c := evidence.Chunk{Place: at}
	var last int
	err := v.db.sql.QueryRowContext(ctx, `
		select last, sealed from evidence_chunks
		where file = $1 and copy = $2 and n = $3 and file in (select id from evidence where draft = $4)`,
		at.File, string(at.Copy), at.N, draft).Scan(&last, &c.Sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return evidence.Chunk{}, evidence.ErrNotFound
	}
	if err != nil {
		return evidence.Chunk{}, explain(err)
	}
	c.Last = last == 1
	return c, nil
}

// Remove removes a file of a draft.
func (v *Vault) Remove(ctx context.Context, draft, file string) error {
	return v.write(ctx, func(tx *sql.Tx) error {
		return removeFile(ctx, tx, draft, file)
	})
}

// Drop removes all files of a draft.
func (v *Vault) Drop(ctx context.Context, draft string) error {
	return v.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `delete from evidence_drafts where draft = $1`, draft); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `delete from evidence where draft = $1`, draft)
		return err
	})
}

// Sweep removes what began to arrive before a moment and is not kept.
func (v *Vault) Sweep(ctx context.Context, before time.Time) (n int, err error) {
	err = v.write(ctx, func(tx *sql.Tx) error {
		n, err = changed(tx.ExecContext(ctx, `delete from evidence where kept_at = 0 and begun_at < $1`, before.UnixMilli()))
		return err
	})
	return n, err
}

// removeFile removes a file; its chunks go with it.
func removeFile(ctx context.Context, tx *sql.Tx, draft, file string) error {
	_, err := tx.ExecContext(ctx, `delete from evidence where id = $1 and draft = $2`, file, draft)
	return err
}

// write is the database's, with the error of the complaint office for what
// could not be stored.
func (v *Vault) write(ctx context.Context, f func(*sql.Tx) error) error {
	return notKept(v.db.write(ctx, f))
}

// changed returns how many rows a statement changed.
func changed(r sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}
