package sheet

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func FuzzDecode(f *testing.F) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("年份,单位,人数\n2022,武陟县,3300\n")
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"", "武陟县,3300", "\xef\xbb\xbf武陟县", gbk, gbk[:len(gbk)/2+1], "武陟县\xff,3300", "a\x00b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decode(b)
		if err != nil {
			return
		}
		if !utf8.ValidString(s) {
			t.Errorf("%q was read as text that is not UTF-8", b)
		}
		// What was text stays the text it was.
		if utf8.Valid(b) && !strings.Contains(string(b), "\r") && s != strings.TrimPrefix(string(b), "\ufeff") {
			t.Errorf("%q was read as %q", b, s)
		}
		if !utf8.Valid(b) && strings.ContainsRune(s, utf8.RuneError) {
			t.Errorf("%q was read with characters lost", b)
		}
	})
}

func FuzzGrid(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a\n\n\n\"x\ny\",2\n3\n", "\"", "a,\"b\"c\n", "\r\n\r\na\r\n", "a,b,\n,,\n , ,\n1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lines, err := grid(lineEnds.Replace(s))
		if err != nil {
			return
		}
		last := 0
		for _, l := range lines {
			if l.number <= last || l.number > 1+strings.Count(lineEnds.Replace(s), "\n") {
				t.Fatalf("%q: row %d follows row %d", s, l.number, last)
			}
			last = l.number
			if strings.Join(l.cells, "") == "" {
				t.Fatalf("%q: row %d is blank", s, l.number)
			}
			for _, c := range l.cells {
				if c != strings.TrimSpace(c) {
					t.Fatalf("%q: cell %q keeps its white space", s, c)
				}
			}
		}
	})
}

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
		d := readDocument("x.md", lineEnds.Replace(s))
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
