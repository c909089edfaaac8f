package page_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"
	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/site/page"
)

// house is a Server over a shelf in memory, with a clock that stands still.
type house struct {
	*page.Server
	t     *testing.T
	shelf *contenttest.Shelf
	board *content.Board
	clock *clock
	log   *bytes.Buffer
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newHouse(t *testing.T, change func(*page.Config)) *house {
	t.Helper()
	h := &house{t: t, shelf: &contenttest.Shelf{}, log: &bytes.Buffer{}}
	h.clock = &clock{at: time.Date(2022, 9, 1, 10, 0, 0, 0, calendar.China)}
	var err error
	if h.board, err = content.NewBoard(t.Context(), h.shelf); err != nil {
		t.Fatal(err)
	}
	h.publish("阳光", "first")
	cfg := page.Config{
		Board: h.board, Now: h.clock.now,
		Assets: fstest.MapFS{"app.css": {Data: []byte(strings.Repeat("a{color:#000}", 50))}},
		Log:    slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Show: func(_ page.Reading, p page.Problem) templ.Component {
			return text("<h1 class=shown>%s</h1><p>%s</p><p>%s</p>", p.Text, p.Help, p.Trace)
		},
	}
	if change != nil {
		change(&cfg)
	}
	if h.Server, err = page.NewServer(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// publish appends an edition with one term.
func (h *house) publish(name, words string) {
	h.t.Helper()
	id := content.ID("term/" + name)
	e := content.Edition{Origin: content.FromPack, At: h.clock.now(), Changes: []content.Change{
		{Op: content.Put, ID: id, Record: &content.Term{Meta: content.Meta{ID: id}, Name: name, Text: words}},
	}}
	if _, err := h.shelf.Append(h.t.Context(), h.board.Snapshot().Edition, e); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.board.Refresh(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// term is a page about one term.
func term(r page.Reading) (page.Document, error) {
	found, ok := r.Snapshot.Record(content.ID("term/" + r.Param("name")))
	if !ok {
		return page.Document{}, content.ErrNotFound
	}
	return page.HTML(text("<h1>%s %s</h1>%s", found.(*content.Term).Text, r.View.String(), strings.Repeat("<p>焦作市中等职业学校招生</p>", 100))), nil
}

func text(format string, words ...string) templ.Component {
	for _, w := range words {
		format = strings.Replace(format, "%s", w, 1)
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, format)
		return err
	})
}

// answer is a response with its body as it was sent.
type answer struct {
	*http.Response
	body []byte
}

// do sends a request; headers are name, value, name, value.
func (h *house) do(method, target string, headers ...string) answer {
	h.t.Helper()
	return h.send(request(method, target, headers...))
}

func request(method, target string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "127.0.0.1:8080"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func (h *house) send(r *http.Request) answer {
	h.t.Helper()
	resp, err := h.App.Test(r, -1)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer{resp, body}
}

func (h *house) get(target string, headers ...string) answer {
	h.t.Helper()
	return h.do("GET", target, headers...)
}

// text returns the body unpacked.
func (a answer) text(t *testing.T) string {
	t.Helper()
	var r io.Reader = bytes.NewReader(a.body)
	var err error
	switch a.Header.Get("Content-Encoding") {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		r, err = gzip.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// value returns the sum of a metric over its labels, of a histogram the count,
// or -1 if there is none.
func (h *house) value(name string, labels ...string) float64 {
	h.t.Helper()
	sum := -1.0
	for line := range strings.Lines(h.measured()) {
		series, number, _ := strings.Cut(strings.TrimSpace(line), " ")
		of, all, _ := strings.Cut(series, "{")
		if of != name && of != name+"_count" {
			continue
		}
		sum = max(sum, 0)
		all = strings.NewReplacer(`"`, "", ",", " ", "}", " ").Replace(all)
		if slices.ContainsFunc(labels, func(l string) bool { return !strings.Contains(all, l+" ") }) {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			h.t.Fatal(line)
		}
		sum += n
	}
	return sum
}

// measured is what the metrics' own listener answers.
func (h *house) measured() string {
	w := httptest.NewRecorder()
	h.MetricsHandler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

// terms is a house with a page for each term.
func terms(t *testing.T, change func(*page.Config)) *house {
	h := newHouse(t, change)
	h.App.Get("/terms/:name", h.Cached(term))
	return h
}

var errBroken = errors.New("secret cause")

func broken(*fiber.Ctx) error { return errBroken }

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
