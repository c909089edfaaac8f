package page_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// listen serves the house on a port of this machine.
func (h *house) listen() string {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	var served sync.WaitGroup
	served.Go(func() {
		if err := h.Serve(l); err != nil {
			h.t.Errorf("serve: %v", err)
		}
	})
	h.t.Cleanup(func() {
		// Not the test's context, which has ended by now.
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := h.Shutdown(ctx); err != nil {
			h.t.Errorf("shutdown: %v", err)
		}
		served.Wait()
	})
	return l.Addr().String()
}

func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHalfOpenRequestsAreClosed(t *testing.T) {
	h := sunTerms(t, func(c *page.Config) { c.ReadTimeout = 200 * time.Millisecond })
	addr := h.listen()
	var half []net.Conn
	for range 100 {
		c := dial(t, addr)
		if _, err := io.WriteString(c, "GET /terms/sun HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		half = append(half, c)
	}
	resp, err := http.Get("http://" + addr + "/terms/sun")
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("beside them: %v %v", resp, err)
	}
	_ = resp.Body.Close()
	for i, c := range half {
		b, err := io.ReadAll(c)
		if err != nil {
			t.Fatalf("connection %d is not closed: %v", i, err)
		}
		if !strings.HasPrefix(string(b), "HTTP/1.1 408 ") || !strings.Contains(string(b), "等了很久，没有收到完整的请求") || !strings.Contains(string(b), "Content-Security-Policy: ") {
			t.Fatalf("connection %d was told %s", i, b)
		}
	}
}

func TestTooLargeABody(t *testing.T) {
	h := newHouse(t, func(c *page.Config) { c.BodyLimit = 1000 })
	h.App.Post("/form", func(c *fiber.Ctx) error { return c.SendString("taken") })
	addr := h.listen()
	for size, want := range map[int]int{1000: 200, 1001: 413} {
		resp, err := http.Post("http://"+addr+"/form", "text/plain", strings.NewReader(strings.Repeat("x", size)))
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != want || want == 413 && (!strings.Contains(string(b), "送来的内容太大") || resp.Header.Get("X-Frame-Options") == "") {
			t.Errorf("%d bytes: %d %s", size, resp.StatusCode, b)
		}
	}
}

func TestTooLongAnAddress(t *testing.T) {
	addr := sunTerms(t, nil).listen()
	resp, err := http.Get("http://" + addr + "/terms/sun?q=" + strings.Repeat("x", 10_000))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 431 || !strings.Contains(string(b), "这个地址太长") {
		t.Errorf("%d %s", resp.StatusCode, b)
	}
}

func TestNoRequestReachesIntoTheNext(t *testing.T) {
	h := newHouse(t, nil)
	var kept []string
	h.App.Get("/keep/:word", func(c *fiber.Ctx) error { kept = append(kept, c.Params("word")+c.Query("q")); return nil })
	c := dial(t, h.listen())
	in := bufio.NewReader(c)
	for _, word := range []string{"aaaa", "bbbb"} {
		if _, err := fmt.Fprintf(c, "GET /keep/%s?q=%s HTTP/1.1\r\nHost: localhost\r\n\r\n", word, word); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
	if kept[0] != "aaaaaaaa" || kept[1] != "bbbbbbbb" {
		t.Errorf("kept %q", kept)
	}
}

func TestPackedBodiesAreRefused(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Post("/keep", func(c *fiber.Ctx) error { return c.SendString("kept " + c.FormValue("word")) })
	h.Upload("/files", often, func(c *fiber.Ctx) error { return c.SendString("kept") })
	addr := h.listen()
	for _, path := range []string{"/keep", "/files"} {
		c := dial(t, addr)
		body := "\x1f\x8b..."
		if _, err := fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || resp.StatusCode != 415 {
			t.Errorf("%s: %+v, %v", path, resp, err)
		}
	}
}

// What a proxy and we could take for the end of a body at two places is refused,
// and nothing after it is read.
func TestWhereABodyEndsIsSaidOnce(t *testing.T) {
	h := newHouse(t, nil)
	reached := 0
	h.App.All("/keep", func(*fiber.Ctx) error { reached++; return nil })
	h.Upload("/files", often, func(*fiber.Ctx) error { reached++; return nil })
	addr := h.listen()
	for name, head := range map[string]string{
		"length and chunks":       "POST /keep HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
		"chunks and length":       "POST /keep HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 5",
		"of an upload":            "POST /files HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
		"two lengths":             "POST /keep HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 20",
		"two lengths of a GET":    "GET /keep HTTP/1.1\r\nContent-Length: 50\r\nContent-Length: 0",
		"a coding nobody knows":   "POST /keep HTTP/1.1\r\nTransfer-Encoding: xchunked",
		"two codings in one line": "POST /keep HTTP/1.1\r\nTransfer-Encoding: identity, chunked",
	} {
		c := dial(t, addr)
		if _, err := io.WriteString(c, head+"\r\nHost: 127.0.0.1\r\n\r\n0\r\n\r\nGET /keep HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || resp.StatusCode != 400 || !resp.Close {
			t.Errorf("%s: %+v, %v", name, resp, err)
		}
	}
	if reached != 0 {
		t.Errorf("%d requests were served", reached)
	}
	for name, body := range map[string]io.Reader{"known": strings.NewReader("x"), "chunks": io.MultiReader(strings.NewReader("x"))} {
		if status, _ := post(t, addr, "/keep", "text/plain", body); status != 200 {
			t.Errorf("%s: %d", name, status)
		}
	}
}

func TestShutdownFinishesWhatIsInWork(t *testing.T) {
	h := newHouse(t, nil)
	begun, leave := make(chan struct{}), make(chan struct{})
	h.App.Get("/slow", h.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) {
		close(begun)
		<-leave
		return page.HTML(text("finished")), nil
	}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() { _ = h.Serve(l) })
	addr := l.Addr().String()
	c := dial(t, addr)
	if _, err := io.WriteString(c, "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-begun
	all.Go(func() {
		if err := h.Shutdown(t.Context()); err != nil {
			t.Errorf("shutdown: %v", err)
		}
	})
	for { // until nobody is let in any more
		late, err := net.Dial("tcp", addr)
		if err != nil {
			break
		}
		_ = late.Close()
	}
	close(leave)
	b, err := io.ReadAll(c)
	if err != nil || !strings.HasSuffix(string(b), "finished") {
		t.Errorf("in work: %v %s", err, b)
	}
	all.Wait()
}

func TestShutdownDoesNotWaitForGood(t *testing.T) {
	h := newHouse(t, nil)
	begun, leave := make(chan struct{}), make(chan struct{})
	h.App.Get("/stuck", func(*fiber.Ctx) error { close(begun); <-leave; return nil })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() { _ = h.Serve(l) })
	if _, err := io.WriteString(dial(t, l.Addr().String()), "GET /stuck HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := h.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v", err)
	}
	close(leave)
	all.Wait()
}

func TestEveryRequestHasADeadline(t *testing.T) {
	h := newHouse(t, func(c *page.Config) { c.Deadline = 20 * time.Millisecond })
	h.App.Get("/patient", func(c *fiber.Ctx) error {
		<-c.UserContext().Done()
		return c.UserContext().Err()
	})
	h.App.Get("/busy", func(c *fiber.Ctx) error {
		// It never waits on Done, only asks.
		for c.UserContext().Err() == nil {
		}
		return c.UserContext().Err()
	})
	h.App.Get("/page", h.Cached(func(r page.Reading) (page.Document, error) {
		<-r.Context().Done()
		return page.Document{}, fmt.Errorf("search: %w", r.Context().Err())
	}))
	for _, target := range []string{"/patient", "/busy", "/page"} {
		if a := h.get(target); a.StatusCode != 503 || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d", target, a.StatusCode)
		}
	}
}

func TestTheDeadlineEndsWithTheRequest(t *testing.T) {
	h := newHouse(t, nil)
	var kept context.Context
	h.App.Get("/", func(c *fiber.Ctx) error { kept = c.UserContext(); return nil })
	h.get("/")
	if kept.Err() != context.Canceled {
		t.Errorf("err = %v", kept.Err())
	}
	<-kept.Done()
}
