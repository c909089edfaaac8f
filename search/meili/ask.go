package meili

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/meilisearch/meilisearch-go"

	"yangguang/search"
)

// Search implements search.Index. It fails with search.ErrElsewhere where the
// server holds other documents than Replace was given, and with search.ErrLost
// where it holds none.
func (x *Index) Search(ctx context.Context, w search.Wanted) (search.Found, error) {
	if err := ctx.Err(); err != nil {
		return search.Found{}, err
	}
	held := x.held.Load()
	if held == nil {
		return search.Found{Facets: map[string][]search.Facet{}}, nil // never filled
	}
	found, err := x.search(ctx, w, *held)
	if errors.Is(err, errSwapped) { // in the midst of the question
		if found, err = x.search(ctx, w, *x.held.Load()); errors.Is(err, errSwapped) {
			err = search.ErrElsewhere
		}
	}
	return found, err
}

// errSwapped is met where parts of one answer are of different generations.
var errSwapped = errors.New("meilisearch: swapped meanwhile")

func (x *Index) search(ctx context.Context, w search.Wanted, held []generation) (search.Found, error) {
	k, err := x.enter(ctx)
	if err != nil {
		return search.Found{}, err
	}
	q := x.questions(&w)
	said, err := k.asking.MultiSearchWithContext(ctx, &meilisearch.MultiSearchRequest{Queries: q.all})
	if err != nil {
		return search.Found{}, x.strange(k, plain(err))
	}
	if len(said.Results) != len(q.all) {
		return search.Found{}, fmt.Errorf("meilisearch: %d answers to %d questions", len(said.Results), len(q.all))
	}
	g, err := generationIn(said.Results[0].Hits)
	if err != nil {
		return search.Found{}, err
	}
	if !slices.Contains(held, g) {
		return search.Found{}, search.ErrElsewhere
	}
	listing, err := q.listing(g, said.Results)
	if err != nil {
		return search.Found{}, err
	}
	if err := x.prove(ctx, k, g, listing); err != nil {
		return search.Found{}, err
	}
	weighed := listing.Weigh(w)
	texts, err := x.texts(ctx, k, g, weighed.Lacks())
	if err != nil {
		return search.Found{}, err
	}
	return weighed.Found(func(n uint32) *search.Texts { return texts[n] }), nil
}

// strange tells a server that has lost our index or keys from one that fails.
func (x *Index) strange(k *keys, err error) error {
	if x.left(k, err) || refused(err, "index_not_found", "invalid_search_facets", "invalid_search_filter", "invalid_search_attributes_to_search_on") {
		return search.ErrLost
	}
	return err
}

// questions are what one search asks in one request.
type questions struct {
	all    []*meilisearch.SearchRequest
	listed []listed
	first  int // which asks for the documents to put first; 0 is none
}

// listed says which text and list a question is about.
type listed struct {
	text    string
	heads   bool
	counted bool
}

// Where a text is looked for: everywhere, or in the heads alone.
var (
	inPairs = map[bool][]string{true: {"heads_spaced"}, false: {"heads_spaced", "text_spaced"}}
	inChars = map[bool][]string{true: {"head_chars"}, false: {"head_chars", "text_chars"}}
)

func (x *Index) questions(w *search.Wanted) *questions {
	q := &questions{}
	one := int64(1)
	q.all = append(q.all, &meilisearch.SearchRequest{
		IndexUID: x.live, HitsPerPage: &one, AttributesToRetrieve: []string{"generation"},
	})
	q.listed = append(q.listed, listed{})
	if len(w.Terms) == 0 {
		q.list(x.live, "", false, false)
	}
	texts, counted := w.Texts()
	for _, text := range texts {
		q.list(x.live, text, false, false)
		if w.Headed() {
			q.list(x.live, text, true, false)
		}
	}
	for _, text := range counted {
		q.list(x.live, text, false, true)
	}
	if len(w.First) > 0 {
		q.first = len(q.all)
		n := int64(len(w.First))
		q.all = append(q.all, &meilisearch.SearchRequest{
			IndexUID: x.live, HitsPerPage: &n, AttributesToRetrieve: []string{"key"}, Filter: oneOf("id", w.First),
		})
		q.listed = append(q.listed, listed{})
	}
	return q
}

func (q *questions) list(uid, text string, inHeads, counted bool) {
	none := int64(0)
	r := &meilisearch.SearchRequest{IndexUID: uid, HitsPerPage: &none, MatchingStrategy: meilisearch.All}
	switch letters := []rune(text); {
	case len(letters) == 1:
		r.Query, r.AttributesToSearchOn = string(appendChar(nil, letters[0])), inChars[inHeads]
	case text != "":
		r.Query, r.AttributesToSearchOn = string(append(appendSpaced([]byte{'"'}, letters), '"')), inPairs[inHeads]
	}
	if !counted {
		r.Facets = []string{"key", "generation"}
	}
	q.all = append(q.all, r)
	q.listed = append(q.listed, listed{text, inHeads, counted})
}

// oneOf is the filter for a field with one of the values.
func oneOf[T string | uint32](field string, values []T) string {
	b := []byte(field + " IN [")
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		quoted, _ := json.Marshal(fmt.Sprint(v)) // a string
		b = append(b, quoted...)
	}
	return string(append(b, ']'))
}

// listing reads the answers, which are of a generation.
func (q *questions) listing(g generation, answers []meilisearch.SearchResponse) (*search.Listing, error) {
	r := reader{Listing: search.Listing{Entries: make([]search.Entry, g.size()), In: map[string]search.List{}}, generation: g}
	for i, of := range q.listed {
		var err error
		switch {
		case i == 0: // which generation
		case q.first == i:
			err = r.first(answers[i].Hits)
		default:
			err = r.list(of, &answers[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return &r.Listing, nil
}

func generationIn(hits meilisearch.Hits) (g generation, err error) {
	if len(hits) == 0 {
		return emptyGeneration, nil
	}
	err = json.Unmarshal(hits[0]["generation"], &g)
	return g, err
}

// emptyGeneration is that of no documents.
var emptyGeneration = generationOf(nil)

// reader gathers a listing from answers.
type reader struct {
	search.Listing
	generation generation
}

func (r *reader) first(hits meilisearch.Hits) error {
	for _, hit := range hits {
		var key string
		if err := json.Unmarshal(hit["key"], &key); err != nil {
			return err
		}
		n, err := r.entry([]byte(key))
		if err != nil {
			return err
		}
		r.First = append(r.First, n)
	}
	return nil
}

func (r *reader) list(of listed, answer *meilisearch.SearchResponse) error {
	in := r.In[of.text]
	switch {
	case of.counted:
		in.Total = int(answer.TotalHits)
		r.In[of.text] = in
		return nil
	case answer.TotalHits == 0:
		return nil
	}
	err := facet(answer.FacetDistribution, "generation", func(g []byte) error {
		if string(g) != string(r.generation) {
			return errSwapped
		}
		return nil
	})
	if err != nil {
		return err
	}
	list := make([]uint32, 0, answer.TotalHits)
	err = facet(answer.FacetDistribution, "key", func(key []byte) error {
		n, err := r.entry(key)
		list = append(list, n)
		return err
	})
	if err != nil {
		return err
	}
	if len(list) != int(answer.TotalHits) {
		return fmt.Errorf("meilisearch: %d of %d documents listed", len(list), answer.TotalHits)
	}
	if of.heads {
		in.Heads = list
	} else {
		in.All = list
	}
	r.In[of.text] = in
	return nil
}

// provable is how many documents of a list are looked at.
const provable = 500

// exact reports whether the server's list for a text is exact. It is for four
// characters, which the words of a phrase make together (see spaced), but where
// the middle ones are the same. For more it holds all documents with the same
// fours, which may stand apart.
func exact(text string) bool {
	r := []rune(text)
	return len(r) < 4 || len(r) == 4 && r[1] != r[2]
}

// prove takes off the lists of long texts the documents that do not have them.
func (x *Index) prove(ctx context.Context, k *keys, g generation, l *search.Listing) error {
	for text, in := range l.In {
		if len(in.All) == 0 || len(in.All) > provable || exact(text) {
			continue
		}
		texts, err := x.texts(ctx, k, g, in.All)
		if err != nil {
			return err
		}
		in.All = slices.DeleteFunc(in.All, func(n uint32) bool {
			has, _ := texts[n].Has(text)
			return !has
		})
		in.Heads = slices.DeleteFunc(in.Heads, func(n uint32) bool {
			_, has := texts[n].Has(text)
			return !has
		})
		l.In[text] = in
	}
	return nil
}

// entry notes the document of a key, and returns its number.
func (r *reader) entry(key []byte) (uint32, error) {
	n := uint32(0)
	for i, c := range key {
		if c == '-' && i > 0 && n < uint32(len(r.Entries)) {
			if e := &r.Entries[n]; e.Type == "" {
				if !readEntry(key[i+1:], e) {
					break
				}
			}
			return n, nil
		}
		if c < '0' || c > '9' || i > 8 {
			break
		}
		n = n*10 + uint32(c-'0')
	}
	return 0, fmt.Errorf("meilisearch: no key of a document: %.40q", key)
}

var errDistribution = errors.New("meilisearch: a facet distribution that cannot be read")

// facet calls yield with every value of one facet in a distribution,
// {"name":{"value":1,…},…}. Our values hold nothing that JSON escapes.
func facet(distribution []byte, name string, yield func(value []byte) error) error {
	_, rest, ok := bytes.Cut(distribution, []byte(`"`+name+`":{`))
	if !ok {
		return errDistribution
	}
	for len(rest) > 0 && rest[0] != '}' {
		end := bytes.IndexByte(rest[1:], '"')
		if rest[0] != '"' || end < 0 {
			return errDistribution
		}
		if err := yield(rest[1 : 1+end]); err != nil {
			return err
		}
		next := bytes.IndexAny(rest[1+end:], ",}")
		if next < 0 {
			return errDistribution
		}
		if rest = rest[1+end+next:]; rest[0] == ',' {
			rest = rest[1:]
		}
	}
	return nil
}

// shelf keeps the texts of documents that were brought from the server. Those
// of a generation never change.
type shelf struct {
	mu         sync.Mutex
	generation generation
	texts      map[uint32]*search.Texts
}

// shelfSize is how many documents are kept at most.
const shelfSize = 4096

func (s *shelf) take(g generation, numbers []uint32) (have map[uint32]*search.Texts, lack []uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	have = make(map[uint32]*search.Texts, len(numbers))
	for _, n := range numbers {
		if t := s.texts[n]; t != nil && s.generation == g {
			have[n] = t
		} else {
			lack = append(lack, n)
		}
	}
	return have, lack
}

func (s *shelf) put(g generation, texts map[uint32]*search.Texts) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation != g || len(s.texts)+len(texts) > shelfSize {
		s.generation, s.texts = g, map[uint32]*search.Texts{}
	}
	maps.Copy(s.texts, texts)
}

// texts returns the documents with these numbers.
func (x *Index) texts(ctx context.Context, k *keys, g generation, numbers []uint32) (map[uint32]*search.Texts, error) {
	have, lack := x.shelf.take(g, numbers)
	if len(lack) == 0 {
		return have, nil
	}
	n := int64(len(lack))
	said, err := k.asking.Index(x.live).SearchWithContext(ctx, "", &meilisearch.SearchRequest{
		HitsPerPage: &n, AttributesToRetrieve: shown, Filter: oneOf("number", lack),
	})
	if err != nil {
		return nil, x.strange(k, plain(err))
	}
	if len(said.Hits) != len(lack) {
		return nil, errSwapped
	}
	for _, hit := range said.Hits {
		var d document
		if err := hit.DecodeInto(&d); err != nil {
			return nil, err
		}
		if d.Generation != g {
			return nil, errSwapped
		}
		have[d.Number] = search.TextsOf(d.doc())
	}
	x.shelf.put(g, have)
	return have, nil
}
