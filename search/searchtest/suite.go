// Package searchtest holds the suite that every [search.Index] passes, and a
// made corpus for it and for benchmarks. What an index must find is said by
// the plainest program that can say it: a scan of all texts.
package searchtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"yangguang/search"
	"yangguang/search/hanzi"
)

// Run runs the suite. open returns a new empty index for each test.
func Run(t *testing.T, open func(t *testing.T) search.Index) {
	corpus := Corpus(600)
	filled := func(t *testing.T) search.Index {
		t.Helper()
		x := open(t)
		if err := x.Replace(t.Context(), corpus); err != nil {
			t.Fatal(err)
		}
		return x
	}
	given := Corpus(len(corpus))
	defer func() {
		if !reflect.DeepEqual(corpus, given) {
			t.Error("an index changed the documents that it was given")
		}
	}()
	t.Run("an empty index finds nothing", func(t *testing.T) {
		got := find(t, open(t), search.Wanted{Terms: terms("护理"), Limit: 20})
		if got.Total != 0 || len(got.Hits) != 0 {
			t.Errorf("found %d", got.Total)
		}
	})
	t.Run("every piece of a text is found", func(t *testing.T) { pieces(t, filled(t), corpus) })
	t.Run("totals, groups and facets are those of a scan", func(t *testing.T) { counts(t, filled(t), corpus) })
	t.Run("hits are the whole set, once, page by page", func(t *testing.T) { pages(t, filled(t), corpus) })
	t.Run("relaxed hits have enough of the terms", func(t *testing.T) { relaxed(t, filled(t), corpus) })
	t.Run("hints order and find nothing", func(t *testing.T) { hints(t, open(t)) })
	t.Run("what is put first is first", func(t *testing.T) { first(t, filled(t), corpus) })
	t.Run("names are searched and not shown", func(t *testing.T) { names(t, open(t)) })
	t.Run("a match in the title leads", func(t *testing.T) { titleLeads(t, open(t)) })
	t.Run("marks stand on the words as written", func(t *testing.T) { marked(t, filled(t), open(t)) })
	t.Run("a replacement is whole", func(t *testing.T) { replaced(t, filled(t)) })
	t.Run("a cancelled request is an error", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := filled(t).Search(ctx, search.Wanted{Terms: terms("护理")}); err == nil {
			t.Error("no error")
		}
	})
}

func terms(texts ...string) []search.Term {
	out := make([]search.Term, len(texts))
	for i, s := range texts {
		out[i].Text = s
	}
	return out
}

func find(t *testing.T, x search.Index, w search.Wanted) search.Found {
	t.Helper()
	got, err := x.Search(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Scan is the oracle: what w finds by looking at every text, with its counts.
// Hits stand in the order of docs and carry ids only.
func Scan(docs []search.Doc, w search.Wanted) search.Found {
	types, years := map[string]int{}, map[string]int{}
	out := search.Found{Facets: map[string][]search.Facet{}}
	if w.Lenient {
		w.Terms = slices.DeleteFunc(slices.Clone(w.Terms), func(t search.Term) bool {
			return !slices.ContainsFunc(docs, func(d search.Doc) bool { return has(d, t) })
		})
		if len(w.Terms) == 0 {
			return out
		}
	}
	for _, d := range docs {
		if !matches(d, w) {
			continue
		}
		typeFits, yearFits := w.Type == "" || d.Type == w.Type, w.Year == 0 || d.Year == w.Year
		if yearFits {
			types[d.Type]++
		}
		if typeFits && d.Year != 0 {
			years[strconv.Itoa(d.Year)]++
		}
		if typeFits && yearFits {
			out.Total++
			out.Hits = append(out.Hits, search.Hit{ID: d.ID})
		}
	}
	for v, n := range types {
		out.Groups = append(out.Groups, search.Group{Type: v, Total: n})
		out.Facets["type"] = append(out.Facets["type"], search.Facet{Value: v, Total: n})
	}
	for v, n := range years {
		out.Facets["year"] = append(out.Facets["year"], search.Facet{Value: v, Total: n})
	}
	return out
}

func matches(d search.Doc, w search.Wanted) bool {
	have, all := 0.0, 0.0
	for _, t := range w.Terms {
		weight := t.Weight
		if weight == 0 {
			weight = 1
		}
		all += weight
		if has(d, t) {
			have += weight
		}
	}
	if w.Enough == 0 {
		return have == all
	}
	return have > 0 && have >= all*w.Enough-1e-4
}

func has(d search.Doc, t search.Term) bool {
	return slices.ContainsFunc(append([]string{t.Text}, t.Also...), func(s string) bool { return occurs(d, s) })
}

func occurs(d search.Doc, text string) bool {
	text = hanzi.Fold(text)
	for _, field := range append([]string{d.Title, d.Text}, d.Names...) {
		if text != "" && strings.Contains(hanzi.Fold(field), text) {
			return true
		}
	}
	return false
}

// same compares what was found with the oracle: counts, and the hits' ids as
// far as they go.
func same(t *testing.T, what string, got, want search.Found) {
	t.Helper()
	if got.Total != want.Total {
		t.Errorf("%s: total %d, want %d", what, got.Total, want.Total)
	}
	if g, w := countsOf(got), countsOf(want); g != w {
		t.Errorf("%s: counts\n%s\nwant\n%s", what, g, w)
	}
	ids := map[string]bool{}
	for _, h := range want.Hits {
		ids[h.ID] = true
	}
	for _, h := range got.Hits {
		if !ids[h.ID] {
			t.Errorf("%s: %s should not be found, or not twice", what, h.ID)
		}
		delete(ids, h.ID)
	}
}

func countsOf(f search.Found) string {
	var lines []string
	for _, g := range f.Groups {
		lines = append(lines, fmt.Sprint("group ", g.Type, g.Total))
	}
	for name, values := range f.Facets {
		for _, v := range values {
			lines = append(lines, fmt.Sprint(name, " ", v.Value, v.Total))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// pieces cuts random pieces out of random fields and looks for their document.
func pieces(t *testing.T, x search.Index, corpus []search.Doc) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		d := corpus[rnd.IntN(len(corpus))]
		fields := append([]string{d.Title, d.Text}, d.Names...)
		field := []rune(hanzi.Fold(fields[rnd.IntN(len(fields))]))
		size := min(1+rnd.IntN(8), len(field))
		at := rnd.IntN(len(field) - size + 1)
		w := search.Wanted{Terms: terms(string(field[at : at+size])), Limit: search.MaxHits}
		same(t, w.Terms[0].Text, find(t, x, w), Scan(corpus, w))
	}
}

func counts(t *testing.T, x search.Index, corpus []search.Doc) {
	for _, q := range Queries {
		for _, w := range []search.Wanted{
			{Limit: 20}, {Type: "plan", Limit: 20}, {Year: 2022, Limit: 20}, {Type: "school", Year: 2024}, {Type: "none"},
		} {
			w.Terms = terms(q.Terms...)
			same(t, fmt.Sprint(q.Terms, w.Type, w.Year), find(t, x, w), Scan(corpus, w))
		}
	}
	w := search.Wanted{Terms: []search.Term{{Text: "护士", Also: []string{"护理", "助产"}}, {Text: "學校"}}, Limit: 20}
	same(t, "other words", find(t, x, w), Scan(corpus, w))
	same(t, "everything", find(t, x, search.Wanted{Limit: 20}), Scan(corpus, search.Wanted{}))
}

func pages(t *testing.T, x search.Index, corpus []search.Doc) {
	w := search.Wanted{Terms: terms("护理")}
	want := Scan(corpus, w)
	var got search.Found
	for w.Limit = 7; ; w.Offset += w.Limit {
		page := find(t, x, w)
		got.Hits = append(got.Hits, page.Hits...)
		if len(page.Hits) == 0 {
			got.Total, got.Groups, got.Facets = page.Total, page.Groups, page.Facets
			break
		}
	}
	same(t, "pages", got, want)
	if len(got.Hits) != want.Total {
		t.Errorf("%d hits on all pages, want %d", len(got.Hits), want.Total)
	}
	w.Offset, w.Limit = 0, want.Total
	for i, h := range find(t, x, w).Hits {
		if h.ID != got.Hits[i].ID {
			t.Fatalf("hit %d is %s on one long page and %s on short ones", i, h.ID, got.Hits[i].ID)
		}
	}
}

func relaxed(t *testing.T, x search.Index, corpus []search.Doc) {
	w := search.Wanted{Enough: 0.5, Limit: 20, Terms: []search.Term{
		{Text: "护理", Weight: 2}, {Text: "丙原"}, {Text: "没有这个词"}, {Text: "烹饪", Also: []string{"中西面点"}},
	}}
	got := find(t, x, w)
	same(t, "relaxed", got, Scan(corpus, w))
	w.Lenient, w.Enough = true, 0.6
	same(t, "lenient", find(t, x, w), Scan(corpus, w))
	if len(got.Hits) == 0 || !strings.Contains(got.Hits[0].Title, "护理") || !strings.Contains(got.Hits[0].Title, "丙原") {
		t.Errorf("the hit with most terms does not lead: %+v", got.Hits)
	}
}

func hints(t *testing.T, x search.Index) {
	put(t, x,
		search.Doc{ID: "a", Type: "faq", Title: "学籍的事", Text: "答"},
		search.Doc{ID: "b", Type: "faq", Title: "怎么查学籍", Text: "答"},
		search.Doc{ID: "c", Type: "faq", Title: "怎么查别的", Text: "答"})
	w := search.Wanted{Terms: terms("学籍"), Enough: 0.5, Hints: []string{"怎么", "么查"}, Limit: 5}
	got := find(t, x, w)
	if got.Total != 2 || got.Hits[0].ID != "b" {
		t.Errorf("found %+v", got.Hits)
	}
}

func first(t *testing.T, x search.Index, corpus []search.Doc) {
	w := search.Wanted{Terms: terms("护理"), Limit: 3}
	all := Scan(corpus, w)
	last := all.Hits[len(all.Hits)-1].ID
	w.First = []string{"plan/none", last}
	got := find(t, x, w)
	if len(got.Hits) == 0 || got.Hits[0].ID != last || got.Total != all.Total {
		t.Errorf("%s does not lead, or the total changed from %d to %d", last, all.Total, got.Total)
	}
	w = search.Wanted{Terms: terms("没有这个词"), First: []string{last}, Limit: 3}
	if got := find(t, x, w); got.Total != 0 {
		t.Error("a document that does not match was put first")
	}
}

func names(t *testing.T, x search.Index) {
	put(t, x, search.Doc{ID: "a", Type: "unit", Title: "示例卫生医药学校", Text: "1200 人", Names: []string{"卫校"}})
	got := find(t, x, search.Wanted{Terms: terms("卫校"), Limit: 5})
	if got.Total != 1 || strings.Contains(got.Hits[0].Title+got.Hits[0].Text, "卫校") {
		t.Errorf("found %+v", got)
	}
}

func titleLeads(t *testing.T, x search.Index) {
	put(t, x,
		search.Doc{ID: "text", Type: "faq", Title: "问", Text: "护理专业"},
		search.Doc{ID: "title", Type: "faq", Title: "护理专业有哪些学校", Text: "见表"},
		search.Doc{ID: "whole", Type: "faq", Title: "护理", Text: "见表"})
	got := find(t, x, search.Wanted{Terms: terms("护理"), Limit: 5})
	var order []string
	for _, h := range got.Hits {
		order = append(order, h.ID)
	}
	if strings.Join(order, " ") != "whole title text" {
		t.Errorf("order %v", order)
	}
}

func marked(t *testing.T, x, other search.Index) {
	for _, q := range Queries {
		got := find(t, x, search.Wanted{Terms: terms(q.Terms...), Limit: 20})
		for _, h := range got.Hits {
			checkMarks(t, h.Title, h.TitleMarks, q.Terms)
			checkMarks(t, h.Text, h.TextMarks, q.Terms)
		}
	}
	long := strings.Repeat("前面的话很长。", 100) + "看 焦教文（２０２２） 48 號，學籍。" + strings.Repeat("后面的话也很长。", 100)
	put(t, other, search.Doc{ID: "a", Type: "policy", Title: "通知", Text: long})
	got := find(t, other, search.Wanted{Terms: terms("焦教文〔2022〕48号", "学籍"), Limit: 1})
	if len(got.Hits) != 1 {
		t.Fatal("not found")
	}
	h := got.Hits[0]
	var words []string
	for _, m := range h.TextMarks {
		words = append(words, h.Text[m.From:m.To])
	}
	if strings.Join(words, "|") != "焦教文（２０２２） 48 號|學籍" || len(h.Text) >= len(long) {
		t.Errorf("marked %q in %q", words, h.Text)
	}
}

func checkMarks(t *testing.T, text string, marks []search.Mark, terms []string) {
	t.Helper()
	last := 0
	for _, m := range marks {
		if m.From < last || m.To <= m.From || m.To > len(text) {
			t.Fatalf("marks %v of %q", marks, text)
		}
		last = m.To
		word := text[m.From:m.To]
		if !utf8.ValidString(word) || !slices.ContainsFunc(terms, func(s string) bool {
			return strings.Contains(hanzi.Fold(word), hanzi.Fold(s))
		}) {
			t.Errorf("marked %q for %v", word, terms)
		}
	}
}

// replaced searches while one generation takes the other's place: an answer is
// all of the old or all of the new one.
func replaced(t *testing.T, x search.Index) {
	next := make([]search.Doc, 7)
	for i := range next {
		next[i] = search.Doc{ID: fmt.Sprint("new", i), Type: "plan", Title: "护理", Text: "新"}
	}
	before := find(t, x, search.Wanted{Terms: terms("护理")}).Total
	stop, wrong := make(chan struct{}), make(chan int, 100)
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			got, err := x.Search(context.Background(), search.Wanted{Terms: terms("护理"), Limit: 20})
			if n := got.Total; err != nil || n != before && n != len(next) {
				wrong <- n
				return
			}
		}
	})
	put(t, x, next...)
	close(stop)
	wg.Wait()
	select {
	case n := <-wrong:
		t.Errorf("found %d in between, want %d or %d", n, before, len(next))
	default:
	}
	if got := find(t, x, search.Wanted{Terms: terms("护理")}); got.Total != len(next) {
		t.Errorf("found %d afterwards, want %d", got.Total, len(next))
	}
}

func put(t *testing.T, x search.Index, docs ...search.Doc) {
	t.Helper()
	if err := x.Replace(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
}
