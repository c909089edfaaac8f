package site

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"yangguang/content/contenttest"
	"yangguang/understand"
)

// Whatever is named, while the year's list is not published the verdict is
// that there is none.
func TestVerifyNeverJudges(t *testing.T) {
	s := notice(t)
	for _, advert := range []string{"甲县", "包分配", "示例大学", "甲县第一中专是正规学校，教育部直属"} {
		html := shown(t, s, func(s *Site) pageFunc { return s.verify }, map[string]string{"q": advert})
		wants(t, html, "不能判断：本站没有 2026 年的完整招生学校名单", "not:在名单中", "not:查无此校", `content="noindex"`)
	}
	html := shown(t, s, func(s *Site) pageFunc { return s.verify }, nil)
	wants(t, html, "not:不能判断", "not:noindex", "严禁虚假招生宣传", `href="/policies/n#s2.p1"`)
}

func TestChecked(t *testing.T) {
	s := notice(t)
	text := "甲县招生包分配，学费500元，再交500元，电话0391 0000000、13800000000，泌阳也行，真的包分配"
	span := func(words string, from int) understand.Span {
		i := strings.Index(text[from:], words) + from
		return understand.Span{From: i, To: i + len(words), Words: words}
	}
	late := strings.Index(text, "真的")
	v := checked(s, text, 2026, understand.Grievance{Reading: understand.Reading{
		Units:   []understand.Unit{{Span: span("甲县", 0), Code: "1", How: understand.ByName}, {Span: span("甲县", 0), Code: "1"}, {Code: "no such"}},
		Others:  []understand.Other{{Span: span("泌阳", 0), Word: "泌阳"}},
		Phrases: []understand.Phrase{{Span: span("包分配", 0), Key: "job", Law: "x", Article: "一"}, {Span: span("包分配", late), Key: "job", Law: "x", Article: "一"}},
		Amounts: []understand.Amount{{Span: span("500元", 0)}, {Span: span("500元", strings.Index(text, "再交"))}},
		Phones:  []understand.Phone{{Span: span("0391 0000000", 0), Phone: "0391-0000000"}, {Span: span("13800000000", 0), Phone: "13800000000"}},
	}})
	if v.Listed {
		t.Error("a list of 2026 is reported")
	}
	if len(v.Units) != 1 || v.Units[0].Target == nil || v.Units[0].Target.Number.Value != 70 {
		t.Errorf("units %+v, want 甲县 once with its target", v.Units)
	}
	if len(v.Phrases) != 1 || len(v.Phrases[0].Words) != 1 || v.Phrases[0].LawText() != "不得保证。" {
		t.Errorf("phrases %+v, want one with the article's text", v.Phrases)
	}
	if len(v.Fees) != 1 || len(v.Sums) != 0 {
		t.Errorf("fees %v and other sums %v, want 500元 once, as a fee", v.Fees, v.Sums)
	}
	if len(v.Phones) != 2 || v.Phones[0].Contact == nil || v.Phones[1].Contact != nil {
		t.Errorf("phones %+v, want the first known", v.Phones)
	}
	whole, marked := "", 0
	for _, r := range v.Shown {
		whole += r.Text
		if r.Mark {
			marked++
		}
	}
	if whole != text || marked != 8 {
		t.Errorf("shown %q with %d marks, want the text as written with 8", whole, marked)
	}
	for _, o := range v.Others {
		if o.Word != "泌阳" || !strings.Contains(whole, "泌阳") {
			t.Errorf("a name that is not ours was changed: %+v", o)
		}
	}
}

// A school that is no record is said not to be found, and nothing more: the
// verdict stays what it is.
func TestVerifyOfASchoolThatIsNoRecord(t *testing.T) {
	s := notice(t)
	ask := func(text string) string {
		return shown(t, s, func(s *Site) pageFunc { return s.verify }, map[string]string{"q": text})
	}
	wants(t, ask("远航职业技术学校招生啦，包分配"), "没有在本站的记录里找到“远航职业技术学校”", "不能判断：本站没有 2026 年的完整招生学校名单", "not:没有认出", "not:另一个地方或单位的名字")
	wants(t, ask("甲县招多少人"), "not:没有在本站的记录里找到")
	wants(t, ask("包分配"), "没有认出", "not:没有在本站的记录里找到")
}

// What stands in the advert twice is one row, and an advert made of numbers
// does not fill the page.
// Where the year's list is whole, a name that is not on it is no school here,
// however like one it is; and a school that is on it is not said to be unknown.
func TestVerifyOnAWholeList(t *testing.T) {
	s := contenttest.City(t)
	ask := func(text string) string {
		return shown(t, s, func(s *Site) pageFunc { return s.verify }, map[string]string{"q": text})
	}
	for _, name := range []string{"示例国际航空职业学院", "示例市宏远技术学校", "示例市第二职业学校"} {
		wants(t, ask(name), "查无此校：“"+name+"”", "先别交钱", "not:不能判断", "not:在名单</b>")
	}
	wants(t, ask("示例市启明中等专业学校"), "在名单，有警示", "not:查无此校", "not:没有认出")
	wants(t, ask("市一职招生啦，包就业"), "在名单", "示例市第一职业学校", "not:查无此校")
	wants(t, ask("示例市第一职业学校和甲河县都招"), "在名单", "not:查无此校")
	wants(t, ask("今年学校怎么报名"), "not:查无此校")
}

func TestCheckedIsBounded(t *testing.T) {
	var found understand.Grievance
	for i := range 100 {
		found.Phones = append(found.Phones, understand.Phone{Phone: strconv.Itoa(13800000000 + i/2)})
		found.Amounts = append(found.Amounts, understand.Amount{Span: understand.Span{Words: strconv.Itoa(i/2) + "元"}})
		found.Others = append(found.Others, understand.Other{Word: "某" + strconv.Itoa(i/2)})
	}
	v := checked(notice(t), "", 2026, found)
	if len(v.Phones) != mostRows || len(v.Sums) != mostRows || len(v.Others) != mostRows || v.More != 3*(50-mostRows) {
		t.Errorf("%d telephones, %d sums, %d names, %d more; want %d of each and the rest counted", len(v.Phones), len(v.Sums), len(v.Others), v.More, mostRows)
	}
}

func TestVerifyMoneyAndPhones(t *testing.T) {
	s := notice(t)
	ask := func(text string) string {
		return shown(t, s, func(s *Site) pageFunc { return s.verify }, map[string]string{"q": text})
	}
	wants(t, ask("国家助学金每年2000元，免学费"), "金额请核对", "not:允许收这些钱的文件")
	wants(t, ask("报名先交2000元"), "允许收这些钱的文件", "not:金额请核对")
	// Where money is asked for, not to pay is the first thing said.
	if html := ask("报名先交2000元"); strings.Index(html, "先别交钱") > strings.Index(html, "不能判断") {
		t.Error("not to pay is said after the verdict")
	}
	wants(t, ask("包就业"), "not:<b>先别交钱</b>")
	// A number of the record is known, whoever prints it.
	wants(t, ask("有事打12356，再说一遍12356"), "这是“心理热线”。", "某报", "not:不在本站的记录里")
	wants(t, ask("有事打13800000000"), "不在本站的记录里")
}

func TestVerifyLongAdvert(t *testing.T) {
	long := strings.Repeat("长", longestAdvert) + "尾巴"
	html := shown(t, notice(t), func(s *Site) pageFunc { return s.verify }, map[string]string{"q": long})
	wants(t, html, "内容太长", "not:尾巴")
	if n := utf8.RuneCountInString(trimTo(long, longestAdvert)); n != longestAdvert {
		t.Errorf("%d characters are read, want %d", n, longestAdvert)
	}
}
