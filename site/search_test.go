package site

import (
	"testing"

	"yangguang/search"
	"yangguang/site/page"
)

func TestAddressOfASearch(t *testing.T) {
	for _, c := range []struct {
		query  search.Query
		elder  bool
		kind   string
		offset int
		want   string
	}{
		{query: search.Query{Text: "卫校"}, want: "/search?q=%E5%8D%AB%E6%A0%A1"},
		{query: search.Query{Text: "a&b=c d"}, kind: "faq", want: "/search?q=a%26b%3Dc+d&type=faq"},
		{query: search.Query{Text: "x", Year: 2022}, kind: `"&q=y`, offset: 20, want: "/search?q=x&type=%22%26q%3Dy&year=2022&offset=20"},
		{query: search.Query{Text: "x"}, elder: true, want: "/search?q=x&view=elder"},
	} {
		p := &searchPage{Frame: page.Frame{Elder: c.elder}, Query: c.query}
		if got := p.Address(c.kind, c.offset); got != c.want {
			t.Errorf("%+v %s %d: %s, want %s", c.query, c.kind, c.offset, got, c.want)
		}
	}
}

func TestOnWhatAnAnswerRests(t *testing.T) {
	for want, source := range map[string]search.Source{
		"焦教文〔2022〕48号 附件1 B10": {Policy: "policy/n", Title: "焦教文〔2022〕48号", Place: "annex1!B10"},
		"中华人民共和国广告法第二十四条":      {Title: "中华人民共和国广告法", Place: "二十四"},
		"示例市中等职业学校基本情况 B5":     {Title: "示例市中等职业学校基本情况", Place: "school!B5"},
		"国务院办公厅关于部分节假日安排的通知":   {Title: "国务院办公厅关于部分节假日安排的通知"},
	} {
		if got := answerSource(source); got != want {
			t.Errorf("%+v is said as %q, want %q", source, got, want)
		}
	}
}
