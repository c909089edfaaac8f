package page_test

import (
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// asked sends a request over a connection from this machine.
func asked(t *testing.T, addr, method, path string, headers ...string) (status int, body string, closed bool) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+addr+path, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b), resp.Close
}

func TestWhatAnUnknownProxyPassesOnIsRefused(t *testing.T) {
	h := sunTerms(t, nil)
	reached := 0
	h.App.All("/form", func(*fiber.Ctx) error { reached++; return nil })
	addr := h.listen()
	if status, _, _ := asked(t, addr, "GET", "/terms/sun"); status != 200 { // now it is in the cache
		t.Fatalf("without a proxy: %d", status)
	}
	for name, headers := range map[string][]string{
		"the usual head":           {"X-Forwarded-For", "203.0.113.7"},
		"an empty one":             {"x-forwarded-for", ""},
		"the standard's":           {"Forwarded", "for=203.0.113.7"},
		"a proxy's own name":       {"Via", "1.1 gate"},
		"another usual one":        {"X-Real-IP", "203.0.113.7"},
		"under the site's name":    {"X-Forwarded-Host", "zs.example.cn", "Host", "zs.example.cn"},
		"one that says nothing":    {"Sec-Fetch-Site", "same-origin", "Referer", "https://zs.example.cn/"},
		"one that says nothing, 2": {"Sec-Fetch-Site", "same-origin", "Origin", "https://zs.example.cn"},
	} {
		for _, target := range []string{"GET /terms/sun", "GET /nothing", "POST /form"} {
			method, path, _ := strings.Cut(target, " ")
			status, body, closed := asked(t, addr, method, path, headers...)
			if status != 403 || !closed || !strings.Contains(body, "代理") || !strings.Contains(body, "YANGGUANG_OPERATOR") || !strings.Contains(body, "YANGGUANG_PROXIES") {
				t.Errorf("%s, %s: %d, closed %v, %s", name, target, status, closed, body)
			}
		}
	}
	if reached != 0 {
		t.Errorf("%d requests were let through", reached)
	}
	for name, headers := range map[string][]string{
		"a page of this site":   {"Sec-Fetch-Site", "same-origin", "Referer", "http://" + addr + "/terms/sun", "Origin", "http://localhost:8080"},
		"a link from another":   {"Sec-Fetch-Site", "cross-site", "Referer", "https://zs.example.cn/"},
		"heads that look alike": {"X-Forwarded", "1", "Viable", "1", "X-Requested-With", "XMLHttpRequest"},
	} {
		if status, body, _ := asked(t, addr, "GET", "/terms/sun", headers...); status != 200 {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestAProxyIsKnownByItsAddress(t *testing.T) {
	public := func(c *page.Config) { c.Address = mustURL(t, "https://zs.example.cn") }
	for _, tc := range []struct {
		name    string
		proxies string
		headers []string
		want    int
	}{
		{"a known proxy", "127.0.0.1/32", []string{"X-Forwarded-For", "203.0.113.7"}, 200},
		{"a proxy that nobody told us of", "10.0.0.0/8", []string{"X-Forwarded-For", "203.0.113.7"}, 403},
		{"a known proxy that names nobody", "127.0.0.1/32", nil, 200},
	} {
		h := sunTerms(t, func(c *page.Config) {
			public(c)
			c.Proxies = []netip.Prefix{netip.MustParsePrefix(tc.proxies)}
		})
		if status, body, _ := asked(t, h.listen(), "GET", "/terms/sun", tc.headers...); status != tc.want {
			t.Errorf("%s: %d, want %d: %s", tc.name, status, tc.want, body)
		}
	}
	// Who comes from elsewhere through a proxy of their own is let in and not believed.
	h := sunTerms(t, public)
	if got := h.get("/terms/sun", "X-Forwarded-For", "127.0.0.1", "Via", "1.1 squid").StatusCode; got != 200 {
		t.Errorf("through a proxy of the reader's own: %d", got)
	}
}

// The desk of a site with https is not opened to who comes past its proxy.
func TestPastTheProxyNothingIsPrivate(t *testing.T) {
	h := sunTerms(t, func(c *page.Config) {
		c.Address, c.Proxies = mustURL(t, "https://zs.example.cn"), []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	h.App.Get("/private", func(c *fiber.Ctx) error { return h.Private(c) })
	if got := h.get("/private").StatusCode; got != 403 {
		t.Errorf("past the proxy: %d, want 403", got)
	}
	if got, _, _ := asked(t, h.listen(), "GET", "/private", "X-Forwarded-For", "203.0.113.7"); got != 200 {
		t.Errorf("through it: %d", got)
	}
}

// Only a trial lets the machine itself do as often as it likes: on a site with
// a name, a proxy may be what seems to be this machine.
func TestWithANameTheMachineItselfIsCounted(t *testing.T) {
	for name, proxies := range map[string][]netip.Prefix{"no proxy": nil, "a proxy that names nobody": {netip.MustParsePrefix("127.0.0.0/8")}} {
		h := searches(t, func(c *page.Config) { c.Address, c.Proxies = mustURL(t, "http://zs.example.cn"), proxies })
		h.App.Get("/private", func(c *fiber.Ctx) error { return h.Private(c) })
		addr := h.listen()
		last := 0
		for range 4 {
			last, _, _ = asked(t, addr, "GET", "/search")
		}
		if last != 429 {
			t.Errorf("%s: the fourth search: %d, want it limited", name, last)
		}
		want := 200
		if proxies != nil {
			want = 403 // somebody else's, over plain http
		}
		if got, _, _ := asked(t, addr, "GET", "/private"); got != want {
			t.Errorf("%s: what only this machine may open: %d, want %d", name, got, want)
		}
	}
}
