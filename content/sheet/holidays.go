package sheet

import (
	"yangguang/calendar"
	"yangguang/content"
)

var holidayKinds = map[string]string{"放假": "off", "上班": "work"}

// readHolidays reads the State Council's notices and the days that each of
// them names. A notice may name days of the year before (31 December).
func (r *reader) readHolidays() {
	notices := map[int]*content.Holidays{}
	for _, w := range r.rows("holiday_notices.csv", []column{must("year", "年份"), must("source", "通知"), may("url", "网址"), may("in", "可查")}) {
		year := w.year("year")
		if notices[year] != nil {
			w.problem("year", "%d 年写了两次。", year)
		}
		h := &content.Holidays{Meta: w.meta(content.TypeHolidays, 0, w.text("year"))}
		h.Year, h.Source = year, w.source
		notices[year] = h
		r.found = append(r.found, w.found...)
		r.pack.Items = append(r.pack.Items, content.Item{Record: h, Place: w.place()})
	}
	for _, w := range r.rows("holidays.csv", []column{
		must("date", "日期"), must("kind", "类别"), must("name", "名称"), must("notice", "通知年份"),
	}) {
		w.word("date")
		day := calendar.Holiday{Date: w.date("date"), Name: w.word("name"), Work: choice(w, "kind", holidayKinds) == "work"}
		h := notices[w.year("notice")]
		if h == nil {
			w.problem("notice", "holiday_notices.csv 里没有 %s 年的通知。", w.text("notice"))
		}
		r.found = append(r.found, w.found...)
		if len(w.found) == 0 {
			h.Days = append(h.Days, day)
		}
	}
}
