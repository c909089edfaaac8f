package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/sheet/book"
	"yangguang/pattern"
)

// column is a column of a sheet: the field it fills, which is also its English
// head, and its Chinese head.
type column struct {
	field, head string
	required    bool
}

func must(field, head string) column { return column{field, head, true} }
func may(field, head string) column  { return column{field, head, false} }

// layout is where the fields of a sheet stand: by index, and as letters.
type layout struct {
	file    string
	index   map[string]int
	letters map[string]string
}

// row is one row while it is read, and the problems found in it so far.
type row struct {
	*layout
	number int
	cells  []book.Cell
	source content.Source
	found  content.Problems
}

// rows finds the columns of a sheet by their heads, in any order, and returns
// its rows below.
func rows(file, text string, columns []column) ([]*row, content.Problems) {
	lines, err := book.Lines(text)
	if err != nil {
		return nil, content.Problems{{Where: file, Text: err.Error() + "。"}}
	}
	if len(lines) == 0 {
		return nil, content.Problems{{Where: file, Text: "表是空的。第一行要写列名：" + heads(columns) + "。"}}
	}
	l, found := findColumns(file, lines[0], columns)
	if len(found) > 0 {
		return nil, found
	}
	out := make([]*row, 0, len(lines)-1)
	for _, one := range lines[1:] {
		out = append(out, &row{layout: l, number: one.Number, cells: one.Cells})
		for i := len(l.index); i < len(one.Cells); i++ {
			if one.Cells[i].Text != "" {
				found = append(found, content.Problem{
					Where: fmt.Sprintf("%s %s%d", file, book.Letter(i), one.Number), Text: "这一格在最后一列之外。是不是多打了一个逗号？",
				})
			}
		}
	}
	return out, found
}

func heads(columns []column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.head
	}
	return strings.Join(names, "、")
}

func findColumns(file string, head book.Row, columns []column) (*layout, content.Problems) {
	l := &layout{file: file, index: map[string]int{}, letters: map[string]string{}}
	var found content.Problems
	problem := func(i int, format string, args ...any) {
		found = append(found, content.Problem{
			Where: fmt.Sprintf("%s %s%d", file, book.Letter(i), head.Number), Text: fmt.Sprintf(format, args...),
		})
	}
	for i, cell := range head.Cells {
		name := cell.Text
		at := slices.IndexFunc(columns, func(c column) bool {
			return c.head == name || c.field == strings.ToLower(name)
		})
		if at < 0 {
			problem(i, "不认识列名“%s”。可用的列名：%s。", name, heads(columns))
			continue
		}
		c := columns[at]
		if _, twice := l.index[c.field]; twice {
			problem(i, "列“%s”写了两次。", c.head)
			continue
		}
		l.index[c.field], l.letters[c.field] = i, book.Letter(i)
	}
	for _, c := range columns {
		if _, ok := l.index[c.field]; c.required && !ok {
			found = append(found, content.Problem{Where: file, Text: "缺列“" + c.head + "”。"})
		}
	}
	return l, found
}

func (w *row) place() content.Place {
	return content.Place{File: w.file, Row: w.number, Columns: w.letters}
}

func (w *row) problem(field, format string, args ...any) {
	w.found = append(w.found, content.Problem{
		Where: content.At(w.place().Of(field), w.source), Text: fmt.Sprintf(format, args...),
	})
}

// text returns a cell as it is, empty where the row or the sheet has none.
func (w *row) text(field string) string {
	if i, ok := w.index[field]; ok && i < len(w.cells) {
		return w.cells[i].Text
	}
	return ""
}

// word returns a cell that must not be empty.
func (w *row) word(field string) string {
	s := w.text(field)
	if s == "" {
		w.problem(field, "这一格不能空。")
	}
	return s
}

// list returns the parts of a cell between | signs.
func (w *row) list(field string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(w.text(field), func(r rune) bool { return r == '|' || r == '｜' }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// integer returns a whole number, 0 for an empty cell.
func (w *row) integer(field string) int {
	s := content.TidyNumber(w.text(field))
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		w.problem(field, "“%s”不是整数。", w.text(field))
	}
	return n
}

func (w *row) integers(field string) []int {
	var out []int
	for _, s := range w.list(field) {
		n, err := strconv.Atoi(content.TidyNumber(s))
		if err != nil {
			w.problem(field, "“%s”不是整数。几个数之间用 | 隔开。", s)
		}
		out = append(out, n)
	}
	return out
}

// year returns a year that must be there.
func (w *row) year(field string) int {
	n := w.integer(field)
	if n < 1949 || n > 2100 {
		w.problem(field, "“%s”不是年份，应像 2022。", w.text(field))
	}
	return n
}

func (w *row) figure(field string) content.Figure {
	f, err := content.ParseFigure(content.TidyNumber(w.text(field)))
	if err != nil {
		w.problem(field, "%v。", err)
	}
	return f
}

// day reads 2022-11-20 and what a spreadsheet makes of it: 2022/11/20,
// 2022年11月20日.
var day = pattern.New(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)

func readDate(s string) (calendar.Date, error) {
	m := day.FindStringSubmatch(content.TidyNumber(s))
	if m == nil {
		return calendar.Date{}, fmt.Errorf("“%s”不是日期，应像 2022-11-20", s)
	}
	y, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	d, _ := strconv.Atoi(m[3])
	date := calendar.NewDate(y, time.Month(month), d)
	if date.Month() != time.Month(month) || date.Day() != d {
		return calendar.Date{}, fmt.Errorf("没有“%s”这一天", s)
	}
	return date, nil
}

// date returns a date, none for an empty cell.
func (w *row) date(field string) calendar.Date {
	if w.text(field) == "" {
		return calendar.Date{}
	}
	d, err := readDate(w.text(field))
	if err != nil {
		w.problem(field, "%v。", err)
	}
	return d
}

var yesNo = map[string]string{"是": "yes", "否": "no", "": "no"}

func (w *row) yes(field string) bool { return choice(w, field, yesNo) == "yes" }

// choice returns the value for one of the words that a column allows, in
// Chinese or as the value itself.
func choice[T ~string](w *row, field string, words map[string]T) T {
	s := w.text(field)
	if v, ok := words[s]; ok {
		return v
	}
	for _, v := range words {
		if string(v) == s {
			return v
		}
	}
	var allowed []string
	for _, name := range slices.Sorted(maps.Keys(words)) {
		if name != "" {
			allowed = append(allowed, name)
		}
	}
	w.problem(field, "“%s”不在可选的词里。可选：%s。", s, strings.Join(allowed, "、"))
	return ""
}
