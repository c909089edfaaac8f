package bot

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/pattern"
	"yangguang/understand"
)

// input is what was typed for a slot, with what it names.
type input struct {
	text  string
	read  understand.Grievance
	today calendar.Date
}

// Problems that an answer can have; their wording is problem.X.
const (
	tooShort    = "problem.short"
	tooLong     = "problem.long"
	notChoice   = "problem.choice"
	isMissing   = "problem.missing"
	isFuture    = "problem.future"
	noMoment    = "problem.when"
	noPhone     = "problem.phone"
	noName      = "problem.name"
	cannotSkip  = "problem.skip"
	notUnderAge = "problem.child"
)

func refuse(in input, problem string) (Answer, *Refused) {
	return Answer{}, &Refused{Text: in.text, Problem: problem}
}

func typed(text string) (Answer, *Refused) { return Answer{Text: text, How: Chosen}, nil }

// tidy is a text as it is kept: valid, without control characters other than
// line ends, without space around.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, s))
}

// parse reads what was typed for a slot. One of its choices may be typed as its
// number, its label or its value.
func (t *Talk) parse(s *Slot, in input) (Answer, *Refused) {
	switch n := utf8.RuneCountInString(in.text); {
	case n == 0:
		return refuse(in, isMissing)
	case n > s.Limit || len(in.text) > mostBytes:
		a, r := refuse(in, tooLong)
		r.Args = map[string]string{"limit": strconv.Itoa(s.Limit), "have": strconv.Itoa(n)}
		return a, r
	}
	if options := t.offered(s); len(options) > 0 {
		if o, ok := t.picked(options, in.text); ok {
			return Answer{Value: o.Value, How: Chosen}, nil
		}
	}
	return s.Parse(t, in)
}

// mostBytes is how many bytes of one text are kept: what is kept of a talk
// stays below 48 KiB, whatever is typed.
const mostBytes = 19_000

// picked finds the option that was typed.
func (t *Talk) picked(options []Option, text string) (Option, bool) {
	if n, ok := ordinal(text); ok && n <= len(options) {
		return options[n-1], true
	}
	bare := strings.Trim(text, "。.!！ ")
	for _, o := range options {
		if o.Act == Choose && (o.Value == text || t.dir.label(o) == bare) {
			return o, true
		}
	}
	return Option{}, false
}

// button finds the option of the open question whose label was typed.
func (t *Talk) button(text string) (Option, bool) {
	if len(text) > longestLabel {
		return Option{}, false
	}
	for _, o := range t.question().Options {
		if t.dir.label(o) == text {
			return o, true
		}
	}
	return Option{}, false
}

// longestLabel is how many bytes a label has at most: the name of a school.
const longestLabel = 3 * longestName

var ordinals = map[string]int{
	"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
	"①": 1, "②": 2, "③": 3, "④": 4, "⑤": 5, "⑥": 6, "⑦": 7, "⑧": 8, "⑨": 9,
}

// ordinal reads 2, ２, 二, 第二个 as the place of an option.
func ordinal(text string) (int, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(text, "第"), "个"), "项")
	text = strings.Trim(content.TidyNumber(text), "。.、)） ")
	if n, ok := ordinals[text]; ok {
		return n, true
	}
	if n, err := strconv.Atoi(text); err == nil && n > 0 && n < 100 {
		return n, true
	}
	return 0, false
}

// shortest is how many characters a story has at least.
const shortest = 4

func parseStory(_ *Talk, in input) (Answer, *Refused) {
	letters := 0
	for _, r := range in.text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			letters++
		}
	}
	if letters < shortest && len(in.read.Crisis) == 0 {
		return refuse(in, tooShort)
	}
	return typed(in.text)
}

func parseKind(_ *Talk, in input) (Answer, *Refused) {
	if len(in.read.Kinds) == 0 {
		return refuse(in, notChoice)
	}
	return Answer{Value: string(in.read.Kinds[0].Kind), Words: quotes(in.read.Kinds[0].Words), How: Guessed}, nil
}

func parseAgainst(t *Talk, in input) (Answer, *Refused) {
	for _, p := range in.read.Parties {
		if fits(againstChoices(t), string(p.Kind)) && p.Kind != complaint.BureauItself {
			return Answer{Value: string(p.Kind), Words: []string{p.Words}, How: Chosen}, nil
		}
	}
	return refuse(in, notChoice)
}

func parseSchool(_ *Talk, in input) (Answer, *Refused) {
	if code, words := schoolIn(in); code != "" {
		return Answer{Value: code, Words: words, How: Chosen}, nil
	}
	return Answer{Value: Unlisted, Text: in.text, How: Chosen}, nil
}

// schoolIn is the school of the record that the text names. To accuse another
// bars its people and not those of the right one: what only resembles a name
// does not count where the name goes on (焦作市技 in 焦作市技师学院), nor what one
// learns there (护理学校).
func schoolIn(in input) (code string, words []string) {
	for _, u := range in.read.Units {
		if u.Kind != content.MunicipalSchool && u.Kind != content.CountySchool {
			continue
		}
		alike := u.How != understand.ByWord && u.To <= len(in.text) && !goesOn.MatchString(in.text[u.To:])
		if u.How.Sure() || alike {
			return u.Code, []string{u.Words}
		}
	}
	return "", nil
}

// goesOn: the name of a school is not over yet.
var goesOn = pattern.New(`^\p{Han}{0,6}?(?:学校|学院|分校|中专|职专|职高|技校|中学|大学)`)

func areaIn(r understand.Reading) (code string, words []string) {
	for _, u := range r.Units {
		if u.Kind == content.County || u.Kind == content.District {
			return u.Code, []string{u.Words}
		}
	}
	return "", nil
}

func parseArea(_ *Talk, in input) (Answer, *Refused) {
	if code, words := areaIn(in.read.Reading); code != "" {
		return Answer{Value: code, Words: words, How: Chosen}, nil
	}
	return refuse(in, notChoice)
}

// schoolForm: a school is called, where a place was asked.
var schoolForm = pattern.New(`^\S{0,20}(?:[一二三四五六七八九十]中|初中|中学|高中|小学|学校|学院|中专|职专|职高)\S{0,12}$`)

func onlyChoice(_ *Talk, in input) (Answer, *Refused) { return refuse(in, notChoice) }

func parseName(_ *Talk, in input) (Answer, *Refused) {
	if utf8.RuneCountInString(in.text) < 2 {
		return refuse(in, noName)
	}
	return typed(in.text)
}

func parseWish(_ *Talk, in input) (Answer, *Refused) { return typed(in.text) }

// timeWord: it says when, if not as a day.
var timeWord = pattern.New(`[年月日号天周期初末节假前]|最近|刚才|上午|下午|晚上|开学|毕业`)

func parseWhen(_ *Talk, in input) (Answer, *Refused) {
	if m := in.read.Moment; m != nil {
		return Answer{Value: momentValue(*m), Words: []string{m.Words}, How: Chosen}, nil
	}
	if d, err := calendar.ParseDate(in.text); err == nil && !d.After(in.today) {
		return Answer{Value: d.String(), How: Chosen}, nil
	}
	for _, d := range in.read.Dates {
		if day, ok := d.Date(in.today.Year()); ok && day.After(in.today) {
			return refuse(in, isFuture)
		}
	}
	if strings.Contains(in.text, "明天") || strings.Contains(in.text, "明年") || strings.Contains(in.text, "后天") {
		return refuse(in, isFuture)
	}
	if !timeWord.MatchString(in.text) {
		return refuse(in, noMoment)
	}
	return typed(in.text)
}

func momentValue(m understand.Moment) string {
	if m.From == m.To {
		return m.From.String()
	}
	return m.From.String() + ".." + m.To.String()
}

// showMoment is a day or a stretch of days as it is read.
func showMoment(value string) string {
	from, to, stretch := strings.Cut(value, "..")
	a, err := calendar.ParseDate(from)
	if err != nil {
		return value
	}
	b, err := calendar.ParseDate(to)
	switch {
	case !stretch || err != nil:
		return a.Long()
	case a.Month() == time.January && a.Day() == 1 && b.Month() == time.December && b.Day() == 31 && a.Year() == b.Year():
		return strconv.Itoa(a.Year()) + "年"
	case a.Day() == 1 && b.AddDays(1).Day() == 1 && a.Month() == b.Month() && a.Year() == b.Year():
		return strconv.Itoa(a.Year()) + "年" + strconv.Itoa(int(a.Month())) + "月"
	}
	return a.Long() + "至" + b.Long()
}

// parseAmount takes a sum, or goods in words.
func parseAmount(_ *Talk, in input) (Answer, *Refused) {
	if len(in.read.Sums) > 0 {
		a := in.read.Sums[0]
		return Answer{Value: money(a.Yuan), Words: []string{a.Words}, How: Chosen}, nil
	}
	if n, err := strconv.ParseFloat(content.TidyNumber(in.text), 64); err == nil && n > 0 && n < 1e9 {
		return Answer{Value: money(n), How: Chosen}, nil
	}
	return typed(in.text)
}

// sumChoices are the sums of the story, where there are several to choose from.
func sumChoices(t *Talk) []Option {
	if len(t.Heard.Sums) < 2 {
		return nil
	}
	out := make([]Option, len(t.Heard.Sums))
	for i, s := range t.Heard.Sums {
		out[i] = Option{Act: Choose, Value: money(s.Yuan), Text: money(s.Yuan) + " 元"}
	}
	return out
}

func money(yuan float64) string { return strconv.FormatFloat(yuan, 'f', -1, 64) }

var phoneForm = pattern.New(`^(?:\+?86)?(?:1[3-9]\d{9}|0\d{2,3}\d{7,8}|\d{7,8})$`)

func parsePhone(_ *Talk, in input) (Answer, *Refused) {
	digits := strings.NewReplacer(" ", "", "-", "", "—", "", "(", "", ")", "", "（", "", "）", "").Replace(content.TidyNumber(in.text))
	if !phoneForm.MatchString(digits) {
		return refuse(in, noPhone)
	}
	return typed(digits)
}

func quotes(spans []understand.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Words)
	}
	return out
}
