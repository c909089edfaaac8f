package evidence

import (
	"context"
	"time"

	"yangguang/complaint"
)

// Copy is one of the forms in which a file is kept.
type Copy string

// The copies. Only some pictures have a clean one.
const (
	Original Copy = "original"
	Clean    Copy = "clean"
)

// Place is where a chunk stands: in which file, in which copy of it, and as the
// how-manieth, counted from 0.
type Place struct {
	File string
	Copy Copy
	N    int
}

// Chunk is a piece of a copy, sealed.
type Chunk struct {
	Place
	// Last is true for the piece with which the copy ends.
	Last   bool
	Sealed []byte
}

// Vault stores sealed files by the draft that they came with. Its
// implementations are in room store; evidencetest.Run is the suite that all
// pass. What a method returns belongs to the caller.
type Vault interface {
	// Begin makes room for a file that arrives. It does not count as kept. Begin
	// and Put return a *Refused (NoRoom) when what room is left is for words.
	Begin(ctx context.Context, draft, file string, at time.Time) error
	// Put stores a chunk of a file that arrives. It returns ErrGone, having
	// stored nothing, for a file that was removed or swept or is kept already.
	Put(ctx context.Context, c Chunk) error
	// Keep makes the file e.ID, whose chunks are all stored, one that is kept.
	// When it returns nil the file survives a crash. If the draft already keeps
	// a file with that SHA-256 it removes e and returns the one that is kept. It
	// returns a *Refused (TooMany), having changed nothing, if the draft keeps
	// most files already, however many are kept at once, and ErrGone like Put.
	Keep(ctx context.Context, draft string, e complaint.Evidence, most int, at time.Time) (complaint.Evidence, error)
	// Kept returns the files that are kept of a draft, in the order in which
	// they began to arrive.
	Kept(ctx context.Context, draft string) ([]complaint.Evidence, error)
	// Chunk returns the chunk at a place in a file that arrives or is kept, or
	// ErrNotFound if there is none or the file is not of that draft.
	Chunk(ctx context.Context, draft string, at Place) (Chunk, error)
	// Remove removes a file of a draft whole, if it is there.
	Remove(ctx context.Context, draft, file string) error
	// Drop removes all files of a draft, those that arrive too.
	Drop(ctx context.Context, draft string) error
	// Sweep removes the files that began to arrive before a moment and are not
	// kept, and returns how many there were.
	Sweep(ctx context.Context, before time.Time) (int, error)
}
