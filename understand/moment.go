package understand

import (
	"time"

	"yangguang/calendar"
	"yangguang/pattern"
)

// Moment is a day, or from when to when, on China's calendar: 昨天, 上周, 5月20号.
type Moment struct {
	Span
	From, To calendar.Date
}

func one(d calendar.Date) (calendar.Date, calendar.Date) { return d, d }

func monthSpan(year, month int) (calendar.Date, calendar.Date) {
	return calendar.NewDate(year, time.Month(month), 1), calendar.NewDate(year, time.Month(month+1), 1).AddDays(-1)
}

// monday returns the Monday of the week of d.
func monday(d calendar.Date) calendar.Date {
	day := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Weekday()
	return d.AddDays(-(int(day) + 6) % 7)
}

const anyNumber = `(\d{1,3}|[一二两三四五六七八九十半几]{1,3})`

// relative are the ways to say a day from today. Of those that match at a
// place, the first counts; of several in a text, the one that stands first,
// but 今天 only where no other day is said, and a whole year only where no day is.
var relative = []struct {
	pattern *pattern.Pattern
	days    func(today calendar.Date, m []string) (from, to calendar.Date, ok bool)
}{
	{pattern.New(`大前天`), ago(3)},
	{pattern.New(`前天|前儿个?|前日`), ago(2)},
	{pattern.New(`昨天|昨日|昨晚|昨儿|昨夜|夜儿`), ago(1)},
	{pattern.New(`今天|今日|今早|今晚|今儿|刚才|刚刚`), ago(0)},
	{pattern.New(anyNumber + `天(?:以?前|之前)`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		n := small(m[1])
		from, to := one(today.AddDays(-n))
		return from, to, n > 0
	}},
	{pattern.New(anyNumber + `(?:个)?(?:星期|礼拜|周)(?:以?前|之前)`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		n := small(m[1])
		from := monday(today.AddDays(-7 * n))
		return from, from.AddDays(6), n > 0
	}},
	{pattern.New(anyNumber + `个月(?:以?前|之前)`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		n := small(m[1])
		from, to := monthSpan(today.Year(), int(today.Month())-n)
		return from, to, n > 0
	}},
	{pattern.New(`(上上|上个?|这个?|本)(?:周|星期|礼拜)([一二三四五六日天末])`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		day := monday(today).AddDays(-7 * weeksBack(m[1]))
		if m[2] == "末" {
			return day.AddDays(5), day.AddDays(6), !day.AddDays(5).After(today)
		}
		day = day.AddDays(weekday(m[2]))
		return day, day, !day.After(today)
	}},
	{pattern.New(`(上上|上个?|这个?|本)(?:周|星期|礼拜)`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		from := monday(today).AddDays(-7 * weeksBack(m[1]))
		return from, earlier(from.AddDays(6), today), true
	}},
	{pattern.New(`(?:周|星期|礼拜)([一二三四五六日天])`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		day := monday(today).AddDays(weekday(m[1]))
		if day.After(today) {
			day = day.AddDays(-7)
		}
		return day, day, true
	}},
	{pattern.New(`(上上个?|上个?|这个?|本)月(?:的)?(\d{1,2}|[一二三四五六七八九十]{1,3})[号日]`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		from, to := monthSpan(today.Year(), int(today.Month())-weeksBack(m[1]))
		day := from.AddDays(small(m[2]) - 1)
		return day, day, small(m[2]) > 0 && !day.After(to) && !day.After(today)
	}},
	{pattern.New(`(上上个?|上个?|这个?|本)月(初|上旬|中旬|下旬|底|末)?`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		from, to := partOf(m[2])(monthSpan(today.Year(), int(today.Month())-weeksBack(m[1])))
		return from, earlier(to, today), true
	}},
	{pattern.New(`(今年|去年|前年|(?:20)?(\d\d)年)(?:的)?(\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?(初|上旬|中旬|下旬|底|末)?`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		from, to := partOf(m[4])(monthSpan(yearSaid(today, m[1], m[2]), small(m[3])))
		return from, earlier(to, today), small(m[3]) >= 1 && small(m[3]) <= 12 && !from.After(today)
	}},
	{pattern.New(`(?:^|[^\d年])(\d{1,2}|[一二三四五六七八九十]{1,3})月(份|初|上旬|中旬|下旬|底|末|里|的时候|那会)`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		month := small(m[1])
		if month < 1 || month > 12 {
			return today, today, false
		}
		from, to := monthSpan(today.Year(), month)
		if from.After(today) {
			from, to = monthSpan(today.Year()-1, month)
		}
		if from, to = partOf(m[2])(from, to); from.After(today) { // 12月底 said in early December
			from, to = partOf(m[2])(monthSpan(today.Year()-1, month))
		}
		return from, earlier(to, today), true
	}},
	{pattern.New(`(?:^|[^\d月./-])(\d{1,2})[号日](?:那天|早上|上午|中午|下午|晚上|晚|当天|去|到|来|让|交|通知|,|，|。|$)`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		n := small(m[1])
		from, to := monthSpan(today.Year(), int(today.Month()))
		if from.AddDays(n - 1).After(today) {
			from, to = monthSpan(today.Year(), int(today.Month())-1)
		}
		day := from.AddDays(n - 1)
		return day, day, n > 0 && !day.After(to)
	}},
	{pattern.New(`去年|前年`), func(today calendar.Date, m []string) (calendar.Date, calendar.Date, bool) {
		year := yearSaid(today, m[0], "")
		return calendar.NewDate(year, time.January, 1), calendar.NewDate(year, time.December, 31), true
	}},
	{pattern.New(`上午|下午`), ago(0)}, // where no day is said at all
}

// partOf returns how a month is cut down to the part that was said: 月初 are its
// first ten days.
func partOf(word string) func(from, to calendar.Date) (calendar.Date, calendar.Date) {
	return func(from, to calendar.Date) (calendar.Date, calendar.Date) {
		switch word {
		case "初", "上旬":
			to = from.AddDays(9)
		case "中旬":
			from, to = from.AddDays(10), from.AddDays(19)
		case "下旬", "底", "末":
			from = from.AddDays(20)
		}
		return from, to
	}
}

func ago(days int) func(calendar.Date, []string) (calendar.Date, calendar.Date, bool) {
	return func(today calendar.Date, _ []string) (calendar.Date, calendar.Date, bool) {
		from, to := one(today.AddDays(-days))
		return from, to, true
	}
}

func weeksBack(word string) int {
	switch word {
	case "上上", "上上个":
		return 2
	case "上", "上个":
		return 1
	}
	return 0
}

var weekdays = map[string]int{"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}

func weekday(word string) int { return weekdays[word] }

func yearSaid(today calendar.Date, word, digits string) int {
	switch word {
	case "今年":
		return today.Year()
	case "去年":
		return today.Year() - 1
	case "前年":
		return today.Year() - 2
	}
	return 2000 + atoi(digits)
}

func earlier(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return a
	}
	return b
}

// momentOf returns when it happened: the first whole date of the text that has
// come, or what is said from today. A day without a year is the last one.
func momentOf(t *text, r Reading, today calendar.Date) *Moment {
	if today.IsZero() {
		return nil
	}
	best, at := (*Moment)(nil), len(t.original)+1
	for _, d := range r.Dates {
		day, ok := d.Date(today.Year())
		if year := yearBefore(t, d.Span, today); year != 0 {
			day, ok = d.Date(year)
		} else if ok && d.Year == 0 && day.After(today) {
			day, ok = d.Date(today.Year() - 1)
		}
		if ok && !day.After(today) && day.Year() > today.Year()-10 && d.From < at {
			best, at = &Moment{d.Span, day, day}, d.From
		}
	}
	if best != nil {
		return best
	}
	rank := 0
	for _, rel := range relative {
		m := rel.pattern.FindStringSubmatchIndex(t.Norm)
		if m == nil {
			continue
		}
		words := make([]string, len(m)/2)
		for i := range words {
			if m[2*i] >= 0 {
				words[i] = t.Norm[m[2*i]:m[2*i+1]]
			}
		}
		from, to, ok := rel.days(today, words)
		if !ok || from.After(today) {
			continue
		}
		if r := says(from, to, today); best == nil || r < rank || r == rank && m[0] < at {
			best, at, rank = &Moment{t.span(place{m[0], m[1]}), from, to}, m[0], r
		}
	}
	return best
}

// says ranks how much it says of when something happened: a day before 今天, on
// which it may only have been told, and that before a whole year.
func says(from, to, today calendar.Date) int {
	switch {
	case from == today:
		return 1
	case to.After(from.AddDays(31)):
		return 2
	}
	return 0
}

var yearWord = pattern.New(`(今年|去年|前年)的?$`)

// yearBefore is the year said in front of a date: 去年9月1号.
func yearBefore(t *text, s Span, today calendar.Date) int {
	if m := yearWord.FindStringSubmatch(t.original[:s.From]); m != nil {
		return yearSaid(today, m[1], "")
	}
	return 0
}
