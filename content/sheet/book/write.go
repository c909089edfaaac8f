package book

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yangguang/pattern"
)

// Sheet is a tab to be written.
type Sheet struct {
	Name string
	// Head is how many rows at the top stay in sight and are bold.
	Head int
	// Rows are written from row 1 on, without gaps. Of a cell only Text, Number
	// and Date count: a number must be one as Go writes it, a date 2026-05-25.
	// Everything else is text, also what begins with an equals sign.
	Rows [][]Cell
}

// Words returns a row of texts.
func Words(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, s := range texts {
		cells[i].Text = s
	}
	return cells
}

// Write writes an .xlsx file of nothing but the sheets: no author, no program,
// no times. The same sheets give the same bytes.
func Write(w io.Writer, tabs ...Sheet) error {
	if len(tabs) == 0 {
		return errors.New("book: a workbook has a sheet at least")
	}
	z := zip.NewWriter(w)
	names := namesOf(tabs)
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes(len(tabs))},
		{"_rels/.rels", relations(relation{"officeDocument", "xl/workbook.xml"})},
		{"xl/workbook.xml", workbookPart(names)},
		{"xl/_rels/workbook.xml.rels", workbookRelations(len(tabs))},
		{"xl/styles.xml", styles},
	}
	for _, p := range parts {
		part, err := create(z, p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(part, p.text); err != nil {
			return err
		}
	}
	for i, tab := range tabs {
		part, err := create(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return err
		}
		if err := writeTab(part, tab, i == 0); err != nil {
			return fmt.Errorf("book: %s: %w", names[i], err)
		}
	}
	return z.Close()
}

// The first day that a zip file can name: every file has one, ours is no time.
var noTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func create(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: noTime})
}

// pen writes texts; the first error stays until the writer is flushed.
type pen struct{ *bufio.Writer }

func (p pen) put(texts ...string) {
	for _, s := range texts {
		_, _ = p.WriteString(s)
	}
}

func writeTab(w io.Writer, tab Sheet, first bool) error {
	p := pen{bufio.NewWriter(w)}
	p.put(xmlHead, `<worksheet xmlns="`, mainNS, `">`, view(tab.Head, first))
	p.widths(tab.Rows)
	p.put(`<sheetData>`)
	for i, cells := range tab.Rows {
		p.put(`<row r="`, strconv.Itoa(i+1), `">`)
		for n, c := range cells {
			if err := p.cell(Address(i+1, n), c, i < tab.Head); err != nil {
				return err
			}
		}
		p.put(`</row>`)
	}
	p.put(`</sheetData></worksheet>`)
	return p.Flush()
}

// view keeps the head in sight and opens the file at its first sheet.
func view(head int, first bool) string {
	selected, pane := "", ""
	if first {
		selected = ` tabSelected="1"`
	}
	if head > 0 {
		pane = fmt.Sprintf(`<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`, head, head+1)
	}
	return `<sheetViews><sheetView` + selected + ` workbookViewId="0">` + pane + `</sheetView></sheetViews>`
}

// widths makes columns as wide as their texts, within reason. A Chinese
// character is as wide as two others.
func (p pen) widths(rows [][]Cell) {
	var widths []int
	for _, cells := range rows {
		for n, c := range cells {
			if n == len(widths) {
				widths = append(widths, 8)
			}
			for line := range strings.Lines(c.Text) {
				widths[n] = max(widths[n], min(50, width(line)+2))
			}
		}
	}
	if len(widths) == 0 {
		return
	}
	p.put(`<cols>`)
	for n, wide := range widths {
		at := strconv.Itoa(n + 1)
		p.put(`<col min="`, at, `" max="`, at, `" width="`, strconv.Itoa(wide), `" customWidth="1"/>`)
	}
	p.put(`</cols>`)
}

func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}

// longest is how many characters a cell may hold.
const longest = 32767

func (p pen) cell(at string, c Cell, head bool) error {
	switch {
	case c.Text == "":
		return nil
	case c.Number:
		if err := numeric(c.Text); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		p.put(`<c r="`, at, `"><v>`, c.Text, `</v></c>`)
	case c.Date:
		day, err := time.Parse(time.DateOnly, c.Text)
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		p.put(`<c r="`, at, `" s="`, dateStyle, `"><v>`, strconv.Itoa(serial(day)), `</v></c>`)
	default:
		if utf8.RuneCountInString(c.Text) > longest {
			return fmt.Errorf("%s: more than %d characters", at, longest)
		}
		style := textStyle
		if head {
			style = headStyle
		}
		p.put(`<c r="`, at, `" s="`, style, `" t="inlineStr"><is><t xml:space="preserve">`, escape(c.Text), `</t></is></c>`)
	}
	return nil
}

// serial counts days as spreadsheets do, from March 1900 on.
func serial(day time.Time) int {
	return int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

// written are texts that look like a character by its number, which readers of
// spreadsheets turn into that character.
var written = pattern.New(`_x[0-9A-Fa-f]{4}_`)

// escape returns text for XML, without the characters that XML has not.
func escape(s string) string {
	s = written.ReplaceAllString(strings.ToValidUTF8(s, ""), "_x005F$0")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	return escapes.Replace(s)
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "")

// namesOf returns names that a spreadsheet takes for tabs: short, without the
// signs of a formula, no two alike.
func namesOf(tabs []Sheet) []string {
	var names []string
	for i, tab := range tabs {
		name := strings.Trim(strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
				return '-'
			}
			return r
		}, tab.Name), "' ")
		if r := []rune(name); len(r) > 28 {
			name = string(r[:28])
		}
		if name == "" {
			name = "Sheet" + strconv.Itoa(i+1)
		}
		for slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(other, name) }) {
			name += strconv.Itoa(i + 1)
		}
		names = append(names, name)
	}
	return names
}

// numeric: what ParseFloat reads beyond plain numbers no spreadsheet reads.
func numeric(s string) error {
	if strings.Trim(s, "0123456789.eE+-") != "" {
		return fmt.Errorf("%q is no number", s)
	}
	_, err := strconv.ParseFloat(s, 64)
	return err
}
