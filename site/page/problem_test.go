package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
)

func TestAnswers(t *testing.T) {
	for _, tc := range []struct {
		err    error
		status int
		text   string
	}{
		{content.ErrNotFound, 404, "没有找到这份公示材料"},
		{fmt.Errorf("target 2022: %w", content.ErrNotFound), 404, "没有找到这份公示材料"},
		{content.ErrNoEdition, 404, "没有这个版本"},
		{content.ErrStale, 409, "刚才有人发布了新的内容"},
		{fmt.Errorf("%w: %w", complaint.ErrNotKept, context.DeadlineExceeded), 503, "现在存不了您的内容，没有收下"},
		{page.ErrBusy, 503, "现在看的人太多"},
		{page.ErrCrossSite, 403, "这份表单不是从本站发出的"},
		{context.DeadlineExceeded, 503, "本站一时没有答上来"},
		{&page.TooMany{Wait: 2500 * time.Millisecond}, 429, "这个网络刚才查得太密"},
		{fiber.ErrForbidden, 403, "这一页不对外开放"},
		{fiber.ErrRequestEntityTooLarge, 413, "送来的内容太大"},
		{fiber.ErrTeapot, 418, "本站没有看懂这个请求"},
		{fiber.ErrBadGateway, 502, "本站出错了，不是您的问题"},
		{errBroken, 500, "本站出错了，不是您的问题"},
	} {
		h := newHouse(t, nil)
		h.App.Get("/", func(*fiber.Ctx) error { return tc.err })
		a := h.get("/")
		if a.StatusCode != tc.status || !strings.Contains(a.text(t), "<h1 class=shown>"+tc.text+"</h1>") {
			t.Errorf("%v: %d %s, want %d %s", tc.err, a.StatusCode, a.text(t), tc.status, tc.text)
		}
		if got := a.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%v: Cache-Control = %q", tc.err, got)
		}
		if tc.status == 429 && (a.Header.Get("Retry-After") != "3" || !strings.Contains(a.text(t), "请过 3 秒再试")) {
			t.Errorf("429: Retry-After %q, text %s", a.Header.Get("Retry-After"), a.text(t))
		}
		if tc.status == 503 && a.Header.Get("Retry-After") == "" {
			t.Errorf("%v: no Retry-After", tc.err)
		}
	}
}

func TestUnknownAddressAndMethod(t *testing.T) {
	h := sunTerms(t, nil)
	if a := h.get("/nothing/here"); a.StatusCode != 404 || !strings.Contains(a.text(t), "没有这个网页") {
		t.Errorf("%d %s", a.StatusCode, a.text(t))
	}
	a := h.do("POST", "/terms/sun")
	if allow := a.Header.Get("Allow"); a.StatusCode != 405 || !strings.Contains(allow, "GET") || !strings.Contains(allow, "HEAD") {
		t.Errorf("%d, Allow %q", a.StatusCode, allow)
	}
}

func TestASlashTooMany(t *testing.T) {
	h := sunTerms(t, nil)
	for target, want := range map[string]string{
		"/terms/sun/":             "/terms/sun",
		"/terms/sun//?view=elder": "/terms/sun?view=elder",
		"//evil.example/":         "",
		"/\\evil.example/":        "",
		"/terms/sun":              "",
		"/":                       "",
	} {
		r := request("GET", "/")
		r.RequestURI = target
		a := h.send(r)
		if got := a.Header.Get("Location"); got != want {
			t.Errorf("%s: Location %q, want %q (status %d)", target, got, want, a.StatusCode)
		}
	}
}

func TestOurFaultIsLoggedOnceAndToldWithItsTrace(t *testing.T) {
	for name, handler := range map[string]fiber.Handler{
		"error": broken,
		"panic": func(*fiber.Ctx) error { panic(errBroken.Error()) },
	} {
		h := newHouse(t, nil)
		h.App.Post("/form/:id", handler)
		r := request("POST", "/form/receipt77?q=whispered", "Cookie", "view=elder")
		r.Body = io.NopCloser(strings.NewReader("confession"))
		r.ContentLength = 10
		shown := h.send(r).text(t)
		if strings.Contains(shown, errBroken.Error()) {
			t.Errorf("%s: the reader is told the cause: %s", name, shown)
		}
		var faults []map[string]any
		for line := range strings.Lines(h.log.String()) {
			var at map[string]any
			if err := json.Unmarshal([]byte(line), &at); err != nil {
				t.Fatal(err)
			}
			if at["level"] == "ERROR" {
				faults = append(faults, at)
			}
		}
		if len(faults) != 1 {
			t.Fatalf("%s: logged %d times:\n%s", name, len(faults), h.log)
		}
		trace, _ := faults[0]["trace"].(string)
		if len(trace) != 8 || !strings.Contains(shown, trace) {
			t.Errorf("%s: trace %q is not on the page: %s", name, trace, shown)
		}
		if faults[0]["route"] != "/form/:id" || !strings.Contains(fmt.Sprint(faults[0]["error"]), errBroken.Error()) {
			t.Errorf("%s: %v", name, faults[0])
		}
		if _, ok := faults[0]["stack"]; ok != (name == "panic") {
			t.Errorf("%s: stack logged: %v", name, ok)
		}
		for _, private := range []string{"whispered", "confession", "receipt77", "0.0.0.0"} {
			if strings.Contains(h.log.String(), private) {
				t.Errorf("%s: %q is in the log:\n%s", name, private, h.log)
			}
		}
	}
}

func TestWhatIsNotOurFaultIsNotLogged(t *testing.T) {
	h := sunTerms(t, nil)
	h.App.Get("/busy", func(*fiber.Ctx) error { return page.ErrBusy })
	h.get("/nothing")
	h.get("/terms/none")
	h.get("/busy")
	h.do("POST", "/terms/sun", "Sec-Fetch-Site", "cross-site")
	if strings.Contains(h.log.String(), "ERROR") {
		t.Errorf("logged:\n%s", h.log)
	}
}

func TestProgramsGetJSON(t *testing.T) {
	h := sunTerms(t, nil)
	h.App.Get("/api/v1/broken", broken)
	for target, want := range map[string]int{"/api/v1/nothing": 404, "/targets/1999.json": 404, "/api/v1/broken": 500} {
		a := h.get(target)
		var got struct {
			Status             int
			Error, Help, Trace string
		}
		if err := json.Unmarshal(a.body, &got); err != nil || a.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Fatalf("%s: %v: %s", target, err, a.body)
		}
		if got.Status != want || a.StatusCode != want || got.Error == "" || got.Help == "" || (got.Trace != "") != (want == 500) {
			t.Errorf("%s: %+v", target, got)
		}
	}
}

func TestAProblemIsToldEvenIfItsPageCannotBeDrawn(t *testing.T) {
	for name, show := range map[string]func(page.Reading, page.Problem) templ.Component{
		"error": func(page.Reading, page.Problem) templ.Component {
			return templ.ComponentFunc(func(context.Context, io.Writer) error { return errBroken })
		},
		"panic":        func(page.Reading, page.Problem) templ.Component { panic("on purpose") },
		"no component": func(page.Reading, page.Problem) templ.Component { return nil },
	} {
		h := newHouse(t, func(c *page.Config) { c.Show = show })
		a := h.get("/nothing")
		for _, want := range []string{"没有这个网页", "12345", `<html lang="zh-CN">`} {
			if a.StatusCode != 404 || !strings.Contains(a.text(t), want) {
				t.Errorf("%s: %d without %s: %s", name, a.StatusCode, want, a.text(t))
			}
		}
	}
}
