package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// Op is what a change does to a record.
type Op string

// The operations. What is withdrawn keeps its page, with a banner; what the law
// does not allow to be shown is taken down and leaves a [Tombstone].
const (
	Put      Op = "put"
	Withdraw Op = "withdraw"
	TakeDown Op = "take_down"
)

// Change is one record put, withdrawn or taken down.
type Change struct {
	Op Op
	ID ID
	// Record is the new record of a Put.
	Record Record
	// Reason is why a record was withdrawn or taken down.
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

// withdrawal is a record withdrawn or taken down, as it is stored.
type withdrawal struct {
	ID     ID     `json:"id"`
	Reason string `json:"reason,omitempty"`
}

// Canonical returns the bytes of the changes that are stored and digested: one
// line for each run of changes that do the same to records of one type.
//
//	put term [{"id":"term/a", …},{"id":"term/b", …}]
//	withdraw term [{"id":"term/c","reason":"…"}]
//
// Everything published is read at each start, so a list is read at one go and
// the lists beside each other.
func (e Edition) Canonical() ([]byte, error) {
	var out bytes.Buffer
	enc := plainEncoder(&out)
	run, end := "", ""
	for _, c := range e.Changes {
		v, err := c.stored()
		if err != nil {
			return nil, err
		}
		if of := fmt.Sprintf("%s %s [", c.Op, c.ID.Type()); of == run {
			out.WriteByte(',')
		} else {
			out.WriteString(end + of)
			run, end = of, "]\n"
		}
		if err := enc.Encode(v); err != nil {
			return nil, fmt.Errorf("content: %s: %w", c.ID, err)
		}
		out.Truncate(out.Len() - 1) // the newline of the encoder
	}
	out.WriteString(end)
	return out.Bytes(), nil
}

// stored returns what the list of a run holds of the change.
func (c Change) stored() (any, error) {
	switch {
	case (c.Op == Withdraw || c.Op == TakeDown) && c.Record == nil:
		return withdrawal{c.ID, c.Reason}, nil
	case c.Op == Put && c.Record != nil && c.Record.Head().ID == c.ID:
		return c.Record, nil
	}
	return nil, fmt.Errorf("content: %s %s: a record is put under its own id, and only put", c.Op, c.ID)
}

// Digest returns the SHA-256 of canonical bytes, in hex.
func Digest(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// ParseChanges reads what Canonical wrote. It refuses types it does not know,
// so that an older program never serves half of a newer record.
func ParseChanges(canonical []byte) ([]Change, error) {
	if bytes.HasPrefix(canonical, []byte("[")) {
		return parseFirstForm(canonical)
	}
	lines := slices.Collect(bytes.Lines(canonical))
	read, failed := make([][]Change, len(lines)), make([]error, len(lines))
	var work sync.WaitGroup
	for i, line := range lines {
		work.Go(func() { read[i], failed[i] = parseRun(line) })
	}
	work.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, fmt.Errorf("content: edition: %w", err)
	}
	return slices.Concat(read...), nil
}

// parseRun reads one line.
func parseRun(line []byte) ([]Change, error) {
	op, rest, _ := bytes.Cut(line, []byte(" "))
	of, list, _ := bytes.Cut(rest, []byte(" "))
	t := Type(of)
	form, known := formOf[t]
	if !known || !bytes.HasPrefix(list, []byte("[")) || !bytes.HasSuffix(list, []byte("]\n")) {
		return nil, fmt.Errorf("not a list of changes of a known type: %.40q", line)
	}
	var changes []Change
	switch Op(op) {
	case Put:
		records, err := recordsOf(form, list)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t, err)
		}
		changes = make([]Change, 0, len(records))
		for _, r := range records {
			changes = append(changes, Change{Op: Put, ID: r.Head().ID, Record: r})
		}
	case Withdraw, TakeDown:
		var gone []withdrawal
		if err := json.Unmarshal(list, &gone); err != nil {
			return nil, fmt.Errorf("%s: %w", t, err)
		}
		for _, w := range gone {
			changes = append(changes, Change{Op: Op(op), ID: w.ID, Reason: w.Reason})
		}
	default:
		return nil, fmt.Errorf("a change does not %q", op)
	}
	for _, c := range changes {
		if c.ID.Type() != t {
			return nil, fmt.Errorf("%s stands among those of type %s", c.ID, t)
		}
	}
	return changes, nil
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
