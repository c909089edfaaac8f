package telegram

import (
	"context"
	"errors"
	"sync"
	"time"

	"yangguang/complaint"
)

// Health is how the channel does, for a machine or an administrator.
type Health struct {
	State string    `json:"state"`
	Since time.Time `json:"since"`
	// Waiting is what is still to be sent, Oldest since when the first of it is
	// due, GivenUp what could not be delivered in the last two days, Lost how
	// many updates could not be taken since the start.
	Waiting int        `json:"waiting"`
	Oldest  *time.Time `json:"oldest,omitempty"`
	GivenUp int        `json:"given_up"`
	Lost    int        `json:"lost"`
}

// The states.
const (
	starting = "starting"
	working  = "working"
	standby  = "standby" // another process polls and sends
)

// Well reports whether what comes is taken and what is to be said is sent, here
// or by another process.
func (h Health) Well() bool { return h.State == starting || h.State == working || h.State == standby }

type health struct {
	mu    sync.Mutex
	state string
	since time.Time
	lost  int
}

func (h *health) set(state string, now time.Time) (changed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.state == state {
		return false
	}
	h.state, h.since = state, now
	return true
}

func (h *health) lose() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lost++
}

// Health says how the channel does.
func (c *Channel) Health(ctx context.Context) (Health, error) {
	s, err := c.Outbox.Standing(ctx, complaint.Telegram)
	c.health.mu.Lock()
	defer c.health.mu.Unlock()
	h := Health{State: c.health.state, Since: c.health.since, Waiting: s.Waiting, GivenUp: s.GivenUp, Lost: c.health.lost}
	if h.State == "" {
		h.State = starting
	}
	if s.Waiting > 0 {
		h.Oldest = &s.Oldest
	}
	return h, err
}

// fail notes that something failed that is tried again, in the log once for
// each change.
func (c *Channel) fail(doing string, err error) {
	state := "failing"
	if f, ok := errors.AsType[*failure](err); ok {
		state = string(f.kind)
	}
	if c.health.set(state, c.Now()) {
		c.Log.Warn("telegram", "doing", doing, "error", err)
	}
}
