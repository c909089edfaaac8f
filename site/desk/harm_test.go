package desk_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// A hurt pupil stands at the head of the queue; the first thing on the page is
// to report it by law, until that was done.
func TestHarmIsReportedByLaw(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	r.file(r.draft())
	d := r.draft()
	d.Kind, d.Accused = complaint.Harm, []complaint.Accused{{Kind: complaint.Schoolmate, Area: "410823"}}
	n := r.file(d)

	queue := r.get("first", "/desk").page(t).text()
	if first, second := strings.Index(queue, "伤害学生"), strings.Index(queue, "虚假宣传"); first < 0 || second < first {
		t.Errorf("harm at %d of the queue, an advert at %d", first, second)
	}
	isOpen := func(p shown) bool {
		for _, details := range p.all(func(n *html.Node) bool { return n.Data == "details" }) {
			for _, a := range details.Attr {
				if a.Key == "open" && len((shown{t, details}).forms(n)) > 0 && (shown{t, details}).forms(n)[0] == "report" {
					return true
				}
			}
		}
		return false
	}
	page := r.get("first", casePath(n)).page(t)
	for _, want := range []string{"有学生可能受了伤害", "可能有危险", "快办", "只限纪检", "同学"} {
		if !strings.Contains(page.text(), want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	if !isOpen(page) {
		t.Error("the form of the report is not open")
	}
	r.must("first", n, "report", "to", "police", "words", "10:20 打 110")
	page = r.get("first", casePath(n)).page(t)
	if strings.Contains(page.text(), "有学生可能受了伤害") || isOpen(page) {
		t.Error("it is asked for again once it was reported")
	}
}
