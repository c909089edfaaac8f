package bot

import (
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"yangguang/complaint"
)

// screenOrder is the form from its first screen to its last.
var screenOrder = []ScreenName{StoryScreen, KindScreen, WhomScreen, DetailsScreen, YouScreen, SummaryScreen}

// screens are those that this talk has a use for.
func (t *Talk) screens() []ScreenName {
	return slices.DeleteFunc(slices.Clone(screenOrder), func(name ScreenName) bool {
		switch {
		case name == SummaryScreen || name == StoryScreen:
			return false
		case t.kind() == complaint.Correction:
			return true
		case t.kind() == "":
			return false // how many there will be is not known yet
		}
		return len(t.fieldsOf(name)) == 0
	})
}

func (t *Talk) fieldsOf(name ScreenName) []*Slot {
	return slices.DeleteFunc(slices.Clone(slots), func(s *Slot) bool { return s.Screen != name || !s.may(t) })
}

// at is the screen on which the form stands.
func (t *Talk) at() ScreenName {
	switch t.open() {
	case atDone:
		return DoneScreen
	case atLeave:
		return LeaveScreen
	case atAnswer:
		return AnswerScreen
	}
	if s, ok := slotOf(t.Editing); ok && t.editing() {
		return s.Screen
	}
	for _, name := range t.screens() {
		if name == SummaryScreen || !slices.Contains(t.Passed, name) || !t.complete(name) {
			return name
		}
	}
	return SummaryScreen
}

// complete reports whether nothing is missing on a screen, and nothing that
// decides is only guessed, as by a story that was written anew.
func (t *Talk) complete(name ScreenName) bool {
	for _, s := range t.fieldsOf(name) {
		a, ok := t.get(s.Name)
		if s.When(t) && !s.optional(t) && !ok || ok && a.How == Guessed && slices.Contains(deciding, s.Name) {
			return false
		}
	}
	return true
}

// Screen returns the screen of the form on which the talk stands.
func (t Talk) Screen(time.Time) Screen {
	name := t.at()
	out := Screen{Name: name, CanBack: t.CanBack()}
	if i := slices.Index(t.screens(), name); i >= 0 {
		out.Number, out.Of = i+1, len(t.screens())
	}
	for _, s := range t.fieldsOf(name) {
		out.Fields = append(out.Fields, t.field(s))
	}
	switch {
	case name == KindScreen:
		out.Lines = t.guesses()
	case len(out.Fields) == 0:
		open := t.question()
		out.Lines, out.Options, out.Prompt = open.Lines, open.Options, open.Prompt
	}
	if name == StoryScreen || name == KindScreen || name == SummaryScreen {
		out.Private = complaint.Private(t.Answers[Words].Text)
	}
	return out
}

func (t *Talk) field(s *Slot) Field {
	f := Field{
		Slot: s.Name, Key: t.askKey(s), Args: t.askArgs(s), Long: s.Long, Limit: s.Limit,
		Required: s.When(t) && !s.optional(t) && !s.skippable(t),
	}
	if s.Choices != nil {
		f.Options = t.offered(s)
	}
	if a, ok := t.Answers[s.Name]; ok && a.How != Skipped {
		f.Value = a.Value
		if f.Value == "" || s.Name == Amount || s.Name == When {
			f.Value = t.line(s, a).Text
		}
		if a.How == Guessed {
			f.Words = a.Words
		}
	} else if s.Name == Kind && len(t.Heard.Kinds) > 0 {
		f.Words = t.Heard.Kinds[0].Words
	}
	if r, ok := t.Refused[s.Name]; ok {
		f.Value, f.Problem, f.ProblemArgs = r.Text, r.Problem, r.Args
	}
	return f
}

// fill takes a screen's fields. Those that are right are kept, whatever is
// wrong with the others.
func (s *step) fill() {
	fields := s.t.fieldsOf(s.e.Screen)
	if len(fields) == 0 {
		s.say("stale")
		return
	}
	wrong := map[SlotName]Refused{}
	s.change(func(t *Talk) {
		if slot, ok := slotOf(t.Editing); ok && slot.Screen == s.e.Screen {
			t.Editing = ""
		}
		for _, slot := range fields {
			s.field(t, slot, wrong)
		}
		t.Passed = slices.DeleteFunc(t.Passed, func(p ScreenName) bool { return p == s.e.Screen })
		if len(wrong) == 0 {
			t.Passed = append(t.Passed, s.e.Screen)
		}
		t.Guided = false
	})
	for _, slot := range fields {
		delete(s.t.Refused, slot.Name)
		if r, ok := wrong[slot.Name]; ok {
			s.miss(slot.Name, r)
		}
	}
}

// field answers one slot of a screen.
func (s *step) field(t *Talk, slot *Slot, wrong map[SlotName]Refused) {
	in := s.input(slot.Name, s.e.Fields[slot.Name])
	had := t.Answers[slot.Name]
	switch {
	case !slot.When(t): // another answer of this screen rules it out
		return
	case in.text == "" && (slot.optional(t) || slot.skippable(t)):
		t.set(slot, Answer{How: Skipped})
		return
	case in.text == "":
		delete(t.Answers, slot.Name)
		wrong[slot.Name] = Refused{Problem: isMissing}
		return
	case had.How != "" && had.How != Skipped && t.field(slot).Value == in.text:
		had.How = Chosen // sent back as it was shown
		t.set(slot, had)
		return
	}
	a, refused := t.parse(slot, in)
	if refused != nil {
		delete(t.Answers, slot.Name)
		wrong[slot.Name] = *refused
		return
	}
	a.How = Chosen
	t.set(slot, a)
	if slot.Name == Words {
		t.hearAnew(in)
		if t.Answers[Kind].How != Chosen {
			t.Passed = nil // what follows from the story is to be seen again
		}
	}
}

// bound keeps what is kept of a talk below 48 KiB: the steps that can be taken
// back go first, then the end of what was refused.
func (t *Talk) bound() {
	for len(t.Past) > 0 && t.size() > mostKept {
		t.Past = t.Past[1:]
	}
	for _, name := range slices.Sorted(maps.Keys(t.Refused)) {
		r := t.Refused[name]
		for n := len(r.Text) / 2; t.size() > mostKept && r.Text != ""; n /= 2 {
			for n > 0 && !utf8.RuneStart(r.Text[n]) {
				n--
			}
			r.Text = r.Text[:n]
			t.Refused[name] = r
		}
	}
}

// mostKept is the size of a talk in bytes of text, with room for what JSON
// makes of it and for sealing.
const mostKept = 40_000

func (t *Talk) size() int {
	n := 0
	add := func(a Answer) {
		n += jsonSize(a.Value) + jsonSize(a.Text) + 40
		for _, w := range a.Words {
			n += jsonSize(w) + 3
		}
	}
	for _, a := range t.Answers {
		add(a)
	}
	for _, r := range t.Refused {
		n += jsonSize(r.Text) + 60
	}
	for _, p := range t.Past {
		n += 60 + 12*len(p.Passed)
		for _, a := range p.Set {
			if a != nil {
				add(*a)
			} else {
				n += 20
			}
		}
		if p.Heard != nil {
			n += p.Heard.size()
		}
	}
	return n + t.Heard.size() + 160*len(t.Evidence)
}

func (h heard) size() int {
	n := 0
	for _, k := range h.Kinds {
		n += 40
		for _, w := range k.Words {
			n += jsonSize(w) + 3
		}
	}
	for _, p := range h.Parties {
		n += jsonSize(p.Words) + 50
	}
	for _, d := range h.Details {
		n += jsonSize(d.Words) + 60
	}
	for _, s := range h.Sums {
		n += jsonSize(s.Words) + 60
	}
	for _, b := range h.Bureau {
		n += jsonSize(b) + 3
	}
	return n
}

// jsonSize is how many bytes a text has in JSON.
func jsonSize(s string) int {
	n := len(s)
	for i := range len(s) {
		if c := s[i]; c == '"' || c == '\\' || c == '\n' || c == '\t' {
			n++
		}
	}
	return n
}
