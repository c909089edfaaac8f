package site

import (
	"testing"

	"yangguang/search"
)

func TestUnknownSchool(t *testing.T) {
	for text, want := range map[string]bool{
		"焦作工业学校": true, "郑州铁路技校": true, "学费多少": false, "焦作有哪些学校": false, "去哪个学校": false, "学校": false,
	} {
		p := &searchPage{Results: search.Results{Relaxed: true}, Query: search.Query{Text: text}}
		if got := p.Unknown(); got != want {
			t.Errorf("Unknown for %s = %v, want %v", text, got, want)
		}
		p.Relaxed = false
		if p.Unknown() {
			t.Errorf("%s is unknown though everything asked was found", text)
		}
	}
}
