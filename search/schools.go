package search

import (
	"fmt"
	"slices"
	"strings"

	"yangguang/content"
)

// schools adds the schools, each with its standing of the newest year, what it
// plans and what that costs.
func (d *documents) schools() {
	s := d.snapshot
	for _, school := range s.Schools() {
		text := filled(school.Ownership.Word(), school.Kind.Word(), s.AreaName(school.Area))
		if years := s.Years(content.TypeQualification); len(years) > 0 {
			status, _ := s.Standing(years[0], school.Code)
			text = append([]string{fmt.Sprintf("%d年%s", years[0], status.Word())}, text...)
		}
		if plans := newestYear(s.PlansOf(school.Code)); len(plans) > 0 {
			text = append(text, planned(plans), costs(plans), strings.Join(offered(s, plans), "、"))
		}
		d.add(school, Doc{Title: school.Name, Text: strings.Join(filled(text...), " · "), Names: slices.Concat(school.Short, school.Former)})
	}
}

// specialties adds those that a school here plans to teach, each with who does.
func (d *documents) specialties() {
	s := d.snapshot
	for _, p := range s.Specialties() {
		plans := newestYear(s.PlansFor(p.Code))
		if len(plans) == 0 {
			continue
		}
		var text []string
		for _, plan := range plans {
			text = append(text, s.SchoolName(plan.School)+" "+people(plan.Number)+" "+costs([]*content.Plan{plan}))
		}
		d.add(p, Doc{
			Title: p.Name, Text: fmt.Sprintf("%d年 ", plans[0].Year) + strings.Join(text, "；"), Names: append([]string{p.Code, p.Name + "专业"}, p.Everyday...),
		})
	}
}

func (d *documents) clarifications() {
	for _, c := range d.snapshot.Clarifications() {
		d.add(c, Doc{Title: c.Claim, Text: c.Verdict.Word() + "。" + c.Text})
	}
}

// newestYear are those of the plans that are of the newest year; plans come
// newest first.
func newestYear(plans []*content.Plan) []*content.Plan {
	for i, p := range plans {
		if p.Year != plans[0].Year {
			return plans[:i]
		}
	}
	return plans
}

func planned(plans []*content.Plan) string {
	numbers := make([]content.Figure, len(plans))
	for i, p := range plans {
		numbers[i] = p.Number
	}
	return fmt.Sprintf("%d年计划 %s", plans[0].Year, people(content.Sum(numbers...)))
}

func people(n content.Figure) string { return n.String() + n.Unit() }

// costs is what the plans cost a year, from the lowest to the highest.
func costs(plans []*content.Plan) string {
	var fees []int
	for _, p := range plans {
		if p.Fee.State == content.HasValue {
			fees = append(fees, p.Fee.Value)
		}
	}
	if len(fees) == 0 {
		return ""
	}
	switch low, high := slices.Min(fees), slices.Max(fees); {
	case high == 0:
		return "不收学费"
	case low == high:
		return fmt.Sprintf("学费每年 %d 元", low)
	default:
		return fmt.Sprintf("学费每年 %d 到 %d 元", low, high)
	}
}

// offered are the names of the specialties, each once.
func offered(s *content.Snapshot, plans []*content.Plan) []string {
	var names []string
	for _, plan := range plans {
		if name := s.SpecialtyName(plan.Specialty); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
