package store

import (
	"context"
	"sync"
	"time"

	"yangguang/complaint/evidence"
)

// spare is how much of its disk files leave free: words are filed for as long
// as there is room for them, however many files are sent and never filed.
const spare = 512 << 20

// unsentMost is how many bytes all drafts together keep in files: they may come
// to nothing, and a case must find room for its own.
const unsentMost = 8 << 30

// unsent remembers for a moment how much drafts keep, which nobody counts along
// with.
type unsent struct {
	mu    sync.Mutex
	most  int64
	bytes int64
	asked time.Time
}

// unsentLasts is how long such a sum is believed.
const unsentLasts = 5 * time.Second

// roomForDrafts returns a *evidence.Refused where drafts keep so much that
// another file has to wait until they are filed or gone. A file for what is a
// case is not one of theirs.
func (v *Vault) roomForDrafts(ctx context.Context, draft string, now time.Time) error {
	u := &v.db.unsent
	u.mu.Lock()
	defer u.mu.Unlock()
	if since := now.Sub(u.asked); since < 0 || since >= unsentLasts {
		err := v.db.row(ctx, `
			select coalesce(sum(size), 0) from evidence
			where kept_at > 0 and not exists (select 1 from cases where cases.draft = evidence.draft)`).Scan(&u.bytes)
		if err != nil {
			return explain(err)
		}
		u.asked = now
	}
	if u.bytes < u.most {
		return nil
	}
	var filed int
	err := v.db.row(ctx, `select count(*) from cases where draft = $1`, draft).Scan(&filed)
	if err == nil && filed == 0 {
		err = &evidence.Refused{Why: evidence.NoRoom}
	}
	return err
}

// roomForFiles returns a *evidence.Refused where the disk of the database is
// nearly full. What the disk of a server has left is not known here.
func (db *DB) roomForFiles() error {
	if db.folder == "" {
		return nil
	}
	if free, known := freeBytes(db.folder); known && free < db.spare {
		return &evidence.Refused{Why: evidence.NoRoom}
	}
	return nil
}
