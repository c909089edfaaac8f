package complaint

import (
	"context"
	"errors"
	"time"
)

// EraseAgain erases a case that was erased at that time and has its key again,
// because an older copy of the book was restored or a crash came between. Two
// people decided it then. It reports whether there was anything to erase: a
// case that is erased, does not exist, or was filed since stays as it is.
func (o *Office) EraseAgain(ctx context.Context, n Number, at time.Time) (bool, error) {
	did := false
	_, err := o.change(ctx, func(*Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, Unscoped(), n)
		return rec, func(w *work) error {
			did = len(rec.Key.Wrapped) > 0 && !w.c.Timeline[0].At.After(at)
			if !did {
				return nil
			}
			return w.move(Erase, Actor{Role: Clockwork}, Facts{Reason: ErasedBefore}, nil)
		}, err
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return did && err == nil, err
}
