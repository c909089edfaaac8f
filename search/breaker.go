package search

import (
	"sync"
	"time"
)

// breaker decides who asks a server that may be lost. Closed, every reader
// asks. The first failure opens it: nobody asks until a pause is over. Then it
// is half open: one question is asked beside a reader who does not wait for
// it, and its answer closes or opens it again, for a longer pause.
type breaker struct {
	now func() time.Time

	mu    sync.Mutex
	state breakerState
	pause time.Duration
	until time.Time // of the pause
}

type breakerState int

const (
	closed breakerState = iota
	opened
	halfOpen
)

const (
	firstPause   = time.Second
	longestPause = 30 * time.Second
)

// whoAsks says whether a question goes to the server, and whether its reader
// waits.
type whoAsks int

const (
	askAndWait whoAsks = iota
	askBeside
	askNobody
)

func (b *breaker) next() whoAsks {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch now := b.now(); {
	case b.state == closed:
		return askAndWait
	case !now.Before(b.until): // also where the one that was to decide has ended unseen
		b.state, b.until = halfOpen, now.Add(max(b.pause, firstPause))
		return askBeside
	}
	return askNobody
}

// doubt makes a question that is still waited for the one that decides, so
// that no other reader waits for the same loss.
func (b *breaker) doubt() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state == closed {
		b.state, b.until = halfOpen, b.now().Add(firstPause)
	}
}

// fail opens the breaker, and reports whether it was closed before or in
// doubt for the first time.
func (b *breaker) fail() (first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state == opened {
		return false
	}
	first = b.pause == 0
	b.pause = min(max(2*b.pause, firstPause), longestPause)
	b.state, b.until = opened, b.now().Add(b.pause)
	return first
}

// succeed closes the breaker, and reports whether it was open.
func (b *breaker) succeed() (again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state == opened {
		return false // an older question, asked before it opened
	}
	again = b.pause > 0
	b.state, b.pause = closed, 0
	return again
}
