package site

import (
	"slices"
	"strings"

	"yangguang/content"
	"yangguang/pattern"
)

// namedLaw is a law that a page names, with those of its articles that the
// page names and this site quotes.
type namedLaw struct {
	*content.Law
	Articles []string
}

// Anchor is where on the page it says how to find the law.
func (l namedLaw) Anchor() string { return lawAnchor(l.Law) }

func lawAnchor(law *content.Law) string { return "law-" + law.ID.Key() }

// writtenNames are the ways in which a document names a law: 《教育法》.
func writtenNames(law *content.Law) []string {
	names := []string{"《" + law.Title + "》"}
	for _, name := range law.Names {
		if strings.HasPrefix(name, "《") {
			names = append(names, name)
		}
	}
	return names
}

var articleNumber = pattern.New(`第([一二三四五六七八九十百]+)条`)

// lawsNamed finds the laws that a text names, and the articles of them, in the
// order in which it names them.
func lawsNamed(s *content.Snapshot, text string) []namedLaw {
	var found []namedLaw
	for _, law := range s.Laws() {
		if !slices.ContainsFunc(writtenNames(law), func(name string) bool { return strings.Contains(text, name) }) {
			continue
		}
		found = append(found, namedLaw{law, articlesNamed(law, text)})
	}
	return found
}

// articlesNamed finds the articles that a text names and this site quotes, each
// once.
func articlesNamed(law *content.Law, text string) []string {
	var found []string
	for _, m := range articleNumber.FindAllStringSubmatch(text, -1) {
		if law.Articles[m[1]] != "" && !slices.Contains(found, m[1]) {
			found = append(found, m[1])
		}
	}
	return found
}

// textOf is all text of the blocks of a page.
func textOf(blocks []content.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString(block.Text + "\n")
		if block.Table == nil {
			continue
		}
		for _, row := range block.Table.Rows {
			b.WriteString(strings.Join(row, "\n") + "\n")
		}
	}
	return b.String()
}
