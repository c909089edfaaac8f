package content

import (
	"fmt"
	"strings"
	"time"
)

// keyDate: the day is the one in the words quoted.
func (c *checker) keyDate(i Item, k *KeyDate) {
	quote := letters(k.Source.Quote)
	switch {
	case k.Name == "" || k.Audience == "":
		c.add(i, "name", "名称和对象都要写。")
	case k.Date.IsZero() == (k.WorkingDays == 0):
		c.add(i, "date", "日期和工作日数要写一个，只写一个。")
		return
	case k.WorkingDays > 0 && k.Event == "":
		c.add(i, "event", "从哪件事起算？请写明。")
	}
	if k.WorkingDays > 0 {
		if want := fmt.Sprintf("%d个工作日", k.WorkingDays); !strings.Contains(quote, want) {
			c.add(i, "working_days", "引用的原文里没有“%s”。", want)
		}
		return
	}
	if k.Date.Year() != k.Year {
		c.add(i, "date", "%s 不在 %d 年。", k.Date, k.Year)
	}
	if !strings.Contains(quote, k.Date.MonthDay()) {
		c.add(i, "date", "引用的原文里没有“%s”。", k.Date.MonthDay())
	}
	if day := k.Date.Weekday(); k.Deadline && k.Note == "" && (day == time.Saturday || day == time.Sunday) {
		c.add(i, "note", "%s是%s。请在备注里写明文件有没有说顺延。", k.Date.MonthDay(), k.Date.WeekdayName())
	}
}

// rule: its years are the ones in the words quoted.
func (c *checker) rule(i Item, r *Rule) {
	if r.Name == "" || r.Text == "" {
		c.add(i, "name", "名称和说明都要写。")
	}
	if r.Max < r.Min {
		c.add(i, "max", "最长 %d 年短于最短 %d 年。", r.Max, r.Min)
	}
	quote := letters(r.Source.Quote)
	for _, f := range []struct {
		field string
		years []int
	}{{"min", []int{r.Min}}, {"max", []int{r.Max}}, {"choices", r.Choices}} {
		for _, n := range f.years {
			if n > 0 && !strings.Contains(quote, fmt.Sprintf("%d年", n)) {
				c.add(i, f.field, "引用的原文里没有“%d年”。", n)
			}
		}
	}
	if r.Approval != "" && !strings.Contains(quote, r.Approval) {
		c.add(i, "approval", "引用的原文里没有“%s”。", r.Approval)
	}
}
