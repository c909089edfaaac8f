package main

import (
	"strings"
	"testing"
)

// Publishing names what it changed, and a row that was deleted or put in is
// one change, whatever stands below it.
func TestPublishNamesWhatChanged(t *testing.T) {
	data := t.TempDir()
	publish := func(pack string, args ...string) string {
		t.Helper()
		code, says, said := once(append([]string{"publish", "--data", data, "--content", pack}, args...)...)
		if code != 0 {
			t.Fatalf("publish: %d, %s", code, said)
		}
		return says
	}
	pack := changed(t, "")
	if says := publish(pack); !strings.Contains(says, "条，发布为第 1 版。\n") {
		t.Errorf("the first edition: %s", says)
	}
	replace(t, pack, "glossary.csv",
		"\nfiling,学籍备案,备案|电子学籍备案,注册之后再报上去登记一次。过了截止日期，当年不再办。,jiaojiaowen-2022-48#s3.p1,新生电子学籍注册后，学校需在学籍信息模块进行电子学籍备案", "",
		"归市里管的中职学校。", "由市里管的中职学校。")
	const want = "内容包有 2 处变化，发布为第 2 版。改 1，撤 1：改 term/municipal（市属学校）、撤 term/filing（学籍备案）。"
	if says := publish(pack, "--note", "<b>改了两处</b>"); !strings.Contains(says, want) {
		t.Errorf("it says %s, want %s", says, want)
	}
	p := startOn(t, data)
	glossary := p.get(t, "/glossary").body
	for _, want := range []string{"第 2 版</a>：&lt;b&gt;改了两处&lt;/b&gt; · 数据截至", "已撤回", "学籍备案", "编辑更新资料时撤下了这一条。"} {
		if !strings.Contains(glossary, want) {
			t.Errorf("/glossary does not say %s", want)
		}
	}
	if calendar := p.get(t, "/calendar/2022").body; strings.Contains(calendar, "改了两处") {
		t.Error("a page that the edition did not touch has its note")
	}
	replace(t, pack, "glossary.csv", "\nmunicipal,", "\nfiling,学籍备案,,报上去登记。,jiaojiaowen-2022-48#s3.p1,电子学籍备案\nmunicipal,")
	if says := publish(pack); !strings.Contains(says, "有 1 处变化，发布为第 3 版。改 1：改 term/filing（学籍备案）。") {
		t.Errorf("a row put in: %s", says)
	}
	replace(t, pack, "targets.csv", "\n", "\n\n") // blank rows change nothing
	replace(t, pack, "faq.csv", "打12345反映", "打12345来反映")
	if says := publish(pack); !strings.Contains(says, "发布为第 4 版。改 ") || !strings.HasSuffix(says, " 等。\n") || strings.Count(says, "改 faq/") != 10 {
		t.Errorf("many changes: %s", says)
	}
}
