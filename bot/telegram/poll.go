package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"
)

// mostAtOnce is how many updates are asked for at a time, and how many may be
// under way: what is asked for begins with the first that is not done.
const mostAtOnce = 100

// Between two questions there is at least a breath: a server that does not hold
// a question back is not asked thousands of times a second.
const breath = 200 * time.Millisecond

// poll asks for updates until ctx ends. The offset moves on over what is done
// and no further.
func (c *Channel) poll(ctx context.Context) {
	p := newUnder()
	defer c.lanes.wait()
	for try := 0; ctx.Err() == nil; {
		patience := pollTime
		if p.busy() || try > 0 { // or to know soon that it is over
			patience = 0
		}
		asked := c.Now()
		raw, err := c.api.updates(ctx, p.offset(), patience)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			c.fail(polling, err)
			rest(ctx, wait(err, try))
			try++
			continue
		}
		try = 0
		c.well(polling)
		if c.begin(ctx, p, raw) == 0 {
			p.pause(ctx, breath-c.Now().Sub(asked))
		}
	}
}

// begin takes up the updates that are new, in their order, and returns how many
// those are.
func (c *Channel) begin(ctx context.Context, p *under, raw []json.RawMessage) (fresh int) {
	all := make([]update, len(raw))
	for i, b := range raw {
		all[i] = read(b)
	}
	slices.SortFunc(all, func(a, b update) int { return cmp.Compare(a.ID, b.ID) })
	for _, u := range all {
		if !p.add(u.ID) {
			continue
		}
		fresh++
		c.lanes.do(u.Chat, func() {
			if c.take(ctx, u) {
				p.finish(u.ID)
			}
		})
	}
	return fresh
}

// under are the updates under way.
type under struct {
	mu sync.Mutex
	// pending are not done, done are but stand behind one that is not.
	pending, done map[int64]bool
	next          int64 // behind all that came
	came          chan struct{}
}

func newUnder() *under {
	return &under{pending: map[int64]bool{}, done: map[int64]bool{}, came: make(chan struct{}, 1)}
}

// offset is the first update that is not done; to ask for it acknowledges all
// before it.
func (p *under) offset() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	first := p.next
	for id := range p.pending {
		first = min(first, id)
	}
	maps.DeleteFunc(p.done, func(id int64, _ bool) bool { return id < first })
	return first
}

func (p *under) busy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pending) > 0
}

// add notes an update, and reports whether it is new.
func (p *under) add(id int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pending[id] || p.done[id] {
		return false
	}
	if len(p.pending) == 0 && len(p.done) == 0 {
		p.next = 0 // after a week of silence Telegram begins anywhere
	}
	p.next = max(p.next, id+1)
	p.pending[id] = true
	return true
}

func (p *under) finish(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pending, id)
	p.done[id] = true
	select {
	case p.came <- struct{}{}:
	default:
	}
}

// pause waits at least for d, and while something is under way until it is done
// or a second has passed.
func (p *under) pause(ctx context.Context, d time.Duration) {
	if d > 0 && !rest(ctx, d) || !p.busy() {
		return
	}
	soon := time.NewTimer(time.Second)
	defer soon.Stop()
	select {
	case <-p.came:
	case <-soon.C:
	case <-ctx.Done():
	}
}
