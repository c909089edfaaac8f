package main

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

// found is what /api/v1/search says, as far as it is compared here.
type found struct {
	Hits []struct{ Type, ID, Title, Text, URL string }
}

// TestFoundAsShown: what a search says of a record of each type stands on the
// page that shows it, in the same words and figures.
func TestFoundAsShown(t *testing.T) {
	p := start(t)
	for _, c := range []struct {
		query, id string
		// page is where the record is shown, where that is not the hit's address.
		page string
		// figure is the figure that the page shows of it, and that must stand in the
		// text of the hit.
		figure string
		// fact is what must stand in the hit and on the page, where the page says
		// the rest in its own way.
		fact string
	}{
		{query: "武陟", id: "target/2022/410823", figure: "target/2022/410823#number"},
		{query: "全市合计", id: "target/2022", figure: "target/2022#number"},
		{query: "解放区", id: "unit/410802", page: "/targets/2022", fact: "本文件未列"},
		{query: "秋季学籍备案", id: "key_date/2022/autumn-filing", fact: "12月20日"},
		{query: "19岁读几年", id: "rule/2022/duration-adult", page: "/tools/duration?age=19"},
		{query: "残疾考生", id: "aid/2022/disability", fact: "关怀和帮助"},
		{query: "12345", id: "contact/hotline-12345", page: "/complain", fact: "12345"},
		{query: "学费多少", id: "faq/tuition", page: "/faq"},
		{query: "同等学力", id: "term/equivalent"},
		{query: "招生周报", id: "duty/2022/bulletins", fact: "从2022年6月10日起每周"},
		{query: "索要、收受任何名义的经费", id: "policy/jiaojiaowen-2022-48#s2.p1"},
		{query: "48号文", id: "policy/jiaojiaowen-2022-48", fact: "焦教文〔2022〕48号"},
		{query: "个人信息怎么删除", id: "article/privacy"},
	} {
		var got found
		if err := json.Unmarshal([]byte(p.get(t, "/api/v1/search?q="+url.QueryEscape(c.query)).body), &got); err != nil {
			t.Fatal(err)
		}
		at := -1
		for i, h := range got.Hits {
			if h.ID == c.id {
				at = i
			}
		}
		if at < 0 {
			t.Errorf("%s does not find %s", c.query, c.id)
			continue
		}
		hit := got.Hits[at]
		path, _, _ := strings.Cut(hit.URL, "#")
		if c.page != "" {
			path = c.page
		}
		page := visited{answer: p.get(t, path)}
		page.read(t)
		shown := strings.Join(strings.Fields(text(page.root)), "")
		if c.figure != "" {
			value := ""
			for n := range page.root.Descendants() {
				if n.DataAtom == atom.Data && attr(n, "data-figure") == c.figure {
					value = attr(n, "value")
				}
			}
			if value == "" || !strings.Contains(hit.Text, " "+value+" ") {
				t.Errorf("%s: %s is %q on %s, and the hit says %q", c.query, c.figure, value, path, hit.Text)
			}
			continue
		}
		if c.fact != "" {
			if !strings.Contains(hit.Text, c.fact) || !strings.Contains(shown, c.fact) {
				t.Errorf("%s: %s stands not in the hit %q or not on %s", c.query, c.fact, hit.Text, path)
			}
			continue
		}
		for part := range strings.FieldsFuncSeq(hit.Text, func(r rune) bool { return strings.ContainsRune("…·。\n", r) }) {
			if part = strings.Join(strings.Fields(part), ""); !strings.Contains(shown, part) {
				t.Errorf("%s: %q stands not on %s", c.query, part, path)
			}
		}
	}
}
