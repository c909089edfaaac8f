package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"time"

	"modernc.org/sqlite"

	"yangguang/bot"
)

// Talks keeps the conversations between their events; it is a [bot.Sessions].
type Talks struct{ db *DB }

var _ bot.Sessions = (*Talks)(nil)

// Talks returns the conversations.
func (db *DB) Talks() *Talks { return &Talks{db: db} }

// Load returns what is kept of the conversation, or bot.ErrNone.
func (t *Talks) Load(ctx context.Context, conv string) (bot.Session, error) {
	return scanTalk(t.db.row(ctx, `
		select revision, draft, wrapped, sealed, seen, expires_at from talks where conv = $1`, conv))
}

func scanTalk(row interface{ Scan(...any) error }) (s bot.Session, err error) {
	var seen string
	var expires int64
	err = row.Scan(&s.Revision, &s.Draft, &s.Key.Wrapped, &s.Sealed, &seen, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Session{}, bot.ErrNone
	}
	if err != nil {
		return bot.Session{}, explain(err)
	}
	s.Key.Of, s.Expires = s.Draft, moment(expires)
	return s, json.Unmarshal([]byte(seen), &s.Seen)
}

// Commit keeps s in place of the revision before it.
func (t *Talks) Commit(ctx context.Context, conv string, s bot.Session) error {
	seen, err := json.Marshal(s.Seen)
	if err != nil {
		return err
	}
	next := `update talks set revision = revision + 1, draft = $3, wrapped = $4, sealed = $5, seen = $6, expires_at = $7
		where conv = $1 and revision = $2`
	switch {
	case s.Revision == 1:
		next = `insert into talks (conv, revision, draft, wrapped, sealed, seen, expires_at)
			values ($1, $2 + 1, $3, $4, $5, $6, $7) on conflict (conv) do nothing`
	case !s.Begins():
		next += ` and draft = $3`
	}
	return notKept(t.db.write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, next, conv, s.Revision-1, s.Draft, s.Key.Wrapped, s.Sealed, string(seen), stamp(s.Expires))
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		if err != nil || n == 1 {
			return err
		}
		had, err := scanTalk(tx.QueryRowContext(ctx, `
			select revision, draft, wrapped, sealed, seen, expires_at from talks where conv = $1`, conv))
		if errors.Is(err, bot.ErrNone) {
			return bot.ErrStale
		}
		if err == nil && (had.Revision != s.Revision || had.Draft != s.Draft || !slices.Equal(had.Seen, s.Seen)) {
			err = bot.ErrStale
		}
		return err
	}))
}

// Drop forgets the conversation if it still has that revision. Nothing of it
// stays in the files.
func (t *Talks) Drop(ctx context.Context, conv string, revision int64) error {
	err := t.db.write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `delete from talks where conv = $1 and revision = $2`, conv, revision)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 1 {
			return err
		}
		var there int
		err = tx.QueryRowContext(ctx, `select count(*) from talks where conv = $1`, conv).Scan(&there)
		if err == nil && there > 0 {
			err = bot.ErrStale
		}
		return err
	})
	if err == nil {
		t.db.flush(context.WithoutCancel(ctx))
	}
	return err
}

// Expired returns up to limit conversations that expired before the given time.
func (t *Talks) Expired(ctx context.Context, before time.Time, limit int) ([]bot.Gone, error) {
	rows, err := t.db.sql.QueryContext(ctx, `
		select conv, revision, draft from talks where expires_at < $1 order by expires_at limit $2`, stamp(before), limit)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	var out []bot.Gone
	for rows.Next() {
		var g bot.Gone
		if err := rows.Scan(&g.Conv, &g.Revision, &g.Draft); err != nil {
			return nil, explain(err)
		}
		out = append(out, g)
	}
	return out, explain(rows.Err())
}

// forgetTalks takes the conversations, with the keys and the files of their
// drafts, out of a database file that nobody has open. So it does the sessions
// of the desk: one that was ended since must not come back.
func forgetTalks(ctx context.Context, path string) error {
	address := url.URL{Scheme: "file", Path: path, RawQuery: "_pragma=secure_delete(on)&_pragma=journal_mode(delete)&_pragma=foreign_keys(on)"}
	connector, err := sqlite.NewConnector(address.String())
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, `
		delete from talks;
		delete from desk_sessions;
		delete from outbox where id not like 'letter.%';
		delete from slips;
		delete from evidence where draft not in (select draft from cases);
		delete from evidence_drafts where draft not in (select draft from cases)`)
	return explain(errors.Join(err, db.Close()))
}
