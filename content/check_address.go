package content

import (
	"slices"
	"strconv"
	"strings"

	"yangguang/pattern"
)

// Pages are the pages of the site that stand whatever is published; the others
// are those of records.
var pages = []string{
	"/", "/policies", "/targets", "/calendar", "/unpublished", "/faq", "/glossary", "/about",
	"/tools/duration", "/tools/deadline", "/search", "/verify", "/complain", "/changes", "/data",
}

// Pages returns the addresses that a pack may name beside those of its records.
func Pages() []string { return slices.Clone(pages) }

// addresses: what a question opens, and what a page about the site leads to,
// is there.
func (c *checker) addresses() {
	known := c.knownAddresses()
	for _, i := range c.pack.Items {
		switch r := i.Record.(type) {
		case *FAQ:
			if strings.HasPrefix(r.Opens, "/") {
				c.address(i, "opens", r.Opens, known)
			}
		case *Article:
			for _, b := range r.Blocks {
				c.links(i, b, known)
			}
		}
	}
}

// written finds addresses of this site in a text: where no letter, digit or
// other address goes before.
var written = pattern.New(`(?:^|[^\w/.:%-])(/(?:[a-z0-9][\w./#?=&%!-]*)?)`)

func (c *checker) links(i Item, b Block, known map[string]bool) {
	parts := b.parts()
	if b.Table != nil {
		parts = parts[:0]
		for r, row := range b.Table.Rows {
			for column, text := range row {
				parts = append(parts, passage{b.ID + "!" + Address(r, column), text})
			}
		}
	}
	for _, part := range parts {
		for _, m := range written.FindAllStringSubmatch(part.text, -1) {
			if m[1] != "/" {
				c.address(i, part.place, strings.TrimRight(m[1], "."), known)
			}
		}
	}
}

func (c *checker) address(i Item, field, address string, known map[string]bool) {
	page, anchor, _ := strings.Cut(address, "#")
	page, _, _ = strings.Cut(page, "?")
	switch {
	case !known[page]:
		c.add(i, field, "本站没有“%s”这一页。请核对网址。", page)
	case anchor != "" && !known[page+"#"+anchor]:
		c.add(i, field, "“%s”那一页里没有“%s”这一处。请核对 # 后面的编号。", page, anchor)
	}
}

// knownAddresses are the pages of the site, those of the pack's records, and
// the places on them.
func (c *checker) knownAddresses() map[string]bool {
	known := map[string]bool{}
	for _, p := range pages {
		known[p] = true
	}
	for _, i := range c.pack.Items {
		path := Path(i.Record)
		page, _, _ := strings.Cut(path, "#")
		known[path], known[page] = true, true
		var blocks []Block
		switch r := i.Record.(type) {
		case *Policy:
			blocks = r.Blocks
			known[path+"/original"] = r.Original != ""
		case *Article:
			blocks = r.Blocks
		case *Target:
			known["/targets/"+strconv.Itoa(r.Year)] = true
		case *Qualification:
			known["/qualifications/"+strconv.Itoa(r.Year)] = true
		case *Plan:
			known["/plans/"+strconv.Itoa(r.Year)] = true
		case *Result:
			known["/results/"+strconv.Itoa(r.Year)] = true
		case *Bulletin:
			known["/bulletins/"+strconv.Itoa(r.Year)] = true
		}
		for _, list := range listsOf(i.Record.Head()) {
			known[list] = true
		}
		for _, b := range blocks {
			known[page+"#"+b.ID] = true
			if b.Table == nil {
				continue
			}
			for row := range b.Table.Rows {
				for column := range b.Table.Rows[row] {
					known[page+"#"+b.ID+"!"+Address(row, column)] = true
				}
			}
		}
	}
	return known
}

// listPages are the pages that list the records of a type; those of a yearly
// type have one for each year too.
var listPages = map[Type]string{
	TypeSchool: "/schools", TypeSpecialty: "/specialties", TypeQualification: "/qualifications", TypePlan: "/plans",
	TypeResult: "/results", TypeBulletin: "/bulletins", TypeClarification: "/clarifications",
}

// listsOf are the pages on which a record is listed; they are there as long as
// one is.
func listsOf(m *Meta) []string {
	list, ok := listPages[m.ID.Type()]
	switch {
	case !ok:
		return nil
	case m.Year != 0:
		return []string{list, list + "/" + strconv.Itoa(m.Year)}
	}
	return []string{list}
}
