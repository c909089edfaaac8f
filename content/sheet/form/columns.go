package form

import "yangguang/content"

func names(s ...string) []string { return s }

// Columns that many forms have. The names are those that years of templates
// gave them.
var (
	numberOfRow = column{field: "#", kind: aside, names: names("序号", "编号", "序", "行号", "No", "NO", "项次")}
	remark      = column{field: "text", kind: text, names: names("备注", "说明", "附注", "备注说明", "其他说明", "其它")}
	yearOf      = column{field: "year", kind: text, names: names("年份", "年度", "招生年份", "招生年度", "学年", "year")}
	schoolCode  = column{field: "school_code", kind: text, names: names("学校代码", "学校标识码", "院校代码", "学校编码", "学校代号", "院校代号", "招生代码", "学校（机构）标识码", "办学机构代码", "school_code"), example: "D01"}
	schoolName  = column{field: "school", kind: text, need: must, names: names("学校名称", "招生学校", "学校", "院校", "院校名称", "招生院校", "学校全称", "招生学校名称", "中职学校", "中职学校名称", "中等职业学校", "中等职业学校名称", "办学单位", "招生单位", "学校名", "单位名称", "单位", "school"), example: "示例市第一职业学校"}
	code        = column{field: "code", kind: text, need: either, names: names("专业代码", "专业编码", "专业代号", "专业编号", "专业目录代码", "招生专业代码", "code"), example: "720201"}
	specialty   = column{field: "specialty", kind: text, need: either, names: names("专业名称", "招生专业", "专业", "专业全称", "招生专业名称", "开设专业", "专业名称及代码", "专业代码及名称", "专业名", "专业类别名称", "specialty"), example: "护理"}
	direction   = column{field: "direction", kind: text, names: names("专业方向", "专业技能方向", "技能方向", "方向", "专业方向名称", "direction")}
	lengthOf    = column{field: "duration", names: names("学制", "修业年限", "学习年限", "年限", "学制年限", "基本学制", "培养年限", "duration"), example: "3"}
	batch       = column{field: "batch", kind: text, names: names("批次", "招生批次", "录取批次", "批", "batch")}
	unitCode    = column{field: "unit_code", kind: text, names: names("单位代码", "区划代码", "行政区划代码", "县区代码", "unit_code")}
	unitName    = column{field: "unit", kind: text, need: must, names: names("单位", "单位名称", "县市区", "县区", "县市", "县(市、区)", "县(市)", "区县", "市县", "市县区", "县", "地区", "地市", "单位名", "招生单位", "填报单位", "上报单位", "报送单位", "行政区划", "区域", "市、县", "学校", "学校名称", "学校(单位)", "单位(学校)", "县市区及学校", "县市区、学校", "各单位", "unit"), example: "示例县"}
	source      = column{field: "source", kind: text, names: names("出处", "依据", "文件依据", "政策依据", "来源文件", "source")}
	quote       = column{field: "quote", kind: text, names: names("原文", "quote")}
	link        = column{field: "url", kind: text, names: names("网址", "链接", "url")}
)

// planNumber is what the number of a plan is called.
var planNumber = names("招生计划数", "计划招生数", "计划人数", "招生人数", "招生计划", "拟招", "拟招人数", "拟招生数", "拟招生人数", "计划数", "计划招生人数", "计划招生",
	"招生计划人数", "招生数", "招生规模", "招生名额", "计划", "人数", "指导性招生计划", "指导性计划", "招生指标", "下达计划", "下达计划数", "number")

// asides are columns that sheets often have and that nothing is made of but a
// remark to the row.
var asides = names("招生对象", "招生范围", "招生类型", "招生类别", "招生方式", "招生性质", "生源", "生源类型", "生源范围", "招生区域", "学习形式", "办学形式", "培养方式", "培养模式", "培养层次", "层次",
	"学历层次", "是否住宿", "就业方向", "升学方向", "主要课程", "男女比例", "性别要求", "体检要求", "计划性质", "计划类别", "计划类型", "专业类别", "专业类", "专业大类", "专业备案情况", "备案情况", "备案时间",
	"住宿费", "住宿费标准", "书本费", "教材费", "起点", "招生起点", "考试科目", "面试要求", "报名方式", "报名时间", "报名地点", "学校类型", "学校性质", "办学类型", "办学性质",
	"所在县区", "所属县区", "主管部门", "属地", "授课地点", "其中女", "其中女生", "其中男生")

var unitForm = form{
	of: content.TypeUnit, name: "单位", titles: names("单位代码表", "单位名录", "单位一览"),
	columns: []column{
		numberOfRow,
		{field: "code", need: must, names: names("代码", "单位代码", "区划代码", "行政区划代码", "code"), example: "990001"},
		{field: "name", need: must, names: names("名称", "单位名称", "单位", "县市区", "name"), example: "示例县"},
		{field: "kind", need: must, names: names("类别", "单位类别", "单位类型", "类型", "单位性质", "kind"), example: "县（市）"},
		{field: "aliases", names: names("别名", "简称", "又名", "aliases")},
		{field: "note", names: names("备注", "说明", "note")},
		source, quote, link,
	},
	record: (*entry).unit,
}

var schoolForm = form{
	of: content.TypeSchool, name: "学校", titles: names("学校基本情况", "学校一览", "学校名录", "学校名册", "学校信息", "学校情况", "学校简介", "办学情况"),
	columns: []column{
		numberOfRow,
		{field: "code", names: append(schoolCode.names, "代码"), example: "D01"},
		{field: "name", need: must, names: append([]string{"学校名称"}, append(schoolName.names, "名称", "name")...), example: "示例市第一职业学校"},
		{field: "short", names: names("简称", "学校简称", "别名", "short"), example: "市一职"},
		{field: "former", names: names("曾用名", "原名", "原校名", "former")},
		{field: "kind", need: either, names: names("办学类型", "学校类型", "类型", "学校类别", "办学类别", "类别", "kind"), example: "普通中专"},
		{field: "ownership", need: either, names: names("办学性质", "公办民办", "公办/民办", "公民办", "学校性质", "性质", "举办性质", "ownership"), example: "公办"},
		{field: "sponsor", need: either, names: names("举办者", "举办单位", "主办单位", "办学主体", "sponsor"), example: "示例市人民政府"},
		{field: "authority", need: either, names: names("主管部门", "主管单位", "隶属", "隶属关系", "审批机关", "authority"), example: "示例市教育局"},
		{field: "unit_code", names: names("所属单位", "所属单位代码", "单位代码", "unit_code")},
		{field: "area_code", names: names("所在县区", "所在地", "所在县", "县市区", "县区", "所属县区", "属地", "所在区域", "area_code"), example: "示例县"},
		{field: "campuses", need: either, names: names("办学地址", "学校地址", "地址", "详细地址", "通讯地址", "校址", "办学地点", "校区", "campuses"), example: "示例路1号"},
		{field: "phone", need: either, names: names("电话", "联系电话", "招生电话", "咨询电话", "学校电话", "招生咨询电话", "办公电话", "phone"), example: "000-00000001"},
		{field: "url", names: names("网址", "学校网址", "网站", "学校网站", "官网", "url")},
		{field: "boarding", names: names("住宿", "是否住宿", "能否住宿", "是否提供住宿", "寄宿", "食宿", "boarding"), example: "是"},
		remark, source, quote,
	},
	record: (*entry).school,
}

var specialtyForm = form{
	of: content.TypeSpecialty, name: "专业", titles: names("专业目录", "专业一览", "专业设置"),
	columns: []column{
		numberOfRow,
		{field: "code", need: must, names: code.names, example: "720201"},
		{field: "name", need: must, names: append([]string{"专业名称"}, append(specialty.names, "名称", "name")...), example: "护理"},
		{field: "class", need: either, names: names("专业类", "专业类名称", "类", "class", "class_name"), example: "护理类"},
		{field: "family", need: either, names: names("专业大类", "专业大类名称", "大类", "专业类别", "family", "family_name"), example: "医药卫生大类"},
		{field: "years", need: either, names: names("修业年限", "基本修业年限", "学制", "years", "years_of_study"), example: "三年"},
		{field: "first", names: names("起始年份", "增补年份", "进目录年份", "首次列入", "首次列入年份", "列入年份", "目录年份", "版本", "first", "added"), example: "2021"},
		{field: "higher", need: either, names: names("接续高职专科", "接续高职专业", "接续高等职业教育专科专业", "接续专科专业", "接续高职专科专业", "高职专科", "higher", "to_higher_vocational")},
		{field: "vocational", names: names("接续职教本科", "接续职业本科专业", "接续高等职业教育本科专业", "接续高职本科专业", "职业本科", "vocational", "to_vocational_bachelor")},
		{field: "bachelor", names: names("接续普通本科", "接续普通本科专业", "接续本科专业", "普通本科", "bachelor", "to_bachelor")},
		{field: "everyday", names: names("俗称", "别名", "叫法", "日常叫法", "everyday")},
		remark, source, quote, link,
	},
	record: (*entry).specialty,
}

var qualificationForm = form{
	of: content.TypeQualification, name: "招生资质", yearly: true, filled: true,
	titles: names("招生学校资质", "招生资质", "招生资格", "学校资质", "学校名单", "资质名单", "具有招生资格", "具备招生资格", "停止招生", "暂停招生", "限制招生", "招生学校名单", "合格学校", "红黄牌", "黑名单"),
	columns: []column{
		numberOfRow, yearOf, schoolCode,
		with(schoolName, must),
		{field: "status", need: either, names: names("招生资质", "资质", "资质状态", "状态", "招生资格", "是否具有招生资格", "是否具备招生资格", "有无招生资格", "资格", "招生状态", "资质情况", "资质结论", "审核结果", "审核意见", "结论", "核查结果", "处理结果", "处理意见", "资格认定", "认定结果", "status"), example: "在名单"},
		{field: "reason", names: names("原因", "事由", "处理原因", "理由", "存在问题", "reason")},
		{field: "scope", names: names("范围", "适用范围", "限制范围", "scope")},
		{field: "document", names: names("文号", "批准文号", "文件", "文件号", "依据文件", "处理文件", "公布文件", "批文", "决定文号", "处理文号", "document")},
		{field: "date", kind: date, names: names("日期", "公布日期", "认定日期", "批准日期", "批准时间", "发文日期", "处理日期", "决定日期", "决定时间", "公布时间", "发布日期", "date")},
		{field: "from", kind: date, names: names("起", "开始日期", "起始日期", "生效日期", "自", "开始", "有效期起", "from")},
		{field: "to", kind: date, names: names("止", "结束日期", "截止日期", "终止日期", "至", "结束", "有效期止", "to")},
		{field: "specialties", names: names("批准专业", "备案专业", "招生专业", "允许招生专业", "开设专业", "专业", "核准专业", "专业名称", "specialties"), example: "护理、药剂"},
		{field: "specialty_code", names: names("专业代码", "specialty_code")},
		{field: "addresses", names: names("办学地址", "备案地址", "办学地点", "学校地址", "地址", "校址", "addresses"), example: "示例路1号"},
		remark, source, quote, link,
	},
	record: (*entry).qualification,
}

func with(c column, n need) column {
	c.need = n
	return c
}

var targetForm = form{
	of: content.TypeTarget, name: "招生任务", yearly: true, titles: names("招生任务", "招生任务分解", "任务表", "任务分解"),
	columns: []column{
		numberOfRow, yearOf, unitCode, unitName,
		{field: "number", kind: figure, need: must, names: append(names("招生任务", "中等职业教育招生任务", "中职招生任务", "任务数", "任务", "招生任务数", "中等职业学校招生任务", "目标任务", "目标任务数", "任务人数", "中职任务",
			"中等职业教育学历招生任务", "中等职业教育招生计划", "中职招生计划", "中等职业学校招生计划", "指导性招生任务", "招生目标"), planNumber...), example: "1200"},
		remark, source, quote, link,
	},
	record: (*entry).target,
}

var planForm = form{
	of: content.TypePlan, name: "招生计划", yearly: true, filled: true,
	titles: names("专业招生计划", "招生计划", "分专业招生计划", "专业计划", "专业招生计划", "招生专业计划", "计划表", "分专业计划"),
	columns: []column{
		numberOfRow, yearOf, schoolCode, schoolName, code, specialty, direction,
		lengthOf,
		{field: "number", kind: figure, need: must, names: planNumber, example: "100"},
		{field: "fee", kind: money, names: names("学费", "收费标准", "学费标准", "学费收费标准", "收费", "年学费", "学费/年", "每年学费", "每生每年学费", "学杂费", "收费标准学费", "fee"), example: "4800"},
		{field: "approval", names: names("收费批文", "收费文号", "收费依据", "批准文号", "收费批准文号", "物价批文", "批文", "收费文件", "approval")},
		{field: "partner", names: names("对接高校", "合作高校", "衔接高校", "对口高校", "衔接院校", "合作院校", "对接院校", "联办院校", "高职院校", "3+2对接院校", "合作高职院校", "衔接学校", "联合办学单位", "联合培养院校", "转段高校", "对接高职院校", "partner")},
		{field: "campus", names: names("校区", "办学地点", "办学地址", "就读校区", "上课地点", "就读地点", "教学点", "校址", "地址", "学校地址", "campus")},
		batch, remark, source, quote, link,
	},
	record: (*entry).plan,
}

var resultForm = form{
	of: content.TypeResult, name: "录取结果", yearly: true, filled: true,
	titles: names("录取结果", "录取情况", "录取人数", "录取统计", "录取汇总", "招生结果", "招生完成情况", "录取"),
	columns: []column{
		numberOfRow, yearOf, schoolCode, schoolName, with(code, may), with(specialty, may), direction, lengthOf, batch,
		{field: "plan", kind: figure, names: append(names("计划数"), append(planNumber, "plan")...), example: "100"},
		{field: "admitted", kind: figure, need: must, names: names("录取人数", "录取数", "实际录取", "录取", "实际录取数", "实际录取人数", "已录取", "录取总数", "录取总人数", "实录", "实录人数", "实录数", "实际招生数", "实际招生", "实际招生人数", "完成数", "admitted"), example: "98"},
		{field: "registered", kind: figure, names: names("注册人数", "学籍注册人数", "学籍注册数", "注册数", "已注册", "注册", "注册学籍人数", "注册学籍数", "学籍注册", "电子注册人数", "已注册学籍", "已注册人数", "报到注册人数", "报到注册数", "registered"), example: "96"},
		{field: "filed", kind: figure, names: names("备案人数", "学籍备案人数", "备案数", "学籍备案数", "已备案", "学籍备案", "备案", "已备案人数", "filed"), example: "96"},
		{field: "lowest", names: names("最低分", "录取最低分", "最低录取分数", "最低录取分", "录取分数线", "最低分数", "最低投档分", "投档线", "录取线", "lowest")},
		remark, source, quote, link,
	},
	record: (*entry).result,
}

var bulletinForm = form{
	of: content.TypeBulletin, name: "招生周报", yearly: true,
	titles: names("招生进展情况", "招生进展", "周报", "进展情况汇总", "进度表", "招生进度", "招生情况汇总"),
	columns: []column{
		numberOfRow, yearOf, unitCode, with(unitName, may),
		{field: "row", names: names("项目", "类别", "情况", "项目名称", "栏目", "row")},
		{field: "as_of", kind: date, names: names("截至", "截至日期", "截止日期", "统计日期", "日期", "as_of")},
		{field: "graduates", kind: figure, need: either, names: names("初中应届毕业生总数", "初中应届毕业生数", "应届初中毕业生总数", "应届初中毕业生数", "应届初中毕业生人数", "应届初中毕业生", "初中应届毕业生", "初中应届毕业生人数", "初中毕业生总数", "初中毕业生数", "初中毕业生人数", "初中毕业生", "应届毕业生数", "应届毕业生总数", "毕业生总数", "毕业生数", "graduates"), example: "2000"},
		{field: "total_hs", kind: figure, need: either, names: names("高中阶段教育招生总数", "高中阶段招生总数", "高中阶段教育招生数", "高中阶段招生数", "高中阶段招生人数", "高中阶段教育招生人数", "高中阶段总数", "招生总数", "高中阶段招生合计", "高中阶段合计", "高中阶段招生", "高中阶段教育招生", "高中阶段", "total_hs"), example: "1800"},
		{field: "general_hs", kind: figure, need: either, names: names("普通高中招生数", "普通高中招生人数", "普高招生数", "普高招生人数", "普通高中", "普高", "普高招生", "普通高中招生", "普通高中数", "普高数", "general_hs"), example: "900"},
		{field: "vocational", kind: figure, need: must, names: names("中等职业教育招生数", "中等职业教育招生人数", "中职招生数", "中职招生人数", "中等职业学校招生数", "中等职业学校招生人数", "中职", "中等职业教育", "中等职业学校", "中职招生", "中职数", "中等职业招生数", "中职学校招生数", "vocational"), example: "900"},
		{field: "ratio", names: names("普职比例", "普职比", "普职招生比例", "职普比", "职普比例", "普职招生比", "职普招生比例", "普职比(普高:中职)", "ratio"), example: "50:50"},
		{field: "rate", names: names("高中阶段教育毛入学率", "毛入学率", "高中阶段毛入学率", "入学率", "毛入学率%", "rate")},
		remark, source, quote, link,
	},
	record: (*entry).bulletin,
}

var keyDateForm = form{
	of: content.TypeKeyDate, name: "关键日期", yearly: true, titles: names("关键日期", "重要日期", "时间安排", "日程安排", "日程表", "招生日程", "重要时间节点", "时间节点", "工作日程"),
	columns: []column{
		{field: "key", names: names("编号", "key")},
		numberOfRow, yearOf,
		{field: "name", need: must, names: names("名称", "事项", "工作内容", "内容", "工作事项", "环节", "项目", "工作", "节点", "name"), example: "填报志愿开始"},
		{field: "date", kind: date, need: must, names: names("日期", "时间", "截止日期", "截止时间", "时间节点", "起止时间", "办理时间", "date"), example: "2026-06-25"},
		{field: "working_days", names: names("工作日", "工作日数", "working_days")},
		{field: "event", names: names("起算", "起算点", "event")},
		{field: "deadline", names: names("截止", "是否截止", "deadline"), example: "是"},
		{field: "audience", names: names("对象", "面向", "适用对象", "谁要办", "责任单位", "参加对象", "audience"), example: "考生和家长"},
		{field: "season", names: names("季节", "season")},
		{field: "note", names: names("备注", "说明", "note")},
		source, quote, link,
	},
	record: (*entry).keyDate,
}

var aidForm = form{
	of: content.TypeAid, name: "资助", yearly: true, titles: names("资助政策", "资助项目", "学生资助", "助学政策", "资助"),
	columns: []column{
		{field: "key", names: names("编号", "key")},
		numberOfRow, yearOf,
		{field: "name", need: must, names: names("名称", "资助项目", "项目", "项目名称", "政策名称", "资助名称", "name"), example: "国家助学金"},
		{field: "group", need: must, names: names("对象", "资助对象", "享受对象", "适用对象", "人群", "group"), example: "家庭经济困难学生"},
		{field: "text", need: must, names: names("说明", "资助标准", "标准", "内容", "资助内容", "政策内容", "text"), example: "照文件写"},
		source, quote, link,
	},
	record: (*entry).aid,
}

var ruleForm = form{
	of: content.TypeRule, name: "规则", yearly: true, titles: names("学制规定", "规则", "规定"),
	columns: []column{
		numberOfRow, yearOf,
		{field: "topic", need: must, names: names("主题", "topic"), example: "学制"},
		{field: "case", need: must, names: names("情形", "适用情形", "case"), example: "基本学制"},
		{field: "name", need: must, names: names("名称", "name"), example: "中职基本学制"},
		{field: "text", need: must, names: names("说明", "规定", "内容", "text"), example: "基本学制是3年。"},
		{field: "min", names: names("最短", "min"), example: "3"},
		{field: "max", names: names("最长", "max"), example: "3"},
		{field: "choices", names: names("可选", "choices")},
		{field: "approval", names: names("批准", "approval")},
		source, quote, link,
	},
	record: (*entry).rule,
}

var faqForm = form{
	of: content.TypeFAQ, name: "常见问题", titles: names("常见问题", "问答", "问题解答", "热点问答"),
	columns: []column{
		{field: "key", names: names("编号", "key")},
		numberOfRow, yearOf,
		{field: "question", need: must, names: names("问题", "问", "提问", "question"), example: "学费怎么交？"},
		{field: "answer", need: must, names: names("回答", "答", "解答", "答复", "答案", "answer"), example: "照文件写"},
		{field: "asks", names: names("问法", "asks")},
		{field: "opens", names: names("打开", "opens")},
		source, quote, link,
	},
	record: (*entry).faq,
}

var clarificationForm = form{
	of: content.TypeClarification, name: "辟谣", titles: names("辟谣", "澄清", "不实信息", "谣言", "网传信息"),
	columns: []column{
		{field: "key", names: names("编号", "key")},
		numberOfRow, yearOf,
		{field: "claim", need: must, names: names("传言", "网传", "网传内容", "网传信息", "不实信息", "谣言", "不实内容", "传言内容", "流传说法", "说法", "claim"), example: "某校今年停招"},
		{field: "seen", names: names("出现在", "出现在哪里", "来源", "传播渠道", "渠道", "出现地方", "传播平台", "哪里看到", "seen"), example: "微信群"},
		{field: "on", kind: date, names: names("发现日期", "出现日期", "发现时间", "出现时间", "on"), example: "2026-06-01"},
		{field: "verdict", need: must, names: names("结论", "核实结论", "核实结果", "核查结果", "认定", "核查结论", "是否属实", "verdict"), example: "不实"},
		{field: "text", need: must, names: names("事实", "说明", "事实真相", "真相", "情况说明", "核实情况", "事实说明", "澄清内容", "text"), example: "照常招生"},
		{field: "answered", kind: date, names: names("答复日期", "澄清日期", "回应日期", "澄清时间", "发布日期", "答复时间", "回应时间", "answered"), example: "2026-06-02"},
		{field: "schools", names: names("涉及学校", "学校", "有关学校", "相关学校", "schools")},
		source, quote, link,
	},
	record: (*entry).clarification,
}
