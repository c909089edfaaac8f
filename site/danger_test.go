package site

import (
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"yangguang/content"
	"yangguang/site/page"
)

// Whoever may be in danger sees whom to call before anything else, and is told
// of nobody who reads.
func TestDangerComesFirst(t *testing.T) {
	s := notice(t)
	for name, one := range map[string]struct {
		page   func(*Site) pageFunc
		fields map[string]string
		after  string // what the help stands before
	}{
		"search":            {func(s *Site) pageFunc { return s.search }, map[string]string{"q": "甲县 老师打我"}, `<form class="search"`},
		"search, no result": {func(s *Site) pageFunc { return s.search }, map[string]string{"q": "被打"}, `<form class="search"`},
		"verify":            {func(s *Site) pageFunc { return s.verify }, map[string]string{"q": "包分配，老师打我"}, "您贴的内容"},
	} {
		t.Run(name, func(t *testing.T) {
			html := shown(t, s, one.page, one.fields)
			_, main, _ := strings.Cut(html, "<h1>")
			wants(t, html, `href="tel:110"`, `href="tel:12356"`, "你没有做错什么", "信得过的大人",
				`<a class="button leave noprint" href="https://www.baidu.com/" rel="noreferrer">快速离开</a>`, "not:没有找到")
			if help, rest := strings.Index(main, `id="danger"`), strings.Index(main, one.after); help < 0 || rest < help {
				t.Errorf("the help stands at %d, %q at %d", help, one.after, rest)
			}
			if title, _, _ := strings.Cut(html, "</title>"); strings.Contains(title, "打") || strings.Contains(title, "投诉") {
				t.Errorf("the title is not neutral: %s", title)
			}
		})
	}
	for _, harmless := range []string{"甲县", "打几折", "天天打电话"} {
		wants(t, shown(t, s, func(s *Site) pageFunc { return s.search }, map[string]string{"q": harmless}), `not:id="danger"`, "not:快速离开")
		wants(t, shown(t, s, func(s *Site) pageFunc { return s.verify }, map[string]string{"q": harmless}), `not:id="danger"`)
	}
}

// What somebody in danger read is kept in no store.
func TestDangerIsNotStored(t *testing.T) {
	s := notice(t)
	for _, c := range []struct {
		name, q string
		page    func(*Site) pageFunc
		want    bool
	}{
		{"search", "被打", func(s *Site) pageFunc { return s.search }, true},
		{"search", "甲县", func(s *Site) pageFunc { return s.search }, false},
		{"verify", "老师打我", func(s *Site) pageFunc { return s.verify }, true},
		{"verify", "包分配", func(s *Site) pageFunc { return s.verify }, false},
	} {
		site, r := asking(t, s, map[string]string{"q": c.q})
		d, err := drawn(c.page(site), r)
		if err != nil || d.NoStore != c.want {
			t.Errorf("%s of %q: no-store is %v, %v; want %v", c.name, c.q, d.NoStore, err, c.want)
		}
	}
}

func TestDangerIsNotStoredAsJSON(t *testing.T) {
	site, _ := asking(t, notice(t), nil)
	app := fiber.New()
	for q, want := range map[string]bool{"被打": true, "甲县": false} {
		c := app.AcquireCtx(new(fasthttp.RequestCtx))
		c.Request().SetRequestURI("/?q=" + url.QueryEscape(q))
		d, err := site.searchJSON(c, page.Reading{Snapshot: &content.Snapshot{}})
		app.ReleaseCtx(c)
		if err != nil || d.NoStore != want {
			t.Errorf("%s: no-store is %v, %v; want %v", q, d.NoStore, err, want)
		}
	}
}
