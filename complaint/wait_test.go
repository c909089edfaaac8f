package complaint_test

import (
	"slices"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// waits are the moves that the case waits for of the officer, and whether the
// book finds it in the officer's tray.
func (d *desk) waits(who complaint.OfficerID, n complaint.Number) []complaint.Move {
	d.t.Helper()
	tray, err := d.Tray(d.t.Context(), who)
	if err != nil {
		d.t.Fatal(err)
	}
	docket, err := d.Docket(d.record(n))
	if err != nil {
		d.t.Fatal(err)
	}
	moves := tray.Waits(docket)
	listed, err := d.Queue(d.t.Context(), who, complaint.Query{Tray: &tray, Limit: 1000})
	if err != nil {
		d.t.Fatal(err)
	}
	if in := slices.ContainsFunc(listed, func(d complaint.Docket) bool { return d.Number == n }); in != (len(moves) > 0) {
		d.t.Errorf("%s in the tray of %s: %v, though it waits for %v", n, who, in, moves)
	}
	posts := tray.Posts()
	if found := slices.ContainsFunc(docket.Posts(), func(p string) bool { return slices.Contains(posts, p) }); !found && len(moves) > 0 {
		d.t.Errorf("%s waits for %s at %v, who looks at %v", n, who, docket.Posts(), posts)
	}
	return moves
}

// Every step of two people who clear a queue: whose tray it lies in.
func TestWhomACaseWaitsFor(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	n := f.Number
	wants := func(when string, first, second []complaint.Move) {
		t.Helper()
		if got := d.waits("first", n); !slices.Equal(got, first) {
			t.Errorf("%s: waits for 经办 to %v, want %v", when, got, first)
		}
		if got := d.waits("second", n); !slices.Equal(got, second) {
			t.Errorf("%s: waits for 审核 to %v, want %v", when, got, second)
		}
	}
	moves := func(m ...complaint.Move) []complaint.Move { return m }
	because := func(m complaint.Move, r complaint.Reason) complaint.Action {
		return complaint.Action{Move: m, Facts: complaint.Facts{Reason: r}}
	}
	wants("filed", moves(complaint.Accept), nil)
	d.must("first", n, because(complaint.ProposeDecline, complaint.NoFacts))
	wants("declining proposed", nil, moves(complaint.Decline))
	d.must("second", n, says(complaint.RefuseDecline, "看得出是哪所学校"))
	wants("not agreed", moves(complaint.Accept), nil)
	d.must("first", n, because(complaint.ProposeDecline, complaint.NoFacts))
	d.must("first", n, do(complaint.Accept))
	wants("accepted after all", moves(complaint.Assign), nil)
	d.must("first", n, do(complaint.Assign))
	wants("assigned", moves(complaint.SignFor), nil)
	d.must("first", n, do(complaint.SignFor))
	wants("in hand", moves(complaint.DraftReply), nil)
	d.must("first", n, because(complaint.AskIdentity, complaint.MustContact))
	wants("identity asked", moves(complaint.DraftReply), moves(complaint.GrantIdentity))
	d.must("second", n, complaint.Action{Move: complaint.RefuseIdentity, Facts: complaint.Facts{Officer: "first"}, Words: []byte("不用看也能查")})
	wants("not let see", moves(complaint.DraftReply), nil)
	d.must("first", n, because(complaint.AskIdentity, complaint.MustContact))
	d.must("second", n, complaint.Action{Move: complaint.GrantIdentity, Facts: complaint.Facts{Officer: "first"}})
	wants("identity granted", moves(complaint.DraftReply), nil)

	d.must("first", n, says(complaint.Ask, "是哪一天？"))
	wants("the citizen asked", nil, nil)
	d.now = d.now.AddDate(0, 0, 11)
	wants("no answer in ten days", moves(complaint.Proceed), nil)
	d.say(f.Receipt, says(complaint.Answer, "三月一日"))
	wants("answered", moves(complaint.DraftReply, complaint.Look), nil)
	if _, err := d.Open(t.Context(), "second", n); err != nil {
		t.Fatal(err)
	}
	wants("read by somebody else", moves(complaint.DraftReply, complaint.Look), nil)
	if _, err := d.Open(t.Context(), "first", n); err != nil {
		t.Fatal(err)
	}
	wants("read", moves(complaint.DraftReply), nil)

	d.must("first", n, reply("已查明"))
	wants("drafted", moves(complaint.PresentReply), nil)
	d.must("first", n, do(complaint.PresentReply))
	wants("presented", nil, moves(complaint.Sign))
	d.must("second", n, says(complaint.SendBack, "写明依据"))
	wants("sent back", moves(complaint.PresentReply), nil)
	d.must("first", n, do(complaint.PresentReply))
	d.must("second", n, do(complaint.Sign))
	wants("answered, not rated", nil, nil)
	d.say(f.Receipt, complaint.Action{Move: complaint.Rate, Facts: complaint.Facts{Rating: complaint.Dissatisfied}})
	wants("not satisfied", nil, moves(complaint.Redo))
	d.must("second", n, do(complaint.Close))
	wants("closed", nil, nil)
	d.say(f.Receipt, says(complaint.Add, "他们又来了"))
	wants("a word after the end", moves(complaint.Look), nil)
	if _, err := d.Open(t.Context(), "first", n); err != nil {
		t.Fatal(err)
	}
	d.must("first", n, because(complaint.ProposeErasure, complaint.AskedByCitizen))
	wants("erasing proposed", nil, moves(complaint.Erase))
	d.must("second", n, says(complaint.RefuseErasure, "还在复查期里"))
	wants("not to be erased", nil, nil)
	d.must("first", n, because(complaint.ProposeErasure, complaint.AskedByCitizen))
	d.must("second", n, do(complaint.Erase))
	wants("erased", nil, nil)
}

// Whoever reads twice on one day has seen what came between.
func TestANewWordIsSeenByLookingAgain(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	d.must("first", f.Number, do(complaint.Accept), do(complaint.Assign), do(complaint.SignFor))
	looks := func() (n int) {
		for _, s := range d.fold(f.Number).Timeline {
			if s.Move == complaint.Look {
				n++
			}
		}
		return n
	}
	open := func() {
		t.Helper()
		if _, err := d.Open(t.Context(), "first", f.Number); err != nil {
			t.Fatal(err)
		}
	}
	open()
	open()
	d.say(f.Receipt, says(complaint.Add, "还有一张照片"))
	if got := d.waits("first", f.Number); !slices.Contains(got, complaint.Look) {
		t.Errorf("after a new word: %v", got)
	}
	open()
	open()
	if got := d.waits("first", f.Number); slices.Contains(got, complaint.Look) || looks() != 2 {
		t.Errorf("after looking again: %v, %d looks noted, want 2", got, looks())
	}
}

// What one officer has in hand is found by a colleague as soon as that officer
// cannot act any more, and by nobody else before.
func TestWhatSomebodyLeavesBehindIsFound(t *testing.T) {
	r := complainttest.Trial()
	r.Officers = append(r.Officers, complainttest.Officer("third", "410800", complaint.Handler, complaint.Triage), complainttest.Officer("county", "410823", complaint.Handler))
	d := newDesk(t, r)
	n := d.file(d.draft()).Number
	d.must("first", n, do(complaint.Accept), do(complaint.Assign), do(complaint.SignFor))
	if got := d.waits("third", n); got != nil {
		t.Errorf("while the first is there: %v", got)
	}
	for name, change := range map[string]func(o *complaint.Officer){
		"disabled":           func(o *complaint.Officer) { o.Active = false },
		"not a handler more": func(o *complaint.Officer) { o.Roles = []complaint.Role{complaint.Analyst} },
		"moved to a county":  func(o *complaint.Officer) { o.Units = []string{"410823"} },
		"tied to the school": func(o *complaint.Officer) { o.Interests = []string{"410800-02"} },
	} {
		was := r.Officers[0]
		change(&r.Officers[0])
		if got := d.waits("third", n); !slices.Equal(got, []complaint.Move{complaint.TakeOver}) {
			t.Errorf("%s: waits for a colleague to %v", name, got)
		}
		if got := d.waits("county", n); got != nil {
			t.Errorf("%s: waits for another office to %v", name, got)
		}
		r.Officers[0] = was
	}
	d.must("first", n, complaint.Action{Move: complaint.Recuse, Facts: complaint.Facts{Reason: complaint.KinOrInterest}})
	if got := d.waits("third", n); !slices.Equal(got, []complaint.Move{complaint.TakeOver}) {
		t.Errorf("recused: %v", got)
	}
	if got := d.waits("first", n); got != nil {
		t.Errorf("who recused: %v", got)
	}
}

// The sign that something new came is when it came, not when it was filed.
func TestTheNewestOfATray(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	n := d.file(d.draft()).Number
	since := func() time.Time {
		docket, err := d.Docket(d.record(n))
		if err != nil {
			t.Fatal(err)
		}
		tray, err := d.Tray(t.Context(), "second")
		if err != nil {
			t.Fatal(err)
		}
		return tray.Since(docket)
	}
	if got := since(); !got.IsZero() {
		t.Errorf("nothing waits, since %s", got)
	}
	d.must("first", n, do(complaint.Accept), do(complaint.Assign), do(complaint.SignFor), reply("已查明"))
	d.now = d.now.Add(5 * time.Hour)
	d.must("first", n, do(complaint.PresentReply))
	presented := since()
	if c := d.fold(n); !presented.Equal(c.Timeline[c.Turn-1].At) {
		t.Errorf("since %s, not when it was presented", presented)
	}
	d.now = d.now.Add(time.Hour)
	d.must("first", n, says(complaint.Note, "备注"))
	if got := since(); !got.Equal(presented) {
		t.Errorf("after a note: since %s", got)
	}
}
