package sheet

import (
	"regexp"
	"strings"
	"testing"
)

// Only the items of a list stand on lines of their own.
var listed = regexp.MustCompile(`(?m)^(- |\d+\. )`)

func FuzzDocument(f *testing.F) {
	for _, s := range []string{
		"---\n标题: 一\n---\n\n正文\n\n## 一\n\n段\n段\n\n---\n\n末\n",
		"---\n标题: 一\n---\n## 附件 1　表\n\n单位：人\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n注\n\n## 附件 1\n",
		"---\na: b\na: c\n---\n- 一\n- 二\n\n3. 三\n\n> 引\n\n<b>x</b> ![p](q) `c` [l](/x)\n",
		"---\n", "", "\r\n---\r\n", "---\n---\n# x\n| a |\n|---|\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := readDocument("x.md", strings.ReplaceAll(s, "\r", "\n"))
		seen := map[string]bool{}
		for _, b := range d.blocks {
			if seen[b.ID] {
				t.Fatalf("%q: two blocks are %s", s, b.ID)
			}
			seen[b.ID] = true
			if d.lines[b.ID] == 0 {
				t.Fatalf("%q: %s has no place", s, b.ID)
			}
			if strings.Contains(b.Text, "\r") || strings.Contains(b.Text, "\n") && !listed.MatchString(b.Text) {
				t.Fatalf("%q: %s runs over a line: %q", s, b.ID, b.Text)
			}
			if b.Table == nil {
				continue
			}
			for _, row := range b.Table.Rows {
				if len(row) != len(b.Table.Heads) {
					t.Fatalf("%q: %s has a row of %d cells under %d heads", s, b.ID, len(row), len(b.Table.Heads))
				}
			}
		}
	})
}
