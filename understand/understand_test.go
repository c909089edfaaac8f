package understand_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/understand"
)

var today = calendar.NewDate(2026, time.June, 1)

func reader(t testing.TB) *understand.Reader {
	t.Helper()
	var changes []content.Change
	put := func(id string, r content.Record) {
		r.Head().ID = content.ID(id)
		changes = append(changes, content.Change{Op: content.Put, ID: content.ID(id), Record: r})
	}
	for _, u := range []content.Unit{
		{Code: "410882", Name: "沁阳市", Kind: content.County, Aliases: []string{"沁阳"}},
		{Code: "410883", Name: "孟州市", Kind: content.County, Aliases: []string{"孟州"}},
		{Code: "410825", Name: "温县", Kind: content.County},
		{Code: "410823", Name: "武陟县", Kind: content.County, Aliases: []string{"武陟"}},
		{Code: "410800-01", Name: "焦作市职业技术学校", Kind: content.MunicipalSchool, Aliases: []string{"焦作职业技术学校"}},
		{Code: "410800-02", Name: "焦作卫生医药学校", Kind: content.MunicipalSchool, Aliases: []string{"卫校", "焦作太白"}},
		{Code: "410800-03", Name: "焦作市体育运动学校", Kind: content.MunicipalSchool, Aliases: []string{"体校"}},
		{Code: "410800-04", Name: "焦作市总工会职工中专", Kind: content.MunicipalSchool},
		{Code: "410800", Name: "焦作市教育局", Kind: content.Bureau},
		{Code: "410800-05", Name: "焦作市太极中等专业学校", Kind: content.MunicipalSchool},
	} {
		put("unit/"+u.Code, &u)
	}
	put("policy/jiaojiaowen-2022-48", &content.Policy{
		Number: "焦教文〔2022〕48号", Title: "关于做好2022年中等职业学校招生工作的通知",
		Relations: []content.Relation{{Kind: "based_on", Number: "教办职成〔2022〕53号"}},
	})
	for _, w := range []content.Word{
		{Word: "学护士", Means: []string{"焦作卫生医药学校"}, Kind: "synonym"},
		{Word: "孟县", Means: []string{"孟州市"}, Kind: "synonym"},
		{Word: "武涉", Means: []string{"武陟"}, Kind: "typo"},
		{Word: "泌阳", Means: []string{"沁阳"}, Kind: "other"},
		{Word: "学费", Means: []string{"收费"}, Kind: "synonym"},
		{Word: "学藉", Means: []string{"学籍"}, Kind: "typo"},
		{Word: "逼…报", Means: []string{"干预志愿"}, Kind: "synonym"},
		{Word: "助学金", Means: []string{"助学政策"}, Kind: "synonym"},
	} {
		put("word/"+w.Word, &w)
	}
	put("term/registration", &content.Term{Name: "学籍", Text: "…"})
	put("phrase/job", &content.Phrase{Patterns: []string{"包就业", "包分配"}, Topic: "就业", Text: "…", Law: "advertising-law", Article: "二十四"})
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: changes}})
	if err != nil {
		t.Fatal(err)
	}
	return understand.New(s)
}

// brief writes a reading in one line: the kind of finding, its value, and the
// words it rests on.
func brief(r understand.Reading) string {
	var out []string
	add := func(s understand.Span, format string, args ...any) {
		out = append(out, fmt.Sprintf(format, args...)+"<"+s.Words+">")
	}
	for _, u := range r.Units {
		add(u.Span, "%s %s", u.How, u.Name)
	}
	for _, n := range r.Numbers {
		add(n.Span, "number %s %s", n.Number, n.Policy)
	}
	for _, y := range r.Years {
		add(y.Span, "year %d", y.Year)
	}
	for _, a := range r.Ages {
		add(a.Span, "age %d", a.Age)
	}
	for _, d := range r.Dates {
		add(d.Span, "date %d-%d-%d", d.Year, d.Month, d.Day)
	}
	for _, a := range r.Amounts {
		add(a.Span, "yuan %g", a.Yuan)
	}
	for _, p := range r.Phones {
		add(p.Span, "phone %s", p.Phone)
	}
	for _, w := range r.Words {
		add(w.Span, "word %s", strings.Join(w.Means, "|"))
	}
	for _, p := range r.Phrases {
		add(p.Span, "phrase %s", p.Key)
	}
	for _, o := range r.Others {
		add(o.Span, "other %s", strings.Join(o.Means, "|"))
	}
	return strings.Join(out, "; ")
}

// A text that is nothing but letters with something between is no sentence:
// what stands far behind in it is not looked up.
func TestReadLooksUpSoManyLatinWords(t *testing.T) {
	r := reader(t)
	for between, want := range map[int]string{10: "pinyin 武陟县<wuzhi>", 1000: ""} {
		if got := brief(r.Read(strings.Repeat("abc。", between)+"wuzhi", today)); got != want {
			t.Errorf("after %d: %s, want %s", between, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	r := reader(t)
	const doc = "number 焦教文〔2022〕48号 policy/jiaojiaowen-2022-48"
	for _, c := range [][2]string{
		// Units.
		{"武陟县招多少人", "name 武陟县<武陟县>"},
		{"武陟和沁阳", "alias 武陟县<武陟>; alias 沁阳市<沁阳>"},
		{"卫校怎么样", "alias 焦作卫生医药学校<卫校>"},
		{"孟县招生", "alias 孟州市<孟县>"},
		{"焦作卫校", "alias 焦作卫生医药学校<卫校>"},
		{"焦作体校", "alias 焦作市体育运动学校<体校>"},
		{"想去焦作太极学校学武术", "abbreviation 焦作市太极中等专业学校<焦作太极学校>"},
		{"焦作工会中专", "abbreviation 焦作市总工会职工中专<焦作工会中专>"},
		{"焦作中专", ""}, // could be two of them
		{"武涉招生", "typo 武陟县<武涉>"},
		{"武只县招生", "homophone 武陟县<武只县>"},
		{"焦做卫生医药学校", "homophone 焦作卫生医药学校<焦做卫生医药学校>"},
		{"焦作衛生醫藥學校", "name 焦作卫生医药学校<焦作衛生醫藥學校>"},
		{"焦作职业技术学院", ""}, // another school
		{"无知的温度", ""},
		{"泌阳县招生", "other 沁阳<泌阳>"},
		{"郑州卫校", "other <郑州卫校>"}, // not ours
		{"郑州市卫校", "other <郑州市卫校>"},
		{"想上卫校", "alias 焦作卫生医药学校<卫校>"},
		{"焦作市卫校", "alias 焦作卫生医药学校<卫校>"},
		{"焦作的卫校", "alias 焦作卫生医药学校<卫校>"},
		// Latin letters.
		{"wuzhi", "pinyin 武陟县<wuzhi>"},
		{"jzwsyyxx", "initials 焦作卫生医药学校<jzwsyyxx>"},
		{"jiaozuo weisheng", "pinyin 焦作卫生医药学校<jiaozuo weisheng>"},
		{"wei xiao zhao duo shao ren", "pinyin 焦作卫生医药学校<wei xiao>"},
		{"wo xiang qu wei xiao ma", "pinyin 焦作卫生医药学校<wei xiao>"}, // a name before a longer word
		{"wo men wen xian", "pinyin 温县<wen xian>"},
		{"zhang san li si", ""},
		{"tijizhongdeng", ""},
		{"taijizhong", "pinyin 焦作市太极中等专业学校<taijizhong>"},
		{"WZ 2022", "initials 武陟县<WZ>; year 2022<2022>"},
		{"xueji", "word 学籍<xueji>"},
		{"zhuxuejin", "word 助学金<zhuxuejin>"},
		{"jiaozuo", "word 焦作<jiaozuo>"},
		// Document numbers.
		{"48号文", doc + "<48号文>"},
		{"焦教文[2022]48号", doc + "<焦教文[2022]48号>"},
		{"焦教文(2022)48号", doc + "<焦教文(2022)48号>"},
		{"焦教文〔2022〕48号", doc + "<焦教文〔2022〕48号>"},
		{"焦教文２０２２ 48 号", doc + "<焦教文２０２２ 48 号>"},
		{"焦教文48号", doc + "<焦教文48号>"},
		{"看看2022年48号文", doc + "<2022年48号文>"},
		{"48号文件", doc + "<48号文件>"},
		{"教办职成〔2022〕53号", "number 教办职成〔2022〕53号 <教办职成〔2022〕53号>"},
		{"焦教文〔2021〕48号", "number 焦教文〔2021〕48号 <焦教文〔2021〕48号>"},
		{"48号楼", ""},
		{"49号文", "number 49号文 <49号文>"}, // not here
		// Years, ages, dates, telephones.
		{"2022年招生", "year 2022<2022年>"},
		{"19岁还能上吗", "age 19<19岁>"},
		{"已满十八周岁", "age 18<十八周岁>"},
		{"2022年9月1日入学", "date 2022-9-1<2022年9月1日>"},
		{"9月1号开学", "date 0-9-1<9月1号>"},
		{"十一月二十号截止", "date 0-11-20<十一月二十号>"},
		{"2022-09-01", "date 2022-9-1<2022-09-01>"},
		{"2月30日", ""},
		{"打0391-2992835", "phone 0391-2992835<0391-2992835>"},
		{"13800138000", "phone 13800138000<13800138000>"},
		// Sums of money.
		{"占位费500", "yuan 500<500>"},
		{"交3千8", "yuan 3800<3千8>"},
		{"要六千八", "yuan 6800<六千八>"},
		{"收了1万2", "yuan 12000<1万2>"},
		{"6.8万", "yuan 68000<6.8万>"},
		{"5k", "yuan 5000<5k>"},
		{"三百六", "yuan 360<三百六>"},
		{"一千二百元", "yuan 1200<一千二百元>"},
		{"¥2,500", "yuan 2500<¥2,500>"},
		{"预录费3000块钱不退", "yuan 3000<3000块钱>"},
		{"收我2000，还要我交1500", "yuan 2000<2000>; yuan 1500<1500>"},
		{"两万五千块", "yuan 25000<两万五千块>"},
		{"收了叁仟捌佰元", "yuan 3800<叁仟捌佰元>"},
		{"一套400多", "yuan 400<400>"},
		{"每生1500，一学期1150", "yuan 1500<1500>; yuan 1150<1150>"},
		{"补课50一次", "yuan 50<50>"},
		{"交了3000多元", "yuan 3000<3000多元>"},
		{"合计3260", "yuan 3260<3260>"},
		{"交耗材260", "yuan 260<260>"},
		{"交志愿表30份", ""},
		{"就转我微信1500，我没要", "yuan 1500<1500>"},
		{"补习一节课120，不去就点名", "yuan 120<120>"},
		{"交的是“拓展费”3200，真划算", "yuan 3200<3200>"},
		{"购物卡，5000的，是他们给的", "yuan 5000<5000>"},
		{"宿舍302，老师收手机", ""},
		{"考了365，老师不让交表", ""},
		{"准考证号88231，收了没还", ""},
		{"加一块三千", "yuan 3000<三千>"},
		{"找人收拾我们", ""},
		{"计划招200人，实际收了快四百", ""},
		{"七八百块钱", ""}, // which of them?
		{"一天站十二个钟头", ""},
		{"招3300人", ""},
		{"招三千人", ""},
		{"百分百就业", ""},
		{"学3年", ""},
		{"考了三百分", ""},
		{"给12345打电话", "phone 12345<12345>"},
		{"打110报警", "phone 110<110>"},
		{"今年招110人", "year 2026<今年>"},
		{"共招110个", ""},
		{"招生任务110", ""},
		{"学校有12345人", ""},
		{"交12345元", "yuan 12345<12345元>"},
		{"招2022人", ""},
		{"打12345，再打12345", "phone 12345<12345>"},
		{"交500，又交500元", "yuan 500<500>"},
		// Years said from today.
		{"今年和明年", "year 2026<今年>; year 2027<明年>"},
		{"去年武陟", "alias 武陟县<武陟>; year 2025<去年>"},
		{"前年招生", "year 2024<前年>"},
		{"目前年龄", ""},
		{"请说明年龄", ""},
		{"过去年份", ""},
		{"如今年轻人", ""},
		// Other schools with a name that ends as ours does.
		{"启明星卫校", "other <启明星卫校>"},
		{"焦作市启明星卫校", "other <焦作市启明星卫校>"},
		{"读启明星卫校", "other <启明星卫校>"},
		{"启明星 卫校", "part 焦作卫生医药学校<卫校>"},
		{"启明星\n卫校", "alias 焦作卫生医药学校<卫校>"},
		{"武陟卫校", "alias 武陟县<武陟>; other <武陟卫校>"},
		{"想学护士", "word 焦作卫生医药学校<学护士>"},
		{"焦作太白", "word 焦作卫生医药学校<焦作太白>"}, // a school's name ends as one does
		{"卫校沁阳分校", "part 焦作卫生医药学校<卫校>; alias 沁阳市<沁阳>"},
		{"焦作卫生医药学校附属中学", "part 焦作卫生医药学校<焦作卫生医药学校>"},
		{"理想体校", "other <理想体校>"},
		{"我想体校", "alias 焦作市体育运动学校<体校>"},
		{"焦做卫生学校", ""},
		{"收2022级新生", ""},
		{"交48号文", doc + "<48号文>"},
		// Words and phrases.
		{"学费多少", "word 收费<学费>"},
		{"学藉在哪查", "word 学籍<学藉>"},
		{"老师逼我报中专", "word 干预志愿<逼我报>"},
		{"我校包就业，包分配！", "phrase job<包就业>; phrase job<包分配>"},
		{"我校不包就业，严禁说包分配", ""},
		{"不限户籍包分配", "phrase job<包分配>"},
		{"", ""},
	} {
		if got := brief(r.Read(c[0], today)); got != c[1] {
			t.Errorf("%s\n got %s\nwant %s", c[0], got, c[1])
		}
	}
}

// TestTheCityIsThatOfTheBureau: what is elsewhere for one bureau is home for
// another.
func TestTheCityIsThatOfTheBureau(t *testing.T) {
	var changes []content.Change
	for _, u := range []content.Unit{
		{Code: "410700", Name: "新乡市教育局", Kind: content.Bureau},
		{Code: "410700-01", Name: "新乡护理卫生学校", Kind: content.MunicipalSchool, Aliases: []string{"卫校"}},
	} {
		u.ID = content.ID("unit/" + u.Code)
		changes = append(changes, content.Change{Op: content.Put, ID: u.ID, Record: &u})
	}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: changes}})
	if err != nil {
		t.Fatal(err)
	}
	r := understand.New(s)
	for text, want := range map[string]string{
		"新乡卫校": "alias 新乡护理卫生学校<卫校>", "新乡市的卫校": "alias 新乡护理卫生学校<卫校>", "河南新乡卫校": "alias 新乡护理卫生学校<卫校>",
		"焦作卫校": "other <焦作卫校>", "郑州卫校": "other <郑州卫校>", "新乡博大卫校": "other <新乡博大卫校>",
	} {
		if got := brief(r.Read(text, today)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestTopics(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"武陟招多少人":   "number",
		"学籍注册几号截止": "registration deadline deadline",
		"学制几年":     "duration duration",
		"举报电话是多少":  "contact",
		"全市一共招多少人": "total total number",
		"3+2要读几年":  "linked duration",
		"非全日制最长几年": "part_time duration",
	} {
		var got []string
		for _, topic := range r.Read(text, today).Topics {
			got = append(got, topic.Topic)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: topics %s, want %s", text, s, want)
		}
	}
}

func TestReadingIsJSONWithItsWords(t *testing.T) {
	b, err := json.Marshal(reader(t).Read("卫校2022年", today))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"units":[{"from":0,"to":6,"words":"卫校","code":"410800-02","name":"焦作卫生医药学校","how":"alias","kind":"municipal_school"}],"years":[{"from":6,"to":13,"words":"2022年","year":2022}]}`
	if string(b) != want {
		t.Errorf("got %s\nwant %s", b, want)
	}
}

func FuzzRead(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"武陟县2022年占位费500", "焦教文〔2022〕48号", "ＪＺwsyy 三百六", "\xff\xfe泌阳", "第1号2号9月31日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := r.Read(s, today)
		var spans []understand.Span
		for _, u := range got.Units {
			spans = append(spans, u.Span)
		}
		for _, a := range got.Amounts {
			spans = append(spans, a.Span)
			if a.Yuan <= 0 {
				t.Errorf("%q: %g yuan", s, a.Yuan)
			}
		}
		for _, n := range got.Numbers {
			spans = append(spans, n.Span)
		}
		for _, w := range got.Words {
			spans = append(spans, w.Span)
		}
		for _, d := range got.Dates {
			spans = append(spans, d.Span)
		}
		if !slices.ContainsFunc(spans, func(p understand.Span) bool {
			return p.From < 0 || p.To <= p.From || p.To > len(s) || s[p.From:p.To] != p.Words
		}) {
			return
		}
		t.Errorf("%q: spans %+v", s, spans)
	})
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	for _, text := range []string{"卫校", "jzwsyyxx", "武陟县2022年中职招生任务是多少人", "老师逼我报中专还要交占位费3千8怎么办"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				r.Read(text, today)
			}
		})
	}
}
