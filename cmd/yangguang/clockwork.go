package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/store"
)

// beat is how often the clockwork runs.
const beat = time.Minute

// clockwork does what time alone does: answers that met silence are closed,
// what ran out is swept, and due dates follow new holidays and rules. Of several
// processes one does it.
type clockwork struct {
	db     *store.DB
	office *complaint.Office
	public func() *content.Snapshot
	sweeps []sweep
	log    *slog.Logger
}

// sweep removes what ran out and returns how much.
type sweep struct {
	what string
	do   func(context.Context) (int, error)
}

// step does everything once. One thing that fails keeps none of the others.
func (w *clockwork) step(ctx context.Context) error {
	moved, err := w.office.Tick(ctx)
	w.did("moved by time", moved)
	dated, datedErr := w.redate(ctx)
	w.did("due dates changed", dated)
	all := []error{err, datedErr}
	for _, s := range w.sweeps {
		n, err := s.do(ctx)
		w.did(s.what, n)
		all = append(all, err)
	}
	return errors.Join(all...)
}

func (w *clockwork) did(what string, n int) {
	if n > 0 {
		w.log.Info("clockwork", "did", what, "count", n)
	}
}

// datedMark is where the store notes by which rules and holidays the open cases
// were dated last.
const datedMark = "dated"

// redate writes anew when cases are due, after a change of rules or holidays.
func (w *clockwork) redate(ctx context.Context) (int, error) {
	by := datedBy(w.public())
	last, err := w.db.Mark(ctx, datedMark)
	if err != nil || last == by {
		return 0, err
	}
	n, err := w.db.Book().Redate(ctx, w.office.Docket)
	if err != nil {
		return n, err
	}
	return n, w.db.SetMark(ctx, datedMark, by)
}

// datedBy names the rules, the form of dockets and the holiday notices.
func datedBy(public *content.Snapshot) string {
	var b strings.Builder
	b.WriteString(complaint.Defaults().Version + " " + complaint.DocketForm)
	for _, year := range public.Years(content.TypeHolidays) {
		if r, ok := public.Record(content.ID(fmt.Sprintf("%s/%d", content.TypeHolidays, year))); ok {
			fmt.Fprintf(&b, " %d:%d", year, r.Head().Version)
		}
	}
	return b.String()
}
