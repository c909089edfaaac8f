package meili_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"yangguang/content/contenttest"
	"yangguang/realtest"
	"yangguang/search"
	"yangguang/search/meili"
	"yangguang/search/meili/meilitest"
)

// site is what a reader meets: a Finder over a server, with the index in
// process behind it.
type site struct {
	t      *testing.T
	finder *search.Finder
	served *search.Served
}

func newSite(t *testing.T, c meili.Config) *site {
	t.Helper()
	served := search.NewServed(meili.Open(c), slog.New(slog.NewTextHandler(testLog{t}, nil)))
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { served.Run(ctx) })
	t.Cleanup(func() { stop(); wg.Wait() })
	return &site{t, finder(t, served), served}
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Logf("%s", b[:len(b)-1])
	return len(b), nil
}

// most is what a reader may wait for a lost server, and a busy machine.
const most = 250*time.Millisecond + 100*time.Millisecond

// read searches as a reader does, whom nobody may let wait and who is always
// answered.
func (s *site) read() (search.Results, time.Duration) {
	s.t.Helper()
	began := time.Now()
	got, err := s.finder.Find(s.t.Context(), search.Query{Text: "武陟"})
	waited := time.Since(began)
	if err != nil || got.Answer == nil || len(got.Hits) == 0 {
		s.t.Fatalf("a reader was not answered: %v", err)
	}
	if waited > most {
		s.t.Errorf("a reader waited %v", waited)
	}
	return got, waited
}

// until reads until that engine answers, and returns the longest wait of a
// reader meanwhile, of the second one on, and how many there were.
func (s *site) until(engine string) {
	s.t.Helper()
	began := time.Now()
	var first, others time.Duration
	for n := 1; ; n++ {
		got, waited := s.read()
		if n == 1 {
			first = waited
		} else {
			others = max(others, waited)
		}
		if got.Engine == engine {
			s.t.Logf("%s answers after %v and %d readers; the first waited %v, another %v at most", engine, time.Since(began).Round(time.Millisecond), n, first, others)
			return
		}
		if time.Since(began) > 40*time.Second {
			s.t.Fatalf("%s does not answer", engine)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestRealLosses(t *testing.T) {
	server, folder := realtest.StartMeilisearch(t), t.TempDir()
	server.Kill()
	server.Start(t, folder)
	s := newSite(t, config(server.URL, server.Key))
	s.until("meilisearch")
	for _, loss := range []struct {
		name       string
		lose, mend func()
	}{
		{"killed and started again", server.Kill, func() { server.Start(t, folder) }},
		{"paused and resumed", func() { server.Pause(t) }, func() { server.Resume(t) }},
		{"started again with nothing", server.Kill, func() { server.Start(t, t.TempDir()) }},
	} {
		t.Log(loss.name)
		loss.lose()
		s.until("memory")
		for range 20 {
			if _, waited := s.read(); waited > 100*time.Millisecond {
				t.Errorf("%s: a later reader waited %v", loss.name, waited)
			}
		}
		loss.mend()
		s.until("meilisearch")
	}
}

func TestRealWrongKey(t *testing.T) {
	server := realtest.StartMeilisearch(t)
	s := newSite(t, config(server.URL, "not-the-key-of-this-server"))
	for range 20 {
		if got, waited := s.read(); got.Engine != "memory" || !got.Degraded || waited > 100*time.Millisecond {
			t.Errorf("%s answered after %v", got.Engine, waited)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// TestRealFullDisk: what cannot be written is not shown, and what was written
// is still found.
func TestRealFullDisk(t *testing.T) {
	server := realtest.StartMeilisearch(t)
	server.Kill()
	folder := realtest.SmallDisk(t, "200m")
	t.Cleanup(server.Kill) // before the disk goes
	server.Start(t, folder)
	s := newSite(t, config(server.URL, server.Key))
	s.until("meilisearch")
	stuffed := filepath.Join(folder, "stuffed")
	realtest.Stuff(t, stuffed)
	docs := append(search.Documents(contenttest.Bundled(t)), search.Doc{ID: "more", Type: "faq", Title: "武陟 新的一条"})
	if err := s.served.Replace(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	for range 60 {
		if got, _ := s.read(); got.Engine != "memory" || got.Total == 0 {
			t.Fatalf("%s answered with what could not be written", got.Engine)
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := os.Remove(stuffed); err != nil {
		t.Fatal(err)
	}
	s.until("meilisearch")
}

// TestFaults: whatever the server says, the reader is answered, by the index in
// process where the server says nothing of use; and when it is well again, it
// answers again.
func TestFaults(t *testing.T) {
	searches := func(f meilitest.Fault) func(*http.Request) meilitest.Fault {
		return func(r *http.Request) meilitest.Fault {
			if base := filepath.Base(r.URL.Path); base != "multi-search" && base != "search" {
				return meilitest.Fault{}
			}
			return f
		}
	}
	for name, f := range map[string]meilitest.Fault{
		"500": {Status: 500, Code: "internal"}, "503": {Status: 503, Code: "overloaded"}, "429": {Status: 429, Code: "too_many_search_requests"},
		"403": {Status: 403, Code: "invalid_api_key"}, "slow": {Delay: time.Second}, "reset": {Reset: true}, "cut short": {Body: `{"results":[{"hi`},
		"not its words": {Body: `<html>proxy</html>`}, "another answer": {Body: `{"results":[]}`}, "no generation": {Body: `{"results":[{"hits":[{}]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := meilitest.Start(quiet{t})
			s := newSite(t, config(server.URL, server.Key))
			s.until("meilisearch")
			server.Fault(searches(f))
			s.until("memory")
			for range 5 {
				if got, _ := s.read(); !got.Degraded {
					t.Errorf("%s answers", got.Engine)
				}
			}
			server.Fault(nil)
			s.until("meilisearch")
		})
	}
}

func TestTheServerLosesEverything(t *testing.T) {
	server := meilitest.Start(t)
	s := newSite(t, config(server.URL, server.Key))
	s.until("meilisearch")
	server.Lose()
	s.until("memory")
	s.until("meilisearch")
	if got, _ := s.read(); got.Degraded {
		t.Error("not rebuilt")
	}
}

// TestABuildThatFails: at whatever step, the documents before it still answer,
// and the next try is whole.
func TestABuildThatFails(t *testing.T) {
	before := []search.Doc{{ID: "a", Type: "faq", Title: "护理"}}
	after := []search.Doc{{ID: "a", Type: "faq", Title: "护理"}, {ID: "b", Type: "faq", Title: "护理专业"}}
	total := func(x search.Index) int {
		got, err := x.Search(t.Context(), search.Wanted{Terms: []search.Term{{Text: "护理"}}})
		if err != nil {
			t.Fatal(err)
		}
		return got.Total
	}
	for name, break1 := range map[string]func(*meilitest.Server){
		"index":     func(s *meilitest.Server) { s.FailTask("indexCreation", "internal") },
		"settings":  func(s *meilitest.Server) { s.FailTask("settingsUpdate", "invalid_settings_ranking_rules") },
		"documents": func(s *meilitest.Server) { s.FailTask("documentAdditionOrUpdate", "no_space_left_on_device") },
		"read back": func(s *meilitest.Server) { once(s, "/documents/fetch", 2) },
		"tasks":     func(s *meilitest.Server) { once(s, "/tasks", 3) },
		"swap":      func(s *meilitest.Server) { once(s, "/swap-indexes", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			server := meilitest.Start(t)
			x := meili.Open(config(server.URL, server.Key))
			if err := x.Replace(t.Context(), before); err != nil {
				t.Fatal(err)
			}
			break1(server)
			if err := x.Replace(t.Context(), after); err == nil {
				t.Error("no error")
			}
			if n := total(x); n != 1 {
				t.Errorf("%d found after a build that failed", n)
			}
			server.Fault(nil)
			if err := x.Replace(t.Context(), after); err != nil {
				t.Fatal(err)
			}
			if n := total(x); n != 2 {
				t.Errorf("%d found after the next build", n)
			}
		})
	}
}

// once makes the nth request for a path fail.
func once(s *meilitest.Server, path string, nth int) {
	var mu sync.Mutex
	s.Fault(func(r *http.Request) meilitest.Fault {
		mu.Lock()
		defer mu.Unlock()
		if len(r.URL.Path) < len(path) || r.URL.Path[len(r.URL.Path)-len(path):] != path && fmt.Sprint(r.URL.Path)[:len(path)] != path {
			return meilitest.Fault{}
		}
		if nth--; nth == 0 {
			return meilitest.Fault{Status: 500, Code: "internal"}
		}
		return meilitest.Fault{}
	})
}
