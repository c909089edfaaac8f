package main

import (
	"context"
	"runtime"
	"time"

	"yangguang/search/searchtest"
)

// build compares how long an index of the corpus takes to make.
func (b *bench) build(ctx context.Context) error {
	docs := searchtest.Corpus(corpusSize)
	var p pairs
	for range b.rounds {
		runtime.GC()
		began := time.Now()
		x, err := newBleve(docs)
		theirs := time.Since(began)
		if err != nil {
			return err
		}
		if err := x.Close(); err != nil {
			return err
		}
		runtime.GC()
		began = time.Now()
		if _, err := newMemory(ctx); err != nil {
			return err
		}
		p.add(time.Since(began).Seconds(), theirs.Seconds())
	}
	b.table.compare("index of 20,000 documents", "bleve scorch", "s", p, true, "≥ 10×; ≤ 1.2 s")
	return nil
}
