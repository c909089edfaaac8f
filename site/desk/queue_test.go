package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/staff"
)

// listed are the cases of a page of the queue, in order.
func (s shown) listed() []string {
	var out []string
	for _, a := range s.all(func(n *html.Node) bool { return n.Data == "a" }) {
		if n, ok := strings.CutPrefix(attr(a, "href"), "/desk/cases/"); ok {
			out = append(out, n)
		}
	}
	return out
}

func TestTheQueueIsByTimeLeftAndDangerFirst(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	start := r.now
	r.now = start.Add(-48 * time.Hour)
	late := r.file(r.draft())
	r.now = start
	fresh := r.file(r.draft())
	urgent := r.draft()
	urgent.Urgent = true
	danger := r.file(urgent)
	p := r.get("first", "/desk").page(t)
	if got, want := p.listed(), []string{string(danger), string(late), string(fresh)}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	if text := p.text(); !strings.Contains(text, "超期 1 件") || !strings.Contains(text, "危险") || !strings.Contains(text, "明天到期") {
		t.Errorf("%s", text)
	}
	mine, others := strings.Count(r.get("first", "/desk").body, "等您受理</span>"), r.get("second", "/desk").page(t).listed()
	if mine != 3 || len(others) != 0 {
		t.Errorf("%d wait for who takes in, %v for who reviews", mine, others)
	}
	r.must("first", fresh, "take")
	if got := r.get("first", "/desk?state=investigating").page(t).listed(); !slices.Equal(got, []string{string(fresh)}) {
		t.Errorf("in work: %v", got)
	}
}

// What a second person must do lies in that person's tray, with its number, and
// leaves it when it is done.
func TestASecondPersonIsTold(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	waits := func(who string, n complaint.Number, word, tally string) {
		t.Helper()
		p := r.get(who, "/desk").page(t)
		if got, want := p.listed(), []string{string(n)}; !slices.Equal(got, want) || !strings.Contains(p.text(), word) {
			t.Errorf("in the tray of %s: %v, want %v for %s: %s", who, got, want, word, p.text())
		}
		if got := p.all(func(n *html.Node) bool { return attr(n, "class") == "count" }); len(got) != 2 || (shown{t, got[0]}).text() != tally || (shown{t, got[1]}).text() != tally {
			t.Errorf("%s: numbers %v, want %s", who, got, tally)
		}
		if told := strings.Split(r.get(who, "/desk/newest").body, " "); told[1] != tally {
			t.Errorf("%s is told of %v", who, told)
		}
	}
	n := r.file(r.draft())
	waits("first", n, "等您受理", "1")
	r.must("first", n, "propose", "reason", "no_facts")
	waits("second", n, "等您定：不受理", "1")
	if p := r.get("first", "/desk").page(t); len(p.listed()) != 0 || !strings.Contains(p.text(), "现在没有等您的件") {
		t.Errorf("who proposed it: %s", p.text())
	}
	r.must("first", n, "take")
	r.must("first", n, "identity-ask", "reason", "must_contact")
	waits("second", n, "等您定：看身份", "1")
	r.must("second", n, "identity-grant", "officer", "first")
	if got := r.get("second", "/desk").page(t).listed(); len(got) != 0 {
		t.Errorf("after it was granted: %v", got)
	}
	r.must("first", n, "reply", "outcome", "unverifiable", "words", "查过了")
	waits("second", n, "等您审核", "1")
	r.must("second", n, "send-back", "words", "写明依据")
	waits("first", n, "等您提交审核", "1")
	r.must("first", n, "present")
	r.must("second", n, "sign")
	if one, other := r.get("first", "/desk").page(t).listed(), r.get("second", "/desk").page(t).listed(); len(one)+len(other) != 0 {
		t.Errorf("when the citizen has it: %v, %v", one, other)
	}
}

// From a case the next one is one that waits too.
func TestTheNextCaseWaitsToo(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	done, next := r.file(r.draft()), r.file(r.draft())
	r.must("first", done, "propose", "reason", "no_facts")
	a := r.get("first", casePath(done)+"?done=propose")
	if !strings.Contains(a.body, `<a href="`+casePath(next)+`">看下一件</a>`) {
		t.Errorf("the next is not %s", next)
	}
	if got := a.page(t).listed(); slices.Contains(got, string(done)) {
		t.Errorf("what is done stands beside: %v", got)
	}
}

func TestALongQueueGoesOn(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	for range 120 {
		r.now = r.now.Add(time.Second)
		r.file(r.draft())
	}
	seen := map[string]bool{}
	pages := 0
	for path := "/desk"; path != ""; pages++ {
		p := r.get("first", path).page(t)
		for _, n := range p.listed() {
			if seen[n] {
				t.Errorf("%s is listed twice", n)
			}
			seen[n] = true
		}
		path = ""
		for _, a := range p.all(func(n *html.Node) bool { return attr(n, "rel") == "next" }) {
			path = attr(a, "href")
		}
	}
	if len(seen) != 120 || pages != 3 {
		t.Errorf("%d cases on %d pages", len(seen), pages)
	}
	if got := r.get("first", "/desk?state=nonsense&after=nonsense").page(t).listed(); len(got) != 50 {
		t.Errorf("what is no place in the list: %d", len(got))
	}
}

func TestThereIsASignThatSomethingCame(t *testing.T) {
	r := newRoom(t, complainttest.Staffed())
	n := r.file(r.draft())
	before := r.get("first", "/desk/newest").body
	numbers := func() []string { return strings.Split(r.get("first", "/desk/newest").body, " ") }
	if page := r.get("first", "/desk").body; !strings.Contains(page, `data-newest="`+numbers()[0]+`" data-watch="0"`) {
		t.Errorf("what waits does not know %s", before)
	}
	if page := r.get("first", "/desk?state=open").body; !strings.Contains(page, `data-newest="`+numbers()[2]+`" data-watch="2"`) {
		t.Errorf("all that is open does not know %s", before)
	}
	other := r.draft()
	other.Accused[0].Unit = "410823-01"
	r.file(other)
	if after := r.get("first", "/desk/newest").body; after == before {
		t.Error("nothing came")
	}
	if a := r.get("registry", "/desk/newest"); a.body != "0  0" {
		t.Errorf("who sees nothing is told of %s", a.body)
	}
	if a := r.get("nobody", "/desk/newest"); a.StatusCode != 401 {
		t.Errorf("outside: %d", a.StatusCode)
	}
	// What an officer does is no news to the same officer.
	a := r.get("first", casePath(n))
	if !strings.Contains(a.body, `data-newest="`+numbers()[0]+`"`) {
		t.Error("the own look is news")
	}
}

// A page left open does not keep its officer signed in.
func TestLookingForNewsIsNobodysPresence(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	in, err := r.door.Enter(t.Context(), r.links["first"], staff.From{})
	if err != nil {
		t.Fatal(err)
	}
	r.token = in.Token
	for range 5 {
		r.now = r.now.Add(8 * time.Minute)
		r.get("first", "/desk/newest")
	}
	if a := r.get("first", "/desk"); a.StatusCode != 303 {
		t.Errorf("after forty minutes: %d", a.StatusCode)
	}
}
