package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/content/contenttest"
	"yangguang/search"
)

// floors are the least share of queries of a class that must have a right hit
// among the first three. A class may only get better.
var floors = map[string]float64{
	"name": 1, "prefix": 1, "one_char": 1, "two_char": 1, "midword": 1, "abbreviation": 1, "pinyin": 1, "initials": 1,
	"homophone": 1, "traditional": 1, "several": 0.95, "number_date": 0.95, "negative": 1, "question": 0.95, "parents": 0.9,
}

type judged struct {
	query, class      string
	expected, mustNot []string
	answer            string // "" for no card, "?" where either will do
}

func readJudged(t testing.TB) []judged {
	t.Helper()
	b, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []judged
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || f[0] == "query" {
			continue
		}
		if len(f) != 5 {
			t.Fatalf("judged.tsv: %q", line)
		}
		out = append(out, judged{f[0], f[1], ids(f[2]), ids(f[3]), strings.Trim(f[4], "-")})
	}
	return out
}

func ids(s string) []string {
	if s == "-" {
		return nil
	}
	return strings.Fields(s)
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
	f := bundledFinder(t)
	type class struct {
		right, all int
		reciprocal float64
	}
	classes := map[string]*class{}
	for _, j := range readJudged(t) {
		got, err := f.Find(t.Context(), search.Query{Text: j.query})
		if err != nil {
			t.Fatal(err)
		}
		var top []string
		rank := 0
		for i, h := range got.Hits {
			if i < 3 {
				top = append(top, h.ID)
			}
			if rank == 0 && slices.Contains(j.expected, h.ID) {
				rank = i + 1
			}
			if slices.Contains(j.mustNot, h.ID) || got.Answer != nil && slices.Contains(j.mustNot, got.Answer.ID) {
				t.Errorf("%s finds %s, which it must not", j.query, h.ID)
			}
		}
		c := classes[j.class]
		if c == nil {
			c = &class{}
			classes[j.class] = c
		}
		c.all++
		switch right := rank > 0 && rank <= 3 || j.expected == nil && len(got.Hits) == 0; {
		case right && rank == 0:
			c.right++
			c.reciprocal++
		case right:
			c.right++
			c.reciprocal += 1 / float64(rank)
		default:
			t.Logf("%s (%s): got %v, want %v", j.query, j.class, top, j.expected)
		}
	}
	all, right := 0, 0
	for name, c := range classes {
		share := float64(c.right) / float64(c.all)
		t.Logf("%-12s %3d queries, success@3 %.3f, MRR %.3f", name, c.all, share, c.reciprocal/float64(c.all))
		if share < floors[name] {
			t.Errorf("class %s: %.3f right within the first three, floor %.2f", name, share, floors[name])
		}
		all += c.all
		right += c.right
	}
	if share := float64(right) / float64(all); share < 0.95 {
		t.Errorf("%.3f of all queries right within the first three, want 0.95", share)
	}
	if c := classes["name"]; c.reciprocal/float64(c.all) < 0.95 {
		t.Errorf("MRR of the names %.3f, want 0.95", c.reciprocal/float64(c.all))
	}
	if all < 300 || len(classes) < 12 {
		t.Errorf("%d judged queries in %d classes, want 300 in 12", all, len(classes))
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
			found, err := f.Find(t.Context(), search.Query{Text: j.query})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, h := range found.Hits {
				got += h.ID + "\n"
			}
			if want, asked := first[j.query]; asked && got != want {
				t.Errorf("%s finds after other questions\n%swhere it found\n%s", j.query, got, want)
			}
			first[j.query] = got
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
		if j.answer == "?" {
			continue
		}
		got := ""
		if a := find(t, f, search.Query{Text: j.query}).Answer; a != nil {
			got = a.ID
		}
		if got != j.answer {
			t.Errorf("%s is answered by %q, want %q", j.query, got, j.answer)
		}
		if j.answer == "" {
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
		for _, id := range append(append(j.expected, j.mustNot...), j.answer) {
			if id != "" && id != "?" && !have[id] {
				t.Errorf("%s: there is no %s", j.query, id)
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
