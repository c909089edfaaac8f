package telegram

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"sync"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
)

// message is what is sent, as it lies in the outbox.
type message struct {
	Chat    int64     `json:"chat"`
	Text    string    `json:"text"`
	Buttons [][]press `json:"buttons,omitempty"`
	At      time.Time `json:"at"`
	// Group: several read it.
	Group bool `json:"group,omitempty"`
}

// press is a button.
type press struct {
	Label string `json:"label"`
	Data  string `json:"data"`
}

const sealedAt = "parcel"

// parcel seals a message for the outbox.
func (c *Channel) parcel(id string, m message) (bot.Parcel, error) {
	m.At = c.Now()
	plain, err := json.Marshal(m)
	if err != nil {
		return bot.Parcel{}, err
	}
	p := bot.Parcel{Channel: complaint.Telegram, ID: id, Lane: c.lane(m.Chat), Key: c.Mint(id), Due: m.At}
	p.Sealed, err = c.Sealer.Seal(p.Key, sealedAt, plain)
	return p, err
}

func (c *Channel) opened(p bot.Parcel) (m message, err error) {
	p.Key.Of = p.ID
	plain, err := c.Sealer.Open(p.Key, sealedAt, p.Sealed)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(plain, &m)
}

// put keeps parcels and wakes who sends them.
func (c *Channel) put(ctx context.Context, parcels ...bot.Parcel) error {
	err := c.Outbox.Put(ctx, parcels...)
	if err == nil {
		c.wakeUp()
	}
	return err
}

// While few wait, one message is sent at a time, else several; so many may come
// twice when the program is killed.
const (
	fewWait     = 8
	sendsAtOnce = 4
)

// look is how often the outbox is looked at for what another process put there.
const look = time.Second / 2

// send sends what is due until ctx ends.
func (c *Channel) send(ctx context.Context) {
	f := &flight{ids: map[string]bool{}}
	defer f.work.Wait()
	for try := 0; ctx.Err() == nil; {
		soon, err := c.sendDue(ctx, f)
		if err != nil && ctx.Err() == nil {
			c.fail("outbox", err)
			rest(ctx, backoff(try))
			try++
			continue
		}
		try = 0
		t := time.NewTimer(soon)
		select {
		case <-t.C:
		case <-c.wake:
		case <-ctx.Done():
		}
		t.Stop()
	}
}

// flight is what is being sent.
type flight struct {
	mu   sync.Mutex
	ids  map[string]bool
	work sync.WaitGroup
}

// start sends one, unless there is no place among that many, and says when it is over.
func (f *flight) start(id string, places int, send, over func()) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.ids) >= places {
		return false
	}
	f.ids[id] = true
	f.work.Go(func() {
		send()
		f.mu.Lock()
		delete(f.ids, id)
		f.mu.Unlock()
		over()
	})
	return true
}

// now is what is on its way.
func (f *flight) now() map[string]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.ids)
}

// sendDue begins to send what may go now, and returns when to look again.
func (c *Channel) sendDue(ctx context.Context, f *flight) (soon time.Duration, err error) {
	flying := f.now() // looked at first: what lands meanwhile still stands among those due
	due, err := c.Outbox.Next(ctx, complaint.Telegram, c.Now(), 64)
	if err != nil {
		return 0, err
	}
	soon = look
	places := 1
	if len(due) > fewWait {
		places = sendsAtOnce
	}
	for _, p := range due {
		if flying[p.ID] {
			continue
		}
		if len(p.Sealed) == 0 { // nothing is said
			if err := c.Outbox.Done(ctx, p, "", c.Now()); err != nil {
				return 0, err
			}
			continue
		}
		m, err := c.opened(p)
		if err != nil {
			if err := c.giveUp(ctx, p, "damaged"); err != nil {
				return 0, err
			}
			continue
		}
		if d := c.pace.turn(p.Lane, m.Group, c.Now()); d > 0 {
			soon = min(soon, d)
			continue
		}
		if !f.start(p.ID, places, func() { c.sendOne(ctx, p, m) }, c.wakeUp) {
			break // whoever is done wakes
		}
	}
	return soon, nil
}

// wakeUp makes the sender look again.
func (c *Channel) wakeUp() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// sendOne sends a message and notes what became of it. If that cannot be noted
// the message may be sent again.
func (c *Channel) sendOne(ctx context.Context, p bot.Parcel, m message) {
	ctx, cancel := lingering(ctx, lastWords)
	defer cancel()
	err := c.api.send(ctx, m.Chat, m)
	if f, ok := errors.AsType[*failure](err); ok && f.kind == movedAway {
		if err = c.moved(ctx, m.Chat, f.moved); err == nil {
			err = c.api.send(ctx, f.moved, m)
		}
	}
	note, done := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer done()
	if err = c.sent(note, p, m, err, ctx.Err() != nil); err != nil {
		c.fail("outbox", err)
	}
}

// lastWords is how long a message that is under way may take at the end.
const lastWords = 3 * time.Second

// lingering is a context that ends a while after ctx.
func lingering(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.AfterFunc(d, cancel)
		context.AfterFunc(out, func() { t.Stop() })
	})
	return out, func() { stop(); cancel() }
}

// keepTrying is how long a message is tried.
const keepTrying = 24 * time.Hour

func (c *Channel) sent(ctx context.Context, p bot.Parcel, m message, err error, stopped bool) error {
	f, _ := errors.AsType[*failure](err)
	switch {
	case err == nil:
		c.health.set(working, c.Now())
		return c.Outbox.Done(ctx, p, "", c.Now())
	case stopped:
		return nil // it is still there
	case f != nil && (f.kind == blocked || f.kind == refused):
		return c.giveUp(ctx, p, string(f.kind))
	case c.Now().Sub(m.At) > keepTrying:
		return c.giveUp(ctx, p, "too_old")
	}
	if f == nil || f.kind != tooFast {
		c.fail("sendMessage", err)
	}
	return c.Outbox.Later(ctx, p, c.Now().Add(wait(err, p.Tries)))
}

// giveUp ends the trying, so that an administrator sees it.
func (c *Channel) giveUp(ctx context.Context, p bot.Parcel, why string) error {
	c.Log.Warn("telegram: not delivered", "parcel", p.ID, "why", why)
	return c.Outbox.Done(ctx, p, why, c.Now())
}

func hexed(mac []byte) string { return hex.EncodeToString(mac[:min(16, len(mac))]) }
