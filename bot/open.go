package bot

import (
	"slices"
	"strconv"
	"time"

	"yangguang/complaint"
)

// open is the question that the answers leave open.
func (t *Talk) open() SlotName {
	switch {
	case t.Done != nil:
		return atDone
	case t.Leaving:
		return atLeave
	case t.Editing != "" && t.editing():
		return t.Editing
	case t.Answers[Kind].Value != "" && !kept(t.kind()) && t.kind() != complaint.AgainstBureau:
		if _, told := t.get(Words); told || t.Answered {
			return atAnswer
		}
	}
	for _, s := range slots {
		if s.Name == Kind && t.unconfirmed() {
			return atCard
		}
		if !s.When(t) {
			continue
		}
		if a, ok := t.get(s.Name); ok && (a.How != Guessed || s.Name != Kind) {
			continue
		}
		if s.optional(t) && !t.Guided {
			continue
		}
		return s.Name
	}
	return atSummary
}

// editing reports whether what was opened again is still of use.
func (t *Talk) editing() bool {
	s, ok := slotOf(t.Editing)
	return ok && s.When(t)
}

// deciding are the slots that decide where a complaint goes, or who complains.
var deciding = []SlotName{Kind, Against, School, Named, Area, Person}

// unconfirmed reports whether something that decides where the complaint goes,
// or who complains, is only guessed. A guess of the kind must be there.
func (t *Talk) unconfirmed() bool {
	if t.Answers[Words].How == "" || t.Answers[Kind].How == "" {
		return false
	}
	return slices.ContainsFunc(deciding, func(name SlotName) bool {
		a, ok := t.get(name)
		return ok && a.How == Guessed
	})
}

// Open returns the open question, with its options.
func (t Talk) Open(time.Time) Reply { return t.question() }

func (t *Talk) question() Reply { return t.questionAt(t.open()) }

func (t *Talk) questionAt(name SlotName) Reply {
	r := Reply{Key: "ask." + string(name), Slot: name, Prompt: t.prompt(name)}
	switch name {
	case atDone:
		r = t.doneReply()
	case atCard:
		r.Lines = t.guesses()
		r.Options = append([]Option{cardYes}, editsOf(r.Lines)...)
		r.Typing = true
	case atLeave:
		r.Options = choicesOf("leave", "yes", "no")
	case atAnswer:
		r.Options = choicesOf("answer", "enough", "complain")
		switch {
		case t.kind() == complaint.Other && len(t.Dangers) > 0:
			r.Key += ".danger"
		case t.kind() == complaint.Other:
			detail := t.otherDetail()
			r.Key += "." + detail
			if detail == "withdraw" || detail == "urge" {
				r.Links = []Link{{URL: "/receipt"}}
			}
		}
		r.Typing = true
	case atSummary:
		r.Lines = t.summary()
		r.Options = append([]Option{{Act: Submit, Key: "summary.submit"}}, editsOf(r.Lines)...)
		r.Options = append(r.Options, Option{Act: Cancel, Key: "summary.cancel"})
		r.Typing = true
	default:
		slot, _ := slotOf(name)
		t.ask(slot, &r)
		if t.onSite(name) {
			askOnSite(&r)
		}
	}
	return r
}

// prompt names the open question: another after every change.
func (t *Talk) prompt(name SlotName) string { return string(name) + "." + strconv.Itoa(t.Turn) }

// shownKinds is how many kinds are offered first where the story speaks for
// some.
const shownKinds = 3

func (t *Talk) ask(s *Slot, r *Reply) {
	r.Key = t.askKey(s)
	r.Args = t.askArgs(s)
	r.Typing = s.Name != Identity
	r.Options = t.offered(s)
	if s.Name == Kind {
		r.Lines = t.guesses()
		if n := len(t.Heard.Kinds); n > 0 && t.Editing != Kind {
			r.Options = append(r.Options[:min(n, shownKinds, len(r.Options))], Option{Act: Edit, Value: string(Kind), Key: "kind.all"})
		}
	}
	if s.Name == Against && t.kind() == complaint.AgainstBureau {
		r.Options = append(r.Options, Option{Act: Edit, Value: string(Kind), Key: "against.other"})
	}
	if s.skippable(t) || s.optional(t) {
		r.Options = append(r.Options, Option{Act: Skip, Key: "option.skip"})
	}
}

// ownQuestions are the slots that are asked otherwise in complaints of a kind.
var ownQuestions = map[complaint.Kind][]SlotName{
	complaint.Correction: {Words}, complaint.AgainstBureau: {Against}, complaint.Harm: {Against, School, Wish},
}

// askKey is the wording of a slot's question, its own for a kind where that has
// one.
func (t *Talk) askKey(s *Slot) string {
	key := s.ask
	if s.Name == Detail || slices.Contains(ownQuestions[t.kind()], s.Name) {
		key += "." + string(t.kind())
	}
	if s.Name == Kind && len(t.Dangers) > 0 && !t.Heard.Sure {
		key += ".danger"
	}
	return key
}

func (t *Talk) askArgs(s *Slot) map[string]string {
	if about := t.Answers[About].Value; s.Name == Words && about != "" {
		return map[string]string{"about": about}
	}
	return nil
}

// editsOf are the buttons that change the lines that are shown.
func editsOf(lines []Line) []Option {
	out := make([]Option, 0, len(lines))
	for _, l := range lines {
		s, _ := slotOf(l.Slot)
		out = append(out, Option{Act: Edit, Value: string(l.Slot), Key: s.edit})
	}
	return out
}

// guesses are the lines of what was understood and not yet confirmed.
func (t *Talk) guesses() []Line {
	out := make([]Line, 0, 6)
	for _, s := range slots {
		if a, ok := t.get(s.Name); ok && a.How == Guessed {
			out = append(out, t.line(s, a))
		}
	}
	if t.Answers[Kind].How == "" { // no kind yet, so no use for the others is known
		for _, name := range []SlotName{School, Area, When, Amount} {
			if a := t.Answers[name]; a.How == Guessed {
				s, _ := slotOf(name)
				out = append(out, t.line(s, a))
			}
		}
	}
	return out
}

// Summary returns every answer, and what could still be said.
func (t Talk) Summary() []Line { return t.summary() }

func (t *Talk) summary() []Line {
	out := make([]Line, 0, len(slots))
	for _, s := range slots {
		a, ok := t.get(s.Name)
		switch {
		case ok && a.How != Skipped:
			out = append(out, t.line(s, a))
		case s.When(t):
			out = append(out, Line{Slot: s.Name, Key: s.line, Missing: true})
		}
	}
	return out
}

// line shows an answer.
func (t *Talk) line(s *Slot, a Answer) Line {
	l := Line{Slot: s.Name, Key: s.line, Text: a.Text, Words: a.Words}
	switch s.Name {
	case When:
		if a.Value != "" {
			l.Text = showMoment(a.Value)
		}
	case Amount:
		if a.Value != "" {
			l.Text = a.Value + " 元"
		}
	default:
		l.choice(t, s, a)
	}
	if t.onSite(s.Name) {
		l.hide()
	}
	return l
}

func (l *Line) choice(t *Talk, s *Slot, a Answer) {
	if a.Value == "" || s.Choices == nil {
		return
	}
	options := s.Choices(t)
	if i := slices.IndexFunc(options, func(o Option) bool { return o.Act == Choose && o.Value == a.Value }); i >= 0 {
		l.Text, l.Value = options[i].Text, options[i].Key
	}
}

func (t *Talk) otherDetail() string {
	for _, d := range t.Heard.Details {
		if d.Kind == complaint.Other {
			return d.Value
		}
	}
	return "unrelated"
}

func (t *Talk) doneReply() Reply {
	r := Reply{
		Key: "done", Slot: atDone, Prompt: "done",
		Args:  map[string]string{"number": t.Done.Number.String()},
		Links: []Link{{URL: "/receipt"}},
	}
	if t.Channel.Abroad() {
		r.Key, r.Links = "done.abroad", nil // a one-time link takes its place
	}
	return r
}
