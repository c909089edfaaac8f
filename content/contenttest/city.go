package contenttest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
)

// City returns a small made-up city of the year 2026 with everything that a
// bureau publishes of its schools: a list that is whole, plans, results of the
// year before, weekly reports, clarifications, all of them rows of sheets.
func City(t testing.TB) *content.Snapshot {
	t.Helper()
	s, err := content.Fold([]content.Edition{{Number: 1, At: time.Date(2026, 6, 20, 9, 0, 0, 0, calendar.China), Note: "建站", Changes: CityChanges()}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// CityChanges are what an edition of the city puts.
func CityChanges() []content.Change {
	c := &city{rows: map[content.ID]int{}}
	c.units()
	c.catalogue()
	c.schools()
	c.standings()
	c.plans()
	c.results()
	c.bulletins()
	c.clarifications()
	return c.changes
}

type city struct {
	changes []content.Change
	rows    map[content.ID]int
}

func (c *city) put(r content.Record, id content.ID, year int, s content.Source) {
	m := r.Head()
	m.ID, m.Year, m.Source, m.Order = id, year, s, len(c.changes)
	c.changes = append(c.changes, content.Change{Op: content.Put, ID: id, Record: r})
}

const notice = "policy/shijiaowen-0000-1"

func document(place string) content.Source { return content.Source{Policy: notice, Place: place} }

// sheet puts a sheet whose columns are given as field=head, from A on.
func (c *city) sheet(id content.ID, year int, title string, of content.Type, whole bool, asOf calendar.Date, columns ...string) {
	s := &content.Sheet{Title: title, Of: of, Whole: whole, AsOf: asOf, Columns: map[string]string{}, Heads: map[string]string{}}
	for i, column := range columns {
		field, head, _ := strings.Cut(column, "=")
		s.Columns[field], s.Heads[field] = string(rune('A'+i)), head
	}
	c.put(s, id, year, document("s1.p1"))
	c.rows[id] = 2
}

// row is the source of the next row of a sheet.
func (c *city) row(id content.ID) content.Source {
	c.rows[id]++
	return content.Source{Sheet: id, Place: strconv.Itoa(c.rows[id])}
}

func day(month time.Month, d int) calendar.Date { return calendar.NewDate(2026, month, d) }

func (c *city) units() {
	c.put(&content.Policy{
		Number: "示教文〔0000〕1号", Title: "关于公布示例市2026年中等职业学校招生事项的通知", Issuer: "示例市教育局",
		Signed: day(5, 20), Issued: day(5, 20), Released: day(5, 21), Validity: "有效",
		Blocks: []content.Block{
			{ID: "s1", Kind: content.Heading, Level: 2, Text: "一、公布内容"},
			{ID: "s1.p1", Kind: content.Paragraph, Text: "现公布招生学校、分专业招生计划。示例市启明中等专业学校予以警示。"},
		},
	}, notice, 2026, content.Source{})
	for _, u := range []content.Unit{
		{Code: "990000", Name: "示例市教育局", Kind: content.Bureau},
		{Code: "990001", Name: "甲河县", Kind: content.County},
		{Code: "990002", Name: "乙岭县", Kind: content.County},
		{Code: "990011", Name: "庚山区", Kind: content.District},
		{Code: "990012", Name: "辛水区", Kind: content.District},
		{Code: "990000-01", Name: "示例市第一职业学校", Kind: content.MunicipalSchool, Aliases: []string{"市一职"}},
		{Code: "990000-02", Name: "示例市卫生职业学校", Kind: content.MunicipalSchool, Aliases: []string{"卫校"}},
	} {
		c.put(&u, content.ID("unit/"+u.Code), 0, document("s1.p1"))
	}
	for _, t := range []content.Target{
		{Unit: "990001", Number: content.FigureOf(2111)},
		{Unit: "990002", Number: content.FigureOf(1222)},
		{Unit: "990000-01", Number: content.FigureOf(2400)},
		{Unit: "990000-02", Number: content.FigureOf(1200)},
		{Number: content.FigureOf(6933)},
	} {
		c.put(&t, content.TargetID(2026, t.Unit), 2026, document("s1.p1"))
	}
}

func (c *city) catalogue() {
	state := content.Source{Title: "中等职业学校专业目录", URL: "https://www.example.invalid/catalogue"}
	for _, p := range []content.Specialty{
		{Code: "720201", Name: "护理", Class: "护理类", Family: "医药卫生大类", Years: "三年", First: 2021, Everyday: []string{"学护士"}, Higher: []string{"护理", "助产"}, Bachelor: []string{"护理学"}},
		{Code: "720301", Name: "药剂", Class: "药学类", Family: "医药卫生大类", Years: "三年", First: 2021, Higher: []string{"药学"}},
		{Code: "710201", Name: "计算机应用", Class: "计算机类", Family: "电子与信息大类", Years: "三年", First: 2021, Everyday: []string{"电脑"}},
		{Code: "730701", Name: "电子商务", Class: "电子商务类", Family: "财经商贸大类", Years: "三年", First: 2021, Everyday: []string{"电商"}},
		{Code: "770101", Name: "幼儿保育", Class: "教育类", Family: "教育与体育大类", First: 2021, Everyday: []string{"幼师"}},
		{Code: "750201", Name: "音乐表演", Class: "表演艺术类", Family: "文化艺术大类", First: 2021},
	} {
		c.put(&p, content.SpecialtyID(p.Code), 0, state)
	}
}

func (c *city) schools() {
	const id = "sheet/school"
	c.sheet(id, 0, "示例市中等职业学校名册", content.TypeSchool, false, day(6, 1),
		"code=学校代码", "name=学校名称", "kind=类型", "ownership=性质", "area_code=所在县区", "phone=电话", "campuses=办学地址", "boarding=住宿")
	for _, s := range []content.School{
		{
			Code: "D01", Name: "示例市第一职业学校", Short: []string{"一职", "市一职", "示例一职"}, Kind: content.VocationalHi, Ownership: content.Public, Unit: "990000-01", Area: "990011", Phone: "000-00000001", Boarding: "yes", Sponsor: "示例市人民政府", Authority: "示例市教育局",
			Campuses: []content.Campus{{Name: "本部", Address: "庚山区示例路1号", Filed: "yes"}, {Name: "东校区", Address: "庚山区示例路9号", Filed: "no"}},
		},
		{
			Code: "D02", Name: "示例市卫生职业学校", Short: []string{"卫校"}, Former: []string{"示例市卫生学校"}, Kind: content.General, Ownership: content.Public, Unit: "990000-02", Area: "990012", Phone: "000-00000002", Boarding: "yes", Authority: "示例市教育局",
			Campuses: []content.Campus{{Address: "辛水区健康路2号", Filed: "yes"}},
		},
		{Code: "D06", Name: "甲河县职业教育中心", Short: []string{"甲河职教中心"}, Kind: content.VocationalHi, Ownership: content.Public, Unit: "990001", Area: "990001", Phone: "000-00000006", Boarding: "no"},
		{
			Code: "D12", Name: "示例市启明中等专业学校", Short: []string{"启明中专"}, Kind: content.General, Ownership: content.Private, Area: "990011", Phone: "000-00000012", Boarding: "yes", Sponsor: "示例启明教育有限公司", Authority: "示例市教育局", URL: "https://qiming.example.invalid/",
			Campuses: []content.Campus{{Address: "庚山区示例路12号", Filed: "yes"}},
		},
		{Code: "D13", Name: "示例市鸿途中等职业学校", Kind: content.General, Ownership: content.Private, Area: "990012"},
		{Code: "D14", Name: "示例市技师学院", Kind: content.Technical, Ownership: content.Public, Area: "990012"},
		{Code: "D15", Name: "示例市电大中等专业学校", Kind: content.AdultSchool, Ownership: content.Public, Area: "990012"},
	} {
		c.put(&s, content.SchoolID(s.Code), 0, c.row(id))
	}
}

func (c *city) standings() {
	const id = "sheet/2026/qualification"
	c.sheet(id, 2026, "示例市2026年具有招生资格的中等职业学校名单", content.TypeQualification, true, day(5, 20),
		"school=学校代码", "status=状态", "reason=原因", "from=起", "to=止", "document=文号", "date=日期")
	for _, q := range []content.Qualification{
		{School: "D01", Status: content.Listed},
		{School: "D02", Status: content.Listed},
		{School: "D06", Status: content.Restricted, Reason: "实训条件不足，最多招 300 人", Document: "示教文〔0000〕2号", Date: day(4, 1), From: day(4, 1)},
		{School: "D12", Status: content.Warned, Reason: "宣传单承诺“包就业”", Document: "示教文〔0000〕3号", Date: day(4, 2), From: day(4, 2)},
		{School: "D13", Status: content.Suspended, Reason: "没有批准的办学点招生", Document: "示教文〔0000〕4号", Date: day(3, 3), From: day(3, 3), To: calendar.NewDate(2027, 3, 2)},
	} {
		c.put(&q, content.QualificationID(2026, q.School), 2026, c.row(id))
	}
	c.put(&content.Qualification{School: "D12", Status: content.Listed}, content.QualificationID(2025, "D12"), 2025, document("s1.p1"))
}

func (c *city) plans() {
	for _, year := range []int{2025, 2026} {
		id := content.SheetID(year, "plan")
		c.sheet(id, year, fmt.Sprintf("示例市%d年分专业招生计划", year), content.TypePlan, false, calendar.NewDate(year, 5, 20),
			"school=学校代码", "specialty=专业代码", "direction=方向", "number=计划数", "duration=学制", "fee=学费", "approval=收费批文", "partner=衔接学校")
		for _, p := range []content.Plan{
			{School: "D01", Specialty: "710201", Number: content.FigureOf(1300), Duration: "3", Fee: content.FigureOf(0)},
			{School: "D01", Specialty: "730701", Number: content.FigureOf(1100), Duration: "3+2", Fee: content.FigureOf(0), Partner: "示例职业技术学院"},
			{School: "D02", Specialty: "720201", Direction: "护理", Number: content.FigureOf(600), Duration: "3", Fee: content.FigureOf(0)},
			{School: "D02", Specialty: "720201", Direction: "老年护理", Number: content.FigureOf(300), Duration: "3+2", Fee: content.FigureOf(0), Partner: "示例职业技术学院"},
			{School: "D02", Specialty: "720301", Number: content.FigureOf(300), Duration: "3", Fee: content.Figure{State: content.Unpublished}},
			{School: "D06", Specialty: "730701", Number: content.FigureOf(200), Duration: "3", Fee: content.FigureOf(0)},
			{School: "D06", Specialty: "770101", Number: content.Figure{State: content.Unreported}, Duration: "3", Fee: content.FigureOf(0)},
			{School: "D12", Specialty: "730701", Number: content.FigureOf(160), Duration: "3", Fee: content.FigureOf(4800), Approval: "示发改〔0000〕5号"},
			{School: "D12", Specialty: "770101", Number: content.FigureOf(140), Duration: "3", Fee: content.FigureOf(4800), Approval: "示发改〔0000〕5号"},
		} {
			c.put(&p, content.PlanID(year, content.PlanKey(p.School, p.Specialty, p.Direction)), year, c.row(id))
		}
	}
}

func (c *city) results() {
	const id = "sheet/2025/result"
	c.sheet(id, 2025, "示例市2025年录取结果", content.TypeResult, false, calendar.NewDate(2025, 12, 20),
		"school=学校代码", "specialty=专业代码", "direction=方向", "plan=计划", "admitted=录取", "registered=注册", "filed=备案", "lowest=最低分")
	n := content.FigureOf
	for _, r := range []content.Result{
		{School: "D01", Specialty: "710201", Plan: n(1300), Admitted: n(1210), Registered: n(1190), Filed: n(1188), Lowest: "321.5"},
		{School: "D01", Specialty: "730701", Plan: n(1100), Admitted: n(1100), Registered: n(1080), Filed: n(1080)},
		{School: "D02", Specialty: "720201", Direction: "护理", Plan: n(600), Admitted: n(600), Registered: n(596), Filed: content.Figure{State: content.Unreported}},
		{School: "D12", Specialty: "730701", Plan: n(160), Admitted: n(111), Registered: n(98), Filed: n(98)},
		{School: "D12", Specialty: "770101", Plan: n(140), Admitted: n(100), Registered: n(100), Filed: content.Figure{State: content.Suppressed}},
	} {
		c.put(&r, content.ResultID(2025, content.PlanKey(r.School, r.Specialty, r.Direction)), 2025, c.row(id))
	}
}

func (c *city) bulletins() {
	n := content.FigureOf
	for _, on := range []calendar.Date{calendar.NewDate(2024, 9, 6), calendar.NewDate(2025, 9, 5), day(6, 12), day(6, 19)} {
		id := content.SheetID(on.Year(), "bulletin-"+on.String())
		c.sheet(id, on.Year(), "招生进展周报（截至"+on.Long()+"）", content.TypeBulletin, false, on,
			"unit_code=单位", "row=项目", "graduates=初中应届毕业生总数", "total_hs=高中阶段教育招生总数", "general_hs=普通高中招生数", "vocational=中等职业教育招生数", "ratio=普职比例", "rate=毛入学率")
		for i, unit := range []string{"990001", "990002"} {
			if on == day(6, 19) && i == 1 {
				continue // it has not filed
			}
			if on.Year() == 2024 && i == 1 {
				continue // two years are not enough
			}
			fall := 40 * (on.Year() - 2024)
			for _, b := range []content.Bulletin{
				{Row: content.Planned, Graduates: n(4300), Total: n(4222), General: n(2111), Vocational: n(2111), Ratio: "50:50", Rate: "98.2"},
				{Row: content.Actual, Graduates: n(4300), Total: n(2000), General: n(1100 + fall), Vocational: n(900 - fall), Ratio: "55:45", Rate: "46.5"},
			} {
				b.AsOf, b.Unit = on, unit
				c.put(&b, content.BulletinID(on, unit, b.Row), on.Year(), c.row(id))
			}
		}
	}
}

func (c *city) clarifications() {
	const id = "sheet/clarification"
	c.sheet(id, 0, "示例市招生辟谣", content.TypeClarification, false, day(6, 18), "claim=说法", "verdict=结论", "text=事实", "on=看到日期", "answered=答复日期", "schools=涉及学校")
	for _, one := range []struct {
		key string
		content.Clarification
	}{
		{"qiming-jobs", content.Clarification{Claim: "启明中专包分配，毕业就进国企", Seen: "短视频", On: day(6, 10), Verdict: content.False, Text: "这所学校没有和任何单位签订包分配的协议。它已被警示，宣传单已收回。", Answered: day(6, 12), Schools: []string{"D12"}}},
		{"nursing-free", content.Clarification{Claim: "卫校护理不要学费", On: day(6, 15), Verdict: content.True, Text: "公办学校全日制学生免学费，住宿费另收。", Answered: day(6, 15), Schools: []string{"D02"}}},
		{"no-exam", content.Clarification{Claim: "不参加中考也能先占学位", On: day(6, 18), Verdict: content.Checking, Text: "正在核实。"}},
	} {
		c.put(&one.Clarification, content.ID("clarification/"+one.key), 0, c.row(id))
	}
}
