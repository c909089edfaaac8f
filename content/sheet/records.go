package sheet

import (
	"slices"
	"strconv"

	"yangguang/content"
)

// sheets are the files of a pack whose rows are each one record, in the order
// in which they are read.
var sheets = []sheet{
	{"units.csv", with(must("code", "代码"), must("name", "名称"), must("kind", "类别"), may("aliases", "别名"), may("note", "备注")), unit},
	{"targets.csv", with(must("year", "年份"), must("unit_code", "单位代码"), must("unit", "单位"), must("number", "人数")), target},
	{"key_dates.csv", with(must("year", "年份"), must("key", "编号"), must("name", "名称"), must("date", "日期"),
		may("working_days", "工作日"), may("event", "起算"), may("deadline", "截止"), must("audience", "对象"),
		may("season", "季节"), may("note", "备注")), keyDate},
	{"rules.csv", with(must("year", "年份"), must("topic", "主题"), must("case", "情形"), must("name", "名称"), must("text", "说明"),
		may("min", "最短"), may("max", "最长"), may("choices", "可选"), may("approval", "批准")), rule},
	{"aid.csv", with(must("year", "年份"), must("key", "编号"), must("name", "名称"), must("group", "对象"), must("text", "说明")), aid},
	{"contacts.csv", with(may("year", "年份"), must("key", "编号"), must("name", "名称"), may("phone", "电话"), may("site", "网站"), may("hours", "时间"), may("text", "说明")), contact},
	{"duties.csv", with(must("year", "年份"), must("key", "编号"), must("name", "名称"), must("text", "说明"),
		must("owner", "责任单位"), may("ordered", "要求公布"), may("met", "公布为"), may("due", "何时"), may("ask", "先问谁")), duty},
	{"glossary.csv", with(must("key", "编号"), must("name", "名称"), may("aliases", "别名"), must("text", "解释")), term},
	{"faq.csv", with(must("key", "编号"), may("year", "年份"), must("question", "问题"), must("answer", "回答"),
		may("asks", "问法"), may("opens", "打开")), faq},
	{"words.csv", []column{may("key", "编号"), must("word", "词"), must("means", "指"), must("kind", "类别")}, word},
	{"phrases.csv", []column{
		may("key", "编号"), must("patterns", "说法"), must("topic", "主题"), must("text", "说明"),
		may("law", "法律"), may("article", "条"),
	}, phrase},
	crisisSheet,
}

// with adds the columns of the origin.
func with(columns ...column) []column { return slices.Concat(columns, origin) }

func (w *row) meta(t content.Type, year int, key string) content.Meta {
	id := content.ID(t) + "/"
	if year != 0 {
		id += content.ID(strconv.Itoa(year) + "/")
	}
	return content.Meta{ID: id + content.ID(key), Year: year}
}

var unitKinds = map[string]content.UnitKind{
	"县（市）": content.County, "区": content.District, "市属学校": content.MunicipalSchool,
	"县属学校": content.CountySchool, "教育局": content.Bureau,
}

func unit(w *row) content.Record {
	code := w.word("code")
	return &content.Unit{
		Meta: w.meta(content.TypeUnit, 0, code), Code: code, Name: w.word("name"),
		Kind: choice(w, "kind", unitKinds), Aliases: w.list("aliases"), Note: w.text("note"),
	}
}

func target(w *row) content.Record {
	year, code := w.year("year"), w.text("unit_code")
	w.word("unit")
	return &content.Target{
		Meta: content.Meta{ID: content.TargetID(year, code), Year: year},
		Unit: code, Number: w.figure("number"),
	}
}

var seasons = map[string]string{"秋季": "autumn", "春季": "spring", "": ""}

func keyDate(w *row) content.Record {
	return &content.KeyDate{
		Meta: w.meta(content.TypeKeyDate, w.year("year"), w.word("key")),
		Name: w.word("name"), Date: w.date("date"), WorkingDays: w.integer("working_days"), Event: w.text("event"),
		Deadline: w.yes("deadline"), Audience: w.word("audience"),
		Season: choice(w, "season", seasons), Note: w.text("note"),
	}
}

var (
	topics = map[string]string{"学制": "duration"}
	cases  = map[string]string{
		"基本学制": "basic", "应届初中毕业生": "fresh", "小学起点艺术类": "primary_arts",
		"已满十八周岁": "adult", "非全日制": "part_time", "中高职衔接": "linked",
	}
)

func rule(w *row) content.Record {
	topic, which := choice(w, "topic", topics), choice(w, "case", cases)
	return &content.Rule{
		Meta:  w.meta(content.TypeRule, w.year("year"), topic+"-"+which),
		Topic: topic, Case: which, Name: w.word("name"), Text: w.word("text"),
		Min: w.integer("min"), Max: w.integer("max"), Choices: w.integers("choices"), Approval: w.text("approval"),
	}
}

func aid(w *row) content.Record {
	return &content.Aid{
		Meta: w.meta(content.TypeAid, w.year("year"), w.word("key")),
		Name: w.word("name"), Group: w.word("group"), Text: w.word("text"),
	}
}

func contact(w *row) content.Record {
	year := 0
	if w.text("year") != "" {
		year = w.year("year")
	}
	return &content.Contact{
		Meta: w.meta(content.TypeContact, year, w.word("key")),
		Name: w.word("name"), Phone: w.text("phone"), URL: w.text("site"), Hours: w.text("hours"), Text: w.text("text"),
	}
}

// duties may name types that this program does not publish yet.
var published = map[string]content.Type{
	"": "", "政策文件": content.TypePolicy, "招生任务": content.TypeTarget, "关键日期": content.TypeKeyDate,
	"规则": content.TypeRule, "资助": content.TypeAid, "联系方式": content.TypeContact,
	"招生学校资质": "qualification", "专业招生计划": "plan", "录取结果": "result",
	"周报": "bulletin", "辟谣": "clarification", "解读": "interpretation", "学校": "school",
}

func duty(w *row) content.Record {
	return &content.Duty{
		Meta: w.meta(content.TypeDuty, w.year("year"), w.word("key")),
		Name: w.word("name"), Text: w.word("text"), Owner: w.word("owner"),
		Ordered: w.yes("ordered"), Met: choice(w, "met", published), Due: w.text("due"), Ask: w.text("ask"),
	}
}

func term(w *row) content.Record {
	return &content.Term{
		Meta: w.meta(content.TypeTerm, 0, w.word("key")),
		Name: w.word("name"), Text: w.word("text"), Aliases: w.list("aliases"),
	}
}

// faq keeps its id when the year it speaks of changes.
func faq(w *row) content.Record {
	m := w.meta(content.TypeFAQ, 0, w.word("key"))
	if w.text("year") != "" {
		m.Year = w.year("year")
	}
	return &content.FAQ{
		Meta: m, Question: w.word("question"), Answer: w.word("answer"),
		Asks: w.list("asks"), Opens: w.text("opens"),
	}
}

var wordKinds = map[string]string{"同义": "synonym", "错字": "typo", "另有其名": "other"}

func word(w *row) content.Record {
	key := w.text("key")
	if key == "" {
		key = w.word("word")
	}
	return &content.Word{
		Meta: w.meta(content.TypeWord, 0, key), Word: w.word("word"),
		Means: w.list("means"), Kind: choice(w, "kind", wordKinds),
	}
}

func phrase(w *row) content.Record {
	patterns := w.list("patterns")
	key := w.text("key")
	if key == "" && len(patterns) > 0 {
		key = patterns[0]
	}
	return &content.Phrase{
		Meta: w.meta(content.TypePhrase, 0, key), Patterns: patterns, Topic: w.word("topic"),
		Text: w.word("text"), Law: w.text("law"), Article: w.text("article"),
	}
}
