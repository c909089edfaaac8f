package understand

import (
	"slices"
	"strings"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/pattern"
	"yangguang/search/hanzi"
)

// Grievance is what a text tells of something that happened: what kind of
// complaint it is, against whom, when, about how much. It is a guess with its
// reasons, for the person who wrote it to confirm.
type Grievance struct {
	Reading
	// Kinds are what it may be, the likeliest first, three at most; none where
	// the text says nothing of it. Sure: the first stands well before the next.
	Kinds []Likely
	Sure  bool
	// Parties are whom the text speaks of, as somebody who can be accused.
	Parties []Party
	// Moment is when it happened, nil where the text names no day that has come.
	Moment *Moment
	// Writer is the age that the writer gives as the own: 我今年13岁. Zero: none.
	Writer Age
	// Details are what the text says of the particulars of each of the kinds.
	Details []Detail
}

// Likely is a kind that a text may be of, with the words that speak for it.
type Likely struct {
	Kind  complaint.Kind
	Score float64
	Words []Span
}

// Party is somebody a text speaks of.
type Party struct {
	Span
	Kind complaint.AccusedKind
	// Named: the words are a name (武陟县实验中学), not only what it is (班主任).
	Named bool
}

// Detail is a particular of a kind: of a false registration, that it is double.
type Detail struct {
	Span
	Kind  complaint.Kind
	Value string
}

// Grievance returns what a story tells, on that day.
func (r *Reader) Grievance(s string, today calendar.Date) Grievance {
	g := Grievance{Reading: r.Read(s, today)}
	t := &text{original: s, Text: hanzi.Normalise(s)}
	g.Kinds, g.Sure = kindsOf(t, learned())
	g.Parties = append(schoolsOf(t, g.Reading), parties(t)...)
	g.Moment = momentOf(t, g.Reading, today)
	g.Writer = writer(t)
	for _, f := range detailCues().scan(t.Norm) {
		d := f.value
		d.Span = t.span(f.place)
		if !slices.ContainsFunc(g.Details, func(had Detail) bool { return had.Kind == d.Kind && had.Value == d.Value }) {
			g.Details = append(g.Details, d)
		}
	}
	return g
}

// ownAge is an age that is the writer's own.
var ownAge = pattern.New(`(?:^|[^\p{Han}]|[,，。；、])?(?:我|俺)(?:今年|现在|才|刚|还|只有|已经|都)*(\d{1,2}|[零一二两三四五六七八九十]{1,3})周?岁`)

func writer(t *text) Age {
	m := ownAge.FindStringSubmatchIndex(t.Norm)
	if m == nil {
		return Age{}
	}
	age := small(t.Norm[m[2]:m[3]])
	if age < 6 || age > 90 {
		return Age{}
	}
	return Age{t.span(place{m[0], m[1]}), age}
}

// schoolName is the name of a school that is no record: 武陟县实验中学, 二中.
var schoolName = pattern.New(`(?:\p{Han}{2,3}(?:县|市|区|镇|乡))?(?:第?[一二三四五六七八九十]{1,3}(?:初级)?(?:中学|初中|初|中)|\p{Han}{2,4}?(?:初级中学|中学|初中|学校))`)

// notInName are characters and words that no name of a school holds: what
// stands in front of 中学 in a sentence is mostly no name.
var notInName = pattern.New(`[我俺你您他她它的了在到去从把被让叫是和跟给对说这那哪个所些都没有不来读上报考进往将该某各全本外每]|老师|学生|孩子|家长|我们|就读|招生|职业|中职|中专|技工|卫生|体育|艺术|县级|市级|省级|普通|公办|民办|初三|初二|毕业`)

var partyWords = []struct {
	kind  complaint.AccusedKind
	words *pattern.Pattern
}{
	{complaint.Teacher, pattern.New(`班主任|年级主任|教导主任|任课老师|\p{Han}老师|老师|教师|校长|主任`)},
	{complaint.JuniorSchool, pattern.New(`初中学校|初级中学|初中|中学|初三`)},
	{complaint.Agent, pattern.New(`黑?中介(?:公司|机构)?|招生代理|代理|培训机构|劳务公司|招生贩子|生源贩子|招生机构|教育公司|教育咨询`)},
	{complaint.CountyItself, pattern.New(`县教育局|县教体局|教体局|县里|县招办|县政府|区教育局`)},
	{complaint.VocationalSchool, pattern.New(`职业(?:技术)?学校|职业高中|职高|中专|职校|技校|卫校|体校|职教中心|中职|招生学校|学校`)},
	{complaint.UnknownPerson, pattern.New(`骗子|有人|陌生人|自称|不认识的人`)},
}

// vocational is what a vocational school is called behind its county.
var vocational = pattern.New(`^(?:县|市|区)?(?:第?[一二三四五六]{1,2})?(?:职业教育中心|职教中心|职业技术学校|职业高级中学|职业中等专业学校|职业中专|职业高中|职业学校|中等专业学校|技工学校|职高|职专|职校|技校|中专)`)

// schoolsOf are the vocational schools that are no records, called by their
// county (武陟职教中心) or by a name that somebody else has.
func schoolsOf(t *text, r Reading) []Party {
	var out []Party
	for _, u := range r.Units {
		if u.Kind != content.County && u.Kind != content.District {
			continue
		}
		if end := vocational.FindStringIndex(t.original[u.To:]); end != nil {
			s := Span{u.From, u.To + end[1], t.original[u.From : u.To+end[1]]}
			out = append(out, Party{s, complaint.VocationalSchool, true})
		}
	}
	for _, o := range r.Others {
		if isSchoolName(o.Word) {
			out = append(out, Party{o.Span, complaint.VocationalSchool, true})
		}
	}
	return out
}

// parties are whom the text speaks of: named schools first, then the others
// in the order of their first words.
func parties(t *text) []Party {
	var named, out []Party
	for _, at := range schoolName.FindAllStringIndex(t.Norm, -1) {
		if p, ok := properName(t, place{at[0], at[1]}); ok {
			named = append(named, Party{t.span(p), complaint.JuniorSchool, true})
		}
	}
	for _, w := range partyWords {
		at := w.words.FindStringIndex(t.Norm)
		if at == nil || w.kind == complaint.JuniorSchool && len(named) > 0 {
			continue
		}
		out = append(out, Party{t.span(place{at[0], at[1]}), w.kind, false})
	}
	teacher := slices.IndexFunc(out, func(p Party) bool { return p.Kind == complaint.Teacher })
	if teacher >= 0 { // who does it, before the school where it is done
		return slices.Concat(out[teacher:teacher+1], named, out[:teacher], out[teacher+1:])
	}
	return slices.Concat(named, out)
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
