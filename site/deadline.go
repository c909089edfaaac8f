package site

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/site/page"
)

// deadline counts from a day of entry to the last days of registration, and
// shows how it was counted. The address is the whole state of the form.
func (s *Site) deadline(r *reading) (templ.Component, error) {
	years := r.Years(content.TypeKeyDate)
	if len(years) == 0 {
		return nil, content.ErrNotFound
	}
	d := deadlinePage{Typed: r.query("entry")}
	d.Entry, d.Wrong = readEntry(d.Typed, r.today)
	var dates []*content.KeyDate
	dates, d.DatesOf = r.KeyDatesFor(d.Entry.Year())
	if d.DatesOf == 0 {
		dates, d.DatesOf = r.KeyDates(years[0]), years[0]
	}
	d.TooEarly = !d.Wrong && d.Typed != "" && d.Entry.Year() < d.DatesOf
	d.Registration = content.RegistrationOf(dates, r.WorkingDays(), d.Entry)
	d.History = d.DatesOf < r.today.Year()
	d.Rests = restDays(r.Snapshot, d.Count)
	r.uses(used(d.Registration)...)
	r.frame.Title, r.frame.Section = "截止日期：哪天前要注册", "/tools/duration"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "截止日期"}}
	r.frame.Description = "填入学日期，算出学校要在哪天前建好学籍电子档案、哪天前注册和备案，附数法和文件原文。"
	d.Frame = r.framed()
	return deadlineView(d), nil
}

type deadlinePage struct {
	page.Frame
	content.Registration
	Typed string
	Wrong bool
	// DatesOf is the year of the document that the last days are from; TooEarly
	// is true for an entry before any document of this site.
	DatesOf           int
	TooEarly, History bool
	Rests             []restRow
}

// Asked reports whether there is a day to count from.
func (d deadlinePage) Asked() bool { return d.Typed != "" && !d.Wrong && !d.TooEarly }

// readEntry reads the day of entry. A day that no pupil of today can have
// entered on is a slip of the pen.
func readEntry(typed string, today calendar.Date) (entry calendar.Date, wrong bool) {
	if typed == "" {
		return today, false
	}
	entry, ok := dayOf(typed)
	const farthest = 10
	if !ok || entry.Year() > today.Year()+farthest || entry.Year() < today.Year()-farthest {
		return today, true
	}
	return entry, false
}

func used(r content.Registration) []content.Record {
	var out []content.Record
	if r.Counted != nil {
		out = append(out, r.Counted)
	}
	for _, d := range r.Due {
		out = append(out, d.KeyDate)
	}
	return out
}

// restRow is a row of days that were passed over, or a weekend day that
// counted, with the notice that says so.
type restRow struct {
	Name     string
	From, To calendar.Date
	Work     bool
	Source   content.Source
	Record   content.ID
}

// restDays lists the days that make a count differ from plain weekdays;
// neighbouring days of one holiday are one row.
func restDays(s *content.Snapshot, c calendar.Count) []restRow {
	days := slices.Concat(c.Skipped, c.Worked)
	slices.SortFunc(days, func(a, b calendar.Holiday) int { return a.Date.Time().Compare(b.Date.Time()) })
	var rows []restRow
	for _, day := range days {
		if last := len(rows) - 1; last >= 0 && !day.Work && !rows[last].Work && rows[last].Name == day.Name && rows[last].To.AddDays(1) == day.Date {
			rows[last].To = day.Date
			continue
		}
		row := restRow{Name: day.Name, From: day.Date, To: day.Date, Work: day.Work}
		if notice, ok := s.Record(content.ID("holidays/" + strconv.Itoa(day.Notice))); ok {
			row.Record, row.Source = notice.Head().ID, notice.Head().Source
		}
		rows = append(rows, row)
	}
	return rows
}
