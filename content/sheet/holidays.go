package sheet

import (
	"yangguang/calendar"
	"yangguang/content"
	"yangguang/pattern"
)

var holidayKinds = map[string]string{"放假": "off", "上班": "work"}

// readHolidays reads the State Council's notices and the days that each of
// them names. A notice may name days of the year before (31 December).
func (r *reader) readHolidays() {
	notices := map[int]*content.Holidays{}
	parts := map[int]map[string]content.Place{}
	for _, w := range r.rows("holiday_notices.csv", []column{must("year", "年份"), must("source", "通知"), must("statutory", "法定天数"), may("url", "网址"), may("in", "可查")}) {
		year := w.year("year")
		if notices[year] != nil {
			w.problem("year", "%d 年写了两次。", year)
		}
		h := &content.Holidays{Meta: w.meta(content.TypeHolidays, 0, w.text("year"))}
		h.Year, h.Source, h.Statutory = year, w.source, w.statutory()
		notices[year], parts[year] = h, map[string]content.Place{}
		r.found = append(r.found, w.found...)
		r.pack.Items = append(r.pack.Items, content.Item{Record: h, Place: w.place(), Parts: parts[year]})
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
			parts[h.Year][day.Date.String()] = w.place()
		}
	}
}

var statutoryDays = pattern.New(`^(\p{Han}+)(\d)$`)

// statutory reads 元旦1|春节3: how many days the law gives for each holiday.
func (w *row) statutory() map[string]int {
	out := map[string]int{}
	for _, s := range w.list("statutory") {
		m := statutoryDays.FindStringSubmatch(s)
		if m == nil {
			w.problem("statutory", "“%s”看不懂。请写成 元旦1|春节3 这样，天数照《全国年节及纪念日放假办法》。", s)
			continue
		}
		out[m[1]] = int(m[2][0] - '0')
	}
	return out
}
