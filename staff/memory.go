package staff

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// Memory is a [Roll] that lives as long as the program: that of a trial.
type Memory struct {
	mu       sync.Mutex
	accounts map[string]Account
	sessions map[string]Session
}

var _ Roll = (*Memory)(nil)

// NewMemory returns an empty roll.
func NewMemory() *Memory {
	return &Memory{accounts: map[string]Account{}, sessions: map[string]Session{}}
}

// Accounts implements Roll.
func (m *Memory) Accounts(context.Context) ([]Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Account
	for _, id := range slices.Sorted(maps.Keys(m.accounts)) {
		all = append(all, m.accounts[id].clone())
	}
	return all, nil
}

// Account implements Roll.
func (m *Memory) Account(_ context.Context, id string) (Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.accounts[id]
	if !ok {
		return Account{}, ErrNotFound
	}
	return a.clone(), nil
}

// Invited implements Roll.
func (m *Memory) Invited(_ context.Context, hash []byte) (Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.accounts {
		if len(hash) > 0 && bytes.Equal(a.Invitation, hash) {
			return a.clone(), nil
		}
	}
	return Account{}, ErrNotFound
}

// Add implements Roll.
func (m *Memory) Add(_ context.Context, a Account) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.accounts[a.ID]; ok {
		return ErrTaken
	}
	m.keep(a, 1)
	return nil
}

// Save implements Roll.
func (m *Memory) Save(_ context.Context, a Account) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch kept, ok := m.accounts[a.ID]; {
	case !ok:
		return ErrNotFound
	case kept.Version != a.Version:
		return ErrStale
	}
	m.keep(a, a.Version+1)
	return nil
}

func (m *Memory) keep(a Account, version int64) {
	a = a.clone()
	a.Version = version
	a.Added, a.InvitedUntil = milli(a.Added), milli(a.InvitedUntil)
	m.accounts[a.ID] = a
}

func milli(t time.Time) time.Time { return t.Truncate(time.Millisecond) }

// Begin implements Roll.
func (m *Memory) Begin(_ context.Context, s Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s.Hash = bytes.Clone(s.Hash)
	s.Began, s.Seen, s.Ended = milli(s.Began), milli(s.Seen), milli(s.Ended)
	m.sessions[string(s.Hash)] = s
	return nil
}

// Session implements Roll.
func (m *Memory) Session(_ context.Context, hash []byte) (Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[string(hash)]
	if !ok {
		return Session{}, ErrNotFound
	}
	s.Hash = bytes.Clone(s.Hash)
	return s, nil
}

// Sessions implements Roll.
func (m *Memory) Sessions(_ context.Context, officer string) ([]Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Session
	for _, s := range m.sessions {
		if s.Officer == officer {
			s.Hash = bytes.Clone(s.Hash)
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Session) int {
		if c := b.Began.Compare(a.Began); c != 0 {
			return c
		}
		return bytes.Compare(a.Hash, b.Hash)
	})
	return all, nil
}

// Seen implements Roll.
func (m *Memory) Seen(_ context.Context, hash []byte, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.sessions[string(hash)]; ok && s.Seen.Before(at) {
		s.Seen = milli(at)
		m.sessions[string(hash)] = s
	}
	return nil
}

// End implements Roll.
func (m *Memory) End(_ context.Context, officer string, hash []byte, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[string(hash)]
	if !ok || s.Officer != officer {
		return ErrNotFound
	}
	m.end(s, at)
	return nil
}

func (m *Memory) end(s Session, at time.Time) {
	if s.Ended.IsZero() {
		s.Ended = milli(at)
		m.sessions[string(s.Hash)] = s
	}
}

// EndOthers implements Roll.
func (m *Memory) EndOthers(_ context.Context, officer string, but []byte, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for hash, s := range m.sessions {
		if s.Officer == officer && hash != string(but) {
			m.end(s, at)
		}
	}
	return nil
}

// Forget implements Roll.
func (m *Memory) Forget(_ context.Context, before time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.sessions, func(_ string, s Session) bool { return s.Began.Before(before) })
	return nil
}
