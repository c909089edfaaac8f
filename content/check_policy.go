package content

import (
	"strings"

	"yangguang/pattern"
)

var number = pattern.New(`^[\p{Han}]+〔\d{4}〕\d+号$`)

func (c *checker) policy(i Item, p *Policy) {
	if p.Title == "" || p.Issuer == "" {
		c.add(i, "title", "缺标题或发文机关。")
	}
	if !number.MatchString(p.Number) {
		c.add(i, "number", "文号“%s”的写法不对，应像 焦教文〔2022〕48号（六角括号）。", p.Number)
	}
	if p.Signed.IsZero() {
		c.add(i, "signed", "缺成文日期。")
	}
	if !p.Issued.IsZero() && p.Issued.Before(p.Signed) {
		c.add(i, "issued", "印发日期 %s 早于成文日期 %s。", p.Issued, p.Signed)
	}
	if !p.Released.IsZero() && p.Released.Before(p.Signed) {
		c.add(i, "released", "发布日期 %s 早于成文日期 %s。", p.Released, p.Signed)
	}
	if len(p.Blocks) == 0 {
		c.add(i, "", "没有正文。")
	}
	c.faithful(i, p)
}

// faithful: what is published of a document stands in its original.
func (c *checker) faithful(i Item, p *Policy) {
	if p.Original == "" {
		return
	}
	original := letters(p.Original)
	for _, f := range []passage{{"title", p.Title}, {"number", p.Number}, {"issuer", p.Issuer}, {"to", p.To}} {
		if !strings.Contains(original, letters(f.text)) {
			c.add(i, f.place, "“%s”不在原件里。请照原件抄写。", f.text)
		}
	}
	for _, b := range p.Blocks {
		for _, part := range b.parts() {
			if !strings.Contains(original, letters(part.text)) {
				c.found = append(c.found, Problem{
					At(i.Place.Of(part.place), Source{Place: part.place}),
					"“" + departure(original, part.text) + "”不在原件里。公开的文字要和原件一字不差。",
				})
			}
		}
	}
}

// departure returns the clause of a text that is not in the original, or the
// text where its clauses are and only their order is not.
func departure(original, text string) string {
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，。；：", r) }) {
		if !strings.Contains(original, letters(clause)) {
			return clause
		}
	}
	return text
}

// passage is a text with the field, block or cell where it stands.
type passage struct{ place, text string }

// parts returns the texts of a block that stand together on paper. The cells
// of a row are one text, named by the row's last filled cell, so that a number
// is compared beside its name.
func (b *Block) parts() []passage {
	parts := []passage{{b.ID, b.Text}}
	if b.Table == nil {
		return parts
	}
	parts = append(parts,
		passage{b.ID + "!heads", strings.Join(b.Table.Heads, "")},
		passage{b.ID + "!notes", strings.Join(b.Table.Notes, "")})
	for r, row := range b.Table.Rows {
		last := 0
		for column, text := range row {
			if text != "" {
				last = column
			}
		}
		parts = append(parts, passage{b.ID + "!" + Address(r, last), strings.Join(row, "")})
	}
	return parts
}

var contactLine = pattern.New(`(?m)^\s*联\s*系\s*(?:人|邮箱|电话)\s*[:：](.*)$`)

// personal returns the names and addresses in the contact lines of an
// original. They were printed for offices, not for the public web.
func (p *Policy) personal() []string {
	var found []string
	for _, line := range contactLine.FindAllStringSubmatch(p.Original, -1) {
		found = append(found, strings.FieldsFunc(line[1], func(r rune) bool {
			return strings.ContainsRune(" 　\t、，,;；（）()", r)
		})...)
	}
	return found
}

// private: nothing of the contact lines stands in any public text.
func (c *checker) private() {
	var personal []string
	for _, i := range c.pack.Items {
		if p, ok := i.Record.(*Policy); ok {
			personal = append(personal, p.personal()...)
		}
	}
	for _, i := range c.pack.Items {
		for _, public := range publicTexts(i) {
			text := letters(public.text)
			for _, word := range personal {
				if strings.Contains(text, word) {
					// The word itself is not repeated: problems are printed and logged.
					c.add(i, public.place, "这里有原件联系人一栏的姓名或邮箱。公开的文字里不能出现，请删去。")
				}
			}
		}
	}
}

// publicTexts returns the texts of an item: those of a document and an article
// by block, so that the place is exact, else all of the record.
func publicTexts(i Item) []passage {
	var texts []passage
	r := i.Record
	blocks := func(list []Block) {
		for _, b := range list {
			texts = append(texts, passage{b.ID, b.allText()})
		}
	}
	switch whole := r.(type) {
	case *Policy:
		head := *whole
		head.Blocks, head.Original = nil, ""
		r = &head
		blocks(whole.Blocks)
	case *Article:
		head := *whole
		head.Blocks = nil
		r = &head
		blocks(whole.Blocks)
	}
	if b, err := plainJSON(r); err == nil { // what cannot be encoded cannot be published either
		texts = append(texts, passage{"", string(b)})
	}
	return texts
}
