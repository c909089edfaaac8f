// Package evidence keeps the files that people send with a complaint, so that
// what they show can be used and what they betray cannot.
//
// A [Cabinet] takes a file as a stream: what it is is told by its first bytes,
// never by its name, and the name is not kept at all, for it may name somebody.
// The original is sealed in chunks under the key of the draft, which becomes
// the case's, while it arrives; of a picture a clean copy is then made, decoded
// and encoded again, so that nothing of the original's bytes is in it but what
// can be seen. Sound, video and PDF are kept as the sealed original alone, and
// so are HEIC pictures, for which there is no decoder. What is not taken is a
// *[Refused], which says why.
//
// A [Vault] stores the sealed chunks. A file counts only once it is whole
// there (Vault.Keep); what was cut off is swept. Every chunk is sealed for its
// place, the file, the copy, its number and whether it is the last, so chunks
// that were moved, cut off or mixed do not open.
//
// Who may see a file is the complaint office's to say: it hands out the
// [complaint.Folder] with which the cabinet opens a clean copy, or the one
// original for which an officer gave a reason.
package evidence

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"yangguang/complaint"
)

// The limits for a draft or case.
const (
	MaxSize  = 20 << 20 // bytes of one file
	MaxFiles = 9
)

// stale is how long a file may take to arrive before it is swept.
const stale = time.Hour

// ErrNotFound is returned for a file that is not kept, or has no such copy.
var ErrNotFound = errors.New("evidence: no such file")

// ErrFiled is returned when files of a draft are to be dropped that has become
// a case.
var ErrFiled = errors.New("evidence: the draft has been filed")

// ErrGone: the file was removed while it arrived.
var ErrGone = errors.New("evidence: removed while it arrived")

// ErrDamaged is returned for what is kept but does not open: a chunk that was
// changed, moved or cut off.
var ErrDamaged = errors.New("evidence: damaged")

// Cabinet takes files and shows them. It is safe for use by several at once.
type Cabinet struct {
	vault  Vault
	sealer complaint.Sealer
	filed  func(ctx context.Context, draft string) (bool, error)
	now    func() time.Time
	// lamp is held by whoever decodes a picture: one at a time, so that a rush
	// of pictures neither fills the memory nor takes the whole machine.
	lamp chan struct{}
}

// NewCabinet returns a cabinet on the vault. The book says which drafts have
// become cases, whose files are not dropped any more. now is the clock.
func NewCabinet(v Vault, s complaint.Sealer, book complaint.Book, now func() time.Time) *Cabinet {
	filed := func(ctx context.Context, draft string) (bool, error) {
		_, err := book.ByDraft(ctx, draft)
		if errors.Is(err, complaint.ErrNotFound) {
			return false, nil
		}
		return err == nil, err
	}
	return &Cabinet{vault: v, sealer: s, filed: filed, now: now, lamp: make(chan struct{}, 1)}
}

// Take keeps a file under the key of a draft or case, or returns a *Refused
// that says why not. When it returns nil the file is kept for good, and what it
// returns is to be named in the draft or in an event. The same file sent again
// is the file that is kept already. Of r no more than the limit is read.
func (c *Cabinet) Take(ctx context.Context, key complaint.Key, r io.Reader) (complaint.Evidence, error) {
	head := make([]byte, sniffed)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return complaint.Evidence{}, err
	}
	format, why := sniff(head[:n])
	if why != "" {
		return complaint.Evidence{}, &Refused{why}
	}
	e := complaint.Evidence{ID: rand.Text(), Kind: format.Kind}
	if err := c.vault.Begin(ctx, key.Of, e.ID, c.now()); err != nil {
		return complaint.Evidence{}, err
	}
	kept, err := c.keep(ctx, key, e, format, io.MultiReader(bytes.NewReader(head[:n]), r))
	if err == nil {
		return kept, nil
	}
	// The sender may be gone, and with it ctx. If this fails too, it is swept.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return complaint.Evidence{}, errors.Join(err, c.vault.Remove(ctx, key.Of, e.ID))
}

// keep stores a file that has begun to arrive, and keeps it.
func (c *Cabinet) keep(ctx context.Context, key complaint.Key, e complaint.Evidence, f Format, r io.Reader) (complaint.Evidence, error) {
	if err := c.store(ctx, key, &e, f, r); err != nil {
		return complaint.Evidence{}, err
	}
	return c.vault.Keep(ctx, key.Of, e, MaxFiles, c.now())
}

// store puts all chunks of a file into the vault and completes what is known of it.
func (c *Cabinet) store(ctx context.Context, key complaint.Key, e *complaint.Evidence, f Format, r io.Reader) error {
	sum := sha256.New()
	original := c.writer(ctx, key, e.ID, Original)
	size, err := io.Copy(original, io.TeeReader(io.LimitReader(r, MaxSize+1), sum))
	if err != nil {
		return err
	}
	if size > MaxSize {
		return &Refused{tooLarge[f.Kind]}
	}
	if err := original.Close(); err != nil {
		return err
	}
	e.Size, e.SHA256 = size, hex.EncodeToString(sum.Sum(nil))
	if f.decode == nil {
		return nil
	}
	e.Clean = true
	return c.clean(ctx, key, e.ID, f)
}
