package bot

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/search"
	"yangguang/understand"
)

// Office is what the clerk needs of the complaint office.
type Office interface {
	Receivable(ctx context.Context, kind complaint.Kind, accused []complaint.Accused) (complaint.Route, error)
	File(ctx context.Context, d complaint.Draft) (complaint.Filed, error)
	// Filed reports whether a case was filed from the draft.
	Filed(ctx context.Context, draft string) (bool, error)
	// Amend adds what such a draft says by now.
	Amend(ctx context.Context, d complaint.Draft, intro string) (complaint.Amended, error)
}

// Site understands texts and answers questions from the record; it is
// *search.Finder.
type Site interface {
	Grievance(ctx context.Context, text string) (understand.Grievance, error)
	Find(ctx context.Context, q search.Query) (search.Results, error)
}

// Clerk takes the events of all conversations, those of one in order and one
// at a time. Every field but Now must be set.
type Clerk struct {
	Sessions Sessions
	Office   Office
	Site     Site
	Sealer   complaint.Sealer
	// Mint makes the key of a new draft, MAC the names under which a
	// conversation and its events are kept.
	Mint func(draft string) complaint.Key
	MAC  func([]byte) []byte
	// Record returns the snapshot on screen.
	Record func() *content.Snapshot
	// Discard destroys the evidence that hangs on a draft which will not be
	// filed. It may be called again.
	Discard func(ctx context.Context, draft string) error
	Now     func() time.Time // nil: the clock

	queues    [256]queue
	directory atomic.Pointer[known]
}

// queue keeps the events of a conversation in order, with those of some
// others. It remembers how the last one stood, so that an event that follows
// soon need not read it anew.
type queue struct {
	sync.Mutex
	name string
	last open
}

// known is a snapshot with its directory.
type known struct {
	of  *content.Snapshot
	dir *Directory
}

// Turn is how a conversation stands after an event.
type Turn struct {
	Talk Talk
	// Replies are what was said, the open question last.
	Replies []Reply
	// Sheet is shown in this answer and kept nowhere.
	Sheet *Sheet
	// Key is the key of the draft, under which its evidence is sealed.
	Key complaint.Key
	// Dangers are set even where there is an error: whom to call is shown first.
	Dangers []content.CrisisKind
	// Again: the event had been taken before. First: nothing is kept of the
	// conversation from before it.
	Again, First bool
	// Cut: the complaint was filed and the conversation cut off before it knew.
	// The next event, if only an empty one, shows it as filed.
	Cut bool
}

// sealedAt is where a talk is sealed, beside the parts of the case.
const sealedAt = "talk"

// mostSeen is how many events are known again, mostSteps how often one event
// may ask the world, mostTries how often another instance may come first.
const (
	mostSeen  = 64
	mostSteps = 6
	mostTries = 8
)

func (c *Clerk) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now() //nolint:forbidigo // the default of the injected clock
}

// name is what a conversation is kept under: it says nothing of who it is.
func (c *Clerk) name(conv string) string {
	return hex.EncodeToString(c.MAC([]byte("conversation\n" + conv))[:16])
}

// event is what an event of a conversation is kept under: its id may be a digest
// of what was typed, and a guess at that must not be provable.
func (c *Clerk) event(name, id string) string {
	return hex.EncodeToString(c.MAC([]byte("event\n" + name + "\n" + id))[:16])
}

var seed = maphash.MakeSeed()

func (c *Clerk) queue(name string) *queue {
	return &c.queues[maphash.String(seed, name)%uint64(len(c.queues))]
}

func (c *Clerk) dir() *Directory {
	s := c.Record()
	if k := c.directory.Load(); k != nil && k.of == s {
		return k.dir
	}
	k := &known{s, NewDirectory(s)}
	c.directory.Store(k)
	return k.dir
}

// Look returns how a conversation stands, with what was said last. It returns
// ErrNone where there is none, or it has expired.
func (c *Clerk) Look(ctx context.Context, conv string) (Turn, error) {
	name := c.name(conv)
	k, err := c.load(ctx, name, &queue{})
	if err != nil {
		return Turn{}, err
	}
	if k.Expires.Before(c.now()) {
		return Turn{}, ErrNone
	}
	if q := c.queue(name); q.TryLock() { // who looks acts next
		q.remember(name, k)
		q.Unlock()
	}
	turn := k.turn(c.now())
	turn.Cut, err = c.interrupted(ctx, k)
	return turn, err
}

// open is a session with the talk in it.
type open struct {
	Session
	talk    Talk
	replies []Reply
	// sure: it was read for this event. What is only remembered may be old: it
	// serves where the commit finds that out, and nothing was done before.
	sure bool
}

// turn is how the conversation stood after the last event.
func (o open) turn(now time.Time) Turn {
	return Turn{
		Talk: o.talk, Replies: slices.Concat(o.replies, []Reply{o.talk.Open(now)}), Key: o.Key, Dangers: o.talk.Danger(),
		First: len(o.Seen) == 1,
	}
}

// remember keeps how the conversation stands for its next event.
func (q *queue) remember(name string, o open) {
	o.sure = false
	q.name, q.last = name, o
}

func (q *queue) forget() { q.name, q.last = "", open{} }

// remembered returns how the conversation stood last, or ErrStale.
func (c *Clerk) remembered(name string, q *queue) (open, error) {
	if q.name != name || q.last.talk.dir != c.dir() {
		return open{}, ErrStale
	}
	return q.last, nil
}

func (c *Clerk) load(ctx context.Context, name string, q *queue) (open, error) {
	s, err := c.Sessions.Load(ctx, name)
	if err != nil {
		return open{}, err
	}
	return c.open(name, q, s)
}

// open opens what is kept of a conversation.
func (c *Clerk) open(name string, q *queue, s Session) (open, error) {
	o := open{Session: s, sure: true}
	if s.Revision == 0 {
		return o, ErrNone
	}
	if last, err := c.remembered(name, q); err == nil && bytes.Equal(last.Sealed, s.Sealed) {
		last.sure = true
		return last, nil
	}
	plain, err := c.Sealer.Open(s.Key, sealedAt, s.Sealed)
	if err != nil {
		return o, err
	}
	o.talk, o.replies, err = decode(c.dir(), plain)
	return o, err
}

// call is an event on its way to its conversation.
type call struct {
	name    string
	q       *queue
	channel complaint.Channel
	event   Event
}

// Take takes an event of a conversation on that channel. When it returns nil
// the event is kept with all that followed from it, and may be acknowledged.
// An event that comes again is answered as the first time, as far as that is
// still known, and has no effect. Evidence of a draft that was given up
// meanwhile is ErrNone.
func (c *Clerk) Take(ctx context.Context, conv string, channel complaint.Channel, e Event) (Turn, error) {
	e, err := c.read(ctx, e)
	turn := Turn{Dangers: dangersOf(e)}
	if err != nil {
		return turn, err
	}
	name := c.name(conv)
	e.ID = c.event(name, e.ID)
	q := c.queue(name)
	q.Lock()
	defer q.Unlock()
	o, err := c.remembered(name, q)
	for range mostTries {
		if errors.Is(err, ErrStale) {
			o, err = c.load(ctx, name, q)
		}
		var taken Turn
		taken, err = c.take(ctx, call{name, q, channel, e}, o, err)
		if err == nil {
			return taken, nil
		}
		if moved, ok := errors.AsType[*Moved](err); ok { // another instance took an event of this conversation
			o, err = c.open(name, q, moved.Now)
		} else if !errors.Is(err, ErrStale) {
			return turn, notKept(err)
		}
	}
	return turn, ErrStale
}

// readNames are the texts of an event in the order in which they are read.
var readNames = append([]SlotName{""}, slotNames...)

// read hands the event what its texts name.
func (c *Clerk) read(ctx context.Context, e Event) (Event, error) {
	e.Understood = map[SlotName]understand.Grievance{}
	left := mostRead
	for _, name := range readNames {
		text := e.Fields[name]
		if name == "" && (e.Act == Say || e.Act == Start || e.Act == Revise) {
			text = e.Text
		}
		if text = cut(tidy(text), left); text == "" {
			continue
		}
		left -= len(text)
		g, err := c.Site.Grievance(ctx, text)
		if err != nil {
			return e, err
		}
		e.Understood[name] = g
	}
	return e, nil
}

// mostRead is how much of the texts of one event is read, the story first: a
// longer one is refused, but words of danger in its beginning are still seen.
const mostRead = 26_400

func cut(text string, most int) string {
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "")
	}
	return text
}

func dangersOf(e Event) []content.CrisisKind {
	var out []content.CrisisKind
	for _, name := range readNames {
		for _, k := range e.Understood[name].Dangers() {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// take takes the event of a conversation that stands like that, or could not be
// read.
func (c *Clerk) take(ctx context.Context, k call, o open, err error) (Turn, error) {
	now, e := c.now(), k.event
	if err == nil && !o.sure && !o.commits(e, now) {
		return Turn{}, ErrStale
	}
	switch {
	case errors.Is(err, ErrNone):
		o, err = c.begin(k.channel, now, 0), nil
	case err == nil && slices.Contains(o.Seen, e.ID):
		turn := o.turn(now)
		turn.Again = true
		return turn, nil
	case err == nil && o.Expires.Before(now), errors.Is(err, complaint.ErrErased):
		if err := c.forget(ctx, k.name, o.Session); err != nil {
			return Turn{}, err
		}
		o, err = c.begin(k.channel, now, 0), nil
	case err == nil && o.talk.Done != nil && e.Act == Start:
		o = c.begin(k.channel, now, o.Revision) // the case has its own evidence
	}
	if err == nil && e.Act == Attach && e.Draft != o.Draft {
		err = ErrNone
	}
	if err != nil {
		return Turn{}, err
	}
	o.talk.Channel = k.channel
	talk, replies, sheet, err := c.steps(ctx, o, e, now)
	if err != nil {
		return Turn{}, err
	}
	if talk.Done == nil {
		if talk, replies, err = c.resumed(ctx, o, talk, replies, now); err != nil {
			return Turn{}, err
		}
	}
	turn := Turn{Talk: talk, Replies: replies, Sheet: sheet, Key: o.Key, Dangers: dangersOf(e), First: len(o.Seen) == 0}
	k.q.forget()
	if talk.Over {
		return turn, c.forget(ctx, k.name, o.Session)
	}
	next, err := c.commit(ctx, k.name, o.Session, talk, replies, e.ID, now)
	if err == nil {
		k.q.remember(k.name, next)
	}
	return turn, err
}

// commits reports whether the event ends in a commit of the next revision, if
// nothing is done outside: then what is remembered is enough to begin with.
func (o open) commits(e Event, now time.Time) bool {
	return o.talk.Done == nil && !o.Expires.Before(now) && !slices.Contains(o.Seen, e.ID) && (e.Act != Attach || e.Draft == o.Draft)
}

// begin is a new draft with its key, in place of the given revision.
func (c *Clerk) begin(channel complaint.Channel, now time.Time, revision int64) open {
	id := complaint.NewDraftID(now)
	return open{Session: Session{Revision: revision, Draft: id, Key: c.Mint(id)}, talk: Begin(c.dir(), id, channel, now), sure: true}
}

// steps takes the event, and answers every effect with another.
func (c *Clerk) steps(ctx context.Context, o open, e Event, now time.Time) (Talk, []Reply, *Sheet, error) {
	t := o.talk
	var all []Reply
	e, err := c.reread(ctx, &t, e)
	if err != nil {
		return t, nil, nil, err
	}
	for range mostSteps {
		if t.Receipt == "" {
			if e.Receipt, err = complaint.NewReceipt(rand.Reader); err != nil {
				return t, nil, nil, err
			}
		}
		next, replies, effect := t.Next(e, now)
		t, all = next, append(all, replies...)
		switch effect.Kind {
		case None:
			return t, all, nil, nil
		case Erase:
			if !o.sure {
				return t, nil, nil, ErrStale
			}
			return t, all, effect.Sheet, nil
		case FileDraft:
			if !o.sure {
				return t, nil, nil, ErrStale
			}
		case AskOffice, AskSite:
		}
		effect.Draft.Key = o.Key
		if e, err = c.perform(ctx, effect); err != nil {
			return t, nil, nil, err
		}
	}
	return t, nil, nil, fmt.Errorf("bot: draft %s asks without end", t.Draft)
}

// notKept: what could not be done because a server was away was not kept, and
// may be sent again.
func notKept(err error) error {
	if errors.Is(err, complaint.ErrAway) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", complaint.ErrNotKept, err)
	}
	return err
}

// perform does what a step asks, and says what came of it.
func (c *Clerk) perform(ctx context.Context, f Effect) (Event, error) {
	switch f.Kind {
	case AskOffice:
		_, err := c.Office.Receivable(ctx, f.About, f.Accused)
		return answered(Event{Act: Routed}, err)
	case AskSite:
		found, err := c.Site.Find(ctx, search.Query{Text: f.Text, Limit: mostLinks})
		if err != nil && ctx.Err() == nil {
			return Event{Act: Found}, nil // the conversation goes on without
		}
		return Event{Act: Found, Result: &found}, err
	case FileDraft:
		f.Draft.Words = c.words(f)
		filed, err := c.Office.File(ctx, f.Draft)
		if err == nil && filed.Again {
			return c.amend(ctx, f.Draft)
		}
		return answered(Event{Act: Filed, Amended: complaint.Amended{Number: filed.Number}}, err)
	case None, Erase:
	}
	return Event{}, fmt.Errorf("bot: nothing does %q", f.Kind)
}

// answered turns a refusal into the event that says so.
func answered(e Event, err error) (Event, error) {
	if refusal, ok := errors.AsType[*complaint.Refusal](err); ok {
		return Event{Act: Routed, Refusal: refusal}, nil
	}
	return e, err
}

// words are the story and below it what was asked for, as an officer reads it.
func (c *Clerk) words(f Effect) []byte {
	w := c.Record().Wording("talk")
	out := slices.Clone(f.Draft.Words)
	for i, l := range f.Lines {
		if i == 0 {
			out = append(out, '\n')
		}
		text := l.Text
		if text == "" {
			text = w.Say(l.Value, nil)
		}
		out = fmt.Appendf(out, "\n%s：%s", w.Say(l.Key, nil), text)
	}
	return out
}

func (c *Clerk) commit(ctx context.Context, name string, was Session, t Talk, replies []Reply, event string, now time.Time) (open, error) {
	replies = remarksOf(replies)
	plain, err := t.encode(replies)
	if err != nil {
		return open{}, err
	}
	s := Session{Revision: was.Revision + 1, Draft: was.Draft, Key: was.Key, Expires: now.Add(Life)}
	if t.Done != nil {
		s.Expires = now.Add(FiledLife)
	}
	if s.Sealed, err = c.Sealer.Seal(was.Key, sealedAt, plain); err != nil {
		return open{}, err
	}
	s.Seen = slices.Concat(was.Seen[max(0, len(was.Seen)+1-mostSeen):], []string{event})
	return open{Session: s, talk: t, replies: replies}, c.Sessions.Commit(ctx, name, s)
}

// forget drops a conversation with the evidence of its draft, unless a case
// was filed from it: then the evidence is the case's.
func (c *Clerk) forget(ctx context.Context, name string, s Session) error {
	if s.Revision == 0 {
		return nil // never kept
	}
	filed, err := c.Office.Filed(ctx, s.Draft)
	if err != nil {
		return err
	}
	if !filed {
		if err := c.Discard(ctx, s.Draft); err != nil {
			return err
		}
	}
	return c.Sessions.Drop(ctx, name, s.Revision)
}

// sweepAfter is how long after its end a draft is swept: longer than an event
// that was taken before may still be at work.
const sweepAfter = 10 * time.Minute

// Sweep forgets what expired, with its evidence, and returns how many. What
// cannot be forgotten now stays for the next time.
func (c *Clerk) Sweep(ctx context.Context) (int, error) {
	n := 0
	for {
		gone, err := c.Sessions.Expired(ctx, c.now().Add(-sweepAfter), 100)
		if err != nil || len(gone) == 0 {
			return n, err
		}
		for _, g := range gone {
			err := c.forget(ctx, g.Conv, Session{Revision: g.Revision, Draft: g.Draft})
			if err != nil && !errors.Is(err, ErrStale) {
				return n, err
			}
			n++
		}
	}
}
