package hanzi

import (
	"slices"
	"strings"
	"sync"
)

// Spelling is a name as it sounds: for each character of its folded form all
// readings, because which one holds cannot be told from the character
// (会计 is kuaiji, 会议 huiyi).
type Spelling struct {
	Name  string // folded
	cells []cell
	// begins has a bit for every letter that a character's reading begins with.
	begins letters
}

type cell struct {
	r rune
	*sounds
}

// sounds are the readings of a character; a Latin letter or digit reads as
// itself.
type sounds struct {
	readings []string
	near     []string // and those they are easily taken for
	begins   letters  // first letters of the readings
}

// letters is a set of the letters a to z; digits are all one member of it.
type letters uint32

func letter(b byte) letters {
	if 'a' <= b && b <= 'z' {
		return 1 << (b - 'a')
	}
	return 1 << 26
}

// Spell returns the spelling of a name.
func Spell(name string) Spelling {
	runes := AppendRunes(nil, name)
	s := Spelling{Name: string(runes), cells: make([]cell, len(runes))}
	for i, r := range runes {
		s.cells[i] = cell{r, soundsOf(r)}
		s.begins |= s.cells[i].begins
	}
	return s
}

// Len returns the number of characters.
func (s Spelling) Len() int { return len(s.cells) }

// known keeps the sounds of characters that were asked for; there are at most
// as many as the dictionary has.
var known sync.Map

var silent = &sounds{}

func soundsOf(r rune) *sounds {
	if s, ok := known.Load(r); ok {
		return s.(*sounds)
	}
	s := &sounds{readings: look(r)}
	if s.readings == nil {
		return silent
	}
	s.near = slices.Clone(s.readings)
	for _, reading := range s.readings {
		s.begins |= letter(reading[0])
		for _, near := range nearReadings(reading) {
			if !slices.Contains(s.near, near) {
				s.near = append(s.near, near)
			}
		}
	}
	known.Store(r, s)
	return s
}

// Typed brings Latin letters to the form they are matched in: lower case
// without spaces, apostrophes and hyphens, v and ü as u. It reports false for
// a text with anything else in it, or without a letter.
func Typed(text string) (string, bool) {
	var b strings.Builder
	letter := false
	for _, r := range Fold(text) {
		switch {
		case r == 'v' || r == 'ü':
			b.WriteByte('u')
			letter = true
		case 'a' <= r && r <= 'z':
			b.WriteRune(r)
			letter = true
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '\'' || r == '-':
		default:
			return "", false
		}
	}
	return b.String(), letter
}

// Sounds returns all readings of a character without tones. They must not be
// changed.
func Sounds(r rune) []string { return look(r) }
