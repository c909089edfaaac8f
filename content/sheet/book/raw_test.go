package book

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"testing"
)

// raw is an .xlsx file by its parts. Those that a file must have and that are
// not given are the usual ones.
type raw map[string]string

const (
	rawHead  = `<worksheet xmlns="` + mainNS + `"><sheetData>`
	rawEnd   = `</sheetData></worksheet>`
	sheetXML = "xl/worksheets/sheet1.xml"
)

// cellsXML is a file with those rows.
func cellsXML(rows string) raw { return raw{sheetXML: rawHead + rows + rawEnd} }

func (r raw) zip(t testing.TB) []byte {
	t.Helper()
	all := raw{
		"[Content_Types].xml": contentTypes(1), "_rels/.rels": relations(relation{"officeDocument", "xl/workbook.xml"}),
		"xl/workbook.xml": workbookPart([]string{"计划"}), "xl/styles.xml": styles,
		"xl/_rels/workbook.xml.rels": relations(relation{"worksheet", "worksheets/sheet1.xml"}, relation{"styles", "styles.xml"}, relation{"sharedStrings", "sharedStrings.xml"}),
		sheetXML:                     rawHead + `<row r="1"><c r="A1"><v>1</v></c></row>` + rawEnd,
	}
	maps.Copy(all, r)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(all[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What files hold that only some programs write.
func TestRareForms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file raw
		want string
	}{
		"cells without addresses":     {cellsXML(`<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>`), "1|1|2\n5|||3|4\n"},
		"a prefix on every element":   {raw{sheetXML: `<x:worksheet xmlns:x="` + mainNS + `"><x:sheetData><x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`}, "2|7\n"},
		"CDATA and references":        {cellsXML(`<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<a>]]>&#x4e00;&#20108;&amp;</t></is></c></row>`), "1|<a>一二&\n"},
		"characters by number":        {cellsXML(`<row r="1"><c r="A1" t="str"><v>a_x000D_&#10;b_x0041__x005F_x0041_</v></c></row>`), "1|a\nbA_x0041_\n"},
		"pronunciation":               {raw{"xl/sharedStrings.xml": `<sst><si><r><t>东</t></r><rPh sb="0" eb="1"><t>dōng</t></rPh><r><t>京</t></r></si></sst>`, sheetXML: rawHead + `<row r="1"><c r="A1" t="s"><v>0</v></c></row>` + rawEnd}, "1|东京\n"},
		"a shared formula":            {cellsXML(`<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>4</v></c><c r="B1"><f t="shared" si="0"/></c></row>`), "1|4|=\n"},
		"a date in the strict form":   {cellsXML(`<row r="1"><c r="A1" s="3" t="d"><v>2026-05-25T00:00:00</v></c></row>`), "1|2026-05-25\n"},
		"the day before March 1900":   {cellsXML(`<row r="1"><c r="A1" s="3"><v>59</v></c><c r="B1" s="3"><v>61</v></c></row>`), "1|1900-02-28|1900-03-01\n"},
		"a number too large for days": {cellsXML(`<row r="1"><c r="A1" s="3"><v>99999999</v></c></row>`), "1|99999999\n"},
		"a sheet that is a chart":     {raw{"xl/_rels/workbook.xml.rels": relations(relation{"chartsheet", "chartsheets/sheet1.xml"})}, ""},
		"a comment with a sign":       {cellsXML(`<!-- > <row> --><row r="1" x="a>b"><c r="A1"><v>1</v></c></row>`), "1|1\n"},
	} {
		got, err := Open("x.xlsx", c.file.zip(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s := lines(got.Tabs[0]); s != c.want {
			t.Errorf("%s: read %q, want %q", name, s, c.want)
		}
	}
}
