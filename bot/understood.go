package bot

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/understand"
)

func number(n int) string { return strconv.Itoa(n) }

func kept(k complaint.Kind) bool { return profileOf(k).Kept }

// set answers a slot. What a child's own answers rule out is forgotten.
func (t *Talk) set(s *Slot, a Answer) {
	t.Answers[s.Name] = a
	delete(t.Refused, s.Name)
	switch {
	case s.Name == Kind:
		t.Answered = false
	case s.Name == School && a.Value == Unlisted && a.Text != "":
		t.Answers[Named] = Answer{Text: a.Text, How: Chosen}
		t.Answers[School] = Answer{Value: Unlisted, How: Chosen}
	case s.Name == Person && a.Value == Child:
		t.forget(Name, Phone, Identity)
	}
}

// addWords keeps further words with the story, where they find room.
func (t *Talk) addWords(e Event, text string) {
	more := t.Answers[Words].Text + "\n" + text
	if utf8.RuneCountInString(more) <= LongestStory && len(more) <= mostBytes {
		t.Answers[Words] = Answer{Text: more, How: Chosen, From: e.from(t.Answers[Words].From, more, text)}
	}
}

// guess answers a slot that was not answered, for the citizen to confirm.
func (t *Talk) guess(name SlotName, value string, words ...string) {
	if had := t.Answers[name]; had.How == Chosen || value == "" {
		return
	}
	t.Answers[name] = Answer{Value: value, Words: words, How: Guessed}
}

// guessFirst answers a slot of which nothing is known.
func (t *Talk) guessFirst(name SlotName, value string, words ...string) {
	if t.Answers[name].How == "" {
		t.guess(name, value, words...)
	}
}

// How much of what was heard is kept.
const mostParties, mostDetails, mostSums = 4, 6, 4

// hear takes from a story what it says of the slots.
func (t *Talk) hear(in input) {
	r := in.read
	// Whoever may be in danger is not told that it is none of ours.
	h := heard{Sure: r.Sure && (len(t.Dangers) == 0 || kept(r.Kinds[0].Kind))}
	for _, k := range r.Kinds {
		h.Kinds = append(h.Kinds, heardKind{k.Kind, few(quotes(k.Words))})
	}
	if t.Advert {
		h = h.asAdvert()
	}
	for _, p := range r.Parties {
		if len(h.Parties) < mostParties {
			h.Parties = append(h.Parties, heardParty{p.Kind, p.Words, p.Beside})
		}
	}
	for _, d := range r.Details {
		if len(h.Details) < mostDetails {
			h.Details = append(h.Details, heardDetail{d.Kind, d.Value, d.Words})
		}
	}
	for _, s := range r.Sums[:min(len(r.Sums), mostSums)] {
		h.Sums = append(h.Sums, heardSum{s.Yuan, s.Words, s.Demanded})
	}
	for _, u := range r.Units {
		if u.Kind == content.Bureau {
			h.Bureau = few(append(h.Bureau, u.Words))
		}
	}
	t.Heard = &h
	t.hearMore(in)
}

// asAdvert puts first what somebody most likely means who brings an advert: it
// speaks of fees and jobs because it is one. Harm goes before it.
func (h heard) asAdvert() heard {
	i := slices.IndexFunc(h.Kinds, func(k heardKind) bool { return k.Kind == complaint.FalseAdvertising })
	first := heardKind{Kind: complaint.FalseAdvertising}
	if i >= 0 {
		first = h.Kinds[i]
		h.Kinds = slices.Delete(h.Kinds, i, i+1)
	}
	h.Sure = h.Sure && i == 0
	at := 0
	if len(h.Kinds) > 0 && h.Kinds[0].Kind == complaint.Harm {
		at = 1
	}
	h.Kinds = slices.Insert(h.Kinds, at, first)
	return h
}

// hearAnew takes from a story that stands in place of another what it says.
func (t *Talk) hearAnew(in input) {
	for name, a := range t.Answers {
		if a.How == Guessed {
			delete(t.Answers, name)
		}
	}
	t.hear(in)
}

// hearOn takes from further words what the story did not say.
func (t *Talk) hearOn(in input) {
	before := t.Heard
	t.hear(in)
	h := t.Heard // made in the line above
	if len(h.Kinds) == 0 {
		h.Kinds, h.Sure = before.Kinds, before.Sure
	}
	h.Parties = slices.Concat(before.Parties, h.Parties)
	h.Parties = h.Parties[:min(len(h.Parties), mostParties)]
	h.Details = slices.Concat(before.Details, h.Details)
	h.Details = h.Details[:min(len(h.Details), mostDetails)]
	h.Sums = likelySums(slices.Concat(before.Sums, h.Sums))
	h.Bureau = few(slices.Concat(before.Bureau, h.Bureau))
	t.guessAmount()
}

// likelySums are the different sums of a story and of what was added to it, the
// likeliest first.
func likelySums(all []heardSum) []heardSum {
	var out []heardSum
	for _, s := range all {
		if !slices.ContainsFunc(out, func(had heardSum) bool { return had.Yuan == s.Yuan }) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b heardSum) int { return a.sum().Compare(b.sum()) })
	return out[:min(len(out), mostSums)]
}

func (s heardSum) sum() understand.Sum {
	return understand.Sum{Amount: understand.Amount{Yuan: s.Yuan}, Demanded: s.Demanded}
}

// guessAmount takes the likeliest sum, and quotes them all.
func (t *Talk) guessAmount() {
	if len(t.Heard.Sums) == 0 {
		return
	}
	var words []string
	for _, s := range t.Heard.Sums {
		words = append(words, s.Words)
	}
	t.guess(Amount, money(t.Heard.Sums[0].Yuan), few(words)...)
}

// hearMore fills what is empty from further words.
func (t *Talk) hearMore(in input) {
	r := in.read
	if len(t.Heard.Kinds) > 0 && t.Heard.Sure && t.Answers[Kind].How == "" {
		t.guess(Kind, string(t.Heard.Kinds[0].Kind), t.Heard.Kinds[0].Words...)
	}
	// Where somebody was hurt no school is accused for being the one that was
	// not wanted.
	if code, words := schoolIn(in); code != "" && (len(t.Dangers) == 0 || !aimed(in.text, words[0])) {
		t.guess(School, code, words...)
		t.guess(Payer, code, words...)
	} else if name := vocationalName(r); name != "" {
		t.guess(School, Unlisted, name)
		if t.Answers[Named].How == "" {
			t.Answers[Named] = Answer{Text: name, Words: []string{name}, How: Guessed}
		}
	}
	if code, words := areaIn(r.Reading); code != "" {
		t.guess(Area, code, words...)
	}
	if name, ok := partyName(r); ok && t.Answers[Named].How == "" {
		t.Answers[Named] = Answer{Text: name, Words: []string{name}, How: Guessed}
	}
	if r.Moment != nil {
		t.guess(When, momentValue(*r.Moment), r.Moment.Words)
	}
	t.guessAmount()
	switch age := r.Writer; {
	case age.Age == 0:
	case age.Age < 14:
		t.guess(Person, Child, age.Words)
	case age.Age < 18:
		t.guess(Person, Pupil, age.Words)
	}
}

// partyName is how the text calls the school that is no record, where it does.
func partyName(r understand.Grievance) (string, bool) {
	for _, p := range r.Parties {
		if p.Named && (p.Kind == complaint.JuniorSchool || p.Kind == complaint.Agent) {
			return p.Words, true
		}
	}
	return "", false
}

// vocationalName is how the text calls a vocational school that is no record.
func vocationalName(r understand.Grievance) string {
	for _, p := range r.Parties {
		if p.Named && p.Kind == complaint.VocationalSchool {
			return p.Words
		}
	}
	return ""
}

func few(words []string) []string { return words[:min(len(words), 3)] }

// aimed: in the text the word is only where somebody wants to go or is to go
// (不报卫校, 上了职高), which says nothing of who did something.
func aimed(text, word string) bool {
	parts := strings.Split(text, word)
	for _, before := range parts[:len(parts)-1] {
		if last, _ := utf8.DecodeLastRuneInString(before); !strings.ContainsRune("报填选上读考进去", last) {
			return false
		}
	}
	return len(parts) > 1
}

// derive takes from what was heard what it means for the kind that is known
// by now.
func (t *Talk) derive() {
	if asksAgainst(t) && len(t.Heard.Bureau) == 0 && t.Answers[Against].How != Chosen {
		for _, p := range t.Heard.Parties {
			// Who is named beside is no reason to say of them that they hurt somebody.
			if slices.Contains(t.profile().Against, p.Kind) && (p.Beside || isNoHarm(t)) {
				t.guess(Against, string(p.Kind), p.Words)
				break
			}
		}
		if school := t.Answers[School]; school.How != "" && isNoHarm(t) && slices.Contains(t.profile().Against, complaint.VocationalSchool) {
			t.guessFirst(Against, string(complaint.VocationalSchool), school.Words...)
		}
	}
	for _, d := range t.Heard.Details {
		if d.Kind == t.kind() && (t.Answers[Detail].How == "" || !fits(detailChoices(t), t.Answers[Detail].Value)) {
			t.guess(Detail, d.Value, d.Words)
		}
	}
}

// confirm makes every guess that was shown an answer.
func (t *Talk) confirm() {
	for name, a := range t.Answers {
		if a.How == Guessed && name != Person {
			a.How = Chosen
			t.Answers[name] = a
		} else if a.How == Guessed {
			slot, _ := slotOf(Person)
			a.How = Chosen
			t.set(slot, a)
		}
	}
}
