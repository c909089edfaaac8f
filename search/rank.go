package search

import (
	"cmp"
	"math"
	"slices"

	"yangguang/search/hanzi"
)

// What a match counts: most in the title, then in a name, then in the text;
// more where it is most of the field.
var fieldWeight = [...]float32{inTitle: 10, inName: 9, inText: 4}

const (
	alsoFactor     = 0.7  // of a word for the word
	wholeBonus     = 6    // the field is the text and no more
	hintFactor     = 0.15 // of a hint for a term
	togetherFactor = 1.5  // of terms in one field
	weightFactor   = 0.06 // of Doc.Weight
	yearFactor     = 0.2  // a year older than the newest; without a year is new
	firstBonus     = 1e6
)

// scratch is the room one search works in, kept for the next one. Everything
// in it is zero between searches.
type scratch struct {
	best  []float32 // of the term at hand, by document
	sum   []float32 // of the terms so far
	met   []float32 // weight of the terms that occur
	first []bool    // documents to put first

	// field is what the terms count in each field, fields those that any counts
	// in, full the most of a document's fields; within are the fields of the term
	// at hand.
	field  []gathered
	fields []uint32
	full   []float32
	within []within
	term   uint32

	docs, touched []uint32 // documents that met any term; the term at hand
	matching      []uint32
	firsts        []uint32
	places        []uint32
	runes         []rune
	folded        []hanzi.Rune
}

func newScratch(docs, fields int) *scratch {
	return &scratch{
		best: make([]float32, docs), sum: make([]float32, docs), met: make([]float32, docs), first: make([]bool, docs),
		field: make([]gathered, fields), full: make([]float32, docs), term: 1,
	}
}

type gathered struct {
	sum  float32
	term uint32 // counted last
}

type within struct {
	field  uint32
	factor float32
}

func (s *scratch) reset() {
	for _, d := range s.docs {
		s.sum[d], s.met[d] = 0, 0
	}
	for _, d := range s.firsts {
		s.first[d] = false
	}
	s.docs, s.firsts = s.docs[:0], s.firsts[:0]
}

// match returns the documents that have the terms, without looking at filters,
// and leaves their scores in s.
func (c *corpus) match(s *scratch, w Wanted) []uint32 {
	for _, id := range w.First {
		if d, ok := c.number[id]; ok {
			s.first[d] = true
			s.firsts = append(s.firsts, d)
		}
	}
	if len(w.Terms) == 0 {
		all := make([]uint32, len(c.docs))
		for d := range all {
			all[d] = uint32(d)
		}
		return all
	}
	total := float32(0)
	for i := range w.Terms {
		if met := c.meet(s, &w.Terms[i], w.Enough > 0); met > 0 || !w.Lenient {
			total += w.Terms[i].weight()
		}
	}
	need := total
	if w.Enough > 0 {
		need = total * float32(w.Enough)
	}
	matching := s.matching[:0]
	for _, d := range s.docs {
		if s.met[d] >= need-1e-4 {
			matching = append(matching, d)
		}
	}
	s.matching = matching
	c.hint(s, w.Hints)
	if w.Enough > 0 {
		c.together(s)
	}
	return matching
}

// hint raises the documents that were met and have the hints.
func (c *corpus) hint(s *scratch, hints []string) {
	for _, text := range hints {
		s.touched, s.within = s.touched[:0], s.within[:0]
		c.scoreText(s, text, hintFactor, true)
		rarity := c.rarity(len(s.touched))
		c.gather(s, rarity)
		for _, d := range s.touched {
			if s.met[d] > 0 {
				s.sum[d] += s.best[d] * rarity
			}
			s.best[d] = 0
		}
	}
}

// rarity is how much it says that a document has what n documents have.
func (c *corpus) rarity(n int) float32 { return rarity(len(c.docs), n) }

func rarity(all, n int) float32 { return float32(math.Log(1 + float64(all)/float64(1+n))) }

func (t *Term) weight() float32 {
	if t.Weight == 0 {
		return 1
	}
	return float32(t.Weight)
}

// meet adds to each document what the term counts in it, and returns in how
// many documents it occurs.
func (c *corpus) meet(s *scratch, t *Term, relaxed bool) int {
	s.touched, s.within = s.touched[:0], s.within[:0]
	c.scoreText(s, t.Text, 1, relaxed)
	for _, other := range t.Also {
		c.scoreText(s, other, alsoFactor, relaxed)
	}
	weight := t.weight()
	counts := weight
	if relaxed {
		counts *= c.rarity(len(s.touched))
		c.gather(s, counts)
	}
	for _, d := range s.touched {
		if s.met[d] == 0 {
			s.docs = append(s.docs, d)
		}
		s.met[d] += weight
		s.sum[d] += s.best[d] * counts
		s.best[d] = 0
	}
	return len(s.touched)
}

// gather adds what the term counts to the fields it stands in. The field that
// holds most of the terms together speaks for its document: a question is one
// sentence.
func (c *corpus) gather(s *scratch, counts float32) {
	for _, w := range s.within {
		if had := s.field[w.field]; had.term != s.term {
			if had.sum == 0 {
				s.fields = append(s.fields, w.field)
			}
			s.field[w.field] = gathered{had.sum + counts*w.factor, s.term}
		}
	}
	s.term++
}

// together adds to each document that was met what its fullest field holds.
func (c *corpus) together(s *scratch) {
	for _, f := range s.fields {
		in := &c.postings.fields[f]
		value := togetherFactor * s.field[f].sum * fieldWeight[in.kind] / (1 + float32(in.size)/30)
		s.full[in.doc] = max(s.full[in.doc], value)
	}
	for _, f := range s.fields {
		d := c.postings.fields[f].doc
		if s.met[d] > 0 { // a hint alone makes no document wanted
			s.sum[d] += s.full[d]
		}
		s.full[d], s.field[f] = 0, gathered{}
	}
	s.fields, s.term = s.fields[:0], 1
}

// scoreText notes the documents and fields in which the text stands, and how
// well.
func (c *corpus) scoreText(s *scratch, text string, factor float32, relaxed bool) {
	s.runes = hanzi.AppendRunes(s.runes[:0], text)
	size, whole := float32(len(s.runes)), uint16(len(s.runes))
	if relaxed {
		whole = 0 // a word is no whole question
	}
	p := c.postings
	p.each(p.lists(s.runes, &s.places), func(f uint32) {
		if relaxed {
			s.within = append(s.within, within{f, factor})
		}
		in := &p.fields[f]
		score := (fieldWeight[in.kind] + size*in.share) * factor
		if in.size == whole {
			score += wholeBonus * factor
		}
		switch had := s.best[in.doc]; {
		case had == 0:
			s.touched = append(s.touched, in.doc)
			s.best[in.doc] = score
		case had < score:
			s.best[in.doc] = score
		}
	})
}

// best returns the documents of the page, best first.
func (c *corpus) best(s *scratch, matching []uint32, w Wanted) []uint32 {
	need := w.Offset + w.Limit
	if w.Limit <= 0 || w.Offset >= len(matching) {
		return nil
	}
	top := make([]scored, 0, min(need, len(matching)))
	for _, d := range matching {
		v := scored{c.score(s, d), d}
		if len(top) == need {
			if !v.better(top[0]) {
				continue
			}
			top[0] = v
			sink(top)
			continue
		}
		top = append(top, v)
		if len(top) == need {
			slices.SortFunc(top, func(a, b scored) int { return b.order(a) }) // a heap, worst first
		}
	}
	slices.SortFunc(top, scored.order)
	out := make([]uint32, 0, w.Limit)
	for _, v := range top[w.Offset:] {
		out = append(out, v.doc)
	}
	return out
}

func (c *corpus) score(s *scratch, d uint32) float32 {
	score := s.sum[d] + c.standing[d]
	if s.first[d] {
		score += firstBonus
	}
	return score
}

type scored struct {
	score float32
	doc   uint32
}

// order sorts the better first, and what is as good in the order of the docs.
func (a scored) order(b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
}

func (a scored) better(b scored) bool { return a.order(b) < 0 }

// sink restores the heap (the worst at 0) after its first element changed.
func sink(heap []scored) {
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heap); child++ {
			if heap[worst].better(heap[child]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		heap[i], heap[worst] = heap[worst], heap[i]
		i = worst
	}
}
