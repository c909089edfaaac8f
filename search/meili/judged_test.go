package meili_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"yangguang/content/contenttest"
	"yangguang/realtest"
	"yangguang/search"
	"yangguang/search/meili"
	"yangguang/search/meili/meilitest"
	"yangguang/search/searchtest"
)

func finder(t testing.TB, index search.Index) *search.Finder {
	t.Helper()
	f := search.NewFinder(index)
	f.Now = func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }
	if err := f.Follow(t.Context(), contenttest.Bundled(t)); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestJudgedOnTheFake(t *testing.T) {
	server := meilitest.Start(t)
	judge(t, meili.Open(config(server.URL, server.Key)))
}

func TestJudgedOnTheReal(t *testing.T) {
	server := realtest.StartMeilisearch(t)
	judge(t, meili.Open(config(server.URL, server.Key)))
}

// judge asks the judged queries of both engines. What they find is the same to
// the byte of the API.
func judge(t *testing.T, served search.Index) {
	queries := searchtest.ReadJudged(t, "../testdata/judged.tsv")
	here, there := finder(t, search.NewMemory()), finder(t, served)
	want, got := searchtest.Judge(t, here, queries), searchtest.Judge(t, there, queries)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		w, g := want[name], got[name]
		t.Logf("%-12s %3d queries, success@3 %.3f and %.3f, MRR %.3f and %.3f", name, w.All, w.Success(), g.Success(), w.MRR(), g.MRR())
		if g.Success() < w.Success()-0.02 || g.MRR() < w.MRR()-0.02 {
			t.Errorf("class %s: success@3 %.3f, MRR %.3f, in process %.3f and %.3f", name, g.Success(), g.MRR(), w.Success(), w.MRR())
		}
	}
	for i, j := range queries {
		if i%3 != 0 {
			continue // a real server needs a few milliseconds for each
		}
		q := search.Query{Text: j.Query, Offset: []int{0, 0, 0, 5}[i%4], Type: []string{"", "", "faq", ""}[i%4]}
		if w, g := said(t, here, q), said(t, there, q); w != g {
			t.Errorf("%+v finds on the server\n%s\nand in process\n%s", q, g, w)
		}
	}
}

func said(t *testing.T, f *search.Finder, q search.Query) string {
	t.Helper()
	r, err := f.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if r.Degraded {
		t.Errorf("%s: degraded", q.Text)
	}
	r.Engine, r.TookUS = "", 0
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
