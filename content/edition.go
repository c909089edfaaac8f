package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Op is what a change does to a record.
type Op string

// The operations. Nothing is ever removed.
const (
	Put      Op = "put"
	Withdraw Op = "withdraw"
)

// Change is one record put or withdrawn.
type Change struct {
	Op Op
	ID ID
	// Record is the new record of a Put.
	Record Record
	// Reason is why a record was withdrawn.
	Reason string
}

// Origin says where an edition came from.
type Origin string

// The origins. A pack is compared with the last edition of its own origin.
const (
	FromPack Origin = "pack"
	FromDesk Origin = "desk"
)

// Edition is one act of publishing. Number is given by the shelf.
type Edition struct {
	Number int64
	Origin Origin
	// At has the precision of a millisecond.
	At time.Time
	// By and ApprovedBy are roles, never names.
	By, ApprovedBy string
	Note           string
	Changes        []Change
}

type changeJSON struct {
	Op     Op              `json:"op"`
	ID     ID              `json:"id"`
	Record json.RawMessage `json:"record,omitempty"`
	Reason string          `json:"reason,omitempty"`
}

// Canonical returns the bytes of the changes that are stored and digested.
func (e Edition) Canonical() ([]byte, error) {
	out := make([]changeJSON, len(e.Changes))
	for i, c := range e.Changes {
		out[i] = changeJSON{Op: c.Op, ID: c.ID, Reason: c.Reason}
		if c.Record == nil {
			continue
		}
		b, err := plainJSON(c.Record)
		if err != nil {
			return nil, fmt.Errorf("content: %s: %w", c.ID, err)
		}
		out[i].Record = b
	}
	return plainJSON(out)
}

// Digest returns the SHA-256 of canonical bytes, in hex.
func Digest(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// ParseChanges reads what Canonical wrote. It refuses types it does not know,
// so that an older program never serves half of a newer record.
func ParseChanges(canonical []byte) ([]Change, error) {
	var in []changeJSON
	if err := json.Unmarshal(canonical, &in); err != nil {
		return nil, fmt.Errorf("content: edition: %w", err)
	}
	out := make([]Change, len(in))
	for i, c := range in {
		out[i] = Change{Op: c.Op, ID: c.ID, Reason: c.Reason}
		if c.Op != Put {
			continue
		}
		r, err := decodeRecord(c.ID, c.Record)
		if err != nil {
			return nil, err
		}
		out[i].Record = r
	}
	return out, nil
}

// plainJSON is json.Marshal without escaping for HTML, so that the bytes stay
// readable and independent of that choice.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
