package search_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"yangguang/content/contenttest"
	"yangguang/search"
	"yangguang/search/searchtest"
)

func TestServed(t *testing.T) {
	searchtest.Run(t, func(t *testing.T) search.Index {
		x := search.NewServed(&server{Memory: search.NewMemory()}, slog.New(slog.DiscardHandler))
		running(t, x)
		return x
	})
}

// running runs x until the test ends.
func running(t *testing.T, x *search.Served) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { x.Run(ctx) })
	t.Cleanup(func() { stop(); wg.Wait() })
}

// server is an index elsewhere that behaves as it is told.
type server struct {
	*search.Memory

	mu       sync.Mutex
	takes    time.Duration
	fails    error
	asked    int
	replaced [][]search.Doc
	filling  error
	slowly   time.Duration
	look     func() (bool, error) // nil: as it is
}

func (*server) Name() string { return "server" }

func (s *server) Search(ctx context.Context, w search.Wanted) (search.Found, error) {
	s.mu.Lock()
	takes, fails := s.takes, s.fails
	s.asked++
	s.mu.Unlock()
	select {
	case <-time.After(takes):
	case <-ctx.Done():
		return search.Found{}, ctx.Err()
	}
	if fails != nil {
		return search.Found{}, fails
	}
	return s.Memory.Search(context.WithoutCancel(ctx), w)
}

func (s *server) Replace(ctx context.Context, docs []search.Doc) error {
	time.Sleep(s.slowly)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replaced = append(s.replaced, docs)
	if s.filling != nil {
		return s.filling
	}
	return s.Memory.Replace(ctx, docs)
}

func (s *server) Holds(_ context.Context, docs []search.Doc) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.look != nil {
		return s.look()
	}
	return len(s.replaced) > 0 && len(s.replaced[len(s.replaced)-1]) == len(docs), s.filling
}

func (s *server) be(takes time.Duration, fails error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.takes, s.fails = takes, fails
}

// standing starts a Served over a server that holds the documents.
func standing(t *testing.T) (*search.Served, *server) {
	t.Helper()
	s := &server{Memory: search.NewMemory()}
	x := search.NewServed(s, slog.New(slog.DiscardHandler))
	running(t, x)
	put(t, x, search.Doc{ID: "a", Type: "faq", Title: "护理"})
	synctest.Wait()
	return x, s
}

func put(t *testing.T, x search.Index, docs ...search.Doc) {
	t.Helper()
	if err := x.Replace(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
}

// read searches, and returns how long the reader waited and whether the index
// in process answered.
func read(t *testing.T, x search.Index) (waited time.Duration, standby bool) {
	t.Helper()
	began := time.Now()
	got, err := x.Search(t.Context(), search.Wanted{Terms: []search.Term{{Text: "护理"}}, Limit: 5})
	if err != nil || got.Total != 1 {
		t.Fatalf("found %d, %v", got.Total, err)
	}
	return time.Since(began), got.Standby
}

var errServer = errors.New("server")

// TestALossIsSeenOnce: each line is a reader, some time after the one before.
func TestALossIsSeenOnce(t *testing.T) {
	type reader struct {
		after   time.Duration
		takes   time.Duration // the server, from now on
		fails   error
		waited  time.Duration
		standby bool
		asked   int // the server, in all, when the reader is answered
	}
	const hour = time.Hour
	for name, readers := range map[string][]reader{
		"it answers": {{takes: 9 * time.Millisecond, waited: 9 * time.Millisecond, asked: 1}, {takes: 119 * time.Millisecond, waited: 119 * time.Millisecond, asked: 2}},
		"it hangs": {
			{takes: hour, waited: 120 * time.Millisecond, standby: true, asked: 1},
			{takes: hour, standby: true, asked: 1},
			{after: 200 * time.Millisecond, takes: hour, standby: true, asked: 1},
			{after: time.Second, takes: hour, standby: true, asked: 2}, // beside the reader
			{after: time.Second, takes: hour, standby: true, asked: 2}, // the pause is longer now
			{after: 2 * time.Second, standby: true, asked: 3},          // it is well again, which is seen
			{after: time.Millisecond, takes: time.Millisecond, waited: time.Millisecond, asked: 4},
		},
		"it refuses": {
			{fails: errServer, standby: true, asked: 1},
			{fails: errServer, standby: true, asked: 1},
			{after: time.Second, standby: true, asked: 2},
			{after: time.Millisecond, asked: 3},
		},
		"it is slow": {
			{takes: 150 * time.Millisecond, waited: 120 * time.Millisecond, standby: true, asked: 1},
			{after: 100 * time.Millisecond, takes: 150 * time.Millisecond, standby: true, asked: 1},
			{after: time.Second, takes: 150 * time.Millisecond, standby: true, asked: 2},
			{after: time.Second, takes: 150 * time.Millisecond, standby: true, asked: 2},
			{after: 2 * time.Second, takes: 20 * time.Millisecond, standby: true, asked: 3},
			{after: 100 * time.Millisecond, takes: 20 * time.Millisecond, waited: 20 * time.Millisecond, asked: 4},
		},
		"it holds another edition": {
			{fails: search.ErrElsewhere, standby: true, asked: 1}, {fails: search.ErrElsewhere, standby: true, asked: 2}, {asked: 3},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				x, s := standing(t)
				for i, r := range readers {
					time.Sleep(r.after)
					s.be(r.takes, r.fails)
					waited, standby := read(t, x)
					synctest.Wait()
					s.mu.Lock()
					asked := s.asked
					s.mu.Unlock()
					if waited != r.waited || standby != r.standby || asked != r.asked {
						t.Errorf("reader %d waited %v, in process %v, server asked %d; want %+v", i, waited, standby, asked, r)
					}
				}
			})
		})
	}
}

func TestALongLossIsAskedAboutEveryHalfMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x, s := standing(t)
		s.be(0, errServer)
		for range 3600 {
			time.Sleep(time.Second)
			read(t, x)
		}
		synctest.Wait()
		if s.mu.Lock(); s.asked < 100 || s.asked > 130 {
			t.Errorf("asked %d times in an hour", s.asked)
		}
		s.mu.Unlock()
	})
}

func TestWhatTheServerLostIsBroughtAgain(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		after time.Duration
		times int
	}{
		"lost":                      {search.ErrLost, 0, 2},
		"another edition, shortly":  {search.ErrElsewhere, 50 * time.Second, 1},
		"another edition, too long": {search.ErrElsewhere, 61 * time.Second, 2},
		"a failure":                 {errServer, 61 * time.Second, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				x, s := standing(t)
				s.be(0, c.err)
				if c.after > 0 {
					read(t, x)
				}
				time.Sleep(c.after)
				read(t, x)
				synctest.Wait()
				if len(s.replaced) != c.times {
					t.Errorf("brought %d times, want %d", len(s.replaced), c.times)
				}
			})
		})
	}
}

// Without a reader a check finds what the server lost, or that it can be filled
// at last; what it holds is not brought again, however often it is looked at.
func TestACheckBringsWhatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		holds     bool
		fails     error // of the look
		after     time.Duration
		times     int
		reachable bool
	}{
		"it holds them":            {holds: true, times: 1, reachable: true},
		"it lost them":             {fails: search.ErrLost, times: 2, reachable: true},
		"it refuses":               {fails: errServer, times: 1},
		"another edition, shortly": {after: 50 * time.Second, times: 1, reachable: true},
		"another edition, long":    {after: 61 * time.Second, times: 2, reachable: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				x, s := standing(t)
				s.look = func() (bool, error) { return c.holds, c.fails }
				for range 2 {
					if err := x.Check(t.Context()); (err == nil) != c.reachable {
						t.Errorf("the check says %v", err)
					}
					time.Sleep(c.after)
				}
				synctest.Wait()
				s.mu.Lock()
				defer s.mu.Unlock()
				if len(s.replaced) != c.times {
					t.Errorf("brought %d times, want %d", len(s.replaced), c.times)
				}
				if s.asked > 0 {
					t.Error("a reader was needed")
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		x, s := standing(t)
		s.filling = errServer
		put(t, x, search.Doc{ID: "b"})
		time.Sleep(time.Minute) // the pauses are long by now
		s.mu.Lock()
		s.filling, s.look = nil, func() (bool, error) { return false, search.ErrLost }
		s.mu.Unlock()
		before := len(s.replaced)
		if err := x.Check(t.Context()); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if len(s.replaced) != before+1 {
			t.Errorf("brought %d times after it came back", len(s.replaced)-before)
		}
	})
}

func TestWhatComesMeanwhileIsBroughtNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x, s := standing(t)
		s.slowly = time.Minute
		put(t, x, search.Doc{ID: "b"})
		time.Sleep(time.Second)
		put(t, x, search.Doc{ID: "c"})
		put(t, x, search.Doc{ID: "d"})
		time.Sleep(3 * time.Minute)
		var order string
		s.mu.Lock()
		for _, docs := range s.replaced {
			order += docs[0].ID
		}
		s.mu.Unlock()
		if order != "abd" {
			t.Errorf("brought %s, want abd", order)
		}
	})
}

func TestAFillingThatFailsIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x, s := standing(t)
		s.filling = errServer
		put(t, x, search.Doc{ID: "b", Title: "护理", Text: "新"})
		time.Sleep(4 * time.Second) // after 1 s and 2 s more
		s.mu.Lock()
		tried := len(s.replaced) - 1
		s.filling = nil
		s.mu.Unlock()
		time.Sleep(10 * time.Second)
		if s.mu.Lock(); tried != 3 || len(s.replaced) != 5 {
			t.Errorf("tried %d times while it failed and %d in all", tried, len(s.replaced)-1)
		}
		s.mu.Unlock()
	})
}

func TestWhichEngineAnsweredIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{Memory: search.NewMemory()}
		x := search.NewServed(s, slog.New(slog.DiscardHandler))
		running(t, x)
		f := search.NewFinder(x)
		if err := f.Follow(t.Context(), contenttest.Bundled(t)); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for _, fails := range []error{errServer, nil} {
			s.be(0, fails)
			time.Sleep(time.Minute)
			find(t, f, search.Query{Text: "武陟"})
			synctest.Wait()
			got := find(t, f, search.Query{Text: "武陟"})
			if fails != nil && (got.Engine != "memory" || !got.Degraded || got.Answer == nil) {
				t.Errorf("a lost server: %s, degraded %v", got.Engine, got.Degraded)
			}
			if fails == nil && (got.Engine != "server" || got.Degraded) {
				t.Errorf("a server: %s, degraded %v", got.Engine, got.Degraded)
			}
		}
	})
}

// TestALookIsEnoughForOneQuestion: a command fills no server, and asks the one
// that is filled.
func TestALookIsEnoughForOneQuestion(t *testing.T) {
	docs := []search.Doc{{ID: "a", Title: "护理"}}
	for name, c := range map[string]struct {
		before  []search.Doc
		failing error
		standby bool
	}{
		"filled":       {docs, nil, false},
		"with another": {append(docs, search.Doc{ID: "b"}), nil, true},
		"empty":        {nil, nil, true},
		"lost":         {docs, errServer, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &server{Memory: search.NewMemory()}
			if c.before != nil {
				put(t, s, c.before...)
			}
			s.filling = c.failing
			x := search.NewServed(s, slog.New(slog.DiscardHandler))
			put(t, x, docs...)
			if err := x.Look(t.Context()); !errors.Is(err, c.failing) {
				t.Errorf("error %v", err)
			}
			if _, standby := read(t, x); standby != c.standby {
				t.Errorf("the index in process answered: %v, want %v", standby, c.standby)
			}
		})
	}
}
