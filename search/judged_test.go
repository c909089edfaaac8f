package search_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/content/contenttest"
	"yangguang/search"
	"yangguang/search/searchtest"
)

// floors are the least share of queries of a class that must have a right hit
// among the first three. A class may only get better.
var floors = map[string]float64{
	"": 0.95, "name": 1, "prefix": 1, "one_char": 1, "two_char": 1, "midword": 1, "abbreviation": 1, "pinyin": 1, "initials": 1,
	"homophone": 1, "traditional": 1, "several": 0.95, "number_date": 0.95, "negative": 1, "question": 0.95, "parents": 0.9,
}

func readJudged(t testing.TB) []searchtest.Judged {
	return searchtest.ReadJudged(t, "testdata/judged.tsv")
}

func bundledFinder(t testing.TB) *search.Finder {
	t.Helper()
	f := search.NewFinder(search.NewMemory())
	f.Now = func() time.Time { return time.Date(thisYear, 6, 1, 12, 0, 0, 0, time.UTC) }
	if err := f.Follow(t.Context(), contenttest.Bundled(t)); err != nil {
		t.Fatal(err)
	}
	return f
}

// thisYear is a year of which nothing is published.
const thisYear = 2026

func TestJudgedQueries(t *testing.T) {
	classes := searchtest.Judge(t, bundledFinder(t), readJudged(t))
	for name, c := range classes {
		t.Logf("%-12s %3d queries, success@3 %.3f, MRR %.3f", name, c.All, c.Success(), c.MRR())
		if c.Success() < floors[name] {
			t.Errorf("class %s: %.3f right within the first three, floor %.2f", name, c.Success(), floors[name])
		}
	}
	if m := classes["name"].MRR(); m < 0.95 {
		t.Errorf("MRR of the names %.3f, want 0.95", m)
	}
	if n := classes[""].All; n < 300 || len(classes) <= 12 {
		t.Errorf("%d judged queries in %d classes, want 300 in 12", n, len(classes)-1)
	}
}

// TestAQuestionIsAnsweredAlikeAfterOthers: what a search leaves behind in the
// room it worked in would rank the next one.
func TestAQuestionIsAnsweredAlikeAfterOthers(t *testing.T) {
	f := bundledFinder(t)
	queries := readJudged(t)
	first := map[string]string{}
	for range 2 {
		for _, j := range queries {
			found, err := f.Find(t.Context(), search.Query{Text: j.Query})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, h := range found.Hits {
				got += h.ID + "\n"
			}
			if want, asked := first[j.Query]; asked && got != want {
				t.Errorf("%s finds after other questions\n%swhere it found\n%s", j.Query, got, want)
			}
			first[j.Query] = got
		}
		slices.Reverse(queries)
	}
}

// TestJudgedAnswers: the card is the right one, and there is none where none is
// right. A wrong card is worse than none, so that each is an error.
func TestJudgedAnswers(t *testing.T) {
	f := bundledFinder(t)
	cards, none := 0, 0
	for _, j := range readJudged(t) {
		if j.Answer == "?" {
			continue
		}
		got := ""
		if a := find(t, f, search.Query{Text: j.Query}).Answer; a != nil {
			got = a.ID
		}
		if got != j.Answer {
			t.Errorf("%s is answered by %q, want %q", j.Query, got, j.Answer)
		}
		if j.Answer == "" {
			none++
		} else {
			cards++
		}
	}
	if cards < 120 || none < 40 {
		t.Errorf("%d judged cards and %d judged to have none, want 120 and 40", cards, none)
	}
}

// TestExpectedRecordsExist: a judged query that waits for a record that is no
// more is a slip in the file.
func TestExpectedRecordsExist(t *testing.T) {
	have := map[string]bool{}
	for _, d := range search.Documents(contenttest.Bundled(t)) {
		if have[d.ID] {
			t.Errorf("two documents are %s", d.ID)
		}
		have[d.ID] = true
	}
	for _, j := range readJudged(t) {
		for _, id := range append(append(j.Expected, j.MustNot...), j.Answer) {
			if id != "" && id != "?" && !have[id] {
				t.Errorf("%s: there is no %s", j.Query, id)
			}
		}
	}
}

// TestNoPersonIsFound: the contact people of the notice stand in its original
// only.
func TestNoPersonIsFound(t *testing.T) {
	s := contenttest.Bundled(t)
	for _, d := range search.Documents(s) {
		all := strings.Join(append([]string{d.Title, d.Text}, d.Names...), "\n")
		for _, word := range []string{"国庆", "其琛", "jzzck", "126.com"} {
			if strings.Contains(all, word) {
				t.Errorf("%s holds %s", d.ID, word)
			}
		}
	}
	if p, ok := s.Policy("jiaojiaowen-2022-48"); !ok || !strings.Contains(p.Original, "jzzck") {
		t.Error("the original is not there, so that this proves nothing")
	}
}

// TestWordsLeadSomewhere: a word whose meaning stands in no document is no
// help to anybody.
func TestWordsLeadSomewhere(t *testing.T) {
	s := contenttest.Bundled(t)
	m := search.NewMemory()
	if err := m.Replace(t.Context(), search.Documents(s)); err != nil {
		t.Fatal(err)
	}
	for _, w := range s.Words() {
		if w.Kind == "other" {
			continue
		}
		for _, mean := range w.Means {
			got, err := m.Search(t.Context(), search.Wanted{Terms: []search.Term{{Text: mean}}})
			if err != nil {
				t.Fatal(err)
			}
			if got.Total == 0 {
				t.Errorf("%s means %s, which stands nowhere", w.Word, mean)
			}
		}
	}
}
