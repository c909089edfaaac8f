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

// The letters to the desk: that there is something to look at, and no more.
const (
	LetterCame     LetterKey = "came"
	LetterUrgent   LetterKey = "urgent"   // a word of danger was found
	LetterAnswered LetterKey = "answered" // the citizen answered what was asked
	LetterObjected LetterKey = "objected"
	LetterReopened LetterKey = "reopened"
)

// Addressee is whom a letter is for.
type Addressee string

// The addressees.
const (
	ToCitizen Addressee = ""
	ToDesk    Addressee = "desk" // whoever reads what the desk is told
)

// Letter is a message that is still to be sent. It is stored with the event
// that causes it and says nothing of the case; the way back to the citizen is a
// sealed part of it.
type Letter struct {
	// Position orders all letters; a later one never becomes readable before
	// an earlier one. The book gives it.
	Position int64     `json:"-"`
	Number   Number    `json:"number"`
	Seq      int       `json:"seq"` // of the event
	Key      LetterKey `json:"key"`
	To       Addressee `json:"to,omitempty"`
	At       time.Time `json:"at"`
}

// deskTold says of which moves of a citizen the desk is told.
var deskTold = map[Move]LetterKey{File: LetterCame, Answer: LetterAnswered, Object: LetterObjected, Reopen: LetterReopened}

// deskLetter is what the desk is told of an event, "" for nothing. Of a case
// that somebody of the office may not see it is not told at all: who reads it
// and finds nothing new would know that there is one. Danger goes before that.
func deskLetter(c Case, e Event) LetterKey {
	switch {
	case e.Facts.Urgent:
		return LetterUrgent
	case e.By.Role != Citizen || c.Route.Lane != Ordinary || c.Route.Why.Excluded > 0:
		return ""
	}
	return deskTold[e.Move]
}
