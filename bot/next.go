package bot

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/understand"
)

// Next takes the talk one event further: the talk as it then stands, what to
// say, the open question last, and what has to be done outside. Where that has
// an answer, the question comes with the answer's step.
func (t Talk) Next(e Event, now time.Time) (Talk, []Reply, Effect) {
	s := step{was: t, t: t.clone(), e: e, now: now}
	if !t.Over {
		s.danger()
		s.act()
		s.finish()
	}
	return s.t, s.replies, s.effect
}

// step is one step while it is taken.
type step struct {
	was, t  Talk
	e       Event
	now     time.Time
	replies []Reply
	effect  Effect
}

func (s *step) say(key string, args ...string) {
	r := Reply{Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if r.Args == nil {
			r.Args = map[string]string{}
		}
		r.Args[args[i]] = args[i+1]
	}
	s.replies = append(s.replies, r)
}

func (s *step) today() calendar.Date { return calendar.DateOf(s.now) }

func (s *step) input(slot SlotName, text string) input {
	return input{tidy(text), s.e.Understood[slot], s.today()}
}

// danger comes before anything else: whoever writes a word of danger is told
// whom to call, whatever becomes of the rest.
func (s *step) danger() {
	var found []understand.Crisis
	for _, slot := range append([]SlotName{""}, slotNames...) {
		found = append(found, s.e.Understood[slot].Crisis...)
	}
	if len(found) == 0 {
		return
	}
	for _, c := range found {
		if !slices.Contains(s.t.Dangers, c.Kind) {
			s.t.Dangers = append(s.t.Dangers, c.Kind)
		}
	}
	s.replies = append(s.replies, Reply{Key: "danger", Dangers: s.t.Danger()})
}

var slotNames = []SlotName{Words, Kind, Against, School, Named, Area, Payer, Detail, Paid, When, Amount, Wish, Identity, Person, Name, Phone}

func (s *step) act() {
	if s.t.Done != nil && s.e.Act != Start {
		s.late()
		return // the finished talk is shown again
	}
	if s.e.Prompt != "" && (s.e.Act == Submit || s.e.Act == Skip) && s.e.Prompt != s.t.prompt(s.t.open()) {
		s.say("stale") // what is agreed to or passed over is not what was seen
		return
	}
	if s.turnsAway() {
		return
	}
	switch s.e.Act {
	case Start:
		s.start()
	case Say:
		s.read()
	case Choose:
		s.choose()
	case Fill:
		s.fill()
	case Attach, Detach:
		s.files()
	case Edit:
		if s.e.Text == "" {
			s.say("edit.how")
		}
		s.edit(SlotName(s.e.Text))
	case Back:
		s.back()
	case Skip:
		s.skip()
	case Revise:
		s.revise()
	case Help:
		s.say("help")
	case Cancel:
		s.change(func(t *Talk) { t.Leaving = true })
	case Submit:
		s.submit()
	case Routed:
		s.routed()
	case Found:
		s.found()
	case Filed:
		s.filed()
	}
}

// change makes a change that can be taken back.
func (s *step) change(f func(*Talk)) {
	before := s.t
	s.t.Answers, s.t.Passed = maps.Clone(s.t.Answers), slices.Clone(s.t.Passed)
	f(&s.t)
	s.t.derive()
	s.t.remember(&before)
	s.t.Turn++
	s.t.Misses = 0
}

// start fills in what another page knows.
func (s *step) start() {
	if s.e.About == "" && s.e.Text == "" && !s.e.Guided && !s.e.Advert {
		if len(s.t.Answers) > 0 {
			s.say("resume")
		} else {
			s.say("hello")
		}
		return
	}
	s.change(func(t *Talk) {
		t.Guided, t.Advert = t.Guided || s.e.Guided, t.Advert || s.e.Advert
		if complaint.NamesPlace(s.e.About) && t.Answers[Words].How == "" {
			t.Answers[About] = Answer{Value: s.e.About, How: Chosen}
			t.Answers[Kind] = Answer{Value: string(complaint.Correction), How: Chosen}
		}
	})
	switch in, story := s.input("", s.e.Text), s.t.Answers[Words]; {
	case in.text == "":
	case story.How == "":
		s.take(Words, in)
	case !strings.Contains(story.Text, in.text): // begun in another tab
		s.supplement(in)
	}
}

// read takes a free message: a command, an answer to what is open, a question
// on the way, or more of the story.
func (s *step) read() {
	in := s.input("", s.e.Text)
	if in.text == "" {
		return
	}
	if o, ok := s.t.button(in.text); ok {
		s.press(o)
		return
	}
	if s.command(in.text) {
		return
	}
	open := s.t.open()
	if s.t.onSite(open) {
		s.say("abroad.name")
		return
	}
	switch open {
	case atDone:
		return
	case atCard, atAnswer, atLeave, atSummary:
		if o, ok := s.t.picked(s.t.question().Options, in.text); ok {
			s.press(o)
			return
		}
		switch open {
		case atCard, atSummary:
			s.supplement(in)
			return
		case atAnswer:
			s.another(in)
			return
		}
		s.miss(open, Refused{Text: in.text, Problem: notChoice})
		return
	}
	s.take(open, in)
}

// take answers a slot with what was typed.
func (s *step) take(name SlotName, in input) {
	slot, _ := slotOf(name)
	a, refused := s.t.parse(slot, in)
	if name == Kind && s.t.Editing != Kind && (refused != nil && !isQuestion(in.text) || a.How == Guessed) {
		s.supplement(in) // it is more of the story
		return
	}
	if refused != nil {
		switch {
		case isQuestion(in.text) && name != Words && refused.Problem != tooLong:
			s.effect = Effect{Kind: AskSite, Text: in.text}
		case name == Area && refused.Problem == notChoice && hasName(&s.t) && s.t.Answers[Named].How == "" && schoolForm.MatchString(in.text):
			s.change(func(t *Talk) { t.Answers[Named] = Answer{Text: in.text, How: Chosen} })
			s.say("named")
		default:
			s.miss(name, *refused)
		}
		return
	}
	a.From = s.e.from(nil, a.Text, a.Text)
	s.change(func(t *Talk) {
		t.set(slot, a)
		t.Editing = ""
		if name == Words {
			t.hearAnew(in)
		}
		if name == Kind && a.How == Guessed { // what happened, where a kind was asked
			t.addWords(s.e, in.text)
		}
		if name == Area && a.How == Chosen && t.Answers[Named].How == "" && hasName(t) {
			if p, ok := partyName(in.read); ok { // 武陟县实验中学 answers both
				t.Answers[Named] = Answer{Text: p, How: Chosen}
			}
		}
	})
	if name == Words {
		s.private(in.text)
	}
}

// miss keeps what was typed and says why it was not taken. After three in a
// row it says where else to turn.
func (s *step) miss(name SlotName, r Refused) {
	if s.t.Refused == nil {
		s.t.Refused = map[SlotName]Refused{}
	}
	s.t.Refused[name] = r
	s.t.Misses++
	args := []string{}
	for k, v := range r.Args {
		args = append(args, k, v)
	}
	s.say(r.Problem, args...)
	if s.t.Misses%3 == 0 {
		s.say("help")
	}
}

// another takes what is said after an answer: the next question, or what
// happened after all.
func (s *step) another(in input) {
	slot, _ := slotOf(Words)
	a, refused := s.t.parse(slot, in)
	if refused != nil {
		s.miss(Words, *refused)
		return
	}
	s.change(func(t *Talk) {
		delete(t.Answers, Kind)
		t.Answered = false
		a.From = s.e.from(nil, a.Text, a.Text)
		t.set(slot, a)
		t.hearAnew(in)
	})
	s.private(in.text)
}

// supplement adds to the story; what is still unknown may follow from it.
func (s *step) supplement(in input) {
	more := s.t.Answers[Words].Text + "\n" + in.text
	if n := utf8.RuneCountInString(more); n > LongestStory || len(more) > mostBytes {
		s.miss(Words, Refused{Text: in.text, Problem: tooLong, Args: limitArgs(LongestStory, n)})
		return
	}
	s.change(func(t *Talk) {
		t.Answers[Words] = Answer{Text: more, How: Chosen, From: s.e.from(t.Answers[Words].From, more, in.text)}
		delete(t.Refused, Words)
		t.hearOn(in)
	})
	s.say("added")
	s.private(in.text)
}

// private points out numbers that name a person.
func (s *step) private(text string) {
	if len(complaint.Private(text)) > 0 {
		s.say("private")
	}
}

// choose takes an option of the open question. A button of another question
// does nothing but show the open one again.
func (s *step) choose() {
	open := s.t.open()
	options := []Option{cardYes}
	if slot, ok := slotOf(open); ok && slot.Choices != nil {
		options = slot.Choices(&s.t)
	} else if open != atCard {
		options = s.t.question().Options
	}
	i := slices.IndexFunc(options, func(o Option) bool { return o.Act == Choose && o.Value == s.e.Text })
	if s.e.Prompt != s.t.prompt(open) || i < 0 {
		s.say("stale")
		return
	}
	s.press(options[i])
}

// press does what an option says.
func (s *step) press(o Option) {
	open := s.t.open()
	switch {
	case o.Act != Choose:
		s.e.Act, s.e.Text = o.Act, o.Value
		s.act()
	case open == atCard:
		s.change(func(t *Talk) { t.confirm() })
	case open == atLeave && o.Value == "yes":
		s.erase(nil)
		s.say("gone")
	case open == atAnswer && o.Value == "enough":
		s.erase(nil)
		s.say("enough")
	case open == atLeave:
		s.change(func(t *Talk) { t.Leaving = false })
	case open == atAnswer:
		s.change(func(t *Talk) {
			delete(t.Answers, Kind)
			h := *t.Heard
			h.Kinds = slices.DeleteFunc(slices.Clone(h.Kinds), func(k heardKind) bool { return !kept(k.Kind) })
			h.Sure = false
			t.Heard, t.Answered = &h, false
		})
	default:
		slot, _ := slotOf(open)
		s.change(func(t *Talk) {
			t.set(slot, Answer{Value: o.Value, How: Chosen})
			t.Editing = ""
			if open == Kind { // what stood beside the choice was seen
				t.confirm()
			}
		})
	}
}

// edit opens a slot again, or the slots of a screen. Without one the summary
// is shown, where everything can be chosen.
func (s *step) edit(name SlotName) {
	if slot, ok := slotOf(name); ok && slot.When(&s.t) {
		s.change(func(t *Talk) { t.Editing, t.Leaving = name, false })
		return
	}
	if slices.ContainsFunc(slots, func(slot *Slot) bool { return slot.Screen == ScreenName(name) }) || ScreenName(name) == SummaryScreen {
		s.change(func(t *Talk) {
			t.Leaving, t.Editing = false, ""
			i := slices.Index(screenOrder, ScreenName(name))
			t.Passed = slices.DeleteFunc(t.Passed, func(p ScreenName) bool { return slices.Index(screenOrder, p) == i })
		})
	}
}

func (s *step) skip() {
	name := s.t.open()
	slot, ok := slotOf(name)
	if !ok {
		return
	}
	if !slot.skippable(&s.t) && !slot.optional(&s.t) {
		s.miss(name, Refused{Problem: cannotSkip})
		return
	}
	s.change(func(t *Talk) {
		t.set(slot, Answer{How: Skipped})
		t.Editing = ""
	})
}

// files notes evidence that is kept, or taken out.
func (s *step) files() {
	if s.e.Act == Detach {
		s.t.Evidence = slices.DeleteFunc(s.t.Evidence, func(e complaint.Evidence) bool { return e.ID == s.e.Text })
		s.say("detached")
		return
	}
	if slices.ContainsFunc(s.t.Evidence, func(e complaint.Evidence) bool { return e.ID == s.e.Evidence.ID }) {
		return
	}
	if len(s.t.Evidence) >= mostFiles {
		s.say("files.full")
		return
	}
	s.t.Evidence = append(s.t.Evidence, s.e.Evidence)
	s.say("attached")
}

// mostFiles is how many files hang on one complaint.
const mostFiles = 9

func limitArgs(limit, have int) map[string]string {
	return map[string]string{"limit": number(limit), "have": number(have)}
}
