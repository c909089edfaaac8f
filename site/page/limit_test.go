package page_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
	"yangguang/site/page/limittest"
)

var three = page.Rate{Name: "search", Burst: 3, Every: 10 * time.Second}

func TestMeter(t *testing.T) {
	limittest.Run(t, func(_ *testing.T, now func() time.Time) page.Limiter { return page.NewMeter(now) })
}

func TestAMeterForgetsThoseWhoLeft(t *testing.T) {
	c := &clock{at: time.Unix(1_700_000_000, 0)}
	m := page.NewMeter(c.now)
	size := func() uint64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before := size()
	for i := range 1_000_000 {
		if i%10_000 == 0 {
			c.move(time.Minute)
		}
		_, _ = m.Take(t.Context(), three, fmt.Sprintf("2001:db8:%x::/64", i))
	}
	if grown := int64(size()) - int64(before); grown > 16<<20 {
		t.Errorf("%d MB are held for sources that have left", grown>>20)
	}
	runtime.KeepAlive(m)
}

// searches is a house whose search is limited. The address of App.Test is no
// loopback address.
func searches(t *testing.T, change func(*page.Config)) *house {
	h := newHouse(t, change)
	h.App.Get("/search", h.Limit(three), h.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) {
		return page.HTML(text("found")), nil
	}))
	return h
}

func TestASourceThatAsksTooOften(t *testing.T) {
	h := searches(t, nil)
	statuses := ""
	for i := range 5 {
		// A written address makes no new source.
		a := h.get("/search", "X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i), "X-Real-Ip", fmt.Sprintf("203.0.113.%d", i), "Forwarded", "for=203.0.113.9")
		statuses += fmt.Sprint(a.StatusCode, a.Header.Get("Retry-After"), " ")
	}
	if want := "200 200 200 42910 42910 "; statuses != want {
		t.Errorf("answers %q, want %q", statuses, want)
	}
	if got := h.value("yangguang_limited_total", "limit=search"); got != 2 {
		t.Errorf("%v counted as limited", got)
	}
	h.clock.move(10 * time.Second)
	if a := h.get("/search"); a.StatusCode != 200 {
		t.Errorf("after the wait: %d", a.StatusCode)
	}
}

func TestOlderEditionsAreReadInTurns(t *testing.T) {
	h := sunTerms(t, nil)
	last := 0
	for range 70 {
		last = h.get("/terms/sun?edition=1").StatusCode
	}
	if last != 429 {
		t.Errorf("the 70th older edition in a moment: %d", last)
	}
	if got := h.get("/terms/sun").StatusCode; got != 200 {
		t.Errorf("the newest beside it: %d", got)
	}
}

func TestBehindOurProxyTheSourceIsTheOneItSaw(t *testing.T) {
	h := searches(t, func(c *page.Config) {
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("10.0.0.0/8")}
	})
	ask := func(forwarded ...string) int {
		var headers []string
		for _, f := range forwarded {
			headers = append(headers, "X-Forwarded-For", f)
		}
		return h.get("/search", headers...).StatusCode
	}
	for i := range 3 {
		// What stands before the address that the proxy saw is anybody's word.
		if got := ask(fmt.Sprintf("198.51.100.%d, 203.0.113.7, 10.1.2.3", i)); got != 200 {
			t.Fatalf("status %d", got)
		}
	}
	for _, tc := range []struct {
		name      string
		forwarded []string
		want      int
	}{
		{"the same source", []string{"203.0.113.7"}, 429},
		{"with a forged first line", []string{"198.51.100.1", "203.0.113.7"}, 429},
		{"written as IPv6", []string{"::ffff:203.0.113.7"}, 429},
		{"nonsense before it", []string{"nonsense, 203.0.113.7"}, 429},
		{"another source", []string{"203.0.113.8"}, 200},
	} {
		if got := ask(tc.forwarded...); got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
}

func TestOneHouseholdIsOneSource(t *testing.T) {
	h := searches(t, func(c *page.Config) { c.Proxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")} })
	statuses := ""
	for _, from := range []string{"2001:db8:1:2::1", "2001:db8:1:2:3::4", "2001:db8:1:2:ffff::", "2001:db8:1:2::5", "2001:db8:1:3::1"} {
		statuses += fmt.Sprint(h.get("/search", "X-Forwarded-For", from).StatusCode, " ")
	}
	if want := "200 200 200 429 200 "; statuses != want {
		t.Errorf("answers %q, want %q", statuses, want)
	}
}

func TestTheMachineItselfIsNoSource(t *testing.T) {
	h := searches(t, func(c *page.Config) { c.Proxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")} })
	for i := range 10 {
		if got := h.get("/search", "X-Forwarded-For", []string{"127.0.0.1", "::1"}[i%2]).StatusCode; got != 200 {
			t.Fatalf("request %d from loopback: %d", i, got)
		}
	}
}

type lostLimiter struct{}

func (lostLimiter) Take(context.Context, page.Rate, string) (time.Duration, error) {
	return 0, errors.New("no connection")
}

func (lostLimiter) Return(context.Context, page.Rate, string) error { return errBroken }

func TestLimitsThatCannotBeCountedRefuse(t *testing.T) {
	h := searches(t, func(c *page.Config) { c.Limiter = lostLimiter{} })
	a := h.get("/search")
	if a.StatusCode != 503 || a.Header.Get("Retry-After") == "" || strings.Contains(a.text(t), "found") {
		t.Errorf("%d %s", a.StatusCode, a.text(t))
	}
	if !strings.Contains(h.log.String(), "no connection") {
		t.Error("nobody is told in the log")
	}
}

// TestTheBrake runs in a bubble, where a wait takes no time. fasthttp's own
// clock is started outside, because it never ends.
func TestTheBrake(t *testing.T) {
	newHouse(t, nil).get("/")
	synctest.Test(t, func(t *testing.T) {
		leave := make(chan struct{})
		h := newHouse(t, func(c *page.Config) { c.Renders, c.Waiting, c.Patience = 2, 3, time.Second })
		defer h.Close()
		handler := h.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) {
			<-leave
			return page.HTML(text("found")), nil
		})
		h.App.Get("/search", h.Limit(page.Rate{Name: "search", Burst: 100, Every: time.Second}), handler)
		h.App.Get("/terms/:name", h.Cached(term))
		h.publish("sun", "first")
		var answers sync.Map
		ask := func(name, target string) {
			go func() {
				if resp, err := h.App.Test(request("GET", target), -1); err == nil {
					answers.Store(name, resp.StatusCode)
				}
			}()
			synctest.Wait()
		}
		got := func(name string) any { a, _ := answers.Load(name); return a }

		ask("a", "/search")
		ask("b", "/search")
		ask("c", "/terms/sun")
		ask("d", "/search")
		ask("e", "/search")
		ask("one too many", "/search")
		if got("one too many") != 503 || got("c") != nil {
			t.Errorf("with 2 in the making and 3 waiting: one more gets %v, a waiting one %v", got("one too many"), got("c"))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for _, name := range []string{"c", "d", "e"} {
			if got(name) != 503 {
				t.Errorf("%s waited longer than the patience and got %v", name, got(name))
			}
		}
		if n := h.value("yangguang_limited_total", "limit=renders"); n != 4 {
			t.Errorf("%v counted as refused, want 4", n)
		}
		close(leave)
		synctest.Wait()
		if got("a") != 200 || got("b") != 200 {
			t.Errorf("those in the making got %v and %v", got("a"), got("b"))
		}
		ask("after", "/terms/sun")
		if got("after") != 200 {
			t.Errorf("after the rush: %v", got("after"))
		}
	})
}
