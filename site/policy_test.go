package site

import (
	"testing"

	"yangguang/content"
)

func TestPolicyPage(t *testing.T) {
	html := shown(t, notice(t), func(s *Site) pageFunc { return s.policy }, map[string]string{"id": "n"})
	wants(t, html,
		// every paragraph and every cell has an address, rows as printed
		`id="s2.p1"`, `href="#s2.p1"`, `id="annex1!A1"`, `id="annex1!A2"`, `id="annex1!A3"`, `id="annex1!B3"`, `id="annex1!B5"`,
		// a number is its own source and is named as the figure taken from it
		`href="#annex1!B3"`, `data-figure="target/2022/1#number" value="70"`, `data-figure="target/2022#number" value="100"`,
		`data-figure="policy/n#annex1!B4" value="30"`,
		// the unit opens its page, the law the place where it is published
		`href="/targets/2022/1"`, `href="#law-x"`, `id="law-x"`, `href="https://law.example.invalid/"`,
		// what nobody has said
		`data-figure="policy/n#released" value="">未公布`,
		"历史文件 · 2022年",
		// what rests on it
		`id="rests"`, `href="/calendar/2022#last"`,
	)
}

func TestSheetTotal(t *testing.T) {
	s := notice(t)
	p, _ := s.Policy("n")
	annex, _ := p.Block("annex1")
	view := sheetOf(s, p, *annex)
	if len(view.Rows) != 2 || len(view.Total) != 2 || view.Total[1].Address() != "B5" {
		t.Errorf("rows %v, total %v; want two rows and the total in row 5", view.Rows, view.Total)
	}
	if view.Rows[0][0].Opens == "" || view.Rows[1][0].Opens != "" {
		t.Error("a name opens the page of its target, and only where there is one")
	}
	if isTotal([]string{"合 计", "1"}) != true || isTotal([]string{"合计县"}) || isTotal(nil) {
		t.Error("a total is a row named 合计")
	}
	empty := content.Block{ID: "annex2", Table: &content.Table{Heads: []string{"a"}}}
	if got := sheetOf(s, p, empty); len(got.Rows) != 0 || len(got.Total) != 0 {
		t.Errorf("a table without rows: %+v", got)
	}
}
