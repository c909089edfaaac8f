package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

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
	if mine, others := strings.Count(r.get("first", "/desk").body, "等您</span>"), strings.Count(r.get("second", "/desk").body, "等您</span>"); mine != 3 || others != 0 {
		t.Errorf("%d wait for who takes in, %d for who reviews", mine, others)
	}
	r.must("first", fresh, "take")
	if got := r.get("first", "/desk?state=investigating").page(t).listed(); !slices.Equal(got, []string{string(fresh)}) {
		t.Errorf("in work: %v", got)
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
	if page := r.get("first", "/desk").body; !strings.Contains(page, `data-newest="`+before+`"`) {
		t.Errorf("the page does not know %s", before)
	}
	other := r.draft()
	other.Accused[0].Unit = "410823-01"
	r.file(other)
	if after := r.get("first", "/desk/newest").body; after == before {
		t.Error("nothing came")
	}
	if a := r.get("registry", "/desk/newest"); a.body != "0" {
		t.Errorf("who sees nothing is told of %s", a.body)
	}
	if a := r.get("nobody", "/desk/newest"); a.StatusCode != 401 {
		t.Errorf("outside: %d", a.StatusCode)
	}
	// What an officer does is no news to the same officer.
	a := r.get("first", casePath(n))
	if now := r.get("first", "/desk/newest").body; !strings.Contains(a.body, `data-newest="`+now+`"`) {
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
