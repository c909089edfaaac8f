package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"yangguang/search"
	"yangguang/search/searchtest"
)

// corpusSize is how many made documents are searched.
const corpusSize = 20_000

// question is what is asked of every engine: the documents that have all the
// terms, the best 20 with their marks, and how many there are of which type
// and year.
type question struct {
	class string
	terms []string
}

func questions() []question {
	var out []question
	for _, q := range searchtest.Queries {
		out = append(out, question{q.Class, q.Terms})
	}
	return out
}

// reply is what an engine found, and how long it took: as the one who asked
// sees it, and by the engine's own clock if it has one.
type reply struct {
	total int
	took  time.Duration
	own   time.Duration
}

// engine is something that searches the corpus.
type engine interface {
	ask(ctx context.Context, q question) (reply, error)
}

// memory is the index in process.
type memory struct{ *search.Memory }

func newMemory(ctx context.Context) (memory, error) {
	m := memory{search.NewMemory()}
	return m, m.Replace(ctx, searchtest.Corpus(corpusSize))
}

func (m memory) ask(ctx context.Context, q question) (reply, error) {
	w := search.Wanted{Limit: search.MaxHits}
	for _, t := range q.terms {
		w.Terms = append(w.Terms, search.Term{Text: t})
	}
	began := time.Now()
	found, err := m.Search(ctx, w)
	return reply{total: found.Total, took: time.Since(began)}, err
}

// asked is an engine and what it answered.
type asked struct {
	name  string
	often int // in a round
	// differs says why it finds other documents for some questions.
	differs string
	engine
	totals []int       // by question
	rounds [][][]reply // by round and question
}

// round asks every question often.
func (a *asked) round(ctx context.Context, qs []question) error {
	round := make([][]reply, len(qs))
	a.totals = make([]int, len(qs))
	for i, q := range qs {
		for range a.often {
			r, err := a.ask(ctx, q)
			if err != nil {
				return fmt.Errorf("%s: %v: %w", a.name, q.terms, err)
			}
			round[i], a.totals[i] = append(round[i], r), r.total
		}
	}
	a.rounds = append(a.rounds, round)
	// The next engine shall not clean up after this one.
	runtime.GC()
	return nil
}

func outer(r reply) time.Duration { return r.took }
func inner(r reply) time.Duration { return r.own }

// times returns microseconds by a clock, of the questions that count.
func times(round [][]reply, clock func(reply) time.Duration, counts func(question int) bool) []float64 {
	var out []float64
	for i, replies := range round {
		for _, r := range replies {
			if counts(i) {
				out = append(out, float64(clock(r).Nanoseconds())/1e3)
			}
		}
	}
	return out
}

// over returns the times of all rounds together.
func (a *asked) over(clock func(reply) time.Duration, counts func(question int) bool) []float64 {
	return times(slices.Concat(a.rounds...), clock, func(i int) bool { return counts(i % len(a.totals)) })
}

// against returns the medians of both engines, round by round.
func (a *asked) against(other *asked, clock func(reply) time.Duration, counts func(question int) bool) pairs {
	var p pairs
	for i := range a.rounds {
		p.add(median(times(a.rounds[i], outer, counts)), median(times(other.rounds[i], clock, counts)))
	}
	return p
}

// interview asks the engines in turn, round by round.
func (b *bench) interview(ctx context.Context, qs []question, engines ...*asked) error {
	for range b.rounds {
		for _, a := range engines {
			if err := a.round(ctx, qs); err != nil {
				return err
			}
		}
	}
	return nil
}

// search compares the index in process with Groonga and bleve, by the
// questions to which both find as many documents.
func (b *bench) search(ctx context.Context) error {
	m, err := newMemory(ctx)
	if err != nil {
		return err
	}
	x, err := newBleve(searchtest.Corpus(corpusSize))
	if err != nil {
		return err
	}
	defer x.Close()
	qs := questions()
	ours, bleve := &asked{name: "memory", often: 40, engine: m}, &asked{name: "bleve", often: 3, engine: x}
	bleve.differs = "its analyzer cjk keeps pairs of characters, so one character alone is never found"
	engines := []*asked{ours, bleve}
	g, missing := b.groonga(ctx)
	groonga := &asked{name: "Groonga", often: 10, engine: g}
	if missing == nil {
		defer g.stop()
		engines = append(engines, groonga)
	}
	if err := b.interview(ctx, qs, engines...); err != nil {
		return errors.Join(missing, err)
	}

	b.table.alone("search p50, in process", quantile(ours.over(outer, everyQuestion), 0.5)/1e3, "ms", "≤ 0.2 ms")
	b.table.alone("search p99, in process", quantile(ours.over(outer, everyQuestion), 0.99)/1e3, "ms", "≤ 3 ms")
	if missing == nil {
		same := ours.sameTotals(groonga)
		b.table.compare("search p50", "Groonga, own clock", "µs", ours.against(groonga, inner, same), true, "≥ 10×")
		b.table.compare("search p50", "Groonga, over HTTP", "µs", ours.against(groonga, outer, same), true, "≥ 10×")
	}
	b.table.compare("search p50", "bleve", "µs", ours.against(bleve, outer, ours.sameTotals(bleve)), true, "≥ 30×")
	b.table.note("\n%s", byQuestion(qs, engines))
	return missing
}

func everyQuestion(int) bool { return true }

// sameTotals says to which questions both find documents, and as many.
func (a *asked) sameTotals(other *asked) func(question int) bool {
	return func(i int) bool { return a.totals[i] > 0 && a.totals[i] == other.totals[i] }
}

// byQuestion tells what each engine found, and how fast; where totals differ
// the questions are not compared.
func byQuestion(qs []question, engines []*asked) string {
	var out strings.Builder
	tw := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprint(tw, "class\tquestion")
	for _, e := range engines {
		fmt.Fprintf(tw, "\t%s finds\tp50 µs\tp99 µs", e.name)
	}
	fmt.Fprintln(tw)
	for i, q := range qs {
		fmt.Fprintf(tw, "%s\t%s", q.class, strings.Join(q.terms, " "))
		for _, e := range engines {
			t := e.over(outer, func(n int) bool { return n == i })
			differs := ""
			if e.totals[i] != engines[0].totals[i] {
				differs = " ≠"
			}
			fmt.Fprintf(tw, "\t%d%s\t%s\t%s", e.totals[i], differs, figure(quantile(t, 0.5)), figure(quantile(t, 0.99)))
		}
		fmt.Fprintln(tw)
	}
	tw.Flush()
	fmt.Fprintf(&out, "≠ is another total than that of %s; such questions are not compared, nor those that find nothing.\n", engines[0].name)
	for _, e := range engines {
		if e.differs != "" {
			fmt.Fprintf(&out, "%s: %s.\n", e.name, e.differs)
		}
	}
	return out.String()
}
