package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"yangguang/complaint"
)

// most is how many cases are written in one transaction.
const most = 256

// filings are the cases that wait to be written. What several people file while
// a transaction is under way is written by the next one together: a commit
// waits for the disk, and one wait serves all. Nobody is waited for: whoever
// comes alone is not slowed down, and the callers of one transaction get ready
// for the next but one while the next is written. There is no goroutine for it:
// of those who wait, whoever takes the lead writes for all, and nobody leads
// when nobody waits.
type filings struct {
	waiting chan *filing
	lead    chan struct{}
}

func newFilings() filings {
	return filings{waiting: make(chan *filing, most), lead: make(chan struct{}, 1)}
}

// filing is a case on its way, encoded by who files it.
type filing struct {
	complaint.Filing
	entry entry
	row   []any

	// taken is set by whoever is first: the leader, who will write the case, or
	// the caller, who no longer waits for it.
	taken atomic.Bool
	done  chan struct{} // closed when the rest is set
	kept  complaint.Kept
	err   error
}

// File keeps a new case. A caller who gives up before the case is being written
// keeps nothing; after that the answer is waited for.
func (b *Book) File(ctx context.Context, f complaint.Filing) (complaint.Kept, error) {
	if err := ctx.Err(); err != nil {
		return complaint.Kept{}, notKept(err)
	}
	w, err := encodeFiling(f)
	if err != nil {
		return complaint.Kept{}, err
	}
	if err := b.queue(ctx, w); err != nil {
		return complaint.Kept{}, notKept(err)
	}
	for {
		select {
		case <-w.done:
			return w.kept, notKept(w.err)
		case b.lead <- struct{}{}:
			b.writeWaiting(context.WithoutCancel(ctx))
		case <-ctx.Done():
			if w.taken.CompareAndSwap(false, true) {
				return complaint.Kept{}, notKept(ctx.Err())
			}
			<-w.done
		}
	}
}

// queue puts a case among those that wait. Where there is no room all who wait
// may have given up, so that nobody else would make any.
func (b *Book) queue(ctx context.Context, w *filing) error {
	for {
		select {
		case b.waiting <- w:
			return nil
		default:
		}
		select {
		case b.waiting <- w:
			return nil
		case b.lead <- struct{}{}:
			b.writeWaiting(context.WithoutCancel(ctx))
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func encodeFiling(f complaint.Filing) (*filing, error) {
	if !f.Number.Valid() {
		return nil, fmt.Errorf("store: %q is no case number", f.Number)
	}
	w := &filing{Filing: f, done: make(chan struct{})}
	var err error
	if w.entry, err = encodeEntry(f.Entry); err != nil {
		return nil, err
	}
	w.row, err = encodeDocket(f.Docket)
	return w, err
}

// writeWaiting leads: it writes what waits and gives the lead back. If the
// database could not be written, whoever came to wait meanwhile is not made to
// find that out again, each after the same long wait.
func (b *Book) writeWaiting(ctx context.Context) {
	defer func() { <-b.lead }()
	if err := b.writeBatch(ctx, b.takeWaiting()); isOperators(err) {
		for _, w := range b.takeWaiting() {
			w.answer(err)
		}
	}
}

// takeWaiting takes those who wait and have not given up.
func (b *Book) takeWaiting() (batch []*filing) {
	for len(batch) < most {
		select {
		case w := <-b.waiting:
			if w.taken.CompareAndSwap(false, true) {
				batch = append(batch, w)
			}
		default:
			return batch
		}
	}
	return batch
}

var errAborted = errors.New("store: writing was broken off")

// writeBatch writes the cases in one transaction. If that fails for no reason
// that meets all of them, each is written by itself.
func (b *Book) writeBatch(ctx context.Context, batch []*filing) error {
	if len(batch) == 0 {
		return nil
	}
	err := errAborted
	defer func() { // whatever happened, nobody waits for ever
		for _, w := range batch {
			w.answer(err)
		}
	}()
	err = b.db.writeBook(ctx, func(ctx context.Context, tx transaction) error { return tx.file(ctx, batch) })
	if err != nil && len(batch) > 1 && !isOperators(err) {
		for i := range batch {
			b.writeBatch(ctx, batch[i:i+1]) //nolint:errcheck // each has its own answer
		}
	}
	return err
}

// answer tells the caller how the transaction ended, once.
func (w *filing) answer(err error) {
	select {
	case <-w.done:
		return
	default:
	}
	if err != nil {
		w.kept, w.err = complaint.Kept{}, err
	}
	close(w.done)
}

func (tx transaction) file(ctx context.Context, batch []*filing) error {
	var span int64
	for _, w := range batch {
		span += w.entry.span
	}
	position, err := tx.positions(ctx, span)
	if err != nil {
		return err
	}
	for _, w := range batch {
		position += w.entry.span
		if w.kept, w.err = tx.fileOne(ctx, position, w); w.err != nil && !errors.Is(w.err, complaint.ErrTaken) {
			return w.err
		}
	}
	return nil
}

// fileOne writes a case, unless its draft is filed already or its number or
// MAC is another's: then it writes nothing.
func (tx transaction) fileOne(ctx context.Context, position int64, w *filing) (complaint.Kept, error) {
	args := append([]any{position, position, w.Number.Digits(), w.Draft, w.MAC, w.Key.Of, w.Key.Wrapped}, w.row...)
	done, err := tx.exec(ctx, insertCase, args...)
	if err != nil {
		return complaint.Kept{}, err
	}
	if n, err := done.RowsAffected(); n == 0 || err != nil {
		k, err := kept(tx.row(ctx, byDraft, w.Draft))
		if errors.Is(err, complaint.ErrNotFound) {
			err = complaint.ErrTaken
		}
		return k, err
	}
	if err := tx.addEntry(ctx, position, position, w.entry); err != nil {
		return complaint.Kept{}, err
	}
	return complaint.Kept{Number: w.Number, MAC: w.MAC}, tx.addBeside(ctx, position, position, w.Docket)
}

var insertCase = `insert into cases (id, last, number, draft, mac, key_of, wrapped, ` + strings.Join(docketColumns, ", ") +
	`) values (` + parameters(1, 7+len(docketColumns)) + `) on conflict do nothing`
