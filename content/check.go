package content

import (
	"fmt"
	"strings"
	"unicode"

	"yangguang/pattern"
)

// Problem is one thing in a pack that must be changed before it is published.
type Problem struct {
	Where string
	Text  string
}

func (p Problem) String() string { return p.Where + "：" + p.Text }

// Problems are all of them; as an error they are listed one a line.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = "  " + one.String()
	}
	return fmt.Sprintf("内容包有 %d 处要改：\n%s", len(p), strings.Join(lines, "\n"))
}

// Check holds a pack to the rules of publishing and returns every problem. A
// pack without problems may be published.
func Check(p Pack) Problems {
	c := &checker{pack: p, byID: map[ID]Item{}}
	c.ids()
	before := len(c.found)
	c.targets()
	c.holidays()
	numbersHold := len(c.found) == before
	for _, i := range p.Items {
		c.source(i)
		c.item(i)
		if numbersHold {
			c.numbers(i)
		}
	}
	c.contacts()
	c.crises()
	c.names()
	c.seats()
	c.mixed()
	c.addresses()
	c.private()
	c.drafts()
	return c.found
}

func (c *checker) item(i Item) {
	switch r := i.Record.(type) {
	case *Policy:
		c.policy(i, r)
	case *Unit:
		c.unit(i, r)
	case *KeyDate:
		c.keyDate(i, r)
	case *Rule:
		c.rule(i, r)
	case *Contact:
		c.contact(i, r)
	case *FAQ:
		c.faq(i, r)
	case *Phrase:
		c.phrase(i, r)
	case *Wording:
		c.wording(i, r)
	}
}

// numbers holds what texts say in figures to the record. A wrong target or
// holiday would make every text that says the right one look wrong, so those go
// first.
func (c *checker) numbers(i Item) {
	switch r := i.Record.(type) {
	case *Aid:
		c.said(i, "text", r.Text)
	case *FAQ:
		c.said(i, "answer", r.Answer)
	case *Term:
		c.said(i, "text", r.Text)
	case *Duty:
		c.said(i, "text", r.Text)
		c.said(i, "due", r.Due)
		c.said(i, "ask", r.Ask)
	case *Contact:
		c.told(i, r)
	case *Rule:
		c.said(i, "text", r.Text)
		c.agrees(i, r)
	case *KeyDate:
		c.note(i, r)
	case *Article:
		for _, b := range r.Blocks {
			c.people(i, b.ID, b.allText())
			c.ofUnits(i, b.ID, b.allText())
			c.telephones(i, b.ID, b.allText())
			c.documents(i, b.ID, b.allText())
		}
	}
}

type checker struct {
	pack  Pack
	byID  map[ID]Item
	found Problems
	known map[int]bool // numbers of pupils that may be said
	days  *workdays
}

// add notes a problem with a field of an item.
func (c *checker) add(i Item, field, format string, args ...any) {
	c.found = append(c.found, Problem{i.Where(field), fmt.Sprintf(format, args...)})
}

var key = pattern.New(`^[^\s/#?%]+$`)

// ids: every record once, under a name that can stand in an address.
func (c *checker) ids() {
	for _, i := range c.pack.Items {
		id := i.Record.Head().ID
		if first, twice := c.byID[id]; twice {
			c.add(i, "", "和 %s 重复（%s）。同一条只能写一次，请删去一行。", first.Place.Of(""), id)
			continue
		}
		if !key.MatchString(id.Key()) {
			c.add(i, "key", "“%s”不能作编号：不要有空格和 / # ? %% 这些符号。", id.Key())
		}
		c.byID[id] = i
	}
}

var unitCode = pattern.New(`^\d{6}(-\d{2})?$`)

func (c *checker) unit(i Item, u *Unit) {
	if !unitCode.MatchString(u.Code) {
		c.add(i, "code", "单位代码“%s”不对：县（市、区）写 6 位区划代码，市属学校写 410800-01 这样的代码。", u.Code)
	}
	if u.Name == "" {
		c.add(i, "name", "缺单位名称。")
	}
}

func (c *checker) faq(i Item, f *FAQ) {
	if f.Question == "" || f.Answer == "" {
		c.add(i, "", "问题和回答都要写。")
	}
	if f.Opens != "" && !strings.HasPrefix(f.Opens, "/") {
		c.add(i, "opens", "“%s”不是本站的地址。本站地址以 / 开头，例如 /tools/duration。", f.Opens)
	}
}

// phrase: what is said of a wording of adverts rests on an article that is
// quoted on the site.
func (c *checker) phrase(i Item, p *Phrase) {
	if len(p.Patterns) == 0 {
		c.add(i, "patterns", "缺说法。")
	}
	if p.Law == "" {
		return
	}
	law, ok := c.byID[ID("law/"+p.Law)].Record.(*Law)
	switch {
	case !ok:
		c.add(i, "law", "laws.csv 里没有“%s”这部法律。", p.Law)
	case p.Article != "" && law.Articles[p.Article] == "":
		c.add(i, "article", "law_articles.csv 里没有%s第%s条。", law.Title, p.Article)
	}
}

// letters returns s without white space: line ends and the spaces around
// figures differ between a scan, a text and a quote of it.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
