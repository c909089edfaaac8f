package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func (r *room) call(who string, with ...string) (answer, url.Values) {
	r.t.Helper()
	v := r.get(who, "/desk/new").page(r.t).filled("/desk/new")
	for i := 0; i+1 < len(with); i += 2 {
		v.Set(with[i], with[i+1])
	}
	return r.do(who, "POST", "/desk/new", v), v
}

func TestAComplaintByTelephone(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	with := []string{
		"kind", "illegal_fee", "accused1", "vocational_school", "place1", "", "words", "交了钱不退", "identity", "sealed", "name", "李四", "phone", "13700001111",
		"age", "minor", "named", "卫校", "danger", "",
	}
	a, v := r.call("first", with...)
	if a.StatusCode != 200 {
		t.Fatalf("%d %s", a.StatusCode, a.page(t).text())
	}
	receipt, err := complaint.ParseReceipt(v.Get("code"))
	if err != nil {
		t.Fatal(err)
	}
	seen, err := r.Follow(t.Context(), receipt)
	if err != nil || seen.Case.Channel != complaint.Telephone || !seen.Case.Minor || !strings.Contains(a.body, seen.Number.String()) || !strings.Contains(a.body, receipt.Reveal()) {
		t.Errorf("%+v %v", seen.Case, err)
	}
	again := r.do("first", "POST", "/desk/new", v)
	if again.StatusCode != 200 || !strings.Contains(again.body, seen.Number.String()) {
		t.Errorf("sent twice: %d", again.StatusCode)
	}
	if all, err := r.Queue(t.Context(), "first", complaint.Query{Limit: 10}); err != nil || len(all) != 1 {
		t.Errorf("%d cases", len(all))
	}
	for name, a := range map[string]answer{"page": r.get("second", "/desk/new"), "form": r.do("second", "POST", "/desk/new", v)} {
		if a.StatusCode != 403 {
			t.Errorf("%s for who does not take in: %d", name, a.StatusCode)
		}
	}
}

func TestACallAgainstTheBureauIsToldWhereToGoAndNotKept(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	for name, with := range map[string][]string{
		"kind":    {"kind", "against_bureau", "words", ""},
		"accused": {"kind", "privacy", "accused1", "bureau", "words", "局里的人", "identity", "anonymous", "age", "adult"},
	} {
		a, _ := r.call("first", with...)
		text := a.page(t).text()
		if a.StatusCode != 422 || !strings.Contains(text, "政务服务便民热线") || !strings.Contains(text, "纪检监察") || !strings.Contains(text, "没有存") || strings.Contains(a.body, "局里的人") {
			t.Errorf("%s: %d %s", name, a.StatusCode, text)
		}
	}
	if all, err := r.Queue(t.Context(), "first", complaint.Query{Limit: 10}); err != nil || len(all) != 0 {
		t.Errorf("%d cases, %v", len(all), err)
	}
}

func TestWhatIsMissingInACallIsTold(t *testing.T) {
	r := newRoom(t, complainttest.Trial())
	a, v := r.call("first", "kind", "irregular", "accused1", "", "words", "换了专业<u>", "identity", "named", "name", "", "age", "adult")
	if a.StatusCode != 422 {
		t.Fatalf("%d", a.StatusCode)
	}
	p := a.page(t)
	for _, want := range []string{"请选反映的是谁", "请写姓名"} {
		if !strings.Contains(p.text(), want) {
			t.Errorf("without %s", want)
		}
	}
	if again := p.filled("/desk/new"); again.Get("words") != "换了专业<u>" || again.Get("draft") != v.Get("draft") || again.Get("code") != v.Get("code") {
		t.Errorf("kept: %v", again)
	}
	if a, _ := r.call("first", "kind", "irregular", "accused1", "vocational_school", "words", "话", "identity", "named", "name", "小明", "age", "child"); a.StatusCode != 422 || !strings.Contains(a.body, "不满14岁的，不留姓名") {
		t.Errorf("under 14 by name: %d", a.StatusCode)
	}
	if a := r.do("first", "POST", "/desk/new", url.Values{"draft": {"draft-1"}, "code": {v.Get("code")}}); a.StatusCode != 422 {
		t.Errorf("with somebody else's draft: %d", a.StatusCode)
	}
}
