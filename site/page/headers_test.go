package page_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// everyKind is one answer of each kind that a server can give.
func everyKind(t *testing.T, address string) map[string]answer {
	h := sunTerms(t, func(c *page.Config) {
		if address != "" {
			c.Address = mustURL(t, address)
		}
	})
	h.App.Get("/broken", broken)
	h.App.Get("/panic", func(*fiber.Ctx) error { panic("on purpose") })
	h.App.Get("/away", func(c *fiber.Ctx) error { return c.Redirect("/terms/sun") })
	h.App.Get("/list.csv", h.Cached(func(page.Reading) (page.Document, error) {
		return page.List[struct{ A int }]{}.CSV(), nil
	}))
	h.App.Post("/form", func(c *fiber.Ctx) error { return c.SendString("好") })
	return map[string]answer{
		"page":           h.get("/terms/sun", "Accept-Encoding", "br"),
		"not modified":   h.get("/terms/sun", "If-None-Match", "*"),
		"head":           h.do("HEAD", "/terms/sun"),
		"asset":          h.get(h.Assets.Path("app.css")),
		"list":           h.get("/list.csv"),
		"redirect":       h.get("/away"),
		"slash too many": h.get("/terms/sun/"),
		"not found":      h.get("/nothing"),
		"not allowed":    h.do("DELETE", "/terms/sun"),
		"cross site":     h.do("POST", "/form", "Sec-Fetch-Site", "cross-site"),
		"form":           h.do("POST", "/form"),
		"broken":         h.get("/broken"),
		"panic":          h.get("/panic"),
		"odd method":     h.do("BREW", "/terms/sun"),
	}
}

func TestEveryAnswerIsArmoured(t *testing.T) {
	for name, a := range everyKind(t, "") {
		for header, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "same-origin",
			"X-Frame-Options":              "DENY",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Cross-Origin-Embedder-Policy": "require-corp",
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
				"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
		} {
			if got := a.Header[http.CanonicalHeaderKey(header)]; len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s = %q, want %q once", name, header, got, want)
			}
		}
		if got := a.Header.Get("Strict-Transport-Security"); got != "" {
			t.Errorf("%s: transport security promised over http: %q", name, got)
		}
		if ct := a.Header.Get("Content-Type"); strings.HasPrefix(ct, "text/") && !strings.HasSuffix(ct, "; charset=utf-8") {
			t.Errorf("%s: Content-Type %q names no charset", name, ct)
		}
		if got := a.Header.Get("Server"); got != "" {
			t.Errorf("%s: Server = %q", name, got)
		}
	}
}

func TestObservatoryGradesEveryAnswerAPlus(t *testing.T) {
	for name, a := range everyKind(t, "https://zs.example.cn") {
		if got := observatory(t, a); got < 130 {
			t.Errorf("%s: %d points, want at least 130", name, got)
		}
	}
}

// observatory is the arithmetic of Mozilla's HTTP Observatory
// (mdn-http-observatory, src/grader/charts.js) for what can be read from one
// answer of a site without cookies, cross-origin scripts or CORS: from 100,
// penalties first, bonuses only if at least 90 points are left. The 10 + 10
// points of its newest version for COOP and COEP come on top.
func observatory(t *testing.T, a answer) int {
	t.Helper()
	head := a.Header.Get
	csp := map[string]string{}
	for directive := range strings.SplitSeq(head("Content-Security-Policy"), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		csp[name] = value
	}
	penalty, bonus := 0, 0
	switch unsafe := regexp.MustCompile(`unsafe-|\*|https?:|data:`).MatchString(head("Content-Security-Policy")); {
	case len(csp) <= 1:
		penalty += 25 // csp-not-implemented
	case unsafe:
		penalty += 20 // csp-implemented-with-unsafe-inline and worse
	case csp["default-src"] == "'none'":
		bonus += 10 // csp-implemented-with-no-unsafe-default-src-none
	default:
		bonus += 5
	}
	hsts := regexp.MustCompile(`max-age=(\d+)`).FindStringSubmatch(head("Strict-Transport-Security"))
	if hsts == nil {
		penalty += 20
	} else if age, err := strconv.Atoi(hsts[1]); err != nil || age < 15768000 {
		penalty += 10 // under six months
	}
	if head("X-Content-Type-Options") != "nosniff" {
		penalty += 5
	}
	if csp["frame-ancestors"] == "'none'" {
		bonus += 5
	} else if head("X-Frame-Options") == "" {
		penalty += 20
	}
	switch head("Referrer-Policy") {
	case "no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin":
		bonus += 5
	case "origin", "origin-when-cross-origin", "unsafe-url":
		penalty += 5
	}
	if head("Cross-Origin-Resource-Policy") == "same-origin" {
		bonus += 10
	}
	if len(a.Header["Set-Cookie"]) > 0 || head("Access-Control-Allow-Origin") != "" {
		t.Errorf("this arithmetic knows neither cookies nor CORS: %v", a.Header)
	}
	if 100-penalty < 90 {
		return 100 - penalty
	}
	return 100 - penalty + bonus
}
