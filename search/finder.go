package search

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/understand"
)

// Finder answers queries about the newest snapshot it was given. It may be
// used by many at once; while a new snapshot is made ready the old one
// answers, and before the first is ready questions wait for it.
type Finder struct {
	// Now is the clock by which a year is history.
	Now func() time.Time

	index Index
	now   atomic.Pointer[edition]
	first sync.Once
	ready chan struct{} // closed when the first snapshot is
}

// edition is what a Finder knows of one snapshot.
type edition struct {
	snapshot    *content.Snapshot
	reader      *understand.Reader
	docs        map[string]*Doc
	wordings    map[string]func() []wording // of questions and words, by id
	suggestions []suggestable
}

func newEdition(s *content.Snapshot, docs []Doc) *edition {
	e := &edition{snapshot: s, reader: understand.New(s), docs: make(map[string]*Doc, len(docs)), wordings: map[string]func() []wording{}}
	for i := range docs {
		d := &docs[i]
		e.docs[d.ID] = d
		if t := content.Type(d.Type); t == content.TypeFAQ || t == content.TypeTerm {
			e.wordings[d.ID] = sync.OnceValue(d.wordings)
		}
	}
	e.suggestions = suggestables(s, docs)
	return e
}

// NewFinder returns a Finder that asks the index, once Follow was called.
func NewFinder(index Index) *Finder {
	return &Finder{Now: time.Now, index: index, ready: make(chan struct{})} //nolint:forbidigo // the field's default
}

// edition returns what is searched, and waits for the first. It fails only
// where ctx ends before.
func (f *Finder) edition(ctx context.Context) (*edition, error) {
	select {
	case <-f.ready:
		return f.now.Load(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Follow makes the snapshot the one that is searched. It is called at start
// and after each edition, by one caller at a time.
func (f *Finder) Follow(ctx context.Context, s *content.Snapshot) error {
	docs := Documents(s)
	next := newEdition(s, docs)
	if err := f.index.Replace(ctx, docs); err != nil {
		return err
	}
	f.now.Store(next)
	f.first.Do(func() { close(f.ready) })
	return nil
}

// today is the day on China's clock.
func (f *Finder) today() calendar.Date { return calendar.DateOf(f.Now()) }

// Understand returns what the text names in the snapshot that is searched.
func (f *Finder) Understand(ctx context.Context, text string) (understand.Reading, error) {
	e, err := f.edition(ctx)
	if err != nil {
		return understand.Reading{}, err
	}
	return e.reader.Read(text, f.today()), nil
}

// Grievance returns what a story tells, in the snapshot that is searched.
func (f *Finder) Grievance(ctx context.Context, text string) (understand.Grievance, error) {
	e, err := f.edition(ctx)
	if err != nil {
		return understand.Grievance{}, err
	}
	return e.reader.Grievance(text, f.today()), nil
}

// Find answers a query. It fails where the index does, and where ctx ends.
func (f *Finder) Find(ctx context.Context, q Query) (Results, error) {
	start := time.Now() //nolint:forbidigo // how long it takes is no date
	e, err := f.edition(ctx)
	if err != nil {
		return Results{}, err
	}
	out := Results{Query: q.Text, Hits: []Hit{}, Groups: []Group{}, Facets: map[string][]Facet{}, Engine: f.index.Name()}
	out.Understood = e.reader.Read(q.Text, f.today())
	asked := take(q.Text, out.Understood)
	if strings.TrimSpace(q.Text) == "" {
		return out, nil
	}
	decided := e.decide(out.Understood, asked, f.today())
	found, relaxed, err := f.search(ctx, asked, q, decided.lead)
	if err != nil {
		return Results{}, err
	}
	out.take(found)
	if out.Degraded = found.Standby; out.Degraded {
		out.Engine = inProcess
	}
	out.Relaxed = relaxed
	answer := decided.lead
	switch {
	case decided.sure:
	case len(out.Understood.Others) > 0:
		answer = ""
	default:
		answer = e.asked(asked, found.Hits, out.Understood.Years, decided.exactly)
	}
	out.Answer = e.answer(answer, f.today().Year())
	out.DidYouMean = didYouMean(q.Text, out.Understood)
	if dangers := out.Understood.Dangers(); len(dangers) > 0 {
		out.Answer, out.DidYouMean = e.help(dangers), ""
	}
	out.TookUS = time.Since(start).Microseconds()
	return out, nil
}

func (r *Results) take(found Found) {
	r.Total, r.Facets = found.Total, found.Facets
	if found.Hits != nil {
		r.Hits = found.Hits
	}
	if found.Groups != nil {
		r.Groups = found.Groups
	}
}

// search asks for documents with every piece of the query, and only if there
// are none for those with enough of it.
func (f *Finder) search(ctx context.Context, asked question, q Query, lead string) (Found, bool, error) {
	w := Wanted{Type: q.Type, Year: q.Year, Offset: max(q.Offset, 0), Limit: MaxHits}
	if q.Limit > 0 {
		w.Limit = min(q.Limit, MaxHits)
	}
	if lead != "" {
		w.First = []string{lead}
	}
	var found Found
	if terms, ok := asked.strict(); ok {
		w.Terms = terms
		var err error
		found, err = f.index.Search(ctx, w)
		if err != nil || len(found.Groups) > 0 || len(found.Facets) > 0 {
			return found, false, err
		}
	}
	loose := asked.loose()
	if asked.others {
		loose.Terms = asked.beside
	}
	if len(loose.Terms) == 0 {
		return Found{Facets: map[string][]Facet{}, Standby: found.Standby}, false, nil
	}
	w.Terms, w.Enough, w.Lenient, w.Hints = loose.Terms, loose.Enough, loose.Lenient, loose.Hints
	found, err := f.index.Search(ctx, w)
	return found, true, err
}

// didYouMean offers the query with what may be meant in place of a slip or of
// somebody else's name.
func didYouMean(text string, r understand.Reading) string {
	type change struct {
		understand.Span
		to string
	}
	var changes []change
	for _, o := range r.Others {
		if len(o.Means) > 0 {
			changes = append(changes, change{o.Span, o.Means[0]})
		}
	}
	for _, u := range r.Units {
		if u.How == understand.ByTypo || u.How == understand.ByHomophone {
			changes = append(changes, change{u.Span, u.Name})
		}
	}
	for _, w := range r.Words {
		if w.How == understand.ByTypo && len(w.Means) > 0 {
			changes = append(changes, change{w.Span, w.Means[0]})
		}
	}
	if len(changes) == 0 {
		return ""
	}
	var out strings.Builder
	at := 0
	for from := range text {
		for _, c := range changes {
			if c.From == from && from >= at {
				out.WriteString(text[at:from])
				out.WriteString(c.to)
				at = c.To
			}
		}
	}
	return out.String() + text[at:]
}
