package form

import (
	"strings"

	"yangguang/content"
	"yangguang/pattern"
)

var codeInName = pattern.New(`\d{6}`)

func first(p *pattern.Pattern, s string) string { return strings.Join(p.FindAllString(s, 1), "") }

var unitKinds = map[string]content.UnitKind{
	"县（市）": content.County, "县": content.County, "市": content.County, "县级市": content.County, "县(市)": content.County, "区": content.District, "市属学校": content.MunicipalSchool,
	"市直学校": content.MunicipalSchool, "县属学校": content.CountySchool, "教育局": content.Bureau,
}

func (e *entry) unit() content.Record {
	code := e.word("code")
	e.who = e.word("name")
	return &content.Unit{
		Meta: e.meta(content.TypeUnit, 0, code), Code: code, Name: e.who,
		Kind: choice(e, "kind", unitKinds, ""), Aliases: e.list("aliases"), Note: e.text("note"),
	}
}

var schoolKinds = map[string]content.SchoolKind{
	"普通中专": content.General, "中专": content.General, "普通中等专业学校": content.General, "中等专业学校": content.General, "普通中等专业": content.General, "中等职业学校": content.General, "调整后中等职业学校": content.General, "中职": content.General, "普通中专学校": content.General,
	"职业高中": content.VocationalHi, "职高": content.VocationalHi, "职业高级中学": content.VocationalHi, "职业高中学校": content.VocationalHi, "职教中心": content.VocationalHi, "职业教育中心": content.VocationalHi, "职业中专": content.VocationalHi, "职业中等专业学校": content.VocationalHi,
	"成人中专": content.AdultSchool, "成人中等专业学校": content.AdultSchool, "职工中专": content.AdultSchool, "电大中专": content.AdultSchool,
	"技工学校": content.Technical, "技工": content.Technical, "技师学院": content.Technical, "技校": content.Technical, "高级技工学校": content.Technical, "技工院校": content.Technical,
}

var ownerships = map[string]content.Ownership{
	"公办": content.Public, "公立": content.Public, "公": content.Public, "公办学校": content.Public, "国办": content.Public,
	"民办": content.Private, "私立": content.Private, "民": content.Private, "民办学校": content.Private, "社会力量办学": content.Private,
}

var yesNo = map[string]string{
	"是": "yes", "有": "yes", "可": "yes", "能": "yes", "可以": "yes", "√": "yes", "提供": "yes", "寄宿": "yes", "寄宿制": "yes", "可住宿": "yes", "能住宿": "yes", "住宿": "yes", "全寄宿": "yes", "已备案": "yes", "提供住宿": "yes",
	"否": "no", "无": "no", "不": "no", "不能": "no", "×": "no", "不提供": "no", "走读": "no", "不住宿": "no", "未备案": "no", "没有": "no", "不提供住宿": "no",
}

func (e *entry) school() content.Record {
	name := e.word("name")
	e.who = name
	code := strip(e.text("code"))
	known, ok := e.hints.Names.Schools.Code(name)
	switch {
	case code == "" && ok:
		code = known
	case code == "" && e.has("code"):
		e.found("code", "E3", "这所学校没有写代码。代码定了就不再改，网页地址靠它。")
	}
	e.seen(name, code != "")
	s := &content.School{
		Meta: e.meta(content.TypeSchool, 0, cmpOr(code, name)), Code: code, Name: name, Short: e.list("short"), Former: e.list("former"),
		Kind: choice(e, "kind", schoolKinds, ""), Ownership: choice(e, "ownership", ownerships, ""),
		Sponsor: e.text("sponsor"), Authority: e.text("authority"), Phone: e.text("phone"), URL: e.text("url"),
		Boarding: choice(e, "boarding", yesNo, ""), Text: e.remark(),
	}
	s.Unit, s.Area = e.unitIn("unit_code"), e.unitIn("area_code")
	if unit, ok := e.hints.Names.Units.Code(name); ok && s.Unit == "" { // a school that is a unit itself
		s.Unit = unit
	}
	for _, a := range strings.FieldsFunc(e.text("campuses"), func(r rune) bool { return strings.ContainsRune("|｜；;\n", r) }) {
		s.Campuses = append(s.Campuses, campus(a))
	}
	return s
}

// campus reads 东校区：示例路9号（未备案).
func campus(s string) content.Campus {
	c := content.Campus{Address: strings.TrimSpace(s)}
	for mark, filed := range map[string]string{"（已备案）": "yes", "（未备案）": "no", "(已备案)": "yes", "(未备案)": "no"} {
		if rest, ok := strings.CutSuffix(c.Address, mark); ok {
			c.Address, c.Filed = rest, filed
		}
	}
	if name, rest, ok := strings.Cut(strings.Replace(c.Address, ":", "：", 1), "："); ok {
		c.Name, c.Address = name, rest
	}
	return c
}

// unitIn returns the code of the unit that a cell names; a name that is not
// known stays as it is.
func (e *entry) unitIn(field string) string {
	s := e.text(field)
	if code, ok := e.hints.Names.Units.Code(s); ok {
		return code
	}
	return s
}

func (e *entry) specialty() content.Record {
	code := strip(halfWidth(e.word("code")))
	if !sixDigits.MatchString(code) {
		e.found("code", "E5", "“%s”不是专业代码。专业代码是 6 位数字。", code)
	}
	p := &content.Specialty{
		Meta: e.meta(content.TypeSpecialty, 0, code), Code: code, Name: e.word("name"), Class: e.text("class"), Family: e.text("family"), Years: e.text("years"),
		Higher: e.list("higher"), Vocational: e.list("vocational"), Bachelor: e.list("bachelor"), Everyday: e.list("everyday"),
	}
	e.what = p.Name
	if s := e.text("first"); s != "" {
		if p.First = yearCell(s); p.First == 0 {
			e.found("first", "E3", "“%s”不是年份，应像 2021。", s)
		}
	}
	return p
}

var sixDigits = pattern.New(`^\d{6}$`)

var statuses = map[string]content.Status{
	"在名单": content.Listed, "在名单内": content.Listed, "正常": content.Listed, "合格": content.Listed, "具有": content.Listed, "具备": content.Listed, "有": content.Listed, "是": content.Listed, "√": content.Listed, "✓": content.Listed, "列入": content.Listed, "已列入": content.Listed, "正常招生": content.Listed, "有资格": content.Listed, "具有招生资格": content.Listed, "具备招生资格": content.Listed, "通过": content.Listed, "可招生": content.Listed, "绿牌": content.Listed, "允许招生": content.Listed, "符合": content.Listed, "有招生资格": content.Listed, "合格学校": content.Listed,
	"警示": content.Warned, "在名单，有警示": content.Warned, "黄牌": content.Warned, "警示标注": content.Warned, "黄牌警告": content.Warned, "警告": content.Warned, "列入警示": content.Warned, "基本合格": content.Warned, "整改": content.Warned, "限期整改": content.Warned, "黄牌警示": content.Warned,
	"限制招生": content.Restricted, "在名单，限制招生": content.Restricted, "限制": content.Restricted, "限招": content.Restricted, "压缩招生": content.Restricted, "核减计划": content.Restricted, "压减计划": content.Restricted, "减少招生计划": content.Restricted,
	"停止招生": content.Suspended, "暂停招生": content.Suspended, "停招": content.Suspended, "暂停": content.Suspended, "红牌": content.Suspended, "停止": content.Suspended, "暂停招生资格": content.Suspended, "不合格": content.Suspended,
	"资格已撤销": content.Revoked, "撤销": content.Revoked, "撤销资格": content.Revoked, "取消招生资格": content.Revoked, "取消资格": content.Revoked, "吊销": content.Revoked, "撤销招生资格": content.Revoked, "吊销许可证": content.Revoked, "取消": content.Revoked,
	"不在名单": content.Unlisted, "未列入": content.Unlisted, "否": content.Unlisted, "无": content.Unlisted, "×": content.Unlisted, "不具备": content.Unlisted, "不具有": content.Unlisted, "无资格": content.Unlisted, "不具备招生资格": content.Unlisted, "未通过": content.Unlisted, "无招生资格": content.Unlisted,
	"技工院校，由人社部门公布": content.HRSS, "技工院校": content.HRSS, "技工": content.HRSS, "人社": content.HRSS, "人社公布": content.HRSS, "人社部门公布": content.HRSS, "由人社部门公布": content.HRSS, "技工院校（人社公布）": content.HRSS,
	"已停办或合并": content.Closed, "停办": content.Closed, "合并": content.Closed, "注销": content.Closed, "撤并": content.Closed, "已撤并": content.Closed, "已合并": content.Closed, "已停办": content.Closed, "关闭": content.Closed, "终止办学": content.Closed,
	"不能判断": content.Unknown, "待核": content.Unknown, "待核实": content.Unknown, "未知": content.Unknown, "待定": content.Unknown, "审核中": content.Unknown,
}

// qualification: a list may give a school several rows, one for each
// specialty; they are one standing.
func (e *entry) qualification() content.Record {
	school := e.schoolHere()
	status := content.Status(e.over.status)
	if e.has("status") {
		status = choice(e, "status", statuses, "")
		if status == "" && strip(e.text("status")) == "" {
			e.found("status", "E3", "这所学校没有写招生资质。")
		}
	}
	q := &content.Qualification{
		School: school, Status: status, Document: e.text("document"), Date: e.date("date"), Reason: e.text("reason"), Scope: e.text("scope"),
		From: e.date("from"), To: e.date("to"), Specialties: e.specialties(),
	}
	for _, a := range strings.FieldsFunc(e.text("addresses"), func(r rune) bool { return strings.ContainsRune("|｜；;\n", r) }) {
		q.Addresses = append(q.Addresses, strings.TrimSpace(a))
	}
	q.Meta = e.meta(content.TypeQualification, e.yearHere(), cmpOr(school, e.who))
	if s := e.remark(); q.Reason == "" {
		q.Reason = s
	} else if s != "" {
		q.Reason += "；" + s
	}
	if last := e.last(); last != nil && len(q.Specialties) == 1 {
		before := last.(*content.Qualification)
		if before.ID == q.ID && before.Status == q.Status && len(before.Specialties) > 0 {
			before.Specialties = append(before.Specialties, q.Specialties[0])
			return nil
		}
	}
	return q
}

func (e *entry) last() content.Record {
	if n := len(e.draft.Items); n > 0 {
		return e.draft.Items[n-1].Record
	}
	return nil
}

// specialties reads a list of specialties; one that is not known stays by name.
func (e *entry) specialties() []string {
	var out []string
	if code := strip(halfWidth(e.text("specialty_code"))); sixDigits.MatchString(code) {
		return []string{code}
	}
	for _, s := range e.list("specialties") {
		if code := first(codeInName, halfWidth(s)); code != "" {
			s = code
		} else if code, ok := e.specialtyNamed(s); ok {
			s = code
		}
		out = append(out, s)
	}
	return out
}

func (e *entry) target() content.Record {
	unit, year := e.unitHere(), e.yearHere()
	t := &content.Target{Unit: unit, Number: e.figure("number")}
	t.Meta = e.meta(content.TypeTarget, year, cmpOr(unit, e.who))
	return t
}

func (e *entry) plan() content.Record {
	school, special, year := e.schoolHere(), e.specialtyHere(), e.yearHere()
	p := &content.Plan{
		School: school, Specialty: special, Direction: e.directionHere(), Number: e.figure("number"), Duration: duration(e.text("duration")),
		Fee: e.money("fee"), Approval: e.text("approval"), Partner: e.text("partner"), Campus: e.text("campus"), Batch: e.text("batch"), Text: e.remark(),
	}
	p.Meta = e.meta(content.TypePlan, year, content.PlanKey(cmpOr(school, e.who), cmpOr(special, e.what)))
	return p
}

func (e *entry) result() content.Record {
	school, special, year := e.schoolHere(), e.specialtyHere(), e.yearHere()
	r := &content.Result{
		School: school, Specialty: special, Direction: e.directionHere(), Batch: e.text("batch"), Plan: e.figure("plan"), Admitted: e.figure("admitted"),
		Registered: e.figure("registered"), Filed: e.figure("filed"), Lowest: e.text("lowest"), Duration: duration(e.text("duration")),
	}
	r.Meta = e.meta(content.TypeResult, year, content.PlanKey(cmpOr(school, e.who), cmpOr(special, e.what)))
	return r
}

var seasons = map[string]string{"秋季": "autumn", "春季": "spring", "秋": "autumn", "春": "spring"}

func (e *entry) keyDate() content.Record {
	k := &content.KeyDate{
		Name: e.word("name"), Event: e.text("event"), Deadline: choice(e, "deadline", yesNo, "no") == "yes", Audience: e.text("audience"),
		Season: choice(e, "season", seasons, ""), Note: e.text("note"),
	}
	if n := e.text("working_days"); n != "" {
		f, err := readFigure(n, 1)
		if err != nil {
			e.found("working_days", "E3", "%v。", err)
		}
		k.WorkingDays = f.Value
	}
	if k.WorkingDays == 0 {
		if e.word("date") != "" {
			k.Date = e.date("date")
		}
	}
	k.Meta = e.meta(content.TypeKeyDate, e.yearHere(), cmpOr(e.text("key"), k.Name))
	return k
}

func (e *entry) aid() content.Record {
	a := &content.Aid{Name: e.word("name"), Group: e.word("group"), Text: e.word("text")}
	a.Meta = e.meta(content.TypeAid, e.yearHere(), cmpOr(e.text("key"), a.Name))
	return a
}

var (
	topics = map[string]string{"学制": "duration"}
	cases  = map[string]string{
		"基本学制": "basic", "应届初中毕业生": "fresh", "小学起点艺术类": "primary_arts",
		"已满十八周岁": "adult", "非全日制": "part_time", "中高职衔接": "linked",
	}
)

func (e *entry) rule() content.Record {
	topic, which := choice(e, "topic", topics, ""), choice(e, "case", cases, "")
	r := &content.Rule{Topic: topic, Case: which, Name: e.word("name"), Text: e.word("text"), Approval: e.text("approval")}
	r.Min, r.Max = e.years("min"), e.years("max")
	for _, s := range e.list("choices") {
		r.Choices = append(r.Choices, atoi(strip(halfWidth(s))))
	}
	r.Meta = e.meta(content.TypeRule, e.yearHere(), topic+"-"+which)
	return r
}

func (e *entry) years(field string) int {
	s := e.text(field)
	if s == "" {
		return 0
	}
	n := duration(s)
	if len(n) != 1 {
		e.found(field, "E3", "“%s”不是年数。", s)
	}
	return atoi(n)
}

func (e *entry) faq() content.Record {
	f := &content.FAQ{Question: e.word("question"), Answer: e.word("answer"), Asks: e.list("asks"), Opens: e.text("opens")}
	f.Meta = e.meta(content.TypeFAQ, 0, cmpOr(e.text("key"), f.Question))
	f.Year = yearCell(e.text("year"))
	return f
}

var verdicts = map[string]content.Verdict{
	"不实": content.False, "不属实": content.False, "谣言": content.False, "虚假": content.False, "假": content.False, "否": content.False, "不是事实": content.False,
	"部分不实": content.Partly, "部分属实": content.Partly, "夸大": content.Partly,
	"属实": content.True, "真实": content.True, "是": content.True,
	"核实中": content.Checking, "正在核实": content.Checking, "待核实": content.Checking, "查证中": content.Checking,
}

func (e *entry) clarification() content.Record {
	c := &content.Clarification{
		Claim: e.word("claim"), Seen: e.text("seen"), On: e.date("on"), Verdict: choice(e, "verdict", verdicts, ""), Text: e.word("text"), Answered: e.date("answered"),
	}
	if c.Verdict == "" && e.text("verdict") == "" {
		e.word("verdict")
	}
	for _, s := range e.list("schools") {
		if code, ok := e.hints.Names.Schools.Code(s); ok {
			s = code
		}
		c.Schools = append(c.Schools, s)
	}
	key := e.text("key")
	if key == "" && !c.On.IsZero() {
		key = c.On.String() + "-"
	}
	if key == "" || strings.HasSuffix(key, "-") {
		key += string([]rune(c.Claim)[:min(12, len([]rune(c.Claim)))])
	}
	c.Meta = e.meta(content.TypeClarification, 0, key)
	return c
}
