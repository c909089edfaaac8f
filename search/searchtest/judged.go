package searchtest

import (
	"os"
	"slices"
	"strings"
	"testing"

	"yangguang/search"
)

// Judged is a query with what is right for it.
type Judged struct {
	Query, Class      string
	Expected, MustNot []string
	Answer            string // "" for no card, "?" where either will do
}

// ReadJudged reads a file of judged queries.
func ReadJudged(t testing.TB, path string) []Judged {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []Judged
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || f[0] == "query" {
			continue
		}
		if len(f) != 5 {
			t.Fatalf("judged.tsv: %q", line)
		}
		out = append(out, Judged{f[0], f[1], ids(f[2]), ids(f[3]), strings.Trim(f[4], "-")})
	}
	return out
}

func ids(s string) []string {
	if s == "-" {
		return nil
	}
	return strings.Fields(s)
}

// Class is how many queries of a class have a right hit among the first three,
// of how many, and the sum of the reciprocal ranks.
type Class struct {
	Right, All int
	Reciprocal float64
}

// Success is the share of queries that have a right hit among the first three.
func (c Class) Success() float64 { return float64(c.Right) / float64(c.All) }

// MRR is the mean reciprocal rank.
func (c Class) MRR() float64 { return c.Reciprocal / float64(c.All) }

// Judge asks all queries and returns the figures by class, and those of all as
// class "". What must not be found and is, is an error.
func Judge(t testing.TB, f *search.Finder, queries []Judged) map[string]Class {
	t.Helper()
	classes := map[string]Class{}
	for _, j := range queries {
		got, err := f.Find(t.Context(), search.Query{Text: j.Query})
		if err != nil {
			t.Fatal(err)
		}
		rank := 0
		var top []string
		for i, h := range got.Hits {
			if i < 3 {
				top = append(top, h.ID)
			}
			if rank == 0 && slices.Contains(j.Expected, h.ID) {
				rank = i + 1
			}
			if slices.Contains(j.MustNot, h.ID) || got.Answer != nil && slices.Contains(j.MustNot, got.Answer.ID) {
				t.Errorf("%s finds %s, which it must not", j.Query, h.ID)
			}
		}
		right, reciprocal := 0, 0.0
		switch {
		case j.Expected == nil && len(got.Hits) == 0:
			right, reciprocal = 1, 1
		case rank > 0 && rank <= 3:
			right, reciprocal = 1, 1/float64(rank)
		default:
			t.Logf("%s (%s): got %v, want %v", j.Query, j.Class, top, j.Expected)
		}
		for _, name := range []string{j.Class, ""} {
			c := classes[name]
			classes[name] = Class{c.Right + right, c.All + 1, c.Reciprocal + reciprocal}
		}
	}
	return classes
}
