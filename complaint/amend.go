package complaint

import (
	"bytes"
	"context"
	"errors"
	"slices"
)

// Amended is what became of a draft that is a case already.
type Amended struct {
	Number Number
	// Added: the draft says something else by now, and the case has that beside
	// what was filed. Apart: it says something else and was not added, because
	// it is of another kind or accuses others, whom nobody kept from this case.
	Added, Apart bool
	// Who: who complains was given otherwise, or may have been; the case has it
	// as it was filed.
	Who bool
}

// Amend answers for a draft that was filed before its citizen was told so, and
// has gone on since: what its words and evidence are by now is added to the
// case, with an intro before the words, as the citizen's own addition. Amended
// again with the same, it adds nothing. It returns ErrNotFound where the draft
// is no case.
func (o *Office) Amend(ctx context.Context, d Draft, intro string) (Amended, error) {
	rec, err := o.Book.ByReceipt(ctx, o.MAC(d.Receipt.Bytes()))
	if err != nil {
		return Amended{}, err
	}
	if rec.Key.Of != d.ID {
		return Amended{}, ErrNotFound
	}
	c, err := o.fold(rec)
	if err != nil {
		return Amended{}, err
	}
	said, err := o.open(rec, func(p Part) bool { return p.Kind == Words })
	if err != nil {
		return Amended{}, err
	}
	first := rec.Events[0].Facts
	out := Amended{Number: rec.Number, Who: first.Identity != d.Identity || d.Identity != Anonymous}
	a := Action{Move: Add, Facts: Facts{Urgent: d.Urgent && !first.Urgent}}
	if words := slices.Concat([]byte(intro), d.Words); !has(said, d.Words) && !has(said, words) {
		a.Words = words
	}
	for _, e := range d.Evidence {
		if !slices.ContainsFunc(c.Evidence, func(had Evidence) bool { return had.ID == e.ID }) {
			a.Facts.Evidence = append(a.Facts.Evidence, e)
		}
	}
	switch {
	case len(a.Words) == 0 && len(a.Facts.Evidence) == 0:
		out.Added = len(said) > 1 && has(said[1:], slices.Concat([]byte(intro), d.Words))
		return out, nil
	case len(said) == 0, first.Kind != d.Kind || first.About != d.About || !slices.Equal(first.Accused, d.Accused):
		out.Apart = true
		return out, nil
	}
	_, err = o.Say(ctx, d.Receipt, a)
	if errors.Is(err, ErrWrongState) { // it is over
		out.Apart = true
		return out, nil
	}
	out.Added = err == nil
	return out, err
}

// has reports whether these words were said.
func has(said []Said, words []byte) bool {
	return slices.ContainsFunc(said, func(s Said) bool { return bytes.Equal(s.Text, words) })
}
