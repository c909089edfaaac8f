package search

import (
	"context"
	"sync/atomic"
	"time"

	"yangguang/content"
	"yangguang/understand"
)

// Finder answers queries about the newest snapshot it was given. It may be
// used by many at once; while a new snapshot is made ready the old one
// answers.
type Finder struct {
	// Now is the clock by which a year is history.
	Now func() time.Time

	index Index
	now   atomic.Pointer[edition]
}

// edition is what a Finder knows of one snapshot.
type edition struct {
	snapshot *content.Snapshot
	reader   *understand.Reader
}

// NewFinder returns a Finder that asks the index. It finds nothing until
// Follow is called.
func NewFinder(index Index) *Finder {
	f := &Finder{Now: time.Now, index: index}
	f.now.Store(&edition{snapshot: &content.Snapshot{}, reader: understand.New(&content.Snapshot{})})
	return f
}

// Follow makes the snapshot the one that is searched. It is called at start
// and after each edition, by one caller at a time.
func (f *Finder) Follow(ctx context.Context, s *content.Snapshot) error {
	if err := f.index.Replace(ctx, Documents(s)); err != nil {
		return err
	}
	f.now.Store(&edition{snapshot: s, reader: understand.New(s)})
	return nil
}

// Understand returns what the text names in the snapshot that is searched.
func (f *Finder) Understand(text string) understand.Reading {
	return f.now.Load().reader.Read(text)
}

// Find answers a query.
func (f *Finder) Find(ctx context.Context, q Query) (Results, error) {
	return Results{}, nil
}

// Suggest completes a text with at most n names and questions of the record.
func (f *Finder) Suggest(text string, n int) []Suggestion { return nil }
