package content

import (
	"slices"
	"strings"
)

// plans: the specialty is one of the catalogue of that year (E5) and on file
// for a school that may recruit (E6); W3, W6 and W10 ask why.
func (c *draftChecker) plans() {
	before := map[string]int{}
	for _, p := range c.public.Plans(c.Sheet.Year - 1) {
		before[p.School+"-"+p.Specialty] += p.Number.Value
	}
	now := map[string]int{}
	last := map[string]Item{}
	for _, i := range c.Items {
		p := i.Record.(*Plan)
		c.specialty(i, "specialty", p.Specialty, i.Specialty, p.Year)
		c.mayRecruit(i, p.School, p.Specialty, p.Campus, p.Number)
		c.newcomer(i, p)
		both := p.School + "-" + p.Specialty
		now[both] += p.Number.Value
		last[both] = i
	}
	for both, i := range last {
		c.jump(i, "number", before[both], now[both])
	}
	c.againstTargets()
}

// specialty, E5: the code is in the edition that holds in the year, and the
// name is that code's.
func (c *draftChecker) specialty(i Item, field, code, name string, year int) {
	if !c.public.Has(TypeSpecialty) {
		return
	}
	cell := field
	if _, ok := i.Place.Columns["code"]; ok && field == "specialty" {
		cell = "code"
	}
	p, ok := c.public.Specialty(code)
	base, _, _ := strings.Cut(callName(name), "（")
	switch {
	case code == "":
		c.add("E5", i, field, "专业目录里没有“%s”这个专业。%s", name, likely(c.public.Names().Specialties.Near(base)))
	case !ok:
		c.add("E5", i, cell, "专业目录里没有代码 %s。请对照目录核对代码。", code)
	case !p.In(year):
		c.add("E5", i, cell, "%s %s 是 %d 年才进目录的，%d 年不能用。请用当年目录里的专业。", code, p.Name, p.First, year)
	case base != "" && base != callName(p.Name):
		c.add("E5", i, field, "代码 %s 是“%s”，这里写的是“%s”。请核对是代码错了还是名称错了。", code, p.Name, name)
	}
}

func likely(near []string) string {
	if len(near) == 0 {
		return "请对照目录写全称，并写 6 位专业代码。"
	}
	return "是不是“" + strings.Join(near, "”或“") + "”？请照目录写全称。"
}

// mayRecruit, E6: only where the year's list is whole can a school be said to
// be missing.
func (c *draftChecker) mayRecruit(i Item, school, specialty, campus string, number Figure) {
	if c.Elsewhere || school == "" || !c.public.ListsSchools(c.Sheet.Year) {
		return
	}
	name, year := c.public.SchoolName(school), c.Sheet.Year
	status, q := c.public.Standing(year, school)
	switch {
	case status == Unlisted:
		c.add("E6", i, "school", "%s 不在 %d 年招生学校名单里，不能公布它的计划。请核对名单。", name, year)
	case status != HRSS && !status.MayRecruit() && number.Value > 0:
		c.add("E6", i, "school", "%s %d 年的招生资质是“%s”，不能有招生数。", name, year, status.Word())
	case q == nil:
	case len(q.Specialties) > 0 && specialty != "" && !slices.Contains(q.Specialties, specialty):
		c.add("E6", i, "specialty", "%s 不在 %s %d 年备案的专业里。", c.public.SpecialtyName(specialty), name, year)
	case campus != "" && len(q.Addresses) > 0 && !slices.ContainsFunc(q.Addresses, func(a string) bool { return callName(a) == callName(campus) }):
		c.add("E6", i, "campus", "“%s”不是 %s %d 年备案的办学地址。", campus, name, year)
	}
}

// newcomer, W6: a school in its first year recruits up to 100 for a specialty
// (Henan 2022).
func (c *draftChecker) newcomer(i Item, p *Plan) {
	year := c.Sheet.Year
	if p.School == "" || p.Number.Value <= 100 || !c.public.ListsSchools(year) || !c.public.ListsSchools(year-1) {
		return
	}
	if status, _ := c.public.Standing(year-1, p.School); status == Unlisted {
		c.add("W6", i, "number", "%s 是 %d 年新上名单的学校，一个专业超过 100 人。请写明依据。", c.public.SchoolName(p.School), year)
	}
}

// jump, W3: a number that is another one by 30 % within a year.
func (c *draftChecker) jump(i Item, field string, before, now int) {
	if before > 0 && abs(now-before)*10 > before*3 {
		c.add("W3", i, field, "去年是 %d，今年是 %d，变化超过三成。请核对，写明原因。", before, now)
	}
}

// againstTargets, W10: what the schools of a unit plan is its task.
func (c *draftChecker) againstTargets() {
	sums := map[string]int{}
	first := map[string]Item{}
	var units []string
	for _, i := range c.Items {
		p := i.Record.(*Plan)
		school, ok := c.public.School(p.School)
		if !ok || school.Unit == "" {
			continue
		}
		if _, seen := first[school.Unit]; !seen {
			first[school.Unit] = i
			units = append(units, school.Unit)
		}
		sums[school.Unit] += p.Number.Value
	}
	for _, code := range units {
		t, ok := c.public.Target(c.Sheet.Year, code)
		if ok && !t.Withdrawn && t.Number.State == HasValue && t.Number.Value != sums[code] {
			unit, _ := c.public.Unit(code)
			c.add("W10", first[code], "number", "%s各校计划相加是 %d，下达的招生任务是 %d，差 %d。这个差会写在网页上，请写明原因。",
				unit.Name, sums[code], t.Number.Value, abs(sums[code]-t.Number.Value))
		}
	}
}

// results: E5, and W2 asks why more were admitted than planned.
func (c *draftChecker) results() {
	planned := map[string]int{}
	for _, p := range c.public.Plans(c.Sheet.Year) {
		planned[p.School+"-"+p.Specialty] += p.Number.Value
	}
	for _, i := range c.Items {
		r := i.Record.(*Result)
		c.specialty(i, "specialty", r.Specialty, i.Specialty, r.Year)
		c.mayRecruit(i, r.School, r.Specialty, "", r.Admitted)
		plan := r.Plan
		if plan.State != HasValue && r.Batch == "" {
			if n, ok := planned[r.School+"-"+r.Specialty]; ok {
				plan = FigureOf(n)
			}
		}
		if plan.State == HasValue && r.Admitted.Value > plan.Value {
			c.add("W2", i, "admitted", "录取 %d 人，计划 %d 人，超出 %d 人。请核对，写明原因。", r.Admitted.Value, plan.Value, r.Admitted.Value-plan.Value)
		}
	}
}

// targets: W3 against the year before.
func (c *draftChecker) targets() {
	for _, i := range c.Items {
		t := i.Record.(*Target)
		if before, ok := c.public.Target(c.Sheet.Year-1, t.Unit); ok && t.Unit != "" {
			c.jump(i, "number", before.Number.Value, t.Number.Value)
		}
	}
}
