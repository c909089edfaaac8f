package meili

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"yangguang/content/contenttest"
	"yangguang/realtest"
	"yangguang/search"
	"yangguang/search/searchtest"
)

// asked takes down what a Finder wants of an index.
type asked struct {
	search.Index
	wanted []search.Wanted
}

func (a *asked) Search(ctx context.Context, w search.Wanted) (search.Found, error) {
	a.wanted = append(a.wanted, w)
	return a.Index.Search(ctx, w)
}

// filled returns an index of the bundled notice on a real server, and what a
// Finder wants of it for the judged queries.
func filled(b *testing.B) (*Index, *keys, []search.Wanted) {
	b.Helper()
	server, s := realtest.StartMeilisearch(b), contenttest.Bundled(b)
	a := &asked{Index: search.NewMemory()}
	f := search.NewFinder(a)
	if err := f.Follow(b.Context(), s); err != nil {
		b.Fatal(err)
	}
	for _, j := range searchtest.ReadJudged(b, "../testdata/judged.tsv") {
		if _, err := f.Find(b.Context(), search.Query{Text: j.Query}); err != nil {
			b.Fatal(err)
		}
	}
	x := Open(Config{URL: server.URL, Key: server.Key, Prefix: "bench"})
	if err := x.Replace(b.Context(), search.Documents(s)); err != nil {
		b.Fatal(err)
	}
	k, err := x.enter(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return x, k, a.wanted
}

// BenchmarkOverhead measures what a search takes beyond the same request made
// with the client alone, over the judged queries of the bundled notice, one and
// the other in turn. The bar is 200 µs.
func BenchmarkOverhead(b *testing.B) {
	x, k, wanted := filled(b)
	var alone, whole, beyond []time.Duration
	for i := 0; b.Loop(); i++ {
		w := wanted[i%len(wanted)]
		start := time.Now()
		if _, err := k.asking.MultiSearchWithContext(b.Context(), &meilisearch.MultiSearchRequest{Queries: x.questions(&w).all}); err != nil {
			b.Fatal(err)
		}
		one := time.Since(start)
		start = time.Now()
		if _, err := x.Search(b.Context(), w); err != nil {
			b.Fatal(err)
		}
		two := time.Since(start)
		alone, whole, beyond = append(alone, one), append(whole, two), append(beyond, two-one)
	}
	report(b, "client", alone)
	report(b, "search", whole)
	report(b, "beyond", beyond)
}

func report(b *testing.B, name string, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), name+"-p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), name+"-p99-µs")
}

// BenchmarkWeigh measures what is done with the answers of the server alone.
func BenchmarkWeigh(b *testing.B) {
	x, k, wanted := filled(b)
	type answered struct {
		w search.Wanted
		q *questions
		r []meilisearch.SearchResponse
	}
	var all []answered
	for _, w := range wanted {
		q := x.questions(&w)
		said, err := k.asking.MultiSearchWithContext(b.Context(), &meilisearch.MultiSearchRequest{Queries: q.all})
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, answered{w, q, said.Results})
	}
	g := (*x.held.Load())[0]
	b.ResetTimer()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		a := all[i%len(all)]
		start := time.Now()
		l, err := a.q.listing(g, a.r)
		if err != nil {
			b.Fatal(err)
		}
		weighed := l.Weigh(a.w)
		texts, err := x.texts(b.Context(), k, g, weighed.Lacks())
		if err != nil {
			b.Fatal(err)
		}
		weighed.Found(func(n uint32) *search.Texts { return texts[n] })
		took = append(took, time.Since(start))
	}
	report(b, "weigh", took)
}

// BenchmarkLarge measures a page of 20 hits of 20,000 documents, by class of
// words.
func BenchmarkLarge(b *testing.B) {
	server := realtest.StartMeilisearch(b)
	x := Open(Config{URL: server.URL, Key: server.Key, Prefix: "bench"})
	began := time.Now()
	if err := x.Replace(b.Context(), searchtest.Corpus(20_000)); err != nil {
		b.Fatal(err)
	}
	b.Logf("built in %v", time.Since(began))
	for _, q := range searchtest.Queries {
		w := search.Wanted{Limit: search.MaxHits}
		for _, text := range q.Terms {
			w.Terms = append(w.Terms, search.Term{Text: text})
		}
		b.Run(fmt.Sprintf("%s/%v", q.Class, q.Terms), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if _, err := x.Search(b.Context(), w); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			report(b, "search", took)
		})
	}
}
