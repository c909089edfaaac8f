package desk

import (
	"strings"

	"yangguang/complaint"
	"yangguang/content"
)

// Words of the desk for the codes of the complaint office. The citizen's word
// for a state is complaint's; an officer reads which step is next.

var stateWords = map[complaint.State]string{
	complaint.Submitted: "待受理", complaint.NeedInfo: "等补充", complaint.Merged: "已并案", complaint.Referred: "已转出",
	complaint.Declined: "不受理", complaint.Accepted: "待交办", complaint.Assigned: "待签收", complaint.Investigating: "办理中",
	complaint.ReplyDraft: "写答复", complaint.Reviewing: "待审核", complaint.Replied: "已答复", complaint.Callback: "等回访",
	complaint.Rework: "要重办", complaint.Closed: "已办结", complaint.Reexamination: "复查中", complaint.Final: "已终结",
}

func tabWord(list string) string {
	switch list {
	case listMine:
		return "等您"
	case listOpen:
		return "全部在办"
	}
	return stateWords[complaint.State(list)]
}

// kindWords are short: in a list there is room for one thing.
var kindWords = map[complaint.Kind]string{
	complaint.FalseAdvertising: "虚假宣传", complaint.Interference: "干预填志愿", complaint.FeeDemand: "索要、买卖生源", complaint.Blockade: "生源封锁",
	complaint.IllegalFee: "违规收费", complaint.Unqualified: "无资质招生", complaint.Irregular: "违规录取", complaint.Registration: "学籍",
	complaint.Fraud: "冒名诈骗", complaint.AidUnpaid: "资助没发", complaint.Privacy: "信息泄露", complaint.Internship: "实习", complaint.Harm: "伤害学生",
	complaint.AgainstBureau: "反映市局", complaint.Correction: "站上有误", complaint.Question: "咨询", complaint.Other: "其他",
}

var accusedWords = map[complaint.AccusedKind]string{
	complaint.VocationalSchool: "中职学校", complaint.JuniorSchool: "初中", complaint.Teacher: "老师", complaint.Schoolmate: "同学", complaint.Agent: "中介",
	complaint.CountyItself: "县（区）教育局或政府", complaint.BureauItself: "市教育局", complaint.UnknownPerson: "不知道是谁",
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

func (v *visit) unit(code string) string { return UnitName(v.Snapshot, code) }

// UnitName is the name of a unit; of a section, with its bureau.
func UnitName(public *content.Snapshot, code string) string {
	bureau, section, isSection := strings.Cut(code, ".")
	name := bureau
	if u, ok := public.Unit(bureau); ok {
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

// office is the name of a unit that handles cases: of a county, its bureau.
func (v *visit) office(code string) string {
	bureau, _, _ := strings.Cut(code, ".")
	name := v.unit(code)
	if u, ok := v.Unit(bureau); ok && (u.Kind == content.County || u.Kind == content.District) {
		return u.Name + "教育局" + strings.TrimPrefix(name, u.Name)
	}
	return name
}

func (v *visit) offices(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = v.office(c)
	}
	return strings.Join(names, "、")
}

var clockWords = map[complaint.Clock]string{
	complaint.TellClock: "告知去向", complaint.ObjectClock: "可以退回", complaint.CloseClock: "办结", complaint.ExtendClock: "延期",
	complaint.AskReexaminationClock: "可以申请复查", complaint.ReexamineClock: "复查", complaint.TriageClock: "分办",
	complaint.FastTriageClock: "快办", complaint.SignForClock: "签收", complaint.AnswerClock: "答复", complaint.ReviewClock: "审核",
	complaint.NeedInfoClock: "等补充", complaint.SilenceClock: "等评价", complaint.CallbackClock: "看评价",
	complaint.RetractClock: "可以撤销撤回", complaint.GrantClock: "身份可看",
}

var countWords = map[complaint.Count]string{
	complaint.WorkingDays: "个工作日", complaint.CalendarDays: "天", complaint.DeskHours: "个办公小时", complaint.Hours: "小时",
}

var channelWords = map[complaint.Channel]string{
	complaint.WebChat: "网页对话", complaint.WebForm: "网页表单", complaint.Telephone: "电话", complaint.Telegram: "Telegram", complaint.WeChat: "微信",
}

var identityWords = map[complaint.Identity]string{
	complaint.Anonymous: "匿名", complaint.Sealed: "实名，身份封存", complaint.ByName: "实名",
}

var outcomeWords = map[complaint.Outcome]string{
	complaint.Substantiated: "属实", complaint.PartlySubstantiated: "部分属实", complaint.Unsubstantiated: "不属实", complaint.Unverifiable: "无法查实",
}

var ratingWords = map[complaint.Rating]string{
	complaint.Satisfied: "满意", complaint.Neutral: "一般", complaint.Dissatisfied: "不满意",
}

var reasonWords = map[complaint.Reason]string{
	complaint.NotCompetent: "不归本局管", complaint.Repeated: "同一件事正在办（条例第十九条）", complaint.InCourt: "该走诉讼、仲裁",
	complaint.NoFacts: "没有可以查的事实", complaint.Complex: "情况复杂（条例第三十四条）", complaint.WrongUnit: "不该由本单位办",
	complaint.KinOrInterest: "有亲属或利害关系（条例第二十八条）", complaint.Named: "信里说到我", complaint.MustContact: "要联系到本人",
	complaint.MustVerify: "要核实是谁的事", complaint.AskedByCitizen: "本人要求", complaint.Danger: "有人可能有危险",
	complaint.Overdue: "超期了", complaint.NobodyLeft: "回避后没有人能办", complaint.MustExamine: "要看清细节", complaint.InAdvert: "核对广告上的号码",
	complaint.ErasedBefore: "恢复备份后再次销毁",
}

var authorityWords = map[complaint.Authority]string{
	complaint.Hotline: "12345 热线", complaint.Police: "公安（110）", complaint.AntiFraud: "反诈中心（96110）",
	complaint.MarketRegulation: "市场监管部门", complaint.Cyberspace: "网信部门", complaint.HumanResources: "人社部门", complaint.CivilAffairs: "民政部门",
	complaint.ProvinceBureau: "省教育厅", complaint.Inspection: "纪检监察（12388）", complaint.HigherAuthority: "上一级机关",
}

var evidenceWords = map[complaint.EvidenceKind]string{
	complaint.Picture: "图片", complaint.PDF: "PDF", complaint.Audio: "录音", complaint.Video: "录像",
}

// moveWords say in the past what was done.
var moveWords = map[complaint.Move]string{
	complaint.File: "收到", complaint.Ask: "请来信人补充", complaint.Answer: "补充了", complaint.Proceed: "没等到补充，接着办",
	complaint.Merge: "并案", complaint.Refer: "转出", complaint.ProposeDecline: "提出不受理", complaint.Decline: "定为不受理",
	complaint.Reopen: "重新打开", complaint.Accept: "受理", complaint.Reroute: "改送", complaint.Assign: "交办", complaint.Return: "退回",
	complaint.Recall: "收回交办", complaint.SignFor: "签收", complaint.TakeOver: "接手", complaint.Extend: "延期", complaint.DraftReply: "写了答复稿",
	complaint.PresentReply: "提交审核", complaint.SendBack: "审核退回", complaint.Sign: "审核通过，答复发出", complaint.OpenCallback: "开始回访",
	complaint.Rate: "评价", complaint.Redo: "要求重办", complaint.Close: "办结", complaint.Withdraw: "撤回", complaint.Object: "申请复查",
	complaint.Decide: "复查决定", complaint.Conclude: "了结", complaint.Finish: "终结", complaint.Add: "又说了", complaint.Write: "写信给来信人",
	complaint.Note: "备注", complaint.Look: "看过", complaint.Supervise: "督办", complaint.Recuse: "回避", complaint.ReportByLaw: "依法报告",
	complaint.Unreached:   "聊天里的提醒没有送到",
	complaint.AskIdentity: "申请看身份", complaint.GrantIdentity: "同意看身份", complaint.OpenIdentity: "看了身份",
	complaint.OpenOriginal: "看了原件", complaint.ProposeErasure: "提出销毁",
	complaint.RefuseDecline: "不同意不受理", complaint.RefuseIdentity: "不同意看身份", complaint.RefuseErasure: "不同意销毁", complaint.Erase: "销毁了内容",
}
