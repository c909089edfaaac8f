// Package limittest holds the suite that all implementations of page.Limiter
// pass.
package limittest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yangguang/site/page"
)

// Clock is the clock of the limiter under test.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *Clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Run holds an implementation of page.Limiter to what the contract promises.
// New returns an empty one on that clock for each test.
func Run(t *testing.T, fresh func(t *testing.T, now func() time.Time) page.Limiter) {
	for name, test := range map[string]func(*testing.T, page.Limiter, *Clock){
		"turns run out and come back":               turns,
		"a turn given back is there again":          back,
		"many at once take no more than there are":  atOnce,
		"a full count refuses rather than forgets":  full,
		"rates of years and of microseconds are so": extremes,
	} {
		t.Run(name, func(t *testing.T) {
			c := &Clock{at: time.Unix(1_700_000_000, 0)}
			test(t, fresh(t, c.Now), c)
		})
	}
}

var three = page.Rate{Name: "search", Burst: 3, Every: 10 * time.Second}

func take(t *testing.T, l page.Limiter, r page.Rate, source string) time.Duration {
	t.Helper()
	wait, err := l.Take(t.Context(), r, source)
	if err != nil {
		t.Fatal(err)
	}
	return wait
}

func turns(t *testing.T, l page.Limiter, c *Clock) {
	for i, step := range []struct {
		after  time.Duration
		source string
		rate   page.Rate
		wait   time.Duration
	}{
		{0, "a", three, 0},
		{0, "a", three, 0},
		{0, "a", three, 0},
		{0, "a", three, 10 * time.Second},
		{0, "b", three, 0}, // another source has its own turns
		{0, "a", page.Rate{Name: "receipt", Burst: 1, Every: time.Minute}, 0}, // another thing too
		{4 * time.Second, "a", three, 6 * time.Second},
		{6 * time.Second, "a", three, 0}, // one turn has come back
		{0, "a", three, 10 * time.Second},
		{time.Hour, "a", three, 0},
		{0, "a", three, 0},
		{0, "a", three, 0},
		{0, "a", three, 10 * time.Second}, // an hour saves no more than the burst
		{-time.Hour, "a", three, time.Hour + 10*time.Second},
	} {
		c.move(step.after)
		if wait := take(t, l, step.rate, step.source); wait != step.wait {
			t.Errorf("step %d: wait %v, want %v", i, wait, step.wait)
		}
	}
}

func back(t *testing.T, l page.Limiter, c *Clock) {
	give := func() {
		t.Helper()
		if err := l.Return(t.Context(), three, "a"); err != nil {
			t.Fatal(err)
		}
	}
	give() // nothing was taken: nothing is gained
	for range 3 {
		take(t, l, three, "a")
	}
	give()
	if wait := take(t, l, three, "a"); wait != 0 {
		t.Errorf("the turn given back: wait %v", wait)
	}
	if wait := take(t, l, three, "a"); wait != 10*time.Second {
		t.Errorf("a turn was gained: wait %v, want 10s", wait)
	}
	c.move(time.Hour)
	give()
	for range 3 {
		take(t, l, three, "a")
	}
	if wait := take(t, l, three, "a"); wait != 10*time.Second {
		t.Errorf("given back an hour later: wait %v, want 10s", wait)
	}
}

func atOnce(t *testing.T, l page.Limiter, _ *Clock) {
	var all sync.WaitGroup
	var won atomic.Int64
	for range 20 {
		all.Go(func() {
			if wait, err := l.Take(t.Context(), three, "a"); err == nil && wait == 0 {
				won.Add(1)
			}
		})
	}
	all.Wait()
	if won.Load() != 3 {
		t.Errorf("%d of 20 at once got a turn, want 3", won.Load())
	}
}

func full(t *testing.T, l page.Limiter, c *Clock) {
	for range 4 {
		take(t, l, three, "known")
	}
	allowed := 0
	for i := range page.MeterSources + 1000 {
		if take(t, l, three, fmt.Sprint(i)) == 0 {
			allowed++
		}
	}
	if most := page.MeterSources - 1 + three.Burst; allowed > most {
		t.Errorf("%d of the new sources were let through, want at most %d", allowed, most)
	}
	if take(t, l, three, "known") == 0 {
		t.Error("a source that must wait was forgotten when many others came")
	}
	c.move(time.Minute)
	if take(t, l, three, "new") != 0 {
		t.Error("after a minute of quiet a new source has to wait")
	}
}

func extremes(t *testing.T, l page.Limiter, _ *Clock) {
	for _, every := range []time.Duration{time.Microsecond, 50 * time.Millisecond, 15 * time.Minute, 1000 * time.Hour} {
		r := page.Rate{Name: every.String(), Burst: 5, Every: every}
		for range 5 {
			if wait := take(t, l, r, "a"); wait != 0 {
				t.Errorf("every %v: wait %v, want a turn", every, wait)
			}
		}
		if wait := take(t, l, r, "a"); wait != every {
			t.Errorf("every %v: wait %v, want that", every, wait)
		}
	}
}
