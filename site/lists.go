package site

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yangguang/content"
	"yangguang/site/page"
)

// lists are the same records as data: each list page has a .json, a .csv, an
// .xlsx and an .atom beside it, under the same address, and the JSON under
// /api/v1 too.
func (s *Site) lists() {
	addList(s, "/policies", policyItems)
	addList(s, "/targets/:year<int>", targetItems)
	addList(s, "/calendar/:year<int>", keyDateItems)
	addList(s, "/unpublished", dutyItems)
	addList(s, "/faq", faqItems)
	addList(s, "/glossary", termItems)
	s.recordLists()
}

// addList serves one list in all its forms. It does not exist where it is empty.
func addList[T any](s *Site, path string, items func(*reading) listOf[T]) {
	s.datasets = append(s.datasets, dataset{path, reflect.TypeFor[T](), func(r *reading) (content.Type, []content.Record, int) {
		found := items(r)
		return found.of, found.records, found.holding
	}})
	list := func(form func(page.List[T]) page.Document) fiber.Handler {
		return s.Cached(func(pr page.Reading) (page.Document, error) {
			r := s.read(pr, none)
			found := items(r)
			if len(found.items) == 0 {
				return page.Document{}, content.ErrNotFound
			}
			f := r.framed()
			l := page.List[T]{Demo: r.Fictional(), Edition: f.Edition, AsOf: f.AsOf.String(), Type: found.of, Items: found.items, Total: found.holding}
			if year := r.year(); year != 0 {
				l.Year = &year
			}
			return form(l), nil
		})
	}
	s.App.Get(path+".json", list(page.List[T].JSON))
	s.App.Get(path+".csv", list(page.List[T].CSV))
	s.App.Get(path+".xlsx", list(page.List[T].XLSX))
	s.App.Get(apiPath+path, list(page.List[T].JSON))
	s.App.Get(path+".atom", s.Cached(func(pr page.Reading) (page.Document, error) {
		r := s.read(pr, none)
		found := items(r)
		if len(found.items) == 0 {
			return page.Document{}, content.ErrNotFound
		}
		return feedOf(r, typeWords[string(found.of)], strings.TrimSuffix(pr.Path, ".atom"), found.records), nil
	}))
}

// listOf is the items of a list: those that hold, then those that were
// withdrawn, which the total leaves out.
type listOf[T any] struct {
	of      content.Type
	records []content.Record
	items   []T
	holding int
}

// itemsOf makes the items of a list, for a year other than 0 of that year, and
// notes their records as shown.
func itemsOf[R content.Record, T any](r *reading, of content.Type, year int, holding []R, item func(R) T) listOf[T] {
	l := listOf[T]{of: of, holding: len(holding)}
	for _, one := range holding {
		r.uses(one)
		l.records, l.items = append(l.records, one), append(l.items, item(one))
	}
	for _, one := range r.Withdrawn(of, year) {
		r.uses(one)
		l.records, l.items = append(l.records, one), append(l.items, item(one.(R)))
	}
	return l
}

// standing says of an item whether it still holds.
type standing struct {
	Withdrawn bool   `json:"withdrawn"`
	Reason    string `json:"reason"`
}

func standingOf(m *content.Meta) standing { return standing{m.Withdrawn, m.Reason} }

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
	standing
}

func policyItems(r *reading) listOf[policyItem] {
	return itemsOf(r, content.TypePolicy, 0, r.Policies(), func(p *content.Policy) policyItem {
		return policyItem{p.ID, p.Number, p.Title, p.Issuer, p.Signed.String(), p.Issued.String(), p.Released.String(), p.Validity, p.Version, content.Path(p), standingOf(&p.Meta)}
	})
}

type targetItem struct {
	ID       content.ID       `json:"id"`
	UnitCode string           `json:"unit_code"`
	Unit     string           `json:"unit"`
	Kind     content.UnitKind `json:"kind"`
	Number   figure           `json:"number"`
	Version  int              `json:"version"`
	URL      string           `json:"url"`
	standing
}

// targetItems are the units of the year's targets; the total is no item.
func targetItems(r *reading) listOf[targetItem] {
	l := itemsOf(r, content.TypeTarget, r.year(), r.Targets(r.year()), func(t *content.Target) targetItem {
		i := targetItem{
			ID: t.ID, UnitCode: t.Unit, Number: figureOf(&t.Meta, "number", t.Number), Version: t.Version,
			URL: content.Path(t), standing: standingOf(&t.Meta),
		}
		if u, ok := r.Unit(t.Unit); ok {
			r.uses(u)
			i.Unit, i.Kind = u.Name, u.Kind
		}
		return i
	})
	if total, ok := r.Target(r.year(), ""); ok {
		r.uses(total)
	}
	l.items = slices.DeleteFunc(l.items, func(i targetItem) bool { return i.UnitCode == "" })
	return l
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
	standing
}

func keyDateItems(r *reading) listOf[keyDateItem] {
	return itemsOf(r, content.TypeKeyDate, r.year(), r.KeyDates(r.year()), func(d *content.KeyDate) keyDateItem {
		return keyDateItem{d.ID, d.Name, d.Date.String(), d.WorkingDays, d.Event, d.Deadline, d.Audience, d.Note, sourceOf(d.Head()), d.Version, content.Path(d), standingOf(&d.Meta)}
	})
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
	standing
}

func dutyItems(r *reading) listOf[dutyItem] {
	return itemsOf(r, content.TypeDuty, 0, r.Duties(), func(d *content.Duty) dutyItem {
		return dutyItem{d.ID, yearOf(d.Head()), d.Name, d.Owner, d.Due, d.Ordered, r.Met(d), sourceOf(d.Head()), content.Path(d), standingOf(&d.Meta)}
	})
}

type textItem struct {
	ID     content.ID `json:"id"`
	Year   *int       `json:"year"`
	Name   string     `json:"name"`
	Text   string     `json:"text"`
	Source textSource `json:"source"`
	URL    string     `json:"url"`
	standing
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

func faqItems(r *reading) listOf[textItem] {
	return itemsOf(r, content.TypeFAQ, 0, r.FAQs(), func(f *content.FAQ) textItem {
		return textItem{f.ID, yearOf(f.Head()), f.Question, f.Answer, textSourceOf(f.Head()), content.Path(f), standingOf(&f.Meta)}
	})
}

func termItems(r *reading) listOf[textItem] {
	return itemsOf(r, content.TypeTerm, 0, r.Terms(), func(t *content.Term) textItem {
		return textItem{t.ID, yearOf(t.Head()), t.Name, t.Text, textSourceOf(t.Head()), content.Path(t), standingOf(&t.Meta)}
	})
}
