package evidence

import (
	"bufio"
	"context"
	"errors"
	"io"

	"yangguang/complaint"
)

// Picture returns the clean copy of a picture in the folder, a JPEG of our own
// making, or ErrNotFound where there is none. It is read from the vault while
// the reader is read.
func (c *Cabinet) Picture(ctx context.Context, f complaint.Folder, id string) (io.Reader, error) {
	if e, ok := f.Find(id); !ok || !e.Clean {
		return nil, ErrNotFound
	}
	return c.reader(ctx, f.Key, id, Clean)
}

// Opened is the original of a file.
type Opened struct {
	Evidence complaint.Evidence
	Format   Format
	io.Reader
}

// Original opens the original for which a reason was given, byte for byte as it
// was sent. It is read from the vault while the reader is read.
func (c *Cabinet) Original(ctx context.Context, f complaint.Folder) (Opened, error) {
	e, ok := f.Find(f.Opened)
	if !ok {
		return Opened{}, ErrNotFound
	}
	r, err := c.reader(ctx, f.Key, e.ID, Original)
	if err != nil {
		return Opened{}, err
	}
	in := bufio.NewReader(r)
	head, err := in.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return Opened{}, err
	}
	format, why := sniff(head)
	if why != "" { // what was taken then would not be today
		format = Format{Kind: e.Kind, Extension: ".bin", Media: "application/octet-stream"}
	}
	return Opened{e, format, in}, nil
}

// Drop removes the files of a draft that was abandoned. Those of a case stay:
// for a draft that was filed it does nothing and returns ErrFiled.
func (c *Cabinet) Drop(ctx context.Context, draft string) error {
	if err := c.unfiled(ctx, draft); err != nil {
		return err
	}
	return c.vault.Drop(ctx, draft)
}

// Remove removes one file of a draft, as Drop does.
func (c *Cabinet) Remove(ctx context.Context, draft, id string) error {
	if err := c.unfiled(ctx, draft); err != nil {
		return err
	}
	return c.vault.Remove(ctx, draft, id)
}

func (c *Cabinet) unfiled(ctx context.Context, draft string) error {
	filed, err := c.filed(ctx, draft)
	if err == nil && filed {
		err = ErrFiled
	}
	return err
}

// Sweep removes what began to arrive long ago and never became whole, and
// returns how many files that were.
func (c *Cabinet) Sweep(ctx context.Context) (int, error) {
	return c.vault.Sweep(ctx, c.now().Add(-stale))
}
