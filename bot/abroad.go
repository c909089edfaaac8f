package bot

import (
	"slices"
	"strings"

	"yangguang/complaint"
)

// On a channel abroad nothing is taken that leads to a person, and nothing said
// that opens a case. Who complains is asked on a page of the site, where a
// one-time link leads ([Slip]); so the receipt is given.

// turnedAway are the replies to messages that were not taken for what is in them.
var turnedAway = []string{"abroad.private", "abroad.receipt"}

// turnsAway turns away what such a channel must not carry, and reports whether
// it did.
func (s *step) turnsAway() bool {
	if !s.t.Channel.Abroad() || s.e.Act != Say && s.e.Act != Start && s.e.Act != Revise {
		return false
	}
	switch _, err := complaint.ParseReceipt(s.e.Text); {
	case err == nil:
		s.replies = append(s.replies, Reply{Key: "abroad.receipt", Links: []Link{{URL: "/receipt"}}})
	case len(complaint.Private(s.e.Text)) > 0:
		s.say("abroad.private")
	default:
		return false
	}
	return true
}

// TurnedAway reports whether a message was not taken for what is in it: then
// it need not stay in its chat either.
func (t Turn) TurnedAway() bool {
	return slices.ContainsFunc(t.Replies, func(r Reply) bool { return slices.Contains(turnedAway, r.Key) })
}

// onSite: the open question is left to a page of the site.
func (t *Talk) onSite(name SlotName) bool {
	return t.Channel.Abroad() && (name == Name || name == Phone)
}

// OnSite reports whether a page of the site asks the open question.
func (t Talk) OnSite() bool { return t.onSite(t.open()) }

// askOnSite says that it does, and offers what can be said here: that it was
// answered there, and that it will not be.
func askOnSite(r *Reply) {
	r.Key, r.Typing = "abroad.identity", false
	r.Options = []Option{{Act: Start, Key: "option.filled"}, {Act: Edit, Value: string(Identity), Key: "option.unnamed"}}
}

// hide leaves out of a line what was told on the site.
func (l *Line) hide() {
	if l.Text != "" {
		l.Text, l.Value, l.Words = "", "abroad.given", nil
	}
}

// late says, of what is written after the complaint was filed, that it is
// nowhere: on a channel abroad no page shows it again.
func (s *step) late() {
	if s.e.Act == Revise && !s.turnsAway() {
		s.say("revised.late")
		return
	}
	if !s.t.Channel.Abroad() || s.e.Act != Say || s.turnsAway() {
		return
	}
	word := strings.ToLower(tidy(s.e.Text))
	if _, command := commands[word]; command || word == "" || remarks[word].Key != "" {
		return
	}
	s.say("abroad.late")
}
