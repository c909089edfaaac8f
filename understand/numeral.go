package understand

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

var digits = map[rune]float64{
	'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var powers = map[rune]float64{'十': 10, '百': 100, '千': 1000, 'k': 1000, '万': 10000, 'w': 10000, '拾': 10, '佰': 100, '仟': 1000}

// numeral reads a number as people write it: 2500, 2,500, 6.8万, 三百六 (360),
// 3千8, 1万2, 十八, 一千零五, 叁仟捌佰. It reports false for anything else.
func numeral(s string) (float64, bool) {
	var total, section, last float64 // last is the power last read
	digit, have, zero := 0.0, false, false
	for s != "" {
		if n, rest, ok := arabic(s); ok {
			if have {
				return 0, false
			}
			width := len(s) - len(rest)
			if rest == "" && last >= 100 && !zero && width == 1 {
				n *= last / 10 // 3千8
			}
			digit, have, s = n, true, rest
			continue
		}
		r, width := utf8.DecodeRuneInString(s)
		s = s[width:]
		if d, ok := digits[r]; ok {
			if have && !zero {
				return 0, false
			}
			if s == "" && last >= 100 && !zero && d > 0 {
				d *= last / 10 // 三百六
			}
			digit, have, zero = d, true, d == 0
			continue
		}
		power, ok := powers[r]
		if !ok {
			return 0, false
		}
		if !have {
			if power != 10 && section == 0 {
				return 0, false
			}
			if power == 10 {
				digit = 1
			}
		}
		if power == 10000 {
			total += (section + digit) * power
			section = 0
		} else {
			section += digit * power
		}
		digit, have, last, zero = 0, false, power, false
	}
	return total + section + digit, true
}

// arabic reads the number that s begins with.
func arabic(s string) (n float64, rest string, ok bool) {
	i := 0
	for i < len(s) && ('0' <= s[i] && s[i] <= '9' || i > 0 && (s[i] == '.' || s[i] == ',') && i+1 < len(s) && '0' <= s[i+1] && s[i+1] <= '9') {
		i++
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(s[:i], ",", ""), 64)
	return n, s[i:], err == nil
}
