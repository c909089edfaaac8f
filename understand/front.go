package understand

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"yangguang/content"
)

// A short name of a school is the end of many other schools' names: 职业技术学校 of
// 启明星职业技术学校, 卫校 of 郑州卫校. Whose it is the words directly in front say. Only
// known ones leave it ours; anything else is part of a longer name, which
// belongs to somebody else.

//go:embed places.txt
var placeNames string

// elsewhere are the names of provinces, cities and counties, as a school's name
// begins with them.
var elsewhere = sync.OnceValue(func() []string { return strings.Fields(placeNames) })

//go:embed fronts.txt
var frontWords string

// fronts are the words that may stand in front of a school's name in a sentence.
// Those of the first part of the file hardly end a name; those of the second
// do (理想, 未来, 高等), and count only where what is before them is no name
// either.
var fronts = sync.OnceValues(func() (strong, weak []string) {
	first, second, _ := strings.Cut(frontWords, "\n\n")
	return strings.Fields(first), strings.Fields(second)
})

// belongs is whose a name is by what stands in front of it.
type belongs int

const (
	ours belongs = iota
	unsure
	somebodyElses
)

// isSchoolName reports whether a word ends as the name of a school does.
func isSchoolName(word string) bool {
	return slices.ContainsFunc([]string{"校", "中专", "医专", "职专"}, func(end string) bool { return strings.HasSuffix(word, end) })
}

// byAlias says how another name that the record gives a unit names it: a
// school's must end as one does.
func (n *names) byAlias(name, code string) How {
	if n.school(code) && !isSchoolName(name) {
		return ByWord
	}
	return ByAlias
}

// byWord says how a word of the vocabulary names a unit. What leads to a school
// (学护士, 护士学校) is no name of it.
func (n *names) byWord(w *content.Word, code string) How {
	switch {
	case w.Kind == "typo":
		return ByTypo
	case n.school(code):
		return ByWord
	}
	return ByAlias
}

func (n *names) school(code string) bool {
	kind := n.units[code].Kind
	return kind == content.MunicipalSchool || kind == content.CountySchool
}

// owner says whose the name at p is, and which part of the text the whole name
// is. A unit's full name and a county's stand for themselves.
func (n *names) owner(t *text, p place, c called) (belongs, place) {
	name := t.Norm[p.from:p.to]
	switch {
	case !n.school(c.code):
		return ours, p
	case branch(t.Norm[p.to:]):
		return unsure, p
	case c.how == ByName || !isSchoolName(name):
		return ours, p
	}
	f := n.frontOf(t, p)
	if f.text == "" && f.latin == p.from {
		return ours, p
	}
	if f.latin < p.from {
		return somebodyElses, place{f.latin, p.to}
	}
	switch {
	case n.home != "" && strings.HasPrefix(name, n.home) && n.placeAt(f.text) > 0: // 河南焦作卫校
		return ours, p
	case n.leaves(f.text) && n.namesElsewhere(f.text): // 去郑州上卫校
		return unsure, p
	case n.leaves(f.text):
		return ours, p
	}
	whole := place{f.end - n.foreignPart(f.text), p.to}
	if f.spaced {
		return unsure, p
	}
	return somebodyElses, whole
}

// branches are the words behind a school's name that make it another's, or a
// place of its own that must be asked about.
var branches = []string{"附属", "附设", "分校", "分部", "分院", "校区", "联合", "合作", "教学点", "培训", "继续教育", "东校", "西校", "南校", "北校"}

// branch reports whether the text goes on so, after at most a place's name.
func branch(rest string) bool {
	for range 4 {
		if slices.ContainsFunc(branches, func(b string) bool { return strings.HasPrefix(rest, b) }) {
			return true
		}
		r, width := utf8.DecodeRuneInString(rest)
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune("的和与有在是", r) {
			return false
		}
		rest = rest[width:]
	}
	return false
}

// front is the Han text directly in front of a name.
type front struct {
	text   string
	end    int  // where it ends, before a joiner
	spaced bool // there is a space between them
	latin  int  // where Latin letters directly in front begin
}

// joiners are the signs that end a name in quotes, or join its parts: “博大”卫校.
const joiners = "”」』’)·-"

// before returns the character of the original in front of Norm[at], with its
// width in the folded text.
func (t *text) before(at int) (rune, int) {
	_, width := utf8.DecodeLastRuneInString(t.Norm[:at])
	if width == 0 {
		return 0, 0
	}
	from, to := t.Span(at-width, at)
	r, _ := utf8.DecodeRuneInString(t.original[from:to])
	if r == '）' || r == '•' {
		r, _ = utf8.DecodeRuneInString(t.Norm[at-width:])
	}
	return r, width
}

// longestFront is how many characters in front are read.
const longestFront = 16

func (n *names) frontOf(t *text, p place) front {
	f := front{end: p.from, latin: p.from}
	if r, width := t.before(p.from); strings.ContainsRune(joiners, r) {
		f.end -= width
	}
	at := f.end
	for range longestFront {
		r, width := utf8.DecodeLastRuneInString(t.Norm[:at])
		if width == 0 || !unicode.Is(unicode.Han, r) {
			break
		}
		if gap := t.gapAt(at); strings.ContainsAny(gap, "\r\n") || gap != "" && at < f.end {
			break
		} else if gap != "" {
			f.spaced = true
		}
		at -= width
	}
	f.text = t.Norm[at:f.end]
	for at == p.from && f.latin > 0 && 'a' <= t.Norm[f.latin-1] && t.Norm[f.latin-1] <= 'z' {
		f.latin--
	}
	return f
}

// gapAt returns the white space that the original has between the characters
// before and after Norm[at], and that comparing drops.
func (t *text) gapAt(at int) string {
	if at <= 0 || at >= len(t.Norm) {
		return ""
	}
	_, end := t.Span(at-1, at)
	next, _ := t.Span(at, at+1)
	if end >= next || strings.TrimSpace(t.original[end:next]) != "" {
		return ""
	}
	return t.original[end:next]
}

// homeOf is the city whose bureau this is: 焦作 of 焦作市教育局.
func homeOf(bureau string) string {
	for _, end := range []string{"教育局", "教育体育局", "教体局", "教育和体育局"} {
		if city, ok := strings.CutSuffix(bureau, end); ok {
			bureau = city
		}
	}
	if city, ok := strings.CutSuffix(bureau, "市"); ok {
		return city
	}
	return bureau
}

// atHome returns what follows the city's name in the text, the last time it
// stands there.
func (n *names) atHome(text string) (after string, found bool) {
	if i := strings.LastIndex(text, n.home); i >= 0 && n.home != "" {
		return strings.TrimPrefix(text[i+len(n.home):], "市"), true
	}
	return text, false
}

// isCity: 新乡市 is no short name of 新乡市教育局.
func (n *names) isCity(text string) bool {
	after, found := n.atHome(text)
	return found && after == "" && strings.HasPrefix(text, n.home)
}

// leaves reports whether a name stays what it is behind that text.
func (n *names) leaves(text string) bool {
	if after, _ := n.atHome(text); after == "" {
		return true
	}
	if n.placeAt(text) > 0 {
		return false
	}
	strong, weak := fronts()
	if _, ok := cutAny(text, strong); ok {
		return true
	}
	if rest, ok := strings.CutSuffix(text, "市"); ok {
		return n.leaves(rest)
	}
	for _, w := range weak {
		if rest, ok := strings.CutSuffix(text, w); ok && n.leaves(rest) {
			return true
		}
	}
	return n.endsInSchool(text)
}

// endsInSchool: 体校和卫校.
func (n *names) endsInSchool(text string) bool {
	for from := range text {
		for _, c := range n.exact[text[from:]] {
			if n.school(c.code) {
				return true
			}
		}
	}
	return false
}

func cutAny(text string, ends []string) (string, bool) {
	for _, end := range ends {
		if rest, ok := strings.CutSuffix(text, end); ok {
			return rest, true
		}
	}
	return text, false
}

// placeAt returns how many bytes at the end of the text are the name of a
// place whose schools are not the city's own, a county of the city among them.
func (n *names) placeAt(text string) int {
	for _, end := range []string{"", "市", "县", "省", "区"} {
		city, ok := strings.CutSuffix(text, end)
		if !ok {
			continue
		}
		for _, name := range elsewhere() {
			if name != n.home && strings.HasSuffix(city, name) {
				return len(text) - len(city) + len(name)
			}
		}
	}
	for from := range text {
		for _, c := range n.exact[text[from:]] {
			if kind := n.units[c.code].Kind; kind == content.County || kind == content.District {
				return len(text) - from
			}
		}
	}
	return 0
}

// namesElsewhere reports whether another place is named in front of a name.
func (n *names) namesElsewhere(text string) bool {
	after, _ := n.atHome(text)
	return slices.ContainsFunc(elsewhere(), func(place string) bool { return place != n.home && strings.Contains(after, place) })
}

// foreignPart returns how many bytes at the end of the text belong to the
// name behind it.
func (n *names) foreignPart(text string) int {
	if size := n.placeAt(text); size > 0 {
		return size
	}
	at := len(text)
	for at > 0 {
		_, width := utf8.DecodeLastRuneInString(text[:at])
		at -= width
		if n.leaves(text[:at]) || n.placeAt(text[:at]) > 0 {
			break
		}
	}
	if after, found := n.atHome(text[:at]); found && after == "" { // 焦作市华信…
		return len(text) - strings.LastIndex(text[:at], n.home)
	}
	return len(text) - at + n.placeAt(text[:at])
}
