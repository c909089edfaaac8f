package content

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"yangguang/calendar"
)

// Check holds a draft to the rules of publishing and returns what was found
// when it was read and what they find, by row: rules E1 to E9 and E11 block
// it, rules W1 to W10 ask for a written reason. It is judged against what is
// published; without a day (zero) nothing is too late or too early.
func (d *Draft) Check(s *Snapshot, today calendar.Date) Findings {
	c := &draftChecker{Draft: d, public: s, today: today}
	c.Found = slices.Clone(d.Found)
	c.sums()
	c.twice()
	c.placed()
	c.named()
	switch d.Sheet.Of {
	case TypePlan:
		c.plans()
	case TypeResult:
		c.results()
	case TypeQualification:
		c.qualifications()
	case TypeTarget:
		c.targets()
	case TypeBulletin:
		c.bulletins()
	case TypeClarification:
		c.clarifications()
	}
	c.released()
	c.clean()
	found := c.Found
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(rowOf(a.Cell), rowOf(b.Cell)) })
	return found
}

// draftChecker is a draft while the rules are held to it.
type draftChecker struct {
	*Draft
	public *Snapshot
	today  calendar.Date
	Found  Findings // hides the draft's own, which stay as they were read
}

func (c *draftChecker) add(code string, i Item, field, format string, args ...any) {
	c.at(code, i.Place.Cell(field), format, args...)
}

func (c *draftChecker) at(code, cell, format string, args ...any) {
	into := Draft{Found: c.Found}
	into.At(code, cell, format, args...)
	c.Found = into.Found
}

func rowOf(cell string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) // what is no cell stands first
	return n
}

// twice, E4: one row for each thing.
func (c *draftChecker) twice() {
	seen := map[ID]Item{}
	for _, i := range c.Items {
		id := i.Record.Head().ID
		if first, ok := seen[id]; ok {
			c.add("E4", i, mainField(c.Sheet), "和第 %d 行重复，说的是同一条。请删去一行，或写明两行哪里不同。", first.Place.Row)
			continue
		}
		seen[id] = i
	}
}

// mainField is the column by which a row is known.
func mainField(s *Sheet) string {
	for _, field := range []string{"school", "unit", "code", "claim", "name", "question"} {
		if _, ok := s.Columns[field]; ok {
			return field
		}
	}
	return ""
}

// placed, E8: every figure has its row and its column.
func (c *draftChecker) placed() {
	for _, i := range c.Items {
		for _, field := range figureFields[c.Sheet.Of] {
			f, _ := FigureAt(i.Record, field)
			if _, ok := i.Place.Columns[field]; f.State == HasValue && (!ok || i.Place.Row == 0) {
				c.add("E8", i, field, "这个数找不到出处的单元格。")
			}
		}
	}
}

var figureFields = map[Type][]string{
	TypeTarget:   {"number"},
	TypePlan:     {"number", "fee"},
	TypeResult:   {"plan", "admitted", "registered", "filed"},
	TypeBulletin: {"graduates", "total_hs", "general_hs", "vocational"},
}

// named: a unit, a school is one that is known here. In a sheet of another city
// nobody is.
func (c *draftChecker) named() {
	if c.Elsewhere {
		return
	}
	names := c.public.Names()
	for _, i := range c.Items {
		field, what, index := "school", "学校", names.Schools
		var code string
		switch r := i.Record.(type) {
		case *Target:
			field, what, index, code = "unit", "单位", names.Units, r.Unit
		case *Bulletin:
			field, what, index, code = "unit", "单位", names.Units, r.Unit
		case *Plan:
			code = r.School
		case *Result:
			code = r.School
		case *Qualification:
			code = r.School
		default:
			return
		}
		if i.Name == "" && code == "" {
			continue // said when it was read
		}
		if name, known := index.Name(code); known {
			c.sameName(i, field, index, code, name)
			continue
		}
		near := index.Near(i.Name)
		hint := "请核对名称；是新的，请先公布这个" + what + "。"
		if len(near) > 0 {
			hint = "是不是“" + strings.Join(near, "”或“") + "”？请照全称改。"
		}
		c.add("E6", i, field, "没有叫“%s”的%s。%s", cmp.Or(i.Name, code), what, hint)
	}
}

// sameName: where code and name both stand in a row, they mean the same.
func (c *draftChecker) sameName(i Item, field string, index *Index, code, name string) {
	if by, ok := index.Code(i.Name); i.Name != "" && (!ok || by != code) {
		c.add("E6", i, field, "代码 %s 是“%s”，这里写的是“%s”。请改成一致的。", code, name, i.Name)
	}
}

// released, W7: what must be public is so within 20 working days
// (政府信息公开条例, article 26).
func (c *draftChecker) released() {
	doc, ok := c.public.records[c.Sheet.Source.Policy].(*Policy)
	if _, published := c.public.Sheet(c.Sheet.ID); published {
		return
	}
	if !ok || doc.Signed.IsZero() || c.today.IsZero() {
		return
	}
	if until := c.public.WorkingDays().After(doc.Signed, 20); c.today.After(until.To) {
		c.at("W7", "", "文件 %s 成文，到 %s 已经过了20个工作日才公布。请写明原因。", doc.Signed, c.today)
	}
}

// clean, E11: nothing in the file that must not be published.
func (c *draftChecker) clean() {
	if len(c.Leaks) > 0 {
		c.at("E11", "", "文件里有不能公布的内容，共 %d 处。请删去，另存后再来。", len(c.Leaks))
	}
}

// clarifications, E9: a claim is answered after it was seen.
func (c *draftChecker) clarifications() {
	for _, i := range c.Items {
		r := i.Record.(*Clarification)
		c.ordered(i, "on", r.On, "answered", r.Answered, "发现", "答复")
		c.past(i, "answered", r.Answered)
	}
}

// qualifications, E9: a decision begins before it ends.
func (c *draftChecker) qualifications() {
	for _, i := range c.Items {
		r := i.Record.(*Qualification)
		c.ordered(i, "from", r.From, "to", r.To, "开始", "结束")
		c.past(i, "date", r.Date)
		for _, code := range r.Specialties {
			c.specialty(i, "specialties", code, "", r.Year)
		}
	}
}

func (c *draftChecker) ordered(i Item, first string, a calendar.Date, second string, b calendar.Date, from, to string) {
	if !a.IsZero() && !b.IsZero() && b.Before(a) {
		c.add("E9", i, second, "%s日期 %s 早于%s日期 %s。请核对这两格（%s）。", to, b, from, a, i.Place.Cell(first))
	}
}

func (c *draftChecker) past(i Item, field string, day calendar.Date) {
	if !c.today.IsZero() && day.After(c.today) {
		c.add("E9", i, field, "日期 %s 还没有到。请核对。", day)
	}
}

// drafts holds the sheets of a pack to the rules that block, judged against the
// pack itself. A pack has no day: it may be read again in any year.
func (c *checker) drafts() {
	if len(c.pack.Drafts) == 0 {
		return
	}
	s, err := c.pack.Snapshot()
	if err != nil {
		return // the holidays are wrong, which is said elsewhere
	}
	for _, d := range c.pack.Drafts {
		for _, f := range d.Check(s, calendar.Date{}) {
			if f.Level == Blocks && !slices.Contains(d.Found, f) {
				c.found = append(c.found, Problem{d.Where(f.Cell), f.Text})
			}
		}
	}
}
