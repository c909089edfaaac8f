package search_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"yangguang/search"
	"yangguang/search/searchtest"
)

func TestMemory(t *testing.T) {
	searchtest.Run(t, func(*testing.T) search.Index { return search.NewMemory() })
}

const benchDocs = 20_000

func benchIndex(b *testing.B) *search.Memory {
	b.Helper()
	m := search.NewMemory()
	if err := m.Replace(b.Context(), searchtest.Corpus(benchDocs)); err != nil {
		b.Fatal(err)
	}
	return m
}

// BenchmarkSearch measures a page of 20 hits with facets and marks, query by
// query and by class.
func BenchmarkSearch(b *testing.B) {
	m := benchIndex(b)
	for _, q := range searchtest.Queries {
		var w search.Wanted
		for _, text := range q.Terms {
			w.Terms = append(w.Terms, search.Term{Text: text})
		}
		w.Limit = search.MaxHits
		b.Run(fmt.Sprintf("%s/%v", q.Class, q.Terms), func(b *testing.B) {
			var took []time.Duration
			total := 0
			for b.Loop() {
				start := time.Now()
				got, err := m.Search(b.Context(), w)
				if err != nil {
					b.Fatal(err)
				}
				took, total = append(took, time.Since(start)), got.Total
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(total), "total")
		})
	}
}

// BenchmarkBuild measures an index of 20,000 documents, and the memory it keeps
// beyond the documents themselves.
func BenchmarkBuild(b *testing.B) {
	docs := searchtest.Corpus(benchDocs)
	before := heap()
	var m *search.Memory
	for b.Loop() {
		m = search.NewMemory()
		if err := m.Replace(b.Context(), docs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(heap()-before)/(1<<20), "MiB-kept")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/build")
	runtime.KeepAlive(m)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}
