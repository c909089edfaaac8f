package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"yangguang/content"
	"yangguang/pattern"
)

// document is a Markdown file as it is read: the header fields between two
// lines of ---, then the blocks.
//
// Ids come from the order of the text: s1 is the first heading, s1.p2 the
// second paragraph below it, s0 what stands before the first heading. A
// heading 附件 1 opens annex1: with the table below it, it is the table's
// caption; what follows the table are its notes. After a line of --- come the
// closing lines, end.p1 and so on.
type document struct {
	file   string
	fields map[string]string
	lines  map[string]int // of fields, blocks and cells
	blocks []content.Block
	found  content.Problems

	src      []byte
	first    int // line of the file on which src begins
	section  string
	sections int
	closing  int
	count    int // paragraphs in the section
	annex    *content.Block
}

// markdown is the parser without what would draw the text, and without the
// extensions, which cost every start more than reading a table does (table.go).
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
})

func readDocument(file, s string) *document {
	d := &document{file: file, fields: map[string]string{}, lines: map[string]int{}, section: "s0", first: 1}
	body := d.header(s)
	d.src = []byte(body)
	root := markdown().Parse(text.NewReader(d.src), parser.WithContext(parser.NewContext()))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		d.block(n)
	}
	d.closeAnnex()
	return d
}

// header reads the fields before the text: 文号: 焦教文〔2022〕48号.
func (d *document) header(s string) string {
	if !strings.HasPrefix(s, "---\n") {
		d.problem(0, "第一行要写 ---，下面写标题等各项，再写一行 ---，然后是正文。")
		return s
	}
	head, body, ok := strings.Cut(s[len("---\n"):], "\n---\n")
	if !ok {
		d.problem(0, "开头的各项后面缺一行 ---。")
		return ""
	}
	for i, l := range strings.Split(head, "\n") {
		at := strings.IndexAny(l, ":：")
		if strings.TrimSpace(l) == "" {
			continue
		}
		if at < 0 {
			d.problem(i+2, "这一行要写成“名称: 内容”。")
			continue
		}
		name := strings.TrimSpace(l[:at])
		if _, twice := d.fields[name]; twice {
			d.problem(i+2, "“"+name+"”写了两次。")
		}
		d.fields[name] = strings.TrimSpace(strings.TrimLeft(l[at:], ":："))
		d.lines[name] = i + 2
	}
	d.first = strings.Count(head, "\n") + 4
	return body
}

func (d *document) place() content.Place { return content.Place{File: d.file, Lines: d.lines} }

// problem notes a problem with a line; line 0 is the whole file.
func (d *document) problem(line int, text string) {
	p := content.Place{File: d.file, Row: line}
	d.found = append(d.found, content.Problem{Where: p.Of(""), Text: text})
}

// line returns the line of the file on which a node begins.
func (d *document) line(n ast.Node) int {
	at := -1
	_ = ast.Walk(n, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		switch {
		case n.Type() == ast.TypeBlock && n.Lines().Len() > 0:
			at = n.Lines().At(0).Start
		case n.Kind() == ast.KindText:
			at = n.(*ast.Text).Segment.Start
		}
		if at >= 0 {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return d.lineAt(max(at, 0))
}

func (d *document) lineAt(offset int) int { return d.first + bytes.Count(d.src[:offset], []byte("\n")) }

func (d *document) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		d.heading(n)
	case *ast.Paragraph:
		if !d.table(n) {
			d.paragraph(n, d.inline(n))
		}
	case *ast.List:
		d.list(n)
	case *ast.ThematicBreak:
		d.closeAnnex()
		d.section, d.count = "end", d.closing
	default:
		d.problem(d.line(n), "这里只能写标题、段落、列表和表格。")
	}
}

var annexHeading = pattern.New(`^附\s*件\s*(\d+)`)

func (d *document) heading(n *ast.Heading) {
	d.closeAnnex()
	s := d.inline(n)
	if m := annexHeading.FindStringSubmatch(s); m != nil {
		d.section, d.count = "annex"+m[1], 0
		if first, twice := d.lines[d.section]; twice {
			d.problem(d.line(n), fmt.Sprintf("这个附件在第%d行已经有了。", first))
			return
		}
		d.annex = &content.Block{ID: d.section, Kind: content.TableOf, Text: s}
		d.lines[d.section] = d.line(n)
		return
	}
	d.sections++
	d.section, d.count = "s"+strconv.Itoa(d.sections), 0
	d.add(content.Block{ID: d.section, Kind: content.Heading, Level: max(n.Level, 2), Text: s}, n)
}

func (d *document) add(b content.Block, n ast.Node) {
	d.lines[b.ID] = d.line(n)
	d.blocks = append(d.blocks, b)
}

func (d *document) paragraph(n ast.Node, s string) {
	switch {
	case d.annex != nil && d.annex.Table == nil:
		d.annex.Text += "　" + s
		return
	case d.annex != nil:
		d.annex.Table.Notes = append(d.annex.Table.Notes, s)
		if _, known := d.lines[d.section+"!notes"]; !known {
			d.lines[d.section+"!notes"] = d.line(n)
		}
		return
	}
	d.count++
	if d.section == "end" {
		d.closing = d.count
	}
	d.add(content.Block{ID: fmt.Sprintf("%s.p%d", d.section, d.count), Kind: content.Paragraph, Text: s}, n)
}

// list makes one paragraph of a list, with a line for each item and its mark.
func (d *document) list(l *ast.List) {
	var lines []string
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		for n := item.FirstChild(); n != nil; n = n.NextSibling() {
			if n.Kind() != ast.KindTextBlock && n.Kind() != ast.KindParagraph {
				d.problem(d.line(n), "列表的一项里只能写文字。")
				continue
			}
			lines = append(lines, mark+d.inline(n))
			mark = ""
		}
	}
	d.paragraph(l, strings.Join(lines, "\n"))
}

// closeAnnex ends an annex; one without a table is a heading with paragraphs.
func (d *document) closeAnnex() {
	if d.annex == nil {
		return
	}
	if d.annex.Table == nil {
		d.problem(d.lines[d.annex.ID], "附件标题下面缺表格。")
	}
	d.blocks = append(d.blocks, *d.annex)
	d.annex = nil
}

// inline returns the plain text of a node. A link keeps its address, for a
// block is text only.
func (d *document) inline(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(c.Value(d.src)))))
			if c.SoftLineBreak() || c.HardLineBreak() {
				d.join(&b, c)
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.Emphasis:
			b.WriteString(d.inline(c))
		case *ast.Link:
			fmt.Fprintf(&b, "%s（%s）", d.inline(c), c.Destination)
		case *ast.AutoLink:
			b.Write(c.URL(d.src))
		default:
			d.problem(d.line(n), "这里只能写文字和链接，不能放图片、代码或网页标签。")
		}
	}
	return strings.TrimSpace(b.String())
}

// join: lines of Chinese are joined without a space, lines of Latin with one.
func (d *document) join(b *strings.Builder, t *ast.Text) {
	s := b.String()
	if s != "" && s[len(s)-1] < 0x80 && t.Segment.Stop+1 < len(d.src) && d.src[t.Segment.Stop+1] < 0x80 {
		b.WriteByte(' ')
	}
}
