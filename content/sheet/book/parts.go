package book

import (
	"fmt"
	"strings"
)

// The parts of a file that are not its sheets.

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	office   = "http://schemas.openxmlformats.org/"
	mainNS   = office + "spreadsheetml/2006/main"
	relNS    = office + "officeDocument/2006/relationships"
	mimeBase = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

func contentTypes(tabs int) string {
	var s strings.Builder
	s.WriteString(xmlHead + `<Types xmlns="` + office + `package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + mimeBase + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + mimeBase + `styles+xml"/>`)
	for i := range tabs {
		fmt.Fprintf(&s, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mimeBase)
	}
	return s.String() + `</Types>`
}

type relation struct{ kind, target string }

func relations(all ...relation) string {
	var s strings.Builder
	s.WriteString(xmlHead + `<Relationships xmlns="` + office + `package/2006/relationships">`)
	for i, r := range all {
		fmt.Fprintf(&s, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i+1, relNS, r.kind, r.target)
	}
	return s.String() + `</Relationships>`
}

func workbookRelations(tabs int) string {
	var all []relation
	for i := range tabs {
		all = append(all, relation{"worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
	}
	return relations(append(all, relation{"styles", "styles.xml"})...)
}

func workbookPart(names []string) string {
	var s strings.Builder
	s.WriteString(xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets>`)
	for i, name := range names {
		fmt.Fprintf(&s, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(name), i+1, i+1)
	}
	return s.String() + `</sheets></workbook>`
}

// styles are the looks that cells have, by number: 0 as it is, a head, text
// that wraps, a date.
const (
	headStyle = "1"
	textStyle = "2"
	dateStyle = "3"

	styles = xmlHead + `<styleSheet xmlns="` + mainNS + `">` +
		`<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font><font><b/><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
)
