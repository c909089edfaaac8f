package content

import (
	"context"
	"errors"
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
	older map[int64]*older
}

// NewBoard reads the shelf and puts the newest snapshot up.
func NewBoard(ctx context.Context, shelf Shelf) (*Board, error) {
	b := &Board{shelf: shelf, older: map[int64]*older{}}
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
	if len(next.taken) > len(old.taken) {
		b.mu.Lock()
		clear(b.older) // they still show it
		b.mu.Unlock()
	}
	return true, nil
}

// Follow calls changed with the snapshot that is up, and until ctx ends looks
// at the interval for a newer one to put up and call changed with. A call that
// fails is repeated at the next look. looked is called after each look, with
// what went wrong or nil.
func (b *Board) Follow(ctx context.Context, every time.Duration, changed func(*Snapshot) error, looked func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var err error
	for behind := true; ; {
		if behind {
			failed := changed(b.Snapshot())
			behind, err = failed != nil, errors.Join(err, failed)
		}
		if ctx.Err() == nil {
			looked(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		var fresh bool
		fresh, err = b.Refresh(ctx)
		behind = behind || fresh
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
	o, known := b.older[n]
	if !known {
		if len(b.older) >= keptOlder {
			clear(b.older)
		}
		o = &older{ready: make(chan struct{})}
		b.older[n] = o
	}
	b.mu.Unlock()
	if !known {
		o.snapshot, o.err = b.fold(ctx, n)
		if o.err != nil {
			b.mu.Lock()
			delete(b.older, n)
			b.mu.Unlock()
		}
		close(o.ready)
	}
	select {
	case <-o.ready:
		return o.snapshot, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (b *Board) fold(ctx context.Context, n int64) (*Snapshot, error) {
	editions, err := b.shelf.Editions(ctx, 0, n)
	if err != nil {
		return nil, err
	}
	s, err := Fold(editions)
	if err != nil {
		return nil, err
	}
	return s.without(b.now.Load().taken)
}

// older is an older snapshot, or one that somebody is putting together.
type older struct {
	ready    chan struct{}
	snapshot *Snapshot
	err      error
}
