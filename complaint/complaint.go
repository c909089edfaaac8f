// Package complaint is the complaint office: what kinds of complaint there are,
// who receives one, who may do what with it and until when.
//
// It promises three things. A complaint that was acknowledged is kept: [Book]
// stores it whole before a number is shown. Whom it accuses never sees it:
// every read goes through a [Scope], and a complaint that nobody may receive is
// refused with the right address ([Refusal]) instead of being stored unread.
// Nothing happens to it that the table of moves does not allow.
//
// A case is its [Event] list: append-only facts without free text. [Fold]
// derives the [Case] from them and refuses a list that the table forbids. The
// words (what the citizen wrote, names, the way back, answers) are [Part]s,
// opaque bytes that a [Sealer] sealed under the key of that one case; when the
// key is destroyed the events still stand. [Docket] is the plain part that
// lists sort and filter by: codes and times, kept beside the events in the
// same transaction. [Deadline]s are computed from events and dated [Rules],
// never stored as truth.
//
// The path: a conversation ends in a [Draft]; [Office.File] finds the [Route]
// (kind and accused → unit, with everyone excluded), seals the words and hands
// one [Filing] to the Book; officers move it with [Office.Act], the citizen
// with the receipt through [Office.Say]; [Office.Tick] makes the moves that
// time alone permits. What is to be told somebody is a [Letter], stored with
// the event that causes it and taken by the [Courier] to who carries it.
package complaint

import "errors"

// What callers act on. Everything else is opaque.
var (
	// ErrNotFound is returned for a case that does not exist and for one that
	// the asker may not see: the two cannot be told apart.
	ErrNotFound = errors.New("complaint: no such case")
	// ErrWrongState: the case is in a state that does not allow the move, or
	// changed after it was shown.
	ErrWrongState = errors.New("complaint: the case does not stand there")
	// ErrNotYours: the state allows the move, but not by this person.
	ErrNotYours = errors.New("complaint: not for this role or person")
	// ErrNotNow: the move has a term that is over or not reached.
	ErrNotNow = errors.New("complaint: not at this time")
	// ErrIncomplete: the move or draft lacks something it must carry.
	ErrIncomplete = errors.New("complaint: incomplete")
	// ErrRefused is what every [Refusal] is.
	ErrRefused = errors.New("complaint: not received here")
	// ErrStale: somebody else appended first.
	ErrStale = errors.New("complaint: the case moved on")
	// ErrTaken: the case number is in use. The office takes the next of the receipt's.
	ErrTaken = errors.New("complaint: number taken")
	// ErrNotKept: the book could not be written, so that nothing was received.
	// Sent again later, it is received once.
	ErrNotKept = errors.New("complaint: nothing could be kept")
	// ErrAway: the book cannot be read now, because its database is gone or held.
	ErrAway = errors.New("complaint: the book cannot be read now")
	// ErrBadCode: what was typed is no receipt code or case number.
	ErrBadCode = errors.New("complaint: not a code")
	// ErrErased: the key of the case was destroyed; its words are gone.
	ErrErased = errors.New("complaint: erased")
)
