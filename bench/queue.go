package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/store"
)

// How many cases there are, and how many of a hundred are open.
const (
	cases       = 1_000_000
	openPercent = 3
)

// queue compares a page of the queue in SQLite with the same in PostgreSQL,
// with the same tables and indexes, and deep pages with the first.
func (b *bench) queue(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp(b.dir, "queue")
	if err != nil {
		return err
	}
	ours, err := openQueue(ctx, store.Config{Folder: dir}, "sqlite", "file:"+filepath.Join(dir, "yangguang.db")+
		"?_pragma=cache_size(-400000)&_pragma=synchronous(off)") // so that it is filled soon
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ours.close()) }()
	s, address, err := b.postgres(ctx)
	if err != nil {
		return errors.Join(err, b.depths(ctx, ours))
	}
	defer s.stop()
	theirs, err := openQueue(ctx, store.Config{URL: address}, "pgx", address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, theirs.close()) }()
	for _, l := range lists {
		var p pairs
		for range b.rounds {
			a, err := ours.page(ctx, l, 0)
			if err != nil {
				return err
			}
			c, err := theirs.page(ctx, l, 0)
			if err != nil {
				return err
			}
			p.add(a, c)
		}
		b.table.compare(l.name+", first page", "PostgreSQL", "ms", p, false, "≤ 0.9×")
	}
	return b.depths(ctx, ours)
}

// depths compares pages with the first of their list.
func (b *bench) depths(ctx context.Context, q *queue) error {
	for _, l := range lists {
		for _, depth := range []float64{0.5, 0.95} {
			var p pairs
			for range b.rounds {
				deep, err := q.page(ctx, l, depth)
				if err != nil {
					return err
				}
				first, err := q.page(ctx, l, 0)
				if err != nil {
					return err
				}
				p.add(deep, first)
			}
			b.table.compare(fmt.Sprintf("%s, page at %.0f %%", l.name, 100*depth), "first page", "ms", p, false, "≤ 2×")
		}
	}
	return nil
}

// list is one that somebody reads.
type list struct {
	name  string
	who   complaint.OfficerID
	state complaint.State
	// tray is what waits for the officer.
	tray bool
}

var lists = []list{
	{"queue of the city", "first", "", false},
	{"queue of a county", "county", "", false},
	{"what waits for one of the city", "first", "", true},
	{"what waits for one of a county", "county", "", true},
	{"what has ended in the city", "first", complaint.Final, false},
}

// queue is a book full of cases.
type queue struct {
	db     *store.DB
	raw    *sql.DB
	roster *complaint.Roster
}

func openQueue(ctx context.Context, c store.Config, driver, source string) (*queue, error) {
	db, err := store.Open(ctx, c)
	if err != nil {
		return nil, err
	}
	raw, err := sql.Open(driver, source)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	q := &queue{db, raw, complainttest.Staffed()}
	fill, after := strings.ReplaceAll(fillCases, "BYTES", "cast(n as blob)"), "select 1"
	if driver == "pgx" {
		fill, after = strings.ReplaceAll(fillCases, "BYTES", "cast(cast(n as text) as bytea)"), "vacuum analyze"
	}
	for _, statement := range []string{fmt.Sprintf(fill, cases, openPercent), after} {
		if _, err := raw.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(err, q.close())
		}
	}
	return q, nil
}

func (q *queue) close() error { return errors.Join(q.raw.Close(), q.db.Close()) }

// pageSize and how often a page is read in a round.
const pageSize, often = 50, 100

// page returns the median of the milliseconds that a page of the list takes, at
// a depth between 0 and 1 of all that stands in it.
func (q *queue) page(ctx context.Context, l list, depth float64) (float64, error) {
	after := l.position(depth)
	scope := q.roster.Scope(l.who)
	query := complaint.Query{State: l.state, After: after, Limit: pageSize}
	if l.tray {
		tray := q.roster.Tray(l.who, time.UnixMilli(filled+spread*2))
		query.Tray = &tray
	}
	var took []float64
	for range often {
		began := time.Now()
		page, err := q.db.Book().List(ctx, scope, query)
		if err != nil || len(page) != pageSize {
			return 0, fmt.Errorf("%s at %v: %d cases: %w", l.name, depth, len(page), err)
		}
		took = append(took, float64(time.Since(began).Nanoseconds())/1e6)
	}
	return median(took), nil
}

// position returns where a page begins at that depth of the list: fillCases
// spreads the times evenly.
func (l list) position(depth float64) complaint.Position {
	switch {
	case depth == 0:
		return complaint.Position{}
	case l.state != "":
		return complaint.Position{Rank: 3, At: -filled - int64((1-depth)*spread)}
	}
	return complaint.Position{Rank: 2, At: filled + int64(depth*spread)}
}

// The first time that fillCases writes, and how many milliseconds all span.
const filled, spread = 1772416800123, 1e9

// fillCases makes rows as filing and acting leave them: places, times and
// states spread by primes, every hundredth urgent, every ninth followed by the
// city as well.
const fillCases = `
with recursive series (n) as (select cast(1 as bigint) union all select n + 1 from series where n < %[1]d),
spread as (
	select n, n * 7919 %% 1000003 as r, case when n * 31 %% 100 < %[2]d then 1 else 0 end as open, n / 100 * 13 %% 16 as p from series),
placed as (
	select n, r, open, p, case when p = 6 then 'restricted' else 'ordinary' end as lane,
		case p when 0 then '410800' when 1 then '410800.registry' when 2 then '410800.aid' when 3 then '410823'
			when 4 then '410823.vet' when 5 then '410825' when 6 then '410800.discipline' else '410800.vet' end as unit
	from spread)
insert into cases (id, last, version, number, draft, mac, wrapped, place, state, rank, at, kind, class, accused, route, handler,
	urgent, fast, supervised, filed, changed, due, yellow, clock, duty, legal, waits, post)
select n, n, 5, r * 10000 + 2026, 'draft-' || n, BYTES, BYTES,
	unit || '/' || lane,
	case when open = 0 then 'final' when p < 8 then 'submitted' else 'investigating' end,
	case when open = 0 then 3 when n * 17 %% 100 = 0 then 0 when n * 19 %% 10 = 0 then 1 else 2 end,
	case when open = 0 then -1772416800123 - r * 1000 else 1772416800123 + r * 1000 end,
	'false_advertising', 'request', '[{"kind":"vocational_school","unit_code":"410800-02","area_code":"410802"}]',
	'{"unit":"' || unit || '","lane":"' || lane || '","barred":{"units":["410825-01"]},"why":{"rule":"false_advertising/owner/vocational","start":"410800","excluded":0}}',
	'first', 0, 0, 0, 1772416800123, 1772416800123 + r * 1000, case when open = 0 then 0 else 1772416800123 + r * 1000 end, 0, 'answer', 1, 0,
	case when open = 0 then '' when p < 8 then '[{"for":"accept","from":"2026-03-02T02:00:00.123Z"}]'
		else '[{"for":"draft_reply","only":"first","from":"2026-03-02T02:00:00.123Z"}]' end,
	case when open = 0 then '' when p < 8 then unit || '/' || lane || ' triage' else unit || '/' || lane || ' @first' end
from placed`
