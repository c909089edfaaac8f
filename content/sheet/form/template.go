package form

import (
	"fmt"
	"io"

	"yangguang/content"
	"yangguang/content/sheet/book"
)

// Largest is how large a file may be.
const Largest = 32 << 20

// Template writes the blank table of a type: a title, the heads that the reader
// knows, an example to be written over.
func Template(w io.Writer, t content.Type) error {
	f := formOf(t)
	if f == nil {
		return fmt.Errorf("form: no form of type %q", t)
	}
	title := f.name + "表"
	if f.yearly {
		title = "____年" + title
	}
	var heads, example []string
	for _, c := range f.columns {
		if c.kind == aside || c.field == "year" || c.field == "source" || c.field == "quote" || c.field == "url" && t != content.TypeSchool || c.field == "as_of" {
			continue
		}
		heads = append(heads, c.names[0])
		example = append(example, c.example)
	}
	rows := [][]book.Cell{book.Words(title), book.Words(heads...), book.Words(example...)}
	head := 2
	if t == content.TypeBulletin {
		rows = append([][]book.Cell{rows[0], book.Words("截至 ____年__月__日"), book.Words("单位：人")}, rows[1:]...)
		head = 4
	}
	return book.Write(w, book.Sheet{Name: f.name, Head: head, Rows: rows})
}

// LeakName is what a kind of leak is called.
func LeakName(kind string) string {
	if kind == contactPerson {
		return "填表人、联系人的姓名"
	}
	return book.Leak{Kind: kind}.Name()
}
