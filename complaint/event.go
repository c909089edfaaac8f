package complaint

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// OfficerID names an officer within the office; never a person's name.
type OfficerID string

// Actor is who made a move and in which part. A citizen and the clockwork have
// no officer.
type Actor struct {
	Officer OfficerID `json:"officer,omitempty"`
	Role    Role      `json:"role"`
}

// Facts are what a move states, all of it codes and numbers. A move uses the
// few that are its own; the rest stay empty.
type Facts struct {
	Kind     Kind       `json:"kind,omitempty"`
	Class    Class      `json:"class,omitempty"`
	Accused  []Accused  `json:"accused,omitempty"`
	About    string     `json:"about,omitempty"`
	Route    *Route     `json:"route,omitempty"`
	Window   string     `json:"window,omitempty"` // what opened the fast lane
	Urgent   bool       `json:"urgent,omitempty"`
	Minor    bool       `json:"minor,omitempty"`
	Identity Identity   `json:"identity,omitempty"`
	Channel  Channel    `json:"channel,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
	Lead     Number     `json:"lead,omitempty"`
	To       Authority  `json:"to,omitempty"`
	Reason   Reason     `json:"reason,omitempty"`
	Outcome  Outcome    `json:"outcome,omitempty"`
	Rating   Rating     `json:"rating,omitempty"`
	Days     int        `json:"days,omitempty"`
	Officer  OfficerID  `json:"officer,omitempty"`
	Letter   int        `json:"letter,omitempty"` // the Seq of what it told of
}

// Evidence is what is known of a file without opening it. Its bytes are sealed
// under the case's key, kept under the draft's id.
type Evidence struct {
	ID     string       `json:"id"`
	Kind   EvidenceKind `json:"kind"`
	Size   int64        `json:"size"`
	SHA256 string       `json:"sha256"` // of the original, in hex
	// Clean is true for a picture of which a copy without metadata is kept.
	Clean bool `json:"clean,omitempty"`
}

// EvidenceKind is found from the first bytes of a file, not from its name.
type EvidenceKind string

// The kinds of evidence.
const (
	Picture EvidenceKind = "picture"
	PDF     EvidenceKind = "pdf"
	Audio   EvidenceKind = "audio"
	Video   EvidenceKind = "video"
)

func (e Evidence) check() error {
	sum, err := hex.DecodeString(e.SHA256)
	if err != nil || len(sum) != sha256.Size || e.Size <= 0 || len(e.ID) == 0 || len(e.ID) > 64 ||
		!known(e.Kind, Picture, PDF, Audio, Video) {
		return fmt.Errorf("%w: evidence %q", ErrIncomplete, e.ID)
	}
	return nil
}

// Event is one thing that happened to a case. Events are only ever appended.
type Event struct {
	// Seq counts from 1 within the case.
	Seq  int       `json:"seq"`
	At   time.Time `json:"at"` // to the millisecond, UTC
	Move Move      `json:"move"`
	By   Actor     `json:"by"`
	// Rules is the version of the rules in force.
	Rules string `json:"rules,omitempty"`
	Facts Facts  `json:"facts"`
	// Sum chains the event to the one before it, in hex.
	Sum string `json:"sum"`
}

// Chained returns e with its Sum after an event whose sum was before ("" for
// the first).
func (e Event) Chained(before string) (Event, error) {
	e.Sum = ""
	b, err := json.Marshal(e)
	if err != nil {
		return Event{}, fmt.Errorf("complaint: event %d: %w", e.Seq, err)
	}
	sum := sha256.New()
	sum.Write([]byte(before + "\n"))
	sum.Write(b)
	e.Sum = hex.EncodeToString(sum.Sum(nil))
	return e, nil
}

// errBroken is no business of a caller: a broken chain is damage.
var errBroken = errors.New("complaint: the chain of events is broken")

// Verify reports the first event that was changed, removed or moved since it
// was appended. Cutting off the end cannot be seen from the events alone.
func Verify(events []Event) error {
	before := ""
	for i, e := range events {
		want, err := e.Chained(before)
		if err != nil {
			return err
		}
		if e.Seq != i+1 || want.Sum != e.Sum {
			return fmt.Errorf("%w at %d", errBroken, i+1)
		}
		before = e.Sum
	}
	return nil
}
