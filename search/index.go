package search

import "context"

// Index keeps documents and finds them. Its two implementations are the one
// in process ([Memory]) and the one on a Meilisearch; searchtest.Run is the
// suite that both pass. Texts are compared in the form of hanzi.Fold.
type Index interface {
	// Replace puts docs in place of all earlier ones. While it runs the old
	// ones answer; when it returns nil the new ones do, when it fails the old
	// ones still do. Ids are unique. The index may keep the docs, and so
	// may the caller: nobody changes them afterwards.
	Replace(ctx context.Context, docs []Doc) error
	// Search returns the documents wanted. Total, groups and facets are exact.
	// Groups, and the facet "type", count without the filter by type, the facet
	// "year" without the filter by year, so that a reader sees where else to look.
	// An index that was never filled finds nothing.
	Search(ctx context.Context, w Wanted) (Found, error)
	// Name is the engine's name in the API.
	Name() string
}

// Term is something that must occur in a document: one of the texts, as a
// piece of its title, its text or one of its names, anywhere in a word.
type Term struct {
	Text string
	// Also are other words for it. They count like Text, and rank below it.
	Also []string
	// Weight is how much it counts in a relaxed search; 0 is 1.
	Weight float64
}

// Wanted is a query as an index takes it.
type Wanted struct {
	Terms []Term
	// Enough relaxes the search: a document is wanted when the weights of the
	// terms that occur in it add up to this share of all weights (0.4: two
	// fifths), and those with the most and the rarest terms come first. At 0 every term
	// must occur. No terms at all are every document.
	Enough float64
	// Lenient leaves terms that occur in no document at all out of that sum, as
	// the idle words of a whole sentence are.
	Lenient bool
	// Hints put a document that has them, as a piece of any of its texts, before
	// one that is as good otherwise. They make no document wanted.
	Hints []string
	// First are the ids of documents to put before all others that are found.
	First []string
	Type  string
	Year  int
	// Offset and Limit choose the page. Limit 0 asks for the counts alone.
	Offset, Limit int
}

// Found is what an index found.
type Found struct {
	Hits   []Hit
	Total  int
	Groups []Group
	Facets map[string][]Facet
	// Standby is true where the index in process answered in place of the one
	// that was chosen.
	Standby bool
}
