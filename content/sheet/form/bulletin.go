package form

import (
	"strings"

	"yangguang/content"
	"yangguang/pattern"
)

// reportRow reads which row of annex 2 a word means.
func reportRow(s string) (string, bool) {
	s = strip(s)
	switch {
	case actualRow.MatchString(s):
		return string(content.Actual), true
	case strings.Contains(s, "计划") || strings.Contains(s, "任务") || s == string(content.Planned):
		return string(content.Planned), true
	}
	return "", false
}

var actualRow = pattern.New(`实际|完成|进展|累计|目前|本周|截至|录取|报到|已招|实招|^actual$`)

func (e *entry) bulletin() content.Record {
	row := content.BulletinRow(e.block.row)
	if s := e.text("row"); s != "" {
		word, ok := reportRow(s)
		if !ok {
			e.found("row", "E3", "“%s”看不出是计划还是实际。请写“计划情况”或“实际完成情况”。", s)
		}
		row = content.BulletinRow(word)
	}
	if row == "" {
		row = content.Actual
		if strings.Contains(e.over.title, "计划") && !strings.Contains(e.over.title, "进展") && !strings.Contains(e.over.title, "完成") {
			row = content.Planned
		}
	}
	asOf := e.asOf
	if d := e.date("as_of"); !d.IsZero() {
		asOf = d
	}
	b := &content.Bulletin{AsOf: asOf, Unit: e.unitHere(), Row: row, Ratio: e.text("ratio"), Rate: e.text("rate")}
	for _, none := range []*string{&b.Ratio, &b.Rate} {
		if _, is := states[*none]; is {
			*none = ""
		}
	}
	if at, ok := e.block.at["ratio"]; ok && b.Ratio != "" && strings.HasPrefix(strip(e.head.over[at]), "职普") {
		b.Ratio = turned(b.Ratio)
	}
	b.Vocational = e.figure("vocational")
	b.Graduates, b.Total, b.General = e.ofCounty("graduates", b), e.ofCounty("total_hs", b), e.ofCounty("general_hs", b)
	b.Meta = content.Meta{ID: content.BulletinID(asOf, plainKey(cmpOr(b.Unit, e.who)), row), Year: e.yearHere()}
	b.Source = content.Source{Title: e.text("source")}
	return b
}

// ofCounty reads a figure that only a county has: a school fills in the
// vocational column alone (notice 48, annex 2).
func (e *entry) ofCounty(field string, b *content.Bulletin) content.Figure {
	if e.text(field) == "" && e.isSchool(b.Unit) {
		return content.Figure{State: content.NotApplicable}
	}
	return e.figure(field)
}

func (e *entry) isSchool(unit string) bool {
	name, ok := e.hints.Names.Units.Name(unit)
	if !ok {
		name = e.who
	}
	for _, end := range []string{"学校", "中专", "学院", "职教中心", "教育中心", "中学"} {
		if strings.HasSuffix(strip(name), end) {
			return true
		}
	}
	return false
}

// turned writes a ratio the other way round: 职普比 49:51 → 51:49.
func turned(s string) string {
	for _, mark := range []string{"：", ":", "∶", "比", "/"} {
		if a, b, ok := strings.Cut(s, mark); ok {
			return strings.TrimSpace(b) + ":" + strings.TrimSpace(a)
		}
	}
	return "1:" + s
}

var place = pattern.New(`^(?:20\d\d年?(?:度)?)?(\p{Han}{1,8}?(?:市|县|区|旗|职业学校|中专|中等专业学校|职教中心))`)

// unitOver is the unit that stands over the table: after 单位：, or in the title,
// the tab's name or the file's.
func (t *tab) unitOver() string {
	for _, s := range []string{t.over.unit, t.over.school} {
		if s != "" {
			return s
		}
	}
	texts := append(append([]string{}, t.over.lines...), t.name, stem(t.file))
	for _, s := range texts {
		if name, ok := t.hints.Names.Units.In(strip(s)); ok {
			return name
		}
	}
	for _, s := range texts {
		if m := place.FindStringSubmatch(strip(halfWidth(s))); m != nil {
			return m[1]
		}
	}
	return ""
}
