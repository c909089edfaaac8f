package search

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"yangguang/content"
	"yangguang/understand"
)

// decide returns the id of the record that answers what was understood, or
// nothing where that is not sure.
func (e *edition) decide(r understand.Reading, q question) string {
	about := topicsOf(r)
	switch {
	case len(r.Others) > 0:
		return ""
	case len(r.Numbers) == 1:
		return e.document(r, about, q)
	case len(r.Units) == 1:
		return e.target(r, about, q)
	case len(r.Units) > 1:
		return ""
	case about["number"] && about["total"] && q.strays(r) == 0:
		return e.ofYear(r, content.TypeTarget, func(year int) content.ID { return content.TargetID(year, "") })
	case len(r.Ages) == 1 && (q.onlyAbout() || about["duration"] || about["attend"]):
		return e.ofAge(r, about)
	case about["deadline"]:
		return e.keyDate(r, about)
	}
	return ""
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

// ofYear returns the record of the year the text names, or of the newest one.
func (e *edition) ofYear(r understand.Reading, t content.Type, id func(int) content.ID) string {
	years := e.snapshot.Years(t)
	if len(r.Years) > 0 {
		years = []int{r.Years[0].Year}
	}
	for _, year := range years {
		if record, ok := e.snapshot.Record(id(year)); ok && !record.Head().Withdrawn {
			return string(record.Head().ID)
		}
	}
	return ""
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
func (e *edition) target(r understand.Reading, about map[string]bool, q question) string {
	for _, t := range r.Topics {
		if t.Topic != "number" && t.Topic != "total" {
			return ""
		}
	}
	for _, a := range q.atoms {
		if !a.unit && !about["number"] && a.term.Weight != yearWeight && !background[a.term.Text] {
			return ""
		}
	}
	if about["number"] && q.strays(r) > 0 {
		return ""
	}
	return e.ofYear(r, content.TypeTarget, func(year int) content.ID { return content.TargetID(year, r.Units[0].Code) })
}

// strays counts the atoms that no topic covers and that narrow the question: 护理
// in 卫校护理招多少人, 市直属 in 市直属学校一共多少名额.
func (q *question) strays(r understand.Reading) int {
	n := 0
	for _, a := range q.atoms {
		covered := a.unit || a.term.Weight == yearWeight || a.term.Weight == idleWeight ||
			background[a.term.Text] || slices.ContainsFunc(r.Topics, func(t understand.Topic) bool {
			return a.from < t.To && t.From < a.to
		})
		if !covered {
			n++
		}
	}
	return n
}

// background is what every question here is about.
var background = map[string]bool{"招生": true, "中职": true, "中专": true, "职高": true, "学校": true, "焦作": true, "今年": true}

// ofAge answers how long somebody of that age studies. A younger one is taken
// for a fresh graduate only at the age of one, and not where another way in is
// named.
func (e *edition) ofAge(r understand.Reading, about map[string]bool) string {
	age := r.Ages[0].Age
	switch {
	case about["part_time"] || about["primary_arts"] || about["linked"]:
		return ""
	case age >= 18:
		return e.rule(r, "adult")
	case age >= 14:
		return e.rule(r, "fresh")
	}
	return ""
}

func (e *edition) rule(r understand.Reading, which string) string {
	return e.ofYear(r, content.TypeRule, func(year int) content.ID {
		return content.ID(fmt.Sprintf("rule/%d/duration-%s", year, which))
	})
}

// keyDate answers which day a registration or a filing ends, in the season
// that was named.
func (e *edition) keyDate(r understand.Reading, about map[string]bool) string {
	if about["registration"] == about["filing"] || about["autumn"] == about["spring"] {
		return ""
	}
	season, what := "autumn", "registration"
	if about["spring"] {
		season = "spring"
	}
	if about["filing"] {
		what = "filing"
	}
	return e.ofYear(r, content.TypeKeyDate, func(year int) content.ID {
		return content.ID(fmt.Sprintf("key_date/%d/%s-%s", year, season, what))
	})
}

// How much of a question and of a way to ask it must be the same, in pairs of
// characters, to answer it.
const (
	sureAlike       = 0.72
	sureAlikeOfUnit = 0.9
)

// asked returns the first of the hits that is a question asked just so, or a
// word asked for by itself.
func (e *edition) asked(q question, hits []Hit) string {
	asked := wordingOf(q.text)
	meaning := strings.ContainsAny(asked.plain, "啥什") && meaningOf.MatchString(asked.plain)
	word := asked.plain
	if meaning {
		word = meaningOf.ReplaceAllString(word, "")
	}
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
				if w.plain == asked.plain {
					return h.ID
				}
				if same := asked.alike(w); same > best {
					best, id = same, h.ID
				}
			}
		}
	}
	return id
}

// meaningOf is how people ask what a word means.
var meaningOf = regexp.MustCompile(`^(什么是|什么叫|啥是|啥叫)|(是什么意思|是啥意思|什么意思|啥意思|是什么|是啥|指什么)$`)

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
	m := record.Head()
	a := &Answer{ID: id, Title: doc.Title, Text: doc.Text, URL: doc.URL, Source: e.sourceOf(m)}
	if p, ok := record.(*content.Policy); ok {
		a.Text = strings.Join(filled(p.Number, p.Issuer, p.Signed.Long()), " ")
	}
	if doc.Year > 0 && doc.Year < thisYear {
		a.Text = fmt.Sprintf(history, doc.Year) + a.Text
	}
	return a
}

func (e *edition) sourceOf(m *content.Meta) Source {
	s := m.Source
	out := Source{Policy: string(s.Policy), Place: s.Place, Title: s.Title, URL: s.Link()}
	if m.ID.Type() == content.TypePolicy {
		out.Policy, out.URL = string(m.ID), "/policies/"+m.ID.Key()
	}
	if p, ok := e.snapshot.Policy(content.ID(out.Policy).Key()); ok {
		out.Title = p.Number
	}
	return out
}
