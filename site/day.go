package site

import (
	"yangguang/calendar"
	"yangguang/content"
	"yangguang/pattern"
)

var dayForms = pattern.New(`^(\d{4})(?:\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))$`)

// dayOf reads a day as people type it: 2022-9-1, 2022年9月1日, 20220901,
// full-width digits.
func dayOf(s string) (calendar.Date, bool) {
	m := dayForms.FindStringSubmatch(content.TidyNumber(s))
	if m == nil {
		return calendar.Date{}, false
	}
	month, day := m[2]+m[4], m[3]+m[5]
	d, err := calendar.ParseDate(m[1] + "-" + twoDigits(month) + "-" + twoDigits(day))
	return d, err == nil
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
