package content

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
)

// Published is one edition as it is remembered: who did what to which records.
type Published struct {
	Number int64
	Origin Origin
	At     time.Time
	// By and ApprovedBy are roles.
	By, ApprovedBy string
	Note           string
	Changed        []Changed
}

// Changed is what an edition did to a record. New is true where nobody had it
// before.
type Changed struct {
	Op  Op
	ID  ID
	New bool
}

// Published returns every edition, in order.
func (s *Snapshot) Published() []Published { return s.published }

// Version is a record as an edition left it.
type Version struct {
	Record
	Edition Published
	// Changes are the fields that differ from the version before.
	Changes []Difference
}

// Versions returns every version of a record, the newest first; none of one
// that was taken down.
func (s *Snapshot) Versions(id ID) []Version {
	var out []Version
	for r := s.records[id]; r != nil; r = r.Head().before {
		v := Version{Record: r, Edition: s.published[r.Head().Edition-1]}
		if r.Head().before != nil {
			v.Changes = Differences(r.Head().before, r)
		}
		out = append(out, v)
	}
	return out
}

// Difference is a field that says something else than before. Old and New are
// as a reader would read them, empty where there was or is nothing.
type Difference struct{ Field, Old, New string }

// Differences returns what a record says otherwise than the one before, field
// by field under their JSON names, in their order. Where it stands (its source,
// its place in a list) is no such field.
func Differences(before, now Record) []Difference {
	var out []Difference
	was, is := reflect.ValueOf(before).Elem(), reflect.ValueOf(now).Elem()
	for i := range is.NumField() {
		f := is.Type().Field(i)
		if f.Anonymous || reflect.DeepEqual(was.Field(i).Interface(), is.Field(i).Interface()) {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, Difference{name, spell(was.Field(i)), spell(is.Field(i))})
	}
	return out
}

// spell is a value as a reader would read it; nothing for what is too long to
// stand in a line, as a document's text.
func spell(v reflect.Value) string {
	switch v := v.Interface().(type) {
	case Figure:
		return v.String()
	case interface{ Word() string }:
		return v.Word()
	case calendar.Date:
		return v.String()
	case []string:
		return strings.Join(v, "、")
	case []Campus:
		places := make([]string, len(v))
		for i, c := range v {
			places[i] = strings.TrimSpace(c.Name + " " + c.Address)
		}
		return strings.Join(places, "、")
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int:
		if v.Int() != 0 {
			return strconv.FormatInt(v.Int(), 10)
		}
	case reflect.Bool:
		return map[bool]string{true: "是", false: "否"}[v.Bool()]
	}
	return ""
}

// Passage is a piece of a document that differs between two versions: its
// place, and its text before and after; empty where it was put in or left out.
type Passage struct{ ID, Old, New string }

// Compare returns what differs in the text of a document between two of its
// versions, in the order of the newer one; what was left out stands where it
// stood.
func Compare(before, now *Policy) []Passage {
	var out []Passage
	old := map[string]string{}
	for i := range before.Blocks {
		old[before.Blocks[i].ID] = before.Blocks[i].allText()
	}
	seen := map[string]bool{}
	for i := range now.Blocks {
		b := &now.Blocks[i]
		seen[b.ID] = true
		if text := b.allText(); text != old[b.ID] {
			out = append(out, Passage{b.ID, old[b.ID], text})
		}
	}
	place := func(id string) int {
		return slices.IndexFunc(before.Blocks, func(b Block) bool { return b.ID == id })
	}
	for i := range before.Blocks {
		b := &before.Blocks[i]
		if seen[b.ID] {
			continue
		}
		at := slices.IndexFunc(out, func(p Passage) bool { return place(p.ID) > i })
		if at < 0 {
			at = len(out)
		}
		out = slices.Insert(out, at, Passage{ID: b.ID, Old: b.allText()})
	}
	return out
}

// Tombstone is what is left of a record that had to be taken down by law:
// where it stood, when, and the kind of reason. Its content is shown nowhere,
// in no older edition either.
type Tombstone struct {
	ID     ID
	Path   string
	At     time.Time
	Reason string
}

// Tombstone returns that of a record.
func (s *Snapshot) Tombstone(id ID) (Tombstone, bool) {
	t, ok := s.taken[id]
	return t, ok
}

// TombstoneAt returns that of a record whose page had the address.
func (s *Snapshot) TombstoneAt(path string) (Tombstone, bool) {
	for _, t := range s.taken {
		if t.Path == path {
			return t, true
		}
	}
	return Tombstone{}, false
}

// without returns the snapshot without what was taken down later.
func (s *Snapshot) without(taken map[ID]Tombstone) (*Snapshot, error) {
	for id, t := range taken {
		if _, had := s.records[id]; had {
			delete(s.records, id)
			s.taken[id] = t
		}
	}
	return s, s.arrange()
}
