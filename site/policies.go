package site

import (
	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// policies lists the documents.
func (s *Site) policies(r *reading) (templ.Component, error) {
	p := policiesPage{Policies: r.Policies(), Today: r.today.Year()}
	r.uses(records(p.Policies)...)
	withdrawn := r.withdrawn(content.TypePolicy, 0, len(p.Policies))
	r.frame.Title, r.frame.Section = "政策文件", "/policies"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "政策文件"}}
	r.frame.Description = "中等职业学校招生的政策文件：文号、发文机关、日期、有效性，正文每一段都有自己的链接。"
	p.Frame = r.framed()
	p.Withdrawn = withdrawn.in(p.Frame)
	return policiesView(p), nil
}

type policiesPage struct {
	page.Frame
	Policies []*content.Policy
	Today    int
	// Withdrawn are the documents that were taken back.
	Withdrawn withdrawals
}
