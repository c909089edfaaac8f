package content

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"yangguang/calendar"
)

// FromFile is the origin of an edition made of files that were handed in, one
// by one. A pack does not change back what came from them.
const FromFile Origin = "file"

// Errors of an edition that lacks what publishing asks for.
var (
	// ErrSamePerson: nobody approves what they edited (editor ≠ approver, E10).
	ErrSamePerson = errors.New("content: edited and approved by one")
	// ErrNoNote: what changes something published says why (E12).
	ErrNoNote = errors.New("content: changed without a note")
)

// gone is the reason given for a row that is not in the new sheet.
const gone = "新公布的表里没有这一行"

// PublishDrafts publishes sheets as one edition: what is new and different of
// each, and the withdrawal of the rows that left it. reasons say why by the
// code of a warning (W3). Nothing is published where a draft is blocked, has a
// leak, or warns without a reason; then the error says all of it.
//
// With act.By empty nothing is published, and the outcome says what would be.
func PublishDrafts(ctx context.Context, shelf Shelf, drafts []*Draft, act Act, reasons map[string]string) (Outcome, error) {
	return amend(ctx, shelf, act, func(s *Snapshot) ([]Change, error) {
		var all []Change
		if err := publishable(s, drafts, act, reasons); err != nil {
			return nil, err
		}
		for _, d := range drafts {
			changes, err := d.against(s, calendar.DateOf(act.At))
			if err != nil {
				return nil, err
			}
			all = append(all, changes...)
		}
		return all, nil
	})
}

// Remove withdraws records, or with op TakeDown takes them down by law, as one
// edition. Act.Note is the reason.
func Remove(ctx context.Context, shelf Shelf, op Op, ids []ID, act Act) (Outcome, error) {
	return amend(ctx, shelf, act, func(s *Snapshot) ([]Change, error) {
		var all []Change
		for _, id := range ids {
			r, ok := s.Record(id)
			if !ok || op == Withdraw && r.Head().Withdrawn {
				return nil, fmt.Errorf("%s：%w", id, ErrNotFound)
			}
			all = append(all, Change{Op: op, ID: id, Reason: act.Note})
		}
		return all, nil
	})
}

// amend appends what changes gives for what is published, until nobody else
// appended in between.
func amend(ctx context.Context, shelf Shelf, act Act, changes func(*Snapshot) ([]Change, error)) (Outcome, error) {
	showing := act.By == "" && act.ApprovedBy == ""
	if !showing && (act.By == "" || act.ApprovedBy == "" || act.By == act.ApprovedBy) {
		return Outcome{}, ErrSamePerson
	}
	for {
		head, err := shelf.Head(ctx)
		if err != nil {
			return Outcome{}, err
		}
		editions, err := shelf.Editions(ctx, 0, head)
		if err != nil {
			return Outcome{}, err
		}
		s, err := Fold(editions)
		if err != nil {
			return Outcome{}, err
		}
		var out Outcome
		if out.Changes, err = changes(s); err != nil {
			return Outcome{}, err
		}
		altering := false
		for _, c := range out.Changes {
			if _, had := s.Record(c.ID); had {
				altering = altering || c.ID.Type() != TypeSheet
			} else {
				out.New = append(out.New, c.ID)
			}
		}
		switch {
		case showing || len(out.Changes) == 0:
			return out, nil
		case altering && act.Note == "":
			return Outcome{}, ErrNoNote
		}
		e := Edition{
			Origin: cmp.Or(act.Origin, FromFile), At: act.At.Truncate(time.Millisecond),
			By: act.By, ApprovedBy: act.ApprovedBy, Note: act.Note, Changes: out.Changes,
		}
		if err := applies(s, e); err != nil {
			return Outcome{}, err
		}
		kept, err := shelf.Append(ctx, head, e)
		if errors.Is(err, ErrStale) {
			continue
		}
		out.Edition = kept.Number
		return out, err
	}
}

// applies: an edition that followers could not apply would stop them for good.
func applies(s *Snapshot, e Edition) error {
	b, err := e.Canonical()
	if err != nil {
		return err
	}
	e.Number = s.Edition + 1
	if e.Changes, err = ParseChanges(b); err != nil {
		return err
	}
	_, err = s.Apply(e)
	return err
}

// against returns what publishing the draft on that day changes in what is
// published.
func (d *Draft) against(s *Snapshot, today calendar.Date) ([]Change, error) {
	var rows []Change
	stays := map[ID]bool{}
	for n, i := range d.Items {
		m := i.Record.Head()
		m.Order = (n + 1) * orderGap
		stays[m.ID] = true
		c, err := s.put(i.Record)
		if err != nil {
			return nil, err
		}
		rows = append(rows, c...)
	}
	for _, r := range s.InSheet(d.Sheet) {
		if id := r.Head().ID; !stays[id] {
			rows = append(rows, Change{Op: Withdraw, ID: id, Reason: gone})
		}
	}
	d.continues(s, today, len(rows) > 0)
	sheet, err := s.put(d.Sheet)
	return append(sheet, rows...), err
}

// continues takes from the sheet as it is published what the file does not say:
// the document that it belongs to, and where no row changes, its day. A table
// that changed speaks up to the day on which it is published.
func (d *Draft) continues(s *Snapshot, today calendar.Date, changed bool) {
	old, had := s.Sheet(d.Sheet.ID)
	if had && d.Sheet.Source == (Source{}) {
		d.Sheet.Source = old.Source
	}
	switch {
	case !d.Sheet.AsOf.IsZero():
	case had && !changed:
		d.Sheet.AsOf = old.AsOf
	default:
		d.Sheet.AsOf = today
	}
}

// put returns the change that makes the snapshot show the record, none where it
// does.
func (s *Snapshot) put(r Record) ([]Change, error) {
	id := r.Head().ID
	if _, taken := s.Tombstone(id); taken {
		return nil, fmt.Errorf("%s：%w", id, ErrTakenDown)
	}
	if same, err := s.shows(r); same || err != nil {
		return nil, err
	}
	return []Change{{Op: Put, ID: id, Record: r}}, nil
}

// shows reports whether the snapshot has the record as it is.
func (s *Snapshot) shows(r Record) (bool, error) {
	old, ok := s.records[r.Head().ID]
	if !ok || old.Head().Withdrawn {
		return false, nil
	}
	is, err := plainJSON(r)
	if err != nil {
		return false, err
	}
	was, err := plainJSON(old)
	return bytes.Equal(is, was), err
}

// publishable: the drafts may be published beside what is there, for these
// reasons, which are kept with the sheets.
func publishable(s *Snapshot, drafts []*Draft, act Act, reasons map[string]string) error {
	var found Problems
	for _, d := range drafts {
		if d.Elsewhere {
			found = append(found, Problem{d.Where(""), "这张表里的单位和学校本站都不认识，像是别的地方的表，不能在这里发布。"})
		}
		given := map[string]string{}
		for _, f := range d.Check(s, calendar.DateOf(act.At)) {
			switch {
			case f.Level == Blocks:
				found = append(found, Problem{d.Where(f.Cell), f.Text})
				if f.Code == leaking {
					found = append(found, d.leaks()...)
				}
			case reasons[f.Code] == "":
				found = append(found, Problem{d.Where(f.Cell), f.Text + "写法：--reason " + f.Code + "=原因。"})
			default:
				given[f.Code] = reasons[f.Code]
			}
		}
		if len(given) > 0 {
			d.Sheet.Reasons = given
		}
	}
	if len(found) > 0 {
		return found
	}
	return nil
}

// leaking is the rule that a file has nothing in it that must not be public.
const leaking = "E11"

// leaks says where they are.
func (d *Draft) leaks() (found Problems) {
	for _, l := range d.Leaks {
		found = append(found, Problem{d.Where(l.Where), "这里有不能公布的内容。"})
	}
	return found
}
