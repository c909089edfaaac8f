package page_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// sunTerms is a house whose term has a plain name in its address.
func sunTerms(t *testing.T, change func(*page.Config)) *house {
	h := terms(t, change)
	h.publish("sun", "first")
	return h
}

func TestEveryCodingCarriesTheSamePage(t *testing.T) {
	h := sunTerms(t, nil)
	whole := h.get("/terms/sun").text(t)
	for header, want := range map[string]string{
		"gzip, deflate, br, zstd":          "br",
		"gzip, deflate":                    "gzip",
		"br;q=0, gzip;q=0.5":               "gzip",
		"BR":                               "br",
		"gzip;q=0, br;q=0.0":               "",
		"identity":                         "",
		"":                                 "",
		"nonsense;;;,,,=":                  "",
		"gzip;q=1.0, br;q=0.8":             "br",
		"br ; q=1":                         "br",
		strings.Repeat("x,", 500) + "gzip": "gzip",
	} {
		a := h.get("/terms/sun", "Accept-Encoding", header)
		if got := a.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %.40q: sent %q, want %q", header, got, want)
		}
		if a.text(t) != whole {
			t.Errorf("Accept-Encoding %.40q: another page", header)
		}
		if got := a.Header.Get("Vary"); got != "Accept-Encoding, Cookie" {
			t.Errorf("Vary = %q", got)
		}
		if got := a.Header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("Cache-Control = %q", got)
		}
		if got := a.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("Content-Type = %q", got)
		}
	}
}

func TestETagsOfCodingsDiffer(t *testing.T) {
	h := sunTerms(t, nil)
	seen := map[string]bool{}
	for _, coding := range []string{"br", "gzip", "identity"} {
		tag := h.get("/terms/sun", "Accept-Encoding", coding).Header.Get("Etag")
		if seen[tag] || !strings.HasPrefix(tag, `"`) || !strings.HasSuffix(tag, `"`) {
			t.Errorf("%s: tag %s", coding, tag)
		}
		seen[tag] = true
	}
}

func TestNotModified(t *testing.T) {
	h := sunTerms(t, nil)
	quick := h.get("/terms/sun", "Accept-Encoding", "br").Header.Get("Etag")
	br := h.pressed("/terms/sun").Header.Get("Etag")
	gz := h.get("/terms/sun", "Accept-Encoding", "gzip").Header.Get("Etag")
	for _, tc := range []struct {
		name, asked string
		want        int
		tag         string
	}{
		{"the same", br, 304, br},
		{"weak", "W/" + br, 304, br},
		{"in a list", `"x", W/"y",` + br + `, "z"`, 304, br},
		{"the copy from before it was pressed", quick, 304, quick},
		{"any", "*", 304, br},
		{"the copy that came as gzip", gz, 304, gz},
		{"another", `"AAAAAAAAAAAAAAAA.b"`, 200, br},
		{"no quotes", strings.Trim(br, `"`), 200, br},
		{"only its beginning", br[:8] + `"`, 200, br},
		{"longer", strings.TrimSuffix(br, `"`) + `x"`, 200, br},
		{"empty", "", 200, br},
	} {
		a := h.get("/terms/sun", "Accept-Encoding", "br", "If-None-Match", tc.asked)
		if a.StatusCode != tc.want || a.Header.Get("Etag") != tc.tag {
			t.Errorf("%s: status %d tag %s, want %d %s", tc.name, a.StatusCode, a.Header.Get("Etag"), tc.want, tc.tag)
		}
		if tc.want == 304 && (len(a.body) > 0 || a.Header.Get("Content-Type") != "" || a.Header.Get("Vary") == "" || a.Header.Get("Cache-Control") == "") {
			t.Errorf("%s: 304 with body %q and headers %v", tc.name, a.body, a.Header)
		}
	}
}

func TestHeadIsGetWithoutTheBody(t *testing.T) {
	h := sunTerms(t, nil)
	h.pressed("/terms/sun")
	get, head := h.get("/terms/sun", "Accept-Encoding", "br"), h.do("HEAD", "/terms/sun", "Accept-Encoding", "br")
	if len(head.body) != 0 || head.ContentLength != get.ContentLength {
		t.Errorf("HEAD: %d bytes, length %d; GET has %d", len(head.body), head.ContentLength, get.ContentLength)
	}
	get.Header.Del("Date")
	head.Header.Del("Date")
	if fmt.Sprint(get.Header) != fmt.Sprint(head.Header) {
		t.Errorf("headers differ:\nGET  %v\nHEAD %v", get.Header, head.Header)
	}
}

func TestAPageFollowsItsSnapshotAndItsDay(t *testing.T) {
	h := sunTerms(t, nil)
	h.App.Get("/day", h.Cached(func(r page.Reading) (page.Document, error) { return page.HTML(text("%s", r.Today.String())), nil }))
	tag := h.get("/terms/sun").Header.Get("Etag")

	h.publish("moon", "another record")
	same := h.get("/terms/sun", "If-None-Match", tag)
	if same.StatusCode != 304 {
		t.Errorf("an edition that does not change the page: status %d, want 304", same.StatusCode)
	}
	h.publish("sun", "second")
	if got := h.get("/terms/sun"); !strings.Contains(got.text(t), "second") || got.Header.Get("Etag") == tag {
		t.Errorf("an edition that changes the page is not shown")
	}
	if got := h.get("/day").text(t); got != "2022-09-01" {
		t.Errorf("day = %s", got)
	}
	h.clock.move(14 * time.Hour)
	if got := h.get("/day").text(t); got != "2022-09-02" {
		t.Errorf("after midnight the page still says %s", got)
	}
}

func TestAHitDoesNotRender(t *testing.T) {
	h := sunTerms(t, nil)
	for range 5 {
		h.get("/terms/sun")
	}
	if got := h.value("yangguang_page_renders_total"); got != 1 {
		t.Errorf("%v renderings for 5 readings", got)
	}
	if got := h.value("yangguang_page_cache_hits_total"); got != 4 {
		t.Errorf("%v hits, want 4", got)
	}
}

func TestViewComesFromTheAddressOrTheCookie(t *testing.T) {
	h := sunTerms(t, nil)
	for _, tc := range []struct{ target, cookie, want string }{
		{"/terms/sun", "", "normal"},
		{"/terms/sun?view=elder", "", "elder"},
		{"/terms/sun", "view=elder", "elder"},
		{"/terms/sun?view=normal", "view=elder", "normal"},
		{"/terms/sun?view=huge", "", "normal"},
	} {
		a := h.get(tc.target, "Cookie", tc.cookie)
		if !strings.Contains(a.text(t), "first "+tc.want) {
			t.Errorf("%s with cookie %q: not the %s view", tc.target, tc.cookie, tc.want)
		}
		if len(a.Header["Set-Cookie"]) > 0 {
			t.Errorf("%s sets a cookie", tc.target)
		}
	}
	if got := h.value("yangguang_page_cache_entries"); got != 2 {
		t.Errorf("%v entries for two views", got)
	}
}

func TestRememberedViewIsTheOnlyCookie(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:8080": "view=elder; max-age=31536000; path=/; HttpOnly; SameSite=Strict",
		"https://zs.example.cn": "__Host-view=elder; max-age=31536000; path=/; HttpOnly; secure; SameSite=Strict",
	} {
		h := newHouse(t, func(c *page.Config) { c.Address = mustURL(t, address) })
		h.App.Post("/view", func(c *fiber.Ctx) error { h.RememberView(c, page.Elder); return nil })
		if got := h.do("POST", "/view").Header["Set-Cookie"]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: cookies %q, want %q", address, got, want)
		}
	}
}

func TestNobodyFillsTheCache(t *testing.T) {
	h := sunTerms(t, nil)
	for i := range 50 {
		h.get(fmt.Sprintf("/terms/sun?utm=%d&from=groupmessage", i))
		h.get(fmt.Sprintf("/terms/none%d", i))
		h.get(fmt.Sprintf("/terms/sun?edition=%d", i))
	}
	if got := h.value("yangguang_page_cache_entries"); got != 1 {
		t.Errorf("%v entries, want the one page that exists", got)
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	for _, bound := range []struct{ entries, bytes int }{{10, 1 << 20}, {1000, 96 << 10}} {
		h := terms(t, func(c *page.Config) { c.CacheEntries, c.CacheBytes = bound.entries, bound.bytes })
		for i := range 40 {
			name := fmt.Sprintf("t%d", i)
			h.publish(name, name)
		}
		for i := range 40 {
			if a := h.get(fmt.Sprintf("/terms/t%d", i)); a.StatusCode != 200 {
				t.Fatalf("status %d", a.StatusCode)
			}
			n, size := h.value("yangguang_page_cache_entries"), h.value("yangguang_page_cache_bytes")
			if n > float64(bound.entries) || size > float64(bound.bytes) || n < 1 {
				t.Fatalf("%v entries of %v bytes, bound to %+v", n, size, bound)
			}
		}
	}
}

func TestATooLargePageIsServedButNotKept(t *testing.T) {
	h := newHouse(t, func(c *page.Config) { c.CacheBytes = 64 << 10 })
	h.App.Get("/large", h.Cached(func(page.Reading) (page.Document, error) {
		return page.HTML(text("%s", strings.Repeat("x", 100<<10))), nil
	}))
	if a := h.get("/large"); len(a.body) != 100<<10 {
		t.Errorf("%d bytes", len(a.body))
	}
	if got := h.value("yangguang_page_cache_entries"); got != 0 {
		t.Errorf("%v entries", got)
	}
}

func TestManyMissesMakeOneRendering(t *testing.T) {
	const readers = 20
	h := newHouse(t, nil)
	var arrived sync.WaitGroup
	arrived.Add(readers)
	h.App.Get("/slow", func(c *fiber.Ctx) error { arrived.Done(); return c.Next() }, h.Cached(func(page.Reading) (page.Document, error) {
		arrived.Wait()
		return page.HTML(text("once")), nil
	}))
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			resp, err := h.App.Test(request("GET", "/slow"), -1)
			if err != nil || resp.StatusCode != 200 {
				t.Errorf("%v %v", resp, err)
				return
			}
			if b, _ := io.ReadAll(resp.Body); string(b) != "once" {
				t.Errorf("body %q", b)
			}
		})
	}
	all.Wait()
	if got := h.value("yangguang_page_renders_total"); got != 1 {
		t.Errorf("%v renderings for %d readers at once", got, readers)
	}
}

func TestWhoWaitsForABrokenRenderingIsAnswered(t *testing.T) {
	const readers = 5
	h := newHouse(t, nil)
	var arrived sync.WaitGroup
	arrived.Add(readers)
	h.App.Get("/slow", func(c *fiber.Ctx) error { arrived.Done(); return c.Next() }, h.Cached(func(page.Reading) (page.Document, error) {
		arrived.Wait()
		panic("on purpose")
	}))
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			resp, err := h.App.Test(request("GET", "/slow"), -1)
			if err != nil || resp.StatusCode != 500 {
				t.Errorf("%v %v", resp, err)
			}
		})
	}
	all.Wait()
}

func TestHalfAPageIsNeverSent(t *testing.T) {
	h := newHouse(t, nil)
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half of the page")
		return errBroken
	})
	h.App.Get("/cached", h.Cached(func(page.Reading) (page.Document, error) { return page.HTML(half), nil }))
	h.App.Get("/fresh", h.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) { return page.HTML(half), nil }))
	for _, target := range []string{"/cached", "/fresh"} {
		if a := h.get(target); a.StatusCode != 500 || strings.Contains(a.text(t), "half") {
			t.Errorf("%s: %d %s", target, a.StatusCode, a.text(t))
		}
	}
}

func TestOlderEditionsStayReadable(t *testing.T) {
	h := sunTerms(t, nil)
	h.publish("sun", "second")
	now := fmt.Sprint(h.board.Snapshot().Edition)
	for edition, want := range map[string]string{"2": "first", now: "second", "1": "", "99": "", "x": "", "-1": "", "": ""} {
		a := h.get("/terms/sun?edition=" + edition)
		if want == "" {
			if a.StatusCode != 404 {
				t.Errorf("edition %q: status %d, want 404", edition, a.StatusCode)
			}
		} else if !strings.Contains(a.text(t), want) {
			t.Errorf("edition %q does not say %q", edition, want)
		}
	}
	if !strings.Contains(h.get("/terms/sun").text(t), "second") {
		t.Error("an older edition has replaced the newest")
	}
}

func TestABodyIsPressedInTheBackground(t *testing.T) {
	h := sunTerms(t, nil)
	quick := h.get("/terms/sun", "Accept-Encoding", "br")
	pressed := h.pressed("/terms/sun")
	if len(pressed.body) >= len(quick.body) || pressed.text(t) != quick.text(t) {
		t.Errorf("pressed from %d to %d bytes", len(quick.body), len(pressed.body))
	}
	if pressed.Header.Get("Etag") == quick.Header.Get("Etag") {
		t.Error("different bytes share a strong tag")
	}
	h.publish("moon", "another record")
	if a := h.get("/terms/sun", "Accept-Encoding", "br"); len(a.body) != len(pressed.body) {
		t.Errorf("an edition that does not change the page loses its pressed form: %d bytes, had %d", len(a.body), len(pressed.body))
	}
}

func TestACachedPageCannotHaveAStatus(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Get("/odd", h.Cached(func(page.Reading) (page.Document, error) {
		d := page.HTML(text("odd"))
		d.Status = 422
		return d, nil
	}))
	h.App.Get("/secret", h.Cached(func(page.Reading) (page.Document, error) {
		d := page.HTML(text("secret"))
		d.NoStore = true
		return d, nil
	}))
	for _, target := range []string{"/odd", "/secret"} {
		if a := h.get(target); a.StatusCode != 500 {
			t.Errorf("%s: status %d", target, a.StatusCode)
		}
	}
}

func TestAFreshAnswerIsNotKept(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Get("/search", h.Fresh(func(c *fiber.Ctx, _ page.Reading) (page.Document, error) {
		return page.HTML(text("<p>%s</p>", strings.Repeat(c.Query("q"), 1000))), nil
	}))
	h.App.Post("/form", h.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) {
		d := page.HTML(text("please look again"))
		d.Status = 422
		return d, nil
	}))
	for header, want := range map[string]string{
		"gzip, deflate, br, zstd": "gzip", "br": "br", "gzip;q=0, br": "br", "deflate": "", "": "",
	} {
		a := h.get("/search?q=weixiao", "Accept-Encoding", header)
		if got := a.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: sent %q, want %q", header, got, want)
		}
		if a.text(t) != "<p>"+strings.Repeat("weixiao", 1000)+"</p>" || want != "" && len(a.body) > 1000 {
			t.Errorf("a large answer as %q: %d bytes", want, len(a.body))
		}
		if got := a.Header.Get("Cache-Control"); got != "private, no-cache" {
			t.Errorf("Cache-Control = %q", got)
		}
	}
	if a := h.get("/search?q=a", "Accept-Encoding", "br"); a.Header.Get("Content-Encoding") != "" {
		t.Error("a small answer is compressed")
	}
	if a := h.do("POST", "/form"); a.StatusCode != 422 || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("form: %d, Cache-Control %q", a.StatusCode, a.Header.Get("Cache-Control"))
	}
	if got := h.value("yangguang_page_cache_entries"); got != 0 {
		t.Errorf("%v entries", got)
	}
}

// pressed reads a page until its brotli form is the best.
func (h *house) pressed(target string) answer {
	h.t.Helper()
	for range 10000 {
		a := h.get(target, "Accept-Encoding", "br")
		if strings.HasSuffix(a.Header.Get("Etag"), `.B"`) {
			return a
		}
		time.Sleep(time.Millisecond)
	}
	h.t.Fatalf("%s is never pressed", target)
	return answer{}
}
