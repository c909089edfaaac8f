package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"yangguang/complaint"
)

// Book keeps the cases; it is a [complaint.Book]. A case is a row that lists
// read, and entries that are only ever added. Whoever writes takes positions
// from a row that every writer moves on: they become visible in their order,
// and of several processes one writes at a time.
type Book struct {
	db *DB
	filings
}

var _ complaint.Book = (*Book)(nil)

// Book returns the book of cases, one for all who ask: it writes what several
// file at once together.
func (db *DB) Book() *Book { return &db.book }

// positions takes n positions and returns the one before the first of them. In
// a file, where one writes at a time, they follow the last entry.
func (tx transaction) positions(ctx context.Context, n int64) (before int64, err error) {
	if tx.pen != nil {
		err = tx.row(ctx, `select coalesce(max(position), 0) from entries`).Scan(&before)
		return before, err
	}
	err = tx.row(ctx, `update book set head = head + $1 returning head`, n).Scan(&before)
	return before - n, err
}

// entry is what is appended, encoded.
type entry struct {
	letters, events string
	parts           []byte
	// span is how many positions it takes: one for each letter, at least one.
	span int64
}

func encodeEntry(e complaint.Entry) (out entry, err error) {
	var events []byte
	if events, err = json.Marshal(e.Events); err != nil {
		return entry{}, err
	}
	if out.parts, err = json.Marshal(e.Parts); err != nil {
		return entry{}, err
	}
	if len(e.Letters) > 0 {
		var letters []byte
		if letters, err = json.Marshal(e.Letters); err != nil {
			return entry{}, err
		}
		out.letters = string(letters)
	}
	out.events, out.span = string(events), max(1, int64(len(e.Letters)))
	return out, nil
}

func (tx transaction) addEntry(ctx context.Context, position, id int64, e entry) error {
	_, err := tx.exec(ctx, insertEntries(1), position, id, e.letters, e.events, e.parts)
	return err
}

// addBeside notes who follows the case, and for whom it waits beside the first.
func (tx transaction) addBeside(ctx context.Context, id, last int64, d complaint.Docket) error {
	if err := tx.addCopies(ctx, id, last, d); err != nil {
		return err
	}
	at := d.Position()
	for i, post := range d.Posts() {
		if i == 0 {
			continue
		}
		_, err := tx.exec(ctx, `insert into posts (case_id, post, rank, at, filed, number) values ($1, $2, $3, $4, $5, $6)`,
			id, post, at.Rank, at.At, at.Filed, d.Number.Digits())
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx transaction) addCopies(ctx context.Context, id, last int64, d complaint.Docket) error {
	at := d.Position()
	for _, p := range followers(d.Route) {
		_, err := tx.exec(ctx, `insert into copies (case_id, place, last, state, rank, at, filed, number) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			id, p, last, string(d.State), at.Rank, at.At, at.Filed, d.Number.Digits())
		if err != nil {
			return err
		}
	}
	return nil
}

// followers returns the places of a case beside its holder's.
func followers(r complaint.Route) []string {
	var out []string
	holder := r.Places()[0]
	seen := map[complaint.Place]bool{holder: true}
	for _, p := range r.Places()[1:] {
		if !seen[p] {
			seen[p] = true
			out = append(out, p.String())
		}
	}
	return out
}

// ByDraft returns the case that was filed from the draft.
func (b *Book) ByDraft(ctx context.Context, draft string) (complaint.Kept, error) {
	k, _, err := kept(b.db.row(ctx, byDraft, draft))
	return k, err
}

const byDraft = `select id, number, mac from cases where draft = $1`

func kept(row *sql.Row) (k complaint.Kept, id int64, err error) {
	var number int64
	err = row.Scan(&id, &number, &k.MAC)
	if errors.Is(err, sql.ErrNoRows) {
		return k, 0, complaint.ErrNotFound
	}
	k.Number, k.Again = complaint.NumberOf(number), true
	return k, id, explain(err)
}

// Append adds e to the case if it still has that version.
func (b *Book) Append(ctx context.Context, n complaint.Number, version int, e complaint.Entry) error {
	encoded, err := encodeEntry(e)
	if err != nil {
		return err
	}
	row, err := encodeDocket(e.Docket)
	if err != nil {
		return err
	}
	err = b.db.writeBook(ctx, func(ctx context.Context, tx transaction) error {
		before, err := tx.positions(ctx, encoded.span)
		if err != nil {
			return err
		}
		last := before + encoded.span
		news := last
		if e.Looks() {
			news = 0
		}
		id, news, err := tx.moveOn(ctx, n, version, news, row)
		if err != nil {
			return err
		}
		if err := tx.addEntry(ctx, last, id, encoded); err != nil {
			return err
		}
		if err := tx.moveBeside(ctx, id, news, e.Docket); err != nil || !e.Erase {
			return err
		}
		return tx.erase(ctx, id, n)
	})
	if err == nil && e.Erase {
		b.db.flush(context.WithoutCancel(ctx))
	}
	return notKept(err)
}

// erase destroys the key of the case, for good where somebody notes it outside.
// The conversation that ended in the case has it too while it is shown.
func (tx transaction) erase(ctx context.Context, id int64, n complaint.Number) error {
	if _, err := tx.exec(ctx, `update cases set wrapped = $1 where id = $2`, []byte{}, id); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `delete from talks where draft = (select draft from cases where id = $1)`, id); err != nil {
		return err
	}
	return tx.db.erasing(n)
}

// moveOn rewrites the case's row, if it has that version, and returns its id
// and the position of what is newest in it: the one given, or what was if that
// is zero.
func (tx transaction) moveOn(ctx context.Context, n complaint.Number, version int, news int64, row []any) (id, last int64, err error) {
	err = tx.row(ctx, moveDocket, append([]any{n.Digits(), version, news}, row...)...).Scan(&id, &last)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, last, err
	}
	err = tx.row(ctx, `select id from cases where number = $1`, n.Digits()).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, complaint.ErrNotFound
	}
	return 0, 0, cmp.Or(err, complaint.ErrStale)
}

var moveDocket = `update cases set last = case when $3 > 0 then $3 else last end, ` + setDocket(4) +
	` where number = $1 and version = $2 returning id, last`

func (tx transaction) moveBeside(ctx context.Context, id, last int64, d complaint.Docket) error {
	for _, gone := range []string{`delete from copies where case_id = $1`, `delete from posts where case_id = $1`} {
		if _, err := tx.exec(ctx, gone, id); err != nil {
			return err
		}
	}
	return tx.addBeside(ctx, id, last, d)
}

// Erased returns the cases whose key was destroyed, in no order.
func (b *Book) Erased(ctx context.Context) (all []complaint.Number, err error) {
	rows, err := b.db.query(ctx, `select number from cases where length(wrapped) = 0`)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	for rows.Next() {
		var digits int64
		if err := rows.Scan(&digits); err != nil {
			return nil, explain(err)
		}
		all = append(all, complaint.NumberOf(digits))
	}
	return all, explain(rows.Err())
}

// ByReceipt returns the case whose receipt has that MAC. It stands under one of
// a few numbers. How long the comparing takes tells nothing: nobody outside can
// choose a MAC.
func (b *Book) ByReceipt(ctx context.Context, mac []byte) (complaint.Record, error) {
	args := []any{mac}
	for _, span := range complaint.Numbers(mac) {
		args = append(args, span[0], span[1])
	}
	var digits int64
	err := b.db.row(ctx, byMAC, args...).Scan(&digits)
	if errors.Is(err, sql.ErrNoRows) {
		return complaint.Record{}, complaint.ErrNotFound
	}
	if err != nil {
		return complaint.Record{}, explain(err)
	}
	return b.Record(ctx, complaint.Unscoped(), complaint.NumberOf(digits))
}

var byMAC = func() string {
	spans := make([]string, complaint.Tries)
	for i := range spans {
		spans[i] = fmt.Sprintf("number between $%d and $%d", 2+2*i, 3+2*i)
	}
	return `select number from cases where mac = $1 and (` + strings.Join(spans, " or ") + `)`
}()

// readCase reads a case by one statement, so that row and entries are of one
// moment. The index of entries leaves out the first of each case, which is
// found by its id.
const readCase = `
	select c.number, c.draft, c.wrapped, c.route, e.events, e.parts, e.position
	from cases c join entries e on e.position = c.id where c.number = $1
	union all
	select c.number, c.draft, c.wrapped, c.route, e.events, e.parts, e.position
	from cases c join entries e on e.case_id = c.id and e.position > e.case_id where c.number = $1
	order by 7`

// Record returns the case with that number. The whole route decides who sees it.
func (b *Book) Record(ctx context.Context, s complaint.Scope, n complaint.Number) (r complaint.Record, err error) {
	rows, err := b.db.query(ctx, readCase, n.Digits())
	if err != nil {
		return r, explain(err)
	}
	defer rows.Close() // rows.Err says it
	for rows.Next() {
		if err := scanEntry(rows, s, &r); err != nil {
			return complaint.Record{}, err
		}
	}
	if err := rows.Err(); err != nil {
		return complaint.Record{}, explain(err)
	}
	if r.Number == "" {
		return r, complaint.ErrNotFound
	}
	return r, nil
}

// scanEntry adds an entry to the record, if the case is seen.
func scanEntry(rows *sql.Rows, s complaint.Scope, r *complaint.Record) error {
	var number, position int64
	var route, events, parts sql.RawBytes
	if err := rows.Scan(&number, &r.Key.Of, &r.Key.Wrapped, &route, &events, &parts, &position); err != nil {
		return explain(err)
	}
	r.Number = complaint.NumberOf(number)
	var e complaint.Entry
	err := errors.Join(json.Unmarshal(route, &e.Docket.Route), json.Unmarshal(events, &e.Events), json.Unmarshal(parts, &e.Parts))
	if err != nil {
		return damaged(r.Number, err)
	}
	if !s.Sees(e.Docket.Route) {
		return complaint.ErrNotFound
	}
	r.Events, r.Parts = append(r.Events, e.Events...), append(r.Parts, e.Parts...)
	return nil
}

// Letters returns letters behind a position. Those of one entry have the
// positions up to its own; if they do not read they are one, of its position.
func (b *Book) Letters(ctx context.Context, after int64, limit int) ([]complaint.Letter, error) {
	rows, err := b.db.query(ctx, `
		select position, letters from entries where position > $1 and letters <> '' order by position limit $2`, after, limit)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	var out []complaint.Letter
	for rows.Next() {
		var last int64
		var encoded sql.RawBytes
		if err := rows.Scan(&last, &encoded); err != nil {
			return nil, explain(err)
		}
		var letters []complaint.Letter
		if json.Unmarshal(encoded, &letters) != nil {
			letters = []complaint.Letter{{}}
		}
		for i, l := range letters {
			l.Position = last - int64(len(letters)-1-i)
			if l.Position > after && len(out) < limit {
				out = append(out, l)
			}
		}
	}
	return out, explain(rows.Err())
}
