package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/pattern"
	"yangguang/understand"
)

// decision is what is known of the answer before anything was looked for.
type decision struct {
	// lead is the record that comes first among the hits, sure whether it is the
	// answer.
	lead string
	sure bool
	// exactly is true where a question that is only like the one asked could have
	// another answer.
	exactly bool
}

// decide finds the record that answers what was understood.
func (e *edition) decide(r understand.Reading, q question, today calendar.Date) decision {
	about := topicsOf(r)
	switch {
	case len(r.Others) > 0:
		return decision{exactly: true}
	case len(r.Numbers) == 1:
		id := e.document(r, about, q)
		return decision{lead: id, sure: id != ""}
	case len(r.Units) == 1 && about["fee"]:
		return e.fee(r.Units[0])
	case len(r.Units) == 1:
		return e.named(r.Units[0], e.target(r, about, q), about)
	case len(r.Units) > 1:
		return decision{}
	case about["number"] && about["total"] && q.strays(r) == 0:
		return e.ofYear(r, content.TypeTarget, func(year int) content.ID { return content.TargetID(year, "") })
	}
	if d, asked := e.duration(r, about, q, today); asked {
		return d
	}
	if about["deadline"] {
		return e.keyDate(r, about)
	}
	return decision{}
}

func topicsOf(r understand.Reading) map[string]bool {
	about := map[string]bool{}
	for _, t := range r.Topics {
		about[t.Topic] = true
	}
	return about
}

// onlyAbout reports whether the query holds nothing but what was understood
// and idle words.
func (q *question) onlyAbout() bool {
	return !slices.ContainsFunc(q.atoms, func(a atom) bool { return !a.known })
}

// ofYear leads with the record of the year the text names, or of the newest
// one. It is the answer only where that is the year that was asked for: 今年 is
// not answered by an earlier year's figure.
func (e *edition) ofYear(r understand.Reading, t content.Type, id func(int) content.ID) decision {
	years, sure := e.snapshot.Years(t), true
	if len(r.Years) > 0 {
		asked := r.Years[0].Year
		sure = len(r.Years) == 1 && slices.Contains(years, asked)
		if sure {
			years = []int{asked}
		}
	}
	for _, year := range years {
		if record, ok := e.snapshot.Record(id(year)); ok && !record.Head().Withdrawn {
			return decision{lead: string(record.Head().ID), sure: sure}
		}
	}
	return decision{}
}

func (e *edition) document(r understand.Reading, about map[string]bool, q question) string {
	for _, a := range q.atoms {
		if !a.known && !about["document"] {
			return ""
		}
	}
	return r.Numbers[0].Policy
}

// target answers a unit's name, alone or with words that ask for its number.
func (e *edition) target(r understand.Reading, about map[string]bool, q question) decision {
	certain := isCertain(r.Units[0])
	for _, t := range r.Topics {
		if t.Topic != "number" && t.Topic != "total" {
			return decision{exactly: !certain}
		}
	}
	for _, a := range q.atoms {
		if !a.unit && !about["number"] && a.term.Weight != yearWeight && !background[a.term.Text] {
			return decision{exactly: !certain}
		}
	}
	if about["number"] && q.strays(r) > 0 {
		return decision{exactly: !certain}
	}
	d := e.ofYear(r, content.TypeTarget, func(year int) content.ID { return content.TargetID(year, r.Units[0].Code) })
	d.sure = d.sure && certain && (about["number"] || !strings.ContainsAny(q.text, opinion))
	d.exactly = !certain
	return d
}

// named leads from a school's bare name to the school, where it is published,
// instead of its target.
func (e *edition) named(u understand.Unit, d decision, about map[string]bool) decision {
	if school := e.school(u); school != nil && d.lead != "" && !about["number"] && !about["total"] {
		d.lead = string(school.ID)
	}
	return d
}

// school is the unit as a school of the record, nil where it is none.
func (e *edition) school(u understand.Unit) *content.School {
	for _, school := range e.snapshot.Schools() {
		if school.Name == u.Name {
			return school
		}
	}
	return nil
}

// fee answers what a school costs, where the newest plan says so.
func (e *edition) fee(u understand.Unit) decision {
	certain := isCertain(u)
	school := e.school(u)
	if school == nil {
		return decision{exactly: !certain}
	}
	known := costs(newestYear(e.snapshot.PlansOf(school.Code))) != ""
	return decision{lead: string(school.ID), sure: certain && known, exactly: !certain}
}

// opinion are the characters that make a name a question of something else
// than its number: 哪个卫校好, 卫校怎么样.
const opinion = "吗呢么嘛哪谁怎咋啥什好坏为"

// isCertain reports whether the words can only mean the unit. Of a school, what
// sounds like its name or ends like it is not enough.
func isCertain(u understand.Unit) bool {
	school := u.Kind == content.MunicipalSchool || u.Kind == content.CountySchool
	switch u.How {
	case understand.ByWord, understand.ByPart:
		return false
	case understand.ByTypo, understand.ByHomophone:
		return !school
	case understand.ByAbbreviation:
		return !school || endsAsName(u.Words)
	case understand.ByName, understand.ByAlias, understand.ByPinyin, understand.ByInitials:
	}
	return true
}

// strays counts the atoms that no topic covers and that narrow the question: 护理
// in 卫校护理招多少人, 市直属 in 市直属学校一共多少名额.
func (q *question) strays(r understand.Reading) int {
	n := 0
	for _, a := range q.atoms {
		covered := a.unit || a.term.Weight == yearWeight || a.term.Weight == idleWeight || background[a.term.Text] ||
			slices.ContainsFunc(r.Topics, func(t understand.Topic) bool { return a.overlaps(t.Span) }) ||
			slices.ContainsFunc(r.Years, func(y understand.Year) bool { return a.overlaps(y.Span) }) ||
			slices.ContainsFunc(r.Ages, func(age understand.Age) bool { return a.overlaps(age.Span) })
		if !covered {
			n++
		}
	}
	return n
}

func (a atom) overlaps(s understand.Span) bool { return a.from < s.To && s.From < a.to }

// background is what every question here is about.
var background = map[string]bool{"招生": true, "中职": true, "中专": true, "职高": true, "学校": true, "焦作": true, "今年": true}

// keyDate answers which day a registration or a filing ends, in the season
// that was named.
func (e *edition) keyDate(r understand.Reading, about map[string]bool) decision {
	if about["registration"] == about["filing"] || about["autumn"] == about["spring"] {
		return decision{}
	}
	season, what := content.Autumn, "registration"
	if about["spring"] {
		season = content.Spring
	}
	if about["filing"] {
		what = "filing"
	}
	return e.ofYear(r, content.TypeKeyDate, func(year int) content.ID {
		var found []content.ID
		for _, d := range e.snapshot.KeyDates(year) {
			if d.Deadline && d.Season == season && topicsOf(e.reader.Read(d.Name, calendar.Date{}))[what] {
				found = append(found, d.ID)
			}
		}
		if len(found) != 1 {
			return ""
		}
		return found[0]
	})
}

// How much of a question and of a way to ask it must be the same, in pairs of
// characters, to answer it.
const (
	sureAlike       = 0.72
	sureAlikeOfUnit = 0.9
)

// shortName is how many characters a bare word has at most. It is no question,
// and like many.
const shortName = 4

// asked returns the first of the hits that is a question asked just so, or a
// word asked for by itself. A question that a year's document answers is
// another one for another year, unless it speaks of that year itself.
func (e *edition) asked(q question, hits []Hit, years []understand.Year, exactly bool) string {
	asked := wordingOf(q.text)
	meaning := strings.ContainsAny(asked.plain, "啥什") && meaningOf.MatchString(asked.plain)
	word := asked.plain
	if meaning {
		word = meaningOf.ReplaceAllString(word, "")
	}
	exactly = exactly || !q.asking && utf8.RuneCountInString(asked.plain) <= shortName // 电子学籍 is no question
	best, id := sureAlike, ""
	if slices.ContainsFunc(q.atoms, func(a atom) bool { return a.unit }) {
		best = sureAlikeOfUnit // a question about another unit is another question
	}
	for _, h := range hits[:min(len(hits), 5)] {
		wordings, ok := e.wordings[h.ID]
		if !ok {
			continue
		}
		switch content.Type(h.Type) {
		case content.TypeTerm:
			if (meaning || id == "") && slices.ContainsFunc(wordings(), func(w wording) bool { return w.plain == word }) {
				return h.ID
			}
		case content.TypeFAQ:
			if meaning {
				continue
			}
			for _, w := range wordings() {
				if !ofYears(years, h.Year, w) {
					continue
				}
				if w.plain == asked.plain {
					return h.ID
				}
				if same := asked.alike(w); same > best && !exactly {
					best, id = same, h.ID
				}
			}
		}
	}
	return id
}

// ofYears reports whether a question of that year's document, asked so, is one
// about the years that are named.
func ofYears(named []understand.Year, year int, w wording) bool {
	return year == 0 || !slices.ContainsFunc(named, func(y understand.Year) bool {
		return y.Year != year && !strings.Contains(w.plain, plain(y.Words))
	})
}

// meaningOf is how people ask what a word means.
var meaningOf = pattern.New(`^(什么是|什么叫|啥是|啥叫)|(是什么意思|是啥意思|什么意思|啥意思|是什么|是啥|指什么)$`)

// history is said of what a past year's document states.
const history = "历史文件 · %d年："

// answer is the record's own words, with its source. Of a year that is over it
// says so.
func (e *edition) answer(id string, thisYear int) *Answer {
	doc := e.docs[id]
	record, ok := e.snapshot.Record(content.ID(id))
	if id == "" || doc == nil || !ok {
		return nil
	}
	a := &Answer{ID: id, Title: doc.Title, Text: doc.Text, URL: doc.URL, Source: e.sourceOf(record)}
	if p, ok := record.(*content.Policy); ok {
		a.Text = strings.Join(filled(p.Number, p.Issuer, p.Signed.Long()), " ")
	}
	if doc.Year > 0 && doc.Year < thisYear {
		a.Text = fmt.Sprintf(history, doc.Year) + a.Text
	}
	return a
}

func (e *edition) sourceOf(record content.Record) Source {
	m, s := record.Head(), e.snapshot.SourceOf(record, "name") // the row of a sheet by its name
	out := Source{Policy: string(s.Policy), Place: s.Place, Title: s.Title, URL: s.Link()}
	if m.ID.Type() == content.TypePolicy {
		out.Policy, out.URL = string(m.ID), "/policies/"+m.ID.Key()
	}
	if p, ok := e.snapshot.Policy(content.ID(out.Policy).Key()); ok {
		out.Title = p.Number
	}
	return out
}
