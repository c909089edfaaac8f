package content

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"yangguang/calendar"
	"yangguang/pattern"
)

// text holds one text of an item to what it rests on: it says in figures only
// what stands in the words it quotes and in the articles it names. Where those
// say nothing of the kind (no date at all), it may say what the record that it
// opens quotes, or what is published for the same year: a key date, a rule.
// Numbers in words (两年) are not seen here.
func (c *checker) text(i Item, field, text string) {
	figures := figuresIn(text)
	if len(figures) == 0 {
		return
	}
	base, wider := c.restsOn(i, text)
	for _, f := range figures {
		if f.kind == yearSaid {
			if !c.speaksOf(f.year, i.Record.Head(), base) {
				c.add(i, field, "“%s”不是所依据的文件的年份。请核对。", f.as)
			}
			continue
		}
		of := slices.DeleteFunc(slices.Clone(base), func(s said) bool { return s.kind != f.kind })
		switch {
		case slices.ContainsFunc(of, func(s said) bool { return s.allows(f) }):
		case len(of) > 0 && !slices.ContainsFunc(c.counted(i, base), func(s said) bool { return s.allows(f) }):
			c.add(i, field, "“%s”和引用的原文对不上，原文写的是%s。", f.as, spoken(of))
		case len(of) == 0 && !slices.ContainsFunc(append(wider(), c.counted(i, base)...), func(s said) bool { return s.allows(f) }):
			c.add(i, field, "“%s”在引用的原文里找不到，也不是已公布的日期或学制。请照文件写，并把那句原文抄进“原文”一栏。", f.as)
		}
	}
}

// said holds a text to all that can be known of its numbers.
func (c *checker) said(i Item, field, text string) {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return
	}
	c.text(i, field, text)
	c.seasons(i, field, text)
	c.telephones(i, field, text)
	c.amounts(i, field, text)
	c.people(i, field, text)
	c.ofUnits(i, field, text)
	c.howMany(i, field, text)
	c.annex(i, field, text)
	c.documents(i, field, text)
}

func spoken(list []said) string {
	var words []string
	for _, s := range list {
		if s.as != "" && !slices.Contains(words, "“"+s.as+"”") {
			words = append(words, "“"+s.as+"”")
		}
	}
	return strings.Join(words, "、")
}

// restsOn returns the figures of the words that an item quotes and of the
// articles that its text names; and, asked for only where those have none of a
// kind, the figures of what it opens and of what is published for its year.
func (c *checker) restsOn(i Item, text string) (base []said, wider func() []said) {
	m := i.Record.Head()
	words := []string{m.Source.Quote, m.Source.Title}
	words = append(words, c.articlesNamed(m.Source.Law, text)...)
	base = figuresIn(strings.Join(words, "\n"))
	year := c.yearOf(m)
	for n := range base {
		// “Of the same year” in a document is the document's own year.
		if base[n].kind == dateSaid && base[n].year == 0 {
			base[n].year = year
		}
	}
	if k, ok := i.Record.(*KeyDate); ok {
		if p, ok := c.byID[m.Source.Policy].Record.(*Policy); ok {
			base = append(base, dayOf(p.Signed), dayOf(p.Issued))
		}
		if !k.Date.IsZero() {
			base = append(base, dayOf(k.Date))
		}
	}
	return base, func() []said {
		found := c.published(year)
		if f, ok := i.Record.(*FAQ); ok {
			found = append(found, figuresIn(c.opened(f.Opens))...)
		}
		return found
	}
}

// yearOf is the year a record speaks of: its own, or that of its document.
func (c *checker) yearOf(m *Meta) int {
	if p, ok := c.byID[m.Source.Policy].Record.(*Policy); ok && m.Year == 0 {
		return p.Year
	}
	return m.Year
}

var articleNumber = pattern.New(`第([一二三四五六七八九十百]+)条`)

// articlesNamed returns the words of the articles that a text names: of the
// law it rests on, and of the laws that it calls by name.
func (c *checker) articlesNamed(rests ID, text string) (words []string) {
	numbers := articleNumber.FindAllStringSubmatch(text, -1)
	if len(numbers) == 0 {
		return nil
	}
	for _, i := range c.pack.Items {
		law, ok := i.Record.(*Law)
		if !ok || law.ID != rests && !law.named(text) {
			continue
		}
		for _, n := range numbers {
			words = append(words, law.Articles[n[1]])
		}
	}
	return words
}

func (l *Law) named(text string) bool {
	return strings.Contains(text, l.Title) ||
		slices.ContainsFunc(l.Names, func(name string) bool { return strings.Contains(text, name) })
}

// published are the days, working days and years of study that are published
// for a year; for 0, for any.
func (c *checker) published(year int) (found []said) {
	for _, i := range c.pack.Items {
		if m := i.Record.Head(); year != 0 && m.Year != year {
			continue
		}
		switch r := i.Record.(type) {
		case *KeyDate:
			if r.Date.IsZero() {
				found = append(found, said{kind: workSaid, means: strconv.Itoa(r.WorkingDays)})
			} else {
				found = append(found, dayOf(r.Date))
			}
		case *Rule:
			found = append(found, figuresIn(r.Source.Quote)...)
		}
	}
	for _, i := range c.pack.Items {
		if k, ok := i.Record.(*Contact); ok {
			found = append(found, figuresIn(k.Hours)...)
		}
	}
	return found
}

// opened returns the words on which what stands at an address rests.
func (c *checker) opened(address string) string {
	if address == "" {
		return ""
	}
	var words []string
	for _, i := range c.pack.Items {
		if p, ok := i.Record.(*Policy); ok {
			for _, b := range p.Blocks {
				if address == Path(p) || address == Path(p)+"#"+b.ID {
					words = append(words, b.allText())
				}
			}
		} else if Path(i.Record) == address {
			words = append(words, i.Record.Head().Source.Quote)
		}
	}
	return strings.Join(words, "\n")
}

// counted are the days that a question itself counts: so many working days
// after the day it names, by the holidays of the pack.
func (c *checker) counted(i Item, base []said) (found []said) {
	f, ok := i.Record.(*FAQ)
	if !ok {
		return nil
	}
	working, err := c.calendar()
	if err != nil {
		return nil // texts are read once the holidays hold
	}
	for _, from := range figuresIn(f.Question) {
		if from.kind != dateSaid || from.year == 0 {
			continue
		}
		day, err := time.Parse("2006年1月2日", fmt.Sprintf("%d年%s", from.year, from.means))
		if err != nil {
			continue
		}
		for _, n := range base {
			if n.kind == workSaid {
				found = append(found, dayOf(working.After(calendar.NewDate(day.Year(), day.Month(), day.Day()), whole(n.means)).To))
			}
		}
	}
	return found
}

// speaksOf reports whether a year is that of a record or one that the words
// quoted name; where a record is of no year, one of which the pack has records.
func (c *checker) speaksOf(year int, of *Meta, base []said) bool {
	own := c.yearOf(of)
	return year == own || slices.ContainsFunc(base, func(s said) bool { return s.year == year }) ||
		own == 0 && slices.ContainsFunc(c.pack.Items, func(i Item) bool {
			m := i.Record.Head()
			return m.Year == year && m.ID.Type() != TypeHolidays
		})
}

var seasonDay = pattern.New(`(秋季|春季)[^，。；、秋春]*?(\d{1,2})月(\d{1,2})[日号]`)

var seasonNames = map[string]string{"秋季": Autumn, "春季": Spring}

// seasons: a day that is said to be autumn's is one of autumn's.
func (c *checker) seasons(i Item, field, text string) {
	year := c.yearOf(i.Record.Head())
	for _, m := range seasonDay.FindAllStringSubmatch(plain(text), -1) {
		of := map[string]bool{} // the seasons in which the day is a last day
		for _, other := range c.pack.Items {
			k, ok := other.Record.(*KeyDate)
			if ok && (year == 0 || k.Year == year) && k.Season != "" && k.Date.MonthDay() == monthDay(m[2], m[3]) {
				of[k.Season] = true
			}
		}
		if len(of) > 0 && !of[seasonNames[m[1]]] {
			c.add(i, field, "“%s”不是%s的日期。请核对 key_dates.csv。", monthDay(m[2], m[3]), m[1])
		}
	}
}

// agrees: what a rule says in words are its own years, all of them and no
// others.
func (c *checker) agrees(i Item, r *Rule) {
	var told []string
	for _, f := range figuresIn(r.Text) {
		if f.kind == lengthSaid {
			told = append(told, f.ends()...)
		}
	}
	var own []string
	for _, n := range append([]int{r.Min, r.Max}, r.Choices...) {
		if n > 0 {
			own = append(own, strconv.Itoa(n))
		}
	}
	for _, n := range told {
		if !slices.Contains(own, n) {
			c.add(i, "text", "说明写%s年，最短、最长和可选里没有%s。两边要一样。", n, n)
		}
	}
	if n := len(r.Choices); n > 0 && (!slices.IsSorted(r.Choices) || len(slices.Compact(slices.Clone(r.Choices))) != n || r.Choices[0] != r.Min || r.Choices[n-1] != r.Max) {
		c.add(i, "choices", "可选的年数要从小到大，第一个是最短，最后一个是最长。")
	}
	for _, n := range slices.Compact(own) {
		if !slices.Contains(told, n) {
			c.add(i, "text", "说明里没有写%s年，最短、最长或可选里写了%s。两边要一样。", n, n)
		}
	}
}

var weekday = pattern.New(`这一天是(星期[一二三四五六日])`)

// note: what is said beside a date is so on that date.
func (c *checker) note(i Item, k *KeyDate) {
	c.text(i, "note", k.Note)
	for _, m := range weekday.FindAllStringSubmatch(k.Note, -1) {
		if !k.Date.IsZero() && m[1] != k.Date.WeekdayName() {
			c.add(i, "note", "%s是%s，这里写的是%s。", k.Date.MonthDay(), k.Date.WeekdayName(), m[1])
		}
	}
}
