package form

import (
	"strconv"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/sheet/book"
)

// entry is one row while it is read.
type entry struct {
	*tab
	*block
	at    int
	above map[string]string
	// who and what are the names of the school or unit and the specialty as
	// they stand in the row.
	who, what string
}

func (e *entry) place() content.Place {
	return content.Place{File: e.file, Row: e.rows[e.at].Number, Columns: e.letters}
}

// blank: a table beside another may end before it.
func (e *entry) blank() bool {
	for _, at := range e.block.at {
		if e.tab.text(e.at, at) != "" {
			return false
		}
	}
	return true
}

func (e *entry) found(field, code, format string, args ...any) {
	e.draft.At(code, e.place().Cell(field), format, args...)
}

// text returns a cell, empty where there is none.
func (e *entry) text(field string) string {
	at, ok := e.block.at[field]
	if !ok {
		return ""
	}
	return tidy(e.tab.text(e.at, at))
}

// word returns a cell that must not be empty.
func (e *entry) word(field string) string {
	s := e.text(field)
	if s == "" {
		e.found(field, "E3", "这一格不能空。")
	}
	return s
}

// down returns a name; where it is blank that of the row above, whose cell was
// merged with this one before the file became CSV.
func (e *entry) down(field string) string {
	s := e.text(field)
	if !e.head.form.filled || e.above == nil {
		return s
	}
	if s == "" || s == "〃" || s == "同上" || s == "″" || s == `"` {
		return e.above[field]
	}
	e.above[field] = s
	return s
}

func (e *entry) figure(field string) content.Figure {
	return e.number(field, e.over.people, readFigure)
}

func (e *entry) money(field string) content.Figure {
	by := e.over.money
	at, ok := e.block.at[field]
	if !ok {
		return content.Figure{State: content.Unpublished}
	}
	over := strip(halfWidth(e.head.over[at]))
	switch {
	case strings.Contains(over, "学期"):
		e.found(field, "E3", "这一列写的是一学期的收费。请换算成一年多少元，列名也改成“学费（元/年）”。")
	case strings.Contains(over, "万元"):
		by = 10000
	case strings.Contains(over, "千元"):
		by = 1000
	case strings.Contains(over, "元"):
		by = 1
	}
	return e.number(field, by, readMoney)
}

func (e *entry) number(field string, by int, read func(string, int) (content.Figure, error)) content.Figure {
	at, ok := e.block.at[field]
	if !ok {
		return content.Figure{State: content.Unpublished}
	}
	f, err := read(tidy(e.tab.text(e.at, at)), by)
	if err != nil {
		e.found(field, "E3", "%v。", err)
		return content.Figure{}
	}
	if c := e.head.form.column(field); c.kind == figure && f.State == content.HasValue && e.shared(at) {
		e.found(field, "E3", "这个数的单元格和别的格合并了，分不清是哪一行的。请拆开，一行写一个数。")
		return content.Figure{}
	}
	return f
}

// shared reports whether a number stands in a cell that covers other rows.
func (e *entry) shared(at int) bool {
	own := book.Address(e.rows[e.at].Number, at)
	cell := e.rows[e.at].Cells[at]
	if cell.Merged != "" {
		return true
	}
	if e.at+1 < len(e.rows) {
		if next := e.rows[e.at+1].Cells; at < len(next) && next[at].Merged == own {
			return true
		}
	}
	return false
}

func (e *entry) date(field string) calendar.Date {
	s := e.text(field)
	if _, none := states[s]; s == "" || none {
		return calendar.Date{}
	}
	d, err := Date(s)
	if err == nil {
		return d
	}
	if m := monthDay.FindStringSubmatch(strip(halfWidth(s))); m != nil && e.year != 0 {
		if d := dayOf(e.year, atoi(m[1]), atoi(m[2])); !d.IsZero() {
			return d
		}
	}
	if n, wrong := strconv.Atoi(s); wrong == nil && n > 30000 && n < 60000 { // a day as a spreadsheet counts them
		return calendar.NewDate(1899, 12, 30).AddDays(n)
	}
	e.found(field, "E9", "%v。", err)
	return calendar.Date{}
}

// list returns the parts of a cell.
func (e *entry) list(field string) []string { return split(e.text(field)) }

func split(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("|｜、，,；;/\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// choice returns the value for one of the words that a column knows.
func choice[T ~string](e *entry, field string, words map[string]T, other T) T {
	s := strip(e.text(field))
	if s == "" {
		return other
	}
	if v, ok := words[s]; ok {
		return v
	}
	for _, v := range words {
		if string(v) == s {
			return v
		}
	}
	e.found(field, "E3", "“%s”认不出来。请照空白表里的说法写。", e.text(field))
	return other
}

// remark is what stands in the row beside the columns of the form.
func (e *entry) remark() string {
	parts := []string{}
	if s := e.text("text"); s != "" {
		parts = append(parts, s)
	}
	for _, at := range e.head.asides {
		if s := tidy(e.tab.text(e.at, at)); s != "" {
			parts = append(parts, tidy(e.head.over[at])+"："+s)
		}
	}
	return strings.Join(parts, "；")
}

// yearHere is the year of the row.
func (e *entry) yearHere() int {
	if s := e.text("year"); s != "" {
		if y := yearCell(s); y != e.year {
			e.found("year", "E9", "这一行写的是“%s”，这张表是 %d 年的。一张表只放一年的。", s, e.year)
		}
	}
	return e.year
}

func (e *entry) meta(t content.Type, year int, key string) content.Meta {
	m := content.Meta{ID: content.SheetID(year, ""), Year: year}
	id := content.ID(t) + "/"
	if year != 0 {
		id += content.ID(strconv.Itoa(year) + "/")
	}
	m.ID = id + content.ID(plainKey(key))
	m.Source = content.Source{Title: e.text("source"), Quote: e.text("quote")}
	return m
}

// plainKey leaves out what cannot stand in an address.
func plainKey(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n/#?%　", r) {
			return -1
		}
		return r
	}, s)
}

// school returns the code of the row's school: that which stands there, or that
// of its name.
func (e *entry) schoolHere() string {
	code, name := e.down("school_code"), e.down("school")
	if name == "" && code == "" {
		name = e.over.school
	}
	e.who = name
	if name == "" && code == "" {
		e.found("school", "E3", "这一行没有写学校。")
		return ""
	}
	known, ok := e.hints.Names.Schools.Code(name)
	if _, is := e.hints.Names.Schools.Name(code); is {
		e.seen(cmpOr(name, code), true)
		return code
	}
	e.seen(cmpOr(name, code), ok)
	if ok {
		return known
	}
	return code
}

// unitHere returns the code of the row's unit.
func (e *entry) unitHere() string {
	code, name := e.text("unit_code"), e.text("unit")
	if name == "" && code == "" {
		name = e.unitOver()
	}
	e.who = name
	if name == "" && code == "" {
		e.found("unit", "E3", "没有写是哪个单位。请写在单位这一列，或写在表的上面：填报单位：…。")
		return ""
	}
	if _, is := e.hints.Names.Units.Name(code); is {
		e.seen(cmpOr(name, code), true)
		return code
	}
	known, ok := e.hints.Names.Units.Code(name)
	e.seen(cmpOr(name, code), ok)
	if ok {
		return known
	}
	return code
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// seen notes whether a name is known here.
func (t *tab) seen(name string, known bool) {
	if t.names == nil {
		t.names = map[string]bool{}
	}
	t.names[name] = known
}

// specialtyHere returns the code of the row's specialty, by its code or by its
// name.
func (e *entry) specialtyHere() string {
	code, name := strip(halfWidth(e.text("code"))), e.text("specialty")
	if m := first(codeInName, halfWidth(name)); m != "" {
		if code == "" {
			code = m
		}
		name = strings.Trim(strings.Replace(halfWidth(name), m, "", 1), " ()-—:/、")
	}
	e.what = name
	if code == "" && name != "" {
		code, _ = e.specialtyNamed(name)
	}
	if code == "" && name == "" && (e.has("specialty") || e.has("code")) {
		e.found(e.either("specialty", "code"), "E3", "这一行没有写专业。")
	}
	return code
}

func (e *entry) either(a, b string) string {
	if e.has(a) {
		return a
	}
	return b
}

// specialtyNamed finds a specialty by its name, or without what stands behind
// it in brackets: its direction.
func (t *tab) specialtyNamed(name string) (string, bool) {
	if code, ok := t.hints.Names.Specialties.Code(name); ok {
		return code, true
	}
	base, _, _ := strings.Cut(halfWidth(name), "(")
	return t.hints.Names.Specialties.Code(base)
}

// directionHere is the school's branch of the specialty: its own column, or
// what stands in brackets behind the name.
func (e *entry) directionHere() string {
	if s := e.text("direction"); s != "" {
		return s
	}
	_, inside, ok := strings.Cut(halfWidth(e.what), "(")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inside), ")")), "方向")
}
