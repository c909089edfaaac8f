// Package hanzi compares Chinese as people type it: in either script, in
// either width, in Latin letters, by sound and shortened.
//
// [Normalise] brings a text to the form in which all texts are compared and
// keeps the way back, so that a match can be shown in the text as it was
// written. A [Spelling] is a name with all readings of each character; it is
// matched against Latin letters (jiaozuo, jz, jzws) and against other
// characters that sound the same. [Shortens] says whether a word is a name
// cut short (焦作卫校).
package hanzi

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed traditional.txt
var traditionalPairs string

// Text is a text in the form in which texts are compared: lower case, half
// width, simplified characters, one form of brackets and quotation marks, and
// no space except between two Latin words or numbers.
type Text struct {
	Norm string
	// from and to hold, for each byte of Norm, where the character it belongs
	// to begins and ends in the original.
	from, to []int32
	size     int
}

// Normalise returns s in the form in which texts are compared. Normalising
// twice changes nothing.
func Normalise(s string) Text {
	t := Text{from: make([]int32, 0, len(s)), to: make([]int32, 0, len(s)), size: len(s)}
	var b strings.Builder
	b.Grow(len(s))
	for w := walk(s); w.next(); {
		n, _ := b.WriteRune(w.r)
		for range n {
			t.from, t.to = append(t.from, int32(w.from)), append(t.to, int32(w.to))
		}
	}
	t.Norm = b.String()
	return t
}

// Fold is Normalise without the way back.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for w := walk(s); w.next(); {
		b.WriteRune(w.r)
	}
	return b.String()
}

// AppendRunes appends the characters of Fold(s) to dst.
func AppendRunes(dst []rune, s string) []rune {
	for w := walk(s); w.next(); {
		dst = append(dst, w.r)
	}
	return dst
}

// Rune is a folded character with the bytes of the original it comes from.
type Rune struct {
	R        rune
	From, To int32
}

// AppendText appends the characters of Fold(s) with their places in s to dst.
func AppendText(dst []Rune, s string) []Rune {
	for w := walk(s); w.next(); {
		dst = append(dst, Rune{w.r, int32(w.from), int32(w.to)})
	}
	return dst
}

// Span returns the bytes of the original text that became Norm[from:to].
func (t Text) Span(from, to int) (int, int) {
	switch {
	case from < to:
		return int(t.from[from]), int(t.to[to-1])
	case from < len(t.from):
		return int(t.from[from]), int(t.from[from])
	default:
		return t.size, t.size
	}
}

// space and dropped are what folded says of characters that are no more than
// a gap, or nothing.
const (
	space   = ' '
	dropped = -1
)

// walker goes over the characters of the folded text. After next returned true
// r is the character, from and to are the bytes of the text it comes from.
type walker struct {
	text     string
	folded   *foldTable
	r        rune
	from, to int

	at      int  // where to read on
	pending rune // read, and to be returned after the space in front of it
}

func walk(text string) walker { return walker{text: text, folded: folded()} }

func (w *walker) next() bool {
	if w.pending != 0 {
		_, width := utf8.DecodeLastRuneInString(w.text[:w.at])
		w.r, w.from, w.to, w.pending = w.pending, w.at-width, w.at, 0
		return true
	}
	last, gap, gapEnd := w.r, -1, 0
	for w.at < len(w.text) {
		from := w.at
		r, width := rune(w.text[from]), 1
		if r >= utf8.RuneSelf {
			r, width = utf8.DecodeRuneInString(w.text[from:])
		}
		w.at += width
		switch r = w.folded.fold(r); {
		case r == dropped:
		case r == space:
			if gap < 0 {
				gap = from
			}
			gapEnd = w.at
		case gap >= 0 && latin(last) && latin(r):
			w.r, w.from, w.to, w.pending = space, gap, gapEnd, r
			return true
		default:
			w.r, w.from, w.to = r, from, w.at
			return true
		}
	}
	return false
}

func latin(r rune) bool {
	return r != 0 && r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func (t *foldTable) fold(r rune) rune {
	if r < rune(len(t)) {
		if f := t[r]; f != 0 {
			return f
		}
	}
	if r < 0x2e80 {
		return lower(r)
	}
	return r
}

// lower is unicode.ToLower, once more where that has a lower case again.
func lower(r rune) rune {
	if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
		switch {
		case unicode.IsSpace(r):
			return space
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return dropped
		}
		return r
	}
	return unicode.ToLower(r)
}

// foldTable holds the folded form of the characters whose form differs; 0
// stands for those that are left to lower.
type foldTable [0x10000]rune

var folded = sync.OnceValue(func() *foldTable {
	t := new(foldTable)
	for r := rune(' ' + 1); r < 0x7f; r++ {
		t[r] = unicode.ToLower(r)
		t[r+0xfee0] = unicode.ToLower(r) // full width
	}
	t[' '], t['\u3000'] = space, space
	same := []string{
		"(〔（［【〖﹝[", ")〕）］】〗﹞]", `"“”„「」『』＂`, "'‘’＇`´",
		"-‐‑‒–—―−－", "~～〜∼", ".。．｡", ",，、､", "·•・‧∙", "<《〈", ">》〉", "¥￥",
	}
	for _, class := range same {
		runes := []rune(class)
		for _, r := range runes {
			t[r] = runes[0]
		}
	}
	for i, r := range []rune("①②③④⑤⑥⑦⑧⑨") {
		t[r] = '1' + rune(i)
	}
	for _, r := range "\ufeff\u200b\u200c\u200d\u2060\u00ad" {
		t[r] = dropped
	}
	for line := range strings.Lines(traditionalPairs) {
		if pairs := []rune(strings.TrimSpace(line)); line[0] != '#' {
			for i := 0; i+1 < len(pairs); i += 2 {
				if pairs[i] < rune(len(t)) {
					t[pairs[i]] = pairs[i+1]
				}
			}
		}
	}
	return t
})
