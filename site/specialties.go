package site

import (
	"slices"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// specialties shows the catalogue as a tree: families, their classes, the
// specialties, and how many schools here offer each this year.
func (s *Site) specialties(r *reading) (templ.Component, error) {
	all := r.Specialties()
	withdrawn := r.withdrawn(content.TypeSpecialty, 0, len(all))
	if len(all) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	t := specialtiesPage{Year: r.today.Year(), All: len(all)}
	for _, p := range all {
		r.uses(p)
		t.add(p, len(r.schoolsFor(p.Code, t.Year)))
	}
	r.frame.Title, r.frame.Section = "专业", "/specialties"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "专业"}}
	r.frame.Description = "中等职业学校专业目录：每个专业属于哪一类、学几年、毕业后能接着读什么、本市哪些学校开设。"
	r.frame.Styles = s.Assets.Path("record.css")
	t.Frame = r.framed()
	if t.Withdrawn = withdrawn.in(t.Frame); withdrawn.All {
		return withdrawnView(t.Withdrawn), nil
	}
	return specialtiesView(t), nil
}

type specialtiesPage struct {
	page.Frame
	Year, All, Open int
	Families        []family
	Withdrawn       withdrawals
}

type family struct {
	Name    string
	Open    int
	Classes []class
}

type class struct {
	Name        string
	Specialties []taught
}

// taught is a specialty and how many schools offer it in the year.
type taught struct {
	*content.Specialty
	Schools int
}

func (t *specialtiesPage) add(p *content.Specialty, schools int) {
	f := slices.IndexFunc(t.Families, func(f family) bool { return f.Name == p.Family })
	if f < 0 {
		f, t.Families = len(t.Families), append(t.Families, family{Name: p.Family})
	}
	classes := &t.Families[f].Classes
	c := slices.IndexFunc(*classes, func(c class) bool { return c.Name == p.Class })
	if c < 0 {
		c, *classes = len(*classes), append(*classes, class{Name: p.Class})
	}
	(*classes)[c].Specialties = append((*classes)[c].Specialties, taught{p, schools})
	if schools > 0 {
		t.Open++
		t.Families[f].Open++
	}
}

// schoolsFor are the codes of the schools with a plan for a specialty in a year.
func (r *reading) schoolsFor(specialty string, year int) []string {
	var codes []string
	for _, p := range r.PlansFor(specialty) {
		if p.Year < year {
			break // the newest come first
		}
		if p.Year == year && !slices.Contains(codes, p.School) {
			codes = append(codes, p.School)
		}
	}
	return codes
}

// specialty shows a specialty: who offers it here, for how many and how much,
// and where it leads.
func (s *Site) specialty(r *reading) (templ.Component, error) {
	of, ok := r.Specialty(r.param("code"))
	if !ok {
		return nil, content.ErrNotFound
	}
	r.uses(of)
	p := specialtyPage{Specialty: of, Year: r.today.Year(), At: r.SourceOf(of, "name")}
	plans := r.PlansFor(of.Code)
	for _, plan := range plans {
		if n := len(p.PlanYears); n == 0 || p.PlanYears[n-1] != plan.Year {
			p.PlanYears = append(p.PlanYears, plan.Year)
		}
	}
	now := slices.DeleteFunc(plans, func(plan *content.Plan) bool { return plan.Year != p.Year })
	p.pager = r.paged(len(now), plansAPage, content.Path(of))
	var numbers []sourced
	for i, plan := range now {
		numbers = append(numbers, r.figure(plan, "number", plan.Number))
		if i >= p.Begin && i < p.End {
			status, _ := r.Standing(plan.Year, plan.School)
			p.Rows = append(p.Rows, offer{r.planRow(plan), status})
		}
	}
	p.Total = sumOf(content.FigureID(of.ID, "plan_"+itoa(p.Year)), numbers)
	r.frame.Title, r.frame.Section = of.Name, "/specialties"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/specialties", Word: "专业"}, {Word: of.Name}}
	r.frame.Description = of.Name + "（" + of.Code + "）：本市哪些学校开设、招多少人、学费多少、学几年，毕业后能接着读什么。"
	r.frame.About = string(of.ID)
	r.frame.Styles = s.Assets.Path("record.css")
	p.Frame = r.framed()
	return specialtyView(p), nil
}

type specialtyPage struct {
	page.Frame
	pager
	*content.Specialty
	Year int
	// At is where it stands in the catalogue.
	At content.Source
	// PlanYears are those with a plan for it, the newest first.
	PlanYears []int
	// Rows are the plans of this year, Total what they add up to.
	Rows  []offer
	Total sourced
}

// offer is a school's plan for the specialty, and whether it may recruit.
type offer struct {
	planRow
	Status content.Status
}

// Earlier are the years before this one.
func (p specialtyPage) Earlier() []int {
	return slices.DeleteFunc(slices.Clone(p.PlanYears), func(year int) bool { return year == p.Year })
}
