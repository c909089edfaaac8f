package site

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yangguang/content"
	"yangguang/site/page"
)

// policy shows a document whole: its head, its text with a link for each
// paragraph, its annexes with a link for each cell, and what rests on it.
func (s *Site) policy(r *reading) (templ.Component, error) {
	p, ok := r.Policy(r.param("id"))
	if !ok {
		return nil, content.ErrNotFound
	}
	r.frame.Title, r.frame.Section = p.Title, "/policies"
	r.frame.Crumbs = policyCrumbs(page.Crumb{Word: p.Number})
	r.frame.Description = p.Issuer + " " + p.Number + "：" + p.Title + "。全文、附件和依据。"
	r.frame.About = string(p.ID)
	r.uses(p)
	view := policyOf(r.Snapshot, p)
	view.History = p.Year < r.today.Year()
	view.Frame = r.framed()
	return policyView(view), nil
}

func policyCrumbs(last ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Path: "/", Word: "首页"}, {Path: "/policies", Word: "政策文件"}}, last...)
}

type policyPage struct {
	page.Frame
	Doc     *content.Policy
	History bool
	// Contents are the headings and the annexes.
	Contents []content.Block
	Parts    []policyPart
	Basis    []relation
	Laws     []namedLaw
	Rests    []resting
}

// relation is a tie to another document, with its address where it is here.
type relation struct {
	content.Relation
	Path string
}

// policyPart is a block of the document as it is shown.
type policyPart struct {
	content.Block
	Text  []run
	Sheet *sheet
}

// sheet is a table of the document.
type sheet struct {
	Heads []cell
	Rows  [][]cell
	// Total is the last row where that is a sum.
	Total []cell
	Notes []string
	// Wide sheets are scrolled on a phone.
	Wide bool
}

// cell is a cell as printed. A number in it is its own source and carries the
// id of the figure that was taken from it; a name opens the page about it.
type cell struct {
	ID, Text, Figure, Opens string
}

// Number reports whether the cell is a number of people.
func (c cell) Number() bool {
	_, err := strconv.Atoi(c.Text)
	return err == nil
}

// Address is the printed address: B3.
func (c cell) Address() string { return content.Source{Place: c.ID}.Cell() }

// resting is a record that rests on the document.
type resting struct {
	Type  content.Type
	Name  string
	Path  string
	Place content.Source
}

func policyOf(s *content.Snapshot, p *content.Policy) policyPage {
	view := policyPage{Doc: p, Laws: lawsNamed(s, textOf(p.Blocks))}
	for _, b := range p.Blocks {
		if b.Kind != content.Paragraph {
			view.Contents = append(view.Contents, b)
		}
		one := policyPart{Block: b, Text: runs(b.Text, references(s, p.ID, b.Text))}
		if b.Table != nil {
			one.Sheet = sheetOf(s, p, b)
		}
		view.Parts = append(view.Parts, one)
	}
	for _, r := range p.Relations {
		view.Basis = append(view.Basis, relation{r, numbered(s, r.Number)})
	}
	for _, r := range s.RestingOn(p.ID) {
		m := r.Head()
		view.Rests = append(view.Rests, resting{m.ID.Type(), s.Name(r), content.Path(r), m.Source})
	}
	return view
}

// references finds the laws and the other documents of this site that a text
// names. A law leads to where the page says how to find it.
func references(s *content.Snapshot, in content.ID, text string) []cut {
	var found []cut
	for _, law := range s.Laws() {
		for _, name := range writtenNames(law) {
			found = append(found, everywhere(text, name, "#"+lawAnchor(law))...)
		}
	}
	for _, other := range s.Policies() {
		if other.ID != in {
			found = append(found, everywhere(text, other.Number, content.Path(other))...)
		}
	}
	return found
}

// numbered is the address of the document of that number, if it is here.
func numbered(s *content.Snapshot, number string) string {
	for _, p := range s.Policies() {
		if p.Number == number {
			return content.Path(p)
		}
	}
	return ""
}

func sheetOf(s *content.Snapshot, p *content.Policy, b content.Block) *sheet {
	figures := map[string]*content.Target{} // of this document, by their places
	for _, r := range s.List(content.TypeTarget) {
		if m := r.Head(); m.Source.Policy == p.ID {
			figures[m.Source.Place] = r.(*content.Target)
		}
	}
	view := &sheet{Notes: b.Table.Notes, Wide: len(b.Table.Heads) > 3}
	for column, head := range b.Table.Heads {
		view.Heads = append(view.Heads, cell{ID: b.ID + "!" + content.Address(-1, column), Text: head})
	}
	for row, texts := range b.Table.Rows {
		var cells []cell
		opens := ""
		for column, text := range texts {
			c := cell{ID: b.ID + "!" + content.Address(row, column), Text: text}
			c.Figure = content.FigureID(p.ID, c.ID)
			if t, ok := figures[c.ID]; ok {
				c.Figure, opens = content.FigureID(t.ID, "number"), content.Path(t)
			}
			cells = append(cells, c)
		}
		if len(cells) > 0 && !cells[0].Number() {
			cells[0].Opens = opens
		}
		view.Rows = append(view.Rows, cells)
	}
	if last := len(view.Rows) - 1; last >= 0 && isTotal(b.Table.Rows[last]) {
		view.Total, view.Rows = view.Rows[last], view.Rows[:last]
	}
	return view
}

func isTotal(row []string) bool {
	return len(row) > 0 && slices.Contains([]string{"合计", "总计"}, strings.ReplaceAll(row[0], " ", ""))
}

// original shows a document letter by letter, with the names of its contact
// people. It is the only page that does, and is kept out of every index.
func (s *Site) original(r *reading) (templ.Component, error) {
	p, ok := r.Policy(r.param("id"))
	if !ok || p.Original == "" {
		return nil, content.ErrNotFound
	}
	r.frame.Title, r.frame.Section = p.Number+" 原件", "/policies"
	r.frame.Crumbs = policyCrumbs(page.Crumb{Path: content.Path(p), Word: p.Number}, page.Crumb{Word: "原件"})
	r.frame.About, r.frame.NoIndex = string(p.ID), true
	r.uses(p)
	return originalView(policyPage{Frame: r.framed(), Doc: p}), nil
}
