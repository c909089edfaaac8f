package hanzi

import (
	"strings"
	"unicode/utf8"
)

// Shortens reports whether short is the name with characters left out
// (焦作卫校 of 焦作卫生医药学校), and how well it fits, up to 1. Both are folded.
// The first character must be the name's own; a short form that keeps the
// name's last character and whole pieces of it fits better.
func Shortens(short, name string) (float64, bool) {
	s, n := []rune(short), []rune(name)
	if len(s) < 2 || len(s) >= len(n) || s[0] != n[0] {
		return 0, false
	}
	breaks, at := 0, 0
	for i := 1; i < len(s); i++ {
		next := indexFrom(n, s[i], at+1)
		if i == len(s)-1 && next >= 0 && s[i] == n[len(n)-1] {
			next = len(n) - 1
		}
		if next < 0 {
			return 0, false
		}
		if next != at+1 {
			breaks++
		}
		at = next
	}
	fit := 1 - 0.5*float64(breaks)/float64(len(s))
	if at != len(n)-1 && !strings.HasPrefix(name, short) {
		fit -= 0.4
	}
	return fit, true
}

func indexFrom(runes []rune, r rune, from int) int {
	for i := from; i < len(runes); i++ {
		if runes[i] == r {
			return i
		}
	}
	return -1
}

// Longest returns how much of text, from its beginning, is made of the name's
// characters in the name's order, in bytes.
func Longest(text, name string) int {
	for i, r := range text {
		k := strings.IndexRune(name, r)
		if k < 0 {
			return i
		}
		name = name[k+utf8.RuneLen(r):]
	}
	return len(text)
}
