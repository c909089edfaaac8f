package search

import (
	"fmt"
	"strings"

	"yangguang/content"
	"yangguang/pattern"
)

// weights say what families look for first among what matches as well.
var weights = map[string]int{
	string(content.TypeSchool): 80, string(content.TypeSpecialty): 75, string(content.TypeClarification): 65,
	string(content.TypeTarget): 70, string(content.TypeFAQ): 60, string(content.TypeRule): 55,
	string(content.TypeKeyDate): 50, TypePage: 45, string(content.TypeContact): 40, string(content.TypePolicy): 40,
	string(content.TypeAid): 35, string(content.TypeTerm): 30, string(content.TypeUnit): 30, string(content.TypeDuty): 25,
	TypeClause: 15, string(content.TypeArticle): 10,
}

// Documents returns everything of the snapshot that can be found, and the
// pages of the site itself. A policy's original, where the contact people
// stand, is not in it.
func Documents(s *content.Snapshot) []Doc {
	d := documents{snapshot: s}
	for _, p := range s.Policies() {
		d.policy(p)
	}
	for _, year := range s.Years(content.TypeTarget) {
		d.targets(year)
	}
	d.schools()
	d.specialties()
	d.clarifications()
	for _, u := range s.Units() {
		if u.Note != "" {
			d.add(u, Doc{Title: u.Name, Text: u.Note, Names: u.Aliases, URL: "/targets"})
		}
	}
	for _, year := range s.Years(content.TypeKeyDate) {
		for _, k := range s.KeyDates(year) {
			d.add(k, keyDate(k))
		}
	}
	for _, year := range s.Years(content.TypeRule) {
		for _, r := range s.Rules(year) {
			d.add(r, Doc{Title: fmt.Sprintf("%s：%s（%d年）", topicName[r.Topic], r.Name, r.Year), Text: r.Text})
		}
	}
	for _, a := range s.Aids() {
		d.add(a, Doc{Title: a.Name, Text: a.Text, Names: []string{a.Group}})
	}
	for _, c := range s.Contacts() {
		doc := Doc{Title: c.Name, Text: strings.TrimSpace(c.Phone + " " + c.Text)}
		if c.Year == 0 {
			doc.URL = "/complain"
		}
		d.add(c, doc)
	}
	for _, f := range s.FAQs() {
		d.add(f, Doc{Title: f.Question, Text: f.Answer, Names: f.Asks})
	}
	for _, t := range s.Terms() {
		d.add(t, Doc{Title: t.Name, Text: t.Text, Names: t.Aliases})
	}
	for _, t := range s.Duties() {
		d.add(t, Doc{Title: t.Name, Text: strings.Join(filled(t.Text, t.Due, t.Ask), " "), Names: filled(t.Owner)})
	}
	for _, a := range s.Articles() {
		d.add(a, Doc{Title: a.Title, Text: examples.ReplaceAllString(a.Summary+"\n"+textOf(a.Blocks), "例如…")})
	}
	return append(d.docs, pages()...)
}

// examples are what a page about the site quotes to show how something is
// searched: it says nothing of them (例如“卫校”“武陟”).
var examples = pattern.New(`例如(?:“[^”]*”[、，]?)+`)

type documents struct {
	snapshot *content.Snapshot
	docs     []Doc
}

// add completes a document with what every record has.
func (d *documents) add(r content.Record, doc Doc) {
	m := r.Head()
	doc.ID, doc.Year, doc.Type = string(m.ID), m.Year, string(m.ID.Type())
	doc.Weight = weights[doc.Type]
	if doc.URL == "" {
		doc.URL = content.Path(r)
	}
	d.docs = append(d.docs, doc)
}

func (d *documents) policy(p *content.Policy) {
	text := strings.Join(filled(p.Number, p.Issuer, p.Signed.Long(), p.To), "　") + "\n" + textOf(p.Blocks)
	d.add(p, Doc{Title: p.Title, Text: text, Names: filled(p.Number, shortNumber(p.Number), p.Subject,
		"文号 "+p.Number, "发文机关 "+p.Issuer, "成文日期 "+p.Signed.Long(), "印发日期 "+p.Issued.Long())})
	section, heading := "", ""
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Kind == content.Heading {
			section, heading = b.ID+".", b.Text
			continue
		}
		title := p.Title
		switch {
		case section != "" && strings.HasPrefix(b.ID, section):
			title = heading
		case b.Table != nil && b.Text != "":
			title = b.Text
		}
		d.docs = append(d.docs, Doc{
			ID: string(p.ID) + "#" + b.ID, Type: TypeClause, Title: title, Text: blockText(b),
			URL: content.Path(p) + "#" + b.ID, Year: p.Year, Weight: weights[TypeClause],
		})
	}
}

// shortNumber is how people say a number: 48号文.
func shortNumber(number string) string {
	if i := strings.LastIndexAny(number, "〕)）]"); i >= 0 {
		return strings.TrimLeft(number[i:], "〕)）]") + "文"
	}
	return ""
}

func textOf(blocks []content.Block) string {
	lines := make([]string, len(blocks))
	for i := range blocks {
		lines[i] = blockText(&blocks[i])
	}
	return strings.Join(lines, "\n")
}

func blockText(b *content.Block) string {
	if b.Table == nil {
		return b.Text
	}
	lines := filled(b.Text, strings.Join(b.Table.Heads, " "))
	for _, row := range b.Table.Rows {
		lines = append(lines, strings.Join(row, " "))
	}
	return strings.Join(append(lines, b.Table.Notes...), "\n")
}

// targets adds the year's targets and their total.
func (d *documents) targets(year int) {
	for _, t := range d.snapshot.Targets(year) {
		name, names := t.Unit, []string(nil)
		if u, ok := d.snapshot.Unit(t.Unit); ok {
			name, names = u.Name, u.Aliases
		}
		d.add(t, Doc{Title: fmt.Sprintf("%s %d年招生任务", name, year), Text: figure(name, year, t), Names: names})
	}
	if t, ok := d.snapshot.Target(year, ""); ok && !t.Withdrawn {
		d.add(t, Doc{Title: fmt.Sprintf("全市 %d年招生任务合计", year), Text: figure("全市合计", year, t)})
	}
}

func figure(name string, year int, t *content.Target) string {
	if t.Number.State != content.HasValue {
		return fmt.Sprintf("%s %d年招生任务 %s", name, year, t.Number)
	}
	return fmt.Sprintf("%s %d年招生任务 %s 人", name, year, t.Number)
}

func keyDate(k *content.KeyDate) Doc {
	when := fmt.Sprintf("%s后%d个工作日内", k.Event, k.WorkingDays)
	if !k.Date.IsZero() {
		when = k.Date.Long() + "（" + k.Date.WeekdayName() + "）"
	}
	return Doc{Title: fmt.Sprintf("%s（%d年）", k.Name, k.Year), Text: strings.Join(filled(when, k.Audience, k.Note), " · ")}
}

// topicName names what a rule is about.
var topicName = map[string]string{"duration": "学制"}

func filled(texts ...string) []string {
	out := texts[:0]
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
