package content

import (
	"slices"
	"unicode/utf8"
)

// Crisis is what people in danger write: whoever writes one of the words is
// told at once whom to call, whatever else they asked.
type Crisis struct {
	Meta
	Kind CrisisKind `json:"kind"`
	// Words are searched for as they stand, … in one for a few characters.
	Words []string `json:"words"`
	// Not are words that one of any row stands in or touches and that say
	// something else: 被打折, 打电话.
	Not []string `json:"not,omitempty"`
}

// CrisisKind is what the danger is.
type CrisisKind string

// The kinds of danger.
const (
	Suicide  CrisisKind = "suicide"
	Beaten   CrisisKind = "beaten"
	Bullied  CrisisKind = "bullied"
	Abused   CrisisKind = "abused"
	Confined CrisisKind = "confined"
	Missing  CrisisKind = "missing"
	Injured  CrisisKind = "injured"
	Calling  CrisisKind = "calling" // for help, whatever it is
)

// Harms reports whether it is done by others: then it can be complained of.
func (k CrisisKind) Harms() bool {
	return k == Beaten || k == Bullied || k == Abused || k == Confined
}

// firstCall is whom to call first in a danger that is not one for the police.
var firstCall = map[CrisisKind]string{Suicide: Distress, Injured: Ambulance}

// Help returns whom somebody in danger may call: the first for the first of
// the kinds, then the others. Whom the record does not have is left out.
func (s *Snapshot) Help(kinds ...CrisisKind) []*Contact {
	keys := []string{Police, Ambulance, Distress, Youth}
	if len(kinds) > 0 && firstCall[kinds[0]] != "" {
		first := firstCall[kinds[0]]
		keys = slices.Insert(slices.DeleteFunc(keys, func(k string) bool { return k == first }), 0, first)
	}
	var out []*Contact
	for _, key := range keys {
		if c, ok := s.Contact(key); ok && c.Phone != "" {
			out = append(out, c)
		}
	}
	return out
}

// crises: every row has words, none of a single character (it would be found
// in everything), and each word stands once in the file.
func (c *checker) crises() {
	first := map[string]Item{}
	for _, i := range c.pack.Items {
		r, ok := i.Record.(*Crisis)
		if !ok {
			continue
		}
		if len(r.Words) == 0 {
			c.add(i, "words", "缺词语。")
		}
		for _, f := range []struct {
			field string
			words []string
		}{{"words", r.Words}, {"not", r.Not}} {
			for _, w := range f.words {
				if utf8.RuneCountInString(w) < 2 {
					c.add(i, f.field, "“%s”只有一个字，到处都会碰上。至少写两个字。", w)
				}
				if had, twice := first[w]; twice {
					c.add(i, f.field, "“%s”写了两次，前一次在 %s。", w, had.Place.Of(""))
				}
				first[w] = i
			}
		}
	}
}
