package site

import (
	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// glossary explains the words of the notice.
func (s *Site) glossary(r *reading) (templ.Component, error) {
	g := glossaryPage{Terms: r.Terms()}
	withdrawn := r.withdrawn(content.TypeTerm, 0, len(g.Terms))
	if len(g.Terms) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	r.uses(records(g.Terms)...)
	r.frame.Title = "词语解释"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "词语解释"}}
	r.frame.Description = "招生文件里的词，用大白话讲：学制、学籍注册、备案、两后生、普职比例……"
	g.Frame = r.framed()
	if g.Withdrawn = withdrawn.in(g.Frame); withdrawn.All {
		return withdrawnView(g.Withdrawn), nil
	}
	return glossaryView(g), nil
}

type glossaryPage struct {
	page.Frame
	Terms []*content.Term
	// Withdrawn are the words that are no longer explained so.
	Withdrawn withdrawals
}
