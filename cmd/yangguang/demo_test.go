package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// TestDemoIsMarkedEverywhere: a page, a file and an answer of the
// demonstration say what they are, and no search engine keeps them.
func TestDemoIsMarkedEverywhere(t *testing.T) {
	p := start(t, "--demo")
	site := crawl(t, p)
	for path, v := range site {
		switch kind := v.header.Get("Content-Type"); {
		case v.isPage() && !strings.Contains(v.body, "演示数据 · 非真实"),
			v.isPage() && !regexp.MustCompile(`<title>[^<]*（演示）[^<]*</title>`).MatchString(v.body),
			v.isPage() && !strings.Contains(v.body, `<meta name="robots" content="noindex">`):
			t.Errorf("%s is a page that does not say that it is a demonstration", path)
		case strings.HasPrefix(kind, "text/csv") && !strings.HasPrefix(v.body, "\ufeff演示数据 · 非真实\n"):
			t.Errorf("%s begins with %.40q", path, v.body)
		case strings.HasPrefix(kind, "application/json") && path != "/healthz" && path != "/readyz":
			var says struct {
				Demo     bool
				Extended bool `json:"x-demo"` // the description of the interface may have no other
			}
			if err := json.Unmarshal([]byte(v.body), &says); err != nil || !says.Demo && !says.Extended {
				t.Errorf("%s does not say demo (%v)", path, err)
			}
		}
	}
	for _, path := range []string{"/nothing-here", "/search?q=卫校", "/complain", "/chat", "/desk"} {
		if v := p.get(t, path); !strings.Contains(v.body, "演示数据 · 非真实") {
			t.Errorf("%s does not say that it is a demonstration", path)
		}
	}
	if robots := p.get(t, "/robots.txt").body; !strings.Contains(robots, "Disallow: /\n") {
		t.Errorf("robots.txt lets them in: %q", robots)
	}
	for _, path := range []string{"/api/v1/search?q=卫校", "/suggest?q=卫"} {
		if body := p.get(t, path).body; !strings.Contains(body, `"demo":true`) {
			t.Errorf("%s does not say demo: %.80s", path, body)
		}
	}
}

// TestRealSiteHasNoMarks: the marks mean something.
func TestRealSiteHasNoMarks(t *testing.T) {
	p := start(t)
	for _, path := range []string{"/", "/targets/2022.csv", "/targets/2022.json", "/api/v1/search?q=卫校"} {
		if body := p.get(t, path).body; strings.Contains(body, "演示数据") || strings.Contains(body, `"demo"`) {
			t.Errorf("%s says that it is a demonstration", path)
		}
	}
}

// TestDemoAndRealAreNeverMixed: neither is put into the other's folder, by no
// command, and nothing there is changed.
func TestDemoAndRealAreNeverMixed(t *testing.T) {
	real, made := t.TempDir(), t.TempDir()
	p := startOn(t, real)
	p.stop()
	d := startOn(t, made, "--demo")
	d.stop()
	for _, c := range []struct {
		says string
		args []string
	}{
		{"真实的数据", []string{"serve", "--demo", "--addr", "127.0.0.1:0", "--data", real}},
		{"真实的数据", []string{"publish", "--demo", "--data", real}},
		{"真实的数据", []string{"search", "--demo", "--data", real, "卫校"}},
		{"演示数据", []string{"serve", "--addr", "127.0.0.1:0", "--data", made}},
		{"演示数据", []string{"publish", "--data", made}},
		{"演示数据", []string{"search", "--data", made, "卫校"}},
	} {
		if code, _, stderr := once(c.args...); code != 1 || !strings.Contains(stderr, c.says) {
			t.Errorf("%v ends with %d and says %q", c.args, code, stderr)
		}
	}
	if again := startOn(t, made, "--demo"); !strings.Contains(again.get(t, "/").body, "（演示）") {
		t.Error("the demonstration does not open a second time")
	}
}

// TestDemoIsNoSiteInOperation: it is shown on this machine, with its own pack.
func TestDemoIsNoSiteInOperation(t *testing.T) {
	for _, args := range [][]string{
		{"--demo", "--operator", "示例市教育局", "--site-name", "示例", "--public-url", "https://zs.example.invalid", "--proxies", "127.0.0.1"},
		{"--demo", "--content", t.TempDir()},
		{"--demo", "--addr", "0.0.0.0:0"},
		{"--demo=perhaps"},
	} {
		code, _, stderr := once(append([]string{"serve", "--data", t.TempDir()}, args...)...)
		if code != 2 {
			t.Errorf("%v ends with %d and says %q", args, code, stderr)
		}
	}
}

// TestDemoKeepsItsYear: next year it shows the year in which it was made, whole,
// and says so.
func TestDemoKeepsItsYear(t *testing.T) {
	data := t.TempDir()
	p := startOn(t, data, "--demo", "--now", "2026-03-01")
	if v := p.get(t, "/targets/2026"); v.status != 200 {
		t.Errorf("the targets of 2026 answer %d", v.status)
	}
	p.stop()
	p = startOn(t, data, "--demo", "--now", "2027-03-01")
	if v := p.get(t, "/targets/2027"); v.status != 404 {
		t.Errorf("the targets of 2027 answer %d", v.status)
	}
	eventually(t, 0, "that it says its year", func() bool { return strings.Contains(p.out.String(), "演示城市停在2026年") })
}
