package complaint

import (
	"context"
	"errors"
	"slices"
)

// Unreached notes in the case that the citizen could not be told of the event
// seq, because the channel does not reach them any more. It is noted once,
// however often it is said; of a case that is not there, or is damaged, nothing
// is to be noted. Who sees the case sees it: whoever answers knows that nobody
// was told.
func (o *Office) Unreached(ctx context.Context, n Number, seq int) error {
	_, err := o.change(ctx, func(*Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, Unscoped(), n)
		return rec, func(w *work) error {
			noted := func(e Event) bool { return e.Move == Unreached && e.Facts.Letter == seq }
			if seq > len(rec.Events) || slices.ContainsFunc(rec.Events, noted) {
				return nil
			}
			return w.move(Unreached, Actor{Role: Clockwork}, Facts{Letter: seq}, nil)
		}, err
	})
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		return nil
	}
	return err
}
