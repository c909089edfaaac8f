package page

import (
	"io"
	"reflect"

	"yangguang/content/sheet/book"
)

// writeXLSX writes items as a workbook with the columns of the CSV. Numbers are
// numbers there and texts are texts, so no cell is calculated.
func writeXLSX[T any](w io.Writer, name string, demo bool, items []T) error {
	columns, err := columnsOf(reflect.TypeFor[T](), "", nil)
	if err != nil {
		return err
	}
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.name
	}
	var rows [][]book.Cell
	if demo {
		rows = append(rows, book.Words(DemoMark))
	}
	rows = append(rows, book.Words(heads...))
	above := len(rows)
	for i := range items {
		row := make([]book.Cell, len(columns))
		for n, c := range columns {
			found := c.cell(reflect.ValueOf(&items[i]).Elem())
			row[n] = book.Cell{Text: found.text, Number: found.number}
		}
		rows = append(rows, row)
	}
	return book.Write(w, book.Sheet{Name: name, Head: above, Rows: rows})
}
