package content

import (
	"encoding/json"
	"errors"
	"reflect"
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
	// before is the version before this one, nil for the first.
	before Record
}

// Head returns the record's own Meta.
func (m *Meta) Head() *Meta { return m }

// formOf is how the records of each type are written; a type that is not here
// cannot be published.
var formOf = map[Type]reflect.Type{
	TypePolicy:   reflect.TypeFor[Policy](),
	TypeUnit:     reflect.TypeFor[Unit](),
	TypeTarget:   reflect.TypeFor[Target](),
	TypeKeyDate:  reflect.TypeFor[KeyDate](),
	TypeRule:     reflect.TypeFor[Rule](),
	TypeAid:      reflect.TypeFor[Aid](),
	TypeContact:  reflect.TypeFor[Contact](),
	TypeFAQ:      reflect.TypeFor[FAQ](),
	TypeTerm:     reflect.TypeFor[Term](),
	TypeDuty:     reflect.TypeFor[Duty](),
	TypeArticle:  reflect.TypeFor[Article](),
	TypeLaw:      reflect.TypeFor[Law](),
	TypeWord:     reflect.TypeFor[Word](),
	TypePhrase:   reflect.TypeFor[Phrase](),
	TypeCrisis:   reflect.TypeFor[Crisis](),
	TypeHolidays: reflect.TypeFor[Holidays](),
	TypeWording:  reflect.TypeFor[Wording](),

	TypeSheet:         reflect.TypeFor[Sheet](),
	TypeSchool:        reflect.TypeFor[School](),
	TypeQualification: reflect.TypeFor[Qualification](),
	TypeSpecialty:     reflect.TypeFor[Specialty](),
	TypePlan:          reflect.TypeFor[Plan](),
	TypeResult:        reflect.TypeFor[Result](),
	TypeBulletin:      reflect.TypeFor[Bulletin](),
	TypeClarification: reflect.TypeFor[Clarification](),
}

// recordsOf reads a JSON list of records.
func recordsOf(form reflect.Type, list []byte) ([]Record, error) {
	if records, ok := quickly(form, list); ok {
		return records, nil
	}
	return byJSON(form, list)
}

func byJSON(form reflect.Type, list []byte) ([]Record, error) {
	read := reflect.New(reflect.SliceOf(reflect.PointerTo(form)))
	if err := json.Unmarshal(list, read.Interface()); err != nil {
		return nil, err
	}
	out := make([]Record, read.Elem().Len())
	for i := range out {
		r := read.Elem().Index(i)
		if r.IsNil() {
			return nil, errors.New("a record is null")
		}
		out[i] = r.Interface().(Record)
	}
	return out, nil
}

// Shown are the types whose records have a place on a page.
func Shown() []Type {
	return []Type{
		TypePolicy, TypeTarget, TypeKeyDate, TypeFAQ, TypeTerm, TypeDuty, TypeArticle,
		TypeSheet, TypeSchool, TypeSpecialty, TypeQualification, TypePlan, TypeResult, TypeBulletin, TypeClarification,
	}
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
	case TypeSheet:
		return sheetPath(m.ID)
	case TypeSchool:
		return "/schools/" + key
	case TypeSpecialty:
		return "/specialties/" + key
	case TypeQualification:
		return "/schools/" + key + "#" + string(TypeQualification) + "-" + year
	case TypePlan:
		return "/schools/" + r.(*Plan).School + "#" + string(TypePlan) + "-" + year + "-" + key
	case TypeResult:
		return "/schools/" + r.(*Result).School + "#" + string(TypeResult) + "-" + year + "-" + key
	case TypeBulletin:
		return "/bulletins/" + year + "/" + r.(*Bulletin).AsOf.String() + "#" + r.(*Bulletin).Unit
	case TypeClarification:
		return "/clarifications/" + key
	case TypeContact:
		if m.Source.Policy == "" {
			return "/complain#" + key
		}
		return m.Source.Link()
	default:
		return m.Source.Link()
	}
}
