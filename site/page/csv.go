package page

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// DemoMark stands on everything that is not real: above every page, in the
// first line of a file.
const DemoMark = "演示数据 · 非真实"

// writeCSV writes items as spreadsheets in China open them: UTF-8 with a mark,
// the JSON names as heads, no cell that a spreadsheet would calculate. What is
// not real says so in a line before the heads.
func writeCSV[T any](w io.Writer, demo bool, items []T) error {
	columns, err := columnsOf(reflect.TypeFor[T](), "", nil)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	// Errors of a csv.Writer stay until Error is asked.
	if demo {
		_ = out.Write([]string{DemoMark})
	}
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	_ = out.Write(row)
	for i := range items {
		for n, c := range columns {
			row[n] = harmless(c.cell(reflect.ValueOf(&items[i]).Elem()))
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// Table is a table as a CSV file of that name: heads, and rows of as many cells.
func Table(name string, demo bool, heads []string, rows [][]string) Document {
	return Document{Type: typeCSV, Name: name + ".csv", Write: func(_ context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		out := csv.NewWriter(w)
		// Errors of a csv.Writer stay until Error is asked.
		if demo {
			_ = out.Write([]string{DemoMark})
		}
		_ = out.Write(heads)
		for _, row := range rows {
			safe := make([]string, len(row))
			for i, text := range row {
				safe[i] = harmless(cell{text: text})
			}
			_ = out.Write(safe)
		}
		out.Flush()
		return out.Error()
	}}
}

// column is a field of an item, by its JSON name.
type column struct {
	name  string
	index []int
}

var (
	stringer = reflect.TypeFor[fmt.Stringer]()
	moment   = reflect.TypeFor[time.Time]()
)

// columnsOf returns the columns of a struct as encoding/json sees it: embedded
// structs are part of it, a struct in a field gives source.policy,
// source.place.
func columnsOf(t reflect.Type, prefix string, at []int) ([]column, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("page: a row of a CSV is a struct, not %s", t)
	}
	var out []column
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		index := append(append([]int{}, at...), i)
		inner := prefix
		if name == "" && !f.Anonymous {
			name = f.Name
		}
		if name != "" {
			inner += name + "."
		}
		switch {
		case isCell(f.Type):
			out = append(out, column{prefix + name, index})
		default:
			nested, err := columnsOf(f.Type, inner, index)
			if err != nil {
				return nil, fmt.Errorf("%s%s: %w", prefix, name, err)
			}
			out = append(out, nested...)
		}
	}
	return out, nil
}

// isCell reports whether values of the type fit into one cell.
func isCell(t reflect.Type) bool {
	if t.Implements(stringer) || t == moment {
		return true
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		return true
	case reflect.Slice:
		return t.Elem().Kind() == reflect.String
	case reflect.Pointer:
		return isCell(t.Elem())
	}
	return false
}

// cell is a value as a cell of a list.
type cell struct {
	text   string
	number bool
}

func (c column) cell(item reflect.Value) cell {
	v, err := reflect.Indirect(item).FieldByIndexErr(c.index)
	if err != nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return cell{} // null in JSON
	}
	v = reflect.Indirect(v)
	switch x := v.Interface().(type) {
	case time.Time:
		return cell{text: x.Format(time.RFC3339)}
	case fmt.Stringer:
		return cell{text: x.String()}
	}
	switch v.Kind() {
	case reflect.String:
		return cell{text: v.String()}
	case reflect.Slice:
		words := make([]string, v.Len())
		for i := range words {
			words[i] = v.Index(i).String()
		}
		return cell{text: strings.Join(words, "；")}
	case reflect.Float64:
		return cell{strconv.FormatFloat(v.Float(), 'f', -1, 64), true}
	case reflect.Bool:
		return cell{text: strconv.FormatBool(v.Bool())}
	default:
		return cell{fmt.Sprint(v.Interface()), true}
	}
}

// harmless keeps a spreadsheet from calculating a text. Full-width signs count
// too: an input method writes them and a spreadsheet reads them.
func harmless(c cell) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(c.text, " \u3000"))
	if !c.number && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + c.text
	}
	return c.text
}
