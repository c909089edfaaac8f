package complaint

import "yangguang/pattern"

var mobile = pattern.New(`1[3-9][0-9]{9}`)

// digitRuns finds digits in groups, as people write them, ASCII or full-width,
// perhaps with the X that ends an identity number.
var digitRuns = pattern.New(`[+＋]?[0-9０-９](?:[ \-－—·]?[0-9０-９]){6,}(?:[ \-]?[XxＸｘ])?`)

// Mask hides the numbers in a text that lead to a person: of an identity card,
// a bank card, a telephone. The last digits stay, so that two can be told
// apart. Sums, years, dates and case numbers stay as they are.
func Mask(text string) string {
	return digitRuns.ReplaceAllStringFunc(text, func(run string) string {
		digits, x := digitsOf(run)
		var keep int
		switch n := len(digits); {
		case n == 17 && x, n >= 15: // two numbers side by side are longer still
			keep = 4
		case n == 11 && digits[0] == '1' && digits[1] >= '3', n == 13 && digits[:2] == "86" && digits[2] == '1':
			keep = 4
		case n >= 10 && n <= 12 && digits[0] == '0':
			keep = 3
		case mobile.MatchString(run): // behind a sum or a date
			keep = 4
		default:
			return run
		}
		return hide(run, keep)
	})
}

// digitsOf returns the digits of a run, and whether it ends with an X.
func digitsOf(run string) (digits string, x bool) {
	for _, r := range run {
		if r >= '０' && r <= '９' {
			r += '0' - '０'
		}
		if r >= '0' && r <= '9' {
			digits += string(r)
		}
		x = r == 'X' || r == 'x' || r == 'Ｘ' || r == 'ｘ'
	}
	return digits, x
}

// hide puts one sign for all but the last keep characters.
func hide(run string, keep int) string {
	all := []rune(run)
	return "〔已遮〕" + string(all[len(all)-keep:])
}
