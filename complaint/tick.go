package complaint

import (
	"context"
	"errors"
)

// Tick makes the moves that time alone permits: an answer that was rated well
// or met ten days of silence is closed, and what can no longer be taken up
// again is final. One that did not satisfy waits for a person. Done twice, or
// by two at once, it changes nothing more. It returns how many cases moved.
func (o *Office) Tick(ctx context.Context) (int, error) {
	moved := 0
	for _, step := range []struct {
		state State
		move  Move
	}{{Callback, Close}, {Closed, Finish}} {
		q := Query{State: step.state, Limit: 100}
		for {
			page, err := o.Book.List(ctx, Unscoped(), q)
			if err != nil {
				return moved, err
			}
			for _, d := range page {
				did, err := o.tick(ctx, d.Number, step.state, step.move)
				if err != nil && !errors.Is(err, ErrDamaged) { // told of; the others do not wait for it
					return moved, err
				}
				if did {
					moved++
				}
				q.After = d.Position()
			}
			if len(page) < q.Limit {
				break
			}
		}
	}
	return moved, nil
}

func (o *Office) tick(ctx context.Context, n Number, in State, m Move) (bool, error) {
	_, err := o.change(ctx, func(*Roster) (Record, func(*work) error, error) {
		rec, err := o.Book.Record(ctx, Unscoped(), n)
		return rec, func(w *work) error {
			if w.c.State != in || m == Close && w.c.Rating == Dissatisfied {
				return ErrNotNow
			}
			return w.move(m, Actor{Role: Clockwork}, Facts{}, nil)
		}, err
	})
	if errors.Is(err, ErrNotNow) || errors.Is(err, ErrWrongState) {
		return false, nil
	}
	return err == nil, err
}
