package hanzi

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// Spelling is a name as it sounds: for each character of its folded form all
// readings, because which one holds cannot be told from the character
// (会计 is kuaiji, 会议 huiyi).
type Spelling struct {
	Name  string // folded
	cells []cell
}

type cell struct {
	r        rune
	readings []string // a Latin letter or digit reads as itself
}

// Spell returns the spelling of a name.
func Spell(name string) Spelling {
	runes := AppendRunes(nil, name)
	s := Spelling{Name: string(runes), cells: make([]cell, len(runes))}
	for i, r := range runes {
		s.cells[i] = cell{r, readings(r)}
	}
	return s
}

// Len returns the number of characters.
func (s Spelling) Len() int { return len(s.cells) }

// tones takes the tone marks away and writes ü as u, which is how most people
// type it (v is read as u as well).
var tones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a",
	"ē", "e", "é", "e", "ě", "e", "è", "e", "ế", "e", "ề", "e", "ê", "e", "ê̄", "e", "ê̌", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "u", "ǖ", "u", "ǘ", "u", "ǚ", "u", "ǜ", "u",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
)

// read keeps the readings of characters that were asked for; there are at most
// as many as the dictionary has.
var read sync.Map

func readings(r rune) []string {
	if known, ok := read.Load(r); ok {
		return known.([]string)
	}
	found := look(r)
	if len(found) > 0 {
		read.Store(r, found)
	}
	return found
}

func look(r rune) []string {
	marked, ok := pinyin.PinyinDict[int(r)]
	if !ok {
		if latin(r) {
			return []string{string(r)}
		}
		return nil
	}
	var out []string
next:
	for one := range strings.SplitSeq(tones.Replace(marked), ",") {
		for _, had := range out {
			if had == one {
				continue next
			}
		}
		out = append(out, one)
	}
	return out
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
