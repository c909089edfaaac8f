// Package form reads the tables that bureaus and schools fill in: plans, lists
// of schools, weekly reports, results. [Read] takes a file that somebody hands
// over and returns a [content.Draft] for each table in it, with the cell of
// everything that it cannot read. It looks for the row of heads by the words
// that stand in it, below titles and above notes, and knows sums, repeated
// heads and merged cells for what they are. What may be published is decided
// by [content.Draft.Check].
//
// The columns of a form are one table, from which the reader finds heads and
// the blank templates are made.
package form

import (
	"slices"

	"yangguang/content"
)

// form is a kind of table: what it is called, its columns, and the record that
// a row becomes.
type form struct {
	of   content.Type
	name string
	// titles are words in a title that say it is this form; those of others that
	// it could be taken for stand in their own.
	titles []string
	yearly bool
	// filled: an empty name is that of the row above, where a cell was merged
	// before the file became CSV.
	filled  bool
	columns []column
	record  func(*entry) content.Record
}

// column is a column of a form. The first of its names stands in the template.
type column struct {
	field string
	kind  kind
	need  need
	names []string
	// example stands in the template.
	example string
}

// kind says what stands in the cells of a column.
type kind int

const (
	text kind = iota
	figure
	money
	date
	// aside is read into nothing of its own: the number of a row, a remark.
	aside
)

// need says what a form is without the column.
type need int

const (
	may need = iota
	// must: it is not this form.
	must
	// either: it is not this form without one of these.
	either
)

// forms are all of them, in the order in which a pack reads them: names before
// those who use them.
func forms() []*form {
	return []*form{
		&unitForm, &schoolForm, &specialtyForm, &qualificationForm, &targetForm, &planForm, &resultForm, &bulletinForm,
		&keyDateForm, &aidForm, &ruleForm, &faqForm, &clarificationForm,
	}
}

func formOf(t content.Type) *form {
	for _, f := range forms() {
		if f.of == t {
			return f
		}
	}
	return nil
}

// Types are the types of record that a file can hold, in the order in which
// they are read.
func Types() (types []content.Type) {
	for _, f := range forms() {
		types = append(types, f.of)
	}
	return types
}

// NameOf is what the form of a type is called.
func NameOf(t content.Type) string {
	if f := formOf(t); f != nil {
		return f.name
	}
	return string(t)
}

// TypeOf returns the type that a word means: plan, plans or 招生计划.
func TypeOf(word string) (content.Type, bool) {
	for _, f := range forms() {
		if word == string(f.of) || word == string(f.of)+"s" || word == f.name || slices.Contains(f.titles, word) {
			return f.of, true
		}
	}
	return "", false
}

// column returns the column of a field.
func (f *form) column(field string) column {
	for _, c := range f.columns {
		if c.field == field {
			return c
		}
	}
	return column{}
}

// names of a record: the columns by which one is told from another.
var nameFields = []string{"school", "unit", "specialty", "code", "name", "claim", "question"}
