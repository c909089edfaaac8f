// Package book opens a file that somebody hands over, .xlsx or .csv, as grids
// of cells as a person sees them, names what is hidden in it, and writes clean
// .xlsx files. [Open] turns bytes into a [Book]; what the cells mean is room
// content/sheet's subject. A file that is hostile, broken or of another kind is
// refused with a [Refusal] before it has cost time or memory.
package book

import "fmt"

// Book is a file: its tabs, and what is hidden in it.
type Book struct {
	Tabs  []Tab
	Leaks []Leak
}

// Tab is one sheet of a book. A CSV file has one, without a name.
type Tab struct {
	Name   string
	Hidden bool
	Rows   []Row // in order, blank ones left out
}

// Row is a row that is not blank.
type Row struct {
	Number int // as a spreadsheet shows it, from 1
	Hidden bool
	Cells  []Cell // by column, up to the last one that is not blank
}

// Cell is what a person sees in a cell.
type Cell struct {
	// Text is the value without what a calculation leaves behind and without
	// white space around it: 2530, 85.5%, 2026-05-25, the last result of a
	// formula. Thousands separators and units that only a number format shows
	// are not in it.
	Text string
	// Number and Date say that the file holds a number or a date, not text that
	// looks like one. In a CSV file everything is text.
	Number, Date bool
	// Merged is the address of the first cell of the range that covers this
	// one, whose text this cell then has; empty for the first cell itself.
	Merged string
	// Hidden says that the column is hidden.
	Hidden bool
}

// Leak is something in a file that must not be published.
type Leak struct {
	Where string // 计划!B5, a tab's name, or a part of the file
	Kind  string
}

// Refusal is why a file is not read, as a sentence for the person who handed
// it over.
type Refusal struct{ Text string }

func (r *Refusal) Error() string { return r.Text }

func refuse(format string, args ...any) error {
	return &Refusal{fmt.Sprintf(format, args...)}
}
