package store

import (
	"fmt"
	"slices"
	"strings"
)

// mostTerms is over how many spots of either source one statement merges: SQLite
// takes 500 terms.
const mostTerms = 128

// merge is a statement that merges what stands at several spots in one order: for
// each one term over its source, the cases held there or those followed. Both
// databases read of every term no more than the page needs: SQLite by itself,
// PostgreSQL because each term says its order.
type merge struct {
	from  [2]source
	fixed int    // parameters before the spots
	read  string // columns of the case c and the merged m
	keys  string // columns of a term beside the id, as it is ordered by them
	where string // of a term
	order string
	spots string // the statement that tells where anything stands in either source
}

// source is a table, its columns that name the case and where it stands, and the
// condition under which there is an index of it.
type source struct{ table, id, spot, only string }

// Cases stand at the first post for whom they wait and beside it at others, at
// their place, and at those from which they are followed.
var (
	atPosts     = source{"cases", "id", "post", "post <> '' and "}
	atPlaces    = source{"cases", "id", "place", ""}
	followed    = source{"copies", "case_id", "place", ""}
	besidePosts = source{"posts", "case_id", "post", ""}
)

// spots are where the cases of a page are looked for: in one source and in the other.
type spots [2][]string

// most is how many there are in the source with more of them.
func (at spots) most() int { return max(len(at[0]), len(at[1])) }

// part returns as many as one statement merges, from that one on.
func (at spots) part(from int) (some spots) {
	for i, all := range at {
		some[i] = all[min(from, len(all)):min(from+mostTerms, len(all))]
	}
	return some
}

// The first parameter is the limit.
var (
	openPages  = pages(atPosts, followed, 5, "rank, at, filed, number", "rank < 3 and (rank, at, filed, number) > ($2, $3, $4, $5)")
	statePages = pages(atPosts, followed, 6, "rank, at, filed, number", "rank < 3 and (rank, at, filed, number) > ($2, $3, $4, $5) and state = $6")
	endedPages = pages(atPlaces, followed, 5, "at, filed, number", "rank = 3 and (at, filed, number) > ($2, $3, $4) and state = $5")
	trayPages  = pages(atPosts, besidePosts, 5, "rank, at, filed, number", "(rank, at, filed, number) > ($2, $3, $4, $5)")
	changes    = merging(atPlaces, followed, merge{fixed: 2, read: "m.last, c.route", keys: "last", where: "last < $2", order: "last desc"})
)

func pages(one, other source, fixed int, keys, where string) merge {
	return merging(one, other, merge{fixed: fixed, read: docketRead, keys: keys, where: where, order: keys})
}

func merging(one, other source, m merge) merge {
	m.from = [2]source{one, other}
	m.spots = "with recursive " + one.steps("a") + ", " + other.steps("b") +
		" select 0, spot from a where spot is not null union all select 1, spot from b where spot is not null"
	return m
}

// steps goes through the source's index from one spot to the next.
func (s source) steps(name string) string {
	return fmt.Sprintf(`%[1]s (spot) as (
		select min(%[2]s) from %[3]s where %[4]s true
		union all
		select (select min(%[2]s) from %[3]s where %[4]s %[2]s > %[1]s.spot) from %[1]s where spot is not null)`, name, s.spot, s.table, s.only)
}

// over returns the text for these spots and all of its arguments. In each source
// their number is rounded up with such as do not exist, so that there are few texts.
func (m merge) over(at spots, args []any) (string, []any) {
	var n [2]int
	args = slices.Clip(args)
	for i, all := range at {
		for n[i] = 1; n[i] < len(all); n[i] *= 2 {
			continue
		}
		for _, p := range all {
			args = append(args, p)
		}
		for range n[i] - len(all) {
			args = append(args, "")
		}
	}
	return m.text(n), args
}

func (m merge) text(n [2]int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "select %s from (", m.read)
	for i := range n[0] + n[1] {
		from := m.from[0]
		if i >= n[0] {
			from = m.from[1]
		}
		if i > 0 {
			out.WriteString(" union all ")
		}
		fmt.Fprintf(&out, "select * from (select %s as id, %s from %s where %s%s = $%d and %s order by %s) t%d",
			from.id, m.keys, from.table, from.only, from.spot, m.fixed+1+i, m.where, m.order, i)
	}
	fmt.Fprintf(&out, " order by %s limit $1) m join cases c on c.id = m.id order by m.%s", m.order,
		strings.ReplaceAll(m.order, ", ", ", m."))
	return out.String()
}
