package complaint

import (
	"slices"
	"time"
)

// PrivateKind is a kind of number that leads to a person.
type PrivateKind string

// The kinds.
const (
	IDCard   PrivateKind = "id_card"
	BankCard PrivateKind = "bank_card"
	Mobile   PrivateKind = "mobile"
)

// Private returns the kinds of number that somebody may have written without
// need: an identity card, by its check digit or birthday, a bank card, by
// Luhn's check, a mobile telephone. The writer is told of them; others read
// the text through Mask, which hides more.
func Private(text string) []PrivateKind {
	var out []PrivateKind
	for _, run := range digitRuns.FindAllString(text, -1) {
		digits, x := digitsOf(run)
		kind := privateKind(digits, x)
		if kind == "" && mobile.MatchString(digits) && len(digits) > 18 { // two numbers side by side
			kind = Mobile
		}
		if kind != "" && !slices.Contains(out, kind) {
			out = append(out, kind)
		}
	}
	return out
}

func privateKind(digits string, x bool) PrivateKind {
	n := len(digits)
	switch {
	case n == 11 && mobile.MatchString(digits), n == 13 && digits[:2] == "86" && mobile.MatchString(digits[2:]):
		return Mobile
	case n == 17 && x, n == 18 && (idChecks(digits) || birthday(digits[6:14])), n == 15 && birthday("19"+digits[6:12]):
		return IDCard
	case n >= 16 && n <= 19 && luhn(digits):
		return BankCard
	}
	return ""
}

// idChecks holds an identity card's number to its check digit (GB 11643).
func idChecks(digits string) bool {
	weight, sum := 1, 0
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * weight
		weight = weight * 2 % 11
	}
	return sum%11 == 1
}

func birthday(s string) bool {
	day, err := time.Parse("20060102", s)
	return err == nil && day.Year() >= 1900 && day.Year() < 2100
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}
