package site

import (
	"context"
	"slices"
	"strconv"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/site/page"
)

// reading is one request for a page: the snapshot it is answered from, the
// day it is answered on, and the frame that is being filled. A page function
// fills the title, the menu section, the crumbs and what “这条有误？” names,
// notes the records it shows with uses, and takes the finished frame from
// framed.
type reading struct {
	*content.Snapshot
	today calendar.Date
	frame page.Frame

	// param is a parameter of the route, query one of the address, form a field
	// of a form that was posted; nothing on a GET.
	param, query, form func(string) string
	context            func() context.Context

	shown []content.Record

	// noStore keeps the page out of every store: it is about a complaint, or
	// somebody may be in danger.
	noStore bool
}

// year is the year in the address, 0 where there is none. Of all the ways to
// write a number only one is an address, so that a page has no others.
func (r *reading) year() int {
	if y, err := strconv.Atoi(r.param("year")); err == nil && itoa(y) == r.param("year") {
		return y
	}
	return 0
}

// uses notes records that the page shows.
func (r *reading) uses(shown ...content.Record) { r.shown = append(r.shown, shown...) }

// only forgets what was noted before, for a page that shows less than the
// list it was taken from.
func (r *reading) only(shown ...content.Record) { r.shown = shown }

// framed finishes the frame: the data version is the newest edition that
// touches the records shown, and the sources are their documents.
func (r *reading) framed() page.Frame {
	f := r.frame
	f.Menu = menu(r.Snapshot)
	for _, record := range r.shown {
		m := record.Head()
		if m.Edition > f.Edition {
			f.Edition, f.Note = m.Edition, m.Note
		}
		if sheet, ok := r.sheetOf(record); ok && sheet.AsOf.After(f.AsOf) {
			f.AsOf = sheet.AsOf
		}
		p, ok := r.DocumentOf(record)
		if ok && !slices.Contains(f.Sources, p) {
			f.Sources = append(f.Sources, p)
		}
		if ok && official[m.ID.Type()] {
			f.Owner = p.Issuer
		}
	}
	f.NoIndex = f.NoIndex || f.Old > 0
	if f.AsOf.IsZero() {
		f.AsOf = asOf(f.Sources, r.Snapshot)
	}
	if f.About == "" {
		f.About = f.Path
	}
	return f
}

// sheetOf is the sheet that a record stands in, or is.
func (r *reading) sheetOf(record content.Record) (*content.Sheet, bool) {
	if sheet, ok := record.(*content.Sheet); ok {
		return sheet, true
	}
	return r.Sheet(record.Head().Source.Sheet)
}

// official are the records that are the issuer's own words; the others were
// put together by whoever runs the site.
var official = map[content.Type]bool{
	content.TypePolicy: true, content.TypeTarget: true, content.TypeKeyDate: true, content.TypeRule: true,
	content.TypeSheet: true, content.TypeSchool: true, content.TypeQualification: true, content.TypePlan: true,
	content.TypeResult: true, content.TypeBulletin: true,
}

// asOf is the date up to which documents speak: the newest was issued then.
// Records without a document speak up to the edition they are in.
func asOf(sources []*content.Policy, s *content.Snapshot) calendar.Date {
	var newest calendar.Date
	for _, p := range sources {
		for _, d := range []calendar.Date{p.Signed, p.Issued} {
			if d.After(newest) {
				newest = d
			}
		}
	}
	if newest.IsZero() {
		return calendar.DateOf(s.At)
	}
	return newest
}

func records[T content.Record](list []T) []content.Record {
	out := make([]content.Record, len(list))
	for i, r := range list {
		out[i] = r
	}
	return out
}

// menu shows what has records.
func menu(s *content.Snapshot) []page.MenuItem {
	items := []page.MenuItem{{Path: "/", Word: "首页"}}
	for _, m := range []struct {
		has content.Type
		page.MenuItem
	}{
		{content.TypeSchool, page.MenuItem{Path: "/schools", Word: "学校"}},
		{content.TypeSpecialty, page.MenuItem{Path: "/specialties", Word: "专业"}},
		{"", page.MenuItem{}}, // the figures
		{content.TypePolicy, page.MenuItem{Path: "/policies", Word: "政策文件"}},
		{content.TypeKeyDate, page.MenuItem{Path: "/calendar", Word: "日历"}},
		{content.TypeRule, page.MenuItem{Path: "/tools/duration", Word: "学制与截止日期"}},
	} {
		if numbers, ok := numbersItem(s); ok && m.has == "" {
			items = append(items, numbers)
		} else if s.Has(m.has) {
			items = append(items, m.MenuItem)
		}
	}
	return append(items, page.MenuItem{Path: "/verify", Word: "查真伪"}, page.MenuItem{Path: "/complain", Word: "投诉"})
}

// unmet are the duties for which nothing is published.
func unmet(s *content.Snapshot) []*content.Duty {
	return slices.DeleteFunc(s.Duties(), s.Met)
}

// nextDates are the next three dates of a year; when the year is over, its
// first three deadlines in their published order, as history.
func nextDates(dates []*content.KeyDate, today calendar.Date) (next []*content.KeyDate, history bool) {
	history = len(dates) > 0 && dates[0].Year < today.Year()
	for _, d := range dates {
		switch {
		case d.Date.IsZero(), history && !d.Deadline, !history && d.Date.Before(today):
		default:
			next = append(next, d)
		}
	}
	if !history {
		slices.SortStableFunc(next, func(a, b *content.KeyDate) int { return a.Date.Time().Compare(b.Date.Time()) })
	}
	return next[:min(3, len(next))], history
}

func itoa(n int) string { return strconv.Itoa(n) }
