package page

import (
	"context"
	"encoding/json"
	"io"
	"strconv"

	"yangguang/content"
)

// List is a list of records as data. Items are structs; their JSON names are
// the heads of the CSV and the workbook too, so all say the same.
type List[T any] struct {
	// Demo is true where nothing in it is real.
	Demo    bool         `json:"demo,omitempty"`
	Edition int64        `json:"edition"`
	AsOf    string       `json:"as_of"`
	Type    content.Type `json:"type"`
	Year    *int         `json:"year"`
	Items   []T          `json:"items"`
	// Total counts the items that hold; those that were withdrawn follow them.
	Total int `json:"total"`
	// Next is the address of the items that follow, null at the end.
	Next *string `json:"next"`
}

// JSON returns the list as JSON.
func (l List[T]) JSON() Document {
	if l.Items == nil {
		l.Items = []T{} // [], not null
	}
	return JSON(l)
}

// CSV returns the list as a CSV file.
func (l List[T]) CSV() Document {
	return Document{Type: typeCSV, Name: l.name() + ".csv", Write: func(_ context.Context, w io.Writer) error {
		return writeCSV(w, l.Demo, l.Items)
	}}
}

// XLSX returns the list as a workbook.
func (l List[T]) XLSX() Document {
	return Document{Type: typeXLSX, Name: l.name() + ".xlsx", Write: func(_ context.Context, w io.Writer) error {
		return writeXLSX(w, string(l.Type), l.Demo, l.Items)
	}}
}

// name is the list's type, year and edition.
func (l List[T]) name() string {
	name := string(l.Type)
	if l.Year != nil {
		name += "-" + strconv.Itoa(*l.Year)
	}
	return name + "-e" + strconv.FormatInt(l.Edition, 10)
}

// JSON is v as JSON, with Chinese and < as they are: it is never sent as HTML.
func JSON(v any) Document {
	return Document{Type: typeJSON, Write: func(_ context.Context, w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	}}
}
