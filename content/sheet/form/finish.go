package form

import (
	"cmp"
	"slices"

	"yangguang/content"
)

// finish does what only the whole table tells: sums, whose names are known, and
// the keys that tell rows apart.
func (t *tab) finish() {
	for _, i := range t.draft.Items {
		f, _ := content.FigureAt(i.Record, t.mainFigure())
		t.added += f.Value
	}
	t.sums()
	t.elsewhere()
	t.apart()
	if t.head.form == &bulletinForm {
		t.reportDay()
	}
	if len(t.draft.Items) == 0 {
		t.draft.At(content.Unread, "", "认出了列名，下面没有数据。")
	}
	slices.SortStableFunc(t.draft.Stated, func(a, b content.Stated) int { return cmp.Compare(a.Row, b.Row) })
}

// reportDay: a report says up to which day it speaks.
func (t *tab) reportDay() {
	if t.asOf.IsZero() {
		for _, i := range t.draft.Items {
			if d := i.Record.(*content.Bulletin).AsOf; d.After(t.draft.Sheet.AsOf) {
				t.draft.Sheet.AsOf = d
			}
		}
		if t.draft.Sheet.AsOf.IsZero() {
			t.draft.At("E9", "", "没有写截至哪一天。请在标题下面写“截至 2026年6月12日”；或者用 --as-of 2026-06-12 说明。")
		}
	}
}

// elsewhere: a table in which next to nobody is known is of another city.
func (t *tab) elsewhere() {
	known := 0
	for _, is := range t.names {
		if is {
			known++
		}
	}
	t.draft.Elsewhere = len(t.names) > 0 && known*2 < len(t.names)
}

// apart gives rows of the same school and specialty keys of their own, by what
// else they differ in.
func (t *tab) apart() {
	same := map[content.ID][]int{}
	for n, i := range t.draft.Items {
		switch i.Record.(type) {
		case *content.Plan, *content.Result:
			id := i.Record.Head().ID
			same[id] = append(same[id], n)
		}
	}
	for _, rows := range same {
		if len(rows) < 2 {
			continue
		}
		all := make([][]string, len(rows))
		for n, row := range rows {
			all[n] = differences(t.draft.Items[row].Record)
		}
		for field := range all[0] {
			differs := slices.ContainsFunc(all, func(d []string) bool { return d[field] != all[0][field] })
			for n, row := range rows {
				if differs && all[n][field] != "" {
					m := t.draft.Items[row].Record.Head()
					m.ID += content.ID("-" + plainKey(all[n][field]))
				}
			}
		}
	}
}

// differences are what rows of one school and specialty may differ in.
func differences(r content.Record) []string {
	switch r := r.(type) {
	case *content.Plan:
		return []string{r.Direction, r.Duration, r.Batch, r.Campus, r.Partner}
	case *content.Result:
		return []string{r.Direction, r.Duration, r.Batch}
	}
	return nil
}
