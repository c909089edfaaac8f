package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"yangguang/bot"
	"yangguang/bot/redisstore"
	"yangguang/bot/telegram"
	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/complaint/seal"
	"yangguang/search"
	"yangguang/search/meili"
	"yangguang/site"
	"yangguang/site/page"
)

// The servers beside the program. Without their settings nothing of them is
// opened.

// realm begins the name of everything that this site keeps on a server that
// others may use too: a fictional city has another.
func (s *settings) realm() string {
	if s.demo {
		return "yangguang-demo"
	}
	return "yangguang"
}

func (s *settings) redisOf(keys *seal.Keys, log *slog.Logger) (*redisstore.Store, error) {
	return redisstore.Open(redisstore.Config{Address: s.redis, Prefix: s.realm() + ":", MAC: keys.MACFor("limits"), Log: log})
}

// openRedis returns the Redis of the settings with what is to be changed about
// it. Only one that refuses us keeps the site from starting: for reading none
// is needed.
func openRedis(ctx context.Context, set settings, keys *seal.Keys, log *slog.Logger) (*redisstore.Store, []string, error) {
	r, err := set.redisOf(keys, log)
	if err != nil {
		return nil, nil, err
	}
	warnings, err := r.Check(ctx)
	if errors.Is(err, redisstore.ErrDenied) {
		return nil, nil, errors.Join(err, r.Close())
	}
	if err != nil {
		log.WarnContext(ctx, "redis cannot be used now", "error", err)
		warnings = append(warnings, "Redis 现在用不了（连不上、满了或者只能读）。网站照样打开，它好起来以前收不了投诉。")
	}
	return r, warnings, nil
}

// findOn puts the search server of the settings before the search in process.
// Whoever serves runs what is returned, which fills it.
func (h *house) findOn(set settings, log *slog.Logger) *search.Served {
	served := search.NewServed(h.searchServer(set), log)
	h.finder = search.NewFinder(served)
	h.finder.Now = h.now
	return served
}

func (h *house) searchServer(set settings) *meili.Index {
	return meili.Open(meili.Config{URL: set.meili, Key: set.meiliKey, Prefix: set.realm(), Lease: h.lease("search")})
}

// lease returns the lease of that name for this process. A stop does not wait
// long for a database that is away to take it back.
func (h *house) lease(name string) func(context.Context, time.Duration) (bool, error) {
	holder := rand.Text()
	return func(ctx context.Context, term time.Duration) (bool, error) {
		if term == 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, partPatience)
			defer cancel()
		}
		return h.db.Lease(ctx, name, holder, term, time.Now())
	}
}

// openTelegram adds the channel on Telegram.
func (r *reception) openTelegram(h *house, set settings, keys *seal.Keys, log *slog.Logger) (err error) {
	r.slips = &bot.SlipBox{Slips: h.db.Slips(), Now: h.now}
	r.telegram, err = telegram.New(telegram.Config{
		Token: set.telegram.token, API: set.telegram.api, Secret: set.telegram.secret, Group: set.telegram.group, Address: set.base(),
		Clerk: r.clerk, Files: r.cabinet, Refused: refusedFile, Outbox: h.db.Outbox(), Slips: r.slips,
		Sealer: keys, Mint: keys.Mint, MAC: keys.MACFor("telegram"), Marks: h.db, Record: h.board.Snapshot, Unreached: r.office.Unreached,
		Lease: h.lease("telegram"), Now: h.now, Log: log,
	})
	r.clockwork.sweeps = append(r.clockwork.sweeps, sweep{"messages and links that ran out forgotten", r.telegram.Sweep})
	return err
}

// hooks are where channels bring what happened there.
func (r *reception) hooks() []site.Hook {
	if r.telegram == nil || r.telegram.Secret == "" {
		return nil
	}
	return []site.Hook{{Path: telegram.HookPath, Header: telegram.SecretHeader, Handle: r.telegram.Handle}}
}

// refusedFile is the sentence for somebody whose file was not taken.
func refusedFile(err error) string {
	if refused, ok := errors.AsType[*evidence.Refused](err); ok {
		return page.RefusedFile(refused.Why)
	}
	return ""
}

// courierBeat is how often letters are looked for.
const courierBeat = 3 * time.Second

// letters carries what is new to citizens and to the desk, in one process of
// several.
func (r *reception) letters(h *house) func(context.Context) error {
	courier := complaint.Courier{
		Book: h.db.Book(), Sealer: r.office.Sealer, Marks: h.db, Desk: r.telegram.Announce,
		Carry: map[complaint.Channel]func(context.Context, complaint.Letter, string) error{complaint.Telegram: r.telegram.Carry},
	}
	return func(ctx context.Context) error {
		_, err := courier.Step(ctx)
		return err
	}
}

// background does what nobody asks for, until ctx ends: after the first readers
// came, the clockwork, and the channel with its letters where there is one.
func (r *reception) background(ctx context.Context, h *house, work *sync.WaitGroup, up <-chan struct{}) {
	log := r.clockwork.log
	work.Go(func() {
		select {
		case <-up:
		case <-time.After(beat):
		case <-ctx.Done():
		}
		ticking := &spell{log: log, what: "clockwork"}
		inTurn(ctx, h.lease("clockwork"), beat, r.clockwork.step, ticking.note)
	})
	if r.telegram == nil {
		return
	}
	work.Go(func() { r.telegram.Run(ctx) })
	work.Go(func() {
		carrying := &spell{log: log, what: "carrying letters"}
		inTurn(ctx, h.lease("courier"), courierBeat, r.letters(h), carrying.note)
	})
}

// unbroken makes a panic an error: what one case brings about in the background
// must not end the site, and again at every start.
func unbroken(ctx context.Context, do func(context.Context) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return do(ctx)
}

// inTurn does something at every beat until ctx ends, in one process of several
// that have the lease, and then lets another take over at once. tried is called
// each time, with what went wrong or nil.
func inTurn(ctx context.Context, lease func(context.Context, time.Duration) (bool, error), beat time.Duration, do func(context.Context) error, tried func(error)) {
	defer func() { _, _ = lease(context.WithoutCancel(ctx), 0) }() // it runs out by itself too
	for {
		mine, err := lease(ctx, 3*beat)
		if mine {
			err = unbroken(ctx, do)
		}
		if ctx.Err() == nil {
			tried(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(beat):
		}
	}
}
