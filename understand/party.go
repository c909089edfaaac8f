package understand

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/pattern"
)

// Party is somebody a text speaks of.
type Party struct {
	Span
	Kind complaint.AccusedKind
	// Named: the words are a name (武陟县实验中学), not only what it is (班主任).
	Named bool
	// Beside: of all who are spoken of, nearest to a word of harm, in one clause
	// with it. Who does a thing stands beside it.
	Beside bool
}

// schoolName is the name of a school that is no record: 武陟县实验中学, 二中.
var schoolName = pattern.New(`(?:\p{Han}{2,3}(?:县|市|区|镇|乡))?(?:第?[一二三四五六七八九十]{1,3}(?:初级)?(?:中学|初中|初|中)|\p{Han}{2,4}?(?:初级中学|中学|初中|学校))`)

// notInName are characters and words that no name of a school holds: what
// stands in front of 中学 in a sentence is mostly no name.
var notInName = pattern.New(`一[名所个家]|几[个所家]|[我俺你您他她它的了在到去从把被让叫是和跟给对说这那哪个所些都没有不来读上报考进往将该某各全本外每]|老师|学生|孩子|家长|我们|就读|招生|职业|中职|中专|技工|卫生|体育|艺术|县级|市级|省级|普通|公办|民办|初三|初二|毕业`)

type partyWord struct {
	kind  complaint.AccusedKind
	words *pattern.Pattern
}

var partyWords = []partyWord{
	{complaint.Teacher, pattern.New(`班主任|年级主任|教导主任|任课老师|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹苏潘葛范彭鲁韦马苗花俞任袁柳鲍史唐薛雷贺倪汤罗毕郝傅齐康伍余顾孟黄穆萧尹姚邵汪毛贝戴宋庞熊纪舒屈祝董梁杜阮蓝闵席季贾江童颜郭梅盛林钟徐邱骆夏蔡田樊胡凌霍柯卢莫房丁邓崔程陆翁段侯宁仇温翟乔靳牛武刘景龙叶黎]老师|老师|教师|校长|主任|教官|教练|宿管(?:阿姨|大爷|员)?`)},
	{complaint.Schoolmate, pattern.New(`同学|同班|同桌|[室舍]友|学长|学姐|高年级(?:的?(?:学生|同学))?|班里(?:人|的人)|班上(?:人|的人)`)},
	{complaint.JuniorSchool, pattern.New(`初中学校|初级中学|初中|中学|初三`)},
	{complaint.Agent, pattern.New(`黑?中介(?:公司|机构)?|招生代理|代理|培训机构|劳务公司|招生贩子|生源贩子|招生机构|教育公司|教育咨询`)},
	{complaint.CountyItself, pattern.New(`县教育局|县教体局|教体局|县里|县招办|县政府|区教育局`)},
	{complaint.VocationalSchool, pattern.New(`职业(?:技术)?学校|职业高中|职高|中专|职校|技校|卫校|体校|职教中心|中职|招生(?:学校|老师|办|处|的)|学校`)},
	{complaint.UnknownPerson, pattern.New(`骗子|有人|陌生人|自称|不认识的人`)},
}

// vocational is what a vocational school is called behind its county.
var vocational = pattern.New(`^(?:县|市|区)?(?:第?[一二三四五六]{1,2})?(?:职业教育中心|职教中心|职业技术学校|职业高级中学|职业中等专业学校|职业中专|职业高中|职业学校|中等专业学校|技工学校|职高|职专|职校|技校|中专)`)

// schoolsOf are the vocational schools that are no records, called by their
// county (武陟职教中心), by a name that somebody else has, or by any name that such
// a school can have (华信职业技术学校).
func (n *names) schoolsOf(t *text, r Reading) []Party {
	var found []Span
	for _, u := range r.Units {
		if u.Kind != content.County && u.Kind != content.District {
			continue
		}
		if end := vocational.FindStringIndex(t.original[u.To:]); end != nil {
			found = append(found, Span{u.From, u.To + end[1], t.original[u.From : u.To+end[1]]})
		}
	}
	for _, o := range r.Others {
		if isSchoolName(o.Word) {
			found = append(found, o.Span)
		}
	}
	for _, at := range vocationalEnd.FindAllStringIndex(t.Norm, -1) {
		if s, ok := n.wholeName(t, place{at[0], at[1]}); ok && !s.touches(found) && !n.knows(r, s) {
			found = append(found, s)
		}
	}
	var out []Party
	for _, s := range found {
		out = append(out, Party{Span: s, Kind: complaint.VocationalSchool, Named: true})
	}
	return out
}

// vocationalEnd is how the name of a vocational school ends, with what may
// stand in front of 学校 in one.
var vocationalEnd = pattern.New(`职业教育中心|职教中心|职业技术学校|职业高级中学|(?:职业)?中等专业学校|中等职业(?:技术)?学校|职业中专|职业高中|职业学校|职业培训学校|高级技工学校|技工学校|技师学院|职业技术学院|中专学校|` +
	`(?:艺术|卫生|护理|护士|幼儿师范|工程|商贸|工业|农业|交通|财经|科技|电子|信息|机电|铁路|航空|旅游|烹饪|医药|体育运动|体育|美容美发|汽车)学校`)

// wholeName is a name that ends at p, from where it begins; false where only
// what it is stands there (去一所职业学校).
func (n *names) wholeName(t *text, p place) (Span, bool) {
	f := n.frontOf(t, p)
	front := f.text
	if i := strings.LastIndexFunc(front, func(r rune) bool { return strings.ContainsRune(breaks, r) }); i >= 0 {
		_, width := utf8.DecodeRuneInString(front[i:])
		front = front[i+width:]
	}
	if at := notInVocational.FindAllStringIndex(front, -1); at != nil {
		front = front[at[len(at)-1][1]:]
	}
	if utf8.RuneCountInString(front) < 2 || f.spaced {
		return Span{}, false
	}
	return t.span(place{f.end - len(front), p.to}), true
}

// What stands in front of such a name and is no part of it.
const breaks = "我俺你您他她它的了在到去从把被让叫是跟给对说这那哪个所些没不读报考往将该某每问"

var notInVocational = pattern.New(`老师|学生|孩子|家长|就读|招生|欢迎|选择|来自|一家|一名|公办|民办|私立|普通|全日制|正规|初三|初二|毕业|今年|去年|本地|县里|市里|县级|市级|省级|附近|其他|各类|各|所有|重点|示范|国家级?|省重点|优质|知名|名牌|上了|上过|开办|举办|冒充|自称|举报|投诉|反映|和|与|或|等`)

// touches reports whether s overlaps one of the spans.
func (s Span) touches(all []Span) bool {
	return slices.ContainsFunc(all, func(o Span) bool { return s.From < o.To && o.From < s.To })
}

// knows reports whether a school of the record is called at s.
func (n *names) knows(r Reading, s Span) bool {
	return slices.ContainsFunc(r.Units, func(u Unit) bool { return n.school(u.Code) && u.From < s.To && s.From < u.To })
}

// parties are whom the text speaks of: who stands beside a word of harm, else a
// teacher, before the schools that are named, and before everybody else.
func parties(t *text, schools []Party, dangers []Crisis) []Party {
	var named, out []Party
	var others []Span
	for _, s := range schools {
		others = append(others, s.Span)
	}
	for _, at := range schoolName.FindAllStringIndex(t.Norm, -1) {
		if p, ok := properName(t, place{at[0], at[1]}); ok && !t.span(p).touches(others) {
			named = append(named, Party{Span: t.span(p), Kind: complaint.JuniorSchool, Named: true})
		}
	}
	for _, w := range partyWords {
		if p, ok := w.party(t, dangers); ok && (w.kind != complaint.JuniorSchool || len(named) == 0) {
			out = append(out, p)
		}
	}
	if i := nearest(t, out, dangers); i >= 0 {
		out[i].Beside = true
		return slices.Concat(out[i:i+1], named, out[:i], out[i+1:])
	}
	teacher := slices.IndexFunc(out, func(p Party) bool { return p.Kind == complaint.Teacher })
	if teacher >= 0 { // who does it, before the school where it is done
		return slices.Concat(out[teacher:teacher+1], named, out[:teacher], out[teacher+1:])
	}
	return slices.Concat(named, out)
}

// party returns who is meant by the words: of several that stand in the text,
// who stands beside a word of harm, else the first. The writer is none of them.
func (w partyWord) party(t *text, dangers []Crisis) (Party, bool) {
	var all []Party
	for _, at := range w.words.FindAllStringIndex(t.Norm, -1) {
		p := place{at[0], at[1]}
		if !isWriter(t, p) && (w.kind != complaint.Teacher || !recruiter.MatchString(t.Norm[:p.from])) {
			all = append(all, Party{Span: t.span(p), Kind: w.kind})
		}
	}
	if len(all) == 0 {
		return Party{}, false
	}
	return all[max(0, nearest(t, all, dangers))], true
}

// isWriter: 我是一名初中老师, 作为班主任; not 我是被老师打的, 我是王老师的学生.
func isWriter(t *text, p place) bool {
	before := t.Norm[:p.from]
	return beforeWriters.MatchString(before) || beforeWriter.MatchString(before) && !afterOther.MatchString(t.Norm[p.to:])
}

var (
	beforeWriter = pattern.New(`(?:(?:^|[,.;:!?、]|您好|你好)(?:我|俺|本人|自己)(?:(?:的)?(?:老公|爱人|媳妇|妻子|丈夫|对象|姐姐?|哥哥?|妹妹?|弟弟?|爸爸?|妈妈?|亲戚|朋友))?(?:也|就|原来|以前|曾)?[是系当做]|作为|身为)[^,.;:!?、被听让叫给因由跟和对跟从把替着]{0,12}$`)
	// 县里要求我们老师每人拉五个, 让我这个班主任去劝
	beforeWriters = pattern.New(`(?:给|让|逼着?|叫|向|对|要求?|强迫)(?:(?:我们|俺们|咱们)(?:这些|做|当|每个|全体)?|(?:我|俺)(?:这个?|一个|做|当))$`)
	// 招生老师 is of the school that recruits.
	recruiter  = pattern.New(`招生(?:处|办)?的?$`)
	afterOther = pattern.New(`^(?:的(?:面|学生|家长|孩子|儿子|女儿)|班[里上]|[逼让叫说打骂要强给介推教带把])`)
)

// nearest returns which of the parties stands nearest to a word of harm, in
// one clause with it; -1 where none does.
func nearest(t *text, parties []Party, dangers []Crisis) int {
	best, least := -1, math.MaxInt
	for i, p := range parties {
		for _, d := range dangers {
			if away, ok := t.apart(p.Span, d.Span); ok && d.Kind.Harms() && away < least {
				best, least = i, away
			}
		}
	}
	return best
}

// apart returns how many bytes stand between two spans, if no clause ends there.
func (t *text) apart(a, b Span) (int, bool) {
	if b.From < a.From {
		a, b = b, a
	}
	if b.From <= a.To {
		return 0, true
	}
	return b.From - a.To, !strings.ContainsAny(t.original[a.To:b.From], clauseEnds+"\n")
}

// properName cuts a found name down to what can be one.
func properName(t *text, p place) (place, bool) {
	for {
		at := notInName.FindAllStringIndex(t.Norm[p.from:p.to], -1)
		if at == nil {
			break
		}
		p.from += at[len(at)-1][1]
	}
	name := t.Norm[p.from:p.to]
	if slices.Contains([]string{"中学", "初中", "初级中学", "学校"}, name) {
		return p, false
	}
	if strings.HasSuffix(name, "学校") && !strings.HasPrefix(name, "实验") || len(name) < 6 {
		return p, false
	}
	return p, true
}
