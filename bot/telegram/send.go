package telegram

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
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
	// Clears: what was said in the chat before is taken out of it first. Where
	// that is refused Otherwise is said instead.
	Clears    bool   `json:"clears,omitempty"`
	Otherwise string `json:"otherwise,omitempty"`
	// Stays: it is not taken out later.
	Stays bool `json:"stays,omitempty"`
	// Number and Seq are of the case and the event that a letter tells of.
	Number complaint.Number `json:"number,omitempty"`
	Seq    int              `json:"seq,omitempty"`
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

// look is how often the outbox is looked at for what another process put there.
const look = time.Second / 2

// pause is how long nothing is sent after Telegram failed to take something.
const pause = time.Second

// mostDue is how many parcels are looked at together.
const mostDue = 64

// send sends what is due until ctx ends.
func (c *Channel) send(ctx context.Context) {
	for try := 0; ctx.Err() == nil; {
		soon, err := c.sendDue(ctx)
		if err != nil && ctx.Err() == nil {
			c.fail(keeping, err)
			rest(ctx, wait(err, try))
			try++
			continue
		}
		try = 0
		c.well(keeping)
		t := time.NewTimer(soon)
		select {
		case <-t.C:
		case <-c.wake:
		case <-ctx.Done():
		}
		t.Stop()
	}
}

// sendDue sends what may go now and returns when to look again. One goes after
// the other, each noted before the next, so that a program that is killed
// repeats one message and no more.
func (c *Channel) sendDue(ctx context.Context) (soon time.Duration, err error) {
	due, err := c.Outbox.Next(ctx, complaint.Telegram, c.Now(), mostDue)
	if err != nil {
		return 0, err
	}
	soon = look
	for _, p := range due {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		m, says, err := c.unpack(ctx, p)
		if err != nil {
			return 0, err
		}
		if !says {
			continue
		}
		if d := c.pace.turn(p.Lane, m.Group, c.Now()); d > 0 {
			soon = min(soon, d)
			continue
		}
		if !c.sendOne(ctx, p, m) {
			rest(ctx, pause)
			return 0, nil
		}
		soon = 0 // something may have stood behind it
	}
	return soon, nil
}

// unpack opens a parcel. One in which nothing is to be said, or that does not
// open, has waited for nothing.
func (c *Channel) unpack(ctx context.Context, p bot.Parcel) (m message, says bool, err error) {
	if len(p.Sealed) == 0 {
		return m, false, c.Outbox.Done(ctx, p, "", c.Now())
	}
	if m, err = c.opened(p); err == nil {
		return m, true, nil
	}
	return message{}, false, c.giveUp(ctx, p, message{}, "damaged")
}

// wakeUp makes the sender look again.
func (c *Channel) wakeUp() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// sendOne sends a message, notes what became of it, and reports whether others
// may be tried at once. If it cannot be noted the message may be sent again.
func (c *Channel) sendOne(ctx context.Context, p bot.Parcel, m message) bool {
	ctx, cancel := lingering(ctx, lastWords)
	defer cancel()
	as, err := c.deliver(ctx, p, m)
	p.As = as
	note, done := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer done()
	if err := c.sent(note, p, m, err, ctx.Err() != nil); err != nil {
		c.fail(keeping, err)
		return false
	}
	switch kindOfTrouble(err) { //nolint:exhaustive // the others are no chat's own
	case "", blocked, refused, tooFast:
		return true
	}
	return false
}

// deliver sends a message and returns what it is called in its chat.
func (c *Channel) deliver(ctx context.Context, p bot.Parcel, m message) (as string, err error) {
	if m.Clears {
		switch err := c.clear(ctx, p.Lane, m.Chat); {
		case kindOfTrouble(err) == refused:
			m.Text = m.Otherwise
		case err != nil:
			return "", err
		}
	}
	id, err := c.api.send(ctx, m.Chat, m)
	if f, ok := errors.AsType[*failure](err); ok && f.kind == movedAway {
		if err = c.moved(ctx, m.Chat, f.moved); err == nil {
			id, err = c.api.send(ctx, f.moved, m)
		}
	}
	if err != nil || m.Stays {
		return "", err
	}
	return strconv.Itoa(id), nil
}

// removable is how long Telegram lets a bot take out what it said, less an hour
// for clocks: 48 hours (core.telegram.org/bots/api#deletemessage). One that is
// older keeps all the others of its call in.
const removable = 47 * time.Hour

// clear takes out of a chat what was said there.
func (c *Channel) clear(ctx context.Context, lane string, chat int64) error {
	said, err := c.Outbox.Sent(ctx, complaint.Telegram, lane, c.Now().Add(-removable))
	if err != nil {
		return err
	}
	ids := make([]int, 0, len(said))
	for _, as := range said {
		if id, err := strconv.Atoi(as); err == nil {
			ids = append(ids, id)
		}
	}
	return c.api.removeAll(ctx, chat, ids)
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

// sent notes what became of a message. That nobody may be written to who blocked
// the bot is not believed of a server that hands out nothing either.
func (c *Channel) sent(ctx context.Context, p bot.Parcel, m message, err error, stopped bool) error {
	f, _ := errors.AsType[*failure](err)
	switch {
	case err == nil:
		c.well(sending)
		return c.Outbox.Done(ctx, p, "", c.Now())
	case stopped:
		return nil // it is still there
	case f != nil && (f.kind == refused || f.kind == blocked && c.health.well(polling) && c.health.well(greeting)):
		c.well(sending)
		return c.giveUp(ctx, p, m, string(f.kind))
	case c.Now().Sub(m.At) > keepTrying:
		c.well(sending) // as far as is known: others may not wait
		return c.giveUp(ctx, p, m, "too_old")
	}
	if f == nil || f.kind != tooFast {
		c.fail(sending, err)
	}
	return c.Outbox.Later(ctx, p, c.Now().Add(wait(err, p.Tries)))
}

// giveUp ends the trying, so that an administrator sees it, and of a letter
// whoever sees the case.
func (c *Channel) giveUp(ctx context.Context, p bot.Parcel, m message, why string) error {
	if err := c.unreached(ctx, m.Number, m.Seq); err != nil {
		return err
	}
	c.Log.Warn("telegram: not delivered", "parcel", p.ID, "why", why)
	return c.Outbox.Done(ctx, p, why, c.Now())
}

// unreached has it noted that a citizen could not be told. Where that fails for
// a reason of its own, others do not wait for it.
func (c *Channel) unreached(ctx context.Context, n complaint.Number, seq int) error {
	if n == "" {
		return nil
	}
	err := c.Unreached(ctx, n, seq)
	if err != nil && !outside(err) {
		c.Log.Error("telegram: an undelivered letter is not noted", "error", err)
		return nil
	}
	return err
}

func hexed(mac []byte) string { return hex.EncodeToString(mac[:min(16, len(mac))]) }
