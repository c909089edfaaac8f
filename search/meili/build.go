package meili

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"yangguang/search"
)

// Replace implements search.Index: it returns when the server answers with
// these documents, whoever brought them there. Without them, and where it has
// the lease, this instance builds them.
func (x *Index) Replace(ctx context.Context, docs []search.Doc) error {
	g := generationOf(docs)
	old := x.held.Load()
	both := []generation{g}
	if old != nil {
		both = append(both, *old...)
	}
	x.held.Store(&both)
	for {
		err := x.bring(ctx, docs, g)
		if errors.Is(err, ErrOthersBuild) {
			select {
			case <-ctx.Done():
				err = ctx.Err()
			case <-time.After(othersBuild):
				continue
			}
		}
		if err != nil {
			x.held.Store(old)
			return err
		}
		x.held.Store(&[]generation{g})
		return nil
	}
}

// Holds implements search.Server.
func (x *Index) Holds(ctx context.Context, docs []search.Doc) (bool, error) {
	k, err := x.enter(ctx)
	if err != nil {
		return false, err
	}
	g := generationOf(docs)
	holds, err := x.stands(ctx, k, x.live, g)
	if holds {
		x.held.Store(&[]generation{g})
	}
	if err == nil && !holds {
		_, err = k.building.GetIndexWithContext(ctx, x.live)
	}
	if err == nil {
		return holds, nil
	}
	if err = plain(err); x.left(k, err) || refused(err, "index_not_found") {
		err = search.ErrLost
	}
	return false, err
}

// Rebuild brings the documents to the server anew, though they stand there. It
// fails with ErrOthersBuild where another instance builds at the moment, with
// ErrUnreachable or ErrDenied where the server is not there for us.
func (x *Index) Rebuild(ctx context.Context, docs []search.Doc) error {
	return explain(x.rebuild(ctx, docs))
}

func (x *Index) rebuild(ctx context.Context, docs []search.Doc) error {
	k, err := x.enter(ctx)
	if err != nil {
		return err
	}
	g := generationOf(docs)
	if err := x.lead(ctx, func(ctx context.Context) error { return x.build(ctx, k, docs, g) }); err != nil {
		return err
	}
	x.held.Store(&[]generation{g})
	return nil
}

// ErrOthersBuild is what Rebuild fails with where it would have to wait.
var ErrOthersBuild = errors.New("meilisearch: another instance builds")

const (
	// othersBuild is how often is looked whether another instance has finished.
	othersBuild = 500 * time.Millisecond
	// term is how long the lease is taken for. It is kept on at every step and
	// while the server works.
	term = time.Minute
	// batch is how many documents are sent at once.
	batch = 1000
)

// bring makes g the generation that answers, unless it is.
func (x *Index) bring(ctx context.Context, docs []search.Doc, g generation) error {
	k, err := x.enter(ctx)
	if err != nil {
		return err
	}
	if there, err := x.stands(ctx, k, x.live, g); err != nil || there {
		x.left(k, err) // the next try has new ones
		return err
	}
	return x.lead(ctx, func(ctx context.Context) error {
		if there, err := x.stands(ctx, k, x.live, g); err != nil || there {
			return err // since the lease was asked for
		}
		return x.build(ctx, k, docs, g)
	})
}

// lead does work under the lease.
func (x *Index) lead(ctx context.Context, work func(context.Context) error) error {
	mine, err := x.config.Lease(ctx, term)
	if err != nil {
		return err
	}
	if !mine {
		return ErrOthersBuild
	}
	err = work(ctx)
	_, back := x.config.Lease(context.WithoutCancel(ctx), 0)
	return errors.Join(err, back)
}

// stands reports whether the index holds the generation, all of it, with our
// settings.
func (x *Index) stands(ctx context.Context, k *keys, uid string, g generation) (bool, error) {
	var some meilisearch.DocumentsResult
	err := k.building.Index(uid).GetDocumentsWithContext(ctx, &meilisearch.DocumentsQuery{Limit: 1, Fields: []string{"generation"}}, &some)
	if err = plain(err); refused(err, "index_not_found") {
		return false, nil
	}
	if err != nil || int(some.Total) != g.size() {
		return false, err
	}
	if has, err := generationIn(some.Results); err != nil || has != g {
		return false, err
	}
	return x.hasSettings(ctx, k, uid)
}

// build makes the generation in the spare index and puts that in place of the
// one that answers.
func (x *Index) build(ctx context.Context, k *keys, docs []search.Doc, g generation) error {
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"clear", func() error { return x.clear(ctx, k) }},
		{"settings", func() error { return x.putSettings(ctx, k, x.spare) }},
		{"documents", func() error { return x.load(ctx, k, documentsOf(docs, g)) }},
		{"verify", func() error { return x.verify(ctx, k, g) }},
		{"drain", func() error { return x.drain(ctx, k) }},
		{"swap", func() error { return x.swap(ctx, k, g) }},
	} {
		if mine, err := x.config.Lease(ctx, term); err != nil || !mine {
			return errors.Join(err, fmt.Errorf("%s: the lease is lost", step.name))
		}
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.name, plain(err))
		}
	}
	return nil
}

// clear makes the spare index anew. The generation before the last goes with
// it.
func (x *Index) clear(ctx context.Context, k *keys) error {
	task, err := k.building.DeleteIndexWithContext(ctx, x.spare)
	if err := x.accepted(ctx, k, task, err); err != nil && !refused(err, "index_not_found") {
		return err
	}
	task, err = k.building.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: x.spare, PrimaryKey: "key"})
	return x.accepted(ctx, k, task, err)
}

func (x *Index) load(ctx context.Context, k *keys, docs []document) error {
	for len(docs) > 0 {
		n := min(batch, len(docs))
		task, err := k.building.Index(x.spare).AddDocumentsWithContext(ctx, docs[:n], nil)
		if err := x.accepted(ctx, k, task, err); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

var errDiffers = errors.New("meilisearch: what the server kept differs from what was sent")

// verify reads the spare index back, and compares count and digest.
func (x *Index) verify(ctx context.Context, k *keys, g generation) error {
	docs := make([]search.Doc, g.size())
	seen := make([]bool, g.size())
	for read := 0; read < len(docs); {
		var page meilisearch.DocumentsResult
		q := &meilisearch.DocumentsQuery{Offset: int64(read), Limit: batch, Fields: shown}
		if err := k.building.Index(x.spare).GetDocumentsWithContext(ctx, q, &page); err != nil {
			return err
		}
		if len(page.Results) == 0 || int(page.Total) != len(docs) {
			return errDiffers
		}
		for _, hit := range page.Results {
			var d document
			if err := hit.DecodeInto(&d); err != nil {
				return err
			}
			if int(d.Number) >= len(docs) || seen[d.Number] || d.Generation != g {
				return errDiffers
			}
			docs[d.Number], seen[d.Number] = d.doc(), true
		}
		read += len(page.Results)
	}
	if generationOf(docs) != g {
		return errDiffers
	}
	return nil
}

// drain waits until no task is waiting for either index: a swap leaves them to
// the name they were sent to, which then is the other index.
func (x *Index) drain(ctx context.Context, k *keys) error {
	return x.until(ctx, func() (bool, error) {
		tasks, err := k.building.GetTasksWithContext(ctx, &meilisearch.TasksQuery{
			IndexUIDS: []string{x.live, x.spare}, Limit: 1,
			Statuses: []meilisearch.TaskStatus{meilisearch.TaskStatusEnqueued, meilisearch.TaskStatusProcessing},
		})
		return err == nil && tasks.Total == 0, plain(err)
	})
}

// swapLimit is how long a swap may take. It changes two names.
const swapLimit = time.Minute

// swap puts the spare index in place of the one that answers. Its task is not
// shown to a key that is for single indexes, so the index itself is looked at.
func (x *Index) swap(ctx context.Context, k *keys, g generation) error {
	_, err := k.building.GetIndexWithContext(ctx, x.live)
	first := refused(plain(err), "index_not_found")
	if err != nil && !first {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, swapLimit)
	defer cancel()
	pair := []*meilisearch.SwapIndexesParams{{Indexes: []string{x.spare, x.live}, Rename: first}}
	if _, err := k.building.SwapIndexesWithContext(ctx, pair); err != nil {
		return err
	}
	return x.until(ctx, func() (bool, error) { return x.stands(ctx, k, x.live, g) })
}

// accepted waits until a task is done.
func (x *Index) accepted(ctx context.Context, k *keys, task *meilisearch.TaskInfo, err error) error {
	if err != nil {
		return plain(err)
	}
	return x.done(ctx, k, task.TaskUID)
}

func (x *Index) done(ctx context.Context, k *keys, task int64) error {
	return x.until(ctx, func() (bool, error) {
		t, err := k.building.GetTaskWithContext(ctx, task)
		switch {
		case err != nil:
			return false, plain(err)
		case t.Status == meilisearch.TaskStatusCanceled:
			return false, &refusal{http.StatusAccepted, "canceled"}
		case t.Status == meilisearch.TaskStatusFailed:
			return false, &refusal{http.StatusAccepted, t.Error.Code}
		}
		return t.Status == meilisearch.TaskStatusSucceeded, nil
	})
}

// until asks again and again, less and less often, and keeps the lease on.
func (x *Index) until(ctx context.Context, is func() (bool, error)) error {
	for pause, waited := 5*time.Millisecond, time.Duration(0); ; pause = min(pause*3/2, 250*time.Millisecond) {
		yes, err := is()
		if yes || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		if waited += pause; waited > term/4 {
			waited = 0
			if mine, err := x.config.Lease(ctx, term); err != nil || !mine {
				return errors.Join(err, errors.New("meilisearch: the lease is lost"))
			}
		}
	}
}
