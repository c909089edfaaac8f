package site

import (
	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// unpublished lists what is owed to the public, by whom and by when, and what
// of it is here already.
func (s *Site) unpublished(r *reading) (templ.Component, error) {
	u := unpublishedPage{Today: r.today.Year()}
	for _, d := range r.Duties() {
		switch {
		case r.Met(d):
			u.Met = append(u.Met, metDuty{d, metPages[d.Met]})
		case d.Ordered:
			u.Owed = append(u.Owed, d)
		default:
			u.Missing = append(u.Missing, d)
		}
	}
	r.uses(records(r.Duties())...)
	withdrawn := r.withdrawn(content.TypeDuty, 0, len(r.Duties()))
	r.frame.Title = "尚未公开"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "尚未公开"}}
	r.frame.Description = "文件要求公开、本站还没有的内容：是什么，应由谁公开，什么时候，先问谁。"
	u.Frame = r.framed()
	u.Withdrawn = withdrawn.in(u.Frame)
	return unpublishedView(u), nil
}

type unpublishedPage struct {
	page.Frame
	Today int
	// Owed is what a document orders to be published, Missing what it orders to
	// be done without a word about the public.
	Owed, Missing []*content.Duty
	Met           []metDuty
	// Withdrawn are those that are no longer thought to be owed.
	Withdrawn withdrawals
}

// metDuty is a duty that is met, on the page Path if it has one.
type metDuty struct {
	*content.Duty
	Path string
}

// metPages are the pages on which a duty is met, by what is published there.
var metPages = map[content.Type]string{
	content.TypePolicy: "/policies", content.TypeTarget: "/targets", content.TypeKeyDate: "/calendar",
	content.TypeSchool: "/schools", content.TypeSpecialty: "/specialties", content.TypeQualification: "/qualifications",
	content.TypePlan: "/plans", content.TypeResult: "/results", content.TypeBulletin: "/bulletins", content.TypeClarification: "/clarifications",
	content.TypeRule: "/tools/duration", content.TypeTerm: "/glossary", content.TypeFAQ: "/faq",
}
