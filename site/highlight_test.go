package site

import (
	"testing"

	"yangguang/search"
)

func TestHighlighted(t *testing.T) {
	const hostile = `<b>"A&B's"</b>`
	for _, c := range []struct {
		name, text string
		marks      []search.Mark
		want       string
	}{
		{"no mark", "护理专业", nil, "护理专业"},
		{"in the middle", "学护理吗", []search.Mark{{From: 3, To: 9}}, "学<mark>护理</mark>吗"},
		{"from end to end", "护理", []search.Mark{{From: 0, To: 6}}, "<mark>护理</mark>"},
		{"two that touch", "护理", []search.Mark{{From: 0, To: 3}, {From: 3, To: 6}}, "<mark>护</mark><mark>理</mark>"},
		{"tags outside the mark", hostile, []search.Mark{{From: 4, To: 5}}, "&lt;b&gt;&#34;<mark>A</mark>&amp;B&#39;s&#34;&lt;/b&gt;"},
		{"tags inside the mark", hostile, []search.Mark{{From: 0, To: 5}}, "<mark>&lt;b&gt;&#34;A</mark>&amp;B&#39;s&#34;&lt;/b&gt;"},
		{"a mark that cuts an entity's worth", "a<b", []search.Mark{{From: 1, To: 2}}, "a<mark>&lt;</mark>b"},
		{"outside the text, empty, back to front", "护理", []search.Mark{{From: 3, To: 9}, {From: 0, To: 0}, {From: 6, To: 3}}, "护理"},
		{"one over another", "护理专业", []search.Mark{{From: 0, To: 6}, {From: 3, To: 9}}, "<mark>护理</mark>专业"},
	} {
		if got := rendered(t, highlighted(c.text, c.marks)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
