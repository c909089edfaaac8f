package complaint

import (
	"context"
	"slices"
)

// Book keeps the cases for good. Its implementations are in room store;
// complainttest.Run is the suite that all pass. What a method returns belongs
// to the caller. A write that fails for a reason outside the office (no space, a
// database that is locked or gone, a caller who gave up) returns an ErrNotKept, a read an ErrAway.
type Book interface {
	// File keeps a new case whole (events, parts, letters, docket, key, MAC) or
	// not at all. When it returns nil the case survives a crash. It is
	// idempotent by draft: if a case of f.Draft is kept already it stores
	// nothing and returns that case's number and MAC, whatever f holds. f.Number
	// is one of the MAC's Numbers. It returns ErrTaken, having stored nothing, if
	// the number is another case's, and another error if the MAC is that case's
	// too. Many filings may be written in one transaction; then the refusal of
	// one does not touch the others.
	File(ctx context.Context, f Filing) (Kept, error)
	// ByDraft returns the case that was filed from the draft, or ErrNotFound.
	ByDraft(ctx context.Context, draft string) (Kept, error)
	// Append adds e to the case if its version is still the given one, whole or
	// not at all. It returns ErrStale, having stored nothing, if it is not, and
	// ErrNotFound if there is no such case. When e.Erase is set the wrapped key
	// is destroyed in the same transaction.
	Append(ctx context.Context, n Number, version int, e Entry) error
	// Record returns the case with that number. Outside the scope it returns
	// ErrNotFound, exactly as if there were none.
	Record(ctx context.Context, s Scope, n Number) (Record, error)
	// ByReceipt returns the case whose receipt has that MAC, the whole of it, or
	// ErrNotFound. Its number is one of the MAC's Numbers.
	ByReceipt(ctx context.Context, mac []byte) (Record, error)
	// List returns the dockets in the scope, in the order of their Position,
	// beginning after q.After.
	List(ctx context.Context, s Scope, q Query) ([]Docket, error)
	// Newest returns a number that grows whenever a case in the scope is filed
	// or appended to with more than looks, 0 when there is none: the sign that
	// something is new.
	Newest(ctx context.Context, s Scope) (int64, error)
	// Letters returns up to limit letters with a position after the given one,
	// in order. A letter never appears behind one that was already returned. One
	// that cannot be read has its position and nothing else: the others do not
	// wait for it.
	Letters(ctx context.Context, after int64, limit int) ([]Letter, error)
}

// Entry is what is appended in one transaction.
type Entry struct {
	Events  []Event
	Parts   []Part
	Letters []Letter // without Position
	// Docket is the case as it stands after the events.
	Docket Docket
	Erase  bool
}

// Looks reports whether nothing happened but that somebody looked.
func (e Entry) Looks() bool {
	return !slices.ContainsFunc(e.Events, func(e Event) bool { return e.Move != Look })
}

// Filing is a new case.
type Filing struct {
	Draft  string
	Number Number
	MAC    []byte
	Key    Key
	Entry
}

// Kept is what a filing became. Again is true when its draft was a case before.
type Kept struct {
	Number Number
	MAC    []byte
	Again  bool
}

// Record is a case as it is kept.
type Record struct {
	Number Number
	Key    Key
	Events []Event
	Parts  []Part
}

// Query is which dockets a list holds.
type Query struct {
	// State is one state, or "" for all that are open.
	State State
	// Tray, when it is set, leaves what waits for its officer in any state.
	Tray *Tray
	// After is where the page before ended; the zero value begins a list.
	After Position
	Limit int
}

// Takes reports whether the list of q may hold d, limit aside. It is what the
// condition of a store must agree with.
func (q Query) Takes(d Docket) bool {
	if q.Tray != nil {
		return len(q.Tray.Waits(d)) > 0 && q.begins(d)
	}
	if q.State == "" && !d.State.Open() || q.State != "" && q.State != d.State {
		return false
	}
	return q.begins(d)
}

// begins reports whether d stands behind the page before.
func (q Query) begins(d Docket) bool {
	return q.After == Position{} || q.After.Compare(d.Position()) < 0
}
