package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"slices"

	"yangguang/complaint"
)

// A list holds the cases of many places in one order. The cases of each place
// stand in an index in that order already, so a page is the merging of what
// comes next at each ([merge]): it costs as much at any depth. Whom a case bars
// is for [complaint.Scope.Sees] to say, of each case that is read.

// List returns the dockets in the scope, in the order of their Position.
func (b *Book) List(ctx context.Context, s complaint.Scope, q complaint.Query) ([]complaint.Docket, error) {
	pages, _ := after(q)
	at, err := b.standing(ctx, pages, wanted(s, q.Tray))
	if err != nil {
		return nil, err
	}
	var out []complaint.Docket
	for len(out) < q.Limit {
		page, unread, err := b.page(ctx, at, q)
		if err != nil {
			return nil, err
		}
		for _, d := range page {
			if unread[d.Number] {
				continue
			}
			twice := len(out) > 0 && out[len(out)-1].Number == d.Number // it lies at two of the places
			if len(out) < q.Limit && s.Sees(d.Route) && !twice && (q.Tray == nil || len(q.Tray.Waits(d)) > 0) {
				out = append(out, d)
			}
		}
		if len(page) < q.Limit {
			break
		}
		q.After = page[len(page)-1].Position()
	}
	return out, nil
}

// wanted says of a place or post whether what stands there is looked for.
func wanted(s complaint.Scope, t *complaint.Tray) func(spot string) bool {
	here := map[string]bool{}
	if t != nil {
		for _, post := range t.Posts() {
			here[post] = true
		}
		return func(post string) bool { return here[post] }
	}
	for _, p := range s.Places() {
		here[p.String()] = true
	}
	return func(spot string) bool { return s.Whole() || here[complaint.PlaceOf(spot)] }
}

// standing returns at which of the wanted spots a case stands in either source:
// of hundreds few hold anything.
func (b *Book) standing(ctx context.Context, m merge, wanted func(spot string) bool) (at spots, err error) {
	rows, err := b.db.query(ctx, m.spots)
	if err != nil {
		return at, explain(err)
	}
	defer rows.Close() // rows.Err says it
	for rows.Next() {
		var i int
		var spot string
		if err := rows.Scan(&i, &spot); err != nil {
			return at, explain(err)
		}
		if wanted(spot) {
			at[i] = append(at[i], spot)
		}
	}
	return at, explain(rows.Err())
}

// page returns the next dockets at the places, among them those that bar the
// reader and, beside each other, those that lie at two places. Those that are
// unread stand where they stand, so that the next page begins behind them.
func (b *Book) page(ctx context.Context, at spots, q complaint.Query) (out []complaint.Docket, unread map[complaint.Number]bool, err error) {
	pages, args := after(q)
	unread = map[complaint.Number]bool{}
	err = b.merged(ctx, pages, at, args, func(rows *sql.Rows) error {
		d, err := scanDocket(rows)
		out = append(out, d)
		if err != nil && b.db.passed(err) {
			unread[d.Number], err = true, nil
		}
		return err
	})
	if at.most() > mostTerms {
		slices.SortFunc(out, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
	}
	return out[:min(len(out), q.Limit)], unread, err
}

// after returns the merge for a query with the parameters before the spots.
func after(q complaint.Query) (merge, []any) {
	at, filed, number := q.After.At, q.After.Filed, q.After.Number.Digits()
	switch {
	case q.Tray != nil:
		return trayPages, []any{q.Limit, q.After.Rank, at, filed, number}
	case q.State == "":
		return openPages, []any{q.Limit, q.After.Rank, at, filed, number}
	case q.State.Open():
		return statePages, []any{q.Limit, q.After.Rank, at, filed, number, string(q.State)}
	case q.After == complaint.Position{}: // what has ended stands at times before zero
		at = math.MinInt64
	}
	return endedPages, []any{q.Limit, at, filed, number, string(q.State)}
}

// Newest returns the position of the last entry of a case in the scope.
func (b *Book) Newest(ctx context.Context, s complaint.Scope) (int64, error) {
	at, err := b.standing(ctx, changes, wanted(s, nil))
	if err != nil {
		return 0, err
	}
	const step = 16
	for before := int64(math.MaxInt64); ; {
		newest, oldest, n := int64(0), before, 0
		err := b.merged(ctx, changes, at, []any{step, before}, func(rows *sql.Rows) error {
			last, sees, err := scanChange(rows, s)
			if errors.Is(err, complaint.ErrDamaged) && b.db.damaged != nil {
				err = nil // a list tells of it
			}
			if sees {
				newest = max(newest, last)
			}
			oldest, n = min(oldest, last), n+1
			return err
		})
		if err != nil || newest > 0 || n < step {
			return newest, err
		}
		before = oldest
	}
}

func scanChange(rows *sql.Rows, s complaint.Scope) (last int64, sees bool, err error) {
	var encoded sql.RawBytes
	if err := rows.Scan(&last, &encoded); err != nil {
		return 0, false, explain(err)
	}
	var route complaint.Route
	if err := json.Unmarshal(encoded, &route); err != nil {
		return last, false, damaged("", err)
	}
	return last, s.Sees(route), nil
}

// merged runs a merge over the spots and hands each row on.
func (b *Book) merged(ctx context.Context, m merge, at spots, args []any, each func(*sql.Rows) error) error {
	for from := 0; from < at.most(); from += mostTerms {
		text, args := m.over(at.part(from), args)
		if err := b.mergedPart(ctx, text, args, each); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) mergedPart(ctx context.Context, text string, args []any, each func(*sql.Rows) error) error {
	rows, err := b.db.query(ctx, text, args...)
	if err != nil {
		return explain(err)
	}
	defer rows.Close() // rows.Err says it
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return explain(rows.Err())
}
