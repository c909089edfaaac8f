package search_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"yangguang/content/contenttest"
	"yangguang/search"
	"yangguang/search/searchtest"
)

// scanned is an index whose lists are made by looking at every text.
type scanned struct {
	texts atomic.Pointer[[]*search.Texts]
}

func (*scanned) Name() string { return "scan" }

func (s *scanned) Replace(_ context.Context, docs []search.Doc) error {
	texts := make([]*search.Texts, len(docs))
	for i, d := range docs {
		texts[i] = search.TextsOf(d)
	}
	s.texts.Store(&texts)
	return nil
}

func (s *scanned) Search(ctx context.Context, w search.Wanted) (search.Found, error) {
	if err := ctx.Err(); err != nil {
		return search.Found{}, err
	}
	var texts []*search.Texts
	if stored := s.texts.Load(); stored != nil {
		texts = *stored
	}
	docs := make([]search.Doc, len(texts))
	for i, t := range texts {
		docs[i] = t.Doc
	}
	l := search.Listing{Entries: make([]search.Entry, len(docs)), In: map[string]search.List{}}
	for i, standing := range search.Standings(docs) {
		l.Entries[i] = search.Entry{Type: docs[i].Type, Year: docs[i].Year, Standing: standing}
		for _, id := range w.First {
			if docs[i].ID == id {
				l.First = append(l.First, uint32(i))
			}
		}
	}
	listed, counted := w.Texts()
	for _, text := range append(listed, counted...) {
		var list search.List
		for i, t := range texts {
			anywhere, inHead := t.Has(text)
			if anywhere {
				list.All = append(list.All, uint32(i))
			}
			if inHead && w.Headed() {
				list.Heads = append(list.Heads, uint32(i))
			}
		}
		list.Total = len(list.All)
		l.In[text] = list
	}
	x := l.Weigh(w)
	lacking := map[uint32]*search.Texts{}
	for _, n := range x.Lacks() {
		lacking[n] = texts[n]
	}
	return x.Found(func(n uint32) *search.Texts { return lacking[n] }), nil
}

func TestListing(t *testing.T) {
	searchtest.Run(t, func(*testing.T) search.Index { return &scanned{} })
}

// TestListingRanksAsMemory: what is found by lists stands in the order in which
// the index in process puts it.
func TestListingRanksAsMemory(t *testing.T) {
	docs := search.Documents(contenttest.Bundled(t))
	memory, listed := search.NewMemory(), &scanned{}
	for _, x := range []search.Index{memory, listed} {
		if err := x.Replace(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
	}
	compare := func(w search.Wanted) {
		t.Helper()
		want, err := memory.Search(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		got, err := listed.Search(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
			t.Errorf("found\n%s\nwant\n%s", g, w)
		}
	}
	for _, w := range []search.Wanted{
		{Terms: []search.Term{{Text: "学籍"}}, Limit: 20},
		{Terms: []search.Term{{Text: "武陟", Also: []string{"武陟县"}}, {Text: "招生"}}, Limit: 20},
		{Terms: []search.Term{{Text: "学"}}, Limit: 10, Offset: 10},
		{Terms: []search.Term{{Text: "学费", Weight: 2}, {Text: "多少", Weight: 0.3}, {Text: "学校"}}, Enough: 0.25, Lenient: true, Hints: []string{"费多"}, Limit: 20},
		{Terms: []search.Term{{Text: "注册"}}, First: []string{"faq/outside", "key_date/2022/spring-filing"}, Type: "faq", Limit: 5},
	} {
		compare(w)
	}
}
