package page

import (
	"context"
	"sync"
	"time"
)

// deadline is a context that ends at a moment. It starts its timer when
// somebody waits for it, because most requests are over before anybody does.
type deadline struct {
	at time.Time

	mu     sync.Mutex
	ctx    context.Context //nolint:containedctx // it is one itself
	cancel context.CancelFunc
	over   bool
}

// Deadline implements context.Context.
func (d *deadline) Deadline() (time.Time, bool) { return d.at, true }

// Value implements context.Context; there is none.
func (d *deadline) Value(any) any { return nil }

// Done implements context.Context.
func (d *deadline) Done() <-chan struct{} { return d.started().Done() }

// Err implements context.Context.
func (d *deadline) Err() error {
	d.mu.Lock()
	started := d.ctx
	over := d.over
	d.mu.Unlock()
	switch {
	case started != nil:
		return started.Err()
	case over:
		return context.Canceled
	case !time.Now().Before(d.at): //nolint:forbidigo // as the context package does
		return context.DeadlineExceeded
	}
	return nil
}

func (d *deadline) started() context.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx == nil {
		d.ctx, d.cancel = context.WithDeadline(context.Background(), d.at)
		if d.over {
			d.cancel()
		}
	}
	return d.ctx
}

// stop ends the context with the request.
func (d *deadline) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.over = true
	if d.cancel != nil {
		d.cancel()
	}
}
