package main

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"yangguang/store"
)

// BenchmarkFile files complaints, by one caller and by many at once, and
// reports the processor's time that one of them takes.
func BenchmarkFile(b *testing.B) {
	for name, n := range map[string]int{"one": 1, "many": callers} {
		b.Run(name, func(b *testing.B) { benchmarkFile(b, n) })
	}
}

func benchmarkFile(b *testing.B, n int) {
	db, err := store.Open(b.Context(), store.Config{Folder: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	o, err := newFilingOffice(db.Book())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	began := processorTime()
	var all sync.WaitGroup
	var next atomic.Int64
	for range n {
		all.Go(func() {
			for next.Add(1) <= int64(b.N) {
				if err := o.fileOne(context.Background()); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64((processorTime()-began).Microseconds())/float64(b.N), "cpu-µs/op")
}
