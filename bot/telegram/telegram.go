// Package telegram is the conversation on Telegram. Its servers are abroad, so
// what leads to a person is neither taken nor said here ([complaint.Channel.Abroad]).
//
// A [Channel] gets updates by asking for them (poll.go) or from a webhook
// (Handle), one after the other within a conversation and several conversations
// at a time. An update is acknowledged when it is committed and what is to be
// said to it lies in the outbox: the poller moves its offset past it, the webhook
// answers 200. Killed before, it comes again and is known by the event that the
// clerk keeps; killed after, the outbox says what is left to say. So an update
// has its effect once, and its reply is sent at least once: the one reply that
// was under way when the program was killed may come twice.
//
// The sender (send.go) takes parcels from the outbox one after the other, as fast
// as Telegram likes it, waits where it is told to, and gives up, visibly (Health),
// what cannot be delivered. Letters come from the complaint.Courier through Carry and Announce
// and go the same way.
//
// Of the library only the types of updates and the client of the methods are
// used. The token is in no error and no line of the log.
//
// How cmd opens it: New with a Config, Run beside the site until it stops, which
// waits for nobody and stops nobody; site mounts a webhook at HookPath and hands
// Handle its header and body; Sweep is a sweep of the clockwork.
package telegram

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/content"
)

// HookPath is where the site takes updates from a webhook.
const HookPath = "/hook/telegram"

// Clerk takes the events of a conversation; a *bot.Clerk is one.
type Clerk interface {
	Look(ctx context.Context, conv string) (bot.Turn, error)
	Take(ctx context.Context, conv string, channel complaint.Channel, e bot.Event) (bot.Turn, error)
}

// Files keep what is sent with a complaint; an *evidence.Cabinet does.
type Files interface {
	Take(ctx context.Context, key complaint.Key, r io.Reader) (complaint.Evidence, error)
	Remove(ctx context.Context, draft, id string) error
}

// Config is what a Channel is made of. All but API, Secret, Group, Lease and
// Now must be set.
type Config struct {
	Token string
	// API is the base address of another Bot API server; "" is Telegram's own.
	API string
	// Secret is what a webhook must bring. With it updates come to the site, and
	// are not asked for.
	Secret string
	// Group is the chat of the supervisors, who are told that there is something
	// at the desk; 0: nobody is.
	Group int64
	// Address is the address of the site, without a slash at its end.
	Address string

	Clerk Clerk
	Files Files
	// Refused is what to tell somebody whose file Files did not take, "" for any
	// other error.
	Refused func(error) string
	Outbox  bot.Outbox
	Slips   *bot.SlipBox
	Sealer  complaint.Sealer
	Mint    func(of string) complaint.Key
	MAC     func([]byte) []byte
	Marks   complaint.Marks
	Record  func() *content.Snapshot
	// Unreached is told that a citizen could not be told of the event seq of a
	// case.
	Unreached func(ctx context.Context, n complaint.Number, seq int) error
	// Lease says whether this process is the one that polls and sends, for a
	// term from now; nil: it is.
	Lease func(ctx context.Context, term time.Duration) (bool, error)
	Now   func() time.Time
	Log   *slog.Logger
}

// Channel is the conversation on Telegram.
type Channel struct {
	Config
	api    *api
	lanes  *lanes
	pace   pace
	albums albums
	floods floods
	health health
	wake   chan struct{}
	// urged are updates whose citizen was told whom to call before anything
	// could be kept.
	urged sync.Map
	desk  deskLetters
}

// What is wrong with a Config.
var (
	ErrToken   = errors.New("telegram: this is no token of a bot")
	ErrAddress = errors.New("telegram: the address of the Bot API server is no address")
	ErrSecret  = errors.New("telegram: a secret has 16 to 256 characters of A-Z, a-z, 0-9, _ and -")
)

// New returns a Channel, which does nothing before it runs. It asks nobody.
func New(c Config) (*Channel, error) {
	if c.Now == nil {
		c.Now = time.Now //nolint:forbidigo // the default of the injected clock
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Lease == nil {
		c.Lease = func(context.Context, time.Duration) (bool, error) { return true, nil }
	}
	if id, secret, ok := strings.Cut(c.Token, ":"); !ok || !digits(id) || len(secret) < 3 || strings.ContainsAny(secret, "/?#% \r\n") {
		return nil, ErrToken
	}
	if c.Secret != "" && !secretForm.MatchString(c.Secret) {
		return nil, ErrSecret
	}
	client, err := newAPI(c.Token, c.API)
	if err != nil {
		return nil, err
	}
	c.Address = strings.TrimSuffix(c.Address, "/")
	return &Channel{
		Config: c, api: client, pace: pace{inAll: inAll, inChat: inChat, inGroup: inGroup, chats: map[string]time.Time{}},
		lanes: newLanes(), wake: make(chan struct{}, 1),
	}, nil
}

func digits(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// term is how long a process polls and sends before it asks whether it still is
// the one that does.
const term = 30 * time.Second

// Run asks for updates, unless a webhook brings them, and sends what is in the
// outbox, until ctx ends. It returns when everything that was begun here and by
// Handle has ended; what a webhook brings afterwards is not taken. What goes
// wrong is shown by Health and tried again.
func (c *Channel) Run(ctx context.Context) {
	var work sync.WaitGroup
	c.lanes.open()
	defer c.lanes.close()
	defer work.Wait()
	defer func() {
		_, _ = c.Lease(context.WithoutCancel(ctx), 0) // it runs out by itself too
	}()
	for ctx.Err() == nil {
		mine, err := c.Lease(ctx, 2*term)
		if err != nil {
			c.fail(leasing, err)
		} else {
			c.well(leasing)
		}
		if !mine {
			if err == nil {
				c.health.be(standby, c.Now())
			}
			rest(ctx, term/3)
			continue
		}
		c.hold(ctx, &work)
	}
}

// hold does the work of the one process that does it, as long as it is the one.
func (c *Channel) hold(ctx context.Context, work *sync.WaitGroup) {
	ctx, lose := context.WithCancel(ctx)
	defer work.Wait()
	defer lose()
	if !c.greet(ctx) {
		return
	}
	if c.Secret == "" {
		work.Go(func() { c.poll(ctx) })
	}
	work.Go(func() { c.send(ctx) })
	for rest(ctx, term) {
		if mine, err := c.Lease(ctx, 2*term); !mine || err != nil {
			return
		}
	}
}

// greet tells Telegram where updates go and which commands there are, and
// reports whether that went well before ctx ended.
func (c *Channel) greet(ctx context.Context) bool {
	for try := 0; ctx.Err() == nil; try++ {
		err := c.api.hook(ctx, c.Secret, c.Address+HookPath)
		if err == nil {
			c.well(greeting)
			c.health.be(working, c.Now())
			_ = c.api.commands(ctx, c.commands()) // without them everything works too
			return true
		}
		c.fail(greeting, err)
		if !rest(ctx, wait(err, try)) {
			return false
		}
		if mine, err := c.Lease(ctx, 2*term); !mine || err != nil {
			return false
		}
	}
	return false
}

// Sweep forgets what was sent long ago, and one-time links whose time is over.
func (c *Channel) Sweep(ctx context.Context) (int, error) {
	sent, err := c.Outbox.Sweep(ctx, c.Now().Add(-remembered))
	slips, slipErr := c.Slips.Sweep(ctx)
	return sent + slips, errors.Join(err, slipErr)
}

// remembered is how long an update is known again: twice as long as Telegram
// keeps one.
const remembered = 48 * time.Hour

// rest waits, and reports whether ctx still goes on.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// lane names the order of a chat without saying which it is.
func (c *Channel) lane(chat int64) string {
	return hexed(c.MAC([]byte("telegram\n" + strconv.FormatInt(chat, 10))))
}

// conversation names the talk with a chat for the clerk.
func conversation(chat int64) string { return "telegram:" + strconv.FormatInt(chat, 10) }

// say returns what is said here alone.
func (c *Channel) say(key string, args map[string]string) string {
	return c.Record().Say("telegram", key, args)
}
