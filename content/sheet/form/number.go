package form

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/pattern"
)

// halfWidth writes Latin letters, digits and marks as ASCII does.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～' && r != '，':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, s)
}

// strip is a text without white space.
func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

// tidy is a text without line ends, and without the spaces that only stretch
// Chinese words: 温　县.
func tidy(s string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if r == '　' || r == '\u200b' || r == '\ufeff' || r == '\u00a0' {
			return ' '
		}
		return r
	}, s))
	var b strings.Builder
	for i, w := range words {
		if i > 0 && (!lastHan(words[i-1]) || !firstHan(w)) {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func firstHan(s string) bool { return unicode.Is(unicode.Han, []rune(s)[0]) || s[0] >= 0x80 }

func lastHan(s string) bool {
	r := []rune(s)
	return r[len(r)-1] >= 0x80
}

// states are the words for a number that is not there.
var states = map[string]content.FigureState{
	"未公布": content.Unpublished, "暂未公布": content.Unpublished, "待公布": content.Unpublished, "待定": content.Unpublished, "未定": content.Unpublished, "尚未公布": content.Unpublished,
	"未报": content.Unreported, "未上报": content.Unreported, "待报": content.Unreported, "未填报": content.Unreported, "未统计": content.Unreported, "暂无数据": content.Unreported,
	"不适用": content.NotApplicable, "—": content.NotApplicable, "——": content.NotApplicable, "–": content.NotApplicable, "-": content.NotApplicable, "--": content.NotApplicable,
	"－": content.NotApplicable, "/": content.NotApplicable, "／": content.NotApplicable, "\\": content.NotApplicable, "无": content.NotApplicable, "N/A": content.NotApplicable, "n/a": content.NotApplicable,
	"已隐去(少于5)": content.Suppressed, "已隐去（少于5）": content.Suppressed, "已隐去": content.Suppressed, "少于5": content.Suppressed, "<5": content.Suppressed, "c": content.Suppressed,
	"更正中": content.Correcting,
}

// free are the words for a fee of nothing.
var free = map[string]bool{"免费": true, "免学费": true, "免": true, "免收": true, "免收学费": true, "国家免学费": true, "全免": true, "学费全免": true, "享受国家免学费": true}

var (
	plainNumber = pattern.New(`^([+-]?)(\d+)(?:\.(\d+))?$`)
	thousand    = pattern.New(`^\d{1,3}(?:[,，'’]\d{3})+(?:\.\d+)?$`)
	byPeople    = pattern.New(`^(.*?\d)(百|千|万)?[个]?(?:人|名|生|位)?$`)
	byYuan      = pattern.New(`^[¥￥]?(.*?\d)(百|千|万)?(?:元|块)?(?:人民币)?(?:/|每)?(?:生|人)?(?:[·.．/]|每)?(?:学年|年|每年)?$`)
	byTerm      = pattern.New(`(学期|/期|每期|月)$`)
)

var multiples = map[string]int{"": 1, "百": 100, "千": 1000, "万": 10000}

// readFigure reads a number of people as people write it: 2,530人, ２５３０, or a
// word for one that is missing. A blank is no zero.
func readFigure(s string, by int) (content.Figure, error) {
	return readNumber(s, by, "人数", byPeople)
}

// readMoney reads yuan a year: 4800元/生·年, 免学费, 0.48 where the sheet counts
// in 万元.
func readMoney(s string, by int) (content.Figure, error) {
	word := strip(halfWidth(s))
	switch {
	case free[word]:
		return content.FigureOf(0), nil
	case byTerm.MatchString(word):
		return content.Figure{}, fmt.Errorf("“%s”不是一年的学费。请换算成一年多少元", s)
	}
	return readNumber(s, by, "金额", byYuan)
}

func readNumber(s string, by int, what string, written *pattern.Pattern) (content.Figure, error) {
	word := strip(halfWidth(s))
	if state, ok := states[word]; ok {
		return content.Figure{State: state}, nil
	}
	if word == "" {
		return content.Figure{}, fmt.Errorf("这一格空着。空着不等于 0：没有就写 0；没公布写“未公布”，没报写“未报”，用不着写“不适用”")
	}
	if strings.HasPrefix(word, "#") {
		return content.Figure{}, fmt.Errorf("“%s”是公式出错了。请改好公式，或直接写数", s)
	}
	n, err := whole(word, by, written)
	if err != nil {
		return content.Figure{}, fmt.Errorf("“%s”%w。请写成整数%s；没公布写“未公布”", s, err, what)
	}
	return content.FigureOf(n), nil
}

type wrong string

func (w wrong) Error() string { return string(w) }

const (
	errNoNumber wrong = "不是数"
	errNegative wrong = "是负数"
	errFraction wrong = "不是整数"
	errTooMany  wrong = "太大了"
)

func whole(word string, by int, written *pattern.Pattern) (int, error) {
	m := written.FindStringSubmatch(word)
	if m == nil {
		return 0, errNoNumber
	}
	digits := m[1]
	if m[2] != "" {
		by = multiples[m[2]]
	}
	if thousand.MatchString(digits) {
		digits = strings.NewReplacer(",", "", "，", "", "'", "", "’", "").Replace(digits)
	}
	p := plainNumber.FindStringSubmatch(digits)
	switch {
	case p == nil:
		return 0, errNoNumber
	case p[1] == "-" && strings.Trim(p[2]+p[3], "0") != "":
		return 0, errNegative
	case len(p[2]) > 9 || len(p[3]) > 12:
		if len(p[2]) > 9 {
			return 0, errTooMany
		}
	}
	v, err := strconv.ParseFloat(p[2]+"."+p[3]+"0", 64)
	if err != nil {
		return 0, errNoNumber
	}
	v *= float64(by)
	if math.Abs(v-math.Round(v)) > 1e-6 {
		return 0, errFraction
	}
	if v > 1e9 {
		return 0, errTooMany
	}
	return int(math.Round(v)), nil
}

// Date reads a day as people write it: 2026-06-12, 2026/6/12, 2026.6.12,
// 20260612, 2026年6月12日.
func Date(s string) (calendar.Date, error) {
	word := strip(halfWidth(s))
	m := wholeDay.FindStringSubmatch(word)
	if m == nil {
		return calendar.Date{}, fmt.Errorf("“%s”不是日期，应像 2022-11-20", s)
	}
	d := dayOf(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	if d.IsZero() {
		return d, fmt.Errorf("没有“%s”这一天", s)
	}
	return d, nil
}

var (
	wholeDay = pattern.New(`^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})[日号]?(?:\d{1,2}:\d{2}(?::\d{2})?)?$`)
	monthDay = pattern.New(`^(\d{1,2})月(\d{1,2})[日号]$`)
)

// dayOf returns the day, none for one that does not exist.
func dayOf(year, month, day int) calendar.Date {
	d := calendar.NewDate(year, time.Month(month), day)
	if year < 1949 || year > 2100 || int(d.Month()) != month || d.Day() != day {
		return calendar.Date{}
	}
	return d
}

var hanNumbers = strings.NewReplacer("十", "10", "一", "1", "二", "2", "两", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

var (
	years     = pattern.New(`^(?:学制)?(\d)(?:\.0+)?(?:年)?制?$`)
	plusYears = pattern.New(`(\d)年?\+(\d)`)
)

// duration reads a length of study: 3, 三年, 3年制 → 3; 3+2 stays. Anything else
// is kept as it stands.
func duration(s string) string {
	word := hanNumbers.Replace(strip(halfWidth(s)))
	word = strings.ReplaceAll(strings.ReplaceAll(word, "加", "+"), "＋", "+")
	if m := plusYears.FindStringSubmatch(word); m != nil {
		return m[1] + "+" + m[2]
	}
	if m := years.FindStringSubmatch(word); m != nil {
		return m[1]
	}
	return tidy(s)
}
