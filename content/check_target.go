package content

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// totalName is what an annex calls the row that adds up the others.
const totalName = "合计"

// targets compares the sheet with the document's own table, cell by cell: a
// sum alone would name the right row for 10 of the 369 one-digit slips.
func (c *checker) targets() {
	sums := map[int]int{}
	totals := map[int]Item{}
	incomplete := map[int]bool{}
	var years []int
	for _, i := range c.pack.Items {
		t, ok := i.Record.(*Target)
		if !ok {
			continue
		}
		if !slices.Contains(years, t.Year) {
			years = append(years, t.Year)
		}
		c.named(i, t)
		c.printed(i, t)
		switch {
		case t.Unit == "":
			totals[t.Year] = i
		case t.Number.State != HasValue:
			incomplete[t.Year] = true
		default:
			sums[t.Year] += t.Number.Value
		}
	}
	for _, year := range years {
		c.sum(year, sums[year], incomplete[year], totals)
	}
	c.allRows()
}

func (c *checker) sum(year, sum int, incomplete bool, totals map[int]Item) {
	i, ok := totals[year]
	if !ok {
		c.found = append(c.found, Problem{"targets.csv", strconv.Itoa(year) + " 年没有合计行。请照文件加一行：单位代码留空，单位写“合计”。"})
		return
	}
	total := i.Record.(*Target).Number
	if !incomplete && total.State == HasValue && total.Value != sum {
		c.add(i, "number", "各行相加是 %d，合计写 %d，差 %d。请核对有改动的那一行。", sum, total.Value, abs(sum-total.Value))
	}
}

func abs(n int) int { return max(n, -n) }

// named: the code is known, and the name beside it is that code's name.
func (c *checker) named(i Item, t *Target) {
	name, want := i.Name, totalName
	if t.Unit != "" {
		u, ok := c.byID[ID("unit/"+t.Unit)].Record.(*Unit)
		if !ok {
			c.add(i, "unit_code", "没有代码为“%s”的单位。请核对 units.csv。", t.Unit)
			return
		}
		want = u.Name
	}
	if name != want {
		c.add(i, "unit", "代码“%s”的单位是“%s”，这里写的是“%s”。", t.Unit, want, name)
	}
}

// printed: the number is the one in the document's table, in the row of that
// name.
func (c *checker) printed(i Item, t *Target) {
	doc, p, table := c.tableOf(t.Source)
	if table == nil {
		return // reported with the source
	}
	cell := t.Source.Cell()
	text, ok := table.Cell(cell)
	name, named := table.Cell("A" + strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if !ok || !named {
		return
	}
	if letters(name) != letters(i.Name) {
		c.add(i, "source", "附件的这一行是“%s”，这里写的是“%s”。请核对出处的单元格。", name, i.Name)
		return
	}
	if here, there := t.Number.String(), TidyNumber(text); here != there {
		c.add(i, "number", "这里写 %s，文件的表格写 %s，两处不一样。%s", here, there, verdict(p, name, here, there, doc.Place.Of(t.Source.Place)))
	}
}

func (c *checker) tableOf(s Source) (Item, *Policy, *Table) {
	doc := c.byID[s.Policy]
	p, ok := doc.Record.(*Policy)
	if !ok {
		return doc, nil, nil
	}
	id, _, _ := strings.Cut(s.Place, "!")
	if b, ok := p.Block(id); ok {
		return doc, p, b.Table
	}
	return doc, p, nil
}

// verdict asks the original, where there is one, which of the two is right.
func verdict(p *Policy, name, sheet, table, tablePlace string) string {
	switch original := letters(p.Original); {
	case follows(original, letters(name), table):
		return "原件是 " + table + "，请改这里。"
	case follows(original, letters(name), sheet):
		return "原件是 " + sheet + "，请改 " + tablePlace + "。"
	}
	return "请对照原件，改正 " + tablePlace + " 或这里。"
}

// follows reports whether the text has the name followed by exactly that number.
func follows(text, name, number string) bool {
	for {
		at := strings.Index(text, name+number)
		if at < 0 || name == "" {
			return false
		}
		text = text[at+len(name)+len(number):]
		if text == "" || text[0] < '0' || text[0] > '9' {
			return true
		}
	}
}

// ofTargets: a table that says so is one, even if no target cites it; else an
// emptied sheet would withdraw every target.
func ofTargets(t *Table) bool {
	return len(t.Heads) == 2 && strings.HasSuffix(letters(t.Heads[1]), "招生任务")
}

// allRows: every row of a table of targets stands in the sheet, and the table
// itself adds up.
func (c *checker) allRows() {
	type place struct {
		policy   ID
		id, cell string
	}
	cited := map[place]bool{} // the tables, and with a cell the rows
	for _, i := range c.pack.Items {
		t, ok := i.Record.(*Target)
		if !ok {
			continue
		}
		id, cell, _ := strings.Cut(t.Source.Place, "!")
		cited[place{t.Source.Policy, id, cell}] = true
		cited[place{t.Source.Policy, id, ""}] = true
	}
	for _, doc := range c.pack.Items {
		p, ok := doc.Record.(*Policy)
		if !ok {
			continue
		}
		for _, b := range p.Blocks {
			if b.Table == nil || !cited[place{p.ID, b.ID, ""}] && !ofTargets(b.Table) {
				continue
			}
			for r, row := range b.Table.Rows {
				if !cited[place{p.ID, b.ID, Address(r, 1)}] {
					c.inTable(doc, b.ID, r, "表格里的“%s”在 targets.csv 里没有。请补上一行。", row[0])
				}
			}
			c.tableSum(doc, b.ID, b.Table)
		}
	}
}

// inTable notes a problem with the number in a row of a document's table.
func (c *checker) inTable(doc Item, id string, row int, format string, args ...any) {
	place := id + "!" + Address(row, 1)
	c.found = append(c.found, Problem{At(doc.Place.Of(place), Source{Place: place}), fmt.Sprintf(format, args...)})
}

func (c *checker) tableSum(doc Item, id string, table *Table) {
	sum := 0
	for r, row := range table.Rows {
		if len(row) < 2 {
			return
		}
		n, err := ParseFigure(TidyNumber(row[1]))
		switch {
		case err != nil:
			c.inTable(doc, id, r, "%v。", err)
			return
		case letters(row[0]) == totalName && n.Value != sum:
			c.inTable(doc, id, r, "表格各行相加是 %d，合计写 %s。请对照原件。", sum, n)
		}
		sum += n.Value
	}
}
