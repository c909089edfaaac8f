package demo

import (
	"fmt"
	"strconv"
)

// shares are how many in a hundred went to vocational schools, by county and
// year, the city's own last. 丙原县 falls twice, 丁湖县 is far off, and 戊川市
// reported only twice.
var shares = map[string][history + 1]float64{
	"甲河县": {48.8, 48.9, 49.1, 49.0, 49.3},
	"乙岭县": {46.9, 47.2, 47.0, 47.5, 47.7},
	"丙原县": {50.2, 50.4, 49.8, 47.1, 44.4},
	"丁湖县": {31.1, 29.5, 30.2, 27.9, 28.0},
	"戊川市": {0, 0, 0, 48.4, 48.8},
	"己城市": {45.1, 46.0, 46.6, 47.9, 48.2},
}

// done are how much of the year's vocational and general enrolment is done by
// the day of a report.
var done = [reports]struct{ vocational, general float64 }{
	{0.02, 0},
	{0.05, 0},
	{0.10, 0},
	{0.18, 0},
	{0.30, 0.10},
	{0.45, 0.50},
	{0.60, 0.80},
	{0.72, 0.95},
	{0.82, 1},
	{0.90, 1},
	{0.96, 1},
	{1, 1},
}

const (
	notReported = "未报"
	notHers     = "不适用"
)

// The reports in which something is missing: a county that writes that it has
// no numbers yet, and one that is not there.
const (
	silentReport, silentUnit   = 5, "丁湖县"
	missingReport, missingUnit = 8, "乙岭县"
)

// bulletin is the nth weekly report of a year, as in annex 2.
func (c *city) bulletin(ago, n int) [][]string {
	day := friday(c.year+ago, n)
	rows := [][]string{
		{fmt.Sprintf("%d年高中阶段教育学校招生进展情况汇总表（截至 %d年%s）", c.year+ago, day.Year(), day.MonthDay())},
		{"单位：人"},
		{"单位", "项目", "初中应届毕业生总数", "高中阶段教育招生总数", "普通高中招生数", "中等职业教育招生数", "普职比例", "高中阶段教育毛入学率"},
	}
	for _, u := range units {
		switch target := c.target(u, ago); {
		case ago == 0 && n == missingReport && u.name == missingUnit:
		case !u.county:
			vocational := int(float64(c.admitted(u, ago)) * done[n].vocational)
			name := c.nameOf(u)
			rows = append(rows,
				[]string{name, "计划情况", notHers, notHers, notHers, strconv.Itoa(target)},
				[]string{name, "完成情况", notHers, notHers, notHers, strconv.Itoa(vocational)})
		default:
			rows = append(rows, c.countyRows(u, ago, n)...)
		}
	}
	return rows
}

func (c *city) countyRows(u unit, ago, n int) [][]string {
	target, admitted := c.target(u, ago), c.admitted(u, ago)
	share := shares[u.name][history+ago] / 100
	silent := ago == 0 && n == silentReport && u.name == silentUnit
	if share == 0 || silent {
		vocational := strconv.Itoa(admitted)
		if silent {
			vocational = notReported
		}
		return [][]string{
			{u.name, "计划情况", notReported, notReported, notReported, strconv.Itoa(target)},
			{u.name, "完成情况", notReported, notReported, notReported, vocational},
		}
	}
	general := int(float64(admitted) * (1 - share) / share)
	graduates := int(float64(max(admitted, target)+general) * (1.02 + 0.03*chance("graduates", ago, u.name)))
	return [][]string{
		reportRow(u.name, "计划情况", graduates, general, target),
		reportRow(u.name, "完成情况", graduates, int(float64(general)*done[n].general), int(float64(admitted)*done[n].vocational)),
	}
}

func reportRow(name, what string, graduates, general, vocational int) []string {
	total, ratio := general+vocational, ""
	if general > 0 {
		share := 100 * float64(general) / float64(total)
		ratio = fmt.Sprintf("%.1f:%.1f", share, 100-share)
	}
	return []string{name, what, strconv.Itoa(graduates), strconv.Itoa(total), strconv.Itoa(general), strconv.Itoa(vocational), ratio}
}
