package sheet

import (
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"yangguang/content"
	"yangguang/pattern"
)

// A table stands in the text as GitHub's Markdown has it: a line of heads, a
// line |---|---| with as many parts, the rows. To the parser it is a paragraph.

var ruleOf = pattern.New(`^:?-+:?$`)

// table adds a paragraph that is a table, and reports whether it is one.
// Lines before the heads are a paragraph of their own.
func (d *document) table(n *ast.Paragraph) bool {
	var lines []string
	for _, l := range n.Lines().Sliced(0, n.Lines().Len()) {
		lines = append(lines, string(l.Value(d.src)))
	}
	heads := headsOf(lines)
	if heads < 0 {
		return false
	}
	first := d.lineAt(n.Lines().At(0).Start)
	if heads > 0 {
		d.paragraph(n, d.words(strings.Join(lines[:heads], ""), first))
	}
	t := &content.Table{}
	id := d.section
	if d.annex == nil {
		d.count++
		id = fmt.Sprintf("%s.t%d", d.section, d.count)
	}
	t.Heads = d.row(lines[heads], first+heads)
	d.lines[id+"!heads"] = first + heads
	for i := heads + 2; i < len(lines); i++ {
		row := make([]string, len(t.Heads)) // as many as heads, whatever is written
		copy(row, d.row(lines[i], first+i))
		for c := range row {
			d.lines[id+"!"+content.Address(len(t.Rows), c)] = first + i
		}
		t.Rows = append(t.Rows, row)
	}
	switch {
	case d.annex == nil:
		d.add(content.Block{ID: id, Kind: content.TableOf, Table: t}, n)
		d.lines[id] = first + heads
	case d.annex.Table != nil:
		d.problem(first+heads, "一个附件里只能有一张表。")
	default:
		d.annex.Table = t
	}
	return true
}

// headsOf returns which line holds the heads of a table, -1 where there is none.
func headsOf(lines []string) int {
	for i := 1; i < len(lines); i++ {
		parts := cells(lines[i])
		rule := strings.Contains(lines[i], "|") && len(parts) == len(cells(lines[i-1]))
		for _, p := range parts {
			rule = rule && ruleOf.MatchString(p)
		}
		if rule {
			return i - 1
		}
	}
	return -1
}

// cells cuts a line at its strokes; \| is none.
func cells(line string) []string {
	line = strings.TrimPrefix(strings.TrimSpace(line), "|")
	var out []string
	from := 0
	for i := range len(line) {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			out = append(out, strings.TrimSpace(line[from:i]))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(line[from:]); rest != "" {
		out = append(out, rest)
	}
	return out
}

func (d *document) row(line string, number int) []string {
	out := cells(line)
	for i, c := range out {
		out[i] = d.words(c, number)
	}
	return out
}

// inlines is the parser of what stands in one paragraph, whatever it begins
// with: in a cell “1.” is no list.
var inlines = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 0)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)
})

// words returns the plain text of a part of the text that begins on that line.
func (d *document) words(s string, line int) string {
	part := &document{file: d.file, src: []byte(s), first: line}
	out := ""
	if n := inlines().Parse(text.NewReader(part.src)).FirstChild(); n != nil {
		out = part.inline(n)
	}
	d.found = append(d.found, part.found...)
	return out
}
