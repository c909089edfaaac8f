package store

import (
	"context"
	"database/sql"

	"yangguang/complaint"
)

// wrappings are where keys lie wrapped by the installation's: the column that
// orders, the one that says whose key it is, and the first place to look behind.
var wrappings = []struct {
	table, id, of string
	before        any
}{
	{"cases", "id", "draft", int64(0)},
	{"talks", "conv", "draft", ""},
	{"outbox", "n", "id", int64(0)},
}

// rewrapped is how many keys are wrapped anew in one transaction.
const rewrapped = 200

// Rewrap replaces wrapped keys: anew returns the same key wrapped as it should
// be, or false where it is so already. Each row changes only if it is still as
// it was read, so that it may run beside a server, be killed anywhere and run
// again. It returns how many changed, and stops at one that does not open.
func (db *DB) Rewrap(ctx context.Context, anew func(complaint.Key) (complaint.Key, bool, error)) (changed int, err error) {
	for _, w := range wrappings {
		read := `select ` + w.id + `, ` + w.of + `, wrapped from ` + w.table + ` where ` + w.id + ` > $1 and length(wrapped) > 0 order by ` + w.id + ` limit $2`
		write := `update ` + w.table + ` set wrapped = $1 where ` + w.id + ` = $2 and wrapped = $3`
		for before, more := w.before, true; more; {
			var batch []wrapping
			if batch, err = db.wrapped(ctx, read, before); err != nil {
				return changed, err
			}
			n, err := db.rewrap(ctx, write, batch, anew)
			changed += n
			if err != nil {
				return changed, err
			}
			if more = len(batch) == rewrapped; more {
				before = batch[len(batch)-1].id
			}
		}
	}
	db.flush(context.WithoutCancel(ctx)) // what they were stands in the log
	return changed, nil
}

// wrapping is a key as it lies in a row.
type wrapping struct {
	id  any
	key complaint.Key
}

func (db *DB) wrapped(ctx context.Context, read string, before any) (batch []wrapping, err error) {
	rows, err := db.sql.QueryContext(ctx, read, before, rewrapped)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close() // rows.Err says it
	for rows.Next() {
		var w wrapping
		if err := rows.Scan(&w.id, &w.key.Of, &w.key.Wrapped); err != nil {
			return nil, explain(err)
		}
		batch = append(batch, w)
	}
	return batch, explain(rows.Err())
}

func (db *DB) rewrap(ctx context.Context, write string, batch []wrapping, anew func(complaint.Key) (complaint.Key, bool, error)) (written int, err error) {
	type fresh struct {
		wrapping
		to []byte
	}
	var all []fresh
	for _, w := range batch {
		to, other, err := anew(w.key)
		if err != nil {
			return 0, err
		}
		if other {
			all = append(all, fresh{w, to.Wrapped})
		}
	}
	if len(all) == 0 {
		return 0, nil
	}
	err = db.write(ctx, func(tx *sql.Tx) error {
		written = 0
		for _, f := range all {
			n, err := changed(tx.ExecContext(ctx, write, f.to, f.id, f.key.Wrapped))
			if err != nil {
				return err
			}
			written += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return written, nil
}
