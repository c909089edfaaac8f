package bot

import (
	"context"
	"slices"

	"yangguang/understand"
)

// Who changes a message that is in their chat already expects that what was
// taken from it changes too. Answers remember in which messages they were typed;
// a story may come from several.

// origin is a message in which an answer was typed, of a story the part of its
// text that stood there.
type origin struct {
	Message string `json:"m"`
	At      int    `json:"at,omitempty"` // in bytes
	Bytes   int    `json:"n,omitempty"`
}

// mostOrigins is how many messages of a story are remembered.
const mostOrigins = 32

// from adds the message of the event, which brought the end of a story.
func (e Event) from(had []origin, story, end string) []origin {
	if e.Message == "" || len(had) >= mostOrigins {
		return had
	}
	return append(slices.Clone(had), origin{e.Message, len(story) - len(end), len(end)})
}

// revised returns the answer that was typed in a message, as it is when what
// stands there now takes the place of what did. It is not ok where nothing that
// still stands was taken from that message.
func (t *Talk) revised(e Event) (slot *Slot, a Answer, ok bool) {
	text := tidy(e.Text)
	if e.Act != Revise || e.Message == "" || text == "" || t.Done != nil {
		return nil, Answer{}, false
	}
	for _, slot := range slots {
		a := t.Answers[slot.Name]
		i := slices.IndexFunc(a.From, func(o origin) bool { return o.Message == e.Message })
		if i < 0 || !slot.When(t) {
			continue
		}
		if slot.Name != Words {
			return slot, Answer{Text: text, From: a.From[i : i+1]}, true
		}
		return slot, a.reworded(i, text), true
	}
	return nil, Answer{}, false
}

// reworded puts another text in the place of one message of a story.
func (a Answer) reworded(i int, text string) Answer {
	a.From = slices.Clone(a.From)
	was := a.From[i]
	a.Text = a.Text[:was.At] + text + a.Text[was.At+was.Bytes:]
	a.From[i].Bytes = len(text)
	for j := i + 1; j < len(a.From); j++ {
		a.From[j].At += len(text) - was.Bytes
	}
	return a
}

// reread hands a revised event what the whole story names then.
func (c *Clerk) reread(ctx context.Context, t *Talk, e Event) (Event, error) {
	slot, a, ok := t.revised(e)
	if !ok || slot.Name != Words || len(a.Text) > mostRead {
		return e, nil
	}
	g, err := c.Site.Grievance(ctx, a.Text)
	e.Understood = map[SlotName]understand.Grievance{"": g}
	return e, err
}

// revise changes the answer that was typed in the message, or says that nothing
// was changed and what to do.
func (s *step) revise() {
	slot, a, ok := s.t.revised(s.e)
	if !ok {
		s.say("revised.not")
		return
	}
	in := s.input("", a.Text)
	b, refused := s.t.parse(slot, in)
	if refused != nil {
		s.say("revised.not")
		s.replies = append(s.replies, Reply{Key: refused.Problem, Args: refused.Args})
		return
	}
	b.From = a.From
	s.change(func(t *Talk) {
		if t.open() == atAnswer { // what was asked is asked otherwise
			delete(t.Answers, Kind)
			t.Answered = false
		}
		kind := t.Answers[Kind]
		if t.set(slot, b); slot.Name != Words {
			return
		}
		t.hearAnew(in)
		for _, k := range t.Heard.Kinds { // what it still speaks for stands
			if string(k.Kind) == kind.Value {
				t.guessFirst(Kind, kind.Value, k.Words...)
			}
		}
	})
	s.say("revised")
	s.private(s.e.Text)
}
