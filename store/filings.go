package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"yangguang/complaint"
)

// most is how many cases are written in one transaction.
const most = 256

// filings are the cases that wait to be written. What several people file while
// a transaction is under way is written by the next one atOnce: a commit
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
	id    int64 // the position of its entry

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
	if f.Key.Of != f.Draft {
		return nil, fmt.Errorf("store: the key of %s is another draft's", f.Number)
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

// inTurn is how many cases one statement writes: the first as often as a batch
// has that many, then the next. On a server every statement is a way there and
// back; in a file each case by itself is written sooner.
var inTurn = []int{16, 4, 1}

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
		w.id, w.kept, w.err = position, complaint.Kept{}, nil
	}
	sizes := inTurn
	if tx.pen != nil {
		sizes = []int{1}
	}
	for _, n := range sizes {
		for ; len(batch) >= n; batch = batch[n:] {
			if err := tx.fileSome(ctx, batch[:n]); err != nil {
				return err
			}
		}
	}
	return nil
}

// fileSome writes those cases whose draft is not filed already and whose number
// and MAC are nobody else's; the others it answers.
func (tx transaction) fileSome(ctx context.Context, some []*filing) error {
	args := make([]any, 0, len(some)*caseWidth)
	for _, w := range some {
		args = append(args, w.id, w.id, w.Number.Digits(), w.Draft, w.MAC, w.Key.Wrapped)
		args = append(args, w.row...)
	}
	done, err := tx.exec(ctx, insertCases(len(some)), args...)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if err != nil {
		return err
	}
	if int(n) == len(some) {
		return tx.follow(ctx, some)
	}
	for i, w := range some {
		ours, err := tx.recognise(ctx, w)
		if err == nil && ours {
			err = tx.follow(ctx, some[i:i+1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recognise reports whether the case was just written, and answers whoever files
// a draft again or has another's number or MAC.
func (tx transaction) recognise(ctx context.Context, w *filing) (ours bool, err error) {
	var id int64
	w.kept, id, err = kept(tx.row(ctx, byDraft, w.Draft))
	if !errors.Is(err, complaint.ErrNotFound) {
		return id == w.id, err
	}
	var mac []byte
	err = tx.row(ctx, `select mac from cases where number = $1`, w.Number.Digits()).Scan(&mac)
	if w.err = complaint.ErrTaken; bytes.Equal(mac, w.MAC) {
		w.err = errSameReceipt
	}
	return false, err
}

var errSameReceipt = errors.New("store: another draft has the same receipt")

// follow writes what belongs to cases that were written.
func (tx transaction) follow(ctx context.Context, some []*filing) error {
	args := make([]any, 0, len(some)*entryWidth)
	for _, w := range some {
		args = append(args, w.id, w.id, w.entry.letters, w.entry.events, w.entry.parts)
	}
	if _, err := tx.exec(ctx, insertEntries(len(some)), args...); err != nil {
		return err
	}
	for _, w := range some {
		w.kept = complaint.Kept{Number: w.Number, MAC: w.MAC}
		if err := tx.addBeside(ctx, w.id, w.id, w.Docket); err != nil {
			return err
		}
	}
	return nil
}

const entryWidth = 5

var (
	caseWidth = 6 + len(docketColumns)
	// The statements by how many cases they write.
	insertCases = rows(caseWidth, `insert into cases (id, last, number, draft, mac, wrapped, `+strings.Join(docketColumns, ", ")+`)`,
		` on conflict do nothing`)
	insertEntries = rows(entryWidth, `insert into entries (position, case_id, letters, events, parts)`, ``)
)

// rows returns an insert of as many rows as are asked for.
func rows(width int, into, then string) func(n int) string {
	texts := sync.OnceValue(func() map[int]string {
		out := map[int]string{}
		for _, n := range inTurn {
			values := make([]string, n)
			for i := range values {
				values[i] = `(` + parameters(1+i*width, width) + `)`
			}
			out[n] = into + ` values ` + strings.Join(values, ", ") + then
		}
		return out
	})
	return func(n int) string { return texts()[n] }
}
