package content

import (
	"slices"
	"sort"
)

// orderGap is the room between two neighbours, so that a row put between them
// changes no other.
const orderGap = 1024

// settle gives the records of a pack their Order among those of their type and
// year. Records keep the one they were published with as long as the rows
// around them stand in the same order: a row deleted, put in or moved changes
// itself alone.
func settle(pack Pack, records map[ID]published) {
	type group struct {
		t    Type
		year int
	}
	rows := map[group][]*Meta{}
	var groups []group
	for _, i := range pack.Items {
		m := i.Record.Head()
		g := group{m.ID.Type(), m.Year}
		if rows[g] == nil {
			groups = append(groups, g)
		}
		rows[g] = append(rows[g], m)
	}
	for _, g := range groups {
		list := rows[g]
		slices.SortStableFunc(list, func(a, b *Meta) int { return a.Order - b.Order })
		var had []placed
		for n, m := range list {
			if p, ok := records[m.ID]; ok {
				had = append(had, placed{n, p.order})
			}
		}
		for n, order := range spread(len(list), longestRising(had)) {
			list[n].Order = order
		}
	}
}

// placed is a row and the order it was published with.
type placed struct{ row, order int }

// longestRising returns the most of the rows whose orders rise.
func longestRising(rows []placed) []placed {
	ends := []int{} // ends[n] is the row on which the best n+1 rows end
	before := make([]int, len(rows))
	for i, r := range rows {
		n := sort.Search(len(ends), func(n int) bool { return rows[ends[n]].order >= r.order })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	last := -1
	if len(ends) > 0 {
		last = ends[len(ends)-1]
	}
	var out []placed
	for ; last >= 0; last = before[last] {
		out = append(out, rows[last])
	}
	slices.Reverse(out)
	return out
}

// spread returns n rising orders, those of kept as they are where there is
// room for the others between them.
func spread(n int, kept []placed) []int {
	out := make([]int, n)
	row, last := 0, 0
	if len(kept) > 0 {
		last = kept[0].order - orderGap*(kept[0].row+1)
	}
	for _, k := range append(kept, placed{row: n}) {
		rows := k.row - row + 1 // as many steps from last to k
		step := orderGap
		if k.row < n {
			step = max((k.order-last)/rows, 1)
		}
		for ; row < k.row; row++ {
			last += step
			out[row] = last
		}
		if row < n {
			last = max(k.order, last+1)
			out[row] = last
			row++
		}
	}
	return out
}
