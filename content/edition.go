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

// The origins. A pack is compared with what packs published before; the one
// that the program carries does not replace one that an office published.
const (
	FromPack    Origin = "pack"
	FromBundled Origin = "bundled"
	FromDesk    Origin = "desk"
)

func (o Origin) pack() bool { return o == FromPack || o == FromBundled }

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

// changeJSON is a change as it is stored.
type changeJSON struct {
	Op     Op     `json:"op"`
	ID     ID     `json:"id"`
	Record Record `json:"record,omitempty"`
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
		if err := enc.Encode(changeJSON(c)); err != nil {
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
		c, err := parseChange(in)
		if err != nil {
			return nil, fmt.Errorf("content: edition: %w", err)
		}
		out = append(out, c)
	}
	if _, err := in.Token(); err != nil {
		return nil, fmt.Errorf("content: edition: %w", err)
	}
	if _, err := in.Token(); err != io.EOF {
		return nil, errors.New("content: edition: something follows the changes")
	}
	return out, nil
}

// parseChange reads one change. Its id stands before its record, so the record
// is decoded where it stands: reading everything published is most of a start.
func parseChange(in *json.Decoder) (c Change, err error) {
	if t, err := in.Token(); err != nil || t != json.Delim('{') {
		return c, fmt.Errorf("not a change: %v", err)
	}
	for in.More() {
		key, err := in.Token()
		if err != nil {
			return c, err
		}
		switch key {
		case "op":
			err = in.Decode(&c.Op)
		case "id":
			err = in.Decode(&c.ID)
		case "record":
			c.Record, err = decodeRecord(c.ID, in.Decode)
		case "reason":
			err = in.Decode(&c.Reason)
		default:
			err = fmt.Errorf("a change has no %v", key)
		}
		if err != nil {
			return c, err
		}
	}
	_, known := empty[c.ID.Type()]
	if !known || c.Op != Put && c.Op != Withdraw || (c.Op == Put) != (c.Record != nil) {
		return c, fmt.Errorf("%s %s: a record is put, and only put", c.Op, c.ID)
	}
	_, err = in.Token()
	return c, err
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
