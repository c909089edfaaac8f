package book

import (
	"slices"
	"strings"
	"unicode"
)

// Personal names the cells with what belongs to a person: identity and bank
// card numbers, telephones, mailboxes and lists of names, in hidden parts too.
// The caller says which columns, by the tab's and the column's index, may hold
// an office's telephone; nil says none.
func Personal(b *Book, telephone func(tab, column int) bool) []Leak {
	var out []Leak
	for t, tab := range b.Tabs {
		allowed := map[int]bool{}
		for _, r := range tab.Rows {
			for i, c := range r.Cells {
				if !worthwhile(c) {
					continue
				}
				if _, asked := allowed[i]; !asked {
					allowed[i] = telephone != nil && telephone(t, i)
				}
				for _, kind := range numbersIn(c) {
					if (kind != Telephone || !allowed[i]) && len(out) < mostLeaks {
						out = append(out, Leak{At(tab.Name, Address(r.Number, i)), kind})
					}
				}
			}
		}
		for _, where := range namesIn(tab) {
			if len(out) < mostLeaks {
				out = append(out, Leak{At(tab.Name, where), People})
			}
		}
	}
	return out
}

// worthwhile: most cells are short or have no digits (full-width ones begin with
// two bytes of their own), and a merged cell was looked at before.
func worthwhile(c Cell) bool {
	return len(c.Text) >= 6 && c.Merged == "" && !c.Date && (strings.ContainsAny(c.Text, "0123456789@") || strings.Contains(c.Text, "\xef\xbc"))
}

// numbersIn returns the kinds of what a cell holds of a person, each once.
func numbersIn(c Cell) []string {
	s := plainText(c.Text)
	var out []string
	add := func(kind string) {
		if !slices.Contains(out, kind) {
			out = append(out, kind)
		}
	}
	if hasMailbox(s) {
		add(Email)
	}
	runs := runsIn(s)
	for i := range runs {
		if kind := personal(runs[i:], c.Number); kind != "" {
			add(kind)
		} else if isLandline(runs[i:]) && ofSomebody(c.Text, s) {
			add(Telephone)
		}
	}
	return out
}

// plainText returns a text with full-width signs as ASCII, and a stroke for
// every other character.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '！' <= r && r <= '～':
			r -= '！' - '!'
		case r == '\u3000', r == '\u00a0', r == '\t':
			return ' '
		case r == '—', r == '–', r == '‑', r == '−':
			return '-'
		}
		if r > unicode.MaxASCII {
			return '|'
		}
		return r
	}, s)
}

// run is digits in a row, the last of 18 may be an X, and what stands around.
type run struct {
	digits      string
	before, gap byte // the character in front; the only one since the run before, else 0
	after       byte
}

func runsIn(s string) []run {
	var out []run
	last := -1 // where the run before ended
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		j := i
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		r := run{before: at(s, i-1)}
		if i-last == 1 && last >= 0 {
			r.gap = s[last]
		}
		if at(s, j) == 'x' || at(s, j) == 'X' {
			if !isWord(at(s, j+1)) {
				j++
			}
		}
		r.digits, r.after = strings.ToUpper(s[i:j]), at(s, j)
		out = append(out, r)
		last, i = j, j
	}
	return out
}

func at(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// personal tells what the first run is, together with those that follow it
// after one space or hyphen.
func personal(runs []run, number bool) string {
	if number {
		return personalNumber(runs[0].digits)
	}
	joined, groups := "", []int(nil)
	for i, r := range runs {
		if i > 0 && r.gap != ' ' && r.gap != '-' || len(joined)+len(r.digits) > 19 {
			break
		}
		joined += r.digits
		groups = append(groups, len(r.digits))
		switch {
		case isIDNumber(joined):
			return IDNumber
		case isCard(joined) && inFours(groups):
			return BankCard
		case isMobile(joined) && (len(groups) == 1 || groups[0] == 3) && !isWord(runs[0].before) && runs[0].before != '.' && !isWord(r.after):
			return Telephone
		}
	}
	return ""
}

// personalNumber: a number cell has lost the last digits of a long number, so
// that its check says nothing.
func personalNumber(s string) string {
	switch {
	case len(s) == 18 && bornAt(s):
		return IDNumber
	case isMobile(s):
		return Telephone
	case len(s) >= 16 && len(s) <= 19 && strings.HasPrefix(s, "62"):
		return BankCard
	}
	return ""
}

// inFours: a card's number is written in one, or in groups of four.
func inFours(groups []int) bool {
	for i, n := range groups {
		if len(groups) > 1 && n != 4 && (i < len(groups)-1 || n > 4) {
			return false
		}
	}
	return true
}

// isIDNumber checks an identity number of 18 digits: GB 11643.
func isIDNumber(s string) bool {
	if len(s) != 18 || strings.ContainsRune(s[:17], 'X') || !bornAt(s) {
		return false
	}
	sum, weight := 0, 1
	for i := 17; i >= 0; i-- {
		n := int(s[i] - '0')
		if s[i] == 'X' {
			n = 10
		}
		sum += n * weight
		weight = weight * 2 % 11
	}
	return sum%11 == 1
}

// bornAt reports whether an identity number begins with a province and has a
// day of birth where it must be.
func bornAt(s string) bool {
	province := s[:2]
	month, day := s[10:12], s[12:14]
	return "11" <= province && province <= "91" && (s[6:8] == "19" || s[6:8] == "20") &&
		"01" <= month && month <= "12" && "01" <= day && day <= "31"
}

// isCard checks a bank card's number: the beginnings that banks in China use,
// and Luhn's check. A social credit code, which has 18 characters, is none.
func isCard(s string) bool {
	n := len(s)
	if n < 16 || n > 19 || strings.ContainsRune(s, 'X') || n == 18 && isCreditCode(s) {
		return false
	}
	union := strings.HasPrefix(s, "62") || strings.HasPrefix(s, "60")
	bank := n == 19 && (strings.HasPrefix(s, "95") || strings.HasPrefix(s, "103"))
	if !union && !bank && (n != 16 || s[0] < '3' || s[0] > '5') {
		return false
	}
	sum := 0
	for i := range n {
		d := int(s[n-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// isCreditCode checks a code of organisations by GB 32100.
func isCreditCode(s string) bool {
	sum, weight := 0, 1
	for i := range 17 {
		sum += int(s[i]-'0') * weight
		weight = weight * 3 % 31
	}
	return (31-sum%31)%31 == int(s[17]-'0')
}

func isMobile(s string) bool {
	return len(s) == 11 && s[0] == '1' && s[1] >= '3' && !strings.ContainsRune(s, 'X')
}

// isLandline: an area's number, then seven or eight digits, in one or apart.
func isLandline(runs []run) bool {
	s := runs[0].digits
	if len(s) < 3 || s[0] != '0' || s[1] == '0' || isWord(runs[0].before) || runs[0].before == '.' {
		return false
	}
	area := 4
	if s[1] == '1' || s[1] == '2' {
		area = 3
	}
	if len(s) == area && len(runs) > 1 && strings.IndexByte("-) ", runs[1].gap) >= 0 {
		n := len(runs[1].digits)
		return n == 8 || n == 7 && area == 4
	}
	return len(s) == area+8 || len(s) == area+7 && area == 4
}

// ofSomebody: a landline in a line of words is an office's, which may be told
// (联系电话：0391-…); one that fills a cell stands in a list.
func ofSomebody(text, plain string) bool {
	return !strings.Contains(plain, "|") || strings.Contains(text, "家庭") || strings.Contains(text, "家长")
}

// hasMailbox: a name, an @, and a domain with a dot in it.
func hasMailbox(s string) bool {
	for i := range len(s) {
		if s[i] != '@' || !isWord(at(s, i-1)) || !isWord(at(s, i+1)) {
			continue
		}
		j := i + 1
		for j < len(s) && (isWord(s[j]) || s[j] == '-') {
			j++
		}
		if at(s, j) == '.' && isWord(at(s, j+1)) {
			return true
		}
	}
	return false
}
