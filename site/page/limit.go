package page

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Rate is how often one source may do one thing: Burst times at once, then
// once each Every.
type Rate struct {
	// Name keeps the counts of different things apart.
	Name  string
	Burst int
	Every time.Duration
	// Local: it spares the machine, so each process counts by itself. What is
	// read then waits for no other server.
	Local bool
}

// Limiter counts turns.
type Limiter interface {
	// Take takes one of the source's turns and returns 0, or takes none and
	// returns how long until there is one. On an error nothing was counted,
	// and the caller refuses.
	Take(ctx context.Context, r Rate, source string) (time.Duration, error)
	// Return gives back a turn that was taken and not used.
	Return(ctx context.Context, r Rate, source string) error
}

// errNoLimits: whether a source may go on cannot be counted, so it may not.
var errNoLimits = errors.New("page: limits cannot be counted")

// Limit lets a request through if its source has a turn left and the house is
// not full. It holds its place in the house until it is answered.
func (s *Server) Limit(r Rate) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := s.turn(c, r); err != nil {
			return err
		}
		release, err := s.enter(c)
		if err != nil {
			return err
		}
		defer release()
		c.Locals(insideKey{}, true)
		return c.Next()
	}
}

// turn takes one of the source's turns.
func (s *Server) turn(c *fiber.Ctx, r Rate) error {
	source := s.source(c.Context())
	if !s.counted(source) {
		return nil
	}
	wait, err := s.limiter.Take(c.UserContext(), r, sourceKey(source))
	if err != nil {
		return fmt.Errorf("%w: %w", errNoLimits, err)
	}
	if wait > 0 {
		s.metrics.limited(r.Name)
		return &TooMany{wait}
	}
	return nil
}

// Meter is the Limiter of one process: for each source the moment at which it
// will have all its turns again (GCRA). Its memory is bounded. When it is full
// of sources that still wait, those that are new share one count.
type Meter struct {
	now func() time.Time
	max int

	mu     sync.Mutex
	even   map[turn]time.Time
	pruned time.Time
}

type turn struct{ rate, source string }

// MeterSources is how many sources a Meter tells apart.
const MeterSources = 1 << 16

// NewMeter returns a Meter on that clock.
func NewMeter(now func() time.Time) *Meter {
	return &Meter{now: now, max: MeterSources, even: map[turn]time.Time{}}
}

// Take implements Limiter.
func (m *Meter) Take(_ context.Context, r Rate, source string) (time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.prune(now)
	t := m.turnOf(r, source)
	even := m.even[t]
	if even.Before(now) {
		even = now
	}
	if wait := even.Sub(now) - r.Every*time.Duration(r.Burst-1); wait > 0 {
		return wait, nil
	}
	m.even[t] = even.Add(r.Every)
	return 0, nil
}

// Return implements Limiter.
func (m *Meter) Return(_ context.Context, r Rate, source string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.turnOf(r, source)
	if even, ok := m.even[t]; ok {
		m.even[t] = even.Add(-r.Every)
	}
	return nil
}

// turnOf is under what a source is counted.
func (m *Meter) turnOf(r Rate, source string) turn {
	t := turn{r.Name, source}
	if _, known := m.even[t]; !known && len(m.even) >= m.max {
		t.source = "others"
	}
	return t
}

// prune forgets, at most once a second, the sources that have all their turns.
func (m *Meter) prune(now time.Time) {
	if now.Sub(m.pruned) < time.Second {
		return
	}
	m.pruned = now
	for t, even := range m.even {
		if !even.After(now) {
			delete(m.even, t)
		}
	}
}

// Turn takes one of the source's turns, for a handler that says itself what is
// to be said when there is none left.
func (s *Server) Turn(c *fiber.Ctx, r Rate) error { return s.turn(c, r) }
