package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yangguang/search/hanzi"
)

// marker marks the words of one search in the texts of its hits.
type marker struct {
	words []word
	// mixed is true when a word has other characters than Han and digits.
	mixed bool
	text  []hanzi.Rune // folded, of the text at hand
}

// word is a folded word to be marked.
type word struct {
	runes []rune
	// written is the word where it is Han characters and digits alone, which most
	// texts have in no other form.
	written string
}

// newMarker takes the room in which texts are folded.
func newMarker(terms []Term, room []hanzi.Rune) *marker {
	m := &marker{text: room}
	for i := range terms {
		m.add(terms[i].Text)
		for _, other := range terms[i].Also {
			m.add(other)
		}
	}
	return m
}

func (m *marker) add(text string) {
	w := word{runes: hanzi.AppendRunes(nil, text)}
	if len(w.runes) == 0 {
		return
	}
	if !slices.ContainsFunc(w.runes, func(r rune) bool { return !unicode.Is(unicode.Han, r) && (r < '0' || r > '9') }) {
		w.written = string(w.runes)
	}
	m.mixed = m.mixed || w.written == ""
	m.words = append(m.words, w)
}

// hit shows a document, with the words marked, and of a long text the part
// where they stand.
func (m *marker) hit(d *Doc) Hit {
	h := Hit{Type: d.Type, ID: d.ID, Title: d.Title, Text: d.Text, URL: d.URL, Year: d.Year}
	h.TitleMarks = m.marks(d.Title)
	h.TextMarks = m.marks(d.Text)
	if len(h.Text) > longest {
		h.Text, h.TextMarks = excerpt(h.Text, h.TextMarks)
	}
	return h
}

// marks returns where the words stand in text, in order and without overlap. A
// text has its Han words in one form mostly: it is folded only where none
// stands in it as written, and for words that have other characters.
func (m *marker) marks(text string) []Mark {
	var out []Mark
	for i := range m.words {
		out = m.words[i].appendWritten(out, text)
	}
	if text != "" && (len(out) == 0 || m.mixed) {
		m.text = hanzi.AppendText(m.text[:0], text)
		for i := range m.words {
			out = m.words[i].appendFolded(out, m.text)
		}
	}
	return joined(out)
}

func (w *word) appendWritten(dst []Mark, text string) []Mark {
	for at := 0; w.written != ""; {
		i := strings.Index(text[at:], w.written)
		if i < 0 {
			break
		}
		dst = append(dst, Mark{at + i, at + i + len(w.written)})
		at += i + len(w.written)
	}
	return dst
}

func (w *word) appendFolded(dst []Mark, text []hanzi.Rune) []Mark {
	for at := 0; at+len(w.runes) <= len(text); at++ {
		if w.stands(text[at:]) {
			last := text[at+len(w.runes)-1]
			dst = append(dst, Mark{int(text[at].From), int(last.To)})
			at += len(w.runes) - 1
		}
	}
	return dst
}

func (w *word) stands(text []hanzi.Rune) bool {
	for i, r := range w.runes {
		if text[i].R != r {
			return false
		}
	}
	return true
}

// joined puts marks in order and makes those that touch one.
func joined(all []Mark) []Mark {
	slices.SortFunc(all, func(a, b Mark) int { return cmp.Or(a.From-b.From, b.To-a.To) })
	out := all[:0]
	for _, m := range all {
		if n := len(out); n > 0 && m.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, m.To)
			continue
		}
		out = append(out, m)
	}
	return out
}

// The lengths of an excerpt, in bytes (a character has three).
const (
	longest = 420
	before  = 90 // at most, in front of the first mark
)

// excerpt cuts a long text to the part where most marks stand, from the
// beginning of a sentence where one is near.
func excerpt(text string, marks []Mark) (string, []Mark) {
	from := start(text, densest(marks))
	to := min(from+longest, len(text))
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	var out strings.Builder
	if from > 0 {
		out.WriteString("…")
	}
	shift := out.Len() - from
	out.WriteString(text[from:to])
	if to < len(text) {
		out.WriteString("…")
	}
	var inside []Mark
	for _, m := range marks {
		if m.From >= from && m.To <= to {
			inside = append(inside, Mark{m.From + shift, m.To + shift})
		}
	}
	return out.String(), inside
}

// densest returns where the stretch of text begins in which most is marked.
func densest(marks []Mark) int {
	best, at := 0, 0
	for i, m := range marks {
		sum := 0
		for _, n := range marks[i:] {
			if n.To > m.From+longest-before {
				break
			}
			sum += n.To - n.From
		}
		if sum > best {
			best, at = sum, m.From
		}
	}
	return at
}

// start moves the beginning of an excerpt back to that of the sentence, or a
// few words before the mark at i.
func start(text string, i int) int {
	from := max(0, i-before)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	if from == 0 {
		return 0
	}
	if k := strings.LastIndexAny(text[from:i], "。；！？\n"); k >= 0 {
		_, width := utf8.DecodeRuneInString(text[from+k:])
		return from + k + width
	}
	return from
}
