package hanzi

import "strings"

// Match is how Latin letters spell part of a name.
type Match struct {
	// From and To are the characters of the name that are spelled.
	From, To int
	// Full is how many of them are spelled in full, Short how many by their
	// first letter. The last may be spelled by the beginning of its reading;
	// it counts as neither.
	Full, Short int
	// Near is true when it fits only where sounds that many people don't tell
	// apart (zh and z, n and l, ing and in) are taken for one another.
	Near bool
}

// Len returns how many characters are spelled.
func (m Match) Len() int { return m.To - m.From }

// Match finds where the typed letters, in the form of Typed, spell a run of
// the name's characters, each in full or by its first letter, the last one
// perhaps half typed. A match begins at a character. Of several the one with
// most full syllables is returned, then the earliest.
func (s Spelling) Match(typed string) (Match, bool) {
	for _, near := range []bool{false, true} {
		best, found := Match{}, false
		for from := range s.cells {
			m, ok := s.matchAt(typed, from, near)
			if ok && (!found || m.Full*2-m.Short > best.Full*2-best.Short) {
				best, found = m, true
			}
		}
		if found || len(typed) < 5 {
			return best, found
		}
	}
	return Match{}, false
}

func (s Spelling) matchAt(typed string, from int, near bool) (Match, bool) {
	w := walker{cells: s.cells, near: near, dead: map[[2]int]bool{}}
	to, full, short, ok := w.walk(typed, from, 0)
	return Match{From: from, To: to, Full: full, Short: short, Near: near}, ok && to > from
}

// walker tries the readings of one cell after the other; dead are the places
// from which no way leads to the end of what was typed.
type walker struct {
	cells []cell
	near  bool
	dead  map[[2]int]bool
}

func (w *walker) walk(typed string, i, at int) (to, full, short int, ok bool) {
	if at == len(typed) {
		return i, 0, 0, true
	}
	if i == len(w.cells) || w.dead[[2]int{i, at}] {
		return 0, 0, 0, false
	}
	rest := typed[at:]
	for _, reading := range w.readings(i) {
		if !strings.HasPrefix(rest, reading) {
			continue
		}
		if to, f, s, ok := w.walk(typed, i+1, at+len(reading)); ok && (to > i+1 || at+len(reading) == len(typed)) {
			return to, f + 1, s, true
		}
	}
	for _, reading := range w.readings(i) {
		if len(rest) > 1 && len(rest) < len(reading) && strings.HasPrefix(reading, rest) {
			return i + 1, 0, 0, true
		}
	}
	for _, reading := range w.cells[i].readings {
		if rest[0] != reading[0] {
			continue
		}
		if to, f, s, ok := w.walk(typed, i+1, at+1); ok {
			return to, f, s + 1, true
		}
	}
	w.dead[[2]int{i, at}] = true
	return 0, 0, 0, false
}

func (w *walker) readings(i int) []string {
	if !w.near {
		return w.cells[i].readings
	}
	var out []string
	for _, r := range w.cells[i].readings {
		out = append(out, r)
		out = append(out, nearReadings(r)...)
	}
	return out
}

// confused are the sounds that speakers of many dialects take for one another.
var (
	confusedStarts = [][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"n", "l"}, {"f", "h"}}
	confusedEnds   = [][2]string{{"ang", "an"}, {"eng", "en"}, {"ing", "in"}}
)

// nearReadings returns the syllables that are easily taken for this one.
func nearReadings(reading string) []string {
	var out []string
	for _, pair := range confusedStarts {
		if rest, ok := strings.CutPrefix(reading, pair[0]); ok {
			out = append(out, pair[1]+rest)
		} else if rest, ok := strings.CutPrefix(reading, pair[1]); ok {
			out = append(out, pair[0]+rest)
		}
	}
	for _, pair := range confusedEnds {
		if rest, ok := strings.CutSuffix(reading, pair[0]); ok {
			out = append(out, rest+pair[1])
		} else if rest, ok := strings.CutSuffix(reading, pair[1]); ok {
			out = append(out, rest+pair[0])
		}
	}
	return out
}
