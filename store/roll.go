package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yangguang/calendar"
	"yangguang/staff"
)

// Roll keeps the officers and their sessions; it is a [staff.Roll].
type Roll struct{ db *DB }

var _ staff.Roll = (*Roll)(nil)

// Roll returns the roll of officers.
func (db *DB) Roll() *Roll { return &Roll{db: db} }

const accountColumns = `id, name, units, interests, roles, state, added_at, passphrase, key, step,
	recovery, invitation, invited_until, epoch, version`

// Accounts returns all accounts, sorted by id: by us, for the two databases
// compare text differently.
func (r *Roll) Accounts(ctx context.Context) ([]staff.Account, error) {
	rows, err := r.db.query(ctx, `select `+accountColumns+` from officers`)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	var all []staff.Account
	for rows.Next() {
		a, err := scanAccount(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b staff.Account) int { return strings.Compare(a.ID, b.ID) })
	return all, explain(rows.Err())
}

// Account returns the account of that officer.
func (r *Roll) Account(ctx context.Context, id string) (staff.Account, error) {
	return scanAccount(r.db.sql.QueryRowContext(ctx, `select `+accountColumns+` from officers where id = $1`, id))
}

// Invited returns the account whose invitation has that hash.
func (r *Roll) Invited(ctx context.Context, hash []byte) (staff.Account, error) {
	if len(hash) == 0 {
		return staff.Account{}, staff.ErrNotFound
	}
	return scanAccount(r.db.sql.QueryRowContext(ctx, `select `+accountColumns+` from officers where invitation = $1`, hash))
}

func scanAccount(row interface{ Scan(...any) error }) (a staff.Account, err error) {
	var units, interests, roles, recovery string
	var added, until int64
	err = row.Scan(&a.ID, &a.Name, &units, &interests, &roles, &a.State, &added, &a.Passphrase, &a.Key, &a.Step,
		&recovery, &a.Invitation, &until, &a.Epoch, &a.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return a, staff.ErrNotFound
	}
	if err != nil {
		return a, explain(err)
	}
	a.Units, a.Interests, a.Added, a.InvitedUntil = words[string](units), words[string](interests), moment(added), moment(until)
	a.Roles = words[staff.Role](roles)
	for code := range strings.FieldsSeq(recovery) {
		hash, err := hex.DecodeString(code)
		if err != nil {
			return a, fmt.Errorf("%w: a recovery code of %s", ErrDamaged, a.ID)
		}
		a.Recovery = append(a.Recovery, hash)
	}
	return a, nil
}

// words reads what joined wrote.
func words[T ~string](text string) []T {
	var all []T
	for w := range strings.FieldsSeq(text) {
		all = append(all, T(w))
	}
	return all
}

func joined[T ~string](all []T) string {
	var b strings.Builder
	for i, w := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(w))
	}
	return b.String()
}

// moment and stamp keep a time in milliseconds; zero stays zero.
func moment(at int64) time.Time {
	if at == 0 {
		return time.Time{}
	}
	return time.UnixMilli(at).In(calendar.China)
}

func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fields are what Add and Save write, in the order of accountColumns without
// id, added_at and version.
func fields(a staff.Account) []any {
	codes := make([]string, len(a.Recovery))
	for i, hash := range a.Recovery {
		codes[i] = hex.EncodeToString(hash)
	}
	return []any{
		a.ID, a.Name, joined(a.Units), joined(a.Interests), joined(a.Roles), string(a.State), a.Passphrase, a.Key, a.Step,
		joined(codes), a.Invitation, stamp(a.InvitedUntil), a.Epoch,
	}
}

// Add keeps a new account, as version 1.
func (r *Roll) Add(ctx context.Context, a staff.Account) error {
	a.Version = 1
	return r.one(ctx, staff.ErrTaken, func() error { return r.db.saving(a) }, `
		insert into officers (id, name, units, interests, roles, state, passphrase, key, step,
			recovery, invitation, invited_until, epoch, added_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)
		on conflict (id) do nothing`, append(fields(a), stamp(a.Added))...)
}

const replaceAccount = `
	update officers set name = $2, units = $3, interests = $4, roles = $5, state = $6, passphrase = $7, key = $8, step = $9,
		recovery = $10, invitation = $11, invited_until = $12, epoch = $13, version = $15
	where id = $1 and version = $14`

// Save keeps a in place of the version that it was read as.
func (r *Roll) Save(ctx context.Context, a staff.Account) error {
	was := a.Version
	a.Version++
	err := r.one(ctx, staff.ErrStale, func() error { return r.db.saving(a) }, replaceAccount, append(fields(a), was, a.Version)...)
	if errors.Is(err, staff.ErrStale) {
		if _, missing := r.Account(ctx, a.ID); missing != nil {
			return missing
		}
	}
	return err
}

// Recall keeps an account as it comes back from an older copy: its version
// grows beyond the one that it had before, and nobody is told.
func (r *Roll) Recall(ctx context.Context, a staff.Account, beyond int64) error {
	return r.one(ctx, staff.ErrStale, nothing, replaceAccount, append(fields(a), a.Version, max(a.Version, beyond)+1)...)
}

func nothing() error { return nil }

// one runs a statement that must change one row, and then what goes with it. It
// returns none if it did not change one.
func (r *Roll) one(ctx context.Context, none error, then func() error, statement string, args ...any) error {
	return r.db.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, statement, args...))
		if err != nil {
			return err
		}
		if n != 1 {
			return none
		}
		return then()
	})
}

// run runs a statement that may change any number of rows.
func (r *Roll) run(ctx context.Context, statement string, args ...any) error {
	return r.db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement, args...)
		return err
	})
}
