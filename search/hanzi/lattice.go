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

func (m Match) better(o Match) bool { return 2*m.Full-m.Short > 2*o.Full-o.Short }

// longestTyped is how many letters are read; whoever types more has chosen.
const longestTyped = 63

// Match finds where the typed letters, in the form of Typed, spell a run of
// the name's characters, each in full or by its first letter, the last one
// perhaps half typed. A match begins at a character. Of several the one with
// most full syllables is returned, then the earliest.
func (s Spelling) Match(typed string) (Match, bool) {
	if typed == "" || len(typed) > longestTyped {
		return Match{}, false
	}
	if m, ok := s.match(typed, false); ok || len(typed) < 5 {
		return m, ok
	}
	return s.match(typed, true)
}

func (s Spelling) match(typed string, near bool) (best Match, found bool) {
	var w *speller
	for from, c := range s.cells {
		if !near && !c.begins(typed[0]) {
			continue
		}
		if w == nil {
			w = &speller{cells: s.cells, near: near, dead: make([]uint64, len(s.cells)+1)}
		}
		to, full, short, ok := w.walk(typed, from, 0)
		m := Match{From: from, To: to, Full: full, Short: short, Near: near}
		if ok && (!found || m.better(best)) {
			best, found = m, true
		}
	}
	return best, found
}

func (c cell) begins(letter byte) bool {
	for _, r := range c.readings {
		if r[0] == letter {
			return true
		}
	}
	return false
}

// speller tries the readings of one character after the other. dead[i] has bit
// k set when no way leads from character i and letter k to the end.
type speller struct {
	cells []cell
	near  bool
	dead  []uint64
}

func (w *speller) walk(typed string, i, at int) (to, full, short int, ok bool) {
	if at == len(typed) {
		return i, 0, 0, true
	}
	if i == len(w.cells) || w.dead[i]&(1<<at) != 0 {
		return 0, 0, 0, false
	}
	rest := typed[at:]
	for _, reading := range w.readings(i) {
		if strings.HasPrefix(rest, reading) {
			if to, f, s, ok := w.walk(typed, i+1, at+len(reading)); ok {
				return to, f + 1, s, true
			}
		}
		if len(rest) > 1 && len(rest) < len(reading) && strings.HasPrefix(reading, rest) {
			return i + 1, 0, 0, true
		}
	}
	if w.cells[i].begins(rest[0]) {
		if to, f, s, ok := w.walk(typed, i+1, at+1); ok {
			return to, f, s + 1, true
		}
	}
	w.dead[i] |= 1 << at
	return 0, 0, 0, false
}

func (w *speller) readings(i int) []string {
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
