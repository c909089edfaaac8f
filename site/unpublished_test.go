package site

import (
	"strings"
	"testing"

	"yangguang/content"
)

func TestUnpublished(t *testing.T) {
	duty := func(key string, ordered bool, met content.Type) content.Change {
		d := &content.Duty{Name: key, Text: "说明" + key, Owner: "示例市教育局", Ordered: ordered, Met: met, Ask: "打12345"}
		d.Year = 2022
		d.ID, d.Source = content.ID("duty/"+key), content.Source{Policy: "policy/n", Place: "s2.p1", Quote: "应公开" + key}
		return content.Change{Op: content.Put, ID: d.ID, Record: d}
	}
	s, err := notice(t).Apply(content.Edition{Number: 2, Changes: []content.Change{
		duty("list", true, content.TypeQualification), duty("numbers", false, content.TypeTarget), duty("nothing", true, ""),
		duty("reports", false, ""),
	}})
	if err != nil {
		t.Fatal(err)
	}
	html := shown(t, s, func(s *Site) pageFunc { return s.unpublished }, nil)
	wants(t, html, "有 <b>2 项</b>", "下面 1 项", `id="list"`, `id="nothing"`, "示例市教育局", "打12345", "应公开list", `href="/policies/n#s2.p1"`,
		`<div id="numbers">`, `href="/targets">打开`)
	// Only what a document orders to be published is owed.
	owed, missing, _ := strings.Cut(html, "下面 1 项")
	wants(t, owed, "未公布", "not:本站没有收到</span>", "not:说明reports")
	wants(t, missing, "说明reports", "本站没有收到</span>", "not:未公布")
}
