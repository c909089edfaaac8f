package book

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Surnames: the hundred that nine in ten people have, and others.
const (
	common = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
	others = "常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
	double = "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 端木 宇文 长孙 南宫 轩辕"
)

// headsOfPeople are heads of columns that hold people, and headsOfPublic those
// of people whose names are published by law.
var (
	headsOfPeople = []string{"姓名", "学生", "考生", "新生", "联系人", "填表人", "填报人", "经办人", "负责人", "家长", "监护人", "班主任", "教师", "老师", "申请人", "举报人"}
	headsOfPublic = []string{"法定代表人", "校长", "举办者", "举办人", "法人"}
)

// namesIn returns where a tab has lists of people: columns, rows and cells.
func namesIn(tab Tab) []string {
	var out []string
	columns := map[int]*list{}
	for _, r := range tab.Rows {
		across := list{}
		for i, c := range r.Cells {
			if c.Text == "" || c.Merged != "" || c.Number || c.Date || len(c.Text) > 200 {
				continue
			}
			at := spot{r.Number, i}
			across.add(c.Text, at)
			if columns[i] == nil {
				columns[i] = &list{}
			}
			columns[i].add(c.Text, at)
			if manyNames(c.Text) {
				out = append(out, at.String())
			}
		}
		if across.heads == 1 && across.names >= 3 && across.names == across.under {
			out = append(out, across.first.String()+":"+across.last.String())
		}
	}
	for _, i := range slices.Sorted(maps.Keys(columns)) {
		if l := columns[i]; l.ofPeople() {
			out = append(out, l.first.String()+":"+l.last.String())
		}
	}
	return out
}

// list counts what of a column, or a row, looks like names.
type list struct {
	heads        int
	public       bool
	found        bool // names enough under a head
	names, under int  // under the last head, and all that is there
	likely, long int  // with a common surname; of those, with three characters or more
	all          int
	first, last  spot
}

// spot is a cell: its row as shown, its column from 0.
type spot struct{ row, column int }

func (s spot) String() string { return Address(s.row, s.column) }

// longestHead is how many bytes a head or a name has at most.
const longestHead = 40

func (l *list) add(s string, at spot) {
	if s[0] < utf8.RuneSelf || len(s) > longestHead {
		l.all++
		l.under++
		return
	}
	if strings.ContainsAny(s, " \u3000\u00a0\n\t") {
		s = strings.Join(strings.Fields(s), "")
	}
	if kind := headKind(s); kind != 0 {
		l.heads++
		l.public = l.public || kind < 0
		l.close()
		return
	}
	l.all++
	l.under++
	if !isName(s, common+others) {
		return
	}
	l.names++
	if isName(s, common) {
		l.likely++
		if len([]rune(s)) > 2 {
			l.long++
		}
	}
	if l.first.row == 0 {
		l.first = at
	}
	l.last = at
}

// close ends what stands under a head: two names are a list where they are
// half of it.
func (l *list) close() {
	l.found = l.found || l.heads > 0 && !l.public && l.names >= 2 && l.names*2 >= l.under
	l.names, l.under = 0, 0
}

// ofPeople: without a head there must be five names, most of the column must be
// names, and half of those of three characters.
func (l *list) ofPeople() bool {
	l.close()
	return l.found || !l.public && l.likely >= 5 && l.likely*10 >= l.all*7 && l.long*2 >= l.likely
}

// headKind is 1 for the head of a column of people, -1 where they are public,
// 0 for everything else.
func headKind(s string) int {
	if utf8.RuneCountInString(s) > 10 {
		return 0
	}
	s = strings.Trim(s, "：:*（）()")
	for _, h := range headsOfPublic {
		if strings.Contains(s, h) {
			return -1
		}
	}
	for _, h := range headsOfPeople {
		if s == h || (h == "姓名" || h == "联系人") && strings.Contains(s, h) {
			return 1
		}
	}
	return 0
}

// manyNames reports whether one cell lists people.
func manyNames(s string) bool {
	if len(s) < 5*len("张三 ")-1 {
		return false
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("、，,；;/", r) })
	for _, p := range parts {
		if !isName(p, common) {
			return false
		}
	}
	return len(parts) >= 5
}

// placeEnds are the last characters of places and offices that begin like a
// name: 孟州市, 高新区, 成教部.
const placeEnds = "县市区镇乡村街部处科室办局组班级校院系所站厅省州类型制费中小"

// isName reports whether a text has the form of a Chinese name.
func isName(s, surnames string) bool {
	if len(s) < 6 || len(s) > 12 {
		return false
	}
	r := []rune(s)
	if len(r) < 2 || len(r) > 4 {
		return false
	}
	for _, c := range r {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	if strings.ContainsRune(placeEnds, r[len(r)-1]) {
		return false
	}
	if strings.Contains(double, string(r[:2])) && len(r) > 2 {
		return true
	}
	return len(r) < 4 && strings.ContainsRune(surnames, r[0])
}
