package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/sheet/book"
)

// Hints are what is known of a file beside it. What is given goes before what
// the file says.
type Hints struct {
	Type content.Type
	Year int
	AsOf calendar.Date
	// Names are who is known here.
	Names *content.Names
}

// Read reads a file that somebody hands over into a draft for each table in
// it. A file that cannot be opened is an error, to be read by a person; all
// else stands in the drafts.
func Read(file string, b []byte, h Hints) ([]*content.Draft, error) {
	bk, err := book.Open(file, b)
	if err != nil {
		return nil, err
	}
	return ReadBook(file, bk, h), nil
}

// ReadBook reads the tabs of a book that can be seen.
func ReadBook(file string, bk *book.Book, h Hints) []*content.Draft {
	if h.Names == nil {
		h.Names = content.NamesOf()
	}
	tabs := make([]*tab, len(bk.Tabs))
	for i := range bk.Tabs {
		tabs[i] = &tab{heads: map[string]plain{}, file: file, name: bk.Tabs[i].Name, hints: h}
		tabs[i].see(bk.Tabs[i])
		tabs[i].look()
	}
	leaks := slices.Concat(bk.Leaks, book.Personal(bk, func(tab, column int) bool { return tabs[tab].ofOffices(column) }))
	var drafts []*content.Draft
	for i, t := range tabs {
		bk.Tabs[i].Rows, tabs[i] = nil, nil // a large table stands in memory once
		if d := t.read(); d != nil {
			drafts = append(drafts, d)
		}
	}
	if len(drafts) == 0 {
		d := &content.Draft{File: file, Sheet: &content.Sheet{}}
		d.At(content.Unread, "", "没有找到表格。请把表放在第一张工作表里，第一行写列名。")
		drafts = append(drafts, d)
	}
	shareLeaks(drafts, leaks)
	return drafts
}

// shareLeaks gives each draft the leaks of its tab, and the first the file's.
func shareLeaks(drafts []*content.Draft, leaks []book.Leak) {
	for _, l := range leaks {
		of := drafts[0]
		if tab, _, ok := strings.Cut(l.Where, "!"); ok {
			if i := slices.IndexFunc(drafts, func(d *content.Draft) bool { return d.Tab == tab }); i >= 0 {
				of = drafts[i]
			}
		}
		if !slices.ContainsFunc(of.Leaks, func(had content.Leak) bool { return had.Where == l.Where }) {
			of.Leaks = append(of.Leaks, content.Leak{Where: l.Where, Kind: l.Kind})
		}
	}
}

// tab is one tab while it is read.
type tab struct {
	file, name string
	hints      Hints
	rows       []book.Row // those that can be seen
	hidden     map[int]bool

	over  caption
	year  int
	asOf  calendar.Date
	head  *head
	kinds []rowKind
	notes []string
	draft *content.Draft
	// besides are the sums of tables that stand side by side.
	besides []*sum
	heads   map[string]plain
	names   map[string]bool // whether it is known, by name
	added   int             // what the rows add up to
}

// see takes the rows and columns that can be seen; what is hidden is a leak,
// and is never read.
func (t *tab) see(from book.Tab) {
	if from.Hidden {
		return
	}
	t.hidden = map[int]bool{}
	t.rows = from.Rows
	if slices.ContainsFunc(t.rows, func(r book.Row) bool { return r.Hidden }) {
		t.rows = slices.DeleteFunc(slices.Clone(t.rows), func(r book.Row) bool { return r.Hidden })
	}
	for _, r := range t.rows {
		for i, c := range r.Cells {
			if c.Hidden {
				t.hidden[i] = true
			}
		}
	}
}

func (t *tab) hiddenColumn(column int) bool { return t.hidden[column] }

// text returns a cell that can be seen, as a person reads it.
func (t *tab) text(row, column int) string {
	cells := t.rows[row].Cells
	if column >= len(cells) || cells[column].Hidden {
		return ""
	}
	return strings.TrimFunc(cells[column].Text, func(r rune) bool { return r == '　' || r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' })
}

// line joins what stands in a row; merged cells stand once.
func (t *tab) line(row int) string {
	var words []string
	last := ""
	for column := range t.rows[row].Cells {
		if s := t.text(row, column); s != "" && s != last {
			words = append(words, s)
			last = s
		}
	}
	return strings.Join(words, " ")
}

func (t *tab) lines() []string { return append(append([]string{}, t.over.lines...), t.notes...) }

// look finds what the table is.
func (t *tab) look() {
	t.draft = &content.Draft{File: t.file, Tab: t.name, Sheet: &content.Sheet{}}
	t.readCaption(t.above(min(len(t.rows), 8)))
	t.year = t.findYear()
	t.head = t.findHead(true)
}

// ofOffices: a column of telephones that are meant to be public.
func (t *tab) ofOffices(column int) bool {
	if t.head == nil {
		return false
	}
	at, ok := t.head.blocks[0].at["phone"]
	return ok && at == column
}

// read returns the draft of a tab, nil for one without a table.
func (t *tab) read() *content.Draft {
	if t.head == nil {
		return t.noHead()
	}
	t.over = caption{}
	t.readCaption(t.above(t.head.from))
	t.sort()
	for _, s := range t.notes {
		t.measureOnly(s)
	}
	t.year = cmp.Or(t.findYear(), t.yearOfRows())
	t.asOf = t.findDay(t.year)
	if t.year == 0 && t.head.form.yearly {
		t.year = t.asOf.Year()
		if t.asOf.IsZero() {
			t.year = 0
			t.draft.At(content.Unread, "", "看不出是哪一年的表。请在标题里写上年份，例如 2026年；或者用 --year 2026 说明。")
		}
	}
	t.begin()
	t.leftOut()
	t.records()
	t.finish()
	return t.draft
}

// measureOnly: a line below the table may say whose it is, and changes nothing
// that was said above.
func (t *tab) measureOnly(s string) {
	had := t.over
	t.measure(halfWidth(s))
	if had.unit != "" {
		t.over.unit = had.unit
	}
	t.over.people, t.over.money = had.people, had.money
}

// above returns the lines over a row.
func (t *tab) above(to int) []string {
	var lines []string
	for row := range to {
		lines = append(lines, t.line(row))
	}
	return lines
}

// noHead: words alone are no table, and a table that nobody knows is not left
// out silently.
func (t *tab) noHead() *content.Draft {
	wide, people := 0, false
	for row := range t.rows {
		words := map[string]bool{}
		for column := range t.rows[row].Cells {
			s := t.text(row, column)
			if s != "" {
				words[s] = true
				people = people || row < headRows && t.isPeople(path{s})
			}
		}
		if len(words) > 1 {
			wide++
		}
	}
	if people {
		t.leakPeople()
	}
	if wide < 2 && !people {
		return nil
	}
	if h := t.findHead(false); h != nil && (t.hints.Type != "" || t.says(h.form)) {
		t.draft.At(content.Unread, book.Address(t.rows[h.from].Number, 0), "像是%s，缺这些列：%s。列名请照空白表写。", h.form.name, strings.Join(h.missing, "、"))
		return t.draft
	}
	t.draft.At(content.Unread, "", "认不出这是哪种表。列名请照空白表写；或者用 --type 说明是哪种，例如 --type plan。")
	return t.draft
}

func (t *tab) leakPeople() {
	where := t.name
	for row := range min(len(t.rows), headRows) {
		for column := range t.rows[row].Cells {
			if s := t.text(row, column); s != "" && t.isPeople(path{s}) {
				t.leak(row, column, book.People)
				return
			}
		}
	}
	t.draft.Leaks = append(t.draft.Leaks, content.Leak{Where: where, Kind: book.People})
}

// contactPerson is the kind of leak that only who reads the words can see.
const contactPerson = "contact_person"

func (t *tab) leak(row, column int, kind string) {
	where := book.Address(t.rows[row].Number, column)
	if t.name != "" {
		where = t.name + "!" + where
	}
	t.draft.Leaks = append(t.draft.Leaks, content.Leak{Where: where, Kind: kind})
}

// begin fills the sheet that the draft will be published as.
func (t *tab) begin() {
	s, h := t.draft.Sheet, t.head
	s.Of, s.Title, s.AsOf = h.form.of, t.over.title, t.asOf
	key := string(h.form.of)
	if h.form.yearly {
		s.Year = t.year
	}
	if h.form == &bulletinForm && !t.asOf.IsZero() {
		key += "-" + t.asOf.String()
	}
	s.ID = content.SheetID(s.Year, key)
	s.Columns, s.Heads = map[string]string{}, map[string]string{}
	for field, at := range h.blocks[len(h.blocks)-1].at {
		if field != "#" {
			s.Columns[field], s.Heads[field] = book.Letter(at), tidy(h.over[at])
		}
	}
	for name, id := range map[string]string{"unit": "unit_code", "code": "specialty", "school_code": "school"} {
		if _, ok := s.Columns[id]; ok || h.form.of == content.TypeUnit || h.form.of == content.TypeSpecialty || h.form.of == content.TypeSchool {
			continue
		}
		if letter, ok := s.Columns[name]; ok {
			s.Columns[id], s.Heads[id] = letter, s.Heads[name]
		}
	}
}

// leftOut says which columns nobody reads.
func (t *tab) leftOut() {
	cell := func(column int) string { return book.Address(t.rows[t.head.to-1].Number, column) }
	for _, column := range t.head.unknown {
		if t.filled(column) {
			t.draft.At(content.LeftOut, cell(column), "“%s”这一列没有读，不会公布。不要公布就可以不管；要公布请照空白表改列名。", tidy(t.head.over[column]))
		}
	}
	for _, column := range t.head.people {
		if t.filled(column) {
			t.leak(t.head.to-1, column, book.People)
		}
	}
}

func (t *tab) filled(column int) bool {
	for row := t.head.to; row < len(t.rows); row++ {
		if t.text(row, column) != "" {
			return true
		}
	}
	return false
}

// yearOfRows is the year that stands in the rows, where it does.
func (t *tab) yearOfRows() int {
	at, ok := t.head.blocks[0].at["year"]
	if !ok {
		return 0
	}
	for row := t.head.to; row < len(t.rows); row++ {
		if t.kinds[row] == dataRow {
			return yearCell(t.text(row, at))
		}
	}
	return 0
}

func yearCell(s string) int {
	if m := yearAlone().FindStringSubmatch(halfWidth(s)); m != nil {
		return atoi(m[1])
	}
	return yearIn(s)
}

// records reads the rows.
func (t *tab) records() {
	for i := range t.head.blocks {
		b := &t.head.blocks[i]
		above := map[string]string{}
		for row := t.head.to; row < len(t.rows); row++ {
			if t.kinds[row] == sumRow {
				clear(above)
			}
			if t.kinds[row] == dataRow {
				t.record(&entry{tab: t, block: b, at: row, above: above})
			}
		}
	}
}

func (t *tab) record(e *entry) {
	if e.blank() || t.beside(e) {
		return
	}
	r := t.head.form.record(e)
	if r == nil {
		return
	}
	m := r.Head()
	m.Order = len(t.draft.Items) + 1
	m.Source.Sheet, m.Source.Place = t.draft.Sheet.ID, strconv.Itoa(t.rows[e.at].Number)
	t.draft.Items = append(t.draft.Items, content.Item{Record: r, Place: e.place(), Name: e.who, Specialty: e.what})
}
