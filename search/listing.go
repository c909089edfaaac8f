package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yangguang/search/hanzi"
)

// Listing is what an index elsewhere says of the texts of a [Wanted]: in which
// documents each of them stands. [Listing.Weigh] counts and orders the
// documents as [Memory] does, from the lists first, and then the best of them
// by their own texts, which have to be brought only then.
type Listing struct {
	// Entries are all documents of the index by number, in the order in which they
	// were given. Of one that is in no list nothing needs to be known.
	Entries []Entry
	// In has the list of every text of [Wanted.Texts].
	In map[string]List
	// First are the numbers of the documents to put first.
	First []uint32
}

// Entry is what is known of a document without its texts.
type Entry struct {
	Type     string
	Year     int
	Standing int
}

// List says where a text stands. Where the list was not asked for, only Total
// is known.
type List struct {
	// All are the documents that have it in any text, Heads those that have it in
	// the title or in a name.
	All, Heads []uint32
	Total      int
}

// Standings returns, for each document, what ranks it whatever is searched, in
// fiftieths of a point.
func Standings(docs []Doc) []int {
	newest := 0
	for i := range docs {
		newest = max(newest, docs[i].Year)
	}
	out := make([]int, len(docs))
	for i, d := range docs {
		out[i] = 3 * d.Weight
		if d.Year > 0 {
			out[i] -= 10 * (newest - d.Year)
		}
	}
	return out
}

const standingUnit = 0.02

// Texts returns the texts that have to be listed, and those that have to be
// counted only, folded and each once.
func (w *Wanted) Texts() (listed, counted []string) {
	add := func(to *[]string, text string) {
		if text = hanzi.Fold(text); text != "" && !slices.Contains(listed, text) && !slices.Contains(*to, text) {
			*to = append(*to, text)
		}
	}
	for i := range w.Terms {
		add(&listed, w.Terms[i].Text)
		for _, other := range w.Terms[i].Also {
			add(&listed, other)
		}
	}
	for _, hint := range w.Hints {
		add(&counted, hint)
	}
	return listed, counted
}

// Headed reports whether the lists of heads order what is found: where every
// term must occur. In a relaxed search the rarity of the terms does.
func (w *Wanted) Headed() bool { return w.Enough == 0 }

// window is how many of the best documents by the lists are ordered by their
// texts.
const window = 250

// Weighed are the documents wanted, counted and in the order that the lists
// give.
type Weighed struct {
	found  Found
	wanted Wanted
	order  []scored
	scale  scale
}

// Weigh finds the documents wanted.
func (l *Listing) Weigh(w Wanted) *Weighed {
	x := &Weighed{wanted: w, scale: newScale(l, w)}
	matching, sums := l.match(w, &x.scale)
	x.found.Facets = map[string][]Facet{}
	for _, d := range l.count(&x.found, matching, w) {
		score := sums[d] + x.scale.standing(d)
		x.order = append(x.order, scored{score, d})
	}
	slices.SortFunc(x.order, scored.order)
	return x
}

// match returns the documents that have the terms, and what the lists give
// them.
func (l *Listing) match(w Wanted, s *scale) ([]uint32, []float32) {
	sums := make([]float32, len(l.Entries))
	if len(w.Terms) == 0 {
		all := make([]uint32, len(l.Entries))
		for d := range all {
			all[d] = uint32(d)
		}
		return all, sums
	}
	met, best := make([]float32, len(l.Entries)), make([]float32, len(l.Entries))
	var docs, touched []uint32
	total := float32(0)
	note := func(list []uint32, score float32) {
		for _, d := range list {
			if best[d] == 0 {
				touched = append(touched, d)
			}
			best[d] = max(best[d], score)
		}
	}
	for i := range s.terms {
		t := &s.terms[i]
		touched = touched[:0]
		for _, text := range t.texts {
			in := l.In[text.folded]
			note(in.All, fieldWeight[inText]*text.factor)
			note(in.Heads, fieldWeight[inName]*text.factor)
		}
		t.counts = t.weight
		if s.relaxed {
			t.counts *= s.rarity(len(touched))
		}
		if len(touched) > 0 || !w.Lenient {
			total += t.weight
		}
		for _, d := range touched {
			if met[d] == 0 {
				docs = append(docs, d)
			}
			met[d] += t.weight
			sums[d] += best[d] * t.counts
			best[d] = 0
		}
	}
	need := total
	if w.Enough > 0 {
		need = total * float32(w.Enough)
	}
	return slices.DeleteFunc(docs, func(d uint32) bool { return met[d] < need-1e-4 }), sums
}

// count fills in the totals, and returns the documents that the filters leave.
func (l *Listing) count(found *Found, matching []uint32, w Wanted) []uint32 {
	types, years := map[string]int{}, map[int]int{}
	left := matching[:0]
	for _, d := range matching {
		e := &l.Entries[d]
		typeFits, yearFits := w.Type == "" || e.Type == w.Type, w.Year == 0 || e.Year == w.Year
		if yearFits {
			types[e.Type]++
		}
		if typeFits && e.Year != 0 {
			years[e.Year]++
		}
		if typeFits && yearFits {
			left = append(left, d)
		}
	}
	found.Total = len(left)
	for name, n := range types {
		found.Groups = append(found.Groups, Group{name, n})
		found.Facets["type"] = append(found.Facets["type"], Facet{name, n})
	}
	for year, n := range years {
		found.Facets["year"] = append(found.Facets["year"], Facet{strconv.Itoa(year), n})
	}
	found.inOrder()
	return left
}

// Lacks returns the numbers of the documents whose texts are needed for the
// page wanted.
func (x *Weighed) Lacks() []uint32 {
	from, to := x.page()
	if from == to {
		return nil
	}
	end := min(window, len(x.order))
	if from >= end {
		end = 0
	}
	var out []uint32
	for i := range x.order {
		if i < end || from <= i && i < to {
			out = append(out, x.order[i].doc)
		}
	}
	return out
}

func (x *Weighed) page() (from, to int) {
	from = min(x.wanted.Offset, len(x.order))
	return from, min(from+max(x.wanted.Limit, 0), len(x.order))
}

// Found shows the page wanted. texts gives the documents that it lacked.
func (x *Weighed) Found(texts func(number uint32) *Texts) Found {
	from, to := x.page()
	if from == to {
		return x.found
	}
	if end := min(window, len(x.order)); from < end {
		for i := range x.order[:end] {
			x.order[i].score = x.scale.weigh(x.order[i].doc, texts(x.order[i].doc))
		}
		slices.SortFunc(x.order[:end], scored.order)
	}
	m := newMarker(x.wanted.Terms, nil)
	for _, o := range x.order[from:to] {
		x.found.Hits = append(x.found.Hits, m.hit(&texts(o.doc).Doc))
	}
	return x.found
}

// Texts is a document with its texts as they are compared.
type Texts struct {
	Doc
	fields []folded
}

type folded struct {
	text  string
	size  float32
	share float32
	kind  fieldKind
}

// TextsOf folds a document's texts.
func TextsOf(d Doc) *Texts {
	t := &Texts{Doc: d}
	add := func(kind fieldKind, text string) {
		if text == "" {
			return
		}
		text = hanzi.Fold(text)
		size := min(utf8.RuneCountInString(text), 1<<16-1)
		t.fields = append(t.fields, folded{text, float32(size), fieldWeight[kind] / float32(max(size, 1)), kind})
	}
	add(inTitle, d.Title)
	for _, name := range d.Names {
		add(inName, name)
	}
	add(inText, d.Text)
	return t
}

// In returns the texts of the document, folded: its heads, which are the title
// and the names, and what else it has.
func (t *Texts) In() (heads, bodies []string) {
	for _, f := range t.fields {
		if f.kind == inText {
			bodies = append(bodies, f.text)
		} else {
			heads = append(heads, f.text)
		}
	}
	return heads, bodies
}

// Has reports whether a folded text stands in the document, and whether in a
// head.
func (t *Texts) Has(text string) (anywhere, inHead bool) {
	for _, f := range t.fields {
		if strings.Contains(f.text, text) {
			anywhere, inHead = true, inHead || f.kind != inText
		}
	}
	return anywhere, inHead
}

// scale weighs documents as corpus.match does, one at a time.
type scale struct {
	listing *Listing
	relaxed bool
	terms   []weighedTerm
	hints   []weighedTerm
	first   map[uint32]bool
}

type weighedTerm struct {
	texts  []weighedText
	weight float32
	counts float32 // the weight, in a relaxed search times its rarity
}

type weighedText struct {
	folded string
	size   float32
	factor float32
}

func newScale(l *Listing, w Wanted) scale {
	s := scale{listing: l, relaxed: w.Enough > 0, first: map[uint32]bool{}}
	text := func(t string, factor float32) weighedText {
		t = hanzi.Fold(t)
		return weighedText{t, float32(utf8.RuneCountInString(t)), factor}
	}
	for i := range w.Terms {
		t := weighedTerm{weight: w.Terms[i].weight()}
		t.texts = append(t.texts, text(w.Terms[i].Text, 1))
		for _, other := range w.Terms[i].Also {
			t.texts = append(t.texts, text(other, alsoFactor))
		}
		s.terms = append(s.terms, t)
	}
	for _, hint := range w.Hints {
		t := weighedTerm{texts: []weighedText{text(hint, hintFactor)}}
		in := l.In[t.texts[0].folded]
		t.counts = s.rarity(max(in.Total, len(in.All)))
		s.hints = append(s.hints, t)
	}
	for _, d := range l.First {
		s.first[d] = true
	}
	return s
}

func (s *scale) rarity(n int) float32 { return rarity(len(s.listing.Entries), n) }

// standing is what the document counts whatever was searched.
func (s *scale) standing(d uint32) float32 {
	score := standingUnit * float32(s.listing.Entries[d].Standing)
	if s.first[d] {
		score += firstBonus
	}
	return score
}

// weigh returns what the document's texts count.
func (s *scale) weigh(d uint32, t *Texts) float32 {
	var room [16]float32
	together := append(room[:0], make([]float32, len(t.fields))...)
	score := s.standing(d)
	for i := range s.terms {
		score += s.best(&s.terms[i], t, together) * s.terms[i].counts
	}
	if !s.relaxed {
		return score
	}
	for i := range s.hints {
		score += s.best(&s.hints[i], t, together) * s.hints[i].counts
	}
	fullest := float32(0)
	for i, f := range t.fields {
		fullest = max(fullest, togetherFactor*together[i]*fieldWeight[f.kind]/(1+f.size/30))
	}
	return score + fullest
}

// best returns what the term counts in the field where it counts most, and
// adds to together what it counts in each.
func (s *scale) best(term *weighedTerm, t *Texts, together []float32) float32 {
	best := float32(0)
	for i := range t.fields {
		f, met := &t.fields[i], false
		for _, text := range term.texts {
			if text.folded == "" || text.size > f.size || !strings.Contains(f.text, text.folded) {
				continue
			}
			if s.relaxed && !met {
				together[i] += term.counts * text.factor
				met = true
			}
			score := (fieldWeight[f.kind] + text.size*f.share) * text.factor
			if f.size == text.size && !s.relaxed {
				score += wholeBonus * text.factor
			}
			best = max(best, score)
		}
	}
	return best
}

// inOrder puts groups and facets in their order: types by how many there are,
// years the newest first.
func (f *Found) inOrder() {
	slices.SortFunc(f.Groups, func(a, b Group) int {
		return cmp.Or(b.Total-a.Total, cmp.Compare(a.Type, b.Type))
	})
	slices.SortFunc(f.Facets["type"], func(a, b Facet) int {
		return cmp.Or(b.Total-a.Total, cmp.Compare(a.Value, b.Value))
	})
	slices.SortFunc(f.Facets["year"], func(a, b Facet) int { return cmp.Compare(b.Value, a.Value) })
}
