package content

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"
)

// Act is who publishes, when, and what is said of it. By and ApprovedBy are
// roles, never names.
type Act struct {
	// Origin is FromBundled for the pack that the program carries; else FromPack.
	Origin         Origin
	At             time.Time
	By, ApprovedBy string
	Note           string
}

// Outcome is what publishing a pack did.
type Outcome struct {
	// Edition is the number of the new edition, 0 when nothing was different.
	Edition int64
	Changes []Change
	// New are those of the changes that put a record nobody had before.
	New []ID
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
		Origin: cmp.Or(act.Origin, FromPack), At: act.At.Truncate(time.Millisecond), By: act.By, ApprovedBy: act.ApprovedBy,
		Note: act.Note, Changes: out.Changes,
	}
	public, err := Fold(editions)
	if err != nil {
		return Outcome{}, err
	}
	if err := applies(public, e); err != nil {
		return Outcome{}, err
	}
	e, err = shelf.Append(ctx, head, e)
	out.Edition = e.Number
	return out, err
}

// published is a record as it stands, and as the last pack had it.
type published struct {
	now, pack *version
	// order is the place it was given when a pack last put it.
	order int
	// elsewhere is true when somebody else made the last change.
	elsewhere bool
}

// version is a record's bytes, nil when it is withdrawn, and apart from them
// its place: who says the same elsewhere in the list says the same.
type version struct {
	bytes []byte
	order int
}

func (v *version) says(w version) bool { return v != nil && bytes.Equal(v.bytes, w.bytes) }

func (v *version) is(w version) bool { return v.says(w) && v.order == w.order }

func versionOf(c Change) (v version, err error) {
	if c.Op != Put {
		return v, nil
	}
	m := c.Record.Head()
	v.order, m.Order = m.Order, 0
	v.bytes, err = plainJSON(c.Record)
	m.Order = v.order
	if err != nil {
		return v, fmt.Errorf("content: %s: %w", c.ID, err)
	}
	return v, nil
}

// standing returns what is published, by id and in the order of first
// publishing.
func standing(editions []Edition) (map[ID]published, []ID, error) {
	records := map[ID]published{}
	var order []ID
	for _, e := range editions {
		for _, c := range e.Changes {
			v, err := versionOf(c)
			if err != nil {
				return nil, nil, err
			}
			p, known := records[c.ID]
			if !known {
				order = append(order, c.ID)
			}
			p.now, p.elsewhere = &v, !e.Origin.pack()
			if !p.elsewhere {
				p.pack = &v
			}
			if c.Op == Put && (!p.elsewhere || p.pack == nil) {
				p.order = v.order
			}
			records[c.ID] = p
		}
	}
	return records, order, nil
}

// differences compares a pack with what the last pack said, and sets aside
// what somebody else changed since and would be changed back.
func differences(pack Pack, editions []Edition) (Outcome, error) {
	records, order, err := standing(editions)
	if err != nil {
		return Outcome{}, err
	}
	settle(pack, records)
	var wanted []Change
	present := map[ID]bool{}
	for _, i := range pack.Items {
		id := i.Record.Head().ID
		present[id] = true
		wanted = append(wanted, Change{Op: Put, ID: id, Record: i.Record})
	}
	for _, id := range order {
		if records[id].pack != nil && !present[id] {
			wanted = append(wanted, Change{Op: Withdraw, ID: id, Reason: withdrawn})
		}
	}
	var out Outcome
	for _, c := range wanted {
		v, err := versionOf(c)
		if err != nil {
			return Outcome{}, err
		}
		switch p, had := records[c.ID]; {
		case p.pack.is(v), p.elsewhere && p.now.says(v):
		case p.elsewhere:
			out.Conflicts = append(out.Conflicts, c.ID)
		default:
			out.Changes = append(out.Changes, c)
			if !had {
				out.New = append(out.New, c.ID)
			}
		}
	}
	return out, nil
}
