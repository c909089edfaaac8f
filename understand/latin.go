package understand

import (
	"cmp"
	"slices"
	"strings"

	"yangguang/search/hanzi"
)

// mostRuns is how many stretches of Latin letters are read in one text: each is
// held against all names and words of the record, and people do not write more.
const mostRuns = 30

// readLatin reads what is typed in Latin letters: a unit where exactly one
// fits best, otherwise words of the record.
func (r *Reader) readLatin(t *text, out *Reading) {
	runs := latinRuns(t.Norm)
	for _, run := range runs[:min(len(runs), mostRuns)] {
		typed, ok := hanzi.Typed(t.Norm[run.from:run.to])
		if !ok || len(typed) < 2 || !t.free(run) {
			continue
		}
		found := r.spelled(typed, false)
		if found.none() {
			found = r.spelled(typed, true)
		}
		if found.none() {
			r.readSyllables(t, out, run)
			continue
		}
		r.keep(t, out, run, found)
	}
}

func (r *Reader) keep(t *text, out *Reading, p place, found spelling) {
	for _, c := range found.units {
		r.unit(t, out, p, c)
	}
	t.settle()
	if len(found.units) == 0 && len(found.words) > 0 {
		out.Words = append(out.Words, Word{t.span(p), found.words[0], found.words, found.how})
	}
}

// A sentence in Latin letters has at most mostSyllables parts between spaces,
// a name in it longestName of them; what is longer is no pinyin.
const mostSyllables, longestName = 20, 8

// readSyllables reads a sentence (wei xiao zhao duo shao ren): of a run that
// spells nothing as a whole, the longest stretches between its spaces that
// spell a whole name, or else a whole word, in full.
func (r *Reader) readSyllables(t *text, out *Reading, run place) {
	var parts []place
	at := run.from
	for part := range strings.FieldsSeq(t.Norm[run.from:run.to]) {
		from := at + strings.Index(t.Norm[at:], part)
		at = from + len(part)
		parts = append(parts, place{from, at})
	}
	if len(parts) > mostSyllables {
		return
	}
	for len(parts) > 0 {
		n, found := longest(t, parts, r.unitsInFull)
		if n == 0 {
			n, found = longest(t, parts, r.wordsInFull)
		}
		if n > 0 {
			r.keep(t, out, place{parts[0].from, parts[n-1].to}, found)
		}
		parts = parts[max(n, 1):]
	}
}

// longest returns how many of the first parts spell something together, and
// what; 0 where none do.
func longest(t *text, parts []place, spells func(typed string) spelling) (int, spelling) {
	for n := min(len(parts), longestName); n > 0; n-- {
		typed, ok := hanzi.Typed(t.Norm[parts[0].from:parts[n-1].to])
		if !ok {
			continue
		}
		if found := spells(typed); !found.none() {
			return n, found
		}
	}
	return 0, spelling{}
}

func (r *Reader) unitsInFull(typed string) spelling {
	units, _, fits := r.spelledUnits(typed, false)
	if fits != wholeFull {
		return spelling{}
	}
	return spelling{units: units}
}

func (r *Reader) wordsInFull(typed string) spelling {
	words, how, fits := r.spelledWords(typed, false)
	if fits != wholeFull {
		return spelling{}
	}
	return spelling{words: words, how: how}
}

// spelling is what typed letters may mean: units, or else words.
type spelling struct {
	units []called
	words []string
	how   How
}

func (s spelling) none() bool { return len(s.units) == 0 && len(s.words) == 0 }

// spelled looks for units first and takes words where they fit better. Where
// the letters fit many units (清源, of two hundred schools) the characters they
// spell are the words.
func (r *Reader) spelled(typed string, near bool) spelling {
	units, shared, unitFit := r.spelledUnits(typed, near)
	words, how, wordFit := r.spelledWords(typed, near)
	switch {
	case len(units) > 0 && unitFit <= wordFit:
		return spelling{units: units}
	case len(words) > 0:
		return spelling{words: words, how: how}
	default:
		return spelling{words: shared, how: ByPinyin}
	}
}

// latinRuns returns the stretches of Latin letters, over the spaces and
// apostrophes between them.
func latinRuns(text string) []place {
	var out []place
	from, to := -1, -1
	for i := 0; i <= len(text); i++ {
		switch {
		case i < len(text) && 'a' <= text[i] && text[i] <= 'z':
			if from < 0 {
				from = i
			}
			to = i + 1
		case i < len(text) && from >= 0 && (text[i] == ' ' || text[i] == '\''):
		case from >= 0:
			out = append(out, place{from, to})
			from = -1
		}
	}
	return out
}

// fit is how well typed letters fit a name; the lower the better.
type fit int

const (
	wholeFull     fit = iota // wuzhixian
	wholeShort               // jzwsyyxx, wz
	beginningFull            // jiaozuowei
	insideFull               // weisheng
	beginningShort
	insideShort
	noFit
)

func fitOf(s hanzi.Spelling, typed string, near bool) (fit, hanzi.Match) {
	match := s.Match
	if near {
		match = s.MatchNear
	}
	m, ok := match(typed)
	half := m.Len() - m.Full - m.Short
	f := noFit
	switch whole := m.Len() == s.Len(); {
	case !ok || m.Len() < 2:
		return noFit, m
	case whole && m.Short == 0 && half == 0:
		f = wholeFull
	case whole:
		f = wholeShort
	case m.Short == 0 && m.Full > 0 && m.From == 0:
		f = beginningFull
	case m.Short == 0 && m.Full > 0:
		f = insideFull
	case m.Len() > 3 && m.From == 0:
		f = beginningShort
	case m.Len() > 3:
		f = insideShort
	}
	if near && f != noFit {
		f = min(f+2, insideShort)
	}
	return f, m
}

// mostUnits is how many units a spelling may mean; more is no name.
const mostUnits = 2

// spelledUnits returns the units that fit best, or where those are many the
// characters that are spelled in their names.
func (r *Reader) spelledUnits(typed string, near bool) (units []called, shared []string, best fit) {
	best = noFit
	for _, s := range r.units.spelled {
		f, m := fitOf(s.Spelling, typed, near)
		if f >= noFit || f > best {
			continue
		}
		if f < best {
			best, units, shared = f, nil, nil
		}
		how := ByPinyin
		if m.Full == 0 {
			how = ByInitials
		}
		if len(units) <= mostUnits && !slices.ContainsFunc(units, func(c called) bool { return c.code == s.code }) {
			units = append(units, called{s.code, how})
		}
		if word := s.Part(m.From, m.To); len(shared) < mostWords && !slices.Contains(shared, word) {
			shared = append(shared, word)
		}
	}
	if len(units) > mostUnits {
		return nil, shared, best
	}
	slices.SortFunc(units, func(a, b called) int { return cmp.Compare(a.code, b.code) })
	return units, nil, best
}

// mostWords is how many words a spelling may mean.
const mostWords = 4

// spelledWords returns the words of the record that are spelled so, the best
// fitting first.
func (r *Reader) spelledWords(typed string, near bool) ([]string, How, fit) {
	type candidate struct {
		word string
		fit  fit
		how  How
	}
	var all []candidate
	for _, s := range r.vocabulary {
		f, m := fitOf(s, typed, near)
		if f > insideFull {
			continue
		}
		c := candidate{s.Part(m.From, m.To), f, ByPinyin}
		if m.Full == 0 {
			c.how = ByInitials
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, "", noFit
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.fit, b.fit) })
	var out []string
	for _, c := range all {
		if c.fit == all[0].fit && c.how == all[0].how && !slices.Contains(out, c.word) && len(out) < mostWords {
			out = append(out, c.word)
		}
	}
	return out, all[0].how, all[0].fit
}
