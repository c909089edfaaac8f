package site

import (
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// plansAPage is how many rows a page of plans or results has.
const plansAPage = 200

var planChoices = []string{"specialty", "county", "page"}

// plans shows a year's plans by school and specialty.
func (s *Site) plans(r *reading) (templ.Component, error) {
	year := r.year()
	all := r.Plans(year)
	withdrawn := r.withdrawn(content.TypePlan, year, len(all))
	if len(all) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	p := plansPage{Year: year, History: year < r.today.Year(), Whole: len(all), Years: r.Years(content.TypePlan)}
	p.Specialty, p.County = r.query("specialty"), r.query("county")
	p.SpecialtyName, p.CountyName = r.SpecialtyName(p.Specialty), r.AreaName(p.County)
	all = slices.DeleteFunc(all, func(plan *content.Plan) bool {
		school, ok := r.School(plan.School)
		return p.Specialty != "" && plan.Specialty != p.Specialty || p.County != "" && (!ok || school.Area != p.County)
	})
	var numbers []sourced
	for _, plan := range all {
		if n := r.figure(plan, "number", plan.Number); n.State == content.HasValue {
			numbers = append(numbers, n)
		} else {
			p.Lacking++
		}
	}
	p.pager = r.paged(len(all), plansAPage, p.Address(p.Specialty, p.County))
	for _, plan := range all[p.Begin:p.End] {
		p.Rows = append(p.Rows, r.planRow(plan))
	}
	p.Total = sumOf(p.totalID(), numbers)
	if total, ok := r.Target(year, ""); ok && !total.Withdrawn && !p.Chosen() {
		p.Target = r.figure(total, "number", total.Number)
		r.uses(total)
	}
	r.frame.NoIndex = r.frame.NoIndex || p.Chosen()
	r.frame.Title, r.frame.Section = itoa(year)+" 年招生计划", numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/plans", Word: "招生计划"}, {Word: itoa(year) + " 年"}}
	r.frame.Description = itoa(year) + " 年各学校分专业招生计划：招多少人、学费多少、学几年，每个数字都能打开出处。"
	r.frame.Styles = s.Assets.Path("record.css")
	p.Numbers = r.numbers("/plans")
	p.Frame = r.framed()
	if p.Withdrawn = withdrawn.in(p.Frame); withdrawn.All {
		return withdrawnView(p.Withdrawn), nil
	}
	return plansView(p), nil
}

type plansPage struct {
	page.Frame
	pager
	Year    int
	History bool
	// Whole is how many plans the year has, Years the years with plans.
	Whole                    int
	Years                    []int
	Specialty, SpecialtyName string
	County, CountyName       string
	Rows                     []planRow
	// Total is what those with a number add up to, Lacking how many have none.
	Total, Target sourced
	Lacking       int
	Numbers       []numbersOf
	Withdrawn     withdrawals
}

// Chosen reports whether not all plans are shown.
func (p plansPage) Chosen() bool { return p.Specialty != "" || p.County != "" }

// Address is the list of that specialty and county.
func (p plansPage) Address(specialty, county string) string {
	return withChoices("/plans/"+itoa(p.Year), url.Values{"specialty": {specialty}, "county": {county}})
}

func (p plansPage) totalID() string {
	parts := []string{}
	for _, part := range []string{p.Specialty, p.County} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return content.FigureID(content.ID("plan/"+itoa(p.Year)), strings.Join(append([]string{"number"}, parts...), "_"))
}

// Gap is by how much the plans of the schools differ from the target of the
// year; false where one of them is missing.
func (p plansPage) Gap() (int, bool) {
	return p.Total.Value - p.Target.Value, p.Lacking == 0 && p.Total.State == content.HasValue && p.Target.State == content.HasValue
}

// results shows what became of a year's plans: the funnel from the target to
// what was filed, then row by row.
func (s *Site) results(r *reading) (templ.Component, error) {
	year := r.year()
	all := r.Results(year)
	withdrawn := r.withdrawn(content.TypeResult, year, len(all))
	if len(all) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	p := resultsPage{Year: year, History: year < r.today.Year(), Years: r.Years(content.TypeResult)}
	whole := outcome{Year: year}
	for _, result := range all {
		whole.Rows = append(whole.Rows, r.resultRow(result))
	}
	addUp(&whole, content.ID("result/"+itoa(year)))
	p.pager = r.paged(len(all), plansAPage, "/results/"+itoa(year))
	p.Rows = whole.Rows[p.Begin:p.End]
	p.steps(r, whole)
	r.frame.Title, r.frame.Section = itoa(year)+" 年录取结果", numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/results", Word: "录取结果"}, {Word: itoa(year) + " 年"}}
	r.frame.Description = itoa(year) + " 年录取结果：任务、计划、录取、注册、备案各多少人。只有人数，没有名单。"
	r.frame.Styles = s.Assets.Path("record.css")
	p.Numbers = r.numbers("/results")
	p.Frame = r.framed()
	if p.Withdrawn = withdrawn.in(p.Frame); withdrawn.All {
		return withdrawnView(p.Withdrawn), nil
	}
	return resultsView(p), nil
}

type resultsPage struct {
	page.Frame
	pager
	Year      int
	History   bool
	Years     []int
	Steps     []funnelStep
	Rows      []resultRow
	Numbers   []numbersOf
	Withdrawn withdrawals
}

// funnelStep is one step from the target to what was filed.
type funnelStep struct {
	Word, Means string
	N           sourced
	// Share is its part of the largest step, in per mille, empty where there is
	// no number.
	Share string
}

func (p *resultsPage) steps(r *reading, whole outcome) {
	if total, ok := r.Target(p.Year, ""); ok && !total.Withdrawn {
		r.uses(total)
		p.Steps = append(p.Steps, funnelStep{Word: "任务", N: r.figure(total, "number", total.Number)})
	}
	p.Steps = append(p.Steps, funnelStep{Word: "计划", N: whole.Plan}, funnelStep{Word: "录取", N: whole.Admitted},
		funnelStep{Word: "注册", N: whole.Registered}, funnelStep{Word: "备案", N: whole.Settled})
	most := 1
	for _, step := range p.Steps {
		most = max(most, step.N.Value)
	}
	for i := range p.Steps {
		if step := &p.Steps[i]; step.N.State == content.HasValue {
			step.Share = itoa(step.N.Value * 1000 / most)
		}
	}
}
