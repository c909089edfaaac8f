package main

import (
	"strings"
	"testing"

	"yangguang/search/searchtest"
)

// BenchmarkRender makes a page of results, and the same by html/template.
func BenchmarkRender(b *testing.B) {
	r, err := openResults(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer r.release()
	for name, path := range map[string]string{"site": renderedPath, "html-template": templatePath} {
		b.Run(name, func(b *testing.B) {
			if err := r.serve(path, b.Loop); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.Run("search-alone", func(b *testing.B) {
		if err := r.find(b.Context(), b.Loop); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkSearch asks the index in process and bleve each question.
func BenchmarkSearch(b *testing.B) {
	m, err := newMemory(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	x, err := newBleve(searchtest.Corpus(corpusSize))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	for _, q := range questions() {
		for name, e := range map[string]engine{"memory": m, "bleve": x} {
			b.Run(q.class+"/"+strings.Join(q.terms, "+")+"/"+name, func(b *testing.B) {
				total := 0
				for b.Loop() {
					r, err := e.ask(b.Context(), q)
					if err != nil {
						b.Fatal(err)
					}
					total = r.total
				}
				b.ReportMetric(float64(total), "total")
			})
		}
	}
}

// BenchmarkBuild makes an index of the corpus.
func BenchmarkBuild(b *testing.B) {
	docs := searchtest.Corpus(corpusSize)
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
			if _, err := newMemory(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bleve", func(b *testing.B) {
		for b.Loop() {
			x, err := newBleve(docs)
			if err != nil {
				b.Fatal(err)
			}
			if err := x.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
