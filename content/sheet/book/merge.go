package book

import (
	"bytes"
	"cmp"
	"slices"
)

// span is a range of cells that are merged; columns count from 0.
type span struct{ top, left, bottom, right int }

const mostSpans = 200_000

func (g *grid) span(ref []byte) error {
	from, to, ok := bytes.Cut(ref, []byte(":"))
	if !ok {
		to = from
	}
	top, left, ok1 := place(from)
	bottom, right, ok2 := place(to)
	if !ok1 || !ok2 || bottom < top || right < left || len(g.merges) == mostSpans {
		return errBroken
	}
	g.merges = append(g.merges, span{top, left, bottom, right})
	return nil
}

// merge gives the cells under a merge the text of its first one. It fills rows
// and columns that have something, and makes no others.
func (g *grid) merge() error {
	slices.SortFunc(g.merges, func(a, b span) int { return cmp.Or(a.top-b.top, a.left-b.left) })
	var open []covering
	next := 0
	for i := range g.tab.Rows {
		row := &g.tab.Rows[i]
		for ; next < len(g.merges) && g.merges[next].top <= row.Number; next++ {
			m := g.merges[next]
			c := covering{span: m, at: Address(m.top, m.left)}
			if m.top == row.Number && m.left < len(row.Cells) {
				c.first = row.Cells[m.left]
			}
			if m.bottom >= row.Number && c.first.Text != "" {
				open = append(open, c)
			}
		}
		open = slices.DeleteFunc(open, func(c covering) bool { return c.bottom < row.Number })
		for _, c := range open {
			if err := g.cover(row, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// covering is a merge that reaches over the row at hand.
type covering struct {
	span
	at    string
	first Cell
}

func (g *grid) cover(row *Row, c covering) error {
	right := min(c.right, g.widest-1)
	if err := g.take(max(1, right-c.left+1)); err != nil {
		return err
	}
	for len(row.Cells) <= right {
		row.Cells = append(row.Cells, Cell{Hidden: g.isUnseen(len(row.Cells))})
	}
	for i := c.left; i <= right; i++ {
		cell := &row.Cells[i]
		if i == c.left && row.Number == c.top || cell.Merged != "" {
			continue
		}
		hidden := cell.Hidden
		*cell = c.first
		cell.Merged, cell.Hidden = c.at, hidden
	}
	return nil
}
