package site

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/site/page"
)

// school shows a school: first whether it may recruit this year, then what, for
// how much, and what became of it; then where it is and what names it.
func (s *Site) school(r *reading) (templ.Component, error) {
	school, ok := r.School(r.param("code"))
	if !ok {
		return nil, content.ErrNotFound
	}
	p := r.schoolPage(school)
	r.frame.Title, r.frame.Section = school.Name, "/schools"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/schools", Word: "学校"}, {Word: school.Name}}
	r.frame.Description = school.Name + "：" + itoa(p.Year) + " 年" + p.Status.Word() + "。招哪些专业、多少人、学费、学制、录取结果、地址电话，都有出处。"
	r.frame.About = string(school.ID)
	r.frame.Styles = s.Assets.Path("record.css")
	p.Frame = r.framed()
	return schoolView(p), nil
}

type schoolPage struct {
	page.Frame
	*content.School
	Year     int
	AreaName string
	// Status is the standing of this year, Standing its record; nil: there is none.
	Status   content.Status
	Standing *content.Qualification
	// StandingSource is where it stands, or for a school that is missing from a
	// whole list that list.
	StandingSource content.Source
	// Plans are the years of plans, the newest first; Now is this year's.
	Plans []yearOfPlans
	// Outcomes are what became of the plans, by year.
	Outcomes       []outcome
	History        []pastStanding
	Clarifications []*content.Clarification
	Named          []naming
	// RegisteredAt is where the school stands in the list of schools.
	RegisteredAt content.Source
}

// yearOfPlans is what a school plans to recruit in a year.
type yearOfPlans struct {
	Year  int
	Rows  []planRow
	Total sourced
}

// planRow is a plan as a table shows it.
type planRow struct {
	*content.Plan
	// Name is the specialty, Of the school.
	Name, Of string
	Number   sourced
	Fee      sourced
	// Length is where the length of study stands.
	Length content.Source
}

// outcome is what became of a year's plans, added up, and row by row.
type outcome struct {
	Year                                int
	Plan, Admitted, Registered, Settled sourced
	Rows                                []resultRow
}

// resultRow is a result as a table shows it.
type resultRow struct {
	*content.Result
	Name, Of                            string
	Plan, Admitted, Registered, Settled sourced
	LowestAt                            content.Source
}

// Share is how much of the plan was admitted, in per mille: the length of its
// bar.
func (o outcome) Share() string {
	if o.Plan.State != content.HasValue || o.Admitted.State != content.HasValue || o.Plan.Value == 0 {
		return ""
	}
	return itoa(min(1000, o.Admitted.Value*1000/o.Plan.Value))
}

// pastStanding is a year's standing with the place that says so.
type pastStanding struct {
	*content.Qualification
	At content.Source
}

// naming is a document or a sheet that names the school.
type naming struct {
	Path, Title, Number string
	Day                 calendar.Date
}

// Said is its number and its day.
func (n naming) Said() string {
	if n.Day.IsZero() {
		return n.Number
	}
	return strings.TrimSpace(n.Number + " " + n.Day.Long())
}

func (r *reading) schoolPage(school *content.School) schoolPage {
	p := schoolPage{School: school, Year: r.today.Year(), AreaName: r.AreaName(school.Area)}
	r.uses(school)
	p.Status, p.Standing = r.Standing(p.Year, school.Code)
	if p.Standing != nil {
		p.StandingSource = r.SourceOf(p.Standing, "status")
	} else if list := r.wholeList(p.Year); list != nil && p.Status == content.Unlisted {
		p.StandingSource = content.Source{Title: list.Title, URL: content.Path(list)}
		r.uses(list)
	}
	for _, q := range r.QualificationsOf(school.Code) {
		r.uses(q)
		p.History = append(p.History, pastStanding{q, r.SourceOf(q, "status")})
	}
	p.Plans, p.Outcomes = r.plansByYear(school), r.outcomes(school)
	p.Clarifications = r.ClarificationsOf(school.Code)
	r.uses(records(p.Clarifications)...)
	p.Named, p.RegisteredAt = r.namings(school), r.SourceOf(school, "code")
	return p
}

// wholeList is the sheet that lists all schools that may recruit in a year.
func (r *reading) wholeList(year int) *content.Sheet {
	for _, sheet := range r.Sheets() {
		if sheet.Of == content.TypeQualification && sheet.Year == year && sheet.Whole {
			return sheet
		}
	}
	return nil
}

func (r *reading) plansByYear(school *content.School) []yearOfPlans {
	var years []yearOfPlans
	for _, plan := range r.PlansOf(school.Code) {
		if n := len(years); n == 0 || years[n-1].Year != plan.Year {
			years = append(years, yearOfPlans{Year: plan.Year})
		}
		y := &years[len(years)-1]
		y.Rows = append(y.Rows, r.planRow(plan))
	}
	for i := range years {
		y := &years[i]
		numbers := make([]sourced, len(y.Rows))
		for n, row := range y.Rows {
			numbers[n] = row.Number
		}
		y.Total = sumOf(seatsID(school, y.Year), numbers)
	}
	return years
}

// planRow gathers a plan, and notes it as shown.
func (r *reading) planRow(plan *content.Plan) planRow {
	r.uses(plan)
	row := planRow{
		Plan: plan, Name: r.SpecialtyName(plan.Specialty), Of: plan.School,
		Number: r.figure(plan, "number", plan.Number), Fee: r.figure(plan, "fee", plan.Fee), Length: r.SourceOf(plan, "duration"),
	}
	if school, ok := r.School(plan.School); ok {
		row.Of = school.Name
	}
	return row
}

func (r *reading) outcomes(school *content.School) []outcome {
	var years []outcome
	for _, result := range r.ResultsOf(school.Code) {
		if n := len(years); n == 0 || years[n-1].Year != result.Year {
			years = append(years, outcome{Year: result.Year})
		}
		o := &years[len(years)-1]
		o.Rows = append(o.Rows, r.resultRow(result))
	}
	for i := range years {
		addUp(&years[i], content.SchoolID(school.Code))
	}
	return years
}

func (r *reading) resultRow(result *content.Result) resultRow {
	r.uses(result)
	row := resultRow{
		Result: result, Name: r.SpecialtyName(result.Specialty), Of: result.School,
		Plan: r.figure(result, "plan", result.Plan), Admitted: r.figure(result, "admitted", result.Admitted),
		Registered: r.figure(result, "registered", result.Registered), Settled: r.figure(result, "filed", result.Filed),
		LowestAt: r.SourceOf(result, "lowest"),
	}
	if school, ok := r.School(result.School); ok {
		row.Of = school.Name
	}
	return row
}

// addUp adds the rows up, under the id of what they are all of.
func addUp(o *outcome, of content.ID) {
	for _, column := range []struct {
		field string
		into  *sourced
		cell  func(resultRow) sourced
	}{
		{"result_plan_", &o.Plan, func(r resultRow) sourced { return r.Plan }},
		{"admitted_", &o.Admitted, func(r resultRow) sourced { return r.Admitted }},
		{"registered_", &o.Registered, func(r resultRow) sourced { return r.Registered }},
		{"filed_", &o.Settled, func(r resultRow) sourced { return r.Settled }},
	} {
		parts := make([]sourced, len(o.Rows))
		for i, row := range o.Rows {
			parts[i] = column.cell(row)
		}
		*column.into = sumOf(content.FigureID(of, column.field+itoa(o.Year)), parts)
	}
}

// namings are the documents whose text names the school, and the sheets that
// have a row of it.
func (r *reading) namings(school *content.School) []naming {
	var out []naming
	for _, p := range r.Policies() {
		if strings.Contains(textOf(p.Blocks), school.Name) {
			out = append(out, naming{content.Path(p), p.Title, p.Number, p.Issued})
			r.uses(p)
		}
	}
	for _, sheet := range r.sheetsWith(school) {
		out = append(out, naming{content.Path(sheet), sheet.Title, "", sheet.AsOf})
	}
	return out
}

// sheetsWith are the sheets that have a row of the school, the newest first.
func (r *reading) sheetsWith(school *content.School) []*content.Sheet {
	var out []*content.Sheet
	add := func(of content.Record) {
		if sheet, ok := r.Sheet(of.Head().Source.Sheet); ok && !slices.Contains(out, sheet) {
			out = append(out, sheet)
		}
	}
	add(school)
	for _, q := range r.QualificationsOf(school.Code) {
		add(q)
	}
	for _, p := range r.PlansOf(school.Code) {
		add(p)
	}
	for _, result := range r.ResultsOf(school.Code) {
		add(result)
	}
	slices.SortStableFunc(out, func(a, b *content.Sheet) int { return b.Year - a.Year })
	return out
}

// Now is this year's plans.
func (p schoolPage) Now() yearOfPlans {
	for _, y := range p.Plans {
		if y.Year == p.Year {
			return y
		}
	}
	return yearOfPlans{Year: p.Year}
}

// Earlier are the plans of the years before.
func (p schoolPage) Earlier() []yearOfPlans {
	return slices.DeleteFunc(slices.Clone(p.Plans), func(y yearOfPlans) bool { return y.Year == p.Year })
}

// MayRecruit reports whether a family can sign up there at all this year.
func (p schoolPage) MayRecruit() bool { return p.Status.MayRecruit() }

// Anchor is where a plan stands on the page.
func (row planRow) Anchor() string {
	return string(content.TypePlan) + "-" + itoa(row.Year) + "-" + row.ID.Key()
}

// Anchor is where a result stands on the page.
func (row resultRow) Anchor() string {
	return string(content.TypeResult) + "-" + itoa(row.Year) + "-" + row.ID.Key()
}

// Anchor is where a year's standing stands on the page.
func (q pastStanding) Anchor() string { return string(content.TypeQualification) + "-" + itoa(q.Year) }
