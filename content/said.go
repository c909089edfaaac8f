package content

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"yangguang/calendar"
)

// kind is what a figure counts.
type kind int

const (
	yearSaid   kind = iota // 2022年
	dateSaid               // 11月20日
	workSaid               // 20个工作日
	lengthSaid             // 3年, 1年至3年
	daysSaid               // 60日
	shareSaid              // 12%
	hoursSaid              // 24小时
)

// said is a figure as a text says it: how it is written, and what it means.
type said struct {
	kind kind
	as   string
	// means is its plain form, of a date without the year.
	means string
	year  int
}

// figures is compiled when a text is checked: a start checks none.
var figures = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(
		`(\d{4})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})[日号]?` + // 1 2 3
			`|(\d{4})年(\d{1,2})月` + // 4 5
			`|(\d{4})年` + // 6
			`|(\d{1,2})月(\d{1,2})[日号]` + // 7 8
			`|(\d+)个?工作日` + // 9
			`|(\d+年级)` + // 10: a class, no length
			`|(\d+)年?([至到或~—-]+)(\d+)年` + // 11 12 13
			`|(\d+)年` + // 14
			`|(\d+)[日天]` + // 15
			`|(\d+(?:\.\d+)?)%` + // 16
			`|(\d+)小时`) // 17
})

var halfWidth = strings.NewReplacer("％", "%", "－", "-", "～", "~")

// plain returns a text without white space and with its digits as ASCII.
func plain(s string) string { return letters(halfWidth.Replace(fullWidth.Replace(s))) }

// figuresIn returns the figures of a text, in order.
func figuresIn(text string) []said {
	var out []said
	for _, m := range figures().FindAllStringSubmatch(plain(text), -1) {
		f := said{as: m[0]}
		switch {
		case m[1] != "":
			f.kind, f.year, f.means = dateSaid, whole(m[1]), monthDay(m[2], m[3])
		case m[4] != "":
			f.kind, f.year, f.means = dateSaid, whole(m[4]), fmt.Sprintf("%d月", whole(m[5]))
		case m[6] != "":
			f.kind, f.year = yearSaid, whole(m[6])
		case m[7] != "":
			f.kind, f.means = dateSaid, monthDay(m[7], m[8])
		case m[9] != "":
			f.kind, f.means = workSaid, m[9]
		case m[10] != "":
			continue
		case m[11] != "":
			joint := "至"
			if m[12] == "或" {
				joint = "或"
			}
			f.kind, f.means = lengthSaid, m[11]+joint+m[13]
		case m[14] != "":
			f.kind, f.means = lengthSaid, m[14]
		case m[15] != "":
			f.kind, f.means = daysSaid, m[15]
		case m[16] != "":
			f.kind, f.means = shareSaid, m[16]
		default:
			f.kind, f.means = hoursSaid, m[17]
		}
		out = append(out, f)
	}
	return out
}

func whole(s string) int {
	n, _ := strconv.Atoi(s) // digits alone; too many of them match nothing
	return n
}

func monthDay(month, day string) string { return fmt.Sprintf("%d月%d日", whole(month), whole(day)) }

func dayOf(d calendar.Date) said { return said{kind: dateSaid, means: d.MonthDay(), year: d.Year()} }

// ends are the years between which a length is: 1 and 3 of 1年至3年.
func (b said) ends() []string {
	return strings.FieldsFunc(b.means, func(r rune) bool { return r == '至' || r == '或' })
}

// allows reports whether b says what a says. A year is compared where both
// name one; who says 1年至3年 also says 1年 and 3年.
func (b said) allows(a said) bool {
	if a.kind != b.kind || a.year != 0 && b.year != 0 && a.year != b.year {
		return false
	}
	if a.kind == dateSaid {
		return strings.HasPrefix(b.means, a.means)
	}
	return a.means == b.means || slices.Contains(b.ends(), a.means)
}
