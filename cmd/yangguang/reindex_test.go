package main

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"yangguang/search/meili/meilitest"
)

// TestTheSameIsFoundOnEitherEngine: the site on a search server, the command
// beside it and a site without one say the same, but for who answered.
func TestTheSameIsFoundOnEitherEngine(t *testing.T) {
	server := meilitest.Start(t)
	there := []string{"--meili-url", server.URL, "--meili-key", server.Key}
	served, alone := start(t, there...), start(t)
	engine := func(p *program) string { return p.finds(t, "武陟")["engine"].(string) }
	for began := time.Now(); engine(served) != "meilisearch"; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("the search server is not filled after a minute")
		}
	}
	for _, query := range []string{"武陟", "jzwsyyxx", "學校", "外地户口能报吗", "郑州大学", "招生 学籍"} {
		want := sayings(alone.finds(t, query))
		if got := sayings(served.finds(t, query)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the site finds %v, want %v", query, got, want)
		}
		code, out, errs := once(append([]string{"search", "--data", served.data}, append(there, query)...)...)
		var got map[string]any
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
			t.Fatalf("%d, %v, %s", code, err, errs)
		}
		if got["engine"] != "meilisearch" || !reflect.DeepEqual(sayings(got), want) {
			t.Errorf("%s: the command finds %v, want %v", query, got, want)
		}
	}
}

func (p *program) finds(t *testing.T, query string) map[string]any {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(p.get(t, "/api/v1/search?q="+url.QueryEscape(query)).body), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// sayings leaves out who answered and how fast.
func sayings(found map[string]any) map[string]any {
	delete(found, "engine")
	delete(found, "took_us")
	return found
}

func TestReindex(t *testing.T) {
	server := meilitest.Start(t)
	data := t.TempDir()
	for _, c := range []struct {
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{nil, 2, "", "--meili-url"},
		{[]string{"--meili-url", server.URL, "--meili-key", server.Key}, 0, "搜索重建好了：", ""},
		{[]string{"--meili-url", server.URL, "--meili-key", server.Key}, 0, "搜索重建好了：", ""},
		{[]string{"--meili-url", server.URL, "--meili-key", "another-key-of-another"}, 1, "", "不认这把密钥"},
		{[]string{"--meili-url", "http://127.0.0.1:1", "--meili-key", server.Key}, 1, "", "连不上 Meilisearch"},
	} {
		code, out, errs := once(append([]string{"reindex", "--data", data}, c.args...)...)
		if code != c.code || !strings.Contains(out, c.stdout) || !strings.Contains(errs, c.stderr) {
			t.Errorf("%v ends with %d: %s%s", c.args, code, out, errs)
		}
	}
	swaps := 0
	for _, r := range server.Asked() {
		if r == "POST /swap-indexes" {
			swaps++
		}
	}
	if swaps != 2 {
		t.Errorf("%d swaps, want 2", swaps)
	}
}
