package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// changeJSON is a change as it is stored, R being the record to write or its
// bytes to read.
type changeJSON[R any] struct {
	Op     Op     `json:"op"`
	ID     ID     `json:"id"`
	Record R      `json:"record,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Canonical returns the bytes of the changes that are stored and digested: one
// array, written change by change, as an edition may hold 100,000 of them.
func (e Edition) Canonical() ([]byte, error) {
	var out bytes.Buffer
	enc := plainEncoder(&out)
	out.WriteByte('[')
	for i, c := range e.Changes {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := enc.Encode(changeJSON[Record]{c.Op, c.ID, c.Record, c.Reason}); err != nil {
			return nil, fmt.Errorf("content: %s: %w", c.ID, err)
		}
		out.Truncate(out.Len() - 1) // the newline of the encoder
	}
	out.WriteByte(']')
	return out.Bytes(), nil
}

// Digest returns the SHA-256 of canonical bytes, in hex.
func Digest(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// ParseChanges reads what Canonical wrote. It refuses types it does not know,
// so that an older program never serves half of a newer record.
func ParseChanges(canonical []byte) ([]Change, error) {
	in := json.NewDecoder(bytes.NewReader(canonical))
	if start, err := in.Token(); err != nil || start != json.Delim('[') {
		return nil, fmt.Errorf("content: edition: not a list of changes: %v", err)
	}
	out := []Change{}
	for in.More() {
		var c changeJSON[json.RawMessage]
		if err := in.Decode(&c); err != nil {
			return nil, fmt.Errorf("content: edition: %w", err)
		}
		change := Change{Op: c.Op, ID: c.ID, Reason: c.Reason}
		if c.Op == Put {
			var err error
			if change.Record, err = decodeRecord(c.ID, c.Record); err != nil {
				return nil, err
			}
		}
		out = append(out, change)
	}
	if _, err := in.Token(); err != nil {
		return nil, fmt.Errorf("content: edition: %w", err)
	}
	if _, err := in.Token(); err != io.EOF {
		return nil, errors.New("content: edition: something follows the changes")
	}
	return out, nil
}

// plainJSON is json.Marshal without escaping for HTML, so that the bytes stay
// readable and independent of that choice.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := plainEncoder(&b).Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func plainEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}
