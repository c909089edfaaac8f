package content

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Board is the notice board: the newest whole snapshot, as every page reads
// it, and on request an older one. It follows the shelf; what it shows is
// always whole, and stays up when the shelf cannot be read.
type Board struct {
	shelf Shelf
	now   atomic.Pointer[Snapshot]

	mu    sync.Mutex
	older map[int64]*Snapshot
}

// NewBoard reads the shelf and puts the newest snapshot up.
func NewBoard(ctx context.Context, shelf Shelf) (*Board, error) {
	b := &Board{shelf: shelf, older: map[int64]*Snapshot{}}
	b.now.Store(&Snapshot{})
	_, err := b.Refresh(ctx)
	return b, err
}

// Snapshot returns the newest snapshot. It is never nil.
func (b *Board) Snapshot() *Snapshot { return b.now.Load() }

// Refresh puts up what was appended since, and reports whether anything was.
// One caller at a time.
func (b *Board) Refresh(ctx context.Context) (bool, error) {
	old := b.now.Load()
	head, err := b.shelf.Head(ctx)
	if err != nil || head == old.Edition {
		return false, err
	}
	editions, err := b.shelf.Editions(ctx, old.Edition, head)
	if err != nil {
		return false, err
	}
	next, err := old.Apply(editions...)
	if err != nil {
		return false, err
	}
	b.now.Store(next)
	return true, nil
}

// Follow refreshes at the interval until ctx ends. changed is called with each
// new snapshot, failed with each error.
func (b *Board) Follow(ctx context.Context, every time.Duration, changed func(*Snapshot), failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		fresh, err := b.Refresh(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failed(err)
		case fresh:
			changed(b.Snapshot())
		}
	}
}

// keptOlder is how many older snapshots are kept after use; a reader of old
// editions reads a few pages of the same one.
const keptOlder = 4

// At returns what was public at edition n. It returns ErrNoEdition for a
// number that the board has not reached.
func (b *Board) At(ctx context.Context, n int64) (*Snapshot, error) {
	now := b.now.Load()
	if n == now.Edition {
		return now, nil
	}
	if n < 1 || n > now.Edition {
		return nil, fmt.Errorf("edition %d: %w", n, ErrNoEdition)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, ok := b.older[n]; ok {
		return s, nil
	}
	editions, err := b.shelf.Editions(ctx, 0, n)
	if err != nil {
		return nil, err
	}
	s, err := Fold(editions)
	if err != nil {
		return nil, err
	}
	if len(b.older) == keptOlder {
		clear(b.older)
	}
	b.older[n] = s
	return s, nil
}
