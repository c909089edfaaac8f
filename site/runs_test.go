package site

import (
	"strings"
	"testing"
)

func TestRuns(t *testing.T) {
	text := "招空姐，包分配"
	at := func(words string) cut {
		i := strings.Index(text, words)
		return cut{From: i, To: i + len(words)}
	}
	link := at("空姐")
	link.URL = "/x"
	for _, test := range []struct {
		name string
		cuts []cut
		want string // pieces: [marked], (linked)
	}{
		{"no cut", nil, "招空姐，包分配"},
		{"a mark and a link, in any order", []cut{at("包分配"), link}, "招(空姐)，[包分配]"},
		{"the longer of two that begin together", []cut{at("包"), at("包分配")}, "招空姐，[包分配]"},
		{"the first of two that overlap", []cut{at("分配"), at("包分")}, "招空姐，[包分]配"},
		{"outside the text", []cut{{From: 3, To: 300}, {From: -4, To: 2}, {From: 5, To: 5}}, "招空姐，包分配"},
		{"the whole", []cut{at(text)}, "[招空姐，包分配]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got strings.Builder
			for _, r := range runs(text, test.cuts) {
				switch {
				case r.Mark:
					got.WriteString("[" + r.Text + "]")
				case r.URL != "":
					got.WriteString("(" + r.Text + ")")
				default:
					got.WriteString(r.Text)
				}
			}
			if got.String() != test.want {
				t.Errorf("got %s, want %s", got.String(), test.want)
			}
		})
	}
}

func TestEverywhere(t *testing.T) {
	if got := everywhere("甲乙甲甲", "甲", ""); len(got) != 3 || got[1].From != 6 {
		t.Errorf("everywhere = %v, want three, the second at byte 6", got)
	}
	if got := everywhere("甲", "", ""); got != nil {
		t.Errorf("nothing is everywhere: %v", got)
	}
}
