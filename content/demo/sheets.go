package demo

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/calendar"
)

// listed is one line of sheets.csv.
type listed struct {
	file, of string
	year     int
	asOf     calendar.Date
	title    string
	whole    bool
	source   string
}

// addSheets adds the published tables, their list, and the targets.
func (c *city) addSheets(files map[string]string) error {
	december := func(year, day int) calendar.Date { return calendar.NewDate(year-1, time.December, day) }
	list := []listed{
		{"schools.csv", "学校", 0, december(c.year, 17), "示例市中等职业学校基本情况", false, "shijiaowen-0000-3#s1.p1"},
		{
			"specialties.csv", "专业", 0, calendar.NewDate(2025, time.December, 31), "中等职业教育专业目录", false,
			"教育部《职业教育专业目录（2021年）》及以后的增补",
		},
		{"qualifications-before.csv", "招生学校资质", c.year - 1, december(c.year-1, 18), fmt.Sprintf("示例市%d年中等职业学校招生资质名单", c.year-1), true, "shijiaowen-0000-3#s1.p2"},
		{"qualifications.csv", "招生学校资质", c.year, december(c.year, 17), fmt.Sprintf("示例市%d年中等职业学校招生资质名单", c.year), true, "shijiaowen-0000-3#s1.p1"},
	}
	add := func(l listed, rows [][]string) {
		if l.asOf.After(c.today) {
			return
		}
		list = append(list, l)
		files["sheets/"+l.file] = sheetText(rows)
	}
	for ago := -history; ago <= 0; ago++ {
		year := c.year + ago
		add(listed{
			fmt.Sprintf("plan-%d.csv", year), "专业招生计划", year, december(year, 24),
			fmt.Sprintf("示例市%d年中等职业学校分专业招生计划", year), false, "shijiaowen-0000-4#s1.p1",
		}, c.plans(ago))
		add(listed{
			fmt.Sprintf("result-%d.csv", year), "录取结果", year, calendar.NewDate(year, time.September, 30),
			fmt.Sprintf("示例市%d年中等职业学校录取结果", year), false, "shijiaowen-0000-4#s3.p1",
		}, c.results(ago))
		for n := range reports {
			if day := friday(year, n); ago == 0 || n == reports-1 {
				add(listed{
					"bulletin-" + day.String() + ".csv", "周报", year, day,
					fmt.Sprintf("%d年高中阶段教育学校招生进展情况汇总表", year), false, "shijiaowen-0000-2#s4.p1",
				}, c.bulletin(ago, n))
			}
		}
	}
	return c.addLists(files, list)
}

// addLists adds the clarifications given so far, the list of the sheets and
// the targets.
func (c *city) addLists(files map[string]string, list []listed) error {
	const given = "sheets/clarifications.csv"
	lines, err := csv.NewReader(strings.NewReader(files[given])).ReadAll()
	if err != nil {
		return err
	}
	last, kept := calendar.Date{}, lines[:2:2]
	for _, l := range lines[2:] {
		day, err := calendar.ParseDate(l[6])
		if err != nil {
			return fmt.Errorf("demo: %s: %w", given, err)
		}
		if !day.After(c.today) {
			kept, last = append(kept, l), day
		}
	}
	files[given] = sheetText(kept)
	list = append(list, listed{"clarifications.csv", "辟谣", 0, last, "示例市招生不实说法澄清情况", false, "shijiaowen-0000-2#s4.p2"})

	rows := [][]string{{"文件", "类型", "年份", "截至", "标题", "完整", "出处"}}
	for _, l := range list {
		year, whole := "", ""
		if l.year != 0 {
			year = strconv.Itoa(l.year)
		}
		if l.whole {
			whole = "是"
		}
		rows = append(rows, []string{l.file, l.of, year, l.asOf.String(), l.title, whole, l.source})
	}
	files["sheets/sheets.csv"] = sheetText(rows)
	files["targets.csv"] = sheetText(c.targets())
	return nil
}

// targets are the targets of this year and the last, with the cells of their
// annexes.
func (c *city) targets() [][]string {
	rows := [][]string{{"年份", "单位代码", "单位", "人数", "出处"}}
	codes := []string{"990121", "990122", "990123", "990124", "990181", "990182"}
	for ago := -1; ago <= 0; ago++ {
		year, sum := strconv.Itoa(c.year+ago), 0
		cell := func(n int) string { return fmt.Sprintf("shijiaowen-0000-%d#annex1!B%d", 2+ago, n+3) }
		for n, u := range units {
			code := "990100-" + strings.TrimPrefix(u.school, "D")
			if u.county {
				code = codes[n]
			}
			number := c.target(u, ago)
			sum += number
			rows = append(rows, []string{year, code, c.nameOf(u), strconv.Itoa(number), cell(n)})
		}
		rows = append(rows, []string{year, "", "合计", strconv.Itoa(sum), cell(len(units))})
	}
	return rows
}

// sheetText writes rows as a spreadsheet program does: every row as long as
// the longest.
func sheetText(rows [][]string) string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, r := range rows {
		_ = w.Write(append(r, make([]string, width-len(r))...)) // a Builder takes everything
	}
	w.Flush()
	return b.String()
}
