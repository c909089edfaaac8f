package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yangguang/search/hanzi"
	"yangguang/understand"
)

// wording is one way to ask a question or to call a word, as it is compared.
type wording struct {
	plain string // without punctuation
	// pairs are the pairs of characters without idle words, all those of the whole
	// text; in order, once each.
	pairs, all []string
}

func wordingOf(text string) wording {
	w := wording{plain: plain(text)}
	q := take(text, understand.Reading{})
	for _, a := range q.atoms {
		w.pairs = append(w.pairs, a.term.Text)
	}
	last := -1
	for i, r := range w.plain {
		if last >= 0 {
			w.all = append(w.all, w.plain[last:i+utf8.RuneLen(r)])
		}
		last = i
	}
	w.pairs, w.all = inOrder(w.pairs), inOrder(w.all)
	return w
}

func inOrder(set []string) []string {
	slices.Sort(set)
	return slices.Compact(set)
}

// wordings are the document's title and names.
func (d *Doc) wordings() []wording {
	out := []wording{wordingOf(d.Title)}
	for _, name := range d.Names {
		out = append(out, wordingOf(name))
	}
	return out
}

// alike is how much of two wordings is the same. One pair alone is like
// nothing.
func (w wording) alike(o wording) float64 {
	if len(w.pairs) < 2 {
		return 0
	}
	return (dice(w.pairs, o.pairs) + dice(w.all, o.all)) / 2
}

// dice is Dice's measure of two sets in order.
func dice(a, b []string) float64 {
	both, size := 0, len(a)+len(b)
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0], b[0]); {
		case c < 0:
			a = a[1:]
		case c > 0:
			b = b[1:]
		default:
			both, a, b = both+1, a[1:], b[1:]
		}
	}
	if size == 0 {
		return 0
	}
	return 2 * float64(both) / float64(size)
}

// plain is a text without its punctuation.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, hanzi.Fold(text))
}
