package search_test

import (
	"slices"
	"strings"
	"testing"

	"yangguang/understand"
)

// TestAdverts: what a text promises is seen, and what it denies, forbids or
// only spells alike is not held against it. Each line: the text, and the
// wordings of it that are seen.
func TestAdverts(t *testing.T) {
	f := bundledFinder(t)
	for line := range strings.Lines(`我校不包分配，也不收任何占位费|
我校不承诺包就业，不收预录费、占位费和建档费。|
严禁以任何名义收取占位费、保证金|
严禁包分配、包升学等虚假宣传。|
学校拒绝占位费、预录费|
学校没有占位费，没有内部名额。|
不得收取实习费|
谨防“包过”“包拿证”“内部名额”骗局|
请家长不要相信包就业的说法|
不要轻信内部指标|
别信包就业！|
本校从不向学生收取任何形式的实习费|
不存在内部名额|
占位费一律不收|
包就业都是骗人的|
无内部名额，无特殊渠道|
学生无需缴纳就业安置费|
我校教师都有编制|
书包过大|
面包过期、打包过程、包过滤|
环保就业方向|
承包工作、外包工作、面包工作室|
社保录用手续、医保录入|
我校包分配|包分配
包就业，包分配，收占位费|包就业 包分配 占位费
不限户籍包分配|包分配
没考上高中也能包就业|包就业
不用考试，保证录取|保证录取
不仅包就业，还包升学|包就业 包升学
不收学费包就业|包就业
不得不交占位费|占位费
没有后顾之忧包分配|包分配
我们不是骗子，包分配|包分配
拒绝高价 包就业|包就业
严禁作弊！考试包过|考试包过
名额有限，不要错过|名额有限
无需中考，直升大专|无需中考 直升大专
毕业有编制|毕业有编制
100%就业，月薪过万|100%就业 月薪过万
先交五百元占位费，不退|占位费
确保就业，100%就业|保就业 100%就业
`) {
		text, want, _ := strings.Cut(strings.TrimSpace(line), "|")
		r, err := f.Understand(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range r.Phrases {
			got = append(got, p.Words)
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: %v, want [%s]", text, got, want)
		}
	}
}

// TestRepeatedIsListedOnce: an advert that writes its number five hundred times
// has one.
func TestRepeatedIsListedOnce(t *testing.T) {
	f := bundledFinder(t)
	r, err := f.Understand(t.Context(), strings.Repeat("电话13800138000，定金500元 ", 500)+"400元")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Phones) != 1 || len(r.Amounts) != 2 || r.Phones[0].From != len("电话") || r.Amounts[0] != (understand.Amount{Span: r.Amounts[0].Span, Yuan: 500}) {
		t.Errorf("phones %+v, amounts %+v", r.Phones, r.Amounts)
	}
}
