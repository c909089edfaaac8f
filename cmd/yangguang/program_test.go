package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/site"
)

// TestMain is the program itself where a test needs a process that it can
// kill.
func TestMain(m *testing.M) {
	if os.Getenv("YANGGUANG_TEST_AS_PROGRAM") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program is the site, started by a test on a port of its own.
type program struct {
	base string // http://127.0.0.1:port
	data string
	demo bool
	out  *stream
	log  *bytes.Buffer // to be read when it has ended
	// stop ends it as Ctrl-C does and returns its exit status.
	stop func() int
}

// start runs “serve” on a data folder of its own with these settings. The test
// fails if the site is not open within a minute.
func start(t *testing.T, args ...string) *program {
	t.Helper()
	return startOn(t, t.TempDir(), args...)
}

func startOn(t *testing.T, data string, args ...string) *program {
	t.Helper()
	p := &program{data: data, demo: slices.Contains(args, "--demo"), out: newStream(addressLine), log: new(bytes.Buffer)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", p.data}, args...), none, p.out, p.log)
	}()
	p.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { p.stop() })
	select {
	case p.base = <-p.out.found:
	case code := <-ended:
		ended <- code
		t.Fatalf("it ended with %d and said %s", code, p.log)
	case <-time.After(time.Minute):
		t.Fatal("it is not open after a minute")
	}
	return p
}

var addressLine = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// once runs a command that ends by itself.
func once(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(context.Background(), args, none, &out, &errs)
	return code, out.String(), errs.String()
}

func none(string) (string, bool) { return "", false }

// stream collects what a program writes and sends the first match of a
// pattern.
type stream struct {
	mu      sync.Mutex
	text    strings.Builder
	pattern *regexp.Regexp
	found   chan string
}

func newStream(pattern *regexp.Regexp) *stream {
	return &stream{pattern: pattern, found: make(chan string, 1)}
}

func (s *stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.Write(b)
	if m := s.pattern.FindString(s.text.String()); m != "" && s.pattern != nil {
		select {
		case s.found <- m:
		default:
		}
	}
	return len(b), nil
}

func (s *stream) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// answer is what the site says to a request.
type answer struct {
	status int
	header http.Header
	body   string
	url    string // after redirects
}

func (p *program) get(t *testing.T, path string) answer {
	t.Helper()
	resp, err := http.Get(p.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return answer{resp.StatusCode, resp.Header, read(t, resp.Body), strings.TrimPrefix(resp.Request.URL.String(), p.base)}
}

func read(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// eventually asks until ok or the time is over.
func eventually(t *testing.T, within time.Duration, what string, ok func() bool) {
	t.Helper()
	for start := time.Now(); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > within {
			t.Fatal(fmt.Sprint("after ", within, " still not: ", what))
		}
	}
}

// visitor is a browser of its own: it keeps its cookies.
type visitor struct {
	*program
	client *http.Client
}

func (p *program) visitor(t *testing.T) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{p, &http.Client{Jar: jar}}
}

func (v *visitor) get(t *testing.T, path string) answer {
	t.Helper()
	resp, err := v.client.Get(v.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return answer{resp.StatusCode, resp.Header, read(t, resp.Body), strings.TrimPrefix(resp.Request.URL.String(), v.base)}
}

// serveOn serves a site on a port of its own until the test ends.
func serveOn(t *testing.T, public *site.Site) (base string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- public.Serve(listener) }()
	t.Cleanup(func() {
		must(t, public.Shutdown(context.Background()))
		must(t, <-ended)
	})
	return "http://" + listener.Addr().String()
}
