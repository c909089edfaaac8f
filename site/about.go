package site

import (
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/pattern"
	"yangguang/site/page"
)

// about lists the pages about the site itself.
func (s *Site) about(r *reading) (templ.Component, error) {
	a := aboutPage{Articles: r.Articles()}
	r.uses(records(a.Articles)...)
	r.frame.Title = "关于本站"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "关于本站"}}
	r.frame.Description = "本站是什么、有什么、不收集什么，怎么用得方便，反映问题受什么保护。"
	a.Frame = r.framed()
	return aboutView(a), nil
}

// article shows one of them.
func (s *Site) article(r *reading) (templ.Component, error) {
	record, _ := r.Record(content.ID("article/" + r.param("slug")))
	article, ok := record.(*content.Article)
	if !ok {
		return nil, content.ErrNotFound
	}
	a := aboutPage{Articles: r.Articles(), Article: article, Laws: lawsNamed(r.Snapshot, textOf(article.Blocks))}
	for _, b := range article.Blocks {
		a.Blocks = append(a.Blocks, articleBlockOf(r.Snapshot, b))
	}
	r.uses(article)
	r.frame.Title, r.frame.Description = article.Title, article.Summary
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Path: "/about", Word: "关于本站"}, {Word: article.Title}}
	a.Frame = r.framed()
	return articleView(a), nil
}

type aboutPage struct {
	page.Frame
	Articles []*content.Article
	Article  *content.Article
	Blocks   []articleBlock
	Laws     []namedLaw
}

// articleBlock is a block of an article: its lines are paragraphs, or items
// where they begin with a hyphen.
type articleBlock struct {
	content.Block
	Lines []articleLine
	Cells [][][]run
}

type articleLine struct {
	Item bool
	Text []run
}

func articleBlockOf(s *content.Snapshot, b content.Block) articleBlock {
	out := articleBlock{Block: b}
	linked := func(text string) []run { return runs(text, append(ownPaths(text), references(s, "", text)...)) }
	if b.Table != nil {
		for _, row := range b.Table.Rows {
			var cells [][]run
			for _, text := range row {
				cells = append(cells, linked(text))
			}
			out.Cells = append(out.Cells, cells)
		}
		return out
	}
	for line := range strings.SplitSeq(b.Text, "\n") {
		text, item := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if text != "" {
			out.Lines = append(out.Lines, articleLine{item, linked(text)})
		}
	}
	return out
}

// Items reports whether the block is a list.
func (b articleBlock) Items() bool { return len(b.Lines) > 0 && b.Lines[0].Item }

var ownPath = pattern.New(`(?:^|[（(\s])(/[a-z][a-z0-9/_-]*)`)

// ownPaths finds addresses of this site that a text names.
func ownPaths(text string) []cut {
	var found []cut
	for _, at := range ownPath.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, cut{at[2], at[3], text[at[2]:at[3]]})
	}
	return found
}
