package main

import (
	"strings"
	"testing"
)

// A page has one address: other ways to write its year are none, or each would
// be made and kept again.
func TestOneAddressForAPage(t *testing.T) {
	p := start(t)
	for _, path := range []string{"/targets/02022", "/targets/+2022", "/targets/0002022.json", "/calendar/02022", "/targets/02022/410823", "/targets/0", "/targets/99999999999999999999"} {
		if got := p.get(t, path).status; got != 404 {
			t.Errorf("%s answers %d, want 404", path, got)
		}
	}
}

// An older edition stays in itself: its lists as data are of that edition, it
// is kept out of search engines, and what is about today leaves it.
func TestOlderEditionStaysInItself(t *testing.T) {
	p := start(t)
	if code, _, said := once("publish", "--data", p.data, "--content", withMore(t, 7)); code != 0 {
		t.Fatalf("publish: %d, %s", code, said)
	}
	checkWhole(t, startOn(t, p.data), 2, 7)
	q := startOn(t, p.data)
	old := q.get(t, "/targets/2022?edition=1").body
	for _, want := range []string{`href="/targets/2022.csv?edition=1"`, `href="/targets/2022/410823?edition=1"`, `href="/targets/2022"`, `content="noindex"`, "旧版本"} {
		if !strings.Contains(old, want) {
			t.Errorf("the old page has no %s", want)
		}
	}
	if got := q.get(t, "/targets?edition=1"); got.url != "/targets/2022?edition=1" {
		t.Errorf("/targets?edition=1 leads to %s", got.url)
	}
	if got := q.get(t, "/search?q=wuzhi&edition=1").body; !strings.Contains(got, "3307") || strings.Contains(got, "旧版本") {
		t.Error("a search in an old edition is not one of today")
	}
	if got := q.get(t, "/api/v1/search?q=wuzhi&edition=1").status; got != 404 {
		t.Errorf("the API answers an old edition with %d", got)
	}
}

// A link to the check carries the words, and is answered.
func TestALinkToTheCheckIsAnswered(t *testing.T) {
	got := start(t).get(t, "/verify?q=%E7%84%A6%E4%BD%9C%E5%8D%AB%E7%94%9F%E5%8C%BB%E8%8D%AF%E5%AD%A6%E6%A0%A1").body
	for _, want := range []string{"不能判断", "焦作卫生医药学校", "1300"} {
		if !strings.Contains(got, want) {
			t.Errorf("the answer has no %s", want)
		}
	}
}
