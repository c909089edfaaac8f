package search

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// ErrElsewhere is what an index on a server fails with where the server holds
// other documents than this program was given: an edition that another
// instance put there, or not yet the newest.
var ErrElsewhere = errors.New("search: the server holds other documents")

// ErrLost is what it fails with where the server holds none of ours.
var ErrLost = errors.New("search: the server has lost the documents")

// Server is an index on a server, which outlives this process.
type Server interface {
	Index
	// Holds reports whether the server holds these documents already, as Replace
	// would leave them. Then the index answers with them. It fails with ErrLost
	// where the server holds none of ours.
	Holds(ctx context.Context, docs []Doc) (bool, error)
}

// Served is an index on a server with the one in process behind it. A reader
// is answered by the server where it answers in time, and otherwise by the
// index in process, which always holds the newest documents: at most Hedge is
// waited for a server that is lost, by the first reader who meets it. After
// that the server is asked beside the readers until it answers in time again.
//
// Replace fills the index in process and hands the documents to [Served.Run],
// which brings them to the server, again where the server lost them. Until they
// are there the index in process answers.
type Served struct {
	// Hedge is how long a reader waits before the index in process answers
	// instead, Deadline how long the server is waited for at all.
	Hedge, Deadline time.Duration
	// Patience is how long documents of another instance may stand on the server
	// before ours are brought there again.
	Patience time.Duration

	server  Server
	memory  *Memory
	breaker breaker
	log     *slog.Logger

	// holds is true while the server is known to hold the documents.
	holds atomic.Bool

	mu    sync.Mutex
	docs  []Doc
	newer chan struct{} // has one element when there is something to bring
	well  chan struct{} // has one when the server answered while that waits
	odd   time.Time     // since when the server has held other documents
}

// The waits of NewServed.
const (
	hedge    = 120 * time.Millisecond
	deadline = 250 * time.Millisecond
	patience = time.Minute
)

// NewServed returns an index that asks the server's first.
func NewServed(server Server, log *slog.Logger) *Served {
	return &Served{
		Hedge: hedge, Deadline: deadline, Patience: patience,
		server: server, memory: NewMemory(), breaker: breaker{now: time.Now}, //nolint:forbidigo // how long it takes is no date
		log: log, newer: make(chan struct{}, 1), well: make(chan struct{}, 1),
	}
}

// Name implements Index.
func (s *Served) Name() string { return s.server.Name() }

// Replace implements Index. The index in process answers with the docs when it
// returns, the server when Run has brought them there.
func (s *Served) Replace(ctx context.Context, docs []Doc) error {
	if err := s.memory.Replace(ctx, docs); err != nil {
		return err
	}
	s.mu.Lock()
	s.docs, s.odd = docs, time.Time{}
	s.holds.Store(false)
	s.mu.Unlock()
	s.bring()
	return nil
}

func (s *Served) bring() { tell(s.newer) }

// tell puts an element into a channel that has none.
func tell(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Search implements Index.
func (s *Served) Search(ctx context.Context, w Wanted) (Found, error) {
	if err := ctx.Err(); err != nil {
		return Found{}, err
	}
	if !s.holds.Load() {
		return s.inProcess(ctx, w)
	}
	ask := s.breaker.next()
	if ask == askNobody {
		return s.inProcess(ctx, w)
	}
	answers := make(chan answered, 1)
	go func() { answers <- s.ask(context.WithoutCancel(ctx), w) }()
	if ask == askBeside {
		return s.inProcess(ctx, w)
	}
	late := time.NewTimer(s.Hedge)
	defer late.Stop()
	select {
	case a := <-answers:
		if a.err == nil {
			return a.found, nil
		}
	case <-late.C:
		s.breaker.doubt()
	case <-ctx.Done():
		return Found{}, ctx.Err()
	}
	return s.inProcess(ctx, w)
}

type answered struct {
	found Found
	err   error
}

// ask asks the server, and notes what that says of it.
func (s *Served) ask(ctx context.Context, w Wanted) answered {
	began := s.breaker.now()
	ctx, cancel := context.WithTimeout(ctx, s.Deadline)
	defer cancel()
	found, err := s.server.Search(ctx, w)
	took := s.breaker.now().Sub(began)
	switch {
	case errors.Is(err, ErrElsewhere), errors.Is(err, ErrLost):
		s.strange(err)
		s.breaker.succeed()
	case err != nil:
		if s.breaker.fail() {
			s.log.Warn("search server lost, the index in process answers", "error", err)
		}
	case took > s.Hedge:
		if s.breaker.fail() {
			s.log.Warn("search server too slow, the index in process answers", "took", took)
		}
	default:
		if s.breaker.succeed() {
			s.log.Info("search server answers again")
		}
	}
	return answered{found, err}
}

// strange brings the documents again where the server lost them, or has held
// others for too long.
func (s *Served) strange(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.breaker.now()
	if s.odd.IsZero() {
		s.odd = now
	}
	if errors.Is(err, ErrLost) || now.Sub(s.odd) > s.Patience {
		s.odd = time.Time{}
		s.holds.Store(false)
		s.bring()
	}
}

// Look lets the server answer if it holds the documents already. A command
// that asks once and does not [Served.Run] looks first.
func (s *Served) Look(ctx context.Context) error {
	_, err := s.look(ctx)
	if errors.Is(err, ErrLost) {
		return nil
	}
	return err
}

func (s *Served) look(ctx context.Context) (holds bool, err error) {
	s.mu.Lock()
	docs := s.docs
	s.mu.Unlock()
	holds, err = s.server.Holds(ctx, docs)
	if err == nil && holds {
		s.filled(docs)
	}
	return holds, err
}

// Check looks how the server is, without a reader. What it lost is brought
// there again, and what it could not take before is brought now.
func (s *Served) Check(ctx context.Context) error {
	held := s.holds.Load()
	holds, err := s.look(ctx)
	lost := errors.Is(err, ErrLost)
	switch {
	case err != nil && !lost:
		return err
	case !held:
		tell(s.well)
	case lost:
		s.strange(ErrLost)
	case !holds:
		s.strange(ErrElsewhere)
	}
	return nil
}

// filled notes that the server holds the documents, unless newer ones came
// meanwhile.
func (s *Served) filled(docs []Doc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(docs) == len(s.docs) && (len(docs) == 0 || &docs[0] == &s.docs[0]) {
		s.odd = time.Time{}
		s.holds.Store(true)
	}
}

func (s *Served) inProcess(ctx context.Context, w Wanted) (Found, error) {
	found, err := s.memory.Search(ctx, w)
	found.Standby = true
	return found, err
}

// Run brings documents to the server until ctx ends. What came meanwhile is
// brought next.
func (s *Served) Run(ctx context.Context) {
	failing := false
	for pause := firstPause; ; {
		select {
		case <-ctx.Done():
			return
		case <-s.newer:
		}
		s.mu.Lock()
		docs := s.docs
		s.mu.Unlock()
		began := s.breaker.now()
		err := s.server.Replace(ctx, docs)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			s.filled(docs)
			s.log.Info("search server filled", "documents", len(docs), "took", s.breaker.now().Sub(began))
			pause, failing = firstPause, false
			continue
		}
		if !failing {
			s.log.Warn("search server not filled", "error", err)
		}
		failing = true
		s.bring()
		select {
		case <-ctx.Done():
			return
		case <-s.well:
		case <-time.After(pause):
		}
		pause = min(2*pause, longestPause)
	}
}
