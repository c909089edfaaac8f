package content

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// Act is who publishes, when, and what is said of it. By and ApprovedBy are
// roles, never names.
type Act struct {
	At             time.Time
	By, ApprovedBy string
	Note           string
}

// Outcome is what publishing a pack did.
type Outcome struct {
	// Edition is the number of the new edition, 0 when nothing was different.
	Edition int64
	Changes []Change
	// Conflicts are records that the pack wants otherwise, but that an editor
	// changed last. They were left as they are.
	Conflicts []ID
}

// withdrawn is the reason given for a record that left the pack.
const withdrawn = "编辑更新资料时撤下了这一条"

// Publish checks the pack, compares it with what earlier packs published and
// appends only the differences, as one edition. A record that left the pack is
// withdrawn. A record whose last change came from elsewhere is never touched;
// it is a conflict of the outcome where the pack wants it otherwise. A pack
// with problems publishes nothing and returns them as [Problems].
func Publish(ctx context.Context, shelf Shelf, pack Pack, act Act) (Outcome, error) {
	if problems := Check(pack); len(problems) > 0 {
		return Outcome{}, problems
	}
	for {
		out, err := publish(ctx, shelf, pack, act)
		if !errors.Is(err, ErrStale) {
			return out, err
		}
	}
}

func publish(ctx context.Context, shelf Shelf, pack Pack, act Act) (Outcome, error) {
	head, err := shelf.Head(ctx)
	if err != nil {
		return Outcome{}, err
	}
	editions, err := shelf.Editions(ctx, 0, head)
	if err != nil {
		return Outcome{}, err
	}
	out, err := differences(pack, editions)
	if err != nil || len(out.Changes) == 0 {
		return out, err
	}
	e := Edition{
		Origin: FromPack, At: act.At.Truncate(time.Millisecond), By: act.By, ApprovedBy: act.ApprovedBy,
		Note: act.Note, Changes: out.Changes,
	}
	if err := readable(editions, e); err != nil {
		return Outcome{}, err
	}
	e, err = shelf.Append(ctx, head, e)
	out.Edition = e.Number
	return out, err
}

// readable: an edition that followers could not apply would stop them for
// good, so it is applied once before it is kept.
func readable(editions []Edition, e Edition) error {
	b, err := e.Canonical()
	if err != nil {
		return err
	}
	e.Number = int64(len(editions)) + 1
	if e.Changes, err = ParseChanges(b); err != nil {
		return err
	}
	_, err = Fold(append(editions, e))
	return err
}

// packState is what earlier packs said of a record.
type packState struct {
	record    []byte
	withdrawn bool
	elsewhere bool // its last change was made by somebody else
}

func packStates(editions []Edition) (map[ID]packState, []ID, error) {
	states := map[ID]packState{}
	var order []ID
	for _, e := range editions {
		for _, c := range e.Changes {
			s, known := states[c.ID]
			if !known {
				order = append(order, c.ID)
			}
			s.elsewhere = e.Origin != FromPack
			if e.Origin == FromPack {
				s.withdrawn = c.Op == Withdraw
			}
			if e.Origin == FromPack && c.Op == Put {
				b, err := plainJSON(c.Record)
				if err != nil {
					return nil, nil, fmt.Errorf("content: %s: %w", c.ID, err)
				}
				s.record = b
			}
			states[c.ID] = s
		}
	}
	return states, order, nil
}

func differences(pack Pack, editions []Edition) (Outcome, error) {
	states, order, err := packStates(editions)
	if err != nil {
		return Outcome{}, err
	}
	var out Outcome
	change := func(c Change) {
		if states[c.ID].elsewhere {
			out.Conflicts = append(out.Conflicts, c.ID)
			return
		}
		out.Changes = append(out.Changes, c)
	}
	present := map[ID]bool{}
	for _, i := range pack.Items {
		id := i.Record.Head().ID
		present[id] = true
		b, err := plainJSON(i.Record)
		if err != nil {
			return Outcome{}, fmt.Errorf("content: %s: %w", id, err)
		}
		if s := states[id]; s.withdrawn || !bytes.Equal(s.record, b) {
			change(Change{Op: Put, ID: id, Record: i.Record})
		}
	}
	for _, id := range order {
		if s := states[id]; s.record != nil && !s.withdrawn && !present[id] {
			change(Change{Op: Withdraw, ID: id, Reason: withdrawn})
		}
	}
	return out, nil
}
