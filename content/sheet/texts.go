package sheet

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
)

// field takes a header field by its Chinese or English name.
func (d *document) field(chinese, english string) string {
	for _, name := range []string{chinese, english} {
		if v, ok := d.fields[name]; ok {
			d.lines[english] = d.lines[name]
			delete(d.fields, name)
			return v
		}
	}
	return ""
}

func (d *document) date(chinese, english string) calendar.Date {
	s := d.field(chinese, english)
	if s == "" {
		return calendar.Date{}
	}
	date, err := readDate(s)
	if err != nil {
		d.problem(d.lines[english], err.Error()+"。")
	}
	return date
}

func (d *document) year() int {
	s := d.field("年份", "year")
	n, err := strconv.Atoi(content.TidyNumber(s))
	if err != nil || n < 1949 || n > 2100 {
		d.problem(0, "开头要写“年份: 2022”这样一行。")
	}
	return n
}

// relation reads 教办职成〔2022〕53号|河南省教育厅办公室关于…的通知.
func (d *document) relation(chinese, kind string) []content.Relation {
	s := d.field(chinese, kind)
	if s == "" {
		return nil
	}
	number, title, ok := strings.Cut(s, "|")
	if !ok {
		return []content.Relation{{Kind: kind, Title: s}}
	}
	return []content.Relation{{Kind: kind, Number: strings.TrimSpace(number), Title: strings.TrimSpace(title)}}
}

var validities = []string{"", "有效", "已修改", "废止", "失效"}

func (d *document) validity() string {
	s := d.field("有效性", "validity")
	if !slices.Contains(validities, s) {
		d.problem(d.lines["validity"], fmt.Sprintf("“%s”不在可选的词里。可选：有效、已修改、废止、失效，或不写。", s))
	}
	return s
}

// leftOver: a field that nobody asked for is a slip in its name.
func (d *document) leftOver() {
	for _, name := range slices.Sorted(maps.Keys(d.fields)) {
		d.problem(d.lines[name], "不认识“"+name+"”这一项。")
	}
}

func (r *reader) readPolicies() {
	for i, name := range r.texts("policies") {
		s, ok := r.file(name)
		if !ok {
			continue
		}
		d := readDocument(name, s)
		p := &content.Policy{
			Number: d.field("文号", "number"), Title: d.field("标题", "title"), Issuer: d.field("发文机关", "issuer"),
			Index: d.field("索引号", "index"), Subject: d.field("主题分类", "subject"), To: d.field("主送", "to"),
			Signed: d.date("成文日期", "signed"), Issued: d.date("印发日期", "issued"), Released: d.date("发布日期", "released"),
			Validity: d.validity(),
			Relations: slices.Concat(d.relation("依据", "based_on"), d.relation("代替", "supersedes"),
				d.relation("解读", "interpreted_by")),
			Blocks: d.blocks,
		}
		p.ID, p.Year, p.Order = content.ID("policy/"+keyOf(name)), d.year(), i+1
		p.Original = r.original(name)
		d.leftOver()
		r.policies[keyOf(name)] = true
		r.text(d, p)
	}
}

// original returns the document letter by letter, where the pack has it.
func (r *reader) original(name string) string {
	name = strings.TrimSuffix(name, ".md") + ".original.txt"
	if _, err := fs.Stat(r.fsys, name); err != nil {
		return ""
	}
	s, _ := r.file(name)
	return s
}

func (r *reader) readArticles() {
	for _, name := range r.texts("about") {
		s, ok := r.file(name)
		if !ok {
			continue
		}
		d := readDocument(name, s)
		a := &content.Article{Title: d.field("标题", "title"), Summary: d.field("摘要", "summary"), Blocks: d.blocks}
		a.ID = content.ID("article/" + keyOf(name))
		order, err := strconv.Atoi(content.TidyNumber(d.field("顺序", "order")))
		if err != nil {
			d.problem(0, "开头要写“顺序: 1”这样一行。")
		}
		a.Order = order
		if a.Title == "" {
			d.problem(0, "开头要写“标题: …”。")
		}
		d.leftOver()
		r.text(d, a)
	}
}

func (r *reader) text(d *document, record content.Record) {
	r.found = append(r.found, d.found...)
	if len(d.found) == 0 {
		r.pack.Items = append(r.pack.Items, content.Item{Record: record, Place: d.place()})
	}
}
