package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
)

// How long one update may take, and how often one is tried that fails for no
// reason outside.
const (
	takeTime  = 20 * time.Second
	fileTime  = 90 * time.Second
	mostTries = 4
)

// take takes an update until it is committed and what is to be said to it lies
// in the outbox, and returns true then. It returns false when ctx ended first:
// then the update comes again.
func (c *Channel) take(ctx context.Context, u update) bool {
	for try := 0; ctx.Err() == nil; try++ {
		err := c.try(ctx, u)
		if err == nil {
			c.well(taking)
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		c.fail(taking, err)
		if try+1 >= mostTries && !outside(err) {
			if err := c.lose(ctx, u); err == nil {
				return true
			}
		}
		rest(ctx, min(backoff(try), 30*time.Second))
	}
	return false
}

// outside: it fails for a reason that passes.
func outside(err error) bool {
	for _, passing := range []error{
		complaint.ErrNotKept, complaint.ErrAway, complaint.ErrStale, context.DeadlineExceeded, context.Canceled, bot.ErrStale,
	} {
		if errors.Is(err, passing) {
			return true
		}
	}
	f, ok := errors.AsType[*failure](err)
	return ok && f.kind != refused
}

// lose gives an update up, for an administrator to see, and asks its citizen to
// say it otherwise.
func (c *Channel) lose(ctx context.Context, u update) error {
	c.Log.Error("telegram: update not taken", "update", u.ID)
	a := answer{text: c.say("lost", map[string]string{"link": c.Address})}
	if !u.Private {
		a.text = "" // it may not have been for us
	}
	err := c.answer(ctx, u, a)
	if err == nil {
		c.health.lose()
	}
	return err
}

var errPanic = errors.New("telegram: panic")

// try takes an update once.
func (c *Channel) try(ctx context.Context, u update) (err error) {
	defer func() {
		if r := recover(); r != nil {
			c.Log.Error("telegram: panic", "update", u.ID, "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: update %d", errPanic, u.ID)
		}
	}()
	ctx, cancel := allow(ctx, u)
	defer cancel()
	known, err := c.Outbox.Has(ctx, complaint.Telegram, u.parcel())
	if err != nil || known {
		return err
	}
	a, err := c.step(ctx, u)
	if err != nil {
		c.urge(ctx, u, a)
		return err
	}
	if err := c.answer(ctx, u, a); err != nil {
		return err
	}
	c.after(ctx, u, a)
	return nil
}

// allow gives an update its time. One without a file is not broken off when the
// program stops.
func allow(ctx context.Context, u update) (context.Context, context.CancelFunc) {
	if u.File != nil {
		return context.WithTimeout(ctx, fileTime)
	}
	return context.WithTimeout(context.WithoutCancel(ctx), takeTime)
}

// answer is what is to be said to an update.
type answer struct {
	text    string
	buttons [][]press
	// album: more of the same may come, and is answered together.
	album bool
	// away: the message need not stay in the chat. leave: nor need the bot.
	away, leave bool
	// clears: the bot's own words are taken out of the chat before it is said;
	// where they cannot be, otherwise is said. stays: it is not taken out later.
	clears, stays bool
	otherwise     string
	// dangers is what to say at once where nothing could be kept.
	dangers string
}

// answer keeps what is to be said, and that the update was taken.
func (c *Channel) answer(ctx context.Context, u update, a answer) error {
	texts := split(a.text)
	parcels := make([]bot.Parcel, 0, len(texts))
	for i, text := range texts {
		m := message{Chat: u.Chat, Text: text, Group: !u.Private, Stays: a.stays}
		if i == 0 {
			m.Clears, m.Otherwise = a.clears, a.otherwise
		}
		id := u.parcel()
		if i > 0 {
			id += "." + string(rune('a'+i))
		}
		if i == len(texts)-1 {
			m.Buttons = a.buttons
		}
		p, err := c.parcel(id, m)
		if err != nil {
			return err
		}
		if a.album {
			p.Due, p.InPlaceOf = c.Now().Add(albumQuiet), c.albums.last(u)
		}
		parcels = append(parcels, p)
	}
	if len(parcels) == 0 { // what is known is kept all the same
		return c.silent(ctx, u)
	}
	return c.put(ctx, parcels...)
}

// silent notes that an update was taken to which nothing is said.
func (c *Channel) silent(ctx context.Context, u update) error {
	p := bot.Parcel{Channel: complaint.Telegram, ID: u.parcel(), Lane: u.parcel(), Key: complaint.Key{Wrapped: []byte{}}, Sealed: []byte{}, Due: c.Now()}
	if err := c.Outbox.Put(ctx, p); err != nil {
		return err
	}
	return c.Outbox.Done(ctx, p, "", c.Now())
}

// urge tells somebody in danger whom to call, even where nothing can be kept.
// It is tried once.
func (c *Channel) urge(ctx context.Context, u update, a answer) {
	if _, told := c.urged.LoadOrStore(u.ID, true); told || a.dangers == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTime)
	defer cancel()
	if _, err := c.api.send(ctx, u.Chat, message{Text: a.dangers}); err != nil {
		c.fail(sending, err)
	}
}

// after does what is polite and needs not be done: the button stops waiting,
// what should not stand in the chat is taken out.
func (c *Channel) after(ctx context.Context, u update, a answer) {
	c.urged.Delete(u.ID)
	if u.Press != "" {
		_ = c.api.pressed(ctx, u.Press)
	}
	if a.away && u.Message != 0 {
		_ = c.api.remove(ctx, u.Chat, u.Message)
	}
	if a.leave {
		_ = c.api.leave(ctx, u.Chat)
	}
}

// step does what an update asks for and returns what to say to it.
func (c *Channel) step(ctx context.Context, u update) (answer, error) {
	if !u.Private {
		return c.public(ctx, u)
	}
	if u.What == nothing {
		return answer{}, nil
	}
	if over, say := c.floods.over(u.Chat, c.Now()); over {
		if say {
			return answer{text: c.say("flood", nil)}, nil
		}
		return answer{}, nil
	}
	switch u.What { //nolint:exhaustive // the rest is answered alike
	case wrote:
		return c.wrote(ctx, u)
	case revised:
		a, _, err := c.event(ctx, u, bot.Event{Act: bot.Revise, Text: u.Text})
		return a, err
	case pressed:
		e, ok := buttonEvent(u.Data)
		if !ok {
			e = bot.Event{Act: bot.Choose, Prompt: "?"} // as stale as can be
		}
		a, _, err := c.event(ctx, u, e)
		return a, err
	case sent:
		return c.file(ctx, u)
	}
	return answer{text: c.say("not."+string(u.What), nil), away: u.What == contact}, nil
}

// public answers where several read. Nothing is taken there.
func (c *Channel) public(ctx context.Context, u update) (answer, error) {
	group, err := c.group(ctx)
	if err != nil {
		return answer{}, err
	}
	command, _ := commandOf(u.Text)
	switch {
	case u.Chat == group && (u.What == joined || command != ""):
		return answer{text: c.say("group.desk", map[string]string{"link": c.Address + "/desk"})}, nil
	case u.Chat == group:
		return answer{}, nil
	case u.What == joined, command != "":
		return answer{text: c.say("group.no", map[string]string{"link": c.Address, "chat": fmt.Sprint(u.Chat)})}, nil
	}
	return answer{}, nil
}

// wrote takes a text.
func (c *Channel) wrote(ctx context.Context, u update) (answer, error) {
	e := bot.Event{Act: bot.Say, Text: u.Text}
	command, rest := commandOf(u.Text)
	switch command {
	case "start":
		e = bot.Event{Act: bot.Start}
	case "status":
		e.Text = "进度"
	case "help":
		e = bot.Event{Act: bot.Help}
	case "cancel", "delete":
		e = bot.Event{Act: bot.Cancel}
	case "", "back", "skip", "submit", "edit": // the conversation knows them
	default:
		if e.Text = rest; rest == "" {
			e = bot.Event{Act: bot.Help}
		}
	}
	a, turn, err := c.event(ctx, u, e)
	if _, filed := turn.Talk.Filed(); err == nil && command == "delete" && filed {
		a = c.clearing(a)
		a.text, a.otherwise = joined2(a.text, c.say("delete", nil)), joined2(a.otherwise, c.say("delete", nil))
	}
	return a, err
}

// clearing is an answer before which the bot's own words are taken out of the
// chat. What the citizen wrote and sent there, which may be the only copy, is
// theirs to take out.
func (c *Channel) clearing(a answer) answer {
	a.clears = true
	a.text, a.otherwise = joined2(a.text, c.say("cleared", nil)), joined2(a.text, c.say("cleared.not", nil))
	return a
}

// left reports whether a turn ended because the citizen wanted all deleted.
func left(turn bot.Turn) bool {
	return turn.Talk.Over && slices.ContainsFunc(turn.Replies, func(r bot.Reply) bool { return r.Key == "gone" })
}

// event hands an event to the clerk.
func (c *Channel) event(ctx context.Context, u update, e bot.Event) (answer, bot.Turn, error) {
	e.ID, e.Address, e.Message = u.event(), fmt.Sprint(u.Chat), u.message()
	turn, err := c.Clerk.Take(ctx, conversation(u.Chat), complaint.Telegram, e)
	if err != nil {
		return answer{dangers: c.help(turn.Dangers)}, turn, err
	}
	a, err := c.render(ctx, u, turn)
	if left(turn) {
		a = c.clearing(a)
	}
	return a, turn, err
}
