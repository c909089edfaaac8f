// Package content is what a bureau publishes and the rules of publishing it.
//
// A [Record] is one published thing: a policy, a unit's target, a key date.
// Each names its [Source], the document and the place in it, and has an id
// that never changes (target/2022/410882). An [Edition] is one act of
// publishing: the [Change]s against what was published before, with a digest
// of their canonical bytes. Editions are kept for good on the [Shelf]; what is
// public at edition N is the fold of editions 1 to N, a [Snapshot], which is
// immutable. The [Board] holds the newest snapshot and follows the shelf;
// pages and the index read it, never the database.
//
// A [Pack] is a folder of CSV and Markdown that an office can edit (the
// bundled one is under content/pack). It is only a source: [Publish] checks
// it, compares it with the last pack and appends what differs.
package content

import (
	"errors"
	"strings"
)

// Errors on which callers act.
var (
	// ErrNotFound: nothing of that id is published.
	ErrNotFound = errors.New("content: not published")
	// ErrTakenDown: it was, and had to be taken down by law.
	ErrTakenDown = errors.New("content: taken down")
	// ErrNoEdition: there is no edition of that number.
	ErrNoEdition = errors.New("content: no such edition")
	// ErrStale: another edition was appended in between; read and try again.
	ErrStale = errors.New("content: the shelf has a newer edition")
)

// Type is a kind of record, and the first word of its id.
type Type string

// The types of record. Words, phrases, crises, wordings and holidays are published so
// that they are versioned and editable like the rest, but have no page of
// their own.
const (
	TypePolicy   Type = "policy"
	TypeUnit     Type = "unit"
	TypeTarget   Type = "target"
	TypeKeyDate  Type = "key_date"
	TypeRule     Type = "rule"
	TypeAid      Type = "aid"
	TypeContact  Type = "contact"
	TypeFAQ      Type = "faq"
	TypeTerm     Type = "term"
	TypeDuty     Type = "duty"
	TypeArticle  Type = "article"
	TypeLaw      Type = "law"
	TypeWord     Type = "word"
	TypePhrase   Type = "phrase"
	TypeCrisis   Type = "crisis"
	TypeHolidays Type = "holidays"
	TypeWording  Type = "wording"

	TypeSheet         Type = "sheet"
	TypeSchool        Type = "school"
	TypeQualification Type = "qualification"
	TypeSpecialty     Type = "specialty"
	TypePlan          Type = "plan"
	TypeResult        Type = "result"
	TypeBulletin      Type = "bulletin"
	TypeClarification Type = "clarification"
)

// ID names a record for good: type/key or type/year/key.
type ID string

// Type returns the first word of the id.
func (id ID) Type() Type {
	t, _, _ := strings.Cut(string(id), "/")
	return Type(t)
}

// Key returns the last word of the id.
func (id ID) Key() string { return string(id[strings.LastIndexByte(string(id), '/')+1:]) }

// Source says where a record comes from. A figure or a rule without one is
// never published.
type Source struct {
	// Policy is the id of the document on this site; empty for a source
	// elsewhere, which has a Title and a URL.
	Policy ID `json:"policy,omitempty"`
	// Law is the id of a law quoted on this site; Title and URL then say how
	// it is called and where it is published.
	Law ID `json:"law,omitempty"`
	// Sheet is the id of the published table that the record is a row of.
	Sheet ID `json:"sheet,omitempty"`
	// Place is a clause (s3.p1) or a cell of a table (annex1!B6), in a law the
	// article (二十四), in a sheet the row (17).
	Place string `json:"place,omitempty"`
	// Quote is the words of the document that the record rests on.
	Quote string `json:"quote,omitempty"`
	// Title names a source elsewhere, for example 国办发〔2020〕53号.
	Title string `json:"title,omitempty"`
	// URL is the address of a source elsewhere: its own, or where In is set the
	// front page of a collection, in which it is found by its title.
	URL string `json:"url,omitempty"`
	// In is what that collection is called: 国家法律法规数据库.
	In string `json:"in,omitempty"`
}

// Link returns the address that opens the place.
func (s Source) Link() string {
	if s.Policy == "" {
		return s.URL
	}
	return "/policies/" + s.Policy.Key() + "#" + s.Place
}

// Cell returns the cell of a place in a table (B6), or nothing for a clause.
func (s Source) Cell() string {
	_, cell, _ := strings.Cut(s.Place, "!")
	return cell
}
