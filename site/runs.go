package site

import (
	"cmp"
	"slices"
	"strings"
)

// cut is a part of a text, bytes From to To, that is shown as a link to URL,
// or highlighted where it has none.
type cut struct {
	From, To int
	URL      string
}

// run is a piece of a text that is shown in one way.
type run struct {
	Text string
	Mark bool
	URL  string
}

// runs takes a text apart at its cuts. Of cuts that overlap the first holds,
// of two that begin together the longer; one outside the text is left out.
func runs(text string, cuts []cut) []run {
	slices.SortStableFunc(cuts, func(a, b cut) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
	var out []run
	at := 0
	for _, c := range cuts {
		if c.From < at || c.To <= c.From || c.To > len(text) {
			continue
		}
		if c.From > at {
			out = append(out, run{Text: text[at:c.From]})
		}
		out = append(out, run{Text: text[c.From:c.To], Mark: c.URL == "", URL: c.URL})
		at = c.To
	}
	if at < len(text) {
		out = append(out, run{Text: text[at:]})
	}
	return out
}

// everywhere cuts out each place where the words stand in the text.
func everywhere(text, words, url string) []cut {
	var out []cut
	for at := 0; words != ""; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			break
		}
		at += i
		out = append(out, cut{at, at + len(words), url})
		at += len(words)
	}
	return out
}
