package bot

import (
	"maps"
	"slices"
)

// past is what a change replaced: enough to take it back.
type past struct {
	// Set holds the answers as they were; nil for one that was not there.
	Set      map[SlotName]*Answer `json:"set,omitempty"`
	Heard    *heard               `json:"heard,omitempty"`
	Passed   []ScreenName         `json:"passed,omitempty"`
	Editing  SlotName             `json:"editing,omitempty"`
	Guided   bool                 `json:"guided,omitempty"`
	Leaving  bool                 `json:"leaving,omitempty"`
	Answered bool                 `json:"answered,omitempty"`
}

// mostPast is how many steps can be taken back.
const mostPast = 20

// remember notes how t differs from what it was.
func (t *Talk) remember(before *Talk) {
	p := past{
		Set: map[SlotName]*Answer{}, Passed: before.Passed, Editing: before.Editing,
		Guided: before.Guided, Leaving: before.Leaving, Answered: before.Answered,
	}
	for name, a := range before.Answers {
		if now, ok := t.Answers[name]; !ok || !a.equal(now) {
			p.Set[name] = &a
		}
	}
	for name := range t.Answers {
		if _, had := before.Answers[name]; !had {
			p.Set[name] = nil
		}
	}
	if t.Answers[Person].Value == Child {
		delete(p.Set, Name) // a child's are not kept, nor is what led there
		delete(p.Set, Phone)
		delete(p.Set, Identity)
	}
	if before.Heard != t.Heard {
		p.Heard = before.Heard
	}
	t.Past = append(t.Past, p)
	if len(t.Past) > mostPast {
		t.Past = slices.Delete(t.Past, 0, len(t.Past)-mostPast)
	}
}

func (a Answer) equal(b Answer) bool {
	return a.Value == b.Value && a.Text == b.Text && a.How == b.How && slices.Equal(a.Words, b.Words)
}

// CanBack reports whether there is a step to take back.
func (t Talk) CanBack() bool { return len(t.Past) > 0 && t.Done == nil && !t.Over }

// back takes the last change back. Dangers, files and the receipt stay.
func (s *step) back() {
	t := &s.t
	if len(t.Past) == 0 {
		s.say("first")
		return
	}
	p := t.Past[len(t.Past)-1]
	t.Past = t.Past[:len(t.Past)-1]
	for name, a := range p.Set {
		if a == nil {
			delete(t.Answers, name)
		} else {
			t.Answers[name] = *a
		}
	}
	if p.Heard != nil {
		t.Heard = p.Heard
	}
	if t.Answers[Person].Value == Child {
		t.forget(Name, Phone)
	}
	t.Passed, t.Editing, t.Guided, t.Leaving, t.Answered = p.Passed, p.Editing, p.Guided, p.Leaving, p.Answered
	t.Turn++
	t.Misses = 0
}

// forget removes what was given for a slot, from what can be taken back too.
func (t *Talk) forget(names ...SlotName) {
	for _, name := range names {
		delete(t.Answers, name)
		delete(t.Refused, name)
		for i := range t.Past {
			t.Past[i].Set = maps.Clone(t.Past[i].Set)
			delete(t.Past[i].Set, name)
		}
	}
}
