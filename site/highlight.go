package site

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"yangguang/search"
)

// highlighted shows a text with its marks, which stand in order. A page of
// results has forty such texts and is made for each request, so this component
// is written by hand. All of the text is escaped.
func highlighted(text string, marks []search.Mark) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		at := 0
		for _, m := range marks {
			if m.From < at || m.To <= m.From || m.To > len(text) {
				continue
			}
			if err := write(w, templ.EscapeString(text[at:m.From]), "<mark>", templ.EscapeString(text[m.From:m.To]), "</mark>"); err != nil {
				return err
			}
			at = m.To
		}
		return write(w, templ.EscapeString(text[at:]))
	})
}

func write(w io.Writer, parts ...string) error {
	for _, s := range parts {
		if _, err := io.WriteString(w, s); err != nil {
			return err
		}
	}
	return nil
}
