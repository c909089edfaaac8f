package form

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"yangguang/content/sheet/book"
	"yangguang/pattern"
)

// head is where the heads of a table stand and what the columns under them are.
type head struct {
	form     *form
	from, to int // rows of the tab, up to but without to
	// blocks are the tables that stand side by side; most tabs have one.
	blocks []block
	// over are the heads as printed, by column.
	over map[int]string
	// unknown are the columns under heads that nobody knows.
	unknown []int
	// asides are the columns that go into a remark.
	asides []int
	// people are columns with what must not be published.
	people []int
	score  int
	// missing are the columns without which it is not this form.
	missing []string
}

// block is one table: its columns by field. Of a weekly report row says what a
// block is of: plan or actual.
type block struct {
	at      map[string]int
	letters map[string]string
	row     string
}

func newBlock() block { return block{at: map[string]int{}, letters: map[string]string{}} }

func (b block) put(field string, column int) {
	b.at[field], b.letters[field] = column, book.Letter(column)
}

// headRows is how far down a head is looked for, deepest how many rows it has.
const (
	headRows = 40
	deepest  = 3
)

// findHead looks for the head of a tab: the rows whose words are the names of
// most columns of a form. It returns nil where no form has its columns there;
// not wanting all, the form that has most of them.
func (t *tab) findHead(all bool) *head {
	var best *head
	for from := range min(len(t.rows), headRows) {
		for to := from + 1; to <= min(from+deepest, len(t.rows)); to++ {
			if to > from+1 && t.words(from) < 2 {
				break // a title stands over the heads, and is none
			}
			paths := t.paths(from, to)
			for _, f := range t.candidates() {
				if h := t.match(f, paths, from, to); h != nil && (len(h.missing) == 0 || !all && h.score > 0) && (best == nil || h.score > best.score) {
					best = h
				}
			}
		}
	}
	if best != nil && all {
		t.deepen(best)
	}
	return best
}

func (t *tab) candidates() []*form {
	if f := formOf(t.hints.Type); f != nil {
		return []*form{f}
	}
	return forms()
}

// deepen takes further rows into the head whose names are still heads: under a
// head that was merged over several columns.
func (t *tab) deepen(h *head) {
	for h.to < min(h.from+deepest, len(t.rows)) && t.subHead(h, h.to) {
		deeper := t.match(h.form, t.paths(h.from, h.to+1), h.from, h.to+1)
		if deeper == nil || len(deeper.missing) > 0 {
			h.to++
			continue
		}
		*h = *deeper
	}
}

// subHead reports whether a row under the head belongs to it: where names
// stand it repeats the head or is blank, and where figures stand it has words.
func (t *tab) subHead(h *head, row int) bool {
	words := false
	for _, b := range h.blocks {
		for field, at := range b.at {
			c := h.form.column(field)
			s := t.text(row, at)
			switch {
			case s == "":
			case slices.Contains(nameFields, field) && !strings.HasPrefix(h.over[at], s):
				return false
			case c.kind == figure || c.kind == money:
				if _, err := readFigure(s, 1); err == nil {
					return false
				}
				words = true
			}
		}
	}
	return words
}

func startsWithDigit(s string) bool {
	s = halfWidth(s)
	return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '-')
}

// path is the heads over a column, from the top.
type path []string

func (p path) String() string { return strings.Join(p, "") }

// paths joins the heads over each column. A head that is merged over several
// columns stands over each; in CSV, where that is lost, it stands over the
// blank cells beside it too.
func (t *tab) paths(from, to int) []path {
	width := 0
	for row := from; row < to; row++ {
		width = max(width, len(t.rows[row].Cells))
	}
	out := make([]path, width)
	for row := from; row < to; row++ {
		left := ""
		for column := range out {
			s := t.text(row, column)
			if s == "" && row < to-1 && t.text(to-1, column) != "" {
				s = left
			}
			left = s
			if p := out[column]; s != "" && (len(p) == 0 || p[len(p)-1] != s) {
				out[column] = append(p, s)
			}
		}
	}
	return out
}

// match finds the columns of a form under heads.
func (t *tab) match(f *form, paths []path, from, to int) *head {
	h := &head{form: f, from: from, to: to, over: map[int]string{}}
	one := newBlock()
	rank := map[string]int{}
	var twice []int
	for column, p := range paths {
		if len(p) == 0 || t.hiddenColumn(column) {
			continue
		}
		h.over[column] = p.String()
		field, place := t.find(f, p)
		had, taken := one.at[field]
		switch {
		case t.isPeople(p):
			h.people = append(h.people, column)
		case field == "" && t.isAside(p):
			h.asides = append(h.asides, column)
		case field == "":
			h.unknown = append(h.unknown, column)
		case field == "#":
		case taken && place == rank[field]:
			twice = append(twice, column)
		case taken && place < rank[field]:
			h.unknown = append(h.unknown, had)
			one.put(field, column)
			rank[field] = place
		case taken:
			h.unknown = append(h.unknown, column)
		default:
			one.put(field, column)
			rank[field] = place
			if place < loose { // a word of the site's own
				h.score++
			}
			h.score += 3
		}
	}
	h.promote(one)
	h.blocks = []block{one}
	if len(twice) > 0 {
		h.apart(t, paths, one, twice)
	}
	h.missing = h.lacks(t, one)
	if len(one.at) == 0 {
		return nil
	}
	h.score = h.score*4 - len(h.unknown)*2 - (to - from)
	if t.says(f) {
		h.score += 12
	}
	return h
}

// promote: where there is no other, the direction of a specialty is what is
// meant by the specialty.
func (h *head) promote(one block) {
	_, named := one.at["specialty"]
	_, coded := one.at["code"]
	if at, ok := one.at["direction"]; ok && !named && !coded && h.form.filled {
		delete(one.at, "direction")
		delete(one.letters, "direction")
		one.put("specialty", at)
		h.score++
	}
}

// apart makes several blocks of heads that stand there twice: tables side by
// side, or the planned and the actual figures of a report.
func (h *head) apart(t *tab, paths []path, one block, twice []int) {
	if h.form == &bulletinForm {
		if blocks := t.plannedAndActual(h.form, paths, one); blocks != nil {
			h.blocks = blocks
			h.score += 3 * len(twice)
			return
		}
	}
	var blocks []block
	now := newBlock()
	for column, p := range paths {
		if len(p) == 0 || t.hiddenColumn(column) {
			continue
		}
		field, _ := t.find(h.form, p)
		if field == "" {
			continue
		}
		if _, taken := now.at[field]; taken {
			blocks = append(blocks, now)
			now = newBlock()
		}
		now.put(field, column)
	}
	blocks = append(blocks, now)
	for _, b := range blocks {
		if len(b.at) != len(blocks[0].at) || len(h.lacks(t, b)) > 0 {
			h.unknown = append(h.unknown, twice...)
			return
		}
	}
	h.blocks = blocks
	h.score += 3 * len(twice)
}

// plannedAndActual parts the columns of a report whose upper heads are 计划 and
// 实际.
func (t *tab) plannedAndActual(f *form, paths []path, one block) []block {
	blocks := map[string]block{}
	for column, p := range paths {
		if len(p) < 2 {
			continue
		}
		row, ok := reportRow(p[0])
		field, _ := t.find(f, p[1:])
		if !ok || field == "" {
			continue
		}
		if _, had := blocks[row]; !had {
			b := newBlock()
			b.row = row
			for _, shared := range []string{"unit", "unit_code", "year", "as_of", "text"} {
				if at, ok := one.at[shared]; ok {
					b.put(shared, at)
				}
			}
			blocks[row] = b
		}
		blocks[row].put(field, column)
	}
	if len(blocks) != 2 {
		return nil
	}
	return []block{blocks["plan"], blocks["actual"]}
}

// lacks returns what a block has not of what its form must have. A school may
// stand above the table.
func (h *head) lacks(t *tab, b block) (missing []string) {
	var one []string
	has, found := false, 0
	for _, c := range h.form.columns {
		if b.has(c.field) && c.kind != aside {
			found++
		}
		switch {
		case c.need == must && !b.has(c.field) && (c.field != "school" || !b.has("school_code") && t.over.school == ""):
			missing = append(missing, c.names[0])
		case c.need == either:
			one = append(one, c.names[0])
			has = has || b.has(c.field)
		}
	}
	listed := h.form == &qualificationForm && t.over.status != ""
	if len(one) > 0 && !has && !listed {
		missing = append(missing, strings.Join(one, "或"))
	}
	if len(missing) == 0 && found < 2 && !listed {
		missing = append(missing, h.form.columns[len(h.form.columns)-1].names[0])
	}
	return missing
}

func (b block) has(field string) bool {
	_, ok := b.at[field]
	return ok
}

// column is where a field stands; beyond all columns where it does not.
func (b block) column(field string) int {
	if at, ok := b.at[field]; ok {
		return at
	}
	return 1 << 20
}

// loose is added to the place of a name that fits only in part.
const loose = 1000

// find returns the field that heads name, and how well: the whole path before
// its last word, and that before its first. A number of another year is not
// this one's.
func (t *tab) find(f *form, p path) (field string, place int) {
	tries := []string{p.String()}
	if len(p) > 1 {
		tries = append(tries, p[len(p)-1], p[len(p)-2]+p[len(p)-1], p[0])
	}
	for n, s := range tries {
		plain := t.plain(s)
		of, word := plain.year, plain.word
		if of != 0 && t.year != 0 && of != t.year {
			return "", 0
		}
		for _, w := range []string{word, strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "合计"), "小计"), "总计"), "总数")} {
			if c, ok := f.index()[w]; ok {
				return c.field, c.place + n*loose
			}
		}
	}
	return "", 0
}

type found struct {
	field string
	place int
}

var (
	indexes sync.Map // of forms, by form
	headEnd = pattern.New(`[(（\[【][^)）\]】]*[)）\]】]`)
	headTop = pattern.New(`^(20\d\d)?[-—~至]?(?:20\d\d)?(学年度|学年|年度|年|级)?(秋季|春季|秋|春)?`)
	headOf  = pattern.New(`^(本年度|本年|今年|当年|全市|我市|本校|拟定)`)
	byMoney = pattern.New(`(万?元|￥|¥).*$`)
)

// index returns the columns of a form by their names.
func (f *form) index() map[string]found {
	if known, ok := indexes.Load(f); ok {
		return known.(map[string]found)
	}
	index := map[string]found{}
	for _, c := range f.columns {
		for place, name := range c.names {
			_, word := plainHead(name)
			if _, taken := index[word]; !taken || place == 0 {
				index[word] = found{c.field, place}
			}
		}
	}
	indexes.Store(f, index)
	return index
}

// plainHead is a head without the year it names, what stands in brackets, and
// marks: 2026年招生计划数（人）* → 2026, 招生计划数.
func plainHead(s string) (year int, word string) {
	s = headEnd.ReplaceAllString(halfWidth(strip(s)), "")
	if m := headTop.FindStringSubmatch(s); m[1] != "" {
		year, _ = strconv.Atoi(m[1])
		s = s[len(m[0]):]
	}
	s = headOf.ReplaceAllString(strings.Trim(s, "*＊:：、。.·•- "), "")
	if cut := byMoney.ReplaceAllString(s, ""); cut != "" {
		s = cut
	}
	return year, strings.ToLower(strings.Trim(s, "*＊:：、。.,，·•- 　"))
}

// plain is a head as it is compared.
type plain struct {
	year   int
	word   string
	people bool
}

// plain keeps what it found: a text is compared with the heads of many forms.
func (t *tab) plain(s string) plain {
	if known, ok := t.heads[s]; ok {
		return known
	}
	var p plain
	if len(s) < 150 { // longer ones are no heads
		p.year, p.word = plainHead(s)
		p.people = peopleHead.MatchString(p.word)
	}
	t.heads[s] = p
	return p
}

var asideWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, s := range asides {
		_, word := plainHead(s)
		words[word] = true
	}
	return words
})

func (t *tab) isAside(p path) bool {
	for _, s := range []string{p.String(), p[len(p)-1]} {
		if asideWords()[t.plain(s).word] {
			return true
		}
	}
	return false
}

// peopleHead are heads of what must never be published: names of pupils,
// numbers of persons, who to ring.
var peopleHead = pattern.New(`^(学生|考生|联系|填报|填表|经办|负责|家长|监护|报名|录取)?(人|者|生)?(姓名|身份证号?码?|身份证件号码?|证件号码|准考证号?|考号|报名号|考籍号|学籍号|手机号?码?|家长电话|家庭住址|家庭地址|出生日期|出生年月)$|^(联系人|经办人|填报人|填表人|班主任|招生老师|监护人|家长)$`)

func (t *tab) isPeople(p path) bool { return t.plain(p[len(p)-1]).people }
