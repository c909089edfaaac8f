package complaint

import "time"

// LetterKey names the wording of a letter. The wording itself is content.
type LetterKey string

// The letters to a citizen. None quotes the case: it says that there is
// something to read, and how.
const (
	LetterFiled     LetterKey = "filed"
	LetterAsked     LetterKey = "asked"
	LetterMerged    LetterKey = "merged"
	LetterReferred  LetterKey = "referred"
	LetterDeclined  LetterKey = "declined"
	LetterAccepted  LetterKey = "accepted"
	LetterAssigned  LetterKey = "assigned"
	LetterExtended  LetterKey = "extended"
	LetterReplied   LetterKey = "replied"
	LetterRedone    LetterKey = "redone"
	LetterClosed    LetterKey = "closed"
	LetterWithdrawn LetterKey = "withdrawn"
	LetterDecided   LetterKey = "decided"
	LetterWritten   LetterKey = "written"
)

// Letter is a message to the citizen that is still to be sent. It is stored
// with the event that causes it; the way back is a sealed part of the case.
type Letter struct {
	// Position orders all letters; a later one never becomes readable before
	// an earlier one. The book gives it.
	Position int64     `json:"-"`
	Number   Number    `json:"number"`
	Seq      int       `json:"seq"` // of the event
	Key      LetterKey `json:"key"`
	At       time.Time `json:"at"`
}
