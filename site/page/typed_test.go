package page_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// Where people tell something, a form that could not be answered comes back
// whole: in the site's own page or in the one that needs nothing else.
func TestWhatWasTypedIsHandedBack(t *testing.T) {
	var shown page.Problem
	for _, own := range []bool{true, false} {
		h := newHouse(t, func(c *page.Config) {
			c.Show = func(_ page.Reading, p page.Problem) templ.Component {
				if shown = p; own {
					return text("shown")
				}
				panic("no page")
			}
		})
		busy := func(*fiber.Ctx) error { return page.ErrBusy }
		h.App.Post("/told", busy)
		h.App.Post("/secret", busy)
		h.HandBack("/told")
		send := func(path string) answer {
			r := httptest.NewRequest("POST", path, strings.NewReader("event=E1&press=say&text=%E6%88%91%3Cb%3E%22&talk=T"))
			r.Host = "127.0.0.1"
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return h.send(r)
		}
		a := send("/told")
		if a.StatusCode != 503 || shown.Action != "/told" || shown.Press() != "say" || len(shown.Typed) != 4 {
			t.Fatalf("%d %+v", a.StatusCode, shown)
		}
		if body := a.text(t); !own {
			for _, want := range []string{`action="/told"`, `name="event" value="E1"`, `name="talk" value="T"`, "我&lt;b&gt;&#34;</textarea>", `name="press" value="say"`, "tel:110", "tel:12356", "tel:12345"} {
				if !strings.Contains(body, want) {
					t.Errorf("the page lacks %s: %s", want, body)
				}
			}
		}
		if send("/secret"); len(shown.Typed) != 0 {
			t.Errorf("handed back elsewhere: %+v", shown.Typed)
		}
	}
}
