package bot

import (
	"context"
	"time"

	"yangguang/complaint"
)

// Sessions keep the talks between events, sealed. The implementations are in
// room store and in bot/redisstore; bottest.Run is the suite that all pass. A
// conversation is named by the clerk with a MAC, so that what is kept names
// nobody.
type Sessions interface {
	// Load returns what is kept of the conversation, or ErrNone. It may return
	// what has expired; the caller looks at Expires.
	Load(ctx context.Context, conv string) (Session, error)
	// Commit keeps s in place of the revision before it (s.Revision-1; there is
	// none before 1). When it returns nil, s survives a crash. What cannot be
	// written for a reason outside is a complaint.ErrNotKept. It returns
	// ErrStale, having kept nothing, if another revision is there, or that
	// revision of another draft while s does not begin one (s.Begins); the
	// error may be a *Moved. Committing a revision again with the same last
	// event is no error and changes nothing.
	Commit(ctx context.Context, conv string, s Session) error
	// Drop forgets the conversation if it still has that revision. It returns
	// ErrStale if it has another, and nil if there is none.
	Drop(ctx context.Context, conv string, revision int64) error
	// Expired returns up to limit conversations that expired before the given
	// time, in no order. They stay until they are dropped.
	Expired(ctx context.Context, before time.Time, limit int) ([]Gone, error)
}

// Session is what is kept of one conversation. Everything that was said is in
// Sealed, under the key of the draft.
type Session struct {
	Revision int64
	Draft    string
	Key      complaint.Key
	Sealed   []byte
	// Seen are the ids of the last events, the newest last.
	Seen []string
	// Expires is until when it is kept.
	Expires time.Time
}

// Begins reports whether the revision is the first of its draft. Any other
// follows one of the same draft.
func (s Session) Begins() bool { return len(s.Seen) <= 1 }

// Moved is an ErrStale that says what is there: a session, or one of revision
// 0 where nothing is.
type Moved struct{ Now Session }

// Error implements error.
func (*Moved) Error() string { return ErrStale.Error() }

// Is reports that it is an ErrStale.
func (*Moved) Is(target error) bool { return target == ErrStale }

// Gone is a conversation that expired.
type Gone struct {
	Conv     string
	Revision int64
	Draft    string
}
