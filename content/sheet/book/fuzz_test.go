package book

import (
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
		s, err := Decode(b)
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

func FuzzLines(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a\n\n\n\"x\ny\",2\n3\n", "\"", "a,\"b\"c\n", "\r\n\r\na\r\n", "a,b,\n,,\n , ,\n1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lines, err := Lines(lineEnds.Replace(s))
		if err != nil {
			return
		}
		last := 0
		for _, l := range lines {
			if l.Number <= last || l.Number > 1+strings.Count(lineEnds.Replace(s), "\n") {
				t.Fatalf("%q: row %d follows row %d", s, l.Number, last)
			}
			last = l.Number
			if n := len(l.Cells); n == 0 || l.Cells[n-1].Text == "" {
				t.Fatalf("%q: row %d ends blank", s, l.Number)
			}
			for _, c := range l.Cells {
				if c.Text != strings.TrimSpace(c.Text) {
					t.Fatalf("%q: cell %q keeps its white space", s, c.Text)
				}
			}
		}
	})
}
