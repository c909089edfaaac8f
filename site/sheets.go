package site

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/content"
	"yangguang/site/page"
)

// sheetChoices are what a page of a sheet depends on: the row that is cited, and
// which part of a long one is shown.
var sheetChoices = []string{"row", "page"}

// sheetTable shows a published table made anew from its records: the columns
// under their letters, each cell a place of its own.
func (s *Site) sheetTable(r *reading) (templ.Component, error) {
	of, ok := r.sheetAsked()
	if !ok {
		return nil, content.ErrNotFound
	}
	p := sheetPage{Sheet: of, Cited: r.query("row"), Columns: sheetColumns(of)}
	all := r.InSheet(of)
	r.uses(of)
	r.uses(all...)
	p.pager = r.paged(len(all), plansAPage, content.Path(of))
	if i := slices.IndexFunc(all, func(one content.Record) bool { return one.Head().Source.Place == p.Cited }); i >= 0 {
		p.Page = i/plansAPage + 1
		p.Begin, p.End = (p.Page-1)*plansAPage, min(p.Page*plansAPage, len(all))
	} else {
		p.Cited = ""
	}
	for _, one := range all[p.Begin:p.End] {
		p.Rows = append(p.Rows, r.printedRow(one, p.Columns))
	}
	r.frame.NoIndex = r.frame.NoIndex || p.Cited != ""
	r.frame.Title, r.frame.Section = of.Title, numbersSection(r.Snapshot)
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, listCrumb(of), {Word: "原表"}}
	r.frame.Description = of.Title + "：原表的每一格，都可以单独打开。"
	r.frame.About = string(of.ID)
	r.frame.Styles = s.Assets.Path("record.css")
	p.Frame = r.framed()
	return sheetTableView(p), nil
}

// sheetAsked is the sheet in the address.
func (r *reading) sheetAsked() (*content.Sheet, bool) {
	if r.param("year") != "" && r.year() == 0 {
		return nil, false
	}
	return r.Sheet(content.SheetID(r.year(), r.param("key")))
}

// listCrumb leads to the list that a sheet is of.
func listCrumb(of *content.Sheet) page.Crumb {
	for _, n := range numbersPages {
		if n.of == of.Of {
			return page.Crumb{Path: n.Path + "/" + itoa(of.Year), Word: n.Word}
		}
	}
	switch of.Of {
	case content.TypeSchool:
		return page.Crumb{Path: "/schools", Word: "学校"}
	case content.TypeSpecialty:
		return page.Crumb{Path: "/specialties", Word: "专业"}
	case content.TypeClarification:
		return page.Crumb{Path: "/clarifications", Word: "辟谣"}
	}
	return page.Crumb{Path: "/policies", Word: "政策文件"}
}

type sheetPage struct {
	page.Frame
	pager
	*content.Sheet
	// Cited is the row that the address names.
	Cited   string
	Columns []sheetColumn
	Rows    []printedRow
}

// sheetColumn is a column of a sheet, by its letter.
type sheetColumn struct{ Letter, Field, Head string }

func sheetColumns(of *content.Sheet) []sheetColumn {
	byLetter := map[string]sheetColumn{}
	for field, letter := range of.Columns {
		if had, twice := byLetter[letter]; twice && had.Field < field {
			continue // a column that says two things is shown once
		}
		byLetter[letter] = sheetColumn{letter, field, cmp.Or(of.Heads[field], field)}
	}
	return slices.SortedFunc(maps.Values(byLetter), func(a, b sheetColumn) int {
		return cmp.Or(len(a.Letter)-len(b.Letter), cmp.Compare(a.Letter, b.Letter))
	})
}

// printedRow is a row of a sheet as it is shown.
type printedRow struct {
	Number, ID, Path string
	Cells            []printedCell
}

// printedCell is a cell with its printed address. A number in it is a figure; a
// name opens the page about it.
type printedCell struct {
	ID, Text, Opens, Figure, Value string
}

// Long reports whether a text is one that is read, not looked up.
func (c printedCell) Long() bool { return utf8.RuneCountInString(c.Text) > 20 }

func (r *reading) printedRow(of content.Record, columns []sheetColumn) printedRow {
	m := of.Head()
	row := printedRow{Number: m.Source.Place, ID: string(m.ID), Path: content.Path(of)}
	for _, column := range columns {
		c := printedCell{ID: column.Letter + row.Number}
		var n *content.Figure
		c.Text, n = content.Printed(of, column.Field)
		if n != nil {
			c.Figure = content.FigureID(m.ID, column.Field)
			if n.State == content.HasValue {
				c.Value = c.Text
			}
		} else {
			r.nameIn(of, column.Field, &c)
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

// nameIn puts the name in place of the code where a column is of names, and
// where it leads.
func (r *reading) nameIn(of content.Record, field string, c *printedCell) {
	switch field {
	case "school", "school_code":
		code, _ := content.Printed(of, "school")
		school, ok := r.School(code)
		if c.Text = code; ok && field == "school" {
			c.Text, c.Opens = school.Name, content.Path(school)
		}
	case "specialty", "code":
		code, _ := content.Printed(of, "specialty")
		specialty, ok := r.Specialty(code)
		if code == "" {
			return // the code of the record itself
		}
		if c.Text = code; ok && field == "specialty" {
			c.Text, c.Opens = specialty.Name, content.Path(specialty)
		}
	case "unit", "unit_code", "area_code":
		if field == "unit" {
			c.Text, _ = content.Printed(of, "unit_code")
		}
		if u, ok := r.Unit(c.Text); ok {
			c.Text = u.Name
		}
	case "name":
		if of.Head().ID.Type() == content.TypeSchool || of.Head().ID.Type() == content.TypeSpecialty {
			c.Opens = content.Path(of)
		}
	}
}

// sheetFile is a sheet as data: its rows under the heads that were printed.
func (s *Site) sheetFile(form func(*reading, *content.Sheet, []string, [][]string) page.Document) fiber.Handler {
	return s.Cached(func(pr page.Reading) (page.Document, error) {
		r := s.read(pr, none)
		of, ok := r.sheetAsked()
		if !ok || of.Withdrawn {
			return page.Document{}, content.ErrNotFound
		}
		r.uses(of)
		columns := sheetColumns(of)
		heads := []string{"row", "id"}
		for _, c := range columns {
			heads = append(heads, c.Head)
		}
		heads = append(heads, "url")
		var rows [][]string
		for _, one := range r.InSheet(of) {
			r.uses(one)
			row := r.printedRow(one, columns)
			cells := []string{row.Number, row.ID}
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			rows = append(rows, append(cells, row.Path))
		}
		return form(r, of, heads, rows), nil
	})
}

func sheetCSV(r *reading, of *content.Sheet, heads []string, rows [][]string) page.Document {
	return page.Table(of.ID.Key()+"-e"+itoa(int(r.framed().Edition)), r.Fictional(), heads, rows)
}

func sheetJSON(r *reading, of *content.Sheet, heads []string, rows [][]string) page.Document {
	items := make([]map[string]string, len(rows))
	for i, row := range rows {
		items[i] = map[string]string{}
		for n, head := range heads {
			items[i][head] = row[n]
		}
	}
	f := r.framed()
	return page.JSON(page.List[map[string]string]{Demo: r.Fictional(), Edition: f.Edition, AsOf: f.AsOf.String(), Type: content.TypeSheet, Items: items, Total: len(items), Year: yearOf(&of.Meta)})
}
