package page

import (
	"errors"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/calendar"
	"yangguang/content"
)

// key is where an entry stands: every record has one address, drawn in two
// views.
type key struct {
	path string
	view View
}

// entry is a body, what it was made for and the route that made it. Entries
// and bodies never change.
type entry struct {
	snapshot *content.Snapshot
	today    calendar.Date
	route    *fiber.Route
	*body
}

func (e *entry) shows(s *content.Snapshot, today calendar.Date) bool {
	return e != nil && e.snapshot == s && e.today == today
}

// flight is one making of an entry, for which everybody waits who asks for the
// same. Its fields are set before done is closed.
type flight struct {
	done  chan struct{}
	entry *entry
	err   error
}

type flightKey struct {
	key
	snapshot *content.Snapshot
	today    calendar.Date
}

// errAbandoned is what those who waited get when the maker panicked.
var errAbandoned = errors.New("page: its making was abandoned")

// errNotForAll is a handler's mistake.
var errNotForAll = errors.New("page: a cached document has a status or may not be stored")

// cache holds whole pages, bounded by number and bytes. A page is first packed
// quickly and then, by one goroutine, as small as it gets.
type cache struct {
	maxEntries, maxBytes int

	mu      sync.RWMutex
	entries map[key]*entry
	bytes   int
	flights map[flightKey]*flight

	metrics  *metrics
	press    chan key
	stop     chan struct{}
	stopping sync.Once
	stopped  sync.WaitGroup
}

func newCache(maxEntries, maxBytes int, m *metrics) *cache {
	c := &cache{
		maxEntries: maxEntries, maxBytes: maxBytes, metrics: m,
		entries: map[key]*entry{}, flights: map[flightKey]*flight{},
		press: make(chan key, maxEntries), stop: make(chan struct{}),
	}
	c.stopped.Go(c.pressing)
	return c
}

// close stops the pressing and waits for it.
func (c *cache) close() {
	c.stopping.Do(func() { close(c.stop) })
	c.stopped.Wait()
}

// hit returns the entry if it shows that snapshot on that day, else nil.
func (c *cache) hit(path []byte, v View, s *content.Snapshot, today calendar.Date) *entry {
	c.mu.RLock()
	e := c.entries[key{string(path), v}] // no copy is made
	c.mu.RUnlock()
	if !e.shows(s, today) {
		return nil
	}
	c.metrics.hits.Inc()
	return e
}

// miss makes the entry of a reading, or waits for the one who is making it.
func (c *cache) miss(r Reading, render func() (Document, []byte, error)) (*entry, error) {
	ctx, k, s, today, route := r.Context(), key{r.Path, r.View}, r.Snapshot, r.Today, r.c.Route()
	fk := flightKey{k, s, today}
	c.mu.Lock()
	old := c.entries[k]
	if old.shows(s, today) {
		c.mu.Unlock()
		return old, nil
	}
	if f, ok := c.flights[fk]; ok {
		c.mu.Unlock()
		select {
		case <-f.done:
			return f.entry, f.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	f := &flight{done: make(chan struct{}), err: errAbandoned}
	c.flights[fk] = f
	c.mu.Unlock()

	defer func() {
		c.mu.Lock()
		delete(c.flights, fk)
		c.mu.Unlock()
		close(f.done)
	}()
	d, whole, err := render()
	if err == nil && (d.Status != 0 || d.NoStore) {
		err = errNotForAll
	}
	if err != nil {
		f.err = err
		return nil, err
	}
	f.entry, f.err = &entry{s, today, route, old.bodyOf(d, whole)}, nil
	c.keep(k, f.entry)
	return f.entry, nil
}

// bodyOf returns the body that the entry has already if the document is the
// same, else a new one.
func (e *entry) bodyOf(d Document, whole []byte) *body {
	if e != nil && e.is(d, whole) {
		return e.body
	}
	return newBody(d, whole)
}

func (c *cache) keep(k key, e *entry) {
	if e.size > c.maxBytes/8 {
		c.drop(k)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(k)
	c.makeRoom(e)
	c.entries[k] = e
	c.bytes += e.size
	c.enqueue(k, e)
}

// enqueue asks for the best pressing. When the queue is full the page stays as
// it is until it is made again.
func (c *cache) enqueue(k key, e *entry) {
	if e.effort == best {
		return
	}
	select {
	case c.press <- k:
	default:
	}
}

// makeRoom lets entries of other snapshots go first, then any.
func (c *cache) makeRoom(e *entry) {
	for _, stale := range [...]bool{true, false} {
		for k, other := range c.entries {
			if len(c.entries) < c.maxEntries && c.bytes+e.size <= c.maxBytes {
				return
			}
			if !stale || other.snapshot != e.snapshot {
				c.remove(k)
			}
		}
	}
}

func (c *cache) drop(k key) {
	c.mu.Lock()
	c.remove(k)
	c.mu.Unlock()
}

func (c *cache) remove(k key) {
	if e, ok := c.entries[k]; ok {
		c.bytes -= e.size
		delete(c.entries, k)
	}
}

// rest is how long a page stays as it is before it is pressed: that takes a
// processor, and who came for the page goes first.
const rest = 20 * time.Millisecond

// pressing gives each new body its best form.
func (c *cache) pressing() {
	for {
		select {
		case <-c.stop:
			return
		case k := <-c.press:
			select {
			case <-c.stop:
				return
			case <-time.After(rest):
			}
			c.mu.RLock()
			e := c.entries[k]
			c.mu.RUnlock()
			if e != nil && e.effort != best {
				c.swap(k, e.body, e.pressed())
			}
		}
	}
}

// swap replaces a body, unless the page has changed meanwhile; then its own
// keeping has asked for a pressing of its own.
func (c *cache) swap(k key, from, to *body) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[k]; e != nil && e.body == from {
		c.bytes += to.size - from.size
		c.entries[k] = &entry{e.snapshot, e.today, e.route, to}
	}
}

// fill returns the number of entries and their bytes.
func (c *cache) fill() (entries, bytes int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.entries), c.bytes
}
