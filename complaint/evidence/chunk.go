package evidence

import (
	"context"
	"errors"
	"fmt"
	"io"

	"yangguang/complaint"
)

// chunkSize is how much of a copy is sealed at a time.
const chunkSize = 256 << 10

// seat is the place for which a chunk is sealed. The key binds it to its draft.
func (c Chunk) seat() string {
	end := "more"
	if c.Last {
		end = "last"
	}
	return fmt.Sprintf("evidence/%s/%s/%d/%s", c.File, c.Copy, c.N, end)
}

// chunkWriter cuts what is written into chunks. Close seals the last one.
type chunkWriter struct {
	put   func(plain []byte, c Chunk) error
	next  Chunk
	plain []byte
}

// writer returns a writer that seals a copy of a file into the vault.
func (c *Cabinet) writer(ctx context.Context, key complaint.Key, file string, which Copy) *chunkWriter {
	return &chunkWriter{
		next: Chunk{Place: Place{File: file, Copy: which}},
		put: func(plain []byte, chunk Chunk) (err error) {
			if chunk.Sealed, err = c.sealer.Seal(key, chunk.seat(), plain); err != nil {
				return fmt.Errorf("evidence: sealing: %w", err)
			}
			return c.vault.Put(ctx, chunk)
		},
	}
}

// Write implements io.Writer. A full chunk is sealed when more comes, for only
// then is it known not to be the last.
func (w *chunkWriter) Write(p []byte) (n int, err error) {
	if w.plain == nil {
		w.plain = make([]byte, 0, chunkSize)
	}
	for len(p) > 0 {
		if len(w.plain) == chunkSize {
			if err := w.flush(); err != nil {
				return n, err
			}
		}
		m := min(len(p), chunkSize-len(w.plain))
		w.plain = append(w.plain, p[:m]...)
		n, p = n+m, p[m:]
	}
	return n, nil
}

// Close seals what is left as the last chunk.
func (w *chunkWriter) Close() error {
	w.next.Last = true
	return w.flush()
}

func (w *chunkWriter) flush() error {
	err := w.put(w.plain, w.next)
	w.plain, w.next.N = w.plain[:0], w.next.N+1
	return err
}

// chunkReader opens the chunks of a copy one after the other. It ends well only
// after the one that was sealed as the last.
type chunkReader struct {
	open  func(n int) (plain []byte, last bool, err error)
	n     int
	plain []byte
	err   error
}

// reader returns a reader of a copy of a file, having opened its first chunk.
func (c *Cabinet) reader(ctx context.Context, key complaint.Key, file string, which Copy) (*chunkReader, error) {
	r := &chunkReader{open: func(n int) ([]byte, bool, error) {
		chunk, err := c.vault.Chunk(ctx, key.Of, Place{file, which, n})
		if errors.Is(err, ErrNotFound) && n > 0 {
			return nil, false, fmt.Errorf("%w: %s of %s ends before chunk %d", ErrDamaged, which, file, n)
		}
		if err != nil {
			return nil, false, err
		}
		chunk.Place = Place{file, which, n} // what was asked for, whatever came
		plain, err := c.sealer.Open(key, chunk.seat(), chunk.Sealed)
		if err != nil && !errors.Is(err, complaint.ErrErased) {
			err = fmt.Errorf("%w: chunk %d of %s of %s: %v", ErrDamaged, n, which, file, err)
		}
		return plain, chunk.Last, err
	}}
	r.fill()
	if r.err != nil && !errors.Is(r.err, io.EOF) {
		return nil, r.err
	}
	return r, nil
}

func (r *chunkReader) fill() {
	plain, last, err := r.open(r.n)
	r.plain, r.n = plain, r.n+1
	switch {
	case err != nil:
		r.err = err
	case last:
		r.err = io.EOF
	}
}

// Read implements io.Reader.
func (r *chunkReader) Read(p []byte) (int, error) {
	if len(r.plain) == 0 && r.err == nil {
		r.fill()
	}
	if len(r.plain) == 0 && r.err != nil {
		return 0, r.err
	}
	n := copy(p, r.plain)
	r.plain = r.plain[n:]
	return n, nil
}

// failed returns what kept the reader from going on, if it was not the end.
func (r *chunkReader) failed() error {
	if errors.Is(r.err, io.EOF) {
		return nil
	}
	return r.err
}
