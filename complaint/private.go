package complaint

import (
	"strings"
	"time"
	"unicode/utf8"
)

// PrivateKind is a kind of number that names a person.
type PrivateKind string

// The kinds of private number.
const (
	IDCard   PrivateKind = "id_card"
	BankCard PrivateKind = "bank_card"
	Mobile   PrivateKind = "mobile"
)

// PrivateNumber is such a number in a text: the bytes From to To.
type PrivateNumber struct {
	Kind     PrivateKind
	From, To int
}

// Private finds the numbers in a text that name a person: identity cards (with
// their check digit, or with a birthday in its place), bank cards (by Luhn's
// check) and mobile telephones, written with spaces or dashes or full-width
// too.
func Private(text string) []PrivateNumber {
	var out []PrivateNumber
	for at := 0; at < len(text); {
		run, to := digitRun(text, at)
		if run == "" {
			_, width := utf8.DecodeRuneInString(text[at:])
			at += width
			continue
		}
		if kind := privateKind(run); kind != "" {
			out = append(out, PrivateNumber{kind, at, to})
		}
		at = to
	}
	return out
}

// Mask returns the text with the private numbers hidden but for their last two
// characters: what others than the writer read.
func Mask(text string) string {
	var out strings.Builder
	at := 0
	for _, p := range Private(text) {
		out.WriteString(text[at:p.From])
		number := text[p.From:p.To]
		keep := len(number)
		for range 2 {
			_, width := utf8.DecodeLastRuneInString(number[:keep])
			keep -= width
		}
		out.WriteString("******" + number[keep:])
		at = p.To
	}
	return out.String() + text[at:]
}

// digitRun returns the digits that begin at at, with single spaces or dashes
// between them left out, and where they end. An X ends them (identity cards).
func digitRun(text string, at int) (digits string, end int) {
	var b strings.Builder
	gap := false
	for i, r := range text[at:] {
		d, digit := digitOf(r)
		switch {
		case digit:
			b.WriteByte(d)
			gap, end = false, at+i+utf8.RuneLen(r)
		case (r == 'x' || r == 'X' || r == 'Ｘ' || r == 'ｘ') && b.Len() == 17 && !gap:
			b.WriteByte('X')
			return b.String(), at + i + utf8.RuneLen(r)
		case b.Len() > 0 && !gap && strings.ContainsRune(" -\u3000\u00a0－—", r):
			gap = true
		default:
			return b.String(), end
		}
	}
	return b.String(), end
}

func digitOf(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte(r - '０' + '0'), true
	}
	return 0, false
}

func privateKind(digits string) PrivateKind {
	mobile := strings.TrimPrefix(digits, "86")
	switch n := len(digits); {
	case len(mobile) == 11 && mobile[0] == '1' && mobile[1] >= '3':
		return Mobile
	case n == 18 && digits[0] != '0' && (idChecks(digits) || birthday(digits[6:14])):
		return IDCard
	case n == 15 && digits[0] != '0' && birthday("19"+digits[6:12]):
		return IDCard
	case n >= 16 && n <= 19 && luhn(digits):
		return BankCard
	}
	return ""
}

// idChecks holds an identity card's number to its check digit (GB 11643).
func idChecks(s string) bool {
	weight, sum := 1, 0
	for i := len(s) - 1; i >= 0; i-- {
		d := 10
		if s[i] != 'X' {
			d = int(s[i] - '0')
		}
		sum += d * weight
		weight = weight * 2 % 11
	}
	return sum%11 == 1
}

func birthday(s string) bool {
	day, err := time.Parse("20060102", s)
	return err == nil && day.Year() >= 1900 && day.Year() < 2100
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}
