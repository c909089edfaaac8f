package search

import "context"

// Memory is the index in process.
type Memory struct{}

// NewMemory returns an empty index.
func NewMemory() *Memory { return &Memory{} }

// Name implements Index.
func (m *Memory) Name() string { return "memory" }

// Replace implements Index.
func (m *Memory) Replace(ctx context.Context, docs []Doc) error { return nil }

// Search implements Index.
func (m *Memory) Search(ctx context.Context, w Wanted) (Found, error) { return Found{}, nil }
