package site

import (
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// faq shows the questions families ask, each with its answer and its source,
// grouped by where one goes on from there.
func (s *Site) faq(r *reading) (templ.Component, error) {
	f := faqPage{Groups: faqGroups(r.FAQs()), Today: r.today.Year(), Laws: map[content.ID]*content.Law{}}
	for _, law := range r.Laws() {
		f.Laws[law.ID] = law
	}
	withdrawn := r.withdrawn(content.TypeFAQ, 0, len(f.Groups))
	if len(f.Groups) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	r.uses(records(r.FAQs())...)
	r.frame.Title = "常见问题"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "常见问题"}}
	r.frame.Description = "上中专、职高，家长常问的问题：学校正规吗、读几年、多少钱、几号截止。每个回答都有出处。"
	f.Frame = r.framed()
	if f.Withdrawn = withdrawn.in(f.Frame); withdrawn.All {
		return withdrawnView(f.Withdrawn), nil
	}
	return faqView(f), nil
}

type faqPage struct {
	page.Frame
	Groups []faqGroup
	Today  int
	// Laws are those that answers rest on.
	Laws map[content.ID]*content.Law
	// Withdrawn are the questions whose answers no longer hold.
	Withdrawn withdrawals
}

// faqGroup is the questions of one subject; Key is its anchor.
type faqGroup struct {
	Key  string
	FAQs []*content.FAQ
}

// faqSubjects are the subjects in the order in which families ask, with the
// pages that belong to them. Questions that lead to no page come last.
var faqSubjects = []struct {
	key   string
	paths []string
}{
	{"group-school", []string{"/verify"}},
	{"group-years", []string{"/tools/duration"}},
	{"group-dates", []string{"/tools/deadline", "/calendar"}},
	{"group-numbers", []string{"/targets"}},
	{"group-help", []string{"/complain", "/about/protection"}},
	{"group-owed", []string{"/unpublished"}},
	{"group-other", nil},
}

// faqGroups sorts questions by subject, and leaves out subjects without any.
func faqGroups(all []*content.FAQ) []faqGroup {
	of := map[string][]*content.FAQ{}
	for _, q := range all {
		key := faqSubject(q.Opens)
		of[key] = append(of[key], q)
	}
	var out []faqGroup
	for _, subject := range faqSubjects {
		if len(of[subject.key]) > 0 {
			out = append(out, faqGroup{subject.key, of[subject.key]})
		}
	}
	return out
}

func faqSubject(opens string) string {
	for _, subject := range faqSubjects {
		for _, root := range subject.paths {
			if has(opens, root) {
				return subject.key
			}
		}
	}
	return faqSubjects[len(faqSubjects)-1].key
}

// has reports whether a path is the page or below it.
func has(path, root string) bool {
	rest, ok := strings.CutPrefix(path, root)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], "/?#"))
}
