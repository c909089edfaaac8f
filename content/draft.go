package content

import (
	"fmt"
	"strconv"
)

// Draft is a sheet as it was read from a file, before it is published: what it
// will be published as, its rows, and what a person must change or explain
// first.
type Draft struct {
	File, Tab string
	Sheet     *Sheet
	Items     []Item
	// Stated are the sums that the sheet itself states, the one of all rows last.
	Stated []Stated
	Found  Findings
	Leaks  []Leak
	// Elsewhere is true for a sheet of another city: none, or next to none, of
	// the names in it is known here. It can be read, and not be published.
	Elsewhere bool
}

// Level says what a finding does to a draft.
type Level string

// The levels: it cannot be published as it is, or only with a written reason.
const (
	Blocks Level = "block"
	Warns  Level = "warn"
)

// Finding is one thing in a draft that a person must change or explain. Code is
// the rule (E1, W4) that found it.
type Finding struct {
	Cell  string
	Code  string
	Level Level
	Text  string
}

// The codes of what no rule says: a part of the file cannot be read, or was
// left out.
const (
	Unread  = "E0"
	LeftOut = "W0"
)

// Findings are all of them.
type Findings []Finding

// Blocked reports whether one of them blocks.
func (f Findings) Blocked() bool {
	for _, one := range f {
		if one.Level == Blocks {
			return true
		}
	}
	return false
}

// Leak is something in a file that must not be published.
type Leak struct {
	Where string
	Kind  string
}

// Stated is a sum that a sheet states: of all its rows, or of those from From
// to To, up to but without To.
type Stated struct {
	// Label is how the row is called, Row its number.
	Label    string
	Row      int
	All      bool
	From, To int
	// Kind is the kind of unit that it is the sum of, where the label says one.
	Kind UnitKind
	// Report is the row of annex 2 that it is the sum of, in weekly reports.
	Report BulletinRow
	// Numbers are the sums by field, or the number of rows under "rows"; Columns
	// the letters of the cells.
	Numbers map[string]int
	Columns map[string]string
}

// Where returns where a cell of the draft stands, for a person who has several
// files: sheets/plan.csv F17.
func (d *Draft) Where(cell string) string {
	where := d.File
	if d.Tab != "" {
		where += "（" + d.Tab + "）"
	}
	if cell == "" {
		return where
	}
	return where + " " + cell
}

// Rename gives the sheet another id, and its rows the sheet.
func (d *Draft) Rename(id ID) {
	d.Sheet.ID = id
	for _, i := range d.Items {
		i.Record.Head().Source.Sheet = id
	}
}

// Total is the sum of all rows that the sheet states for its main figure.
func (d *Draft) Total() (int, bool) {
	for _, s := range d.Stated {
		if !s.All {
			continue
		}
		if n, ok := s.Numbers["rows"]; ok {
			return n, true
		}
		n, ok := s.Numbers[d.Sheet.Of.mainFigure()]
		return n, ok
	}
	return 0, false
}

// mainFigure is the field whose sum stands for a sheet.
func (t Type) mainFigure() string {
	switch t {
	case TypeResult:
		return "admitted"
	case TypeBulletin:
		return "vocational"
	}
	return "number"
}

// At notes a finding in a cell: a rule E blocks, a rule W warns.
func (d *Draft) At(code, cell, format string, args ...any) {
	level := Blocks
	if code[0] == 'W' {
		level = Warns
	}
	d.Found = append(d.Found, Finding{Cell: cell, Code: code, Level: level, Text: fmt.Sprintf(format, args...)})
}

// Cell returns the address of a field in its sheet, or of the row's first cell.
func (p Place) Cell(field string) string {
	column, ok := p.Columns[field]
	if !ok {
		column = "A"
	}
	return column + strconv.Itoa(p.Row)
}

// FigureAt returns a figure of a record by its field, and whether it has one.
func FigureAt(r Record, field string) (Figure, bool) {
	switch r := r.(type) {
	case *Target:
		return r.Number, field == "number"
	case *Plan:
		switch field {
		case "number":
			return r.Number, true
		case "fee":
			return r.Fee, true
		}
	case *Result:
		switch field {
		case "plan":
			return r.Plan, true
		case "admitted":
			return r.Admitted, true
		case "registered":
			return r.Registered, true
		case "filed":
			return r.Filed, true
		}
	case *Bulletin:
		switch field {
		case "graduates":
			return r.Graduates, true
		case "total_hs":
			return r.Total, true
		case "general_hs":
			return r.General, true
		case "vocational":
			return r.Vocational, true
		}
	}
	return Figure{}, false
}
