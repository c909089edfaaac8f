package site

import (
	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// qualifications shows which schools may recruit in a year, by their standing,
// and first whether that list is whole.
func (s *Site) qualifications(r *reading) (templ.Component, error) {
	year := r.year()
	all := r.Qualifications(year)
	withdrawn := r.withdrawn(content.TypeQualification, year, len(all))
	if len(all) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	p := qualificationsPage{Year: year, History: year < r.today.Year(), Years: r.Years(content.TypeQualification), All: len(all), List: r.wholeList(year)}
	for _, status := range content.Statuses() {
		g := standingGroup{Status: status}
		for _, q := range all {
			if q.Status == status {
				g.Rows = append(g.Rows, r.standingRow(q))
			}
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	if p.List != nil {
		r.uses(p.List)
		p.missing(r)
	}
	r.frame.Title, r.frame.Section = itoa(year)+" 年招生资格", numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/qualifications", Word: "招生资格"}, {Word: itoa(year) + " 年"}}
	r.frame.Description = itoa(year) + " 年哪些中等职业学校能招生，哪些有警示、限制或停止招生，依据哪份文件。"
	r.frame.Styles = s.Assets.Path("record.css")
	p.Numbers = r.numbers("/qualifications")
	p.Frame = r.framed()
	if p.Withdrawn = withdrawn.in(p.Frame); withdrawn.All {
		return withdrawnView(p.Withdrawn), nil
	}
	return qualificationsView(p), nil
}

type qualificationsPage struct {
	page.Frame
	Year, All int
	History   bool
	Years     []int
	// List is the sheet that is the whole list; nil: there is none.
	List   *content.Sheet
	Groups []standingGroup
	// Missing are the schools that the record knows and the whole list does not
	// have, Technical those that others publish.
	Missing, Technical []*content.School
	Numbers            []numbersOf
	Withdrawn          withdrawals
}

// standingGroup are the schools with the same standing.
type standingGroup struct {
	Status content.Status
	Rows   []standingRow
}

// standingRow is a school's standing as a table shows it.
type standingRow struct {
	*content.Qualification
	Name string
	At   content.Source
}

func (r *reading) standingRow(q *content.Qualification) standingRow {
	row := standingRow{q, q.School, r.SourceOf(q, "status")}
	r.uses(q)
	if school, ok := r.School(q.School); ok {
		row.Name = school.Name
	}
	return row
}

func (p *qualificationsPage) missing(r *reading) {
	for _, school := range r.Schools() {
		switch status, of := r.Standing(p.Year, school.Code); {
		case of != nil:
		case status == content.Unlisted:
			p.Missing = append(p.Missing, school)
			r.uses(school)
		case status == content.HRSS:
			p.Technical = append(p.Technical, school)
			r.uses(school)
		}
	}
}
