package search

import (
	"testing"
	"time"
)

// A question that ends well in the moment in which its reader stops waiting
// leaves nobody in doubt for ever.
func TestDoubtEnds(t *testing.T) {
	now := time.Date(2026, time.June, 20, 9, 30, 0, 0, time.UTC)
	b := breaker{now: func() time.Time { return now }}
	b.next()
	b.succeed()
	b.doubt()
	if got := b.next(); got != askNobody {
		t.Errorf("at once %v asks", got)
	}
	now = now.Add(firstPause)
	if got := b.next(); got != askBeside {
		t.Errorf("after the pause %v asks", got)
	}
	if got := b.next(); got != askNobody {
		t.Errorf("beside the one that asks %v does", got)
	}
	b.succeed()
	if got := b.next(); got != askAndWait {
		t.Errorf("when it answered %v asks", got)
	}
}
