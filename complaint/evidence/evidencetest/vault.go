package evidencetest

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
)

// Vault is a vault in memory, for tests of rooms that take or show files but do
// not store. The zero value is empty.
type Vault struct {
	mu    sync.Mutex
	files []*file
}

type file struct {
	draft  string
	known  complaint.Evidence
	begun  time.Time
	kept   bool
	chunks map[evidence.Place]evidence.Chunk
}

var errTwice = errors.New("evidencetest: there already")

// Begin makes room for a file.
func (v *Vault) Begin(ctx context.Context, draft, id string, at time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.find(id) != nil {
		return errTwice
	}
	if ctx.Err() == nil {
		v.files = append(v.files, &file{draft: draft, known: complaint.Evidence{ID: id}, begun: at, chunks: map[evidence.Place]evidence.Chunk{}})
	}
	return ctx.Err()
}

func (v *Vault) find(id string) *file {
	i := slices.IndexFunc(v.files, func(f *file) bool { return f.known.ID == id })
	if i < 0 {
		return nil
	}
	return v.files[i]
}

// Put stores a chunk.
func (v *Vault) Put(ctx context.Context, c evidence.Chunk) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	f := v.find(c.File)
	if f == nil || f.kept {
		return evidence.ErrGone
	}
	if _, there := f.chunks[c.Place]; there {
		return errTwice
	}
	if ctx.Err() == nil {
		c.Sealed = bytes.Clone(c.Sealed)
		f.chunks[c.Place] = c
	}
	return ctx.Err()
}

// Keep makes a file one that is kept.
func (v *Vault) Keep(ctx context.Context, draft string, e complaint.Evidence, most int, _ time.Time) (complaint.Evidence, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f := v.find(e.ID)
	if f == nil || f.kept || f.draft != draft {
		return complaint.Evidence{}, evidence.ErrGone
	}
	if ctx.Err() != nil {
		return complaint.Evidence{}, ctx.Err()
	}
	kept := v.kept(draft)
	for _, had := range kept {
		if had.SHA256 == e.SHA256 {
			v.remove(func(o *file) bool { return o == f })
			return had, nil
		}
	}
	if len(kept) >= most {
		return complaint.Evidence{}, &evidence.Refused{Why: evidence.TooMany}
	}
	f.known, f.kept = e, true
	return e, nil
}

// Kept returns the files of a draft.
func (v *Vault) Kept(ctx context.Context, draft string) ([]complaint.Evidence, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.kept(draft), ctx.Err()
}

func (v *Vault) kept(draft string) []complaint.Evidence {
	var out []complaint.Evidence
	for _, f := range v.files {
		if f.kept && f.draft == draft {
			out = append(out, f.known)
		}
	}
	return out
}

// Chunk returns a chunk.
func (v *Vault) Chunk(ctx context.Context, draft string, at evidence.Place) (evidence.Chunk, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if f := v.find(at.File); f != nil && f.draft == draft {
		if c, ok := f.chunks[at]; ok {
			c.Sealed = bytes.Clone(c.Sealed)
			return c, ctx.Err()
		}
	}
	return evidence.Chunk{}, evidence.ErrNotFound
}

// Remove removes a file.
func (v *Vault) Remove(ctx context.Context, draft, id string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.remove(func(f *file) bool { return f.draft == draft && f.known.ID == id })
	return ctx.Err()
}

// Drop removes the files of a draft.
func (v *Vault) Drop(ctx context.Context, draft string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.remove(func(f *file) bool { return f.draft == draft })
	return ctx.Err()
}

// Sweep removes what never became whole.
func (v *Vault) Sweep(ctx context.Context, before time.Time) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.remove(func(f *file) bool { return !f.kept && f.begun.Before(before) }), ctx.Err()
}

func (v *Vault) remove(which func(*file) bool) int {
	had := len(v.files)
	v.files = slices.DeleteFunc(v.files, which)
	return had - len(v.files)
}

// Swap exchanges two sealed chunks, as somebody could who writes to the
// database.
func (v *Vault) Swap(a, b evidence.Place) {
	v.mu.Lock()
	defer v.mu.Unlock()
	x, y := v.find(a.File).chunks[a], v.find(b.File).chunks[b]
	x.Place, y.Place = y.Place, x.Place
	v.find(a.File).chunks[a], v.find(b.File).chunks[b] = y, x
}

// Cut removes the chunks of a copy from the n-th on, and if marked says of the
// one before that it is the last.
func (v *Vault) Cut(id string, which evidence.Copy, n int, marked bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	chunks := v.find(id).chunks
	for at, c := range chunks {
		if at.Copy == which && at.N >= n {
			delete(chunks, at)
		} else if at.Copy == which && at.N == n-1 && marked {
			c.Last = true
			chunks[at] = c
		}
	}
}

// Bytes returns all that is stored.
func (v *Vault) Bytes() []byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	var out []byte
	for _, f := range v.files {
		out = append(out, f.draft+f.known.ID+f.known.SHA256...)
		for _, c := range f.chunks {
			out = append(out, c.Sealed...)
		}
	}
	return out
}

// Files returns how many files there are, whole or not.
func (v *Vault) Files() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.files)
}
