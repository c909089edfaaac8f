package complaint_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
)

// monday is a working day without holidays near it.
var monday = time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC) // 10:00 in China

// aNumber is a case number that could be.
const aNumber = complaint.Number("2026483927107")

// made is one move of a story: what, by whom, with which facts beside the usual.
type made struct {
	move  complaint.Move
	by    complaint.Role
	facts complaint.Facts
}

// person returns the actor that plays a role in the stories: one for each.
func person(role complaint.Role) complaint.Actor {
	if role == complaint.Citizen || role == complaint.Clockwork {
		return complaint.Actor{Role: role}
	}
	return complaint.Actor{Officer: complaint.OfficerID("o-" + string(role)), Role: role}
}

// usual returns facts with which any move is complete.
func usual() complaint.Facts {
	return complaint.Facts{
		Kind: complaint.FalseAdvertising, Accused: []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
		Route:    &complaint.Route{Unit: "410800", Lane: complaint.Ordinary},
		Identity: complaint.Sealed, Channel: complaint.WebChat, Lead: aNumber, To: complaint.Hotline,
		Reason: complaint.AskedByCitizen, Outcome: complaint.Substantiated, Rating: complaint.Satisfied, Days: 10, Officer: "o-handler", Letter: 1,
	}
}

// story folds moves made a minute apart.
func story(t testing.TB, moves ...made) complaint.Case {
	t.Helper()
	c, err := complaint.Fold(events(t, monday, time.Minute, moves...))
	if err != nil {
		t.Fatalf("%v: %v", moves, err)
	}
	return c
}

func events(t testing.TB, at time.Time, step time.Duration, moves ...made) []complaint.Event {
	t.Helper()
	var out []complaint.Event
	sum := ""
	for i, m := range moves {
		f := usual()
		if m.facts.Rating != "" {
			f.Rating = m.facts.Rating
		}
		if m.facts.Reason != "" {
			f.Reason = m.facts.Reason
		}
		if m.facts.Kind != "" {
			f.Kind, f.Accused = m.facts.Kind, m.facts.Accused
		}
		e, err := complaint.Event{Seq: i + 1, At: at.Add(time.Duration(i) * step), Move: m.move, By: person(m.by), Facts: f}.Chained(sum)
		if err != nil {
			t.Fatal(err)
		}
		sum = e.Sum
		out = append(out, e)
	}
	return out
}

// The way that most cases take, move by move.
var way = []made{
	{move: complaint.File, by: complaint.Citizen},
	{move: complaint.Accept, by: complaint.Triage},
	{move: complaint.Assign, by: complaint.Triage},
	{move: complaint.SignFor, by: complaint.Handler},
	{move: complaint.DraftReply, by: complaint.Handler},
	{move: complaint.PresentReply, by: complaint.Handler},
	{move: complaint.Sign, by: complaint.Reviewer},
	{move: complaint.OpenCallback, by: complaint.Clockwork},
	{move: complaint.Rate, by: complaint.Citizen},
	{move: complaint.Close, by: complaint.CallbackOfficer},
	{move: complaint.Object, by: complaint.Citizen},
	{move: complaint.Decide, by: complaint.UnitHead},
}

func upTo(n int, more ...made) []made { return append(slices.Clone(way[:n]), more...) }

// situations are the states, and what a condition tells apart within one.
var situations = map[string][]made{
	"draft":                   upTo(0),
	"submitted":               upTo(1),
	"submitted/proposed":      upTo(1, made{move: complaint.ProposeDecline, by: complaint.Triage}),
	"need_info":               upTo(1, made{move: complaint.Ask, by: complaint.Intake}),
	"merged":                  upTo(1, made{move: complaint.Merge, by: complaint.Triage}),
	"referred":                upTo(1, made{move: complaint.Refer, by: complaint.Triage}),
	"declined":                upTo(1, made{move: complaint.ProposeDecline, by: complaint.Triage}, made{move: complaint.Decline, by: complaint.Reviewer}),
	"declined/twice":          upTo(1, made{move: complaint.ProposeDecline, by: complaint.Triage}, made{move: complaint.Decline, by: complaint.Reviewer}, made{move: complaint.Reopen, by: complaint.Citizen}, made{move: complaint.ProposeDecline, by: complaint.Triage}, made{move: complaint.Decline, by: complaint.Reviewer}),
	"accepted":                upTo(2),
	"assigned":                upTo(3),
	"investigating":           upTo(4),
	"investigating/extended":  upTo(4, made{move: complaint.Extend, by: complaint.UnitHead}),
	"investigating/asking":    upTo(4, made{move: complaint.AskIdentity, by: complaint.Handler}),
	"investigating/granted":   upTo(4, made{move: complaint.AskIdentity, by: complaint.Handler}, made{move: complaint.GrantIdentity, by: complaint.Custodian}),
	"investigating/anonymous": upTo(4),
	"reply_draft":             upTo(5),
	"reviewing":               upTo(6),
	"replied":                 upTo(7),
	"callback":                upTo(8),
	"callback/rated":          upTo(9),
	"callback/dissatisfied":   upTo(8, made{complaint.Rate, complaint.Citizen, complaint.Facts{Rating: complaint.Dissatisfied}}),
	"rework":                  upTo(8, made{complaint.Rate, complaint.Citizen, complaint.Facts{Rating: complaint.Dissatisfied}}, made{move: complaint.Redo, by: complaint.CallbackOfficer}),
	"closed":                  upTo(10),
	"closed/withdrawn":        upTo(2, made{move: complaint.Withdraw, by: complaint.Citizen}),
	"closed/by_office":        upTo(2, made{move: complaint.Withdraw, by: complaint.Intake}),
	"closed/erasing":          upTo(10, made{move: complaint.ProposeErasure, by: complaint.Intake}),
	"reexamination":           upTo(11),
	"final":                   upTo(12),
}

const (
	openOnes  = "submitted* need_info accepted assigned investigating* reply_draft reviewing replied callback* rework reexamination"
	ended     = "merged referred declined* closed* final"
	officers  = "intake triage handler unit_head reviewer supervisor callback custodian"
	beforeEnd = "submitted* need_info merged referred declined* accepted assigned investigating* reply_draft reviewing replied callback* rework closed* reexamination"
)

// allowed is the table of moves as product.md and the notes tell it: move, in
// which situations, by which roles. A * stands for all situations of a state.
var allowed = []struct{ move, in, by string }{
	{"file", "draft", "citizen intake"},
	{"ask", "submitted*", "intake triage"},
	{"ask", "accepted", "triage"},
	{"ask", "investigating*", "handler"},
	{"answer", "need_info", "citizen intake"},
	{"proceed", "need_info", "intake triage handler"},
	{"merge", "submitted*", "triage"},
	{"refer", "submitted* accepted assigned investigating*", "triage"},
	{"refer", openOnes, "clockwork"},
	{"propose_decline", "submitted*", "triage"},
	{"decline", "submitted/proposed", "reviewer unit_head"},        // triage proposed it
	{"refuse_decline", "submitted/proposed", "reviewer unit_head"}, // triage proposed it
	{"reopen", "declined", "citizen supervisor"},
	{"reopen", "closed/by_office", "citizen"},
	{"accept", "submitted*", "triage"},
	{"reroute", "submitted* need_info accepted assigned investigating* reply_draft reviewing replied callback* rework", "intake triage clockwork"},
	{"reroute", "reexamination", "clockwork"},
	{"assign", "accepted", "triage"},
	{"return", "assigned", "handler unit_head"},
	{"recall", "assigned", "triage supervisor"},
	{"sign_for", "assigned rework", "handler"},
	{"extend", "investigating investigating/asking investigating/granted investigating/anonymous reply_draft", "unit_head"},
	{"draft_reply", "investigating* reply_draft", "handler"},
	{"present_reply", "reply_draft", "handler"},
	{"send_back", "reviewing", "reviewer"},
	{"sign", "reviewing", "reviewer"},
	{"open_callback", "replied", "clockwork"},
	{"rate", "callback*", "citizen callback"},
	{"redo", "callback/dissatisfied", "callback supervisor"},
	{"close", "callback*", "callback clockwork"}, // unrated: after ten days of silence
	{"withdraw", "submitted* need_info merged accepted assigned investigating* reply_draft reviewing replied callback* rework", "citizen intake callback"},
	{"object", "callback* closed closed/erasing", "citizen"},
	{"decide", "reexamination", "unit_head"}, // the reviewer signed the answer
	{"conclude", "merged referred", "triage clockwork"},
	{"finish", "closed*", "clockwork"}, // in its time
	{"add", beforeEnd, "citizen intake"},
	{"write", openOnes, "intake triage handler callback"},
	{"note", beforeEnd + " final", officers},
	{"look", beforeEnd + " final", officers},
	{"supervise", openOnes, "supervisor"},
	{"recuse", beforeEnd, officers},
	{"unreached", beforeEnd + " final", "clockwork"},
	{"report_by_law", beforeEnd + " final", "intake triage handler unit_head reviewer"},
	{"ask_identity", strings.Replace(openOnes, "investigating*", "investigating investigating/extended investigating/asking investigating/granted", 1), "intake triage handler callback"},
	{"grant_identity", "investigating/asking", "custodian"},
	{"refuse_identity", "investigating/asking", "custodian"},
	{"open_identity", "investigating/granted", "handler"},
	{"open_original", openOnes, "intake triage handler reviewer"},
	{"propose_erasure", "declined* closed* final", "intake custodian"},
	{"erase", "closed/erasing", "custodian"},
	{"refuse_erasure", "closed/erasing", "custodian"},
	{"erase", beforeEnd + " final", "clockwork"}, // again, after a restore
}

func matches(in, situation string) bool {
	for name := range strings.FieldsSeq(in) {
		state, all := strings.CutSuffix(name, "*")
		if name == situation || all && (situation == state || strings.HasPrefix(situation, state+"/")) {
			return true
		}
	}
	return false
}

// clockworks are the reasons with which alone the clockwork makes these moves.
var clockworks = map[complaint.Move]complaint.Reason{complaint.Refer: complaint.NobodyLeft, complaint.Erase: complaint.ErasedBefore}

func TestEveryStateRoleAndMove(t *testing.T) {
	want := map[string]bool{}
	for _, a := range allowed {
		for s := range situations {
			if matches(a.in, s) {
				for role := range strings.FieldsSeq(a.by) {
					want[a.move+" "+s+" "+role] = true
				}
			}
		}
	}
	roles := append(complaint.Roles(), complaint.Citizen, complaint.Clockwork)
	seen := map[complaint.State]bool{}
	checked := 0
	for name, moves := range situations {
		c := inSituation(t, name, moves)
		seen[c.State] = true
		if state, _, _ := strings.Cut(name, "/"); string(c.State) != state {
			t.Errorf("%s is in state %s", name, c.State)
		}
		for _, m := range complaint.Moves() {
			for _, role := range roles {
				f := usual()
				if reason, ok := clockworks[m]; ok && role == complaint.Clockwork {
					f.Reason = reason
				}
				err := c.Allows(m, person(role), f)
				key := fmt.Sprintf("%s %s %s", m, name, role)
				if (err == nil) != want[key] {
					t.Errorf("%s: %v, want allowed %v", key, err, want[key])
				}
				if err != nil && !errors.Is(err, complaint.ErrWrongState) && !errors.Is(err, complaint.ErrNotYours) && !errors.Is(err, complaint.ErrNotNow) {
					t.Errorf("%s: %v is no reason a caller knows", key, err)
				}
				checked++
			}
		}
	}
	for _, s := range complaint.States() {
		if !seen[s] {
			t.Errorf("no situation is in state %s", s)
		}
	}
	t.Logf("%d situations × %d moves × %d roles = %d", len(situations), len(complaint.Moves()), len(roles), checked)
}

func inSituation(t *testing.T, name string, moves []made) complaint.Case {
	if strings.HasSuffix(name, "/anonymous") {
		evs := events(t, monday, time.Minute, moves...)
		evs[0].Facts.Identity = complaint.Anonymous
		c, err := complaint.Fold(evs)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	return story(t, moves...)
}

// Every move leads where the table says, and nowhere else.
func TestWhereMovesLead(t *testing.T) {
	for _, c := range []struct {
		from string
		move complaint.Move
		by   complaint.Role
		to   complaint.State
	}{
		{"draft", complaint.File, complaint.Citizen, complaint.Submitted},
		{"submitted", complaint.Ask, complaint.Intake, complaint.NeedInfo},
		{"need_info", complaint.Answer, complaint.Citizen, complaint.Submitted},
		{"need_info", complaint.Proceed, complaint.Intake, complaint.Submitted},
		{"need_info", complaint.Reroute, complaint.Triage, complaint.Submitted},
		{"submitted/proposed", complaint.Accept, complaint.Triage, complaint.Accepted},
		{"declined", complaint.Reopen, complaint.Citizen, complaint.Submitted},
		{"closed/by_office", complaint.Reopen, complaint.Citizen, complaint.Submitted},
		{"assigned", complaint.Return, complaint.Handler, complaint.Accepted},
		{"assigned", complaint.Recall, complaint.Supervisor, complaint.Accepted},
		{"reviewing", complaint.Reroute, complaint.Triage, complaint.Accepted},
		{"accepted", complaint.Reroute, complaint.Triage, complaint.Accepted},
		{"investigating", complaint.Extend, complaint.UnitHead, complaint.Investigating},
		{"reviewing", complaint.SendBack, complaint.Reviewer, complaint.ReplyDraft},
		{"reviewing", complaint.Sign, complaint.Reviewer, complaint.Replied},
		{"rework", complaint.SignFor, complaint.Handler, complaint.Investigating},
		{"callback/rated", complaint.Object, complaint.Citizen, complaint.Reexamination},
		{"merged", complaint.Withdraw, complaint.Citizen, complaint.Closed},
		{"referred", complaint.Conclude, complaint.Clockwork, complaint.Closed},
		{"closed/withdrawn", complaint.Finish, complaint.Clockwork, complaint.Final},
		{"closed/erasing", complaint.Erase, complaint.Custodian, complaint.Closed},
		{"investigating", complaint.Note, complaint.Handler, complaint.Investigating},
	} {
		got := story(t, append(slices.Clone(situations[c.from]), made{move: c.move, by: c.by})...)
		if got.State != c.to {
			t.Errorf("%s %s leads to %s, want %s", c.from, c.move, got.State, c.to)
		}
	}
	asked := story(t, upTo(4, made{move: complaint.Ask, by: complaint.Handler}, made{move: complaint.Answer, by: complaint.Citizen})...)
	if asked.State != complaint.Investigating {
		t.Errorf("answering the handler leads to %s, want investigating", asked.State)
	}
	void := story(t, upTo(1, made{move: complaint.ProposeDecline, by: complaint.Triage}, made{move: complaint.Ask, by: complaint.Intake}, made{move: complaint.Answer, by: complaint.Citizen})...)
	if err := void.Allows(complaint.Decline, person(complaint.Reviewer), usual()); !errors.Is(err, complaint.ErrWrongState) {
		t.Errorf("declined on a proposal from before the citizen answered: %v", err)
	}
	moved := story(t, upTo(4, made{move: complaint.Ask, by: complaint.Handler}, made{move: complaint.Reroute, by: complaint.Triage})...)
	if moved.State != complaint.Accepted || moved.Handler != "" {
		t.Errorf("rerouted while the handler had asked: %s with %q, want accepted with nobody", moved.State, moved.Handler)
	}
}

// One person with all roles still cannot do these.
func TestNobodyIsTheirOwnSecondPerson(t *testing.T) {
	one := func(role complaint.Role, of complaint.Role) complaint.Actor {
		return complaint.Actor{Officer: person(of).Officer, Role: role}
	}
	grant := usual()
	grant.Officer = "o-handler"
	for name, c := range map[string]struct {
		in   string
		move complaint.Move
		by   complaint.Actor
	}{
		"the handler signs":                       {"reviewing", complaint.Sign, one(complaint.Reviewer, complaint.Handler)},
		"the handler sends back":                  {"reviewing", complaint.SendBack, one(complaint.Reviewer, complaint.Handler)},
		"the proposer declines":                   {"submitted/proposed", complaint.Decline, one(complaint.Reviewer, complaint.Triage)},
		"the handler extends":                     {"investigating", complaint.Extend, one(complaint.UnitHead, complaint.Handler)},
		"the handler enters a withdrawal":         {"investigating", complaint.Withdraw, one(complaint.Intake, complaint.Handler)},
		"the asker approves their look":           {"investigating/asking", complaint.GrantIdentity, one(complaint.Custodian, complaint.Handler)},
		"another opens what the handler may":      {"investigating/granted", complaint.OpenIdentity, one(complaint.Intake, complaint.Intake)},
		"another drafts":                          {"investigating", complaint.DraftReply, one(complaint.Handler, complaint.Intake)},
		"the proposer erases":                     {"closed/erasing", complaint.Erase, one(complaint.Custodian, complaint.Intake)},
		"the signer reexamines":                   {"reexamination", complaint.Decide, one(complaint.UnitHead, complaint.Reviewer)},
		"the handler reexamines":                  {"reexamination", complaint.Decide, one(complaint.UnitHead, complaint.Handler)},
		"an officer as citizen":                   {"submitted", complaint.Withdraw, one(complaint.Citizen, complaint.Intake)},
		"an officer's role without an officer":    {"submitted", complaint.Accept, complaint.Actor{Role: complaint.Triage}},
		"an officer as the office's own clock":    {"replied", complaint.OpenCallback, one(complaint.Clockwork, complaint.Intake)},
		"somebody who handled it before reviews":  {"taken over", complaint.Sign, one(complaint.Reviewer, complaint.Handler)},
		"the one who has it takes it over":        {"investigating", complaint.TakeOver, one(complaint.Handler, complaint.Handler)},
		"the first handler reviews after rework":  {"reworked", complaint.Sign, one(complaint.Reviewer, complaint.Handler)},
		"somebody never asked opens the identity": {"investigating/asking", complaint.OpenIdentity, one(complaint.Handler, complaint.Handler)},
	} {
		in := situations[c.in]
		var evs []complaint.Event
		switch c.in {
		case "taken over":
			evs = relabel(t, upTo(4, made{move: complaint.TakeOver, by: complaint.Handler}, way[4], way[5]), 5, "o-second")
		case "reworked":
			evs = relabel(t, append(slices.Clone(situations["rework"]), way[3], way[4], way[5]), len(situations["rework"])+1, "o-second")
		default:
			evs = events(t, monday, time.Minute, in...)
		}
		got, err := complaint.Fold(evs)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := got.Allows(c.move, c.by, grant); !errors.Is(err, complaint.ErrNotYours) {
			t.Errorf("%s: %v, want ErrNotYours", name, err)
		}
	}
}

// relabel gives the moves of the handler from the given one on to another.
func relabel(t *testing.T, moves []made, from int, who complaint.OfficerID) []complaint.Event {
	evs := events(t, monday, time.Minute, moves...)
	for i := range evs {
		if evs[i].Seq >= from && evs[i].By.Role == complaint.Handler {
			evs[i].By.Officer = who
		}
	}
	return evs
}

func TestMovesThatLackSomething(t *testing.T) {
	for _, c := range []struct {
		in   string
		move complaint.Move
		by   complaint.Role
		lack func(*complaint.Facts)
	}{
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Kind = complaint.AgainstBureau }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Kind = complaint.Question }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Accused = nil }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Accused[0].Kind = complaint.CountyItself }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Route = nil }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Identity = "by my name, Zhang" }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.Channel = "" }},
		{"draft", complaint.File, complaint.Citizen, func(f *complaint.Facts) { f.About = "target/2022#number" }},
		{"submitted", complaint.Merge, complaint.Triage, func(f *complaint.Facts) { f.Lead = "2026" }},
		{"submitted", complaint.Refer, complaint.Triage, func(f *complaint.Facts) { f.To = "somebody" }},
		{"submitted", complaint.ProposeDecline, complaint.Triage, func(f *complaint.Facts) { f.Reason = "words" }},
		{"accepted", complaint.Assign, complaint.Triage, func(f *complaint.Facts) { f.Route = &complaint.Route{} }},
		{"investigating", complaint.Extend, complaint.UnitHead, func(f *complaint.Facts) { f.Days = 0 }},
		{"investigating", complaint.DraftReply, complaint.Handler, func(f *complaint.Facts) { f.Outcome = "true" }},
		{"callback", complaint.Rate, complaint.Citizen, func(f *complaint.Facts) { f.Rating = "" }},
		{"submitted", complaint.Withdraw, complaint.Intake, func(f *complaint.Facts) { f.Reason = complaint.NoFacts }},
		{"submitted", complaint.Refer, complaint.Clockwork, func(f *complaint.Facts) { f.Reason = complaint.NotCompetent }},
		{"submitted", complaint.Erase, complaint.Clockwork, func(f *complaint.Facts) { f.Reason = complaint.AskedByCitizen }},
	} {
		f := usual()
		if reason, ok := clockworks[c.move]; ok && c.by == complaint.Clockwork {
			f.Reason = reason
		}
		got := story(t, situations[c.in]...)
		if err := got.Allows(c.move, person(c.by), f); err != nil {
			t.Errorf("%s whole: %v", c.move, err)
		}
		c.lack(&f)
		if err := got.Allows(c.move, person(c.by), f); !errors.Is(err, complaint.ErrIncomplete) {
			t.Errorf("%s with %+v: %v, want ErrIncomplete", c.move, f, err)
		}
	}
}
