package desk_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestAStalePageIsTakenBackKindly(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	old := r.get("first", casePath(n)).page(t).filled(casePath(n) + "/ask")
	old.Set("words", "在哪里说的？<b>")
	r.must("second", n, "withdraw", "words", "来电撤回")
	a := r.do("first", "POST", casePath(n)+"/ask", old)
	text := a.page(t).text()
	if a.StatusCode != 409 || !strings.Contains(text, "状态刚刚变了") || !strings.Contains(text, "在哪里说的？<b>") || strings.Contains(a.body, "说的？<b>") {
		t.Errorf("%d\n%s", a.StatusCode, a.body)
	}
	r.stands(n, complaint.Closed)
}

// A form that lacks something is not asked for more once its step is over.
func TestAStalePageThatLacksSomethingIsStale(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	r.must("first", n, "take")
	old := r.get("first", casePath(n)).page(t).filled(casePath(n) + "/reply")
	old.Set("words", "查了三天。")
	r.must("second", n, "withdraw", "words", "来电撤回")
	a := r.do("first", "POST", casePath(n)+"/reply", old)
	if text := a.page(t).text(); a.StatusCode != 409 || !strings.Contains(text, "状态刚刚变了") || !strings.Contains(text, "查了三天。") {
		t.Errorf("%d\n%s", a.StatusCode, text)
	}
}

func TestWhatWasTypedIsKeptInItsForm(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	r.must("first", n, "take")
	a := r.press("first", n, "reply", "outcome", "", "words", "查了三天。\n<i>依据</i>")
	p := a.page(t)
	if a.StatusCode != 422 || !strings.Contains(p.text(), "请选一项") {
		t.Fatalf("%d", a.StatusCode)
	}
	if v := p.filled(casePath(n) + "/reply"); v.Get("words") != "查了三天。\n<i>依据</i>" {
		t.Errorf("kept: %q", v.Get("words"))
	}
}

func TestASlipInANumberIsTold(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	n := r.file(r.draft())
	for _, wrong := range []string{"12", string(n), "2026-00000000-0"} {
		a := r.press("first", n, "merge", "lead", wrong)
		if a.StatusCode != 422 || !strings.Contains(a.body, `value="`+wrong+`"`) {
			t.Errorf("merged with %s: %d", wrong, a.StatusCode)
		}
	}
	if a := r.get("first", "/desk/find?number="+url.QueryEscape(n.String())); a.Header.Get("Location") != casePath(n) {
		t.Errorf("found: %d %s", a.StatusCode, a.Header.Get("Location"))
	}
	if a := r.get("first", "/desk/find?number=123"); a.StatusCode != 422 || !strings.Contains(a.body, "这个编号不对") {
		t.Errorf("no number: %d", a.StatusCode)
	}
}

const planted = `"><script>alert('x')</script><img src=x onerror=alert(1)>`

func TestWhatPeopleWriteIsShownAsText(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	draft := r.draft()
	draft.Words, draft.AccusedName = []byte(planted), []byte(planted)
	n := r.file(draft)
	r.must("first", n, "note", "words", planted)
	r.must("first", n, "take")
	r.must("first", n, "draft", "outcome", "substantiated", "words", planted)
	for _, who := range []string{"first", "second"} {
		a := r.get(who, casePath(n))
		if strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img src=x") || !strings.Contains(a.page(t).text(), planted) {
			t.Errorf("%s:\n%s", who, a.body)
		}
	}
}

// What names a person is on no page before the identity was opened.
func TestIdentityIsBehindAReasonAndTwoPeople(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	draft := r.draft()
	draft.Words = []byte("我电话13812345678，身份证41080220080101123X，卡6222021234567890123")
	draft.Who = []byte(`{"who":"parent","name":"张三丰","phone":"13900001111"}`)
	n := r.file(draft)
	secrets := []string{"张三丰", "13900001111", "13812345678", "41080220080101123X", "6222021234567890123"}
	none := func(when string) {
		t.Helper()
		for _, who := range []string{"first", "second"} {
			for _, path := range []string{"/desk", casePath(n), "/desk/find?number=" + string(n), "/desk?state=submitted"} {
				a := r.get(who, path)
				for _, s := range secrets {
					if strings.Contains(a.body, s) {
						t.Errorf("%s: %s is on %s for %s", when, s, path, who)
					}
				}
				if a.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s is kept: %v", path, a.Header)
				}
			}
		}
	}
	none("at first")
	if a := r.do("first", "POST", casePath(n)+"/identity", url.Values{}); a.StatusCode != 403 || strings.Contains(a.body, "张三丰") {
		t.Errorf("without approval: %d", a.StatusCode)
	}
	r.must("first", n, "identity-ask", "reason", "must_contact")
	none("asked")
	if a := r.do("first", "POST", casePath(n)+"/identity-grant", url.Values{"officer": {"first"}, "turn": {itoa(r.fold(n).Turn)}}); a.StatusCode < 400 {
		t.Errorf("approved by the one who asked: %d", a.StatusCode)
	}
	r.must("second", n, "identity-grant")
	none("approved")
	a := r.press("first", n, "identity")
	if a.StatusCode != 200 || !strings.Contains(a.body, "张三丰") || !strings.Contains(a.body, "13900001111") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("opened: %d", a.StatusCode)
	}
	if a := r.do("second", "POST", casePath(n)+"/identity", url.Values{}); a.StatusCode != 403 {
		t.Errorf("opened by another: %d", a.StatusCode)
	}
	none("opened")

	a = r.press("first", n, "words", "reason", "must_verify")
	if a.StatusCode != 200 || !strings.Contains(a.body, "41080220080101123X") {
		t.Errorf("the words without a mask: %d", a.StatusCode)
	}
	none("after the words were opened")
	story := r.get("second", casePath(n)).page(t).text()
	for _, want := range []string{"申请看身份：要联系到本人", "同意看身份", "看了身份", "看了原件"} {
		if !strings.Contains(story, want) {
			t.Errorf("the story lacks %s", want)
		}
	}
}
