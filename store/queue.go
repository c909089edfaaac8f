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
	places, err := b.looked(ctx, s, q)
	if err != nil {
		return nil, err
	}
	var out []complaint.Docket
	for len(out) < q.Limit {
		page, unread, err := b.page(ctx, places, q)
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

// looked returns where a list is looked for: at the places of the scope, or at
// the posts of a tray. An officer has hundreds of these and few of them hold
// anything, so that it is cheaper to ask first at which something waits.
func (b *Book) looked(ctx context.Context, s complaint.Scope, q complaint.Query) (out []string, err error) {
	if q.Tray == nil {
		return b.places(ctx, s)
	}
	held := map[string]bool{}
	if err := b.words(ctx, allPosts, func(post string) { held[post] = true }); err != nil {
		return nil, err
	}
	for _, post := range q.Tray.Posts() {
		if held[post] {
			out = append(out, post)
		}
	}
	return out, nil
}

// places returns the places of the scope; of the whole one, all where a case lies.
func (b *Book) places(ctx context.Context, s complaint.Scope) (out []string, err error) {
	if !s.Whole() {
		for _, p := range s.Places() {
			out = append(out, p.String())
		}
		return out, nil
	}
	err = b.words(ctx, allPlaces, func(place string) { out = append(out, place) })
	return out, err
}

// words runs a statement that returns one column of words.
func (b *Book) words(ctx context.Context, text string, each func(string)) error {
	rows, err := b.db.query(ctx, text)
	if err != nil {
		return explain(err)
	}
	defer rows.Close() // rows.Err says it
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return explain(err)
		}
		each(word)
	}
	return explain(rows.Err())
}

// allPlaces steps through an index from one place to the next.
const allPlaces = `
	with recursive p (place) as (
		select min(place) from cases
		union all
		select (select min(c.place) from cases c where c.place > p.place) from p where p.place is not null)
	select place from p where place is not null`

// allPosts does it in the two indexes of posts.
const allPosts = `
	with recursive p (post) as (
		select min(post) from cases where post <> ''
		union all
		select (select min(c.post) from cases c where c.post <> '' and c.post > p.post) from p where p.post is not null),
	q (post) as (
		select min(post) from posts
		union all
		select (select min(o.post) from posts o where o.post > q.post) from q where q.post is not null)
	select post from p where post is not null union all select post from q where post is not null`

// page returns the next dockets at the places, among them those that bar the
// reader and, beside each other, those that lie at two places. Those that are
// unread stand where they stand, so that the next page begins behind them.
func (b *Book) page(ctx context.Context, places []string, q complaint.Query) (out []complaint.Docket, unread map[complaint.Number]bool, err error) {
	pages, args := after(q)
	unread = map[complaint.Number]bool{}
	err = b.merged(ctx, pages, places, args, func(rows *sql.Rows) error {
		d, err := scanDocket(rows)
		out = append(out, d)
		if err != nil && b.db.passed(err) {
			unread[d.Number], err = true, nil
		}
		return err
	})
	if len(places) > mostTerms {
		slices.SortFunc(out, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
	}
	return out[:min(len(out), q.Limit)], unread, err
}

// after returns the merge for a query with the parameters before the places.
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
	places, err := b.places(ctx, s)
	if err != nil {
		return 0, err
	}
	const step = 16
	for before := int64(math.MaxInt64); ; {
		newest, oldest, n := int64(0), before, 0
		err := b.merged(ctx, changes, places, []any{step, before}, func(rows *sql.Rows) error {
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

// merged runs a merge over the places and hands each row on.
func (b *Book) merged(ctx context.Context, m merge, places []string, args []any, each func(*sql.Rows) error) error {
	for part := range slices.Chunk(places, mostTerms) {
		text, args := m.over(part, args)
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
