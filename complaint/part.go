package complaint

// PartKind says what sealed bytes are.
type PartKind string

// The kinds of part.
const (
	Words       PartKind = "words"        // what was said with an event
	AccusedName PartKind = "accused_name" // as the citizen wrote it
	Who         PartKind = "identity"     // the citizen's name and telephone
	WayBack     PartKind = "way_back"     // channel and address for letters
)

// Part is something said, sealed. It belongs to an event.
type Part struct {
	Seq    int      `json:"seq"`
	Kind   PartKind `json:"kind"`
	Sealed []byte   `json:"sealed"`
}

// Key is the key of one case, wrapped: it opens nothing without the
// installation's key. Of names the case it belongs to (the id of its draft). A
// destroyed key has no Wrapped.
type Key struct {
	Of      string
	Wrapped []byte
}

// Sealer seals and opens parts. Place binds what is sealed to where it stands:
// opened at another place or with another case's key it is an error. Open
// returns ErrErased for a key that was destroyed.
type Sealer interface {
	Seal(key Key, place string, plain []byte) ([]byte, error)
	// Sealing is Seal for several places of one case.
	Sealing(key Key) (func(place string, plain []byte) ([]byte, error), error)
	Open(key Key, place string, sealed []byte) ([]byte, error)
}

// told lists the moves whose words the citizen may read, beside the answers
// that were signed. Notes, objections between offices and what a reviewer
// wrote are not among them.
var told = map[Move]bool{
	File: true, Ask: true, Answer: true, Add: true, Write: true, Refer: true, Decline: true, Extend: true,
	Rate: true, Withdraw: true, Reopen: true, Object: true, Decide: true,
}

// Told returns the events whose words the citizen may read: those above, and
// of the drafted answers only the one that was signed.
func Told(events []Event) map[int]bool {
	out := map[int]bool{}
	draft := 0
	for _, e := range events {
		switch {
		case e.Move == DraftReply:
			draft = e.Seq
		case e.Move == Sign && draft > 0:
			out[draft] = true
		case told[e.Move]:
			out[e.Seq] = true
		}
	}
	return out
}
