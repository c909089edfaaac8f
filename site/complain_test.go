package site

import "testing"

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

func TestComplainPage(t *testing.T) {
	s := notice(t)
	html := shown(t, s, func(s *Site) pageFunc { return s.complain }, map[string]string{"words": "他要\n500元", "about": "target/2022/1#number"})
	wants(t, html, "他要\n500元", "本站没有保存", `data-figure="target/2022/1#number" value="70"`, "严禁虚假招生宣传",
		"0391-0000000", "历史文件 · 2022年", `href="tel:12345"`, `href="tel:110"`, "noindex",
		"心理热线", "每天18小时", `<div id="distress-12356">`, "某报",
		// an old number is no link to call
		"not:tel:0391")
	wants(t, shown(t, s, func(s *Site) pageFunc { return s.complain }, nil), "not:您写的话", "not:noindex", "not:您觉得这一条有误")
}
