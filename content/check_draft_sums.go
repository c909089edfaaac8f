package content

import (
	"maps"
	"slices"
	"sort"
)

// sums: what the sheet adds up itself is what its rows add up to, in all (E1)
// and by part or kind (E2).
func (c *draftChecker) sums() {
	for _, s := range c.Stated {
		for _, field := range slices.Sorted(maps.Keys(s.Numbers)) {
			if field == "rows" {
				c.counted(s)
				continue
			}
			c.sum(s, field)
		}
	}
}

func (c *draftChecker) counted(s Stated) {
	if n := len(c.Items); n != s.Numbers["rows"] {
		c.at("E1", s.cell("rows"), "表里有 %d 行，%s写 %d，差 %d。请核对漏了哪一行，或改合计。", n, s.Label, s.Numbers["rows"], abs(n-s.Numbers["rows"]))
	}
}

func (s Stated) cell(field string) string {
	return Place{Row: s.Row, Columns: s.Columns}.Cell(field)
}

func (c *draftChecker) sum(s Stated, field string) {
	want := s.Numbers[field]
	sum, whole := c.sumOf(s, field)
	if sum == want || !whole && sum < want {
		return
	}
	if s.All {
		c.at("E1", s.cell(field), "各行相加是 %d，%s写 %d，差 %d。%s", sum, s.Label, want, abs(sum-want), c.suspect(field, want-sum))
		return
	}
	if s.Kind != "" {
		if byKind, whole := c.sumOfKind(s.Kind, field); byKind == want || !whole && byKind < want {
			return
		}
	}
	c.at("E2", s.cell(field), "这一部分各行相加是 %d，%s写 %d，差 %d。请核对这一部分的各行。", sum, s.Label, want, abs(sum-want))
}

// sumOf adds up the rows of a part; whole is false where one of them has no
// number yet.
func (c *draftChecker) sumOf(s Stated, field string) (sum int, whole bool) {
	items := c.Items
	if !s.All {
		from := sort.Search(len(items), func(i int) bool { return items[i].Place.Row >= s.From })
		to := sort.Search(len(items), func(i int) bool { return items[i].Place.Row >= s.To })
		items = items[from:max(from, to)]
	}
	if s.Report != "" {
		items = slices.DeleteFunc(slices.Clone(items), func(i Item) bool {
			b, ok := i.Record.(*Bulletin)
			return ok && b.Row != s.Report
		})
	}
	return add(items, field)
}

func add(items []Item, field string) (sum int, whole bool) {
	whole = true
	for _, i := range items {
		f, _ := FigureAt(i.Record, field)
		sum += f.Value
		whole = whole && (f.State == HasValue || f.State == NotApplicable)
	}
	return sum, whole
}

func (c *draftChecker) sumOfKind(kind UnitKind, field string) (int, bool) {
	return add(slices.DeleteFunc(slices.Clone(c.Items), func(i Item) bool {
		t, ok := i.Record.(*Target)
		if !ok {
			return true
		}
		u, known := c.public.Unit(t.Unit)
		return !known || !kindOf(u.Kind, kind)
	}), field)
}

// kindOf: districts are summed up with counties.
func kindOf(is, want UnitKind) bool { return is == want || want == County && is == District }

// suspect names the one row that differs from what is published by exactly
// what is missing.
func (c *draftChecker) suspect(field string, missing int) string {
	var cells []string
	for _, i := range c.Items {
		was, ok := c.public.records[i.Record.Head().ID]
		if !ok {
			continue
		}
		now, _ := FigureAt(i.Record, field)
		before, _ := FigureAt(was, field)
		if before.State == HasValue && now.State == HasValue && before.Value-now.Value == missing {
			cells = append(cells, i.Place.Cell(field))
		}
	}
	if len(cells) == 1 {
		return "网站上已公布的数和 " + cells[0] + " 不同，请先核对这一格。"
	}
	return "请逐行核对。"
}
