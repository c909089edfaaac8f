package form

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"yangguang/calendar"
	"yangguang/content"
)

// caption is what stands over and around a table: its title, whom it is of,
// the year, the day up to which it speaks, in what it counts.
type caption struct {
	title string
	// unit is what stands after 单位：, school after 学校名称：.
	unit, school string
	// status is what a list of schools is a list of, by its title.
	status string
	// people and money are by how much a figure must be multiplied.
	people, money int
	lines         []string
}

var (
	yearSaid = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(20\d\d)\s*[-—~至/]?\s*(?:20\d\d)?\s*(?:学年|年)`)
	})
	yearAlone = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:^|[^\d])(20[0-4]\d)(?:[^\d]|$)`) })
	daySaid   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(20\d\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?`)
	})
	dayOfYear   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d{1,2})\s*月\s*(\d{1,2})\s*日`) })
	dayTogether = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:^|[^\d])(20\d\d)(\d\d)(\d\d)(?:[^\d]|$)`) })
	upTo        = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:截至|截止|截止到|截至到|统计至|数据截至|填报日期|填报时间|填表日期|填表时间|统计日期|上报日期|上报时间|报送日期|统计时间|日期)[^\d]{0,6}`)
	})
	ofWhom = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(计量|填报|上报|报送|制表|金额|数据|编报)?单位(?:名称)?\s*[:：]?\s*[(（]?(?:盖章|公章|签章)?[)）]?\s*[:：]\s*([^\s(（:：;；)）]+)`)
	})
	ofSchool = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:学校|院校)(?:名称|全称)?\s*(?:[(（](?:盖章|公章|签章)[)）])?\s*[:：]\s*([^\s(（:：;；]+)`)
	})
	hanYear = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`二[〇○零Oo0][一二三四五六七八九〇○零]{2}年`)
	})
)

var hanDigits = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9", "O", "0", "o", "0")

// readCaption reads the lines that stand over the table, and what else names
// its day.
func (t *tab) readCaption(lines []string) {
	t.over.people, t.over.money = 1, 1
	for _, s := range lines {
		t.over.lines = append(t.over.lines, s)
		s = halfWidth(s)
		t.measure(s)
		for _, m := range ofSchool().FindAllStringSubmatch(s, -1) {
			t.over.school = strings.Trim(m[1], "_ ")
		}
		if t.over.title == "" && isTitle(s) {
			t.over.title = tidy(s)
		}
	}
	if t.over.title == "" {
		t.over.title = t.name
	}
	if t.over.title == "" {
		t.over.title = stem(t.file)
	}
	t.over.status = statusOfTitle(t.over.title)
}

func stem(file string) string { return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) }

// isTitle: it is no line of an attachment's number, a unit or a day.
func isTitle(s string) bool {
	s = strip(s)
	return len([]rune(s)) >= 4 && !strings.HasPrefix(s, "附件") && !strings.HasPrefix(s, "附表") && !strings.HasPrefix(s, "单位") && !strings.Contains(s, "单位:") &&
		!strings.Contains(s, "单位：") && !strings.HasPrefix(s, "截至") && !strings.HasPrefix(s, "(截至") && !strings.HasPrefix(s, "学校名称:")
}

// measures are what a table may count in; what stands after 单位： otherwise is
// whose table it is.
var measures = map[string]struct{ people, money int }{
	"人": {1, 0}, "名": {1, 0}, "人数": {1, 0}, "个": {1, 0}, "所": {1, 0}, "人次": {1, 0}, "生": {1, 0}, "%": {}, "分": {},
	"百人": {100, 0}, "千人": {1000, 0}, "万人": {10000, 0},
	"元": {0, 1}, "元/年": {0, 1}, "元/生": {0, 1}, "元/生·年": {0, 1}, "元/生.年": {0, 1}, "元/生/年": {0, 1}, "元/学年": {0, 1}, "千元": {0, 1000}, "万元": {0, 10000}, "万元/年": {0, 10000},
}

func (t *tab) measure(s string) {
	for _, m := range ofWhom().FindAllStringSubmatch(s, -1) {
		word := strings.Trim(m[2], "_-— ")
		parts := strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune("、,，", r) })
		known := len(parts) > 0
		for _, p := range parts {
			by, ok := measures[p]
			known = known && ok
			if by.people > 0 {
				t.over.people = by.people
			}
			if by.money > 0 {
				t.over.money = by.money
			}
		}
		if !known && word != "" {
			t.over.unit = word
		}
	}
}

// findYear: what was given, what a title says, the tab, the file, the day.
func (t *tab) findYear() int {
	if t.hints.Year != 0 {
		return t.hints.Year
	}
	texts := append([]string{}, t.lines()...)
	texts = append(texts, t.name, stem(t.file))
	for _, s := range texts {
		if y := yearIn(s); y != 0 {
			return y
		}
	}
	for _, s := range []string{t.name, stem(t.file)} {
		if m := yearAlone().FindStringSubmatch(halfWidth(s)); m != nil {
			return atoi(m[1])
		}
		if d := dateIn(s, 0); !d.IsZero() {
			return d.Year()
		}
	}
	return 0
}

func yearIn(s string) int {
	s = strip(halfWidth(s))
	if m := yearSaid().FindStringSubmatch(s); m != nil {
		return atoi(m[1])
	}
	if m := hanYear().FindString(s); m != "" {
		return atoi(strings.TrimSuffix(hanDigits.Replace(m), "年"))
	}
	return 0
}

// findDay: what was given, what stands after 截至, any day over the table, in
// the tab's name, in the file's.
func (t *tab) findDay(year int) calendar.Date {
	if !t.hints.AsOf.IsZero() {
		return t.hints.AsOf
	}
	lines := t.lines()
	for _, s := range append(append([]string{}, lines...), t.name, stem(t.file)) {
		s = strip(halfWidth(s))
		if at := upTo().FindStringIndex(s); at != nil {
			if d := dateIn(s[at[1]:], year); !d.IsZero() {
				return d
			}
		}
	}
	for _, s := range append(lines, t.name, stem(t.file)) {
		if d := dateIn(s, year); !d.IsZero() {
			return d
		}
	}
	return calendar.Date{}
}

// dateIn returns the first day that a text names; without a year it is one of
// the year that the table is of.
func dateIn(s string, year int) calendar.Date {
	s = strip(halfWidth(s))
	if m := daySaid().FindStringSubmatch(s); m != nil {
		return dayOf(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := dayTogether().FindStringSubmatch(s); m != nil {
		return dayOf(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := dayOfYear().FindStringSubmatch(s); m != nil && year != 0 {
		return dayOf(year, atoi(m[1]), atoi(m[2]))
	}
	return calendar.Date{}
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // digits alone
	return n
}

// statusTitles: a list says by its title what the schools on it are.
var statusTitles = []struct {
	words  []string
	status content.Status
}{
	{[]string{"撤销", "取消招生资格", "吊销"}, content.Revoked},
	{[]string{"停止招生", "暂停招生", "停招", "红牌"}, content.Suspended},
	{[]string{"限制招生", "限招"}, content.Restricted},
	{[]string{"警示", "黄牌"}, content.Warned},
	{[]string{"具有招生资格", "具备招生资格", "有招生资格", "招生资质", "招生资格", "合格学校", "招生学校名单", "可以招生", "允许招生", "具有学历教育招生", "学历教育招生资"}, content.Listed},
}

func statusOfTitle(title string) string {
	title = strip(title)
	for _, s := range statusTitles {
		for _, w := range s.words {
			if strings.Contains(title, w) {
				return string(s.status)
			}
		}
	}
	return ""
}

// says reports whether the title, the tab or the file calls the table this
// form's.
func (t *tab) says(f *form) bool {
	all := strip(strings.Join(append(append([]string{}, t.over.lines...), t.name, stem(t.file)), " "))
	for _, w := range f.titles {
		if strings.Contains(all, w) {
			return true
		}
	}
	return false
}
