package demo

import (
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
)

const (
	planFile        = "plan.csv"
	specialtiesFile = "sheets/specialties.csv"
	// history is how many years the plans, the results and the reports go back.
	history = 4
)

// city is 示例市 in one year, as far as it was published by a day.
type city struct {
	year  int
	today calendar.Date
	rows  []row
	// schools and specialties are the names by code.
	schools, specialties map[string]string
}

// row is a row of plan.csv: what a school recruits for a specialty in the
// city's year, or did until that many years before.
type row struct {
	school, specialty, direction  string
	number                        int
	duration, fee, partner, place string
	until                         int
}

func cityOf(year int, today calendar.Date) (*city, error) {
	c := &city{year: year, today: today}
	lines, err := table("text/"+planFile, 1)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		r := row{school: l[0], specialty: l[1], direction: l[2], duration: l[4], fee: l[5], partner: l[6], place: l[7]}
		if r.number, err = strconv.Atoi(l[3]); err != nil {
			return nil, err
		}
		if l[8] != "" {
			if r.until, err = strconv.Atoi(l[8]); err != nil {
				return nil, err
			}
		}
		c.rows = append(c.rows, r)
	}
	if lines, err = table("text/sheets/schools.csv", 3); err != nil {
		return nil, err
	}
	c.schools = named(lines)
	text, err := bundled(specialtiesFile)
	if err != nil {
		return nil, err
	}
	if lines, err = csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil {
		return nil, err
	}
	c.specialties = named(lines)
	return c, nil
}

// table reads a file under text/ below its heads.
func table(name string, heads int) ([][]string, error) {
	f, err := texts.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("demo: %s: %w", name, err)
	}
	return lines[heads:], nil
}

func named(lines [][]string) map[string]string {
	names := map[string]string{}
	for _, l := range lines {
		names[l[0]] = l[1]
	}
	return names
}

// chance is a share between 0 and 1 that hangs on nothing but the words: the
// seed of everything that looks like chance here.
func chance(words ...any) float64 {
	h := fnv.New64a()
	fmt.Fprintln(h, "示例市", words)
	x := h.Sum64() // the last bytes of an FNV sum stir the high bits little
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11) / (1 << 53)
}

// planned is the number of a row in the year that lies that far from the
// city's own (0, -1 …); false where the row was not there.
func (c *city) planned(r row, ago int) (int, bool) {
	if ago > r.until {
		return 0, false
	}
	if ago == r.until {
		return r.number, true
	}
	n := float64(r.number) * (0.9 + 0.2*chance("plan", ago, r.school, r.specialty, r.duration))
	return max(10, int(n)), true
}

// unit is a row of annex 1 and of the weekly report: a county with its one
// school, or a municipal school.
type unit struct {
	name   string
	school string
	county bool
}

var units = []unit{
	{"甲河县", "D06", true},
	{"乙岭县", "D07", true},
	{"丙原县", "D08", true},
	{"丁湖县", "D09", true},
	{"戊川市", "D10", true},
	{"己城市", "D11", true},
	{school: "D01"},
	{school: "D02"},
	{school: "D03"},
	{school: "D04"},
	{school: "D05"},
	{school: "D12"},
	{school: "D13"},
}

func (c *city) nameOf(u unit) string {
	if u.county {
		return u.name
	}
	return c.schools[u.school]
}

// target is what a unit was to recruit: its school's plans together.
func (c *city) target(u unit, ago int) (sum int) {
	for _, r := range c.rows {
		if n, ok := c.planned(r, ago); ok && r.school == u.school {
			sum += n
		}
	}
	return sum
}

// reports is how many weekly reports there are in a year.
const reports = 12

// friday is the day of the nth weekly report of a year: the first is of the
// first Friday of June.
func friday(year, n int) calendar.Date {
	day := calendar.NewDate(year, time.June, 1)
	for day.Weekday() != time.Friday {
		day = day.AddDays(1)
	}
	return day.AddDays(7 * n)
}

var (
	yearMark    = regexp.MustCompile(`\{Y([+-]\d)?\}`)
	targetsMark = regexp.MustCompile(`\{targets Y(-\d)?\}`)
)

// fill puts the years and the targets into a text.
func (c *city) fill(text string) string {
	offset := func(m string) int {
		n, _ := strconv.Atoi(m) // none is 0
		return n
	}
	text = targetsMark.ReplaceAllStringFunc(text, func(m string) string {
		return c.targetsTable(offset(targetsMark.FindStringSubmatch(m)[1]))
	})
	text = yearMark.ReplaceAllStringFunc(text, func(m string) string {
		return strconv.Itoa(c.year + offset(yearMark.FindStringSubmatch(m)[1]))
	})
	first := friday(c.year, 0)
	return strings.NewReplacer("{weekly}", first.MonthDay(), "{weekly:iso}", first.String()).Replace(text)
}

// targetsTable is annex 1 as it is printed.
func (c *city) targetsTable(ago int) string {
	var b strings.Builder
	b.WriteString("| 单位 | 中等职业教育招生任务 |\n|---|---|\n")
	sum := 0
	for _, u := range units {
		n := c.target(u, ago)
		sum += n
		fmt.Fprintf(&b, "| %s | %d |\n", c.nameOf(u), n)
	}
	fmt.Fprintf(&b, "| 合计 | %d |", sum)
	return b.String()
}
