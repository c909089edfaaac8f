package content

import (
	"fmt"
	"strconv"
	"time"
)

// Record is one published thing: a pointer to one of the types of this room
// that embed [Meta].
type Record interface{ Head() *Meta }

// Meta is what every record has. The first part is published with the record,
// the second is derived by the fold.
type Meta struct {
	ID     ID     `json:"id"`
	Year   int    `json:"year,omitempty"`
	Source Source `json:"source"`
	// Order is the record's place among those of its type; a pack is given
	// orders with room between them when it is published.
	Order int `json:"order,omitempty"`

	// Version counts the changes of this record, from 1.
	Version int `json:"-"`
	// Edition is the newest edition that touched it, At when that was
	// published, Note what was said about it.
	Edition int64     `json:"-"`
	At      time.Time `json:"-"`
	Note    string    `json:"-"`
	// Withdrawn is true when the record no longer holds; Reason says why. Its
	// page stays, with a banner; lists and sums leave it out.
	Withdrawn bool   `json:"-"`
	Reason    string `json:"-"`
}

// Head returns the record's own Meta.
func (m *Meta) Head() *Meta { return m }

// empty returns a new record of each type; a type that is not here cannot be
// published.
var empty = map[Type]func() Record{
	TypePolicy:   func() Record { return new(Policy) },
	TypeUnit:     func() Record { return new(Unit) },
	TypeTarget:   func() Record { return new(Target) },
	TypeKeyDate:  func() Record { return new(KeyDate) },
	TypeRule:     func() Record { return new(Rule) },
	TypeAid:      func() Record { return new(Aid) },
	TypeContact:  func() Record { return new(Contact) },
	TypeFAQ:      func() Record { return new(FAQ) },
	TypeTerm:     func() Record { return new(Term) },
	TypeDuty:     func() Record { return new(Duty) },
	TypeArticle:  func() Record { return new(Article) },
	TypeLaw:      func() Record { return new(Law) },
	TypeWord:     func() Record { return new(Word) },
	TypePhrase:   func() Record { return new(Phrase) },
	TypeCrisis:   func() Record { return new(Crisis) },
	TypeHolidays: func() Record { return new(Holidays) },
	TypeWording:  func() Record { return new(Wording) },
}

// decodeRecord reads the record of that id by a decoder of JSON.
func decodeRecord(id ID, decode func(any) error) (Record, error) {
	make, ok := empty[id.Type()]
	if !ok {
		return nil, fmt.Errorf("content: %s is of an unknown type", id)
	}
	r := make()
	if err := decode(r); err != nil {
		return nil, fmt.Errorf("content: %s: %w", id, err)
	}
	if r.Head().ID != id {
		return nil, fmt.Errorf("content: record %s stands under id %s", r.Head().ID, id)
	}
	return r, nil
}

// Path returns the address of the page that shows the record; a rule and an
// aid open the clause they rest on, a law the place where it is published, a
// telephone of no document of ours the list of telephones.
func Path(r Record) string {
	m := r.Head()
	key, year := m.ID.Key(), strconv.Itoa(m.Year)
	switch m.ID.Type() {
	case TypePolicy:
		return "/policies/" + key
	case TypeTarget:
		if m.ID == TargetID(m.Year, "") {
			return "/targets/" + year
		}
		return "/targets/" + year + "/" + key
	case TypeKeyDate:
		return "/calendar/" + year + "#" + key
	case TypeFAQ:
		return "/faq#" + key
	case TypeTerm:
		return "/glossary#" + key
	case TypeDuty:
		return "/unpublished#" + key
	case TypeArticle:
		return "/about/" + key
	case TypeContact:
		if m.Source.Policy == "" {
			return "/complain#" + key
		}
		return m.Source.Link()
	default:
		return m.Source.Link()
	}
}
