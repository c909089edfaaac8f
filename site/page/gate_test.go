package page_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// dialFrom opens a connection from another address of this machine.
func dialFrom(t *testing.T, from, addr string) net.Conn {
	t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := d.DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

// answers asks over a connection and returns the status, 0 for none.
func answers(c net.Conn, request string) int {
	if _, err := io.WriteString(c, request); err != nil {
		return 0
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	return resp.StatusCode
}

const sun = "GET /terms/sun HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

// Whoever opens connections and says nothing keeps nobody else out, and is told
// so where there are too many.
func TestSilentConnectionsKeepNobodyOut(t *testing.T) {
	h := sunTerms(t, func(c *page.Config) { c.ConnectionsOfEach, c.Connections = 20, 30 })
	addr := h.listen()
	var silent []net.Conn
	for range 20 {
		c := dialFrom(t, "127.0.0.1", addr)
		if got := answers(c, sun); got != 200 {
			t.Fatalf("among the first 20: %d", got)
		}
		silent = append(silent, c)
	}
	turned, err := io.ReadAll(dialFrom(t, "127.0.0.1", addr))
	if err != nil || !strings.HasPrefix(string(turned), "HTTP/1.1 503 ") || !strings.Contains(string(turned), "现在看的人太多") || !strings.Contains(string(turned), "tel:12345") {
		t.Errorf("one more of that source was told %s, %v", turned, err)
	}
	for i := range 10 {
		if got := answers(dialFrom(t, "127.0.0.2", addr), sun); got != 200 {
			t.Errorf("connection %d of another source: %d", i, got)
		}
	}
	if got := answers(dialFrom(t, "127.0.0.3", addr), sun); got != 503 {
		t.Errorf("one more than all may open: %d", got)
	}
	_ = silent[0].Close()
	for wait := 0; ; wait++ { // until the server has seen it
		if got := answers(dialFrom(t, "127.0.0.1", addr), sun); got == 200 {
			break
		} else if wait > 100 {
			t.Fatalf("after one was closed: %d", got)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// A proxy of ours speaks for many.
func TestAProxyOpensMoreConnectionsThanOneSource(t *testing.T) {
	h := sunTerms(t, func(c *page.Config) {
		c.Address, c.ConnectionsOfEach = mustURL(t, "https://zs.example.cn"), 5
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	addr := h.listen()
	for i := range 20 {
		if got := answers(dialFrom(t, "127.0.0.1", addr), sun); got != 200 {
			t.Fatalf("connection %d of the proxy: %d", i, got)
		}
	}
}

// However many large bodies a source sends and does not end, it fills no more
// than its room, and the words of others are taken.
func TestABodyFloodFillsNoMemory(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Post("/form", func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(c.Body()))) })
	addr := h.listen()
	head := "POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
	for range 24 {
		c := dialFrom(t, "127.0.0.1", addr)
		_, _ = fmt.Fprintf(c, head+"%s", 1<<20, strings.Repeat("x", 1<<20-1)) // some are cut off
	}
	if n := h.value("yangguang_limited_total", "limit=bodies"); n < 10 {
		t.Errorf("%v of 24 MB were refused, want all beyond 8", n)
	}
	small := strings.Repeat("话", 10_000)
	for _, from := range []string{"127.0.0.1", "127.0.0.2"} {
		if got := answers(dialFrom(t, from, addr), fmt.Sprintf(head, len(small))+small); got != 200 {
			t.Errorf("words from %s: %d", from, got)
		}
	}
	large := strings.Repeat("x", 900_000)
	if got := answers(dialFrom(t, "127.0.0.2", addr), fmt.Sprintf(head, len(large))+large); got != 200 {
		t.Errorf("a large body of another source: %d", got)
	}
}

// A body that comes slowly but goes on is waited for; one that trickles is not.
func TestASlowBody(t *testing.T) {
	h := newHouse(t, func(c *page.Config) { c.ReadTimeout = 300 * time.Millisecond })
	h.App.Post("/form", func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(c.Body()))) })
	addr := h.listen()
	head := "POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 20000\r\n\r\n"
	slow := dialFrom(t, "127.0.0.1", addr)
	if _, err := io.WriteString(slow, head+strings.Repeat("x", 10_000)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(900 * time.Millisecond)
	if got := answers(slow, strings.Repeat("x", 10_000)); got != 200 {
		t.Errorf("a body on a bad line: %d", got)
	}
	trickle := dialFrom(t, "127.0.0.1", addr)
	began := time.Now()
	go func() {
		_, _ = io.WriteString(trickle, head+strings.Repeat("x", 9_000))
		for range 100 {
			if _, err := io.WriteString(trickle, "x"); err != nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}()
	if got := answers(trickle, ""); got != 408 || time.Since(began) > 3*time.Second {
		t.Errorf("a byte now and then: %d after %v", got, time.Since(began))
	}
}

// Who sends too much is answered when it was sent, not cut off before.
func TestTooLargeABodyIsAnswered(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Post("/form", func(*fiber.Ctx) error { return nil })
	c := dialFrom(t, "127.0.0.1", h.listen())
	body := strings.Repeat("x", 3<<20)
	if got := answers(c, fmt.Sprintf("POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n", len(body))+body); got != 413 {
		t.Errorf("status %d, want 413", got)
	}
}
