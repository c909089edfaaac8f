package site

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// targets shows a year's recruitment targets (招生任务) by unit, with the check
// that they add up to the document's own total.
func (s *Site) targets(r *reading) (templ.Component, error) {
	year := r.year()
	t := targetsOf(r, year)
	withdrawn := r.withdrawn(content.TypeTarget, year, len(t.Rows))
	if len(t.Rows) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	r.frame.Title = fmt.Sprintf("%d 年招生任务", year)
	r.frame.Section = numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: t.Path, Word: "招生任务"}, {Word: strconv.Itoa(year) + " 年"}}
	r.frame.Description = fmt.Sprintf("%d年各县（市）和市属中等职业学校招生任务：%d 个单位，合计 %s 人，每个数字可打开原文单元格。", year, len(t.Rows), t.Total.Number)
	r.frame.About = string(content.TargetID(year, ""))
	t.Numbers = r.numbers("/targets")
	t.Frame = r.framed()
	if t.Withdrawn = withdrawn.in(t.Frame); withdrawn.All {
		return withdrawnView(t.Withdrawn), nil
	}
	return targetsView(t), nil
}

type targetsPage struct {
	page.Frame
	Year    int
	Path    string
	Rows    []targetRow
	Total   *content.Target
	History bool
	// Unlisted are the units that the document does not list.
	Unlisted []*content.Unit
	Numbers  []numbersOf
	// Withdrawn are the targets that no longer hold.
	Withdrawn withdrawals
	most      int
}

type targetRow struct {
	*content.Target
	Of *content.Unit
}

// targetsOf gathers the year's targets, and notes them as shown.
func targetsOf(r *reading, year int) targetsPage {
	t := targetsPage{Year: year, Path: "/targets/" + strconv.Itoa(year), History: year < r.today.Year(), Total: &content.Target{}}
	listed := map[string]bool{}
	for _, target := range r.Targets(year) {
		unit, ok := r.Unit(target.Unit)
		if !ok {
			continue // Check refuses a target without its unit
		}
		listed[unit.Code] = true
		t.Rows = append(t.Rows, targetRow{target, unit})
		t.most = max(t.most, target.Number.Value)
		r.uses(target, unit)
	}
	if total, ok := r.Target(year, ""); ok && !total.Withdrawn {
		t.Total = total
		r.uses(total)
	}
	for _, u := range r.Units() {
		if !listed[u.Code] && u.Note != "" {
			t.Unlisted = append(t.Unlisted, u)
		}
	}
	return t
}

// UnlistedNames joins the names of the units that the document leaves out.
func (t targetsPage) UnlistedNames() string {
	names := make([]string, len(t.Unlisted))
	for i, u := range t.Unlisted {
		names[i] = u.Name
	}
	return strings.Join(names, "、")
}

// Sum adds the rows of one kind, or of all for "".
func (t targetsPage) Sum(kind content.UnitKind) int {
	sum := 0
	for _, row := range t.Rows {
		if kind == "" || row.Of.Kind == kind {
			sum += row.Number.Value
		}
	}
	return sum
}

// Complete reports whether every figure is there; else there is no sum to
// speak of and no share of it.
func (t targetsPage) Complete() bool {
	for _, row := range t.Rows {
		if row.Number.State != content.HasValue {
			return false
		}
	}
	return t.Total.Number.State == content.HasValue
}

// AddsUp reports whether the rows add up to the total that the document states.
func (t targetsPage) AddsUp() bool { return t.Complete() && t.Sum("") == t.Total.Number.Value }

// Share is a row's part of the largest row, in per mille: the width of its bar.
func (t targetsPage) Share(row targetRow) string {
	return strconv.Itoa(row.Number.Value * 1000 / max(t.most, 1))
}

// First is the first row of a kind.
func (t targetsPage) First(kind content.UnitKind) targetRow {
	for _, row := range t.Rows {
		if row.Of.Kind == kind {
			return row
		}
	}
	return targetRow{Target: &content.Target{}}
}

// Cells names the cells of one kind's rows: B3–B8.
func (t targetsPage) Cells(kind content.UnitKind) string {
	last := ""
	for _, row := range t.Rows {
		if row.Of.Kind == kind {
			last = row.Source.Cell()
		}
	}
	return t.First(kind).Source.Cell() + "–" + last
}

// target shows one unit's target.
func (s *Site) target(r *reading) (templ.Component, error) {
	year, code := r.year(), r.param("unit")
	target, ok := r.Target(year, code)
	if !ok || code == "" {
		return nil, content.ErrNotFound
	}
	unit, ok := r.Unit(code)
	if !ok {
		return nil, content.ErrNotFound
	}
	u := unitPage{targetRow: targetRow{target, unit}, All: targetsOf(r, year)}
	u.Unlisted = unit.Kind == content.MunicipalSchool && !r.ListsSchools(r.today.Year())
	r.only(target, unit, u.All.Total)
	r.frame.Title = fmt.Sprintf("%s %d 年招生任务", unit.Name, year)
	r.frame.Section = numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: u.All.Path, Word: fmt.Sprintf("%d 年招生任务", year)}, {Word: unit.Name}}
	r.frame.Description = fmt.Sprintf("%s%d年中等职业教育招生任务 %s 人，附原文出处。", unit.Name, year, target.Number)
	r.frame.About = content.FigureID(target.ID, "number")
	u.Frame = r.framed()
	return targetView(u), nil
}

type unitPage struct {
	page.Frame
	targetRow
	All targetsPage
	// Unlisted is true for a school while this year's list is not published.
	Unlisted bool
}

// Percent is the unit's part of the year's total.
func (u unitPage) Percent() string {
	return fmt.Sprintf("%.1f%%", float64(u.Number.Value)*100/float64(max(u.All.Total.Number.Value, 1)))
}

var kindWords = map[content.UnitKind]string{
	content.County: "县（市）", content.District: "区", content.MunicipalSchool: "市属学校",
	content.CountySchool: "县属学校", content.Bureau: "市教育局",
}
