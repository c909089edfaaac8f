package understand

import (
	"slices"
	"strings"

	"yangguang/content"
	"yangguang/search/hanzi"
)

// Crisis is a word of somebody who may be in danger. It counts whatever the
// sentence says of it: 老师没有打我 is asked about too.
type Crisis struct {
	Span
	Kind content.CrisisKind `json:"kind"`
}

// Dangers are the kinds of danger that the text has words of, in its order.
func (r Reading) Dangers() []content.CrisisKind {
	kinds := make([]content.CrisisKind, len(r.Crisis))
	for i, c := range r.Crisis {
		kinds[i] = c.Kind
	}
	return kinds
}

// crises are the words of danger, and those in which they say something else.
type crises struct {
	words *gazetteer[danger]
	not   *gazetteer[struct{}]
}

// danger is what a word says. Exact is one without a gap.
type danger struct {
	kind  content.CrisisKind
	exact bool
}

func newCrises(records []*content.Crisis) crises {
	c := crises{newGazetteer[danger](), newGazetteer[struct{}]()}
	for _, r := range records {
		for _, w := range r.Words {
			c.words.add(w, danger{r.Kind, !strings.Contains(w, gap)})
		}
		for _, w := range r.Not {
			c.not.add(w, struct{}{})
		}
	}
	return c
}

// Crisis returns the words of danger in a text.
func (r *Reader) Crisis(s string) []Crisis {
	return r.crises.read(&text{original: s, Text: hanzi.Normalise(s)})
}

// read finds the words, from left to right. One that is a part of a word that
// says something else, or overlaps it (被打 in 被打折), does not count, unless it
// is written in full around it (不让打电话 around 打电话).
func (c crises) read(t *text) []Crisis {
	not := c.not.all(t.Norm)
	innocent := func(f finding[danger]) bool {
		return slices.ContainsFunc(not, func(n finding[struct{}]) bool {
			around := f.value.exact && f.from <= n.from && n.to <= f.to
			return f.overlaps(n.place) && !around
		})
	}
	var out []Crisis
	end := 0
	for _, f := range c.words.all(t.Norm) {
		if f.from < end || strings.ContainsAny(t.Norm[f.from:f.to], clauseEnds) || innocent(f) {
			continue
		}
		end = f.to
		out = append(out, Crisis{t.span(f.place), f.value.kind})
	}
	return out
}

// all returns every place at which a pattern stands, from left to right, of
// those that begin at a character the longest first; other places may lie
// inside.
func (g *gazetteer[T]) all(text string) []finding[T] {
	var out []finding[T]
	for at, first := range text {
		for _, e := range g.byFirst[first] {
			if to, ok := e.match(text, at); ok && alone(text, at, to) {
				out = append(out, finding[T]{place{at, to}, e.value})
			}
		}
	}
	return out
}
