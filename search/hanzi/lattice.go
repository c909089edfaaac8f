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

// longestTyped and longestName are how much is read; whoever types more has
// chosen.
const (
	longestTyped = 63
	longestName  = 63
)

// Match finds where the typed letters, in the form of Typed, spell a run of
// the name's characters, each in full or by its first letter, the last one
// perhaps half typed. A match begins at a character. Of several the one with
// most full syllables is returned, then the earliest.
func (s Spelling) Match(typed string) (Match, bool) { return s.match(typed, false) }

// MatchNear is Match with the sounds that are easily confused taken for one
// another. It is worth asking where Match found nothing, for longer texts.
func (s Spelling) MatchNear(typed string) (Match, bool) {
	if len(typed) < 5 {
		return Match{}, false
	}
	return s.match(typed, true)
}

func (s Spelling) match(typed string, near bool) (best Match, found bool) {
	if typed == "" || len(typed) > longestTyped || len(s.cells) > longestName || !near && s.begins&letter(typed[0]) == 0 {
		return Match{}, false
	}
	w := speller{cells: s.cells, near: near}
	for from := range s.cells {
		if !near && s.cells[from].begins&letter(typed[0]) == 0 {
			continue
		}
		to, full, short, ok := w.walk(typed, from, 0)
		m := Match{From: from, To: to, Full: full, Short: short, Near: near}
		if ok && (!found || m.better(best)) {
			best, found = m, true
		}
	}
	return best, found
}

// speller tries the readings of one character after the other. dead[i] has bit
// k set when no way leads from character i and letter k to the end.
type speller struct {
	cells []cell
	near  bool
	dead  [longestName + 1]uint64
}

func (w *speller) walk(typed string, i, at int) (to, full, short int, ok bool) {
	if at == len(typed) {
		return i, 0, 0, true
	}
	if i == len(w.cells) || w.dead[i]&(1<<at) != 0 {
		return 0, 0, 0, false
	}
	rest, c := typed[at:], &w.cells[i]
	readings := c.readings
	if w.near {
		readings = c.sounds.near
	}
	for _, reading := range readings {
		if strings.HasPrefix(rest, reading) {
			if to, f, s, ok := w.walk(typed, i+1, at+len(reading)); ok {
				return to, f + 1, s, true
			}
		}
		if len(rest) > 1 && len(rest) < len(reading) && strings.HasPrefix(reading, rest) {
			return i + 1, 0, 0, true
		}
	}
	if c.begins&letter(rest[0]) != 0 && (rest[0] > '9' || len(c.readings[0]) == 1 && c.readings[0][0] == rest[0]) {
		if to, f, s, ok := w.walk(typed, i+1, at+1); ok {
			return to, f, s + 1, true
		}
	}
	w.dead[i] |= 1 << at
	return 0, 0, 0, false
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
