package desk

import (
	"fmt"
	"strings"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
)

// Words of the desk for the codes of the complaint office. The citizen's word
// for a state is complaint's; an officer reads which step is next.

var stateWords = map[complaint.State]string{
	complaint.Submitted: "待受理", complaint.NeedInfo: "等补充", complaint.Merged: "已并案", complaint.Referred: "已转出",
	complaint.Declined: "不受理", complaint.Accepted: "待交办", complaint.Assigned: "待签收", complaint.Investigating: "办理中",
	complaint.ReplyDraft: "写答复", complaint.Reviewing: "待审核", complaint.Replied: "已答复", complaint.Callback: "回访",
	complaint.Rework: "要重办", complaint.Closed: "已办结", complaint.Reexamination: "复查", complaint.Final: "已终结",
}

func stateWord(s complaint.State) string { return stateWords[s] }

func tabWord(s complaint.State) string {
	if s == "" {
		return "全部在办"
	}
	return stateWords[s]
}

// kindWord is the short word of a kind: what stands before the first comma.
func kindWord(k complaint.Kind) string {
	p, _ := k.Profile()
	word, _, _ := strings.Cut(p.Chinese, "、")
	word, _, _ = strings.Cut(word, "，")
	return word
}

var accusedWords = map[complaint.AccusedKind]string{
	complaint.VocationalSchool: "中职学校", complaint.JuniorSchool: "初中", complaint.Teacher: "老师", complaint.Agent: "中介",
	complaint.CountyItself: "县里", complaint.BureauItself: "市局", complaint.UnknownPerson: "不认识的人",
}

// accused says whom a case is against, without a name that is sealed.
func (v *visit) accused(all []complaint.Accused) string {
	words := make([]string, len(all))
	for i, a := range all {
		words[i] = accusedWords[a.Kind]
		switch {
		case a.Unit != "":
			words[i] = v.unit(a.Unit)
		case a.Area != "":
			words[i] = v.unit(a.Area) + " · " + words[i]
		}
	}
	return strings.Join(words, "、")
}

var sectionWords = map[string]string{
	"vet": "职教科", "registry": "学籍科", "aid": "资助中心", "discipline": "纪检", "publishing": "网站编辑",
}

// unit is the name of a unit; of a section, with its bureau.
func (v *visit) unit(code string) string {
	bureau, section, isSection := strings.Cut(code, ".")
	name := bureau
	if u, ok := v.Unit(bureau); ok {
		name = u.Name
	}
	if !isSection {
		return name
	}
	if word, ok := sectionWords[section]; ok {
		section = word
	}
	return name + section
}

var clockWords = map[complaint.Clock]string{
	complaint.TellClock: "告知去向", complaint.ObjectClock: "可以退回", complaint.CloseClock: "办结", complaint.ExtendClock: "延期",
	complaint.AskReexaminationClock: "可以申请复查", complaint.ReexamineClock: "复查", complaint.TriageClock: "分办",
	complaint.FastTriageClock: "快办分办", complaint.SignForClock: "签收", complaint.AnswerClock: "答复", complaint.ReviewClock: "审核",
	complaint.NeedInfoClock: "等补充", complaint.SilenceClock: "等评价", complaint.CallbackClock: "看评价",
	complaint.RetractClock: "可以撤销撤回", complaint.GrantClock: "身份可看",
}

// leftOf says how much time a case has left.
func leftOf(d complaint.Docket, now time.Time) left {
	if d.Due.IsZero() {
		if d.State.Open() {
			return left{Words: "没有期限"}
		}
		return left{Words: calendar.DateOf(d.Changed).MonthDay(), What: "最后一步"}
	}
	return left{Words: leftWords(d.Due, now), Card: d.Card(now), Due: d.Due, What: clockWords[d.Clock]}
}

// leftWords says a time until due: hours and minutes on the day, days before,
// and how long it is late.
func leftWords(due, now time.Time) string {
	rest := due.Sub(now)
	switch {
	case rest <= 0:
		return "超 " + span(-rest)
	default:
		return "剩 " + span(rest)
	}
}

func span(d time.Duration) string {
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	switch {
	case hours >= 48:
		return fmt.Sprintf("%d 天", hours/24)
	case hours >= 10:
		return fmt.Sprintf("%d 小时", hours)
	case hours > 0:
		return fmt.Sprintf("%d 小时 %d 分", hours, minutes)
	}
	return fmt.Sprintf("%d 分", max(minutes, 1))
}
