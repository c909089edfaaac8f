package page

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
)

// brake bounds how many pages are in the making, so that a rush makes a few
// readers wait and then refuses, instead of making everybody slow.
type brake struct {
	places   chan struct{}
	waiting  atomic.Int64
	most     int64
	patience time.Duration
	refused  func()
}

func newBrake(places, waiting int, patience time.Duration, refused func()) *brake {
	return &brake{places: make(chan struct{}, places), most: int64(waiting), patience: patience, refused: refused}
}

// try takes a place if there is one.
func (b *brake) try() (release func(), ok bool) {
	select {
	case b.places <- struct{}{}:
		return b.leave, true
	default:
		return nil, false
	}
}

// enter takes a place, waiting a little. It returns ErrBusy when too many wait
// or the wait was too long.
func (b *brake) enter(ctx context.Context) (release func(), err error) {
	if release, ok := b.try(); ok {
		return release, nil
	}
	defer b.waiting.Add(-1)
	if b.waiting.Add(1) > b.most {
		b.refused()
		return nil, ErrBusy
	}
	patience := time.NewTimer(b.patience)
	defer patience.Stop()
	select {
	case b.places <- struct{}{}:
		return b.leave, nil
	case <-patience.C:
	case <-ctx.Done():
	}
	b.refused()
	return nil, ErrBusy
}

func (b *brake) leave() { <-b.places }

// insideKey marks a request that has its place already.
type insideKey struct{}

// enter takes the request's place among those in the making, once.
func (s *Server) enter(c *fiber.Ctx) (release func(), err error) {
	if c.Locals(insideKey{}) != nil {
		return func() {}, nil
	}
	return s.brake.enter(c.UserContext())
}
