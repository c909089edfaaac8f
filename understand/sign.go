package understand

import (
	_ "embed"
	"strings"
	"sync"
)

// Of signs.csv the lines that begin with word are what somebody or something
// is called, those that begin with sign what stands one behind the other, near
// in a clause or far in a sentence.
//
//go:embed signs.csv
var signWords string

// sign is something in a story that its words one by one do not show: who pays
// whom, that aid was kept back, that it was promised otherwise.
type sign struct {
	name  string
	roles []string
	far   bool
}

// How many bytes may stand between the words of a sign.
const (
	nearEnough = 8 * 3
	farEnough  = 20 * 3
)

var signTable = sync.OnceValues(func() (*gazetteer[string], []sign) {
	words := newGazetteer[string]()
	var signs []sign
	for line := range strings.Lines(signWords) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if f[0] == "sign" {
			signs = append(signs, sign{"sign " + f[2], strings.Fields(f[2]), f[1] == "far"})
			continue
		}
		for w := range strings.SplitSeq(f[2], "|") {
			words.add(w, f[1])
		}
	}
	return words, signs
})

// eachSign calls f for every sign that stands in a folded text.
func eachSign(folded string, f func(name string)) {
	words, signs := signTable()
	found := words.all(folded)
	for _, s := range signs {
		if s.stands(folded, found) {
			f(s.name)
		}
	}
}

// stands reports whether the words of the sign stand one behind the other.
func (s sign) stands(text string, found []finding[string]) bool {
	for i, f := range found {
		if f.value == s.roles[0] && s.goesOn(text, f.to, found[i:], s.roles[1:]) {
			return true
		}
	}
	return false
}

func (s sign) goesOn(text string, from int, found []finding[string], roles []string) bool {
	if len(roles) == 0 {
		return true
	}
	most, ends := nearEnough, clauseEnds
	if s.far {
		most, ends = farEnough, ".;!?"
	}
	for i, f := range found {
		switch {
		case f.from < from || f.value != roles[0]:
			continue
		case f.from-from > most || strings.ContainsAny(text[from:f.from], ends):
			return false
		}
		if s.goesOn(text, f.to, found[i:], roles[1:]) {
			return true
		}
	}
	return false
}
