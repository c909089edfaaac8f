package site

import (
	"strings"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/pattern"
	"yangguang/site/page"
)

// telephoneHelp is how to complain without this site.
func telephoneHelp(r *reading) complainPage {
	c := complainPage{Record: r.Snapshot, Contacts: oldContacts(r.Snapshot, r.today.Year())}
	for _, p := range r.Policies() {
		if found := p.Prohibitions(); len(found) > 0 {
			c.Forbidden, c.ForbiddenOf = found, p.Year
			r.uses(p)
			break
		}
	}
	c.History = c.ForbiddenOf < r.today.Year()
	if law, ok := r.Record("law/petition-regulation"); ok {
		c.Petition, _ = law.(*content.Law)
	}
	return c
}

type complainPage struct {
	page.Frame
	Forbidden   []content.Prohibition
	ForbiddenOf int
	History     bool
	Petition    *content.Law
	// Contacts are those of earlier documents; the others are in Record.
	Contacts []*content.Contact
	Record   *content.Snapshot
}

// Clause is the prohibition with that word in it, as the document says it.
func (c complainPage) Clause(word string) (content.Prohibition, bool) {
	for _, p := range c.Forbidden {
		if strings.Contains(p.Text, word) {
			return p, true
		}
	}
	return content.Prohibition{}, false
}

// listed reports whether a contact stands in the list of whom to call now: it
// is current, or there is none that is.
func listed(k *content.Contact) bool { return k.Year == 0 || k.Source.Policy == "" }

// oldContacts are the telephone numbers that documents of earlier years gave.
func oldContacts(s *content.Snapshot, year int) []*content.Contact {
	var out []*content.Contact
	for _, c := range s.Contacts() {
		if c.Year != 0 && c.Year < year && !listed(c) {
			out = append(out, c)
		}
	}
	return out
}

// aboutWhat is the figure, record or page that somebody finds wrong, and what
// is published there now.
type aboutWhat struct {
	Year int
	// Name is empty for a year's total and for a page.
	Name, Value, Path string
	FigureID          string
	Source            content.Source
}

// pagePath and pathLength leave no room for somebody's words.
var pagePath = pattern.New(`^/[a-z0-9/_-]*$`)

const pathLength = 100

// about is what the link “这条有误？” named, as a complaint can name it: what is
// written behind a record that has no such place stands for its figure.
func (a aboutWhat) about(asked string) string {
	switch {
	case a.Path != "" && a.FigureID == "":
		return a.Path
	case complaint.NamesPlace(asked):
		return asked
	}
	return a.FigureID
}

// askedAbout finds what the link “这条有误？” named. What is not published, or is
// no plain address of this site, is not repeated.
func askedAbout(s *content.Snapshot, about string) (aboutWhat, bool) {
	if len(about) <= pathLength && pagePath.MatchString(about) && !strings.HasPrefix(about, "//") {
		return aboutWhat{Path: about}, true
	}
	id, _, _ := strings.Cut(about, "#")
	record, ok := s.Record(content.ID(id))
	if !ok {
		return aboutWhat{}, false
	}
	m := record.Head()
	w := aboutWhat{Year: m.Year, Name: s.Name(record), Path: content.Path(record), Source: m.Source, FigureID: string(m.ID)}
	switch r := record.(type) {
	case *content.Target:
		w.Value, w.FigureID = r.Number.String(), content.FigureID(m.ID, "number")
	case *content.KeyDate:
		if !r.Date.IsZero() {
			w.Value, w.FigureID = r.Date.Long(), content.FigureID(m.ID, "date")
		}
	case *content.Rule:
		w.Value, w.FigureID = yearsWord(r), content.FigureID(m.ID, "years")
	case *content.Policy:
		w.Value, w.FigureID = r.Number, content.FigureID(m.ID, "number")
		w.Source = content.Source{Policy: r.ID}
	}
	return w, true
}
