package main

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// filled are addresses that no link has: forms filled in.
var filled = []string{
	"/search?q=武陟", "/search?q=没有这个东西", "/verify?q=焦作卫生医药学校 包分配", "/?view=elder", "/targets/2022?edition=1",
	"/api/v1/search?q=联系人 邮箱", "/suggest?q=联系", "/robots.txt", "/healthz", "/readyz",
	"/tools/duration?case=adult&age=19&entry=2022", "/tools/duration?born=x", "/tools/deadline?entry=2022-09-01", "/tools/deadline?entry=x",
}

// filledDemo are those of the city that does not exist.
var filledDemo = []string{
	"/search?q=卫校", "/search?q=没有这个东西", "/verify?q=鸿途 包分配", "/?view=elder", "/targets/2026?edition=1",
	"/api/v1/search?q=3%2B2", "/suggest?q=启明", "/robots.txt", "/healthz", "/readyz",
	"/tools/duration?case=adult&age=19&entry=2026", "/tools/deadline?entry=2026-09-01",
}

// bothSites runs a test over the notice and over the city that does not exist,
// whole as at the end of its year.
func bothSites(t *testing.T, test func(*testing.T, *program)) {
	for name, args := range map[string][]string{"notice": nil, "demo": {"--demo", "--now", "2026-12-30T09:00:00+08:00"}} {
		t.Run(name, func(t *testing.T) { test(t, start(t, args...)) })
	}
}

// visited is one page of the site, as a crawl found it.
type visited struct {
	answer
	from  string // the page that links to it
	root  *html.Node
	ids   map[string]bool
	links []string
}

func (v *visited) isPage() bool { return v.root != nil }

// crawl follows every link of the site from the first page on. An address that
// differs from a known one only in the values of its query is not followed.
func crawl(t *testing.T, p *program) map[string]visited {
	t.Helper()
	known, seen := map[string]visited{}, map[string]bool{}
	type step struct{ path, from string }
	queue := []step{{"/", ""}}
	forms := filled
	if p.demo {
		forms = filledDemo
	}
	for _, f := range forms {
		u, err := url.Parse(f)
		if err != nil {
			t.Fatal(err)
		}
		u.RawQuery = u.Query().Encode()
		queue = append(queue, step{u.String(), ""})
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		shape := values.ReplaceAllString(s.path, "=")
		if s.from != "" && seen[shape] {
			continue
		}
		seen[shape] = true
		v := visited{answer: p.get(t, s.path), from: s.from}
		if strings.HasPrefix(v.header.Get("Content-Type"), "text/html") {
			v.read(t)
		}
		known[s.path] = v
		for _, link := range v.links {
			if path, ok := inside(t, v, link); ok && known[path].status == 0 {
				queue = append(queue, step{path, s.path})
			}
		}
	}
	return known
}

var values = regexp.MustCompile(`=[^&]*`)

// inside returns the path of a link of this site, without its fragment.
func inside(t *testing.T, v visited, link string) (string, bool) {
	t.Helper()
	base, err := url.Parse(v.url)
	if err != nil {
		t.Fatal(err)
	}
	to, err := base.Parse(link)
	if err != nil {
		t.Errorf("%s: link %q: %v", v.url, link, err)
		return "", false
	}
	to.Fragment = ""
	return to.String(), to.Host == "" && to.Scheme == ""
}

func (v *visited) read(t *testing.T) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(v.body))
	if err != nil {
		t.Fatalf("%s: %v", v.url, err)
	}
	v.root, v.ids = root, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			if v.ids[id] {
				t.Errorf("%s: id %q stands twice", v.url, id)
			}
			v.ids[id] = true
		}
		for _, name := range []string{"href", "src"} {
			if link := attr(n, name); link != "" {
				v.links = append(v.links, link)
			}
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// TestWholeSite looks at every page that a reader can reach.
func TestWholeSite(t *testing.T) { bothSites(t, wholeSite) }

func wholeSite(t *testing.T, p *program) {
	site := crawl(t, p)
	pages := 0
	for _, v := range site {
		if v.isPage() {
			pages++
		}
	}
	if pages < 20 {
		t.Fatalf("only %d pages found: %v", pages, slices.Sorted(keys(site)))
	}
	t.Logf("%d addresses, %d of them pages", len(site), pages)

	for _, path := range slices.Sorted(keys(site)) {
		v := site[path]
		if v.status != 200 {
			t.Errorf("%s answers %d; %s links to it", path, v.status, v.from)
		}
		if c := v.header.Get("Set-Cookie"); c != "" {
			t.Errorf("%s sets the cookie %s", path, c)
		}
		if !strings.HasSuffix(strings.SplitN(path, "?", 2)[0], "/original") {
			checkNobodyNamed(t, path, v.body)
		}
		if v.isPage() {
			checkLinks(t, site, v)
			checkHead(t, v)
			checkFigures(t, site, v)
			checkClosed(t, v)
		}
	}
	for _, path := range []string{"/nothing-here", "/targets/1999", "/policies/nothing", "/targets?edition=99"} {
		v := visited{answer: p.get(t, path)}
		if v.status != 404 {
			t.Errorf("%s answers %d, want 404", path, v.status)
		}
		v.read(t)
		checkHead(t, v)
	}
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// checkLinks: a link to a place leads to a place that is there.
func checkLinks(t *testing.T, site map[string]visited, v visited) {
	t.Helper()
	for _, link := range v.links {
		_, fragment, ok := strings.Cut(link, "#")
		path, own := inside(t, v, link)
		if !own || !ok {
			continue
		}
		fragment, err := url.PathUnescape(fragment)
		if to, known := site[path]; err != nil || known && !to.ids[fragment] {
			t.Errorf("%s: there is no place %s (%v)", v.url, link, err)
		}
	}
}

// checkHead: what a machine reads first.
func checkHead(t *testing.T, v visited) {
	t.Helper()
	count := map[atom.Atom]int{}
	described, indexed := false, true
	for n := range v.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.DataAtom]++
		switch {
		case n.DataAtom == atom.Title && strings.TrimSpace(text(n)) == "":
			t.Errorf("%s has an empty title", v.url)
		case n.DataAtom == atom.Html && attr(n, "lang") != "zh-CN":
			t.Errorf("%s does not say that it is Chinese", v.url)
		case n.DataAtom == atom.Meta && attr(n, "name") == "description":
			described = strings.TrimSpace(attr(n, "content")) != ""
		case n.DataAtom == atom.Meta && attr(n, "name") == "robots":
			indexed = !strings.Contains(attr(n, "content"), "noindex")
		case n.DataAtom == atom.Style, n.DataAtom == atom.Script && attr(n, "src") == "":
			t.Errorf("%s has a <%s> in it", v.url, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s>", v.url, n.Data, a.Key)
			}
		}
	}
	for _, one := range []atom.Atom{atom.Title, atom.H1, atom.Main} {
		if count[one] != 1 {
			t.Errorf("%s has %d <%s>, want 1", v.url, count[one], one)
		}
	}
	if indexed && !described {
		t.Errorf("%s has no description", v.url)
	}
}

// checkFigures: every number in a data cell is a figure inside the link that
// opens its source, and the source is there.
func checkFigures(t *testing.T, site map[string]visited, v visited) {
	t.Helper()
	for n := range v.root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case isDataCell(n):
			if bare := unsourced(n); digit.MatchString(bare) {
				t.Errorf("%s: a number without a source: %q", v.url, bare)
			}
		case n.DataAtom == atom.Data && attr(n, "value") != "":
			checkSource(t, site, v, n)
		}
	}
}

// citing is what brings the row that is cited into view; the sheet is the same.
var citing = regexp.MustCompile(`row=\d+&?`)

// checkSource: a published value stands inside the link that opens its place
// in the document, or the document where its head is meant.
func checkSource(t *testing.T, site map[string]visited, v visited, figure *html.Node) {
	t.Helper()
	id, link := attr(figure, "data-figure"), figure
	for link != nil && link.DataAtom != atom.A {
		link = link.Parent
	}
	if !figureID.MatchString(id) || link == nil {
		t.Errorf("%s: %s has no id or no source: %q", v.url, text(figure), id)
		return
	}
	href := attr(link, "href")
	path, own := inside(t, v, href)
	if !own {
		return // a law or a holiday notice, on the site of its publisher
	}
	if to, known := site[strings.TrimSuffix(citing.ReplaceAllString(path, ""), "?")]; !known || to.status != 200 {
		t.Errorf("%s: the source of %s is not there: %s", v.url, id, href)
	}
	if !strings.Contains(href, "#") && !strings.Contains(path, "/original") {
		t.Errorf("%s: the source of %s opens no place: %s", v.url, id, href)
	}
}

var (
	digit      = regexp.MustCompile(`\d`)
	bareNumber = regexp.MustCompile(`^\s*[\d.,]+\s*[人个年%]?\s*$`)
	figureID   = regexp.MustCompile(`^[a-z_]+/[^#]+#[\w.-]+$`)
	// A document's number and the name of an annex are names.
	names = regexp.MustCompile(`〔\d{4}〕\d+号|附件\d|第\d+条`)
)

// isDataCell: a cell of a table, or the one big figure of a page. A cell with
// an id is a source itself, and one that only says the year is a heading.
func isDataCell(n *html.Node) bool {
	if slices.Contains(strings.Fields(attr(n, "class")), "big") {
		return true
	}
	return n.DataAtom == atom.Td && attr(n, "id") == "" && !strings.HasPrefix(heading(n), "年")
}

// heading is the head of a cell's column.
func heading(cell *html.Node) string {
	column := 0
	for s := cell.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			column++
		}
	}
	table := cell
	for table.DataAtom != atom.Table {
		table = table.Parent
	}
	for n := range table.Descendants() {
		if n.DataAtom != atom.Tr {
			continue
		}
		for c := range n.ChildNodes() {
			if c.Type != html.ElementNode {
				continue
			}
			if column == 0 {
				return strings.TrimSpace(text(c))
			}
			column--
		}
		break
	}
	return ""
}

// unsourced is the text of a cell that is neither a figure nor the name of
// what a link opens. A link that is a mere number is no name.
func unsourced(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.DataAtom == atom.Data, c.DataAtom == atom.Svg:
		case c.DataAtom == atom.A && !bareNumber.MatchString(unsourced(c)):
		default:
			b.WriteString(unsourced(c))
		}
	}
	return names.ReplaceAllString(b.String(), "")
}

// checkClosed: every element is closed, in order.
func checkClosed(t *testing.T, v visited) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(v.body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%s: still open at the end: %v", v.url, open)
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("%s: </%s> closes %v", v.url, name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

var void = []string{"br", "hr", "img", "input", "link", "meta", "col", "wbr"}

// checkNobodyNamed: the notice's contact people stand in its verbatim text and
// nowhere else.
func checkNobodyNamed(t *testing.T, path, body string) {
	t.Helper()
	for _, word := range []string{"赵国庆", "柴其琛", "jzzck"} {
		if strings.Contains(body, word) {
			t.Errorf("%s names %s", path, fmt.Sprintf("%.4s…", word))
		}
	}
}
