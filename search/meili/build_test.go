package meili_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/search"
	"yangguang/search/meili"
	"yangguang/search/meili/meilitest"
)

// desk gives a lease to one instance at a time.
type desk struct {
	mu     sync.Mutex
	holder string
}

func (d *desk) lease(who string) func(context.Context, time.Duration) (bool, error) {
	return func(_ context.Context, term time.Duration) (bool, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.holder != "" && d.holder != who {
			return false, nil
		}
		d.holder = who
		if term == 0 {
			d.holder = ""
		}
		return d.holder != "", nil
	}
}

// TestOneBuildsTheOthersFollow: of instances that are given the same documents
// one builds, and all answer with them.
func TestOneBuildsTheOthersFollow(t *testing.T) {
	server, d := meilitest.Start(t), &desk{}
	c := config(server.URL, server.Key)
	var instances []*meili.Index
	for _, who := range []string{"one", "two", "three"} {
		c.Lease = d.lease(who)
		instances = append(instances, meili.Open(c))
	}
	docs := []search.Doc{{ID: "a", Type: "faq", Title: "护理"}}
	var wg sync.WaitGroup
	for _, x := range instances {
		wg.Go(func() {
			if err := x.Replace(t.Context(), docs); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, x := range instances {
		found, err := x.Search(t.Context(), search.Wanted{Terms: []search.Term{{Text: "护理"}}})
		if err != nil || found.Total != 1 {
			t.Errorf("found %d, %v", found.Total, err)
		}
	}
	if n := count(server, "POST /indexes"); n != 1 {
		t.Errorf("%d indexes were made, want 1", n)
	}
}

func count(s *meilitest.Server, request string) (n int) {
	for _, r := range s.Asked() {
		if r == request {
			n++
		}
	}
	return n
}

// TestWhoStillHasTheEditionBefore answers from elsewhere until its own comes.
func TestWhoStillHasTheEditionBefore(t *testing.T) {
	server := meilitest.Start(t)
	c := config(server.URL, server.Key)
	ahead, behind := meili.Open(c), meili.Open(c)
	one := []search.Doc{{ID: "a", Type: "faq", Title: "护理"}}
	two := append(slices.Clone(one), search.Doc{ID: "b", Type: "faq", Title: "护理专业"})
	for _, step := range []struct {
		x    *meili.Index
		docs []search.Doc
	}{{ahead, one}, {behind, one}, {ahead, two}} {
		if err := step.x.Replace(t.Context(), step.docs); err != nil {
			t.Fatal(err)
		}
	}
	w := search.Wanted{Terms: []search.Term{{Text: "护理"}}}
	if _, err := behind.Search(t.Context(), w); err != search.ErrElsewhere { //nolint:errorlint // it is not wrapped
		t.Errorf("the one behind answers %v", err)
	}
	if err := behind.Replace(t.Context(), two); err != nil {
		t.Fatal(err)
	}
	if found, err := behind.Search(t.Context(), w); err != nil || found.Total != 2 {
		t.Errorf("found %d, %v", found.Total, err)
	}
	if n := count(server, "POST /swap-indexes"); n != 2 {
		t.Errorf("%d swaps, want 2", n)
	}
}

// TestWhatStandsThereIsTaken: a restart finds its generation and builds
// nothing; changed settings, documents or a document that is missing make it
// build.
func TestWhatStandsThereIsTaken(t *testing.T) {
	docs := []search.Doc{{ID: "a", Type: "faq", Title: "护理"}, {ID: "b", Type: "faq", Title: "学籍"}}
	for name, c := range map[string]struct {
		change func(t *testing.T, s *meilitest.Server, live string)
		builds int
	}{
		"nothing":   {func(*testing.T, *meilitest.Server, string) {}, 1},
		"a setting": {func(_ *testing.T, s *meilitest.Server, live string) { s.Set(live, "prefixSearch", "indexingTime") }, 2},
		"a lost document": {func(_ *testing.T, s *meilitest.Server, live string) {
			s.Edit(live, func(d []map[string]any) []map[string]any { return d[:1] })
		}, 2},
		"an unknown setup": {func(_ *testing.T, s *meilitest.Server, live string) { s.Edit(live, forget) }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			server := meilitest.Start(t)
			conf := config(server.URL, server.Key)
			if err := meili.Open(conf).Replace(t.Context(), docs); err != nil {
				t.Fatal(err)
			}
			c.change(t, server, conf.Prefix+"_records")
			x := meili.Open(conf)
			if err := x.Replace(t.Context(), docs); err != nil {
				t.Fatal(err)
			}
			if n := count(server, "POST /swap-indexes"); n != c.builds {
				t.Errorf("%d builds, want %d", n, c.builds)
			}
		})
	}
}

func forget(docs []map[string]any) []map[string]any {
	for _, d := range docs {
		d["generation"] = "another"
	}
	return docs
}

// TestWhatTheServerKeptIsReadBack: a document that arrives changed is not
// swapped in.
func TestWhatTheServerKeptIsReadBack(t *testing.T) {
	server := meilitest.Start(t)
	server.Alter(func(d map[string]any) { d["text"] = "3301 人" })
	x := meili.Open(config(server.URL, server.Key))
	err := x.Replace(t.Context(), []search.Doc{{ID: "a", Type: "target", Title: "武陟县", Text: "3300 人"}})
	if err == nil || !strings.Contains(err.Error(), "verify") || count(server, "POST /swap-indexes") != 0 {
		t.Errorf("error %v, %d swaps", err, count(server, "POST /swap-indexes"))
	}
}

// TestTheMasterKeyOnlyMakesKeys: searches go out with a key that may search one
// index, builds with one that may touch the two.
func TestTheMasterKeyOnlyMakesKeys(t *testing.T) {
	server := meilitest.Start(t)
	x := meili.Open(config(server.URL, server.Key))
	if err := x.Replace(t.Context(), []search.Doc{{ID: "a", Title: "护理"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(t.Context(), search.Wanted{Terms: []search.Term{{Text: "护理"}}}); err != nil {
		t.Fatal(err)
	}
	for _, r := range server.AskedWith(server.Key) {
		if !strings.Contains(r, " /keys") {
			t.Errorf("%s was asked with the master key", r)
		}
	}
}

// TestAWordLongerThanAPhraseIsExact: the server finds the fours of characters
// wherever they stand.
func TestAWordLongerThanAPhraseIsExact(t *testing.T) {
	server := meilitest.Start(t)
	x := meili.Open(config(server.URL, server.Key))
	docs := []search.Doc{
		{ID: "right", Type: "faq", Title: "问", Text: "甲乙丙丁戊"},
		{ID: "apart", Type: "faq", Title: "问", Text: "甲乙丙丁，乙丙丁戊"},
		{ID: "twins", Type: "faq", Title: "学校校", Text: "校校长，学校长"},
	}
	if err := x.Replace(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"甲乙丙丁": 2, "甲乙丙丁戊": 1, "学校校长": 0, "学校长": 1} {
		found, err := x.Search(t.Context(), search.Wanted{Terms: []search.Term{{Text: text}}, Limit: 5})
		if err != nil || found.Total != want {
			t.Errorf("%s: found %d, want %d; %v", text, found.Total, want, err)
		}
	}
}

func TestRebuild(t *testing.T) {
	server, d := meilitest.Start(t), &desk{}
	c := config(server.URL, server.Key)
	c.Lease = d.lease("command")
	docs := []search.Doc{{ID: "a", Type: "faq", Title: "护理"}}
	x := meili.Open(c)
	if holds, err := x.Holds(t.Context(), docs); !errors.Is(err, search.ErrLost) || holds {
		t.Errorf("an empty server holds documents: %v, %v", holds, err)
	}
	for range 2 { // though they stand there
		if err := x.Rebuild(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
	}
	if holds, err := meili.Open(c).Holds(t.Context(), docs); err != nil || !holds || count(server, "POST /swap-indexes") != 2 {
		t.Errorf("holds: %v, %v; %d swaps", holds, err, count(server, "POST /swap-indexes"))
	}
	d.holder = "server"
	if err := x.Rebuild(t.Context(), docs); !errors.Is(err, meili.ErrOthersBuild) {
		t.Errorf("beside another: %v", err)
	}
}
