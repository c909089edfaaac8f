package desk_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func (r *room) say(receipt complaint.Receipt, a complaint.Action) {
	r.t.Helper()
	if _, err := r.Say(r.t.Context(), receipt, a); err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) stands(n complaint.Number, want complaint.State) {
	r.t.Helper()
	if got := r.fold(n).State; got != want {
		r.t.Fatalf("stands at %s, not %s", got, want)
	}
}

func TestTwoOfficersAnswerAComplaint(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	draft := r.draft()
	n := r.file(draft)

	r.must("first", n, "take")
	r.stands(n, complaint.Investigating)
	r.must("first", n, "ask", "words", "是哪一天说的？")
	r.stands(n, complaint.NeedInfo)
	r.say(draft.Receipt, complaint.Action{Move: complaint.Answer, Words: []byte("上周五")})
	if text := r.get("first", casePath(n)).page(t).text(); !strings.Contains(text, "上周五") || !strings.Contains(text, "是哪一天说的？") {
		t.Error("question and answer are not in the story")
	}

	r.must("first", n, "draft", "outcome", "substantiated", "words", "查了一半")
	if v := r.get("first", casePath(n)).page(t).filled(casePath(n) + "/reply"); v.Get("words") != "查了一半" || v.Get("outcome") != "substantiated" {
		t.Errorf("the draft is not there any more: %v", v)
	}
	r.must("first", n, "reply", "outcome", "partly_substantiated", "words", "查清了，已责令改正。")
	r.stands(n, complaint.Reviewing)
	if a := r.get("first", casePath(n)).page(t); strings.Contains(strings.Join(a.forms(n), " "), "sign") {
		t.Error("who wrote the answer is offered to sign it")
	}
	r.must("second", n, "send-back", "words", "请写明依据")
	r.must("first", n, "reply", "words", "依据广告法第二十四条，已责令改正。")
	r.must("second", n, "sign")
	r.stands(n, complaint.Callback)

	r.say(draft.Receipt, complaint.Action{Move: complaint.Rate, Facts: complaint.Facts{Rating: complaint.Dissatisfied}, Words: []byte("没说退钱")})
	r.must("second", n, "redo")
	r.must("first", n, "sign-for")
	r.must("first", n, "reply", "outcome", "substantiated", "words", "已退4800元。")
	r.must("second", n, "sign")
	r.must("second", n, "rate", "rating", "satisfied", "words", "钱收到了")
	r.must("second", n, "close")
	r.stands(n, complaint.Closed)
	if told := r.get("second", casePath(n)).page(t).text(); !strings.Contains(told, "属实") || !strings.Contains(told, "席位first兼了") {
		t.Error("the outcome or who did two parts is not on the page")
	}
}

func TestAComplaintIsDeclinedByTwo(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	r.must("first", n, "propose", "reason", "no_facts", "words", "看不出说的是哪一所")
	if forms := r.get("first", casePath(n)).page(t).forms(n); strings.Contains(strings.Join(forms, " "), "decline") {
		t.Errorf("who proposed it may confirm it: %v", forms)
	}
	r.must("second", n, "decline", "words", "没有可以查的事实，可以补充后再来。")
	r.stands(n, complaint.Declined)
	r.must("second", n, "reopen")
	r.stands(n, complaint.Submitted)
}

func TestACaseIsGivenWhereAnOfficerChooses(t *testing.T) {
	r := newRoom(t, complainttest.Staffed())
	draft := r.draft()
	draft.Accused[0].Unit = "410823-01"
	n := r.file(draft)
	units := r.get("first", casePath(n)).page(t).filled(casePath(n) + "/hand")
	if units.Get("unit") != "410823.vet" {
		t.Errorf("suggested: %v", units)
	}
	r.must("first", n, "hand", "unit", "410823")
	if c := r.fold(n); c.Route.Unit != "410823" || c.State != complaint.Assigned {
		t.Errorf("%s at %s", c.State, c.Route.Unit)
	}
	if a := r.press("first", n, "recall"); a.StatusCode != 303 {
		t.Fatalf("recall: %d", a.StatusCode)
	}
	if a := r.press("first", n, "assign", "unit", "410800-02"); a.StatusCode != 422 || r.fold(n).State != complaint.Accepted {
		t.Errorf("to a school: %d", a.StatusCode)
	}
}

func TestExtensionMergeReferralWithdrawal(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	long, lead, other, back := r.file(r.draft()), r.file(r.draft()), r.file(r.draft()), r.file(r.draft())
	r.must("first", long, "take")
	r.must("second", long, "extend", "days", "20", "words", "要等检测结果")
	if c := r.fold(long); c.Extended != 20 {
		t.Errorf("extended by %d", c.Extended)
	}
	r.must("first", other, "merge", "lead", lead.String())
	if c := r.fold(other); c.Lead != lead {
		t.Errorf("follows %s", c.Lead)
	}
	r.must("first", lead, "refer", "to", "market_regulation", "words", "广告归市场监管部门管")
	r.must("second", back, "withdraw", "words", "说是误会")
	r.stands(back, complaint.Closed)
}

func TestAnAnswerNobodyRatesIsClosedWhenItsTimeHasCome(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	r.must("first", n, "take")
	r.must("first", n, "reply", "outcome", "unsubstantiated", "words", "查了，没有这回事。")
	r.must("second", n, "sign")
	offers := func() string { return strings.Join(r.get("second", casePath(n)).page(t).forms(n), " ") }
	if strings.Contains(offers(), "close") {
		t.Error("closing is offered at once")
	}
	r.now = r.now.Add(12 * 24 * time.Hour)
	if !strings.Contains(offers(), "close") {
		t.Error("closing is not offered after ten days")
	}
}

func TestWhoRecusesDoesNotSeeTheCaseAnyMore(t *testing.T) {
	r := newRoom(t, complainttest.Staffed())
	n := r.file(r.draft())
	a := r.press("first", n, "recuse")
	if a.StatusCode != 303 || a.Header.Get("Location") != "/desk?done=recuse" {
		t.Fatalf("%d %s", a.StatusCode, a.Header.Get("Location"))
	}
	if text := r.get("first", "/desk?done=recuse").page(t).text(); !strings.Contains(text, "您已回避") || strings.Contains(text, n.String()) {
		t.Error("the queue does not say it, or still has the case")
	}
	if a := r.get("first", casePath(n)); a.StatusCode != 404 {
		t.Errorf("after recusal: %d", a.StatusCode)
	}
}

func TestContentsAreErasedByTwo(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	r.must("second", n, "withdraw", "words", "不想追究了")
	r.must("first", n, "erase-propose", "reason", "asked_by_citizen")
	r.must("second", n, "erase")
	a := r.get("second", casePath(n))
	if !r.fold(n).Erased || strings.Contains(a.body, "包就业") || !strings.Contains(a.body, "已经销毁") {
		t.Error("the words are still there")
	}
}

// Who looks again sits above, and took no part before.
func TestTheLevelAboveLooksAgain(t *testing.T) {
	roster := complainttest.Staffed()
	roster.Officers = append(roster.Officers, complainttest.Officer("third", "410800", complaint.Reviewer))
	r := newRoom(t, roster)
	draft := r.draft()
	draft.Accused[0].Unit = "410823-01"
	n := r.file(draft)
	r.must("first", n, "pass")
	r.must("county-vet", n, "sign-for")
	r.must("county-vet", n, "reply", "outcome", "unsubstantiated", "words", "没有这回事。")
	r.must("second", n, "sign")
	r.say(draft.Receipt, complaint.Action{Move: complaint.Object, Words: []byte("没有查")})
	r.stands(n, complaint.Reexamination)
	for _, who := range []string{"second", "county-vet"} {
		if a := r.do(who, "POST", casePath(n)+"/decide", url.Values{"turn": {itoa(r.fold(n).Turn)}, "outcome": {"substantiated"}, "words": {"话"}}); a.StatusCode != 404 {
			t.Errorf("%s, who took part: %d", who, a.StatusCode)
		}
	}
	r.must("third", n, "decide", "outcome", "substantiated", "words", "查实，责令改正。")
	r.stands(n, complaint.Final)
}
