package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"yangguang/search"
)

// parts are the servers that the site stands on, where it stands on any. They
// are looked at every few seconds, so that asking the site how it is costs them
// nothing. That one comes or goes is a line in the log.
type parts struct {
	asked map[string]func(context.Context) error
	log   *slog.Logger

	mu     sync.Mutex
	states map[string]string
}

// What a part can be.
const (
	partUp   = "up"
	partDown = "down"
)

const (
	partsEvery   = 5 * time.Second
	partPatience = 2 * time.Second
)

// health watches the servers of the settings.
func (h *house) health(set settings, rec *reception, served *search.Served, log *slog.Logger) *parts {
	p := &parts{log: log}
	if set.database != "" {
		p.add("postgresql", func(ctx context.Context) error { _, err := h.db.Mark(ctx, installationMark); return err })
	}
	if rec.redis != nil {
		p.add("redis", rec.redis.Ready)
	}
	if served != nil {
		p.add("meilisearch", served.Check)
	}
	if rec.telegram != nil {
		p.add("telegram", func(ctx context.Context) error {
			says, err := rec.telegram.Health(ctx)
			if err == nil && !says.Well() {
				err = fmt.Errorf("it is %s", says.State)
			}
			return err
		})
	}
	return p
}

func (p *parts) add(name string, ask func(context.Context) error) {
	if p.asked == nil {
		p.asked = map[string]func(context.Context) error{}
	}
	p.asked[name] = ask
}

// run looks at the parts until ctx ends.
func (p *parts) run(ctx context.Context) {
	if len(p.asked) == 0 {
		return
	}
	for {
		p.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(partsEvery):
		}
	}
}

func (p *parts) look(ctx context.Context) {
	var all sync.WaitGroup
	for name, ask := range p.asked {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, partPatience)
			defer cancel()
			p.note(ctx, name, unbroken(ctx, ask))
		})
	}
	all.Wait()
}

func (p *parts) note(ctx context.Context, name string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.states == nil {
		p.states = map[string]string{}
	}
	state, was := partUp, p.states[name]
	if err != nil {
		state = partDown
	}
	p.states[name] = state
	switch {
	case state == was:
	case err != nil:
		p.log.WarnContext(ctx, "part lost", "part", name, "error", err)
	case was != "":
		p.log.InfoContext(ctx, "part back", "part", name)
	}
}

// gauges adds the parts to the metrics: 1 is up.
func (p *parts) gauges(add func(name string, value func() int)) {
	for name := range p.asked {
		add(fmt.Sprintf("yangguang_part_up{part=%q}", name), func() int {
			if p.all()[name] == partUp {
				return 1
			}
			return 0
		})
	}
}

// all returns how the parts were when they were looked at last.
func (p *parts) all() map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.states)
}
