package store

import (
	"fmt"
	"slices"
	"strings"
)

// mostTerms is over how many places one statement merges: SQLite takes 500
// terms, and each place has two.
const mostTerms = 128

// merge is a statement that merges what several places hold in one order: for
// each one term over either source, the cases held there and those followed. Both
// databases read of every term no more than the page needs: SQLite by itself,
// PostgreSQL because each term says its order.
type merge struct {
	from  [2]source
	fixed int    // parameters before the places
	read  string // columns of the case c and the merged m
	keys  string // columns of a term beside the id, as it is ordered by them
	where string // of a term
	order string
}

// source is a table, its column that names the case and that of the place.
type source struct{ id, table, place string }

// lying are the cases at a place and those followed from there; waiting are
// those that wait for a part at a place or for one officer.
var (
	lying   = [2]source{{"id", "cases", "place"}, {"case_id", "copies", "place"}}
	waiting = [2]source{{"id", "cases", "post <> '' and post"}, {"case_id", "posts", "post"}}
)

// The first parameter is the limit.
var (
	openPages  = pages(lying, 5, "rank, at, filed, number", "rank < 3 and (rank, at, filed, number) > ($2, $3, $4, $5)")
	statePages = pages(lying, 6, "rank, at, filed, number", "rank < 3 and (rank, at, filed, number) > ($2, $3, $4, $5) and state = $6")
	endedPages = pages(lying, 5, "at, filed, number", "rank = 3 and (at, filed, number) > ($2, $3, $4) and state = $5")
	trayPages  = pages(waiting, 5, "rank, at, filed, number", "(rank, at, filed, number) > ($2, $3, $4, $5)")
	changes    = merge{from: lying, fixed: 2, read: "m.last, c.route", keys: "last", where: "last < $2", order: "last desc"}
)

func pages(from [2]source, fixed int, keys, where string) merge {
	return merge{from: from, fixed: fixed, read: docketRead, keys: keys, where: where, order: keys}
}

// over returns the text for these places and all of its arguments. Its length
// is rounded up with places that do not exist, so that there are few texts.
func (m merge) over(places []string, args []any) (string, []any) {
	n := 1
	for n < len(places) {
		n *= 2
	}
	args = slices.Clip(args)
	for _, p := range places {
		args = append(args, p)
	}
	for range n - len(places) {
		args = append(args, "")
	}
	return m.text(n), args
}

func (m merge) text(places int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "select %s from (", m.read)
	for i := range places {
		for j, from := range m.from {
			if i+j > 0 {
				out.WriteString(" union all ")
			}
			fmt.Fprintf(&out, "select * from (select %s as id, %s from %s where %s = $%d and %s order by %s) t%d",
				from.id, m.keys, from.table, from.place, m.fixed+1+i, m.where, m.order, 2*i+j)
		}
	}
	fmt.Fprintf(&out, " order by %s limit $1) m join cases c on c.id = m.id order by m.%s", m.order,
		strings.ReplaceAll(m.order, ", ", ", m."))
	return out.String()
}
