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
	texts, err := elements(canonical)
	if err != nil {
		return nil, fmt.Errorf("content: edition: %w", err)
	}
	out := make([]Change, len(texts))
	for i, text := range texts {
		if out[i], err = parseChange(text); err != nil {
			return nil, fmt.Errorf("content: edition: %w", err)
		}
	}
	return out, nil
}

// elements cuts the text of an array into those of its elements, by brackets
// and quotation marks alone.
func elements(array []byte) ([][]byte, error) {
	if len(array) < 2 || array[0] != '[' || array[len(array)-1] != ']' {
		return nil, errors.New("not a list of changes")
	}
	var out [][]byte
	for rest := array[1 : len(array)-1]; len(rest) > 0; {
		end := elementEnd(rest)
		if end == 0 {
			return nil, errors.New("a change does not end")
		}
		out, rest = append(out, rest[:end]), rest[end:]
		if len(rest) == 1 || len(rest) > 1 && rest[0] != ',' {
			return nil, errors.New("something stands between the changes")
		}
		rest = rest[min(1, len(rest)):]
	}
	return out, nil
}

// elementEnd returns where the object ends that text begins with, or 0.
func elementEnd(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth <= 0 {
				return i + 1
			}
		}
	}
	return 0
}

// parseChange reads one change. The type in its id says what its record is
// read into; the change is read once and whole, for reading everything that is
// published is most of a start.
func parseChange(text []byte) (Change, error) {
	_, id, _ := bytes.Cut(text, []byte(`"id":"`))
	id, _, _ = bytes.Cut(id, []byte(`"`))
	r, err := newRecord(ID(id))
	if err != nil {
		return Change{}, err
	}
	c := changeJSON{Record: r}
	if err := json.Unmarshal(text, &c); err != nil {
		return Change{}, fmt.Errorf("%s: %w", c.ID, err)
	}
	found := ID("") // of the record
	if c.Record != nil {
		found = c.Record.Head().ID
	}
	switch {
	case c.Op == Withdraw && found == "":
		c.Record = nil
	case c.Op != Put || found != c.ID || c.Record != r || c.ID.Type() != ID(id).Type():
		return Change{}, fmt.Errorf("%s %s: a record is put under its own id, and only put", c.Op, c.ID)
	}
	return Change(c), nil
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
