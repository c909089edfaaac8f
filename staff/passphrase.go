package staff

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MinPassphrase is the length of the shortest passphrase, in characters. What
// it is made of is up to the officer: four words that nobody would put together
// are easier to keep in mind than one that nobody can read.
const MinPassphrase = 12

// maxPassphrase keeps hashing from being fed megabytes.
const maxPassphrase = 200

// Weak is the error of a passphrase that does not do.
type Weak struct{ Why WeakReason }

// WeakReason says why.
type WeakReason string

// The reasons.
const (
	TooShort WeakReason = "too_short"
	TooLong  WeakReason = "too_long"
	Common   WeakReason = "common" // among the first that anybody tries
	Simple   WeakReason = "simple" // few characters over and over, or a row of keys
	Own      WeakReason = "own"    // the officer's own id or name
	Same     WeakReason = "same"   // the one that is to be replaced
)

// Error implements error.
func (w *Weak) Error() string { return "staff: passphrase " + string(w.Why) }

// Strong returns a *Weak if the passphrase does not do for that officer.
func Strong(passphrase string, o Officer) error {
	n := utf8.RuneCountInString(passphrase)
	switch {
	case n < MinPassphrase:
		return &Weak{TooShort}
	case n > maxPassphrase || !utf8.ValidString(passphrase):
		return &Weak{TooLong}
	}
	p := []rune(strings.ToLower(passphrase))
	switch {
	case common(p):
		return &Weak{Common}
	case repeats(p) || runs(p):
		return &Weak{Simple}
	case mostly(p, o.ID) || mostly(p, o.Name):
		return &Weak{Own}
	}
	return nil
}

// commonText lists words and number rows that lead every list of stolen
// passphrases, and those that come to mind in an office like this.
//
//go:embed common.txt
var commonText string

var commonWords = strings.Fields(commonText)

// common reports whether p is nothing but words of the list: password and
// 1314520 are on it, so password1314520 and Password@1314520 are common too.
func common(p []rune) bool {
	rest := string(slices.DeleteFunc(slices.Clone(p), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}))
	// reached[i]: the first i bytes are words of the list.
	reached := make([]bool, len(rest)+1)
	reached[0] = true
	for i := range rest {
		for _, w := range commonWords {
			if reached[i] && strings.HasPrefix(rest[i:], w) {
				reached[i+len(w)] = true
			}
		}
	}
	return reached[len(rest)]
}

// repeats reports whether p is one short piece over and over, or has hardly any
// different characters.
func repeats(p []rune) bool {
	different := slices.Clone(p)
	slices.Sort(different)
	if len(slices.Compact(different)) < 5 {
		return true
	}
	for size := 1; size <= len(p)/2; size++ {
		if slices.Equal(p[size:], p[:len(p)-size]) {
			return true
		}
	}
	return false
}

// rows are what fingers and eyes run along.
var rows = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "`1234567890-=", "!@#$%^&*()_+",
}

// runs reports whether p is at most three stretches of such rows, forwards or
// backwards.
func runs(p []rune) bool {
	for range 3 {
		p = p[stretch(p):]
		if len(p) == 0 {
			return true
		}
	}
	return false
}

// stretch returns how many characters at the start of p run along a row.
func stretch(p []rune) int {
	longest := 1
	for _, row := range rows {
		back := []rune(row)
		slices.Reverse(back)
		for _, line := range []string{row, string(back)} {
			n := longest
			for n < len(p) && strings.Contains(line, string(p[:n+1])) {
				n++
			}
			longest = n
		}
	}
	return min(longest, len(p))
}

// mostly reports whether p is the word with little around it.
func mostly(p []rune, word string) bool {
	word = strings.ToLower(word)
	return word != "" && strings.Contains(string(p), word) && len(p)-utf8.RuneCountInString(word) < MinPassphrase/2
}
