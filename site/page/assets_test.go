package page_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"yangguang/content"
	"yangguang/site/page"
)

func TestAssetsAreKeptForGood(t *testing.T) {
	h := newHouse(t, nil)
	path := h.Assets.Path("app.css")
	if !regexp.MustCompile(`^/static/app\.[A-Za-z0-9_-]{12}\.css$`).MatchString(path) {
		t.Errorf("path = %s", path)
	}
	a := h.get(path, "Accept-Encoding", "br")
	for header, want := range map[string]string{
		"Cache-Control":    "public, max-age=31536000, immutable",
		"Content-Type":     "text/css; charset=utf-8",
		"Content-Encoding": "br",
		"Vary":             "Accept-Encoding",
	} {
		if got := a.Header.Get(header); got != want {
			t.Errorf("%s = %q, want %q", header, got, want)
		}
	}
	if a.text(t) != strings.Repeat("a{color:#000}", 50) {
		t.Error("not the bytes of the file")
	}
	for _, target := range []string{"/static/app.css", "/static/app.AAAAAAAAAAAA.css", "/static/..%2fapp.css"} {
		if got := h.get(target).StatusCode; got != 404 {
			t.Errorf("%s: %d", target, got)
		}
	}
}

func TestAnAssetsAddressChangesWithItsBytes(t *testing.T) {
	at := func(css string) string {
		a, err := page.NewAssets(fstest.MapFS{"app.css": {Data: []byte(css)}})
		if err != nil {
			t.Fatal(err)
		}
		return a.Path("app.css")
	}
	if first, again := at("a{}"), at("a{}"); first != again || first == at("b{}") {
		t.Error("the address does not follow the bytes")
	}
}

func TestAnAssetOfUnknownTypeIsRefused(t *testing.T) {
	if _, err := page.NewAssets(fstest.MapFS{"font.woff2": {}}); err == nil {
		t.Error("accepted")
	}
}

func TestAnAssetAtAnAddressOfItsOwnIsRevalidated(t *testing.T) {
	h := newHouse(t, nil)
	h.App.Get("/app.css", h.Cached(func(page.Reading) (page.Document, error) { return h.Assets.Document("app.css") }))
	h.App.Get("/none.css", h.Cached(func(page.Reading) (page.Document, error) { return h.Assets.Document("none.css") }))
	if got := h.get("/app.css").Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("Cache-Control = %q", got)
	}
	if _, err := h.Assets.Document("none.css"); !errors.Is(err, content.ErrNotFound) {
		t.Errorf("err = %v", err)
	}
	if got := h.get("/none.css").StatusCode; got != 404 {
		t.Errorf("status %d", got)
	}
}

// A page asks for one style sheet, whatever it shares with others.
func TestAStyleSheetHoldsWhatItImports(t *testing.T) {
	h := newHouse(t, func(c *page.Config) {
		c.Assets = fstest.MapFS{"base.css": {Data: []byte("a{}\n")}, "app.css": {Data: []byte("@import \"base.css\";\nb{}\n")}}
	})
	if got := h.get(h.Assets.Path("app.css")).text(t); got != "a{}\nb{}\n" {
		t.Errorf("app.css = %q", got)
	}
	if _, err := page.NewAssets(fstest.MapFS{"app.css": {Data: []byte("@import \"none.css\";\n")}}); err == nil {
		t.Error("a sheet that imports nothing was taken")
	}
}
