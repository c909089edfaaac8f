package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"yangguang/content"
	"yangguang/search/hanzi"
)

// suggestable is a way to complete what is typed.
type suggestable struct {
	Suggestion
	names  []hanzi.Spelling
	weight int
}

// suggestables are the names of units, questions, words, dates and documents.
func suggestables(s *content.Snapshot, docs []Doc) []suggestable {
	var out []suggestable
	for i := range docs {
		d := &docs[i]
		text, names := d.Title, d.Names
		switch content.Type(d.Type) {
		case content.TypeTarget:
			if t, ok := s.Record(content.ID(d.ID)); ok {
				if u, ok := s.Unit(t.(*content.Target).Unit); ok {
					text = u.Name
				}
			}
		case content.TypeSchool, content.TypeSpecialty, content.TypeFAQ, content.TypeTerm, content.TypeKeyDate, content.TypePolicy, content.TypeUnit, content.TypeContact, TypePage:
		default:
			continue
		}
		one := suggestable{Suggestion: Suggestion{Text: text, Type: d.Type, URL: d.URL}, weight: d.Weight}
		for _, name := range append([]string{text}, names...) {
			one.names = append(one.names, hanzi.Spell(name))
		}
		out = append(out, one)
	}
	return out
}

// How well a typed text fits a suggestion; the lower the better.
const (
	fitsBeginning = iota
	fitsInside
	fitsSpelledBeginning
	fitsSpelledInside
	fitsNot
)

// Suggest completes a text with at most n names and questions of the record,
// the likeliest first.
func (f *Finder) Suggest(ctx context.Context, text string, n int) ([]Suggestion, error) {
	typed := hanzi.Fold(strings.TrimSpace(text))
	if typed == "" || n <= 0 {
		return nil, nil
	}
	e, err := f.edition(ctx)
	if err != nil {
		return nil, err
	}
	letters, latin := hanzi.Typed(text)
	type fitting struct {
		*suggestable
		fit int
	}
	var all []fitting
	for i := range e.suggestions {
		s := &e.suggestions[i]
		best := fitsNot
		for k, name := range s.names {
			fit := fitOf(name, typed, letters, latin)
			if k > 0 && fit < fitsNot { // another name is a little less than its own
				fit++
			}
			best = min(best, fit)
		}
		if best < fitsNot {
			all = append(all, fitting{s, best})
		}
	}
	slices.SortStableFunc(all, func(a, b fitting) int {
		return cmp.Or(a.fit-b.fit, b.weight-a.weight, len(a.Text)-len(b.Text))
	})
	var out []Suggestion
	if len(e.reader.Crisis(text)) > 0 {
		help := e.docs[helpPage]
		out = append(out, Suggestion{help.Title, help.Type, help.URL})
	}
	for _, s := range all {
		if len(out) < n && !slices.ContainsFunc(out, func(o Suggestion) bool { return o.Text == s.Text }) {
			out = append(out, s.Suggestion)
		}
	}
	return out, nil
}

func fitOf(name hanzi.Spelling, typed, letters string, latin bool) int {
	switch i := strings.Index(name.Name, typed); {
	case i == 0:
		return fitsBeginning
	case i > 0:
		return fitsInside
	}
	if latin && len(letters) > 1 {
		switch m, ok := name.Match(letters); {
		case !ok || m.Len() < 2:
		case m.From == 0:
			return fitsSpelledBeginning
		case m.Full > 0 || m.Len() > 3:
			return fitsSpelledInside
		}
	}
	return fitsNot
}
