package site

import (
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// faq shows the questions families ask, each with its answer and its source.
func (s *Site) faq(r *reading) (templ.Component, error) {
	f := faqPage{FAQs: r.FAQs(), Today: r.today.Year()}
	if len(f.FAQs) == 0 {
		return nil, content.ErrNotFound
	}
	r.uses(records(f.FAQs)...)
	r.frame.Title = "常见问题"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "常见问题"}}
	r.frame.Description = "上中专、职高，家长常问的问题：学校正规吗、读几年、多少钱、几号截止。每个回答都有出处。"
	f.Frame = r.framed()
	return faqView(f), nil
}

type faqPage struct {
	page.Frame
	FAQs  []*content.FAQ
	Today int
}

// has reports whether a path is the page or below it.
func has(path, root string) bool {
	rest, ok := strings.CutPrefix(path, root)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], "/?#"))
}
