package content

import (
	"encoding/json"
	"errors"
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
	Source Source `json:"source,omitzero"`
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

// recordsOf reads a list of records of each type; a type that is not here
// cannot be published.
var recordsOf = map[Type]func([]byte) ([]Record, error){
	TypePolicy:   records[Policy],
	TypeUnit:     records[Unit],
	TypeTarget:   records[Target],
	TypeKeyDate:  records[KeyDate],
	TypeRule:     records[Rule],
	TypeAid:      records[Aid],
	TypeContact:  records[Contact],
	TypeFAQ:      records[FAQ],
	TypeTerm:     records[Term],
	TypeDuty:     records[Duty],
	TypeArticle:  records[Article],
	TypeLaw:      records[Law],
	TypeWord:     records[Word],
	TypePhrase:   records[Phrase],
	TypeCrisis:   records[Crisis],
	TypeHolidays: records[Holidays],
	TypeWording:  records[Wording],
}

// records reads a JSON list of records.
func records[T any, R interface {
	*T
	Record
}](list []byte) ([]Record, error) {
	var read []R
	if err := json.Unmarshal(list, &read); err != nil {
		return nil, err
	}
	out := make([]Record, len(read))
	for i, r := range read {
		if r == nil {
			return nil, errors.New("a record is null")
		}
		out[i] = r
	}
	return out, nil
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
