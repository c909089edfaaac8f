package site

import (
	"github.com/gofiber/fiber/v2"

	"yangguang/content"
	"yangguang/site/page"
)

// lists are the same records as data: each list page has a .json and a .csv
// beside it, under the same address.
func (s *Site) lists() {
	addList(s, "/policies", policyItems)
	addList(s, "/targets/:year<int>", targetItems)
	addList(s, "/calendar/:year<int>", keyDateItems)
	addList(s, "/unpublished", dutyItems)
	addList(s, "/faq", faqItems)
	addList(s, "/glossary", termItems)
}

// addList serves one list in both forms. It does not exist where it is empty.
func addList[T any](s *Site, path string, items func(*reading) (content.Type, []T)) {
	list := func(form func(page.List[T]) page.Document) fiber.Handler {
		return s.Cached(func(pr page.Reading) (page.Document, error) {
			r := s.read(pr, none)
			t, found := items(r)
			if len(found) == 0 {
				return page.Document{}, content.ErrNotFound
			}
			f := r.framed()
			l := page.List[T]{Edition: f.Edition, AsOf: f.AsOf.String(), Type: t, Items: found, Total: len(found)}
			if year := r.year(); year != 0 {
				l.Year = &year
			}
			return form(l), nil
		})
	}
	s.App.Get(path+".json", list(page.List[T].JSON))
	s.App.Get(path+".csv", list(page.List[T].CSV))
}

// source is where an item comes from.
type source struct {
	Policy content.ID `json:"policy"`
	Place  string     `json:"place"`
	URL    string     `json:"url"`
}

func sourceOf(m *content.Meta) source {
	return source{m.Source.Policy, m.Source.Place, m.Source.Link()}
}

// figure is a published number with the reason where there is none.
type figure struct {
	ID     string              `json:"id"`
	Value  *int                `json:"value"`
	State  content.FigureState `json:"state"`
	Source source              `json:"source"`
}

func figureOf(m *content.Meta, field string, n content.Figure) figure {
	f := figure{ID: content.FigureID(m.ID, field), State: n.State, Source: sourceOf(m)}
	if n.State == content.HasValue {
		f.Value = &n.Value
	}
	return f
}

type policyItem struct {
	ID       content.ID `json:"id"`
	Number   string     `json:"number"`
	Title    string     `json:"title"`
	Issuer   string     `json:"issuer"`
	Signed   string     `json:"signed"`
	Issued   string     `json:"issued"`
	Released string     `json:"released"`
	Validity string     `json:"validity"`
	Version  int        `json:"version"`
	URL      string     `json:"url"`
}

func policyItems(r *reading) (content.Type, []policyItem) {
	var out []policyItem
	for _, p := range r.Policies() {
		r.uses(p)
		out = append(out, policyItem{p.ID, p.Number, p.Title, p.Issuer, p.Signed.String(), p.Issued.String(), p.Released.String(), p.Validity, p.Version, content.Path(p)})
	}
	return content.TypePolicy, out
}

type targetItem struct {
	ID       content.ID       `json:"id"`
	UnitCode string           `json:"unit_code"`
	Unit     string           `json:"unit"`
	Kind     content.UnitKind `json:"kind"`
	Number   figure           `json:"number"`
	Version  int              `json:"version"`
	URL      string           `json:"url"`
}

func targetItems(r *reading) (content.Type, []targetItem) {
	var out []targetItem
	for _, row := range targetsOf(r, r.year()).Rows {
		out = append(out, targetItem{row.ID, row.Of.Code, row.Of.Name, row.Of.Kind, figureOf(row.Target.Head(), "number", row.Number), row.Version, content.Path(row.Target)})
	}
	return content.TypeTarget, out
}

type keyDateItem struct {
	ID          content.ID `json:"id"`
	Name        string     `json:"name"`
	Date        string     `json:"date"`
	WorkingDays int        `json:"working_days"`
	Event       string     `json:"event"`
	Deadline    bool       `json:"deadline"`
	Audience    string     `json:"audience"`
	Note        string     `json:"note"`
	Source      source     `json:"source"`
	Version     int        `json:"version"`
	URL         string     `json:"url"`
}

func keyDateItems(r *reading) (content.Type, []keyDateItem) {
	var out []keyDateItem
	for _, d := range r.KeyDates(r.year()) {
		r.uses(d)
		out = append(out, keyDateItem{d.ID, d.Name, d.Date.String(), d.WorkingDays, d.Event, d.Deadline, d.Audience, d.Note, sourceOf(d.Head()), d.Version, content.Path(d)})
	}
	return content.TypeKeyDate, out
}

type dutyItem struct {
	ID      content.ID `json:"id"`
	Year    *int       `json:"year"`
	Name    string     `json:"name"`
	Owner   string     `json:"owner"`
	Due     string     `json:"due"`
	Ordered bool       `json:"ordered"`
	Met     bool       `json:"met"`
	Source  source     `json:"source"`
	URL     string     `json:"url"`
}

func dutyItems(r *reading) (content.Type, []dutyItem) {
	var out []dutyItem
	for _, d := range r.Duties() {
		r.uses(d)
		out = append(out, dutyItem{d.ID, yearOf(d.Head()), d.Name, d.Owner, d.Due, d.Ordered, r.Met(d), sourceOf(d.Head()), content.Path(d)})
	}
	return content.TypeDuty, out
}

type textItem struct {
	ID     content.ID `json:"id"`
	Year   *int       `json:"year"`
	Name   string     `json:"name"`
	Text   string     `json:"text"`
	Source textSource `json:"source"`
	URL    string     `json:"url"`
}

// textSource is the source of an answer or an explanation, which may be an
// article of a law: {"law":"law/education-law","article":"三十"}.
type textSource struct {
	source
	Law     content.ID `json:"law"`
	Article string     `json:"article"`
	// In is the collection whose front page the URL opens, empty where the URL
	// is the source's own.
	In string `json:"in"`
}

func textSourceOf(m *content.Meta) textSource {
	t := textSource{source: sourceOf(m), Law: m.Source.Law, In: m.Source.In}
	if t.Law != "" {
		t.Article = m.Source.Place
	}
	return t
}

// yearOf is the year that a record speaks of, null where it is of none.
func yearOf(m *content.Meta) *int {
	if m.Year == 0 {
		return nil
	}
	return &m.Year
}

func faqItems(r *reading) (content.Type, []textItem) {
	var out []textItem
	for _, f := range r.FAQs() {
		r.uses(f)
		out = append(out, textItem{f.ID, yearOf(f.Head()), f.Question, f.Answer, textSourceOf(f.Head()), content.Path(f)})
	}
	return content.TypeFAQ, out
}

func termItems(r *reading) (content.Type, []textItem) {
	var out []textItem
	for _, t := range r.Terms() {
		r.uses(t)
		out = append(out, textItem{t.ID, yearOf(t.Head()), t.Name, t.Text, textSourceOf(t.Head()), content.Path(t)})
	}
	return content.TypeTerm, out
}
