package search_test

import (
	"strings"
	"testing"

	"yangguang/search"
	"yangguang/understand"
)

// TestSomebodyElsesSchool: a name that only ends as one of ours is never taken
// for it, alone, in a question or in an advert.
func TestSomebodyElsesSchool(t *testing.T) {
	f := bundledFinder(t)
	for name := range strings.FieldsSeq(`启明星职业技术学校 焦作市华信职业技术学校 焦作华信职业技术学校 博大卫生学校 宏达卫校 阳光体育学校 武当太极学校 新世纪职业技术学校
		焦作市第二职业技术学校 焦作市第一体育学校 豫北卫校 中原职业技术学校 郑州卫校 河南省卫生学校 新乡市体育运动学校 少林体育学校 陈家沟太极学校
		理想职业技术学校 梦想体育学校 未来职业技术学校 先进职业技术学校 前进体校 高等职业技术学校 科学职业技术学校 智能职业技术学校 社会职业技术学校 信念卫校
		仁和卫校 祥和卫生学校 同济卫校 协和医药学校 仲景卫生学校 华佗医药学校 李时珍卫校 南丁格尔卫校 爱心卫校 仁爱卫生学校 博爱卫校 白衣天使卫校
		武陟职业技术学校 武陟县卫校 沁阳卫生学校 温县体校 温县太极学校 孟州市职业技术学校 修武职工中专 山阳区体育学校 解放区卫校
		女子卫校 民办卫校 高级职业技术学校 现代职业技术学校 东方职业技术学校 北方体育运动学校 国际职业技术学校 艺术职业技术学校 汽车职业技术学校
		煤矿职工中专 化工厂职工中专 铁路职工中专 全国总工会中专 县卫校 省体校 天成医药学校 自由职业技术学校 知名卫校 中医药学校 启航市卫校
		ABC职业技术学校 “博大”卫校 金桥·职业技术学校`) {
		for _, text := range []string{name, name + "招多少人", "请问" + name + "正规吗", "【招生】" + name + "面向全国招生，包分配。"} {
			r, err := f.Understand(t.Context(), text)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range r.Units {
				if strings.HasPrefix(u.Code, "410800-") && u.How.Sure() {
					t.Errorf("%s is taken for %s", text, u.Name)
				}
			}
			got := find(t, f, search.Query{Text: text})
			if got.Answer != nil && strings.HasPrefix(got.Answer.ID, "target/") {
				t.Errorf("%s is answered by %s", text, got.Answer.ID)
			}
			for _, h := range got.Hits[:min(3, len(got.Hits))] {
				if strings.HasPrefix(h.ID, "target/2022/410800-") {
					t.Errorf("%s finds %s", text, h.Title)
				}
			}
		}
	}
}

// TestOurSchool: the ways in which families write the names of ours.
func TestOurSchool(t *testing.T) {
	f := bundledFinder(t)
	const (
		nursing = "410800-02"
		sports  = "410800-03"
		union   = "410800-04"
		taiji   = "410800-05"
		skills  = "410800-01"
	)
	for text, want := range map[string]string{
		"我想上卫校": nursing, "焦作的卫校": nursing, "报卫校好吗": nursing, "市卫校": nursing, "卫校": nursing, "卫校怎么样": nursing, "焦作卫校": nursing,
		"焦作市卫校": nursing, "河南省焦作市卫校": nursing, "河南焦作卫校": nursing, "河南省焦作卫生医药学校": nursing, "我们市卫校": nursing, "我市的卫校": nursing, "俺闺女想去卫校": nursing,
		"孩子在卫校读书": nursing, "女儿考卫校": nursing, "今年卫校招生": nursing, "2022年卫校招多少人": nursing, "请问卫校学费": nursing, "有没有卫校": nursing, "附近的卫校": nursing,
		"初中毕业上卫校": nursing, "初中毕业能上卫校吗": nursing, "去卫校还是高中": nursing, "没有焦作学籍能报卫校吗": nursing, "高考落榜想上卫校": nursing, "残疾娃能不能报卫校": nursing,
		"中考多少分能上卫校": nursing, "焦作有卫校吗": nursing, "焦作有几所卫校": nursing, "招生 卫校": nursing, "焦作 卫校": nursing, "我要读卫校": nursing,
		"关于卫校": nursing, "推荐卫校": nursing, "转卫校": nursing, "焦做卫校": nursing, "焦作医药学校": nursing, "老师让报卫校": nursing, "卫校\n招生": nursing, "我家娃想学卫校": nursing,
		"想去体校": sports, "我儿子体育好能上体校吗": sports, "市体校": sports, "焦作市体校": sports, "咱市体校": sports, "我们焦作体校": sports, "焦作的体育学校": sports,
		"焦作市体育运动学校": sports, "焦作体育学校": sports, "怎么进体校": sports,
		"市总工会中专": union, "焦作工会中专": union, "焦作市职工中专": union, "读职工中专": union,
		"焦作太极学校": taiji, "去太极学校": taiji, "焦作太极中专": taiji,
		"焦作市职业技术学校": skills, "焦作职业技术学校": skills, "市职业技术学校": skills, "职业技术学校一年收多少学生": skills, "想读职业技术学校": skills, "焦作职校": skills,
	} {
		r, err := f.Understand(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Units) != 1 || r.Units[0].Code != want || len(r.Others) > 0 ||
			!r.Units[0].How.Sure() && r.Units[0].How != understand.ByHomophone && r.Units[0].How != understand.ByAbbreviation {
			t.Errorf("%s: %+v, others %+v", text, r.Units, r.Others)
		}
	}
	for text, want := range map[string]string{"卫校和体校": nursing + sports, "体校和卫校哪个好": sports + nursing, "体校与卫校": sports + nursing} {
		r, err := f.Understand(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, u := range r.Units {
			got += u.Code
		}
		if got != want || len(r.Others) > 0 {
			t.Errorf("%s: %s, others %+v", text, got, r.Others)
		}
	}
}

// TestNotSurely: 学护士 leads to the school and is no name of it, 新乡的卫校 may be
// another. And what is asked of a school is not always its number.
func TestNotSurely(t *testing.T) {
	f := bundledFinder(t)
	for _, text := range []string{"学护士", "太极", "男生学护士好吗", "太极拳培训班", "护理 卫生学校", "去郑州上卫校", "新乡的卫校", "焦作太极拳学校", "焦作卫校郑州分校"} {
		r, err := f.Understand(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range r.Units {
			if u.How.Sure() {
				t.Errorf("%s is surely %s", text, u.Name)
			}
		}
		if a := find(t, f, search.Query{Text: text}).Answer; a != nil && strings.HasPrefix(a.ID, "target/") {
			t.Errorf("%s is answered by %s", text, a.Title)
		}
	}
	for _, text := range []string{"哪个卫校好", "卫校怎么样", "焦作卫校好不好", "体校在哪"} {
		if a := find(t, f, search.Query{Text: text}).Answer; a != nil && strings.HasPrefix(a.ID, "target/") {
			t.Errorf("%s is answered by %s", text, a.Title)
		}
	}
}
