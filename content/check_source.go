package content

import (
	"net/url"
	"strconv"
	"strings"

	"yangguang/pattern"
)

// needs says which records must name a source, and which of them must quote
// it. Pages about the site, everyday words and wordings of adverts rest on
// nothing that could be quoted; a policy is itself the source.
var needs = map[Type]struct{ source, quote bool }{
	TypeUnit: {true, false}, TypeTarget: {true, false}, TypeKeyDate: {true, true},
	TypeRule: {true, true}, TypeAid: {true, true}, TypeContact: {true, false},
	TypeFAQ: {true, true}, TypeTerm: {true, true}, TypeDuty: {true, true},
	TypeLaw: {true, false}, TypeHolidays: {true, false},
}

func (c *checker) source(i Item) {
	m := i.Record.Head()
	s, need := m.Source, needs[m.ID.Type()]
	switch {
	case s.Policy != "":
		c.inPolicy(i, s)
	case s.Law != "":
		c.inLaw(i, s)
	case s.Title == "" && need.source:
		c.add(i, "source", "缺出处。请写明依据哪份文件的哪一处，例如 jiaojiaowen-2022-48#s3.p1。")
		return
	}
	if s.URL != "" && !webAddress(s.URL) {
		c.add(i, "url", "“%s”不是网址。网址以 https:// 开头。", s.URL)
	}
	switch front := frontPage(s.URL); {
	case front && s.In == "":
		c.add(i, "url", "“%s”只是一个网站的首页，打不开这份文件。请写文件自己的网址；没有的话，在“可查”一栏写在哪里能查到，例如 国家法律法规数据库。", s.URL)
	case !front && s.In != "":
		c.add(i, "in", "写了“可查”，网址就要写那个网站的首页。")
	}
	if need.quote && s.Quote == "" {
		c.add(i, "quote", "缺原文。请把所依据的那句话照原样抄在这里。")
	}
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// frontPage reports whether an address opens a site and not a document of it.
func frontPage(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}

func (c *checker) inPolicy(i Item, s Source) {
	p, ok := c.byID[s.Policy].Record.(*Policy)
	if !ok {
		c.add(i, "source", "内容包里没有文件“%s”。请核对出处，或先放进这份文件。", s.Policy.Key())
		return
	}
	text, ok := p.placeText(s.Place)
	switch {
	case !ok:
		c.add(i, "source", "文件“%s”里没有“%s”这一处。", s.Policy.Key(), s.Place)
	case !strings.Contains(letters(text), letters(s.Quote)):
		c.add(i, "quote", "“%s”不在 %s 的原文里。引用要和原文一字不差。", s.Quote, s.Place)
	}
}

// placeText returns the text at a place: a clause, a cell, a whole table.
func (p *Policy) placeText(place string) (string, bool) {
	id, cell, isCell := strings.Cut(place, "!")
	b, ok := p.Block(id)
	if !ok {
		return "", false
	}
	if !isCell {
		return b.allText(), true
	}
	if b.Table == nil {
		return "", false
	}
	return b.Table.Cell(cell)
}

func (b *Block) allText() string {
	if b.Table == nil {
		return b.Text
	}
	parts := append([]string{b.Text}, b.Table.Heads...)
	for _, row := range b.Table.Rows {
		parts = append(parts, row...)
	}
	return strings.Join(append(parts, b.Table.Notes...), " ")
}

func (c *checker) inLaw(i Item, s Source) {
	law, ok := c.byID[s.Law].Record.(*Law)
	if !ok {
		c.add(i, "source", "laws.csv 里没有“%s”这部法律。", s.Law.Key())
		return
	}
	text, ok := law.Articles[s.Place]
	switch {
	case !ok:
		c.add(i, "source", "law_articles.csv 里没有%s第%s条。", law.Title, s.Place)
	case !strings.Contains(letters(text), letters(s.Quote)):
		c.add(i, "quote", "“%s”不在%s第%s条里。引用要和条文一字不差。", s.Quote, law.Title, s.Place)
	}
}

var amount = pattern.New(`[\d０-９.,]+\s*万?元`)

// amounts: money is said only as the source says it.
func (c *checker) amounts(i Item, field, text string) {
	quote := letters(i.Record.Head().Source.Quote)
	for _, a := range amount.FindAllString(text, -1) {
		if !strings.Contains(quote, letters(a)) {
			c.add(i, field, "“%s”在引用的原文里找不到。金额只能照文件写。", a)
		}
	}
}

var headcount = pattern.New(`([\d０-９]+)\s*人`)

// people: a number of people in a text is one of the targets, what those of one
// kind of unit add up to, or in the words quoted.
func (c *checker) people(i Item, field, text string) {
	for _, m := range headcount.FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(TidyNumber(m[1]))
		if err == nil && c.counts()[n] {
			continue
		}
		if !strings.Contains(letters(i.Record.Head().Source.Quote), letters(m[0])) {
			c.add(i, field, "“%s”和招生任务里的数对不上。", m[0])
		}
	}
}

func (c *checker) counts() map[int]bool {
	if c.known != nil {
		return c.known
	}
	type group struct {
		year int
		kind UnitKind
	}
	sums := map[group]int{}
	c.known = map[int]bool{}
	for _, i := range c.pack.Items {
		if t, ok := i.Record.(*Target); ok {
			c.known[t.Number.Value] = true
			if u, ok := c.byID[ID("unit/"+t.Unit)].Record.(*Unit); ok {
				sums[group{t.Year, u.Kind}] += t.Number.Value
			}
		}
	}
	for _, n := range sums {
		c.known[n] = true
	}
	return c.known
}
