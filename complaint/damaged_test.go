package complaint_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// broken is a book that has lost the first event of one case.
type broken struct {
	complaint.Book
	lost complaint.Number
}

func (b broken) Record(ctx context.Context, s complaint.Scope, n complaint.Number) (complaint.Record, error) {
	r, err := b.Book.Record(ctx, s, n)
	if n == b.lost && err == nil {
		r.Events = r.Events[1:]
	}
	return r, err
}

// A case that cannot be read keeps none of the others waiting, and is told of
// without its number.
func TestADamagedCaseKeepsNobodyWaiting(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	var all []complaint.Number
	for range 4 {
		n := d.file(d.draft()).Number
		d.answered(n)
		all = append(all, n)
	}
	d.now = d.now.AddDate(0, 0, 11)
	var told []*complaint.Damaged
	d.Damaged = func(one *complaint.Damaged) { told = append(told, one) }
	d.Book = broken{d.book, all[0]}
	if moved := d.tick(); moved != 3 {
		t.Errorf("%d moved, want 3", moved)
	}
	if len(told) != 1 || told[0].Number != all[0] {
		t.Fatalf("told of %v, want %s", told, all[0])
	}
	_, err := d.Open(t.Context(), "first", all[0])
	if !errors.Is(err, complaint.ErrDamaged) || len(told) != 2 {
		t.Errorf("opened: %v, told %d times", err, len(told))
	}
	for _, number := range []string{string(all[0]), all[0].String()} {
		if strings.Contains(err.Error(), number) || !strings.Contains(err.Error(), all[0].Alias()) {
			t.Errorf("the error says the number: %v", err)
		}
	}
	if all[0].Alias() == all[1].Alias() || len(all[0].Alias()) != 12 {
		t.Errorf("aliases %s and %s", all[0].Alias(), all[1].Alias())
	}
}
