package site

import (
	"net/url"
	"testing"
)

func TestAskedAbout(t *testing.T) {
	s := notice(t)
	for about, want := range map[string]aboutWhat{
		"target/2022/1#number": {Year: 2022, Name: "甲县", Value: "70", Path: "/targets/2022/1", FigureID: "target/2022/1#number"},
		"target/2022#number":   {Year: 2022, Name: "合计", Value: "100", Path: "/targets/2022", FigureID: "target/2022#number"},
		"target/2022":          {Year: 2022, Name: "合计", Value: "100", Path: "/targets/2022", FigureID: "target/2022#number"},
		"policy/n":             {Year: 2022, Name: "通知", Value: "示教文〔2022〕1号", Path: "/policies/n", FigureID: "policy/n#number"},
		"key_date/2022/last":   {Year: 2022, Name: "截止", Value: "2022年11月20日", Path: "/calendar/2022#last", FigureID: "key_date/2022/last#date"},
		"/tools/duration":      {Path: "/tools/duration"},
	} {
		got, ok := askedAbout(s, about)
		got.Source = want.Source
		if !ok || got != want {
			t.Errorf("askedAbout(%q) = %+v, %v; want %+v", about, got, ok, want)
		}
	}
	for _, about := range []string{"", "target/1999/1", "//evil.example", "https://evil.example/", "/请打13800000000", "javascript:alert(1)", "/a?b=c"} {
		if got, ok := askedAbout(s, about); ok {
			t.Errorf("askedAbout(%q) = %+v, want nothing", about, got)
		}
	}
}

// How to complain without this site stands below the form.
func TestComplainPage(t *testing.T) {
	o := newOffice(t, nil)
	page := o.get("/complain")
	page.has(t, "进行虚假招生宣传", "0391-2992835", "历史文件 · 2022年", `href="tel:12345"`, `href="tel:110"`, "同意，往下写",
		"每天至少18小时", `<div id="distress-12356">`, "人民日报",
		// an old number is no link to call
		"not:tel:0391", "not:noindex", "not:您觉得这一条有误")
	o.get("/complain?about=target/2022/410823%23number").has(t, "noindex", "您觉得这一条有误")
	wants(t, o.get("/complain?about="+url.QueryEscape(hostile)).raw, "not:alert(1)")
	wants(t, o.post("/complain", "words", hostile).raw, "&lt;script&gt;alert(1)", "not:<script>alert", "not:<img src=x")
}

// Where no complaints are taken, the words that another page hands over are
// shown to be copied.
func TestWithoutAnOffice(t *testing.T) {
	o := newOffice(t, func(o *office) { o.closed = true })
	o.post("/complain", "words", "他要\n500元").has(t, "他要\n500元", "本站没有保存", "现在还不收投诉", "not:同意，往下写")
	if got := o.get("/chat").StatusCode; got != 404 {
		t.Errorf("/chat: %d", got)
	}
}
