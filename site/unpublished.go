package site

import (
	"strconv"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// unpublished lists what is owed to the public, by whom and by when, and what
// of it is here already.
func (s *Site) unpublished(r *reading) (templ.Component, error) {
	u := unpublishedPage{Today: r.today.Year()}
	for _, d := range r.Duties() {
		if path := metBy(r.Snapshot, d); path != "" {
			u.Met = append(u.Met, metDuty{d, path})
		} else {
			u.Owed = append(u.Owed, d)
		}
	}
	r.uses(records(r.Duties())...)
	r.frame.Title = "尚未公开"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "尚未公开"}}
	r.frame.Description = "文件要求公开、本站还没有的内容：是什么，应由谁公开，什么时候，先问谁。"
	u.Frame = r.framed()
	return unpublishedView(u), nil
}

type unpublishedPage struct {
	page.Frame
	Today int
	Owed  []*content.Duty
	Met   []metDuty
}

type metDuty struct {
	*content.Duty
	Path string
}

// metBy is the page that meets a duty, empty while nothing does.
func metBy(s *content.Snapshot, d *content.Duty) string {
	if !met(s, d) {
		return ""
	}
	year := strconv.Itoa(s.Years(d.Met)[0])
	switch d.Met {
	case content.TypePolicy:
		return "/policies"
	case content.TypeTarget:
		return "/targets/" + year
	case content.TypeKeyDate:
		return "/calendar/" + year
	case content.TypeRule:
		return "/tools/duration"
	case content.TypeTerm:
		return "/glossary"
	default:
		return "/faq"
	}
}
