package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/site/page"
)

// bulletins shows a year's weekly reports: how far recruiting has come against
// the targets, who has not filed the newest, and what should worry.
func (s *Site) bulletins(r *reading) (templ.Component, error) {
	year := r.year()
	days := r.BulletinDays(year)
	withdrawn := r.withdrawn(content.TypeBulletin, year, len(days))
	if len(days) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	p := bulletinsPage{Year: year, History: year < r.today.Year(), Years: r.Years(content.TypeBulletin)}
	r.weeks(&p, days)
	r.frame.Title, r.frame.Section = itoa(year)+" 年招生周报", numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/bulletins", Word: "招生周报"}, {Word: itoa(year) + " 年"}}
	r.frame.Description = itoa(year) + " 年招生周报：每周招了多少人，离任务还差多少，哪个单位没有报，普职比例怎么变。"
	r.frame.Styles = s.Assets.Path("record.css")
	p.Numbers = r.numbers("/bulletins")
	p.Frame = r.framed()
	if p.Withdrawn = withdrawn.in(p.Frame); withdrawn.All {
		return withdrawnView(p.Withdrawn), nil
	}
	return bulletinsView(p), nil
}

type bulletinsPage struct {
	page.Frame
	Year      int
	History   bool
	Years     []int
	Weeks     []week
	Units     []unitProgress
	Numbers   []numbersOf
	Withdrawn withdrawals
}

// week is one day's report added up.
type week struct {
	Day   calendar.Date
	Filed int
	// Sum is how many pupils the units that filed have recruited.
	Sum     sourced
	Silent  []*content.Unit
	Expects int
}

// Path is where the report stands as filed.
func (w week) Path() string { return weekPath(w.Day) }

func weekPath(day calendar.Date) string { return "/bulletins/" + itoa(day.Year()) + "/" + day.String() }

// SilentNames are those who have not filed.
func (w week) SilentNames() string {
	names := make([]string, len(w.Silent))
	for i, u := range w.Silent {
		names[i] = u.Name
	}
	return strings.Join(names, "、")
}

// unitProgress is how far a unit has come.
type unitProgress struct {
	*content.Unit
	Target, Done sourced
	// Share is done of the target, in per mille; empty where one is missing.
	Share string
	Trend content.Trend
	// Moved are the shares of its years, each with where it stands.
	Moved []movedShare
}

type movedShare struct {
	Year int
	sourcedShare
}

// sourcedShare is a share in per cent with where its parts stand.
type sourcedShare struct {
	ID, Value string
	Source    content.Source
	How       string
}

func (r *reading) weeks(p *bulletinsPage, days []calendar.Date) {
	expected := r.expected(p.Year)
	for _, day := range days {
		p.Weeks = append(p.Weeks, r.week(day, expected))
	}
	last, trends := r.LastBulletins(p.Year), r.Trends(p.Year)
	for _, unit := range expected {
		u := unitProgress{Unit: unit, Trend: trends[unit.Code]}
		u.gather(r, p.Year, last[unit.Code])
		p.Units = append(p.Units, u)
	}
}

// expected are the units that report in a year: those with a target, and those
// that have reported.
func (r *reading) expected(year int) []*content.Unit {
	var units []*content.Unit
	add := func(code string) {
		if u, ok := r.Unit(code); ok && !slices.Contains(units, u) {
			units = append(units, u)
		}
	}
	for _, t := range r.Targets(year) {
		add(t.Unit)
	}
	for _, b := range r.Bulletins(year) {
		add(b.Unit)
	}
	return units
}

func (r *reading) week(day calendar.Date, expected []*content.Unit) week {
	w := week{Day: day, Expects: len(expected)}
	filed := map[string]bool{}
	var done []sourced
	for _, b := range r.BulletinsOf(day) {
		r.uses(b)
		filed[b.Unit] = true
		if b.Row == content.Actual {
			done = append(done, r.figure(b, "vocational", b.Vocational))
		}
	}
	w.Filed = len(filed)
	for _, u := range expected {
		if !filed[u.Code] {
			w.Silent = append(w.Silent, u)
		}
	}
	w.Sum = sumOf(fmt.Sprintf("bulletin/%d/%s#vocational", day.Year(), day), done)
	return w
}

// gather fills in what the unit was to do and what it has done by its last
// report; nil: it has filed none.
func (p *unitProgress) gather(r *reading, year int, last *content.Bulletin) {
	p.Done = sourced{ID: content.FigureID(p.ID, "vocational_"+itoa(year)), Figure: content.Figure{State: content.Unreported}}
	if last != nil {
		p.Done = r.figure(last, "vocational", last.Vocational)
	}
	p.Target = sourced{ID: content.FigureID(p.ID, "target_"+itoa(year)), Figure: content.Figure{State: content.Unpublished}}
	if t, ok := r.Snapshot.Target(year, p.Code); ok && !t.Withdrawn {
		r.uses(t)
		p.Target = r.figure(t, "number", t.Number)
		if p.Done.State == content.HasValue && t.Number.State == content.HasValue && t.Number.Value > 0 {
			p.Share = itoa(min(1000, p.Done.Value*1000/t.Number.Value))
		}
	}
	for i, b := range p.Trend.Reports {
		r.uses(b)
		p.Moved = append(p.Moved, movedShare{b.Year, r.shareOf(b, p.Trend.Shares[i])})
	}
}

func (r *reading) shareOf(b *content.Bulletin, share int) sourcedShare {
	general, vocational := r.SourceOf(b, "general_hs"), r.SourceOf(b, "vocational")
	return sourcedShare{
		ID: content.FigureID(b.ID, "share"), Value: perCent(share), Source: vocational,
		How: vocational.Cell() + " ÷ (" + general.Cell() + "+" + vocational.Cell() + ")",
	}
}

// perCent is a share in per mille as people write it: 42.3%.
func perCent(mille int) string { return fmt.Sprintf("%d.%d%%", mille/10, mille%10) }

// Falling are the units whose share fell two years running, Unknown those of
// which that cannot be said.
func (p bulletinsPage) Falling() (falling, unknown []unitProgress) {
	for _, u := range p.Units {
		if u.Kind != content.County {
			continue // only a county counts both kinds of school
		}
		switch {
		case u.Trend.Falling():
			falling = append(falling, u)
		case !u.Trend.Enough():
			unknown = append(unknown, u)
		}
	}
	return falling, unknown
}

// bulletin shows one day's report as it was filed, in the columns of annex 2.
func (s *Site) bulletin(r *reading) (templ.Component, error) {
	day, err := calendar.ParseDate(r.param("date"))
	if err != nil || day.Year() != r.year() || day.String() != r.param("date") {
		return nil, content.ErrNotFound
	}
	rows := r.BulletinsOf(day)
	if len(rows) == 0 {
		return nil, content.ErrNotFound
	}
	p := bulletinPage{week: r.week(day, r.expected(day.Year())), History: day.Year() < r.today.Year()}
	for _, b := range rows {
		p.Rows = append(p.Rows, r.bulletinRow(b))
	}
	if sheet, ok := r.Sheet(rows[0].Source.Sheet); ok {
		p.Sheet = sheet
		r.uses(sheet)
	}
	days := r.BulletinDays(day.Year())
	if i := slices.Index(days, day); i >= 0 {
		if i > 0 {
			p.After = days[i-1]
		}
		if i+1 < len(days) {
			p.Before = days[i+1]
		}
	}
	year := itoa(day.Year())
	r.frame.Title, r.frame.Section = "截至"+day.Long()+"的招生周报", numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/bulletins/" + year, Word: year + " 年招生周报"}, {Word: day.MonthDay()}}
	r.frame.Description = "截至" + day.Long() + "的招生周报，照各单位填报的原样：毕业生、高中阶段招生、普高、中职，谁还没有报。"
	r.frame.About = "/bulletins/" + year + "/" + day.String()
	r.frame.Styles = s.Assets.Path("record.css")
	p.Frame = r.framed()
	return bulletinView(p), nil
}

type bulletinPage struct {
	page.Frame
	week
	History       bool
	Rows          []bulletinRow
	Sheet         *content.Sheet
	Before, After calendar.Date
}

// bulletinRow is a row of annex 2 as filed, with what can be computed of it.
type bulletinRow struct {
	*content.Bulletin
	Name                                  string
	Graduates, Total, General, Vocational sourced
	RatioAt, RateAt                       content.Source
	// Share is the part of vocational schools, Entry the rate of entry by these
	// columns; empty where a figure is missing.
	Share, Entry sourcedShare
}

// Anchor is where the row stands on the page: the unit's first row has its code.
func (b bulletinRow) Anchor() string {
	if b.Row == content.Planned {
		return b.Unit + "-plan"
	}
	return b.Unit
}

func (r *reading) bulletinRow(b *content.Bulletin) bulletinRow {
	row := bulletinRow{
		Bulletin: b, Name: b.Unit,
		Graduates: r.figure(b, "graduates", b.Graduates), Total: r.figure(b, "total_hs", b.Total),
		General: r.figure(b, "general_hs", b.General), Vocational: r.figure(b, "vocational", b.Vocational),
		RatioAt: r.SourceOf(b, "ratio"), RateAt: r.SourceOf(b, "rate"),
	}
	if u, ok := r.Unit(b.Unit); ok {
		row.Name = u.Name
	}
	if share, ok := b.Share(); ok {
		row.Share = r.shareOf(b, share)
	}
	if rate, ok := b.EntryRate(); ok {
		total, graduates := r.SourceOf(b, "total_hs"), r.SourceOf(b, "graduates")
		row.Entry = sourcedShare{content.FigureID(b.ID, "entry_rate"), perCent(rate), total, total.Cell() + " ÷ " + graduates.Cell()}
	}
	return row
}
