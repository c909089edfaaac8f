package site

import (
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// clarifications lists the claims that went round, and what is true of them.
func (s *Site) clarifications(r *reading) (templ.Component, error) {
	all := r.Clarifications()
	withdrawn := r.withdrawn(content.TypeClarification, 0, len(all))
	if len(all) == 0 && !withdrawn.All {
		return nil, content.ErrNotFound
	}
	p := clarificationsPage{}
	for _, c := range all {
		p.Claims = append(p.Claims, r.claim(c))
	}
	r.frame.Title, r.frame.Section = "辟谣", "/verify"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "辟谣"}}
	r.frame.Description = "招生中流传的说法，查下来是真是假，依据是什么，几天答复的。"
	r.frame.Styles = s.Assets.Path("record.css")
	p.Frame = r.framed()
	if p.Withdrawn = withdrawn.in(p.Frame); withdrawn.All {
		return withdrawnView(p.Withdrawn), nil
	}
	return clarificationsView(p), nil
}

type clarificationsPage struct {
	page.Frame
	Claims    []claim
	Withdrawn withdrawals
}

// claim is a clarification with the schools that it is about.
type claim struct {
	*content.Clarification
	Of []*content.School
	At content.Source
}

func (r *reading) claim(c *content.Clarification) claim {
	one := claim{Clarification: c, At: r.SourceOf(c, "verdict")}
	r.uses(c)
	for _, code := range c.Schools {
		if school, ok := r.School(code); ok {
			one.Of = append(one.Of, school)
		}
	}
	return one
}

// clarification shows one claim: what was said, what is true, and how long that
// took.
func (s *Site) clarification(r *reading) (templ.Component, error) {
	record, _ := r.Record(content.ID(content.TypeClarification) + "/" + content.ID(r.param("key")))
	c, ok := record.(*content.Clarification)
	if !ok {
		return nil, content.ErrNotFound
	}
	p := clarificationPage{claim: r.claim(c)}
	r.frame.Title, r.frame.Section = c.Verdict.Word()+"：“"+saying(c)+"”", "/verify"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/clarifications", Word: "辟谣"}, {Word: c.Verdict.Word()}}
	r.frame.Description = "“" + saying(c) + "”：" + c.Verdict.Word() + "。" + c.Text
	r.frame.About = string(c.ID)
	r.frame.Styles = s.Assets.Path("record.css")
	p.Frame = r.framed()
	return clarificationView(p), nil
}

type clarificationPage struct {
	page.Frame
	claim
}

// saying is a claim without the quotation marks that its sheet may have.
func saying(c *content.Clarification) string { return strings.Trim(c.Claim, "“”") }

// verdictColour is in which colour a verdict is shown, beside its word.
func verdictColour(v content.Verdict) string {
	switch v {
	case content.False:
		return "red"
	case content.True:
		return "green"
	case content.Partly, content.Checking:
	}
	return "amber"
}
