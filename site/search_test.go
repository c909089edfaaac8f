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
