package site

import (
	"yangguang/content"
	"yangguang/site/page"
)

// numbersOf is one of the pages of figures, which stand under one word of the
// menu.
type numbersOf struct {
	Path, Word string
	Here       bool
}

// numbers are those of the pages of figures that have records.
func (r *reading) numbers(here string) []numbersOf {
	var out []numbersOf
	for _, n := range numbersPages {
		if r.Has(n.of) {
			out = append(out, numbersOf{n.Path, n.Word, n.Path == here})
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

var numbersPages = []struct {
	of content.Type
	page.MenuItem
}{
	{content.TypePlan, page.MenuItem{Path: "/plans", Word: "招生计划"}},
	{content.TypeTarget, page.MenuItem{Path: "/targets", Word: "招生任务"}},
	{content.TypeResult, page.MenuItem{Path: "/results", Word: "录取结果"}},
	{content.TypeBulletin, page.MenuItem{Path: "/bulletins", Word: "招生周报"}},
	{content.TypeQualification, page.MenuItem{Path: "/qualifications", Word: "招生资格"}},
}

// numbersSection is under which word of the menu the figures stand: the first
// of their pages that there is.
func numbersSection(s *content.Snapshot) string {
	for _, n := range numbersPages {
		if s.Has(n.of) {
			return n.Path
		}
	}
	return ""
}

// numbersItem is the word of the menu for them: their own where there is only
// one page of them.
func numbersItem(s *content.Snapshot) (page.MenuItem, bool) {
	item := page.MenuItem{Path: numbersSection(s)}
	of := 0
	for _, n := range numbersPages {
		if s.Has(n.of) {
			of++
			if item.Word = n.Word; of > 1 {
				item.Word = "计划与结果"
			}
		}
	}
	return item, of > 0
}
