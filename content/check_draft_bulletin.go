package content

import (
	"math"
	"strconv"
	"strings"

	"yangguang/calendar"
)

// bulletins: the parts make the whole (E7), the day is a day of the grid (E9);
// W1, W4, W5 and W9 ask why.
func (c *draftChecker) bulletins() {
	c.reportDay()
	for _, i := range c.Items {
		b := i.Record.(*Bulletin)
		if allValues(b.General, b.Vocational, b.Total) && b.General.Value+b.Vocational.Value != b.Total.Value {
			c.add("E7", i, "total_hs", "普高 %d + 中职 %d = %d，高中阶段总数写 %d，差 %d。请核对这三格。", b.General.Value, b.Vocational.Value,
				b.General.Value+b.Vocational.Value, b.Total.Value, abs(b.General.Value+b.Vocational.Value-b.Total.Value))
		}
		c.fell(i, b)
		c.ratio(i, b)
		if b.Rate != "" {
			c.add("W5", i, "rate", "毛入学率要用15至17岁人口算，这张表算不出来。公布时会写明是“填报值”，请写明依据。")
		}
	}
	c.silent()
}

func allValues(figures ...Figure) bool {
	for _, f := range figures {
		if f.State != HasValue {
			return false
		}
	}
	return true
}

// reportDay, E9: not in the future, in its year, and on the weekday of the
// year's other reports.
func (c *draftChecker) reportDay() {
	day := c.Sheet.AsOf
	if day.IsZero() {
		return // said when it was read
	}
	if !c.today.IsZero() && day.After(c.today) {
		c.at("E9", "", "截至 %s，这一天还没有到。请核对日期。", day)
	}
	if day.Year() != c.Sheet.Year {
		c.at("E9", "", "截至 %s，标题写的是 %d 年。请核对是哪一年的周报。", day, c.Sheet.Year)
		return
	}
	var others []calendar.Date
	for _, b := range c.public.Bulletins(c.Sheet.Year) {
		others = append(others, b.AsOf)
	}
	for _, other := range others {
		if other.Weekday() != others[0].Weekday() {
			return
		}
	}
	if len(others) > 0 && day.Weekday() != others[0].Weekday() {
		c.at("E9", "", "截至 %s 是%s，这一年的周报都截至%s。请核对日期。", day, weekdays[day.Weekday()], weekdays[others[0].Weekday()])
	}
}

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// fell, W1: what is counted up from week to week does not fall.
func (c *draftChecker) fell(i Item, b *Bulletin) {
	last := c.before(b)
	if b.Row != Actual || last == nil {
		return
	}
	for _, field := range []string{"total_hs", "general_hs", "vocational"} {
		now, _ := FigureAt(b, field)
		was, _ := FigureAt(last, field)
		if allValues(now, was) && now.Value < was.Value {
			c.add("W1", i, field, "上次（截至 %s）是 %d，这次是 %d，累计数少了 %d。请核对，写明原因。", last.AsOf, was.Value, now.Value, was.Value-now.Value)
		}
	}
}

// before returns the unit's row of the report before.
func (c *draftChecker) before(b *Bulletin) (last *Bulletin) {
	if b.Unit == "" {
		return nil
	}
	for _, o := range c.public.Bulletins(c.Sheet.Year) {
		if o.Unit == b.Unit && o.Row == b.Row && o.AsOf.Before(b.AsOf) && (last == nil || o.AsOf.After(last.AsOf)) {
			last = o
		}
	}
	return last
}

// ratio, W4: the ratio that was typed is the one of the numbers beside it, as
// exactly as it is written.
func (c *draftChecker) ratio(i Item, b *Bulletin) {
	if b.Ratio == "" || !allValues(b.General, b.Vocational) || b.Vocational.Value == 0 {
		return
	}
	g, v := float64(b.General.Value), float64(b.Vocational.Value)
	typed, share, ok := ParseRatio(b.Ratio)
	switch {
	case !ok:
		c.add("W4", i, "ratio", "“%s”看不出是几比几。请写成 51:49 这样。", b.Ratio)
	case math.Abs(typed-g/v) > 0.0100001 && math.Abs(share-g/(g+v)) > 0.0050001:
		c.add("W4", i, "ratio", "普职比例写 %s，按普高 %d、中职 %d 算是 %.1f:%.1f。请核对，写明原因。", b.Ratio, b.General.Value, b.Vocational.Value,
			100*g/(g+v), 100*v/(g+v))
	}
}

var ratioMarks = strings.NewReplacer("：", ":", "∶", ":", "︰", ":", "比", ":", "/", ":", "％", "", "%", "")

// ParseRatio reads 51:49, 5.1：4.9 or 1.04, and returns how many to one, and
// the share of the first.
func ParseRatio(s string) (ratio, share float64, ok bool) {
	first, second, two := strings.Cut(ratioMarks.Replace(letters(fullWidth.Replace(s))), ":")
	a, errA := strconv.ParseFloat(first, 64)
	b := 1.0
	var errB error
	if two {
		b, errB = strconv.ParseFloat(second, 64)
	}
	if errA != nil || errB != nil || a < 0 || b <= 0 || math.IsInf(a, 0) || math.IsInf(b, 0) || math.IsNaN(a) || math.IsNaN(b) {
		return 0, 0, false
	}
	return a / b, a / (a + b), true
}

// silent, W9: who has pupils to recruit this year and is not in a report of several.
func (c *draftChecker) silent() {
	there := map[string]bool{}
	for _, i := range c.Items {
		there[i.Record.(*Bulletin).Unit] = true
	}
	if len(there) < 2 || c.Elsewhere {
		return
	}
	for _, t := range c.public.Targets(c.Sheet.Year) {
		if unit, ok := c.public.Unit(t.Unit); ok && !there[t.Unit] && t.Number.Value > 0 {
			c.at("W9", "", "%s这一周没有报。请催报，或写明原因。", unit.Name)
		}
	}
}
