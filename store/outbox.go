package store

import (
	"context"
	"database/sql"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
)

// Outbox keeps what is to be said on channels; it is a [bot.Outbox].
type Outbox struct{ db *DB }

var _ bot.Outbox = (*Outbox)(nil)

// Outbox returns the outbox.
func (db *DB) Outbox() *Outbox { return &Outbox{db: db} }

// Put keeps parcels, behind all that were put before.
func (o *Outbox) Put(ctx context.Context, parcels ...bot.Parcel) error {
	return notKept(o.db.write(ctx, func(tx *sql.Tx) error {
		for _, p := range parcels {
			if err := put(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	}))
}

// put keeps a parcel; one that is kept stays as it is, and so does what it
// stands in place of.
func put(ctx context.Context, tx *sql.Tx, p bot.Parcel) error {
	var n int64
	if err := tx.QueryRowContext(ctx, `update outbox_head set head = head + 1 returning head`).Scan(&n); err != nil {
		return err
	}
	done, err := tx.ExecContext(ctx, `
		insert into outbox (channel, id, n, lane, wrapped, sealed, due, tries, state, why, done_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', '', 0) on conflict (channel, id) do nothing`,
		string(p.Channel), p.ID, n, p.Lane, p.Key.Wrapped, p.Sealed, stamp(p.Due), p.Tries)
	if err != nil || p.InPlaceOf == "" {
		return err
	}
	if kept, err := done.RowsAffected(); err != nil || kept == 0 {
		return err
	}
	return endWait(ctx, tx, bot.Parcel{Channel: p.Channel, ID: p.InPlaceOf}, "sent", "", p.Due)
}

// endWait ends the waiting of a parcel, if it waits.
func endWait(ctx context.Context, tx *sql.Tx, p bot.Parcel, state, why string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `
		update outbox set state = $3, why = $4, done_at = $5, sealed = $6, wrapped = $6, called = $7
		where channel = $1 and id = $2 and state = 'waiting'`, string(p.Channel), p.ID, state, why, stamp(at), []byte{}, p.As)
	return err
}

// Has reports whether a parcel with that id was put.
func (o *Outbox) Has(ctx context.Context, channel complaint.Channel, id string) (bool, error) {
	var n int
	err := o.db.row(ctx, `select count(*) from outbox where channel = $1 and id = $2`, string(channel), id).Scan(&n)
	return n > 0, explain(err)
}

// Next returns the parcels that are due and first in their lanes.
func (o *Outbox) Next(ctx context.Context, channel complaint.Channel, now time.Time, limit int) ([]bot.Parcel, error) {
	rows, err := o.db.query(ctx, `
		select id, lane, wrapped, sealed, due, tries from outbox o
		where channel = $1 and state = 'waiting' and due <= $2 and not exists (
			select 1 from outbox b where b.channel = $1 and b.state = 'waiting' and b.lane = o.lane and b.n < o.n)
		order by n limit $3`, string(channel), stamp(now), limit)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	var out []bot.Parcel
	for rows.Next() {
		p := bot.Parcel{Channel: channel}
		var due int64
		if err := rows.Scan(&p.ID, &p.Lane, &p.Key.Wrapped, &p.Sealed, &due, &p.Tries); err != nil {
			return nil, explain(err)
		}
		p.Due = moment(due)
		out = append(out, p)
	}
	return out, explain(rows.Err())
}

// Later puts a parcel off.
func (o *Outbox) Later(ctx context.Context, p bot.Parcel, due time.Time) error {
	return notKept(o.db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `update outbox set due = $3, tries = tries + 1 where channel = $1 and id = $2 and state = 'waiting'`,
			string(p.Channel), p.ID, stamp(due))
		return err
	}))
}

// Done ends the waiting of a parcel, as sent or, with a reason, as given up.
func (o *Outbox) Done(ctx context.Context, p bot.Parcel, why string, at time.Time) error {
	state := "sent"
	if why != "" {
		state = "lost"
	}
	return notKept(o.db.write(ctx, func(tx *sql.Tx) error { return endWait(ctx, tx, p, state, why, at) }))
}

// Sent returns what the channel calls what was sent in a lane since then.
func (o *Outbox) Sent(ctx context.Context, channel complaint.Channel, lane string, since time.Time) ([]string, error) {
	rows, err := o.db.query(ctx, `
		select called from outbox
		where channel = $1 and lane = $2 and called <> '' and state = 'sent' and done_at >= $3 order by n`, string(channel), lane, stamp(since))
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	var out []string
	for rows.Next() {
		var called string
		if err := rows.Scan(&called); err != nil {
			return nil, explain(err)
		}
		out = append(out, called)
	}
	return out, explain(rows.Err())
}

// Standing says how the outbox of a channel stands.
func (o *Outbox) Standing(ctx context.Context, channel complaint.Channel) (s bot.Standing, err error) {
	var oldest int64
	err = o.db.row(ctx, `select count(*), coalesce(min(due), 0) from outbox where channel = $1 and state = 'waiting'`, string(channel)).
		Scan(&s.Waiting, &oldest)
	if err != nil {
		return s, explain(err)
	}
	s.Oldest = moment(oldest)
	err = o.db.row(ctx, `select count(*) from outbox where state <> 'waiting' and state = 'lost' and channel = $1`, string(channel)).Scan(&s.GivenUp)
	return s, explain(err)
}

// Sweep forgets what was dealt with before that time.
func (o *Outbox) Sweep(ctx context.Context, before time.Time) (int, error) {
	return o.db.sweep(ctx, `delete from outbox where state <> 'waiting' and done_at < $1`, before)
}

// sweep deletes what a statement says is of before that time.
func (db *DB) sweep(ctx context.Context, statement string, before time.Time) (n int, err error) {
	err = db.write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, statement, stamp(before))
		if err != nil {
			return err
		}
		all, err := done.RowsAffected()
		n = int(all)
		return err
	})
	return n, err
}
