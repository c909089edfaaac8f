package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"

	"yangguang/complaint"
)

// Redate writes dockets anew, after a change of rules, holidays or of what a
// docket holds: docket says what a case's docket is now. A case that moves on
// meanwhile is left to what moved it. It returns how many changed. Nothing has
// happened to them: neither their version nor what is newest grows.
func (b *Book) Redate(ctx context.Context, docket func(complaint.Record) (complaint.Docket, error)) (changed int, err error) {
	for _, state := range complaint.States() {
		n, err := b.redateAll(ctx, complaint.Query{State: state, Limit: 200}, docket)
		changed += n
		if err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// redateAll does it for one list.
func (b *Book) redateAll(ctx context.Context, q complaint.Query, docket func(complaint.Record) (complaint.Docket, error)) (changed int, err error) {
	for {
		page, err := b.List(ctx, complaint.Unscoped(), q)
		if err != nil {
			return changed, err
		}
		var other []complaint.Docket
		for _, old := range page {
			fresh, err := b.fresh(ctx, old.Number, docket)
			if errors.Is(err, complaint.ErrDamaged) {
				continue // told of; the others do not wait for it
			}
			if err != nil {
				return changed, err
			}
			if fresh.Version == old.Version && !reflect.DeepEqual(fresh, old) {
				other = append(other, fresh)
			}
		}
		n, err := b.redate(ctx, other)
		changed += n
		if err != nil || len(page) < q.Limit {
			return changed, err
		}
		q.After = page[len(page)-1].Position()
	}
}

// fresh returns the docket of a case as it is now. That one cannot be read is
// told of.
func (b *Book) fresh(ctx context.Context, n complaint.Number, docket func(complaint.Record) (complaint.Docket, error)) (complaint.Docket, error) {
	rec, err := b.Record(ctx, complaint.Unscoped(), n)
	if err != nil {
		b.db.passed(err)
		return complaint.Docket{}, err
	}
	return docket(rec)
}

// redate writes dockets in one transaction and returns how many.
func (b *Book) redate(ctx context.Context, dockets []complaint.Docket) (written int, err error) {
	if len(dockets) == 0 {
		return 0, nil
	}
	err = b.db.writeBook(ctx, func(ctx context.Context, tx transaction) error {
		for _, d := range dockets {
			row, err := encodeDocket(d)
			if err != nil {
				return err
			}
			var id, last int64
			err = tx.row(ctx, stayDocket, append([]any{d.Number.Digits(), d.Version}, row...)...).Scan(&id, &last)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return fmt.Errorf("case %s: %w", d.Number, err)
			}
			if err := tx.moveBeside(ctx, id, last, d); err != nil {
				return err
			}
			written++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return written, nil
}

var stayDocket = `update cases set ` + setDocket(3) + ` where number = $1 and version = $2 returning id, last`
