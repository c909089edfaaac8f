package demo

import (
	"fmt"
	"strconv"
)

// approval is the document that allows a school's fees.
func approval(school string) string { return fmt.Sprintf("示发改费〔0000〕%s号", school[1:]) }

// plans is the sheet of a year's plans, the total last.
func (c *city) plans(ago int) [][]string {
	rows := [][]string{
		{fmt.Sprintf("示例市%d年中等职业学校分专业招生计划", c.year+ago)},
		{"单位：人"},
		{"学校代码", "学校名称", "专业代码", "专业名称", "专业方向", "计划数", "学制", "学费", "收费依据", "衔接学校", "校区", "批次"},
	}
	sum := 0
	for _, r := range c.rows {
		n, ok := c.planned(r, ago)
		if !ok {
			continue
		}
		sum += n
		rows = append(rows, []string{
			r.school, c.schools[r.school], r.specialty, c.specialties[r.specialty], r.direction, strconv.Itoa(n),
			r.duration, r.fee, approval(r.school), r.partner, r.place, "",
		})
	}
	return append(rows, []string{"合计", "", "", "", "", strconv.Itoa(sum)})
}

// admission is what became of a row of the plan.
type admission struct{ admitted, registered, filed int }

func (c *city) admission(r row, ago int) (a admission, ok bool) {
	n, ok := c.planned(r, ago)
	if !ok {
		return a, false
	}
	of := func(whole int, what string, least float64) int {
		share := least + (1-least)*chance(what, ago, r.school, r.specialty, r.duration)
		return int(float64(whole) * share)
	}
	a.admitted = of(n, "admitted", 0.84)
	a.registered = of(a.admitted, "registered", 0.95)
	a.filed = of(a.registered, "filed", 0.99)
	return a, true
}

// admitted is how many a unit's school admitted in a year.
func (c *city) admitted(u unit, ago int) (sum int) {
	for _, r := range c.rows {
		if a, ok := c.admission(r, ago); ok && r.school == u.school {
			sum += a.admitted
		}
	}
	return sum
}

// results is the sheet of a year's results. The city's own year has every
// reason for which a number is missing.
func (c *city) results(ago int) [][]string {
	rows := [][]string{
		{fmt.Sprintf("示例市%d年中等职业学校录取结果", c.year+ago)},
		{"单位：人"},
		{"学校代码", "学校名称", "专业代码", "专业名称", "专业方向", "学制", "批次", "计划数", "录取数", "注册数", "备案数", "最低分"},
	}
	for _, r := range c.rows {
		a, ok := c.admission(r, ago)
		if !ok {
			continue
		}
		planned, _ := c.planned(r, ago)
		admitted, registered, filed := strconv.Itoa(a.admitted), strconv.Itoa(a.registered), strconv.Itoa(a.filed)
		lowest := fmt.Sprintf("%.1f", 250+130*chance("lowest", ago, r.school, r.specialty, r.duration))
		if r.direction != "" {
			lowest = ""
		}
		if ago == 0 {
			filed = "未公布" // the last day for it is in December
			switch {
			case r.school == "D09":
				registered = "未报"
			case r.school == "D07" && r.specialty == "740101":
				registered = "更正中"
			case r.school == "D05":
				registered = "不适用"
			}
		}
		rows = append(rows, []string{
			r.school, c.schools[r.school], r.specialty, c.specialties[r.specialty], r.direction, r.duration, "统一录取",
			strconv.Itoa(planned), admitted, registered, filed, lowest,
		})
	}
	if ago == 0 {
		const few = "已隐去(少于5)"
		rows = append(rows, []string{"D03", c.schools["D03"], "770302", c.specialties["770302"], "", "3", "补录", "不适用", few, few, "未公布", ""})
	}
	return rows
}
