package store

import (
	"testing"
	"time"
)

// One holder has a lease at a time; it can be kept on, given back, and taken
// when it has run out.
func TestLease(t *testing.T) {
	begin := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		for i, step := range []struct {
			name, holder string
			at, term     time.Duration
			mine         bool
		}{
			{"clock", "a", 0, time.Minute, true},
			{"clock", "b", 30 * time.Second, time.Minute, false},
			{"courier", "b", 30 * time.Second, time.Minute, true},
			{"clock", "a", 50 * time.Second, time.Minute, true},
			{"clock", "b", 70 * time.Second, time.Minute, false},
			{"clock", "b", 110 * time.Second, time.Minute, true},
			{"clock", "a", 111 * time.Second, time.Minute, false},
			{"clock", "a", 112 * time.Second, 0, false},
			{"clock", "a", 113 * time.Second, time.Minute, false},
			{"clock", "b", 114 * time.Second, 0, false},
			{"clock", "a", 114 * time.Second, time.Minute, true},
		} {
			mine, err := db.Lease(t.Context(), step.name, step.holder, step.term, begin.Add(step.at))
			if mine != step.mine || err != nil {
				t.Errorf("step %d: %s asks for %s: %v, %v; want %v", i, step.holder, step.name, mine, err, step.mine)
			}
		}
	})
}
