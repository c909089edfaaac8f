package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"yangguang/staff"
)

const sessionColumns = `hash, officer, epoch, device, place, began_at, seen_at, ended_at`

// Begin keeps a new session.
func (r *Roll) Begin(ctx context.Context, s staff.Session) error {
	return r.run(ctx, `insert into desk_sessions (`+sessionColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.Hash, s.Officer, s.Epoch, s.Device, s.Place, stamp(s.Began), stamp(s.Seen), stamp(s.Ended))
}

// Session returns the session with that hash.
func (r *Roll) Session(ctx context.Context, hash []byte) (staff.Session, error) {
	return scanSession(r.db.sql.QueryRowContext(ctx, `select `+sessionColumns+` from desk_sessions where hash = $1`, hash))
}

// Sessions returns the sessions of the officer, newest first.
func (r *Roll) Sessions(ctx context.Context, officer string) ([]staff.Session, error) {
	rows, err := r.db.sql.QueryContext(ctx, `
		select `+sessionColumns+` from desk_sessions where officer = $1 order by began_at desc, hash`, officer)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	var all []staff.Session
	for rows.Next() {
		s, err := scanSession(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, explain(rows.Err())
}

func scanSession(row interface{ Scan(...any) error }) (s staff.Session, err error) {
	var began, seen, ended int64
	err = row.Scan(&s.Hash, &s.Officer, &s.Epoch, &s.Device, &s.Place, &began, &seen, &ended)
	if errors.Is(err, sql.ErrNoRows) {
		return s, staff.ErrNotFound
	}
	s.Began, s.Seen, s.Ended = moment(began), moment(seen), moment(ended)
	return s, explain(err)
}

// Seen notes that the session was used.
func (r *Roll) Seen(ctx context.Context, hash []byte, at time.Time) error {
	return r.run(ctx, `update desk_sessions set seen_at = $2 where hash = $1 and seen_at < $2`, hash, stamp(at))
}

// End ends a session of the officer.
func (r *Roll) End(ctx context.Context, officer string, hash []byte, at time.Time) error {
	return r.one(ctx, staff.ErrNotFound, nothing, `
		update desk_sessions set ended_at = case when ended_at = 0 then $3 else ended_at end
		where hash = $1 and officer = $2`, hash, officer, stamp(at))
}

// EndOthers ends all sessions of the officer but one.
func (r *Roll) EndOthers(ctx context.Context, officer string, but []byte, at time.Time) error {
	return r.run(ctx, `
		update desk_sessions set ended_at = $3 where officer = $1 and hash <> $2 and ended_at = 0`, officer, but, stamp(at))
}

// Forget forgets the sessions that began before the given time.
func (r *Roll) Forget(ctx context.Context, before time.Time) error {
	return r.run(ctx, `delete from desk_sessions where began_at < $1`, stamp(before))
}
