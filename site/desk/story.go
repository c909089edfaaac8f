package desk

import (
	"slices"
	"strconv"
	"strings"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content"
)

// line is one thing that happened to a case.
type line struct {
	At, What, Who string
	Words         string
	// Outside: the citizen said it. Told: the citizen reads it.
	Outside, Told bool
	// Now is the last line, where the case stands.
	Now bool
}

// outside are the moves whose words are the citizen's, whoever entered them.
var outside = []complaint.Move{
	complaint.File, complaint.Answer, complaint.Add, complaint.Rate, complaint.Withdraw, complaint.Reopen, complaint.Object,
}

// story tells what happened, and apart from it who looked.
func (f *file) story() (story, looks []line) {
	told := complaint.Told(f.Events)
	for i, s := range f.Case.Timeline {
		l := line{
			At: clock(s.At), What: moveWords[s.Move] + f.facts(f.Events[i].Facts), Who: f.who(s.By),
			Words: string(f.said(s.Seq, complaint.Words)), Outside: slices.Contains(outside, s.Move), Told: told[s.Seq],
		}
		if l.Outside {
			l.Words = f.told(s.Seq, complaint.Words)
		}
		if s.Seq == 1 {
			l.Words = "" // it stands above
		}
		if s.Move == complaint.Look || s.Move == complaint.OpenCallback {
			looks = append(looks, l)
			continue
		}
		story = append(story, l)
	}
	if len(story) > 0 {
		story[len(story)-1].Now = f.Case.State.Open()
	}
	return story, looks
}

// facts says what a move stated.
func (f *file) facts(is complaint.Facts) string {
	out := ""
	add := func(word string) {
		if word != "" {
			out += "：" + word
		}
	}
	add(authorityWords[is.To])
	add(reasonWords[is.Reason])
	add(outcomeWords[is.Outcome])
	add(ratingWords[is.Rating])
	if is.Lead != "" {
		add("跟着 " + is.Lead.String())
	}
	if is.Days > 0 {
		add(strconv.Itoa(is.Days) + " 天")
	}
	if is.Officer != "" {
		add(f.titles[is.Officer])
	}
	if is.Route != nil {
		add(f.office(is.Route.Unit))
	}
	if n := is.Letter; n > 0 && n <= len(f.Events) {
		add(moveWords[f.Events[n-1].Move])
	}
	if n := len(is.Evidence); n > 0 {
		add(strconv.Itoa(n) + " 份材料")
	}
	return out
}

// combined says who took part in more than one part, where a larger office
// would keep them apart.
func (f *file) combined() []string {
	var out []string
	for id, roles := range f.Case.Combined() {
		words := make([]string, len(roles))
		for i, r := range roles {
			words[i] = r.Chinese()
		}
		out = append(out, f.titles[id]+"兼了"+strings.Join(words, "、"))
	}
	slices.Sort(out)
	return out
}

// term is one clock of a case.
type term struct {
	Word, Day, Left string
	Card            complaint.Card
	// Length says how long the term is and who says so.
	Length string
	law    *content.Law
	rule   complaint.Rule
}

// clocks are the terms that run, and those that have ended.
func (f *file) clocks() (running, over []term) {
	now := f.desk.Now()
	for _, d := range f.Deadlines {
		k := term{Word: clockWords[d.Clock], Card: d.Card(now), Length: f.length(d), law: f.law(d.Rule), rule: d.Rule}
		switch {
		case d.Paused:
			k.Left = "停着，等补充"
		case d.Ended.IsZero():
			k.Left, k.Day = leftWords(d.Due, now), dayOf(d)
		case d.Fell != "":
			k.Left = d.Fell.Dropped()
			if k.Card == complaint.RedCard {
				k.Left += "，那时已经超期"
			}
		default:
			k.Left = clock(d.Ended)
			if k.Card == complaint.RedCard {
				k.Left += "，晚了"
			}
		}
		if d.Ended.IsZero() {
			running = append(running, k)
		} else {
			over = append(over, k)
		}
	}
	return running, over
}

// length says how long a term is, who says so, and how sure that is.
func (f *file) length(d complaint.Deadline) string {
	out := strconv.Itoa(d.Rule.N) + countWords[d.Rule.Count]
	if d.Extended > 0 {
		out += "，延了" + strconv.Itoa(d.Extended) + "天"
	}
	switch law := f.law(d.Rule); {
	case !d.Rule.Legal():
		out += " · 本单位的要求"
	case law != nil:
		out += " · 《" + law.Title + "》第" + d.Rule.Article + "条"
	default:
		out += " · 法规第" + d.Rule.Article + "条"
	}
	if d.Estimated {
		out += " · 假期安排还没公布，暂按周末推算"
	}
	return out
}

// law is the law that sets a term, as it is published here; nil for none.
func (f *file) law(r complaint.Rule) *content.Law {
	if !r.Legal() {
		return nil
	}
	found, _ := f.Record(content.ID("law/" + r.Law))
	law, _ := found.(*content.Law)
	return law
}

// quoted are the articles on which the terms rest, of the one law there is.
func (c *casePage) quoted() (law *content.Law, articles []string) {
	for _, k := range slices.Concat(c.Clocks, c.Over) {
		if k.law == nil || k.law.Articles[k.rule.Article] == "" || slices.Contains(articles, k.rule.Article) {
			continue
		}
		law, articles = k.law, append(articles, k.rule.Article)
	}
	return law, articles
}

// dayOf is the last day in time, with the hour where the term is counted in
// hours.
func dayOf(d complaint.Deadline) string {
	if d.Rule.Count == complaint.DeskHours || d.Rule.Count == complaint.Hours {
		return clock(d.Due)
	}
	return d.Day.MonthDay()
}

// route explains where a case lies and who does not see it.
type route struct {
	// Unit says where it lies, or should go.
	Unit string
	// Why and Barred are sentences: who follows and why there, and from whom it
	// is kept.
	Why, Barred string
	Restricted  bool
}

func (f *file) route() route {
	r := f.Case.Route
	where := "现在在："
	if proposed(f.Case.State) {
		where = "建议送："
	}
	return route{
		Unit: where + f.office(r.Unit), Why: f.why(r), Barred: f.barred(r), Restricted: r.Lane == complaint.Restricted,
	}
}

func (f *file) why(r complaint.Route) string {
	why := ""
	if len(r.Copies) > 0 {
		why = "抄送：" + f.offices(r.Copies) + "。"
	}
	if r.Why.Chosen {
		why += "这是分办的人选的。"
	} else {
		why += "这种事从" + f.office(r.Why.Start) + "找起，给最近的、有权办又不用回避的。"
	}
	if len(r.Why.Passed) > 0 {
		why += "跳过了" + f.offices(r.Why.Passed) + "：要回避，或者没有人能收。"
	}
	return why
}

func (f *file) barred(r complaint.Route) string {
	barred := "没有要回避的单位。"
	if len(r.Barred.Units) > 0 {
		barred = f.units(r.Barred.Units) + "和下属的人看不到这件"
		if r.Why.Excluded > 0 {
			barred += "（本站有 " + strconv.Itoa(r.Why.Excluded) + " 人）"
		}
		barred += "。举报材料不许给被举报的人（信访工作条例第三十条），有利害关系的要回避（第二十八条）。"
	}
	var recused []string
	for _, s := range f.Case.Timeline {
		if s.Move == complaint.Recuse {
			recused = append(recused, f.titles[s.By.Officer])
		}
	}
	if len(recused) > 0 {
		barred += "自己回避的：" + strings.Join(recused, "、") + "。"
	}
	return barred
}

// filedOn says when and how a case came.
func (c *casePage) filedOn() string {
	first := c.Case.Timeline[0]
	words := calendar.DateOf(first.At).Long() + first.At.In(calendar.China).Format(" 15:04") + " · " + channelWords[c.Case.Channel] +
		" · " + identityWords[c.Case.Identity]
	if c.Case.Minor {
		words += " · 未成年人"
	}
	return words
}
