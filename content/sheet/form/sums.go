package form

import (
	"strings"

	"yangguang/content"
	"yangguang/content/sheet/book"
	"yangguang/pattern"
)

var sumLabel = pattern.New(`^([^:：]{0,12}?)(总合计|总计|合计|共计|累计|小计|总数|汇总|总和|计)[:：]?(?:[(（][^)）]*[)）])?$|^(共|总共|合计|总计)[:：]?\d+(所|个|家|人|名|行|条)[^\d]*$`)

// isSum: a row whose name is 合计 in one of its writings.
func (t *tab) isSum(row int) bool {
	label, _ := t.sumLabel(row)
	return label != ""
}

// sumLabel returns how a row of a sum is called, and its column. Only what
// stands before the first number can be its name.
func (t *tab) sumLabel(row int) (label string, column int) {
	first := t.firstFigure()
	for column := range min(first, len(t.rows[row].Cells)) {
		s := strip(t.text(row, column))
		if s == "" || !strings.ContainsAny(s, "计共总和") {
			continue
		}
		m := sumLabel.FindStringSubmatch(s)
		switch {
		case m == nil, strings.HasSuffix(m[1], "会"), strings.HasSuffix(m[1], "设"), strings.HasSuffix(m[1], "审"), strings.HasSuffix(m[1], "统"), strings.HasSuffix(m[1], "估"):
		case m[2] == "计" && m[1] != "":
		case t.plannedRow(s):
		default:
			return s, column
		}
	}
	return "", 0
}

// plannedRow: in a weekly report 计划 and 累计 are names of rows.
func (t *tab) plannedRow(s string) bool {
	if t.head.form != &bulletinForm || !t.head.blocks[0].has("row") {
		return false
	}
	_, ok := reportRow(s)
	return ok && !t.head.blocks[0].has("unit")
}

// firstFigure is the first column that holds figures.
func (t *tab) firstFigure() int {
	first := 1 << 20
	for _, b := range t.head.blocks {
		for field, at := range b.at {
			if c := t.head.form.column(field); c.kind == figure || c.kind == money {
				first = min(first, at)
			}
		}
	}
	return first
}

// level of a sum: a page's, a part's, what may be all, what is all.
type level int

const (
	ofPage level = iota
	ofPart
	perhapsAll
	ofAll
)

func levelOf(label string) level {
	m := sumLabel.FindStringSubmatch(label)
	name, word := m[1], m[2]
	switch {
	case strings.HasPrefix(name, "本页"):
		return ofPage
	case word == "小计":
		return ofPart
	case word == "总计", word == "总合计", strings.HasPrefix(name, "全市"), strings.HasPrefix(name, "全县"), strings.HasPrefix(name, "全区"), strings.HasPrefix(name, "全省"), m[3] != "":
		return ofAll
	case name == "", name == "总", name == "各校", name == "学校", name == "人数":
		return perhapsAll
	}
	return ofPart
}

// sums reads what the sheet adds up itself.
func (t *tab) sums() {
	all := t.besides
	for row := t.head.to; row < len(t.rows); row++ {
		if t.kinds[row] == sumRow {
			all = append(all, t.sum(row)...)
		}
	}
	of := map[content.BulletinRow][]*sum{}
	for _, s := range all {
		of[s.Report] = append(of[s.Report], s)
	}
	for _, same := range of {
		t.whole(same)
	}
	for i, s := range all {
		if s.level == ofAll {
			s.All = true
			s.Stated.From, s.Stated.To = 0, 0
		} else {
			t.part(all, i)
		}
		if len(s.Numbers) > 0 {
			t.draft.Stated = append(t.draft.Stated, s.Stated)
		}
	}
}

type sum struct {
	content.Stated
	level level
	at    int
}

// sum reads the row of a sum: of a weekly report one for what is planned and
// one for what was done, where both stand in the row.
func (t *tab) sum(row int) (all []*sum) {
	label, column := t.sumLabel(row)
	blocks := t.head.blocks
	if blocks[0].row == "" {
		blocks = blocks[len(blocks)-1:]
	}
	for _, b := range blocks {
		s := t.sumIn(row, column, label, b)
		if word, ok := reportRow(t.text(row, b.column("row"))); ok && b.has("row") {
			s.Report = content.BulletinRow(word)
		}
		all = append(all, s)
	}
	return all
}

// beside reports whether a row of one of several tables side by side is its
// sum, and keeps it.
func (t *tab) beside(e *entry) bool {
	if len(t.head.blocks) < 2 || e.block.row != "" {
		return false
	}
	for _, field := range []string{"unit", "school", "specialty"} {
		if label := strip(e.text(field)); sumLabel.MatchString(label) {
			t.besides = append(t.besides, t.sumIn(e.at, e.block.at[field], label, *e.block))
			return true
		}
	}
	return false
}

func (t *tab) sumIn(row, column int, label string, b block) *sum {
	s := &sum{Stated: content.Stated{Label: label, Row: t.rows[row].Number, Report: content.BulletinRow(b.row), Numbers: map[string]int{}, Columns: map[string]string{}}, level: levelOf(label), at: row}
	switch {
	case strings.Contains(label, "市属"), strings.Contains(label, "市直"):
		s.Kind = content.MunicipalSchool
	case strings.Contains(label, "县") && !strings.HasPrefix(label, "全"):
		s.Kind = content.County
	}
	counts := true
	for field, at := range b.at {
		c := t.head.form.column(field)
		if c.kind != figure {
			continue
		}
		counts = false
		text := t.text(row, at)
		if text == "" && (len(t.head.blocks) > 1 || field != t.mainFigure()) {
			continue
		}
		e := &entry{tab: t, block: &b, at: row}
		if f := e.figure(field); f.State == content.HasValue {
			s.Numbers[field], s.Columns[field] = f.Value, b.letters[field]
		}
	}
	if counts {
		t.count(s, row, column)
	}
	return s
}

func (t *tab) mainFigure() string {
	for _, c := range t.head.form.columns {
		if c.kind == figure && c.need == must {
			return c.field
		}
	}
	return ""
}

var count = pattern.New(`(\d+)(所|个|家|项|条|行)`)

// count reads a list's 合计 22 所.
func (t *tab) count(s *sum, row, column int) {
	for ; column < len(t.rows[row].Cells); column++ {
		text := strip(halfWidth(t.text(row, column)))
		m := count.FindStringSubmatch(text)
		if m == nil {
			f, err := readFigure(text, 1)
			if err != nil || f.State != content.HasValue {
				continue
			}
			m = []string{"", f.String()}
		}
		s.Numbers["rows"], s.Columns["rows"] = atoi(m[1]), book.Letter(column)
		return
	}
}

// whole finds which of the sums that may be all is: the only one, one that
// follows another at once, one before all rows, or the one that is right.
func (t *tab) whole(all []*sum) {
	sure, perhaps := 0, []*sum{}
	for _, s := range all {
		if s.level == ofAll {
			sure++
		}
		if s.level == perhapsAll {
			perhaps = append(perhaps, s)
		}
	}
	pick := func(s *sum) {
		for _, p := range perhaps {
			p.level = ofPart
		}
		if s != nil {
			s.level = ofAll
		}
	}
	switch {
	case len(perhaps) == 0:
	case sure > 0:
		pick(nil)
	case len(perhaps) == 1:
		pick(perhaps[0])
	default:
		pick(t.whichIsAll(all, perhaps))
	}
}

func (t *tab) whichIsAll(all, perhaps []*sum) *sum {
	first, last := perhaps[0], perhaps[len(perhaps)-1]
	switch {
	case last.Label == first.Label && t.totals(first) && t.totals(last):
		return last
	case !t.dataBetween(t.head.to, first.at) && (len(all) < 2 || all[1].at == first.at+1 || t.totals(first)):
		return first
	case len(all) > 1 && !t.dataBetween(all[len(all)-2].at, last.at) && all[len(all)-1] == last:
		return last
	case t.totals(last):
		return last
	case t.totals(first):
		return first
	}
	return nil
}

// totals reports whether a sum is that of all rows.
func (t *tab) totals(s *sum) bool {
	n, ok := s.Numbers[t.mainFigure()]
	return ok && n == t.added
}

func (t *tab) dataBetween(from, to int) bool {
	for row := from; row < to; row++ {
		if t.kinds[row] == dataRow {
			return true
		}
	}
	return false
}

// part finds the rows that a sum of a part adds up: those before it, or where
// none are before the first, those after it.
func (t *tab) part(all []*sum, i int) {
	s := all[i]
	bounds := func(o *sum) bool { return o.level >= s.level && (s.level != ofPage || o.level == ofPage) }
	first := slicesIndex(all, func(o *sum) bool { return o.level != ofAll })
	if !t.dataBetween(t.head.to, all[first].at) {
		s.From, s.To = s.Row+1, 1<<30
		for _, o := range all[i+1:] {
			if bounds(o) {
				s.To = o.Row
				break
			}
		}
		return
	}
	s.From, s.To = 0, s.Row
	for _, o := range all[:i] {
		if bounds(o) {
			s.From = o.Row + 1
		}
	}
}

func slicesIndex(all []*sum, is func(*sum) bool) int {
	for i, s := range all {
		if is(s) {
			return i
		}
	}
	return 0
}
