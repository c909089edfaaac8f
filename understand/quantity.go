package understand

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/pattern"
)

func monthOf(m int) time.Month { return time.Month(m) }

const han = `[零〇一二两三四五六七八九十]`

var (
	phonePattern = pattern.New(`0\d{2,3}[- ]?\d{7,8}|1[3-9]\d{9}`)
	// hotline are the short numbers, which may count something instead: 招110人.
	hotline      = pattern.New(`12345|12315|12355|12356|12388|96110|110`)
	datePatterns = []*pattern.Pattern{
		pattern.New(`()(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`),
		pattern.New(`()(?:(\d{4})年)?(\d{1,2}|` + han + `{1,2})月(\d{1,2}|` + han + `{1,3})[日号]?`),
	}
	yearPattern = pattern.New(`((?:19|20)\d{2})(?:学年|年)`)
	bareYear    = pattern.New(`(?:^|[^\d.,` + paying + `])(20[12]\d)(?:$|[^\d.,元块千百万人名个位])`)
	agePattern  = pattern.New(`(\d{1,2}|` + han + `{1,3})周?岁`)
)

// readQuantities reads numbers with a meaning. What one of them took is not
// read again as another: a telephone number is no sum of money.
func readQuantities(t *text, out *Reading, today calendar.Date) {
	readPhones(t, out)
	for _, form := range datePatterns {
		each(t, form, func(p place, m []string) bool {
			d := Date{Span: t.span(p), Year: atoi(m[2]), Month: small(m[3]), Day: small(m[4])}
			if _, ok := d.Date(2024); !ok { // a leap year has every day
				return false
			}
			out.Dates = append(out.Dates, d)
			return true
		})
	}
	each(t, agePattern, func(p place, m []string) bool {
		age := small(m[1])
		out.Ages = append(out.Ages, Age{t.span(p), age})
		return age > 0
	})
	readYears(t, out, today)
	readAmounts(t, out)
	slices.SortFunc(out.Dates, func(a, b Date) int { return cmp.Compare(a.From, b.From) })
}

// readPhones keeps a number that the text repeats once, where it stands first.
func readPhones(t *text, out *Reading) {
	keep := func(p place, m []string) bool {
		phone := strings.ReplaceAll(m[0], " ", "-")
		if !slices.ContainsFunc(out.Phones, func(had Phone) bool { return had.Phone == phone }) {
			out.Phones = append(out.Phones, Phone{t.span(p), phone})
		}
		return true
	}
	each(t, phonePattern, keep)
	each(t, hotline, func(p place, m []string) bool {
		counts := counted.MatchString(t.Norm[p.to:]) || strings.ContainsAny(nextRune(t.Norm[p.to:]), "元块圆钱") ||
			strings.HasSuffix(t.Norm[:p.from], "¥") || recruits.MatchString(t.Norm[:p.from])
		return !counts && keep(p, m)
	})
	slices.SortFunc(out.Phones, func(a, b Phone) int { return cmp.Compare(a.From, b.From) })
}

// recruits are the words in front of a number that say how many come.
var recruits = pattern.New(`(?:招|收|录取?|招收|录收|任务|计划|名额|人数|指标|共|合计)(?:了|是|为|约|:)?$`)

func nextRune(s string) string {
	_, width := utf8.DecodeRuneInString(s)
	return s[:width]
}

// each calls found for the matches that are free, and takes those it keeps.
func each(t *text, form *pattern.Pattern, found func(place, []string) bool) {
	for _, at := range form.FindAllStringSubmatchIndex(t.Norm, -1) {
		p := place{at[0], at[1]}
		if !t.free(p) || !alone(t.Norm, p.from, p.to) {
			continue
		}
		m := make([]string, len(at)/2)
		for i := range m {
			if at[2*i] >= 0 {
				m[i] = t.Norm[at[2*i]:at[2*i+1]]
			}
		}
		if found(p, m) {
			t.take(p)
		}
	}
}

func small(s string) int {
	n, ok := numeral(s)
	if !ok {
		return 0
	}
	return int(n)
}

func readYears(t *text, out *Reading, today calendar.Date) {
	for _, form := range []*pattern.Pattern{yearPattern, bareYear} {
		for _, at := range form.FindAllStringSubmatchIndex(t.Norm, -1) {
			digits := place{at[2], at[3]}
			p := place{at[0], at[1]}
			if form == bareYear {
				p = digits
			}
			if t.free(p) && alone(t.Norm, p.from, p.to) {
				t.take(p)
				out.Years = append(out.Years, Year{t.span(p), atoi(t.Norm[digits.from:digits.to])})
			}
		}
	}
	if !today.IsZero() {
		readRelativeYears(t, out, today.Year())
	}
	slices.SortFunc(out.Years, func(a, b Year) int { return cmp.Compare(a.From, b.From) })
}

// relativeYears are the years that are said from today, and the characters in
// front with which they are something else: 目前年龄, 说明年限.
var relativeYears = []struct {
	word   string
	offset int
	not    string
}{
	{"今年", 0, "如现至当迄"},
	{"本年度", 0, "基"},
	{"明年", 1, "说证注声写表标指查阐文光"},
	{"去年", -1, "过"},
	{"前年", -2, "目当以之提空先从大"},
	{"后年", 2, "以今之最大"},
}

// readRelativeYears leaves the words free: 去年毕业 is a word of its own.
func readRelativeYears(t *text, out *Reading, this int) {
	for _, y := range relativeYears {
		for at := 0; ; {
			i := strings.Index(t.Norm[at:], y.word)
			if i < 0 {
				break
			}
			p := place{at + i, at + i + len(y.word)}
			at = p.to
			last, _ := utf8.DecodeLastRuneInString(t.Norm[:p.from])
			next, _ := utf8.DecodeRuneInString(t.Norm[p.to:])
			if t.free(p) && !strings.ContainsRune(y.not, last) && !strings.ContainsRune("龄限份轻代纪", next) {
				out.Years = append(out.Years, Year{t.span(p), this + y.offset})
			}
		}
	}
}

const (
	digit   = `零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖`
	power   = `十百千万拾佰仟`
	number  = `(?:\d+(?:,\d{3})*(?:\.\d+)?|[` + digit + `十百千万])[` + digit + power + `\dkw.]*`
	paying  = "费钱金款交缴收要付给罚押退价花转账塞返扣抽落取剩掏垫卖均¥"
	between = `(?:了|过|我们?|他们?|她|你们?|家里|的|是|每人|一人|每个|一个|每年|一年|大概|大约|差不多|将近|还要?|就|共|约|先|掉|走|回|为|:|出去|个|小){0,3}`
	// apiece is what a price is for: 一套400, 每生1500.
	apiece = `[每一](?:个?(?:学生|孩子|名字|人头|学期|月|班)?|[人生套节次份年月天本条科门项场位户件张顿晚])`
)

// Sums of money: with the mark or the word for yuan, as round sums are said
// (三百六, 1万2, 5k), and bare behind a word of paying or before what it is for.
var (
	markedSum = pattern.New(`¥ ?(` + number + `)(?:元|块)?|(` + number + `)[多余]? ?(?:元|块钱|块|圆|rmb)`)
	roundSum  = pattern.New(`(\d+(?:\.\d+)?[千百万kw][\d一二两三四五六七八九千百]*|[` + digit + `十][` + digit + power + `]*[百千万佰仟][` + digit + `十百千拾佰仟]*)`)
	paidSum   = pattern.New(`(?:[` + paying + `]|说好|讲好|卡里|主任|老师|校长|一个月|每月|一天|每天|到手|合计|共计|总计|涨到|红包|` + apiece + `)` + between + `(` + number + `)`)
	pricedSum = pattern.New(`(\d{2,6})(?:包[进过录]|一?个人|一人|一(?:[次节套份条本张位]|个(?:月|学期|人头)?))`)
	namedSum  = pattern.New(`[交缴付]\p{Han}{2,4}(\d{2,6})`) // 交耗材260
	bareSum   = pattern.New(`(\d{2,5})`)
	together  = pattern.New(`[加放在]$`) // 加一块三千
	// counted are the words behind a number that count something else.
	counted = pattern.New(`^(?:多|余|来|几|左右)?(?:人|名|的?学生|的孩子|的人|年|岁|个|天|号|分|月|日|周|学期|次|所|届|班|级|点|%|位|份|家|行|周岁|学生|孩子|里|米|公里|平|小时|倍|种|条|中|张|遍|句|a|b|g)`)
)

// guessed: 七八百, of which a part alone is no sum.
func guessed(text string, p place) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:p.from])
	first, _ := utf8.DecodeRuneInString(text[p.from:p.to])
	next, _ := utf8.DecodeRuneInString(text[p.to:])
	return isDigit(last) && isDigit(first) || isDigit(next) && utf8.RuneCountInString(text[p.from:p.to]) == 1
}

func isDigit(r rune) bool {
	_, ok := digits[r]
	return ok
}

// A number that nothing beside it marks is a sum where the sentence is about
// money and the number counts nothing: 微信转我1500, 卖得贵，699一年.
var (
	moneyWord = pattern.New(`[钱费交缴收付卖买订押罚退塞返扣]|转[我他她给账]|[打发]了?\d|购物卡|红包|信封|奖励|好处|微信|支付宝|[补节]课|助学金|补助|补贴`)
	noMoney   = pattern.New(`分数|成绩|考了?\D{0,3}\d|总分|学号|编号|准考证|学籍号|身份证号|qq|微信号|电话`)
	notAfter  = pattern.New(`[号码分考第房班年级楼室舍座栋届至达线率岁加+/.:-]$|不到$`)
	stopsAt   = pattern.New(`^(?:[^\p{Han}\p{L}\d%+/:-]|$|的(?:[^\p{Han}]|$)|了|一(?:年|次|月|学期)|还不|都不|才)`)
)

func (t *text) ofMoney(p place) bool {
	ends := func(r rune) bool { return strings.ContainsRune(".;!?。；！？\n", r) }
	from := strings.LastIndexFunc(t.Norm[:p.from], ends) + 1
	to := len(t.Norm)
	if i := strings.IndexFunc(t.Norm[p.to:], ends); i >= 0 {
		to = p.to + i
	}
	sentence := t.Norm[from:to]
	return stopsAt.MatchString(t.Norm[p.to:]) && !notAfter.MatchString(t.Norm[:p.from]) && moneyWord.MatchString(sentence) && !noMoney.MatchString(sentence)
}

// noSum: what comes in front or behind says that it is a score or a number of
// pupils: 考了四百多, 招了三百多, 四百一够不够.
func noSum(t *text, p place) bool {
	return scored.MatchString(t.Norm[:p.from]) || reaches.MatchString(t.Norm[p.to:]) ||
		tookIn.MatchString(t.Norm[:p.from]) && peopleCounted.MatchString(t.Norm)
}

var (
	scored = pattern.New(`(?:考了?个?|考到|考的|得分|分数(?:是|有|才)?|总分|估分|模拟|招了?|录了?|录取了?|任务|计划|人数|指标|实招|坐了?|挤了?)(?:约|大概|大约|差不多|将近|才|只有?)?$`)
	// 计划招200人，实际收了快四百
	tookIn        = pattern.New(`[收招录塞挤]了?(?:快|近|将近|差不多|大概|足足|有)?$`)
	peopleCounted = pattern.New(`[招收录]生?了?(?:约|大概)?[\d` + digit + `十百]{1,5}(?:多|来|余)?(?:人|名|个)`)
	reaches       = pattern.New(`^(?:多|来|几|左右)?[,，]?(?:够不够|够得|能不能[上报去]|能[上报]|可以[上报]|[上报]得了|多?分)`)
)

func readAmounts(t *text, out *Reading) {
	for _, form := range []*pattern.Pattern{markedSum, roundSum, paidSum, pricedSum, namedSum, bareSum} {
		for _, at := range form.FindAllStringSubmatchIndex(t.Norm, -1) {
			sum := place{at[2], at[3]}
			if sum.from < 0 {
				sum = place{at[4], at[5]}
			}
			marked := form == markedSum
			p := sum
			if marked {
				p = place{at[0], at[1]}
			}
			yuan, ok := numeral(t.Norm[sum.from:sum.to])
			for cut := 0; !ok && !marked && cut < 2; cut++ { // 三百六一套
				_, width := utf8.DecodeLastRuneInString(t.Norm[sum.from:sum.to])
				sum.to -= width
				p.to = sum.to
				yuan, ok = numeral(t.Norm[sum.from:sum.to])
			}
			if !ok || yuan <= 0 || !t.free(p) || guessed(t.Norm, p) || !marked && noSum(t, p) || !marked && (counted.MatchString(t.Norm[p.to:]) || !alone(t.Norm, p.from, p.to)) {
				continue
			}
			if form == bareSum && !t.ofMoney(p) {
				continue
			}
			if form == paidSum && yuan < 10 && utf8.RuneCountInString(t.Norm[p.from:p.to]) == 1 && t.Norm[p.from] > '9' {
				continue // 扣掉一部分
			}
			if !marked && strings.HasSuffix(t.Norm[:p.from], "第") || marked && yuan == 1 && together.MatchString(t.Norm[:p.from]) {
				continue
			}
			t.take(p)
			out.Amounts = append(out.Amounts, Amount{t.span(p), yuan})
		}
	}
	slices.SortFunc(out.Amounts, func(a, b Amount) int { return cmp.Compare(a.From, b.From) })
	seen := map[float64]bool{} // an equal sum is kept once, where it stands first
	out.Amounts = slices.DeleteFunc(out.Amounts, func(a Amount) bool {
		again := seen[a.Yuan]
		seen[a.Yuan] = true
		return again
	})
}
