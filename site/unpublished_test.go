package site

import (
	"testing"

	"yangguang/content"
)

func TestUnpublished(t *testing.T) {
	duty := func(key string, met content.Type) content.Change {
		d := &content.Duty{Name: key, Text: "说明" + key, Owner: "示例市教育局", Met: met, Ask: "打12345"}
		d.ID, d.Source = content.ID("duty/"+key), content.Source{Policy: "policy/n", Place: "s2.p1", Quote: "应公开" + key}
		return content.Change{Op: content.Put, ID: d.ID, Record: d}
	}
	s, err := notice(t).Apply(content.Edition{Number: 2, Changes: []content.Change{
		duty("list", content.TypeQualification), duty("numbers", content.TypeTarget), duty("nothing", ""),
	}})
	if err != nil {
		t.Fatal(err)
	}
	html := shown(t, s, func(s *Site) pageFunc { return s.unpublished }, nil)
	wants(t, html, "2 项", `id="list"`, `id="nothing"`, "示例市教育局", "打12345", "应公开list", `href="/policies/n#s2.p1"`,
		`<div id="numbers">`, `href="/targets">打开`)
}
