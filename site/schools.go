package site

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// schoolsAPage is how many schools a page of the list has.
const schoolsAPage = 50

// schoolChoices are what schools can be chosen by.
var schoolChoices = []string{"county", "kind", "ownership", "boarding", "specialty", "status", "page"}

// schools lists the schools, those that were chosen.
func (s *Site) schools(r *reading) (templ.Component, error) {
	all := r.Schools()
	withdrawn := r.withdrawn(content.TypeSchool, 0, len(all))
	if len(all) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	l := schoolsPage{Year: r.today.Year()}
	l.Whole = r.ListsSchools(l.Year)
	r.choose(&l, all)
	l.pager = r.paged(len(l.found), schoolsAPage, l.Address("", ""))
	for _, row := range l.found[l.Begin:l.End] {
		l.Rows = append(l.Rows, r.schoolRow(row, l.Year))
	}
	if l.Chosen() {
		r.frame.NoIndex = true
	}
	r.frame.Title, r.frame.Section = "学校", "/schools"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "学校"}}
	r.frame.Description = "中等职业学校：今年能不能招生、招哪些专业、学费多少、在哪里，每个数字都能打开出处。"
	r.frame.Styles = s.Assets.Path("record.css")
	l.Frame = r.framed()
	if l.Withdrawn = withdrawn.in(l.Frame); withdrawn.All {
		return withdrawnView(l.Withdrawn), nil
	}
	return schoolsView(l), nil
}

type schoolsPage struct {
	page.Frame
	pager
	Year int
	// Whole is true where the year's list of schools that may recruit is published
	// and whole.
	Whole   bool
	Choices []choiceOf
	Rows    []schoolRow
	// Without are the choices that can be given up, where nothing was found.
	Without   []without
	Withdrawn withdrawals
	found     []candidate
}

// candidate is a school with what it is chosen by.
type candidate struct {
	*content.School
	status      content.Status
	standing    *content.Qualification
	plans       []*content.Plan // of the year
	specialties []string
}

// choiceOf is one thing to choose by, with what is chosen now.
type choiceOf struct {
	Name, Label, Value string
	Options            []option
}

// Word is the option that is chosen.
func (c choiceOf) Word() string {
	for _, o := range c.Options {
		if o.Value == c.Value {
			return o.Word
		}
	}
	return c.Value
}

type option struct {
	Value, Word string
	Count       int
}

// without is how many schools there would be without one of the choices.
type without struct {
	choiceOf
	Count int
}

// facet is what a school has of one choice.
type facet struct {
	name, label string
	of          func(candidate) []string
	// options are the values in their order, with their words.
	options []option
}

// choose finds the schools that were chosen, and what else can be.
func (r *reading) choose(l *schoolsPage, all []*content.School) {
	candidates := make([]candidate, len(all))
	for i, school := range all {
		candidates[i] = r.candidate(school, l.Year)
	}
	facets := r.schoolFacets(candidates)
	matches := func(c candidate, except string) bool {
		for _, f := range facets {
			if v := r.query(f.name); f.name != except && v != "" && !slices.Contains(f.of(c), v) {
				return false
			}
		}
		return true
	}
	for _, c := range candidates {
		if matches(c, "") {
			l.found = append(l.found, c)
		}
	}
	for _, f := range facets {
		counts, total := map[string]int{}, 0
		for _, c := range candidates {
			if matches(c, f.name) {
				total++
				for _, v := range f.of(c) {
					counts[v]++
				}
			}
		}
		choice := choiceOf{Name: f.name, Label: f.label, Value: r.query(f.name)}
		for _, o := range f.options {
			if o.Count = counts[o.Value]; o.Count > 0 || o.Value == choice.Value {
				choice.Options = append(choice.Options, o)
			}
		}
		l.Choices = append(l.Choices, choice)
		if choice.Value != "" && total > 0 {
			l.Without = append(l.Without, without{choice, total})
		}
	}
}

func (r *reading) candidate(school *content.School, year int) candidate {
	c := candidate{School: school}
	c.status, c.standing = r.Standing(year, school.Code)
	for _, p := range r.PlansOf(school.Code) {
		if p.Year != year {
			if p.Year < year {
				break // the newest come first
			}
			continue
		}
		c.plans = append(c.plans, p)
		if !slices.Contains(c.specialties, p.Specialty) {
			c.specialties = append(c.specialties, p.Specialty)
		}
	}
	return c
}

func (r *reading) schoolFacets(candidates []candidate) []facet {
	one := func(f func(candidate) string) func(candidate) []string {
		return func(c candidate) []string { return []string{f(c)} }
	}
	facets := []facet{
		{name: "county", label: "在哪里", of: one(func(c candidate) string { return c.Area })},
		{name: "specialty", label: "专业", of: func(c candidate) []string { return c.specialties }},
		{name: "status", label: "能不能招", of: one(func(c candidate) string { return string(c.status) })},
		{name: "kind", label: "类型", of: one(func(c candidate) string { return string(c.Kind) })},
		{name: "ownership", label: "公办民办", of: one(func(c candidate) string { return string(c.Ownership) })},
		{
			name: "boarding", label: "住宿", of: one(func(c candidate) string { return c.Boarding }),
			options: []option{{Value: "yes", Word: "能住校"}, {Value: "no", Word: "不能住校"}},
		},
	}
	for _, u := range r.Units() {
		if u.Kind == content.County || u.Kind == content.District {
			facets[0].options = append(facets[0].options, option{Value: u.Code, Word: u.Name})
		}
	}
	offered := map[string]bool{}
	for _, c := range candidates {
		for _, code := range c.specialties {
			offered[code] = true
		}
	}
	for _, p := range r.Specialties() {
		if offered[p.Code] {
			facets[1].options = append(facets[1].options, option{Value: p.Code, Word: p.Name})
		}
	}
	for _, status := range content.Statuses() {
		facets[2].options = append(facets[2].options, option{Value: string(status), Word: status.Word()})
	}
	for _, kind := range content.SchoolKinds() {
		facets[3].options = append(facets[3].options, option{Value: string(kind), Word: kind.Word()})
	}
	for _, o := range []content.Ownership{content.Public, content.Private} {
		facets[4].options = append(facets[4].options, option{Value: string(o), Word: o.Word()})
	}
	return facets
}

// Chosen reports whether anything is chosen.
func (l schoolsPage) Chosen() bool {
	return slices.ContainsFunc(l.Choices, func(c choiceOf) bool { return c.Value != "" })
}

// Address is the list with another value of one choice.
func (l schoolsPage) Address(name, value string) string {
	choices := url.Values{}
	for _, c := range l.Choices {
		choices.Set(c.Name, c.Value)
	}
	choices.Set(name, value)
	return withChoices("/schools", choices)
}

// schoolRow is a school as it stands in a list.
type schoolRow struct {
	*content.School
	Status   content.Status
	AreaName string
	// Seats is how many the school plans to recruit in the year, Fees what a year
	// costs, the least and the most; none where no plan says so.
	Seats sourced
	Fees  []sourced
	// Offers are the specialties, each once.
	Offers []offered
}

type offered struct{ Code, Name string }

// schoolRow gathers what a list shows of a school, and notes it as shown.
func (r *reading) schoolRow(c candidate, year int) schoolRow {
	row := schoolRow{School: c.School, Status: c.status, AreaName: r.AreaName(c.Area)}
	r.uses(c.School)
	if c.standing != nil {
		r.uses(c.standing)
	}
	var seats, fees []sourced
	for _, p := range c.plans {
		r.uses(p)
		seats = append(seats, r.figure(p, "number", p.Number))
		fees = append(fees, r.figure(p, "fee", p.Fee))
	}
	row.Seats, row.Fees = sumOf(seatsID(c.School, year), seats), leastAndMost(fees)
	for _, code := range c.specialties {
		row.Offers = append(row.Offers, offered{code, r.SpecialtyName(code)})
	}
	return row
}

// seatsID is the id of the sum of a school's plans.
func seatsID(s *content.School, year int) string {
	return content.FigureID(s.ID, "plan_"+itoa(year))
}

// leastAndMost returns the lowest and the highest of the figures that have a
// value, one where they are the same.
func leastAndMost(figures []sourced) []sourced {
	var out []sourced
	for _, f := range figures {
		switch {
		case f.State != content.HasValue:
		case len(out) == 0:
			out = []sourced{f, f}
		case f.Value < out[0].Value:
			out[0] = f
		case f.Value > out[1].Value:
			out[1] = f
		}
	}
	if len(out) == 2 && out[0].Value == out[1].Value {
		out = out[:1]
	}
	return out
}
