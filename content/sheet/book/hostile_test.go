package book

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// claimed is a zip entry that says it has n bytes.
func claimed(t testing.TB, z *zip.Writer, name string, n, compressed uint64) {
	t.Helper()
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: n, CompressedSize64: compressed}
	w, err := z.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, compressed)); err != nil {
		t.Fatal(err)
	}
}

func zipOf(t testing.TB, f func(z *zip.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f(z)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hostile are files that must be refused, by what is wrong with them.
func hostile(t testing.TB) map[string][]byte {
	t.Helper()
	good := raw{}.zip(t)
	lying := bytes.Clone(good)
	for at := 0; ; { // every entry says it is small
		i := bytes.Index(lying[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i + 4
		binary.LittleEndian.PutUint32(lying[at+20:], 10)
	}
	encrypted := bytes.Clone(good)
	encrypted[bytes.Index(good, []byte("PK\x01\x02"))+8] |= 1
	return map[string][]byte{
		"a part of a gigabyte": zipOf(t, func(z *zip.Writer) { claimed(t, z, sheetXML, 1<<30, 8<<20) }),
		"many parts of 60 MB": zipOf(t, func(z *zip.Writer) {
			for i := range 4 {
				claimed(t, z, fmt.Sprintf("xl/media/image%d.png", i), 60<<20, 1<<20)
			}
		}),
		"a small part that expands":            raw{"xl/styles.xml": strings.Repeat(" ", 10<<20)}.zip(t),
		"a large part of what is small":        zipOf(t, func(z *zip.Writer) { claimed(t, z, "xl/styles.xml", 17<<20, 1<<20) }),
		"sizes that lie":                       lying,
		"ten thousand entries":                 zipOf(t, func(z *zip.Writer) { manyEntries(t, z, 10_000) }),
		"the same name twice":                  zipOf(t, func(z *zip.Writer) { z.Create("xl/a.xml"); z.Create("XL/A.xml") }),
		"a name that leads out":                raw{"../../etc/passwd": "x"}.zip(t),
		"a name from the root":                 raw{"/xl/a.xml": "x"}.zip(t),
		"a name with a backslash":              raw{`xl\a.xml`: "x"}.zip(t),
		"half a file":                          good[:len(good)/2],
		"a file without its end":               good[:len(good)-10],
		"two letters":                          []byte("PK"),
		"a zip in encryption":                  encrypted,
		"a wrong checksum":                     wrongChecksum(good),
		"an entity":                            raw{sheetXML: `<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>`}.zip(t),
		"an entity nobody declared":            cellsXML(`<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>`).zip(t),
		"elements without end":                 raw{sheetXML: strings.Repeat("<a>", 1_000_000)}.zip(t),
		"a row past the last":                  cellsXML(`<row r="1048577"><c><v>1</v></c></row>`).zip(t),
		"a row of the past":                    cellsXML(`<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>`).zip(t),
		"a row of no number":                   cellsXML(`<row r="-1"><c><v>1</v></c></row>`).zip(t),
		"a cell past the last":                 cellsXML(`<row r="1"><c r="XFE1"><v>1</v></c></row>`).zip(t),
		"a cell far out":                       cellsXML(`<row r="1"><c r="XFD99999999"><v>1</v></c></row>`).zip(t),
		"a cell of another row":                cellsXML(`<row r="1"><c r="A2"><v>1</v></c></row>`).zip(t),
		"a cell twice":                         cellsXML(`<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>1</v></c></row>`).zip(t),
		"a text that is not there":             cellsXML(`<row r="1"><c r="A1" t="s"><v>5</v></c></row>`).zip(t),
		"a text before the first":              cellsXML(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`).zip(t),
		"a number in words":                    cellsXML(`<row r="1"><c r="A1"><v>many</v></c></row>`).zip(t),
		"no number":                            cellsXML(`<row r="1"><c r="A1"><v>NaN</v></c></row>`).zip(t),
		"columns backwards":                    raw{sheetXML: `<worksheet><cols><col min="5" max="1" hidden="1"/></cols></worksheet>`}.zip(t),
		"columns past the last":                raw{sheetXML: `<worksheet><cols><col min="1" max="999999999" hidden="1"/></cols></worksheet>`}.zip(t),
		"a merge of nothing":                   raw{sheetXML: `<worksheet><mergeCells><mergeCell ref="A1:XFD99999999"/></mergeCells></worksheet>`}.zip(t),
		"far cells in every row":               cellsXML(everyRow(1000, `<c r="XFD%d"><v>1</v></c>`)).zip(t),
		"merges over merges over every row":    raw{sheetXML: rawHead + everyRow(20_000, `<c r="A%d"><v>1</v></c>`) + `</sheetData><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 100_000) + `</mergeCells></worksheet>`}.zip(t),
		"a tag without end":                    raw{sheetXML: `<worksheet a="` + strings.Repeat("a", 2<<20)}.zip(t),
		"a text without end":                   cellsXML(`<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("长", 1<<20)).zip(t),
		"an attribute without quotes":          cellsXML(`<row r=1/>`).zip(t),
		"two tabs of one part":                 raw{"xl/workbook.xml": `<workbook xmlns:r="` + relNS + `"><sheets><sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/></sheets></workbook>`}.zip(t),
		"a tab without a part":                 raw{"xl/_rels/workbook.xml.rels": relations(relation{"worksheet", "worksheets/sheet9.xml"})}.zip(t),
		"no tabs":                              raw{"xl/workbook.xml": `<workbook/>`}.zip(t),
		"a thousand tabs":                      raw{"xl/workbook.xml": `<workbook><sheets>` + strings.Repeat(`<sheet name="a"/>`, 1000) + `</sheets></workbook>`}.zip(t),
		"a workbook that is not there":         raw{"_rels/.rels": relations(relation{"officeDocument", "xl/other.xml"})}.zip(t),
		"UTF-16":                               raw{sheetXML: "\xff\xfe<\x00w\x00/\x00>\x00"}.zip(t),
		"an empty file":                        nil,
		"a name of .xlsx on something else":    []byte("x"),
		"thirty million commas":                bytes.Repeat([]byte(","), 30<<20),
		"two million lines":                    bytes.Repeat([]byte("a\n"), 2<<20),
		"a file of 33 MB":                      bytes.Repeat([]byte("a"), 33<<20),
		"an end before a beginning":            raw{sheetXML: `</worksheet><worksheet>`}.zip(t),
		"rows inside of what never ends":       raw{sheetXML: `<worksheet><sheetData><row r="1"><c r="A1"><v>1`}.zip(t),
		"a reference to a character of no use": cellsXML(`<row r="1"><c r="A1" t="str"><v>&#0;&#xD800;&#x110000;</v></c></row>`).zip(t),
	}
}

// wrongChecksum changes the checksum of the sheet in the file's directory.
func wrongChecksum(b []byte) []byte {
	b = bytes.Clone(b)
	directory := bytes.Index(b, []byte("PK\x01\x02"))
	name := directory + bytes.Index(b[directory:], []byte(sheetXML))
	copy(b[name-46+16:], "abcd")
	return b
}

func manyEntries(t testing.TB, z *zip.Writer, n int) {
	t.Helper()
	for i := range n {
		if _, err := z.Create(fmt.Sprintf("xl/%d.xml", i)); err != nil {
			t.Fatal(err)
		}
	}
}

func everyRow(n int, cell string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d">`+cell+`</row>`, i+1, i+1)
	}
	return b.String()
}

// A hostile file is refused with a sentence, and has not cost more memory than
// what is said here.
func TestHostileFilesAreRefused(t *testing.T) {
	for name, b := range hostile(t) {
		start := time.Now()
		used := allocated(func() {
			book, err := Open(map[bool]string{true: "x.csv", false: "x.xlsx"}[strings.Contains(name, "million")], b)
			if refusal := (*Refusal)(nil); !errors.As(err, &refusal) || refusal.Text == "" {
				t.Errorf("%s: no refusal but %v, %v", name, book, err)
			}
		})
		if used > 320<<20 {
			t.Errorf("%s: %d MB were allocated", name, used>>20)
		}
		t.Logf("%-40s %6d bytes, %4d MB, %v", name, len(b), used>>20, time.Since(start).Round(time.Millisecond))
	}
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Of a file that says it is large only what is there counts.
func TestDimensionsAreNotBelieved(t *testing.T) {
	t.Parallel()
	f := raw{sheetXML: `<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData><mergeCells count="4000000000"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`}
	got, err := Open("x.xlsx", f.zip(t))
	if err != nil || len(got.Tabs[0].Rows) != 1 || len(got.Tabs[0].Rows[0].Cells) != 16384 {
		t.Errorf("read %v", err)
	}
}

// What is no table we read says what it is, and what to do.
func TestOtherKindsAreNamed(t *testing.T) {
	t.Parallel()
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	for name, c := range map[string]struct{ body, want string }{
		"a.xls":  {ole, ".xls 旧格式"},
		"a.et":   {ole, ".et 表格"},
		"b.et":   {"x", ".et 表格"},
		"a.doc":  {ole + string(wide("WordDocument")), "文字文档"},
		"a.xlsx": {ole + string(wide("EncryptedPackage")), "打开密码"},
		"b.xlsx": {"<html>", "内容却不是"},
		"b.xls":  {"<html><table>", ".xls 旧格式"},
		"c.csv":  {"<!DOCTYPE html>", "网页"},
		"a.pdf":  {"%PDF-1.7", "PDF"},
		"a.csv":  {"%PDF-1.7", "PDF"},
		"a.docx": {string(zipOf(t, func(z *zip.Writer) { z.Create("word/document.xml") })), "文字文档"},
		"a.ods":  {string(zipOf(t, func(z *zip.Writer) { z.Create("content.xml") })), ".ods"},
		"a.zip":  {string(zipOf(t, func(z *zip.Writer) { z.Create("a.xlsx") })), "压缩包"},
		"a.xlsm": {string(raw{"xl/vbaProject.bin": "x"}.zip(t)), "宏"},
		"a.jpg":  {"\xff\xd8\xff\xe0", "图片"},
		"a.txt":  {"单位,人数", "只能读"},
		"d.csv":  {"a\x00b", "编码"},
		"e.csv":  {"\"a", "引号"},
	} {
		_, err := Open(name, []byte(c.body))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something of %s", name, err, c.want)
		}
	}
}
