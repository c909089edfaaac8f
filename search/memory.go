package search

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// Memory is the index in process: everything it knows is one immutable value
// behind an atomic pointer, so a new one is made ready beside the old and then
// put in its place.
type Memory struct{ now atomic.Pointer[corpus] }

// NewMemory returns an empty index.
func NewMemory() *Memory {
	m := &Memory{}
	m.now.Store(newCorpus(nil))
	return m
}

// Name implements Index.
func (m *Memory) Name() string { return inProcess }

const inProcess = "memory"

// Replace implements Index.
func (m *Memory) Replace(ctx context.Context, docs []Doc) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.now.Store(newCorpus(docs))
	return nil
}

// Search implements Index.
func (m *Memory) Search(ctx context.Context, w Wanted) (Found, error) {
	if err := ctx.Err(); err != nil {
		return Found{}, err
	}
	return m.now.Load().search(w), nil
}

// corpus is one generation of documents with their postings and, document by
// document, the columns that are counted.
type corpus struct {
	docs     []Doc
	postings *postings
	number   map[string]uint32 // of a document, by its id
	// types[typeOf[d]] is the type of document d, years[yearOf[d]] its year.
	types  []string
	typeOf []uint16
	years  []int
	yearOf []uint16
	// standing is what ranks a document whatever is searched: its weight, and
	// its year against the newest.
	standing []float32
	work     sync.Pool // of *scratch
}

func newCorpus(docs []Doc) *corpus {
	c := &corpus{docs: docs, postings: newPostings(docs), number: make(map[string]uint32, len(docs))}
	types, years, newest := map[string]uint16{}, map[int]uint16{}, 0
	for i, d := range docs {
		c.number[d.ID] = uint32(i)
		c.types, c.typeOf = column(types, c.types, c.typeOf, d.Type)
		newest = max(newest, d.Year)
		c.years, c.yearOf = column(years, c.years, c.yearOf, d.Year)
	}
	for _, d := range docs {
		standing := weightFactor * float32(d.Weight)
		if d.Year > 0 {
			standing -= yearFactor * float32(newest-d.Year)
		}
		c.standing = append(c.standing, standing)
	}
	c.work.New = func() any { return newScratch(len(docs), len(c.postings.fields)) }
	return c
}

func column[T comparable](known map[T]uint16, values []T, of []uint16, v T) ([]T, []uint16) {
	n, ok := known[v]
	if !ok {
		n = uint16(len(values))
		known[v] = n
		values = append(values, v)
	}
	return values, append(of, n)
}

func (c *corpus) search(w Wanted) Found {
	s := c.work.Get().(*scratch)
	defer c.work.Put(s)
	found := Found{Facets: map[string][]Facet{}}
	matching := c.match(s, w)
	matching = c.count(&found, matching, w)
	if page := c.best(s, matching, w); len(page) > 0 {
		m := newMarker(w.Terms, s.folded)
		found.Hits = make([]Hit, len(page))
		for i, d := range page {
			found.Hits[i] = m.hit(&c.docs[d])
		}
		s.folded = m.text
	}
	s.reset()
	return found
}

// count fills in the totals, and returns the documents that the filters leave.
func (c *corpus) count(found *Found, matching []uint32, w Wanted) []uint32 {
	types, years := make([]int, len(c.types)), make([]int, len(c.years))
	wantType, wantYear := slices.Index(c.types, w.Type), slices.Index(c.years, w.Year)
	left := matching[:0]
	for _, d := range matching {
		t, y := c.typeOf[d], c.yearOf[d]
		typeFits, yearFits := w.Type == "" || int(t) == wantType, w.Year == 0 || int(y) == wantYear
		if yearFits {
			types[t]++
		}
		if typeFits {
			years[y]++
		}
		if typeFits && yearFits {
			left = append(left, d)
		}
	}
	found.Total = len(left)
	for i, n := range types {
		if n > 0 {
			found.Groups = append(found.Groups, Group{c.types[i], n})
			found.Facets["type"] = append(found.Facets["type"], Facet{c.types[i], n})
		}
	}
	for i, n := range years {
		if n > 0 && c.years[i] != 0 {
			found.Facets["year"] = append(found.Facets["year"], Facet{strconv.Itoa(c.years[i]), n})
		}
	}
	found.inOrder()
	return left
}
