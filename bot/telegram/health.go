package telegram

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
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

// What the channel does that can go wrong for a while.
const (
	greeting = "greet"
	polling  = "getUpdates"
	sending  = "sendMessage"
	taking   = "take"
	keeping  = "outbox"
	leasing  = "lease"
)

// Well reports whether what comes is taken and what is to be said is sent, here
// or by another process.
func (h Health) Well() bool { return h.State == starting || h.State == working || h.State == standby }

type health struct {
	mu sync.Mutex
	// part is what this process does while all is well, wrong what is not, by
	// what was to be done.
	part  string
	wrong map[string]string
	since time.Time // of what state last became
	last  string
	lost  int
}

// state is how the channel does. Of several troubles the one that ends the talk
// goes first: that nothing is handed out, then that nothing is sent.
func (h *health) state() string {
	for _, doing := range []string{greeting, polling, sending} {
		if h.wrong[doing] != "" {
			return h.wrong[doing]
		}
	}
	for _, doing := range slices.Sorted(maps.Keys(h.wrong)) {
		return h.wrong[doing]
	}
	return cmp.Or(h.part, starting)
}

// note notes that something goes well (""), or in which way it does not, and
// reports whether that is new.
func (h *health) note(doing, wrong string, now time.Time) (changed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.wrong[doing] == wrong {
		return false
	}
	if h.wrong == nil {
		h.wrong = map[string]string{}
	}
	if h.wrong[doing] = wrong; wrong == "" {
		delete(h.wrong, doing)
	}
	h.turned(now)
	return true
}

// be notes which part this process has. What went wrong in another is over.
func (h *health) be(part string, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.part != part {
		h.part = part
		clear(h.wrong)
	}
	h.turned(now)
}

func (h *health) turned(now time.Time) {
	if state := h.state(); state != h.last {
		h.last, h.since = state, now
	}
}

// well reports whether nothing is wrong with that.
func (h *health) well(doing string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.wrong[doing] == ""
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
	h := Health{State: c.health.state(), Since: c.health.since, Waiting: s.Waiting, GivenUp: s.GivenUp, Lost: c.health.lost}
	if s.Waiting > 0 {
		h.Oldest = &s.Oldest
	}
	return h, err
}

// well notes that something goes well.
func (c *Channel) well(doing string) { c.health.note(doing, "", c.Now()) }

// fail notes that something failed that is tried again, in the log once for
// each change.
func (c *Channel) fail(doing string, err error) {
	state := "failing"
	if f, ok := errors.AsType[*failure](err); ok {
		state = string(f.kind)
	}
	if c.health.note(doing, state, c.Now()) {
		c.Log.Warn("telegram", "doing", doing, "error", err)
	}
}
