package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"yangguang/content"
	"yangguang/search/hanzi"
	"yangguang/understand"
)

// atom is a piece of a query that means one thing: a unit, a document number,
// a word of the record, or a pair of characters nobody knows.
type atom struct {
	from, to int // bytes of the query
	term     Term
	known    bool // understood, not only cut out
	unit     bool
}

// What an atom counts for in a relaxed search.
const (
	unitWeight = 2
	wordWeight = 2
	yearWeight = 0.5
	restWeight = 1
	idleWeight = 0.3
)

// question is a query taken apart.
type question struct {
	text  string
	atoms []atom
	// asking is true when the query holds words of a sentence (吗, 怎么), and not
	// only names.
	asking bool
	// others is true when it names something that is not in the record: then
	// nothing that is close to it is an answer.
	others bool
	// beside are the terms of what is asked about somebody else's name: what is
	// said of 正规吗 helps a family that asks it of another school.
	beside []Term
}

// take takes a query apart by what was understood of it.
func take(text string, r understand.Reading) question {
	q := question{text: text}
	known := func(s understand.Span, weight float64, also ...string) *atom {
		for i := range q.atoms {
			if a := &q.atoms[i]; a.from == s.From && a.to == s.To { // a name that two share
				a.term.Also = append(a.term.Also, also...)
				return a
			}
		}
		q.atoms = append(q.atoms, atom{from: s.From, to: s.To, known: true, term: Term{Text: s.Words, Also: also, Weight: weight}})
		return &q.atoms[len(q.atoms)-1]
	}
	for _, u := range r.Units {
		weight := float64(unitWeight)
		if u.Kind == content.Bureau {
			weight = restWeight // it stands in every other question
		}
		known(u.Span, weight, u.Name).unit = u.Kind != content.Bureau
	}
	for _, n := range r.Numbers {
		known(n.Span, unitWeight, n.Number)
		q.others = q.others || n.Policy == ""
	}
	for _, w := range r.Words {
		known(w.Span, wordWeight, w.Means...)
	}
	for _, y := range r.Years {
		if !slices.ContainsFunc(q.atoms, func(a atom) bool { return a.overlaps(y.Span) }) { // 去年毕业 is a word
			known(y.Span, yearWeight)
		}
	}
	for _, a := range r.Ages {
		known(a.Span, wordWeight, ofAge(a.Age)...)
	}
	for _, d := range r.Dates {
		known(d.Span, wordWeight, fmt.Sprintf("%d月%d日", d.Month, d.Day))
	}
	named := !q.others
	for _, o := range r.Others {
		known(o.Span, restWeight)
		q.others = true
	}
	slices.SortFunc(q.atoms, func(a, b atom) int { return a.from - b.from })
	q.rest()
	q.asking = q.asking || q.sentence()
	if named && q.others && q.asking {
		q.beside = q.besideOthers(r)
	}
	return q
}

// besideOthers are what was understood beside the names of others, but for how
// many they take: that stands here of ours alone.
func (q *question) besideOthers(r understand.Reading) []Term {
	var out []Term
	for _, a := range q.atoms {
		counts := slices.ContainsFunc(r.Topics, func(t understand.Topic) bool {
			return (t.Topic == "number" || t.Topic == "total") && a.overlaps(t.Span)
		})
		word := slices.ContainsFunc(r.Words, func(w understand.Word) bool { return w.From == a.from && w.To == a.to })
		if (word || a.unit) && !counts && !background[a.term.Text] {
			out = append(out, a.term)
		}
	}
	return out
}

// sentence reports whether a piece of the query is too long for a word and
// does not end as the names of schools and offices do.
func (q *question) sentence() bool {
	return slices.ContainsFunc(q.pieces(), func(p piece) bool {
		text := q.text[p.from:p.to]
		return utf8.RuneCountInString(text) > 4 && !endsAsName(text)
	})
}

func endsAsName(text string) bool {
	return slices.ContainsFunc(nameEnds, func(end string) bool { return strings.HasSuffix(text, end) })
}

var nameEnds = strings.Fields("大学 学院 学校 中学 小学 高中 职高 中专 技校 卫校 体校 幼儿园 局 院 厅 公司 集团 中心")

// ofAge is how the record speaks of somebody of that age.
func ofAge(age int) []string {
	if age >= 18 {
		return []string{"满十八周岁", "满18岁", "成年人"}
	}
	return []string{"没满18岁", "应届初中毕业"}
}

// rest cuts what stands between the known atoms.
func (q *question) rest() {
	known, at := q.atoms, 0
	q.atoms = nil
	for _, a := range known {
		q.cutPieces(at, a.from)
		q.atoms = append(q.atoms, a)
		at = max(at, a.to)
	}
	q.cutPieces(at, len(q.text))
}

// cutPieces cuts what stands between spaces by itself.
func (q *question) cutPieces(from, to int) {
	for from < to {
		end := strings.IndexFunc(q.text[from:to], unicode.IsSpace)
		if end < 0 {
			end = to - from
		}
		q.cut(from, from+end)
		_, width := utf8.DecodeRuneInString(q.text[from+end:])
		from += end + max(width, 1)
	}
}

//go:embed idle.txt
var idleWords string

// idle are the words of a sentence that say nothing of what is asked; from are
// those by their first character, the longest first. A single character is
// there only as a particle; elsewhere it may be part of a word (会 of 会计).
type idle struct {
	words map[string]bool
	from  map[rune][]string
}

// particles are characters that are hardly part of a word of the record.
const particles = "吗呢吧啊呀嘛么的了几哪谁啥咋"

var idles = sync.OnceValue(func() idle {
	words, from := map[string]bool{}, map[rune][]string{}
	for w := range strings.FieldsSeq(idleWords) {
		words[w] = true
		if first, width := utf8.DecodeRuneInString(w); width < len(w) || strings.Contains(particles, w) {
			from[first] = append(from[first], w)
		}
	}
	for _, list := range from {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
	return idle{words, from}
})

// idleAt returns the length of the idle word that text begins with.
func idleAt(text string) int {
	first, _ := utf8.DecodeRuneInString(text)
	for _, w := range idles().from[first] {
		if strings.HasPrefix(text, w) {
			return len(w)
		}
	}
	return 0
}

// cut adds the atoms of text[from:to]: words and numbers whole, Han text
// without its idle words in pairs of characters.
func (q *question) cut(from, to int) {
	if from >= to {
		return
	}
	t := hanzi.Normalise(q.text[from:to])
	add := func(a, b int, weight float64) {
		x, y := t.Span(a, b)
		q.atoms = append(q.atoms, atom{from: from + x, to: from + y, term: Term{Text: t.Norm[a:b], Weight: weight}})
	}
	for at := 0; at < len(t.Norm); {
		r, width := utf8.DecodeRuneInString(t.Norm[at:])
		switch {
		case unicode.Is(unicode.Han, r):
			if n := idleAt(t.Norm[at:]); n > 0 {
				q.asking = true
				at += n
				continue
			}
			end := hanEnd(t.Norm, at)
			pairs(t.Norm, at, end, add)
			at = end
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end := at + width
			for end < len(t.Norm) {
				next, w := utf8.DecodeRuneInString(t.Norm[end:])
				if unicode.Is(unicode.Han, next) || next == ' ' {
					break
				}
				end += w
			}
			add(at, end, restWeight)
			at = end
		default:
			q.asking = q.asking || r == '?'
			at += width
		}
	}
}

// hanEnd returns where the Han text that begins at at ends, or an idle word
// begins in it.
func hanEnd(text string, at int) int {
	for i, r := range text[at:] {
		if !unicode.Is(unicode.Han, r) || idleAt(text[at+i:]) > 0 {
			return at + i
		}
	}
	return len(text)
}

// pairs calls add for each two neighbouring characters of text[from:to], or
// for the one that is there. A pair with an idle character counts little, one
// of two of them nothing.
func pairs(text string, from, to int, add func(a, b int, weight float64)) {
	var starts []int
	for i := range text[from:to] {
		starts = append(starts, from+i)
	}
	starts = append(starts, to)
	if len(starts) == 2 {
		if !idles().words[text[from:to]] {
			add(from, to, restWeight)
		}
		return
	}
	idle := idles().words
	for i := 0; i+2 < len(starts); i++ {
		a, b, c := starts[i], starts[i+1], starts[i+2]
		switch first, second := idle[text[a:b]], idle[text[b:c]]; {
		case !first && !second:
			add(a, c, restWeight)
		case !first || !second:
			add(a, c, idleWeight)
		}
	}
}

// strict is the query with every piece between spaces as a term. It reports
// false where a piece is a unit's name and more (卫校招生): it stands nowhere as it
// is. What ends as names do may be the whole name of another (甲市卫生学校).
func (q *question) strict() ([]Term, bool) {
	var terms []Term
	for _, p := range q.pieces() {
		var inside []atom
		for _, a := range q.atoms {
			if a.from >= p.from && a.to <= p.to {
				inside = append(inside, a)
			}
		}
		t := Term{Text: q.text[p.from:p.to]}
		switch {
		case len(inside) == 1 && inside[0].known && inside[0].from == p.from && inside[0].to == p.to:
			t.Also = inside[0].term.Also
		case slices.ContainsFunc(inside, func(a atom) bool { return a.unit }) && !endsAsName(t.Text):
			return nil, false
		}
		terms = append(terms, t)
	}
	return terms, len(terms) > 0
}

type piece struct{ from, to int }

// pieces are the parts of the query between spaces. A known atom with a space
// in it (jiaozuo weisheng) is one.
func (q *question) pieces() []piece {
	var out []piece
	at := 0
	for _, f := range strings.FieldsFunc(q.text, unicode.IsSpace) {
		from := at + strings.Index(q.text[at:], f)
		at = from + len(f)
		if n := len(out); n > 0 && q.joined(out[n-1].to, from) {
			out[n-1].to = at
			continue
		}
		out = append(out, piece{from, at})
	}
	return out
}

func (q *question) joined(before, after int) bool {
	return slices.ContainsFunc(q.atoms, func(a atom) bool { return a.known && a.from < before && a.to > after })
}

// hints are all pairs of characters of the query that are no terms: in 怎么查孩子学籍
// the idle words tell one question from another.
func (q *question) hints() []string {
	var out []string
	text := plain(q.text)
	pairs(text, 0, len(text), func(a, b int, _ float64) {
		if p := text[a:b]; !slices.ContainsFunc(q.atoms, func(a atom) bool { return a.term.Text == p }) {
			out = append(out, p)
		}
	})
	return out
}

// How much of a query must occur. What is only names must occur by half, so
// that another school's name finds nothing; of a sentence its known words do.
const (
	enoughOfName     = 0.5
	enoughOfSentence = 0.25
)

// loose is the query as atoms of which enough must occur.
func (q *question) loose() Wanted {
	w := Wanted{Enough: enoughOfName}
	for _, a := range q.atoms {
		w.Terms = append(w.Terms, a.term)
		if a.known || q.asking {
			w.Lenient, w.Enough = true, enoughOfSentence
		}
	}
	w.Hints = q.hints()
	return w
}
