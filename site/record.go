package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yangguang/content"
)

// What the pages of schools, specialties, plans and results share.

// unlessChosen answers from the page cache as long as the address chooses
// nothing of what is named; else the next handler answers that request alone.
func (s *Site) unlessChosen(f pageFunc, choices ...string) fiber.Handler {
	whole := s.cached(f)
	return func(c *fiber.Ctx) error {
		if slices.ContainsFunc(choices, c.Request().URI().QueryArgs().Has) {
			return c.Next()
		}
		return whole(c)
	}
}

// chosen serves a page of which something can be chosen in the address.
func (s *Site) chosen(path string, limit fiber.Handler, f pageFunc, choices ...string) {
	s.App.Get(path, s.unlessChosen(f, choices...), limit, s.fresh(f))
}

// sourced is a published figure with its id and where it stands. Of one that
// was computed How says of what.
type sourced struct {
	ID string
	content.Figure
	Source content.Source
	How    string
}

func (r *reading) figure(of content.Record, field string, n content.Figure) sourced {
	return sourced{ID: content.FigureID(of.Head().ID, field), Figure: n, Source: r.SourceOf(of, field)}
}

// sumOf adds figures up. It opens the first of them, or where there is no sum
// the first that is missing.
func sumOf(id string, parts []sourced) sourced {
	figures := make([]content.Figure, len(parts))
	for i, p := range parts {
		figures[i] = p.Figure
	}
	sum := sourced{ID: id, Figure: content.Sum(figures...)}
	if len(parts) == 0 {
		return sum
	}
	first := parts[max(0, slices.IndexFunc(parts, func(p sourced) bool { return p.State == sum.State }))]
	sum.Source = first.Source
	if sum.State == content.HasValue && len(parts) > 1 {
		sum.How = howSummed(parts)
	}
	return sum
}

// howSummed says what was added up: D3–D7 相加 where that is a stretch of one
// sheet, else how many cells.
func howSummed(parts []sourced) string {
	first, last := parts[0].Source, parts[len(parts)-1].Source
	rows := 0
	if column, from, ok := cellRow(first.Cell()); ok {
		if other, to, ok := cellRow(last.Cell()); ok && other == column && first.Policy == last.Policy && first.Sheet == last.Sheet {
			rows = to - from + 1
		}
	}
	if rows == len(parts) {
		return first.Cell() + "–" + last.Cell() + " 相加"
	}
	return itoa(len(parts)) + " 格相加"
}

// cellRow takes B17 apart.
func cellRow(cell string) (column string, row int, ok bool) {
	column = strings.TrimRight(cell, "0123456789")
	row, err := strconv.Atoi(cell[len(column):])
	return column, row, err == nil && column != ""
}

// pager is a list that is shown a page at a time.
type pager struct {
	// Page counts from 1; Pages is how many there are, Begin and End what of the
	// list is shown, of All.
	Page, Pages, Begin, End, All int
	// address is the page's own with what was chosen, without the number.
	address string
}

// paged returns the page that is asked for, the last one where there are not
// that many.
func (r *reading) paged(all, size int, address string) pager {
	p := pager{Pages: max(1, (all+size-1)/size), All: all, address: address}
	p.Page, _ = strconv.Atoi(r.query("page"))
	p.Page = min(max(p.Page, 1), p.Pages)
	p.Begin, p.End = (p.Page-1)*size, min(p.Page*size, all)
	if p.Page > 1 {
		r.frame.NoIndex = true
	}
	return p
}

// At is the address of a page of the list.
func (p pager) At(page int) string {
	if page <= 1 {
		return p.address
	}
	joint := "?"
	if strings.Contains(p.address, "?") {
		joint = "&"
	}
	return p.address + joint + "page=" + itoa(page)
}

// withChoices is a path with what was chosen, empty choices left out.
func withChoices(path string, choices url.Values) string {
	for name, values := range choices {
		if len(values) == 0 || values[0] == "" {
			delete(choices, name)
		}
	}
	if len(choices) == 0 {
		return path
	}
	return path + "?" + choices.Encode()
}

// statusColour is in which colour a status is shown, beside its word.
func statusColour(s content.Status) string {
	switch s {
	case content.Listed:
		return "green"
	case content.Suspended, content.Revoked, content.Unlisted, content.Closed:
		return "red"
	case content.Warned, content.Restricted, content.HRSS, content.Unknown:
	}
	return "amber"
}
