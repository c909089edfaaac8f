package complainttest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"yangguang/complaint"
)

// Book is a book in memory, for tests of rooms that file or read but do not
// store. The zero value is empty.
type Book struct {
	mu       sync.Mutex
	cases    map[complaint.Number]*kept
	letters  []complaint.Letter
	position int64
}

type kept struct {
	filing  complaint.Filing // Events and Parts hold all of the case
	docket  complaint.Docket
	changed int64
}

// own returns a copy of v that shares nothing with it.
func own[T any](v T) (out T) {
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(err)
	}
	return out
}

// File keeps a new case.
func (b *Book) File(ctx context.Context, f complaint.Filing) (complaint.Kept, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return complaint.Kept{}, fmt.Errorf("%w: %w", complaint.ErrNotKept, err)
	}
	if k := b.of(func(k *kept) bool { return k.filing.Draft == f.Draft }); k != nil {
		return k.kept(), nil
	}
	if b.of(func(k *kept) bool { return bytes.Equal(k.filing.MAC, f.MAC) }) != nil {
		return complaint.Kept{}, errors.New("complainttest: another draft has the same receipt")
	}
	if b.cases[f.Number] != nil {
		return complaint.Kept{}, complaint.ErrTaken
	}
	k := &kept{filing: own(f)}
	k.filing.Events, k.filing.Parts = nil, nil
	if b.cases == nil {
		b.cases = map[complaint.Number]*kept{}
	}
	b.cases[f.Number] = k
	b.add(k, f.Entry)
	return complaint.Kept{Number: f.Number, MAC: slices.Clone(f.MAC)}, nil
}

func (k *kept) kept() complaint.Kept {
	return complaint.Kept{Number: k.filing.Number, MAC: slices.Clone(k.filing.MAC), Again: true}
}

func (b *Book) of(is func(*kept) bool) *kept {
	for _, k := range b.cases {
		if is(k) {
			return k
		}
	}
	return nil
}

func (b *Book) add(k *kept, e complaint.Entry) {
	e = own(e)
	k.docket = e.Docket
	if !e.Looks() {
		b.position++
		k.changed = b.position
	}
	k.filing.Events = append(k.filing.Events, e.Events...)
	k.filing.Parts = append(k.filing.Parts, e.Parts...)
	for _, l := range e.Letters {
		l.Position = int64(len(b.letters) + 1)
		b.letters = append(b.letters, l)
	}
	if e.Erase {
		k.filing.Key.Wrapped = nil
	}
}

// ByDraft returns the case that was filed from the draft.
func (b *Book) ByDraft(ctx context.Context, draft string) (complaint.Kept, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if k := b.of(func(k *kept) bool { return k.filing.Draft == draft }); k != nil {
		return k.kept(), ctx.Err()
	}
	return complaint.Kept{}, complaint.ErrNotFound
}

// Append adds e to the case.
func (b *Book) Append(ctx context.Context, n complaint.Number, version int, e complaint.Entry) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%w: %w", complaint.ErrNotKept, err)
	}
	k := b.cases[n]
	if k == nil {
		return complaint.ErrNotFound
	}
	if len(k.filing.Events) != version {
		return complaint.ErrStale
	}
	b.add(k, e)
	return nil
}

// Record returns the case with that number.
func (b *Book) Record(ctx context.Context, s complaint.Scope, n complaint.Number) (complaint.Record, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if k := b.cases[n]; k != nil && s.Sees(k.docket.Route) {
		return k.record(), ctx.Err()
	}
	return complaint.Record{}, complaint.ErrNotFound
}

func (k *kept) record() complaint.Record {
	f := own(k.filing)
	return complaint.Record{Number: f.Number, Key: f.Key, Events: f.Events, Parts: f.Parts}
}

// ByReceipt returns the case whose receipt has that MAC.
func (b *Book) ByReceipt(ctx context.Context, mac []byte) (complaint.Record, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if k := b.of(func(k *kept) bool { return bytes.Equal(k.filing.MAC, mac) }); k != nil {
		return k.record(), ctx.Err()
	}
	return complaint.Record{}, complaint.ErrNotFound
}

// List returns the dockets in the scope.
func (b *Book) List(ctx context.Context, s complaint.Scope, q complaint.Query) ([]complaint.Docket, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []complaint.Docket
	for k := range maps.Values(b.cases) {
		if s.Sees(k.docket.Route) && q.Takes(k.docket) {
			out = append(out, own(k.docket))
		}
	}
	slices.SortFunc(out, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
	return out[:min(q.Limit, len(out))], ctx.Err()
}

// Newest returns a number that grows with the cases in the scope.
func (b *Book) Newest(ctx context.Context, s complaint.Scope) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var newest int64
	for _, k := range b.cases {
		if s.Sees(k.docket.Route) {
			newest = max(newest, k.changed)
		}
	}
	return newest, ctx.Err()
}

// Letters returns letters behind a position.
func (b *Book) Letters(ctx context.Context, after int64, limit int) ([]complaint.Letter, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	i, _ := slices.BinarySearchFunc(b.letters, after+1, func(l complaint.Letter, p int64) int { return cmp.Compare(l.Position, p) })
	rest := b.letters[i:]
	return slices.Clone(rest[:min(limit, len(rest))]), ctx.Err()
}
