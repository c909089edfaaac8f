package content

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"yangguang/calendar"
)

// Sheet is a table that was published as a file (附表): the plan of a year, a
// list of schools, a weekly report. Its rows are records of their own, each
// with the sheet and its row as [Source]; what was not read into them is not
// kept, so that the file that is served is made anew from the records.
//
// One sheet is the whole of its list: what stood in it before and does not now
// is withdrawn.
type Sheet struct {
	Meta
	Title string `json:"title"`
	// Of is the type of its records.
	Of Type `json:"of"`
	// AsOf is the day up to which it speaks (截至).
	AsOf calendar.Date `json:"as_of"`
	// Columns are the letters of the columns by field: number → F.
	Columns map[string]string `json:"columns"`
	// Heads are what stands over them, by field, as printed.
	Heads map[string]string `json:"heads"`
	// Whole is true for a list of schools that is said to be all of them; only
	// then can a school be said to be missing from it.
	Whole bool `json:"whole,omitempty"`
	// Reasons are why it was published in spite of a warning, by its code.
	Reasons map[string]string `json:"reasons,omitempty"`
}

// Explained are the reasons, in the order of their codes.
func (s *Sheet) Explained() []string {
	var why []string
	for _, code := range slices.Sorted(maps.Keys(s.Reasons)) {
		why = append(why, s.Reasons[code])
	}
	return why
}

// SheetID returns the id of a sheet: of a year, or of none for 0.
func SheetID(year int, key string) ID { return yearly(TypeSheet, year, key) }

func yearly(t Type, year int, key string) ID {
	if year == 0 {
		return ID(t) + "/" + ID(key)
	}
	return ID(t) + "/" + ID(strconv.Itoa(year)) + "/" + ID(key)
}

// Sheet returns the sheet that a record stands in.
func (s *Snapshot) Sheet(id ID) (*Sheet, bool) {
	sheet, ok := s.records[id].(*Sheet)
	return sheet, ok
}

// Sheets returns all sheets, by year.
func (s *Snapshot) Sheets() []*Sheet { return list[*Sheet](s, TypeSheet) }

// SourceOf returns the source of one field of a record: in a sheet its cell,
// with the address that opens it; else the record's own.
func (s *Snapshot) SourceOf(r Record, field string) Source {
	source := r.Head().Source
	sheet, ok := s.Sheet(source.Sheet)
	if !ok {
		return source
	}
	cell := sheet.Columns[field] + source.Place
	source.URL = Path(sheet) + "?row=" + source.Place + "#" + cell
	source.Place, source.Title = sheet.ID.Key()+"!"+cell, sheet.Title
	return source
}

// DocumentOf returns the document that a record is or comes from: its own
// source, or that of the sheet it stands in.
func (s *Snapshot) DocumentOf(r Record) (*Policy, bool) {
	if p, ok := r.(*Policy); ok {
		return p, true
	}
	source := r.Head().Source
	if sheet, ok := s.Sheet(source.Sheet); ok {
		source = sheet.Source
	}
	return s.Policy(source.Policy.Key())
}

// CellOf returns where a field of a record stands: F17 in a sheet, B6 in the
// table of a document; nothing for a clause.
func (s *Snapshot) CellOf(r Record, field string) string { return s.SourceOf(r, field).Cell() }

// FigureLink returns the address that opens the source of one field of a
// record.
func (s *Snapshot) FigureLink(r Record, field string) string { return s.SourceOf(r, field).Link() }

// InSheet returns the records of a sheet that hold, in the order of its rows.
func (s *Snapshot) InSheet(sheet *Sheet) []Record {
	var rows []Record
	for _, r := range s.ofYear(sheet.Of, sheet.Year) {
		if r.Head().Source.Sheet == sheet.ID {
			rows = append(rows, r)
		}
	}
	return rows
}

// sheetPath is the page of a sheet: /sheets/2026/plan, /sheets/school.
func sheetPath(id ID) string { return "/sheets" + strings.TrimPrefix(string(id), string(TypeSheet)) }
