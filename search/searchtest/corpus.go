package searchtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"yangguang/search"
)

// Corpus returns n made plan documents, the same for the same n: schools ×
// specialties × years with sentences of the kind an office writes. Nothing in
// it is real. It is meant for suites and benchmarks; ten in a thousand
// documents carry characters of their own, so that rare words are rare.
func Corpus(n int) []search.Doc {
	rnd := rand.New(rand.NewPCG(48, 2022))
	docs := make([]search.Doc, n)
	for i := range docs {
		docs[i] = plan(rnd, i)
	}
	return docs
}

var (
	places = strings.Fields(`甲河 乙岭 丙原 丁湖 戊川 己城 庚山 辛水 壬丘 癸林 东关 西屯 南坪 北渡 清源 白沙 青石 黄桥 红岩 紫阳`)
	kinds  = strings.Fields(`职业技术学校 卫生学校 职业中等专业学校 职业教育中心 农业职业高中 工业学校 商贸学校
		体育运动学校 艺术学校 幼儿师范学校 总工会职工中等专业学校`)
	majors = strings.Fields(`护理 药剂 助产 中医康复技术 医学影像技术 口腔修复工艺 计算机应用 软件与信息服务
		计算机网络技术 动漫与游戏制作 电子商务 会计事务 汽车运用与维修 新能源汽车运用与维修 数控技术应用
		机电技术应用 焊接技术应用 无人机操控与维护 建筑工程施工 工程造价 服装设计与工艺 中餐烹饪 中西面点
		旅游服务与管理 高星级饭店运营与管理 航空服务 铁道运输服务 城市轨道交通运营服务 幼儿保育 戏曲表演
		音乐表演 舞蹈表演 运动训练 畜禽生产技术 作物生产技术 园林技术 美发与形象设计 物流服务与管理 智慧健康养老服务 工业机器人技术应用`)
	sentences = strings.Fields(`
		面向全市应届初中毕业生招生，基本学制为三年。 招收初中毕业生，实行平行志愿录取。
		学费按物价部门核定标准收取，住宿费每学年六百元。 符合条件的学生免学费并享受国家助学金。
		学校在二十个工作日内为新生建立学籍电子档案。 严禁虚假招生宣传和生源封锁。
		与高职院校开展中高职衔接，实行三加二分段培养。 毕业生可参加对口升学考试。
		校企合作单位提供实习岗位，实习期间购买责任保险。 专业计划以省教育厅下达为准。
		录取结果在学校网站公示。 新生凭准考证和户口本报到。 未经批准不得跨专业录取。
		残疾考生和家庭经济困难学生优先资助。 学校主动接受社会监督，监督电话公开。
		报名在统一平台进行，学校不得自行组织预录取。 招生章程须经主管部门备案后公布。`)
)

func plan(rnd *rand.Rand, i int) search.Doc {
	pick := func(of []string) string { return of[rnd.IntN(len(of))] }
	place, kind, major := pick(places), pick(kinds), pick(majors)
	year, number := 2018+rnd.IntN(8), 20+rnd.IntN(300)
	school := place + "市" + kind
	var text strings.Builder
	fmt.Fprintf(&text, "%s%d年%s专业计划招生%d人，代码%06d。", school, year, major, number, 700000+rnd.IntN(70000))
	for range 4 + rnd.IntN(6) {
		text.WriteString(pick(sentences))
	}
	if rnd.IntN(100) == 0 {
		for range 4 {
			text.WriteRune('一' + rune(rnd.IntN(0x4000)))
		}
	}
	return search.Doc{
		ID: fmt.Sprintf("plan/%d/%06d", year, i), Type: []string{"plan", "plan", "plan", "result", "school"}[rnd.IntN(5)],
		Title: fmt.Sprintf("%s %s", school, major), Text: text.String(),
		URL: fmt.Sprintf("/plans/%d/%06d", year, i), Year: year,
		Names: []string{place + kind[:6], fmt.Sprintf("%d%s", year, major)}, Weight: rnd.IntN(50),
	}
}

// Queries are words of the corpus by class: how much of it each class hits
// differs by orders of magnitude.
var Queries = []struct {
	Class string
	Terms []string
}{
	{"one character", []string{"校"}},
	{"one character", []string{"药"}},
	{"one character", []string{"戏"}},
	{"two characters", []string{"学校"}},
	{"two characters", []string{"护理"}},
	{"two characters", []string{"工会"}},
	{"two characters", []string{"能源"}},
	{"two characters", []string{"药剂"}},
	{"long", []string{"新能源汽车运用与维修"}},
	{"long", []string{"丁湖市卫生学校"}},
	{"long", []string{"建立学籍电子档案"}},
	{"long", []string{"总工会职工中等专业学校"}},
	{"several", []string{"丙原", "护理"}},
	{"several", []string{"卫生", "2022", "免学费"}},
	{"several", []string{"学校", "学籍", "公示"}},
	{"several", []string{"清源", "烹饪", "2024"}},
	{"nothing", []string{"郑州大学"}},
	{"nothing", []string{"校学"}},
}
