// Package search finds what is published, as families type it.
//
// [Documents] makes the documents of a [content.Snapshot]. An [Index] keeps
// them and answers a [Wanted]: which documents have all the terms, in which
// order, how many of which type and year. [Memory] is the index in process.
// [Served] is one on a server (search/meili) with Memory behind it; what the
// server lists is ranked by the same scale ([Listing]).
// The [Finder] is what pages, the API and the command use: it normalises the
// [Query], has it understood (package understand), asks the index, takes an
// [Answer] from the record where it is sure of one, and gives [Results] in
// the form of the API. [Finder.Suggest] completes what is being typed.
package search

import "yangguang/understand"

// TypeClause and TypePage are the types of document that are no type of
// record: a block of a policy, and a page or tool of the site itself.
const (
	TypeClause = "clause"
	TypePage   = "page"
)

// MaxHits is the most hits on a page of results.
const MaxHits = 20

// Doc is one thing that can be found.
type Doc struct {
	// ID is the record's id; a clause is policy/jiaojiaowen-2022-48#s3.p1, a
	// page of the site page/verify.
	ID    string
	Type  string
	Title string
	// Text is what is shown of it, in plain words; a figure stands in it.
	Text string
	URL  string
	Year int
	// Names are other names it is found by, searched but not shown.
	Names []string
	// Weight ranks it among documents that match as well, 0 to 100.
	Weight int
}

// Query is what somebody typed, and the filters they set. Zero filters are
// none.
type Query struct {
	Text string
	Type string
	Year int
	// Offset and Limit choose the page; no limit is MaxHits.
	Offset, Limit int
}

// Mark is a part of a text to be highlighted, as bytes From to To.
type Mark struct{ From, To int }

// Hit is a document found, as it is shown. Text is the whole text of the
// document, or the part around the match of a longer one.
type Hit struct {
	Type  string `json:"type"`
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
	URL   string `json:"url"`
	Year  int    `json:"year,omitempty"`

	TitleMarks []Mark `json:"-"`
	TextMarks  []Mark `json:"-"`
}

// Group is how many documents of a type match, whatever type is chosen.
type Group struct {
	Type  string `json:"type"`
	Total int    `json:"total"`
}

// Facet is how many documents match with that value.
type Facet struct {
	Value string `json:"value"`
	Total int    `json:"total"`
}

// Source says on which place of a document an answer rests. Title is the
// document's number, or the name of a law whose article Place is.
type Source struct {
	Policy string `json:"policy,omitempty"`
	Place  string `json:"place,omitempty"`
	Title  string `json:"title,omitempty"`
	URL    string `json:"url"`
}

// Answer is the answer itself, taken from one record word for word.
type Answer struct {
	Title  string `json:"title"`
	Text   string `json:"text"`
	URL    string `json:"url"`
	Source Source `json:"source"`

	// ID is the record's id, for pages that show the record instead.
	ID string `json:"-"`
}

// Results is what a search gives, in the form of /api/v1/search.
type Results struct {
	Query      string             `json:"query"`
	Understood understand.Reading `json:"understood"`
	// Answer is nil where the record gives no sure answer.
	Answer *Answer            `json:"answer"`
	Hits   []Hit              `json:"hits"`
	Groups []Group            `json:"groups"`
	Facets map[string][]Facet `json:"facets"`
	// DidYouMean is another query, offered and never taken silently.
	DidYouMean string `json:"did_you_mean"`
	Engine     string `json:"engine"`
	// Degraded is true when the chosen engine could not be asked and the one
	// in process answered.
	Degraded bool  `json:"degraded"`
	TookUS   int64 `json:"took_us"`

	// Total is how many documents match with the filters.
	Total int `json:"-"`
	// Relaxed is true when nothing had all the terms, and the documents that
	// have most of them are shown.
	Relaxed bool `json:"-"`
}

// Suggestion completes what is being typed.
type Suggestion struct {
	Text string `json:"text"`
	Type string `json:"type"`
	URL  string `json:"url"`
}
