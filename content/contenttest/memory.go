package contenttest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"yangguang/content"
)

// Shelf is a shelf in memory, for tests of rooms that publish or read but do
// not store. The zero value is empty.
type Shelf struct {
	mu    sync.Mutex
	kept  []content.Edition // without changes
	bytes [][]byte          // their canonical changes
	sums  []string
}

// Head returns the number of the newest edition.
func (s *Shelf) Head(ctx context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int64(len(s.kept)), ctx.Err()
}

// Append keeps e as edition after+1.
func (s *Shelf) Append(ctx context.Context, after int64, e content.Edition) (content.Edition, error) {
	b, err := e.Canonical()
	if err != nil {
		return content.Edition{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return content.Edition{}, err
	}
	if after != int64(len(s.kept)) {
		return content.Edition{}, content.ErrStale
	}
	e.Number = after + 1
	bare := e
	bare.Changes = nil
	s.kept, s.bytes, s.sums = append(s.kept, bare), append(s.bytes, b), append(s.sums, content.Digest(b))
	return e, nil
}

// Editions returns the editions with after < number <= upto.
func (s *Shelf) Editions(ctx context.Context, after, upto int64) ([]content.Edition, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []content.Edition
	for n := max(after, 0); n < min(upto, int64(len(s.kept))); n++ {
		if content.Digest(s.bytes[n]) != s.sums[n] {
			return nil, fmt.Errorf("contenttest: edition %d does not match its digest", n+1)
		}
		changes, err := content.ParseChanges(s.bytes[n])
		if err != nil {
			return nil, err
		}
		e := s.kept[n]
		e.Changes = changes
		out = append(out, e)
	}
	return out, ctx.Err()
}

// Damage changes a byte of a kept edition.
func (s *Shelf) Damage(_ *testing.T, edition int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := slices.Clone(s.bytes[edition-1])
	b[len(b)/2] ^= 1
	s.bytes[edition-1] = b
}
