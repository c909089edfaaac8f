package desk

import (
	"slices"
	"strconv"
	"strings"

	"yangguang/complaint"
)

// form is one act of an officer as people think of it: a button, perhaps with
// something to fill in, and the moves that it makes.
type form struct {
	// Name stands in its address, Key is the key that opens or presses it.
	Name, Key string
	// Word is on the button, Help says what will happen, Done that it has.
	Word, Help, Done string
	Fields           []field
	// acts returns the moves, from what was typed.
	acts func(p press) []complaint.Action
	// likely is what the case waits for; the first of these stands out.
	likely bool
	// aside is for what is rarely done; danger for what cannot be undone.
	aside, danger bool
	// instead names a form that is offered in place of this one where it can be.
	instead string
	// allowed is asked instead of the office where a sample cannot be tried.
	allowed func(*file) bool
}

// field is one thing to fill in.
type field struct {
	Name, Label, Help string
	// Long is a text of several lines; Options are what can be chosen. With
	// neither it is one line.
	Long    bool
	Numeric bool
	// Optional may be left empty.
	Optional bool
	options  func(*file) []option
	// before is what stands there at first.
	before func(*file) string
}

// option is one value that a field can have.
type option struct{ Value, Word string }

// press is a form that was sent.
type press struct {
	*file
	get func(field string) string
}

func (p press) words() []byte                   { return []byte(p.get("words")) }
func (p press) reason() complaint.Reason        { return complaint.Reason(p.get("reason")) }
func (p press) authority() complaint.Authority  { return complaint.Authority(p.get("to")) }
func (p press) outcome() complaint.Outcome      { return complaint.Outcome(p.get("outcome")) }
func (p press) unit() string                    { return p.get("unit") }
func (p press) lead() complaint.Number          { n, _ := complaint.ParseNumber(p.get("lead")); return n }
func (p press) officer() complaint.OfficerID    { return complaint.OfficerID(p.get("officer")) }
func (p press) days() int                       { n, _ := strconv.Atoi(p.get("days")); return n }
func move(m complaint.Move) []complaint.Action  { return []complaint.Action{{Move: m}} }
func act(a complaint.Action) []complaint.Action { return []complaint.Action{a} }

// only returns the acts of a form without fields.
func only(moves ...complaint.Move) func(press) []complaint.Action {
	return func(press) []complaint.Action {
		var out []complaint.Action
		for _, m := range moves {
			out = append(out, move(m)...)
		}
		return out
	}
}

// saying returns the acts of a form whose words belong to one move.
func saying(m complaint.Move) func(press) []complaint.Action {
	return func(p press) []complaint.Action { return act(complaint.Action{Move: m, Words: p.words()}) }
}

// giving is saying with a reason.
func giving(m complaint.Move) func(press) []complaint.Action {
	return func(p press) []complaint.Action {
		return act(complaint.Action{Move: m, Facts: complaint.Facts{Reason: p.reason()}, Words: p.words()})
	}
}

// words is the field for what is said with a move.
func words(label, help string) field {
	return field{Name: "words", Label: label, Help: help, Long: true}
}

func optionalWords(label string) field {
	return field{Name: "words", Label: label, Long: true, Optional: true}
}

// choice is a field with the given values, in their words.
func choice[T ~string](name, label string, word map[T]string, values ...T) field {
	all := make([]option, len(values))
	for i, v := range values {
		all[i] = option{string(v), word[v]}
	}
	return field{Name: name, Label: label, options: func(*file) []option { return all }}
}

func reasons(values ...complaint.Reason) field {
	return choice("reason", "为什么", reasonWords, values...)
}

func authorities(values ...complaint.Authority) field {
	return choice("to", "转到哪里", authorityWords, values...)
}

// sample fills a form in as somebody might, so that the office can be asked
// whether it would take it.
func (f form) sample(c *file) press {
	return press{c, func(name string) string {
		i := slices.IndexFunc(f.Fields, func(g field) bool { return g.Name == name })
		if i < 0 {
			return ""
		}
		switch g := f.Fields[i]; {
		case g.before != nil && g.before(c) != "":
			return g.before(c)
		case g.options != nil:
			if all := g.options(c); len(all) > 0 {
				return all[0].Value
			}
			return ""
		case g.Numeric:
			return "1"
		}
		return "…"
	}}
}

// lacks returns what is missing in a form that was sent: field → what to do.
func (f form) lacks(p press) map[string]string {
	out := map[string]string{}
	for _, g := range f.Fields {
		typed := p.get(g.Name)
		switch {
		case typed == "" && g.options != nil && !g.has(p.file, ""):
			out[g.Name] = "请选一项。"
		case typed == "" && !g.Optional && g.options == nil:
			out[g.Name] = "请写上" + strings.TrimSuffix(g.Label, "？") + "。"
		case g.options != nil && !g.has(p.file, typed):
			out[g.Name] = "请从列出的里面选。"
		case len([]rune(typed)) > longest:
			out[g.Name] = "太长了，请删到 " + strconv.Itoa(longest) + " 字以内。"
		case g.Name == "lead" && !p.lead().Valid():
			out[g.Name] = "这个编号不对，请一位一位核对。"
		case g.Name == "days" && p.days() <= 0:
			out[g.Name] = "请写天数。"
		}
	}
	return out
}

// longest is how many characters one text may have.
const longest = 10000

func (g field) has(c *file, value string) bool {
	return slices.ContainsFunc(g.options(c), func(o option) bool { return o.Value == value })
}

// formNamed returns the form with that name.
func formNamed(name string) (form, bool) {
	i := slices.IndexFunc(forms, func(f form) bool { return f.Name == name })
	if i < 0 {
		return form{}, false
	}
	return forms[i], true
}
