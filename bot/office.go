package bot

import (
	"encoding/json"
	"slices"
	"strings"

	"yangguang/complaint"
)

// finish looks what the answers ask of the world, and otherwise puts the open
// question.
func (s *step) finish() {
	t := &s.t
	t.Touched = s.now
	defer func() { s.t.bound() }()
	if t.Over || s.effect.Kind != None {
		return
	}
	if t.Done != nil {
		s.replies = append(s.replies, t.question())
		return
	}
	open := t.open()
	switch e := t.wants(open); e.Kind {
	case Erase:
		s.erase(e.Sheet)
		return
	case AskOffice, AskSite, FileDraft:
		s.effect = e
		return
	case None:
	}
	if open == atSummary && t.Receipt == "" && !s.e.Receipt.IsZero() {
		t.Receipt = s.e.Receipt.Reveal()
	}
	s.replies = append(s.replies, t.questionAt(open))
}

// wants is what has to be asked before the conversation goes on: whether the
// bureau itself is accused, what the site answers, whether the office may
// receive it.
func (t *Talk) wants(open SlotName) Effect {
	if t.accusedKind() == complaint.BureauItself && t.Answers[Kind].How == Chosen {
		return Effect{Kind: Erase, Sheet: t.sheet(complaint.Refusal{
			Why: complaint.RefusedBureau, To: []complaint.Authority{complaint.Hotline, complaint.ProvinceBureau, complaint.Inspection},
		})}
	}
	if open == atAnswer && !t.Answered && t.kind() == complaint.Question {
		return Effect{Kind: AskSite, Text: t.Answers[Words].Text}
	}
	if accused, ok := t.accused(); ok && t.asked(accused) != t.Receivable {
		return Effect{Kind: AskOffice, About: t.kind(), Accused: accused}
	}
	return Effect{}
}

// accused is whom the complaint is against, once that is settled.
func (t *Talk) accused() ([]complaint.Accused, bool) {
	if t.Answers[Kind].How != Chosen || !t.profile().Kept {
		return nil, false
	}
	if t.kind() == complaint.Correction {
		return nil, true
	}
	for _, name := range []SlotName{Against, School, Area} {
		s, _ := slotOf(name)
		if a, ok := t.get(name); s.When(t) && !s.optional(t) && (!ok || a.How == Guessed) {
			return nil, false
		}
	}
	kind := t.accusedKind()
	if kind == "" {
		return nil, false
	}
	a := complaint.Accused{Kind: kind, Area: t.value(Area)}
	if code := t.value(School); code != Unlisted {
		a.Unit = code
	}
	out := []complaint.Accused{a}
	if code := t.value(Payer); code != "" && code != Unlisted {
		out = append(out, complaint.Accused{Kind: complaint.VocationalSchool, Unit: code})
	}
	return out, true
}

// asked names the question to the office.
func (t *Talk) asked(accused []complaint.Accused) string {
	var b strings.Builder
	b.WriteString(string(t.kind()))
	for _, a := range accused {
		b.WriteString(" " + string(a.Kind) + "/" + a.Unit + "/" + a.Area)
	}
	return b.String()
}

// routed takes the office's answer.
func (s *step) routed() {
	if r := s.e.Refusal; r != nil {
		s.erase(s.t.sheet(*r))
		return
	}
	if accused, ok := s.t.accused(); ok {
		s.t.Receivable = s.t.asked(accused)
	}
	if first := firstWords[s.t.kind()]; first != "" && !s.t.Advised {
		s.t.Advised = true
		s.say(first)
	}
}

// firstWords is what is said of a kind before anything else is asked.
var firstWords = map[complaint.Kind]string{complaint.Fraud: "advice.fraud", complaint.FeeDemand: "advice.fee_demand", complaint.Harm: "advice.harm"}

// erase ends the talk and leaves nothing of it.
func (s *step) erase(sheet *Sheet) {
	s.effect = Effect{Kind: Erase, Sheet: sheet}
	if sheet != nil {
		s.replies = append(s.replies, Reply{Key: "refused." + string(sheet.Why), To: sheet.To})
	}
	t := &s.t
	t.state = state{Version: t.Version, Draft: t.Draft, Channel: t.Channel, Touched: s.now, Dangers: t.Dangers, Heard: &heard{}, Over: true}
}

// sheet is what the citizen takes elsewhere.
func (t *Talk) sheet(r complaint.Refusal) *Sheet {
	return &Sheet{Why: r.Why, To: slices.Clone(r.To), Kind: t.kind(), Words: t.Answers[Words].Text, Lines: t.told()}
}

// told are the lines that go into the words of the case beside the story. Who
// complains is kept apart.
func (t *Talk) told() []Line {
	return slices.DeleteFunc(t.summary(), func(l Line) bool {
		slot, _ := slotOf(l.Slot)
		return l.Missing || l.Slot == Words || l.Slot == Kind || slot.Screen == YouScreen
	})
}

// found takes what the site answered.
func (s *step) found() {
	r := Reply{Key: "site.none"}
	if found := s.e.Result; found != nil {
		for _, h := range found.Hits[:min(len(found.Hits), mostLinks)] {
			r.Links = append(r.Links, Link{h.Title, h.URL})
		}
		if len(r.Links) > 0 {
			r.Key = "site.links"
		}
		if a := found.Answer; a != nil {
			r.Key, r.Text = "site.answer", a.Text
			r.Links = slices.Insert(r.Links, 0, Link{a.Title, a.URL})
			r.Links = r.Links[:min(len(r.Links), mostLinks)]
		}
	}
	s.replies = append(s.replies, r)
	if s.t.open() == atAnswer {
		s.t.Answered = true
	}
}

const mostLinks = 3

// submit files what the summary shows; anywhere else it does nothing but put
// the open question.
func (s *step) submit() {
	if s.t.open() != atSummary || s.t.Receipt == "" {
		s.say("not_yet")
		return
	}
	draft, err := s.t.draft()
	if err != nil {
		s.say("trouble")
		return
	}
	if s.e.Address != "" {
		draft.WayBack = complaint.Way{Channel: s.t.Channel, Address: s.e.Address}.Bytes()
	}
	s.effect = Effect{Kind: FileDraft, Draft: draft, Lines: s.t.told()}
}

// draft is the complaint that the summary shows. The clerk puts the lines into
// its words, for their wording is content.
func (t *Talk) draft() (complaint.Draft, error) {
	receipt, err := complaint.ParseReceipt(t.Receipt)
	if err != nil {
		return complaint.Draft{}, err
	}
	accused, _ := t.accused()
	d := complaint.Draft{
		ID: t.Draft, Receipt: receipt, Kind: t.kind(), Accused: accused, About: t.Answers[About].Value,
		Urgent: len(t.Dangers) > 0, Minor: t.value(Person) == Pupil, Under14: t.value(Person) == Child,
		Identity: complaint.Identity(t.value(Identity)), Channel: t.Channel, Evidence: t.Files(),
		Words: []byte(t.Answers[Words].Text), AccusedName: []byte(t.accusedName()),
	}
	if isAnonymous(t) {
		d.Identity = complaint.Anonymous
		return d, nil
	}
	d.Who, err = json.Marshal(Who{t.value(Person), t.text(Name), t.text(Phone)})
	return d, err
}

// Who is the identity of somebody who gave it, as it is sealed: the plain text
// of the part complaint.Who.
type Who struct {
	Person string `json:"who,omitempty"` // a wording who.X of the set "talk"
	Name   string `json:"name"`
	Phone  string `json:"phone,omitempty"`
}

func (t *Talk) text(name SlotName) string {
	a, _ := t.get(name)
	return a.Text
}

func (t *Talk) accusedName() string {
	if name := t.text(Named); name != "" {
		return name
	}
	if code := t.value(School); code != "" && code != Unlisted {
		return t.dir.Name(code)
	}
	return ""
}

// filed takes the number. What was told is the office's now and is kept there
// alone; what is not there is kept to be filed apart.
func (s *step) filed() {
	t, a := &s.t, s.e.Amended
	done := &Done{Number: a.Number, Receipt: t.Receipt, Kind: t.kind(), At: s.now, Urgent: len(t.Dangers) > 0}
	switch {
	case a.Apart:
		done.Apart = t.Answers[Words].Text
		s.say("filed.apart")
	case a.Added:
		s.say("filed.added")
	case s.e.Again:
		s.say("filed.again")
	}
	if !a.Apart {
		for _, e := range t.Evidence {
			done.Files = append(done.Files, e.ID)
		}
	}
	if a.Who && (a.Added || a.Apart) {
		s.say("filed.who")
	}
	t.state = state{
		Version: t.Version, Draft: t.Draft, Channel: t.Channel, Touched: s.now, Turn: t.Turn + 1, Dangers: t.Dangers, Heard: &heard{},
		Done: done,
	}
}
