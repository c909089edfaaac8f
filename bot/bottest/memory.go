// Package bottest holds the suite that all implementations of bot.Sessions
// pass, and one in memory for the tests of others.
package bottest

import (
	"context"
	"slices"
	"sync"
	"time"

	"yangguang/bot"
)

// Memory keeps sessions as long as the program runs. It is for tests.
type Memory struct {
	mu   sync.Mutex
	kept map[string]bot.Session
}

// NewMemory returns an empty one.
func NewMemory() *Memory { return &Memory{kept: map[string]bot.Session{}} }

var _ bot.Sessions = (*Memory)(nil)

func copied(s bot.Session) bot.Session {
	s.Sealed, s.Seen, s.Key.Wrapped = slices.Clone(s.Sealed), slices.Clone(s.Seen), slices.Clone(s.Key.Wrapped)
	return s
}

// Load implements bot.Sessions.
func (m *Memory) Load(_ context.Context, conv string) (bot.Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.kept[conv]
	if !ok {
		return bot.Session{}, bot.ErrNone
	}
	return copied(s), nil
}

// Commit implements bot.Sessions.
func (m *Memory) Commit(_ context.Context, conv string, s bot.Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	had := m.kept[conv]
	if had.Revision == s.Revision && had.Draft == s.Draft && last(had.Seen) == last(s.Seen) && s.Revision > 0 {
		return nil
	}
	if had.Revision != s.Revision-1 || had.Revision > 0 && had.Draft != s.Draft && !s.Begins() {
		return &bot.Moved{Now: copied(had)}
	}
	m.kept[conv] = copied(s)
	return nil
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// Drop implements bot.Sessions.
func (m *Memory) Drop(_ context.Context, conv string, revision int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if had, ok := m.kept[conv]; ok && had.Revision != revision {
		return bot.ErrStale
	}
	delete(m.kept, conv)
	return nil
}

// Expired implements bot.Sessions.
func (m *Memory) Expired(_ context.Context, before time.Time, limit int) ([]bot.Gone, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []bot.Gone
	for conv, s := range m.kept {
		if s.Expires.Before(before) && len(out) < limit {
			out = append(out, bot.Gone{Conv: conv, Revision: s.Revision, Draft: s.Draft})
		}
	}
	return out, nil
}
