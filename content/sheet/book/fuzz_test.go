package book

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
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

// Whatever the bytes are: no panic, a refusal or rows in order, and never more
// memory than a file of the largest size may take.
func FuzzOpen(f *testing.F) {
	for name, b := range hostile(f) {
		if len(b) < 4096 && !strings.Contains(name, "million") {
			f.Add(b)
		}
	}
	f.Add(raw{}.zip(f))
	f.Add([]byte("单位,人数\n沁阳市,2530\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		openBounded(t, "", b)
	})
}

// The parts of a file that are XML, apart from the zip around them.
func FuzzParts(f *testing.F) {
	f.Add(rawHead+`<row r="1" hidden="1"><c r="A1" s="1" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C3"/></mergeCells>`, `<sst><si><t>x</t></si></sst>`, styles, workbookPart([]string{"a"}))
	f.Add(rawHead+`<row><c t="inlineStr"><is><r><t>x</t></r></is></c><c t="d"><v>2026-05-25</v></c><c><f>A1</f></c></row>`, "", `<styleSheet><numFmts><numFmt numFmtId="1" formatCode="[h]:mm;@"/></numFmts><cellXfs><xf numFmtId="1"/></cellXfs></styleSheet>`, `<workbook><workbookPr date1904="1"/><definedNames><definedName name="a">"x"</definedName></definedNames></workbook>`)
	f.Fuzz(func(t *testing.T, sheet, shared, looks, book string) {
		openBounded(t, "x.xlsx", raw{sheetXML: sheet, "xl/sharedStrings.xml": shared, "xl/styles.xml": looks, "xl/workbook.xml": book}.zip(t))
	})
}

func openBounded(t *testing.T, name string, b []byte) {
	t.Helper()
	var got *Book
	var err error
	if used := allocated(func() { got, err = Open(name, b) }); used > 512<<20 {
		t.Errorf("%d MB were allocated for %d bytes", used>>20, len(b))
	}
	if refusal := (*Refusal)(nil); err != nil {
		if !errors.As(err, &refusal) || refusal.Text == "" {
			t.Fatalf("no refusal: %v", err)
		}
		return
	}
	for _, tab := range got.Tabs {
		last := 0
		for _, r := range tab.Rows {
			if n := len(r.Cells); r.Number <= last || n == 0 || n > mostColumns && tab.Name != "" || r.Cells[n-1].Text == "" {
				t.Fatalf("row %d after %d, %d cells", r.Number, last, n)
			}
			last = r.Number
			for _, c := range r.Cells {
				if !utf8.ValidString(c.Text) || c.Text != strings.TrimSpace(c.Text) || c.Number && c.Date {
					t.Fatalf("%+v", c)
				}
			}
		}
	}
	_ = Personal(got, nil)
}

// What Write wrote Open reads back equal.
func FuzzWrite(f *testing.F) {
	f.Add("单位", "=1+1", "a<&>\"'_x0041_", int64(2530), 0.1)
	f.Add("", "\ufffe\x00\r\n x", "]]>", int64(-1), 1e300)
	f.Fuzz(func(t *testing.T, a, b, c string, n int64, v float64) {
		if n > 1<<53 || n < -1<<53 || v != v || v-v != 0 || utf8.RuneCountInString(a+b+c) > longest {
			return
		}
		rows := [][]Cell{Words(a, b, c), {{Text: strconv.FormatInt(n, 10), Number: true}, {Text: strconv.FormatFloat(v, 'g', -1, 64), Number: true}}}
		var out bytes.Buffer
		if err := Write(&out, Sheet{Name: a, Head: 1, Rows: rows}); err != nil {
			t.Fatal(err)
		}
		got, err := Open("x.xlsx", out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			for j, want := range rows[i] {
				if s := cellAt(got.Tabs[0], i+1, j); !want.Number && s.Text != shown(want.Text) || want.Number && j == 0 && s != want {
					t.Errorf("%s: wrote %q, read %q", Address(i+1, j), want.Text, s.Text)
				}
			}
		}
	})
}

func cellAt(tab Tab, row, column int) Cell {
	for _, r := range tab.Rows {
		if r.Number == row && column < len(r.Cells) {
			return r.Cells[column]
		}
	}
	return Cell{}
}

// shown is what is left of a text in a file: no characters that XML has not, no
// white space around.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(s)
}

// What the library reads as XML our scanner reads as the same elements,
// attributes and texts.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{styles, workbookPart([]string{"a&b"}), `<a b='>' c="&#20108;"><![CDATA[<x>]]>&lt;<?x y?><!-- > --><d/></a>`, `<x:a y:id="1"></x:a>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, ok := byLibrary(s)
		if !ok || strings.Contains(s, "<!D") {
			return
		}
		got, err := byScanner(s)
		if err != nil {
			return // stricter: no directives, no depth, no size without end
		}
		if got != want {
			t.Errorf("%q: read\n%q, want\n%q", s, got, want)
		}
	})
}

func byLibrary(s string) (string, bool) {
	d := xml.NewDecoder(strings.NewReader(s))
	var out strings.Builder
	for {
		switch tok, err := d.Token(); x := tok.(type) {
		case nil:
			return out.String(), err == io.EOF //nolint:errorlint // the decoder's own
		case xml.StartElement:
			out.WriteString("<" + x.Name.Local)
			for _, a := range x.Attr {
				out.WriteString(" " + a.Name.Local + "=" + a.Value)
			}
			out.WriteString(">")
		case xml.EndElement:
			out.WriteString("</>")
		case xml.CharData:
			out.Write(x)
		}
	}
}

func byScanner(s string) (string, error) {
	sc := newScanner(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")))
	var out strings.Builder
	for {
		switch tok, err := sc.next(); {
		case err != nil || tok == nothing:
			return out.String(), err
		case tok == opens:
			out.WriteString("<" + string(sc.name))
			for _, a := range sc.attrs {
				v, err := unescape(nil, a.value)
				if err != nil {
					return "", err
				}
				out.WriteString(" " + string(local(a.name)) + "=" + string(v))
			}
			out.WriteString(">")
		case tok == ends:
			out.WriteString("</>")
		case tok == says:
			out.Write(sc.text)
		}
	}
}
