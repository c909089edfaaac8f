package site

import (
	"testing"

	"yangguang/content"
)

func TestArticleBlock(t *testing.T) {
	b := articleBlockOf(&content.Snapshot{}, content.Block{Kind: content.Paragraph, Text: "- 见（/unpublished）。\n- 二\n"})
	if !b.Items() || len(b.Lines) != 2 {
		t.Fatalf("%+v, want two items", b.Lines)
	}
	if got := b.Lines[0].Text; len(got) != 3 || got[1].URL != "/unpublished" || got[2].Text != "）。" {
		t.Errorf("first item %+v, want a link to /unpublished in it", got)
	}
	if b := articleBlockOf(&content.Snapshot{}, content.Block{Kind: content.Paragraph, Text: "一句话"}); b.Items() || len(b.Lines) != 1 {
		t.Errorf("a sentence: %+v, want one line that is no item", b.Lines)
	}
}

func TestOwnPaths(t *testing.T) {
	for text, want := range map[string]string{
		"/policies":              "/policies",
		"见 /targets/2022 一页":     "/targets/2022",
		"“尚未公开”（/unpublished）":   "/unpublished",
		"https://www.gov.cn/x":   "",
		"12/20":                  "",
		"//evil.example/targets": "",
	} {
		got := ""
		for _, c := range ownPaths(text) {
			got += c.URL
		}
		if got != want {
			t.Errorf("ownPaths(%q) = %q, want %q", text, got, want)
		}
	}
}
