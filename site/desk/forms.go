package desk

import (
	"slices"

	c "yangguang/complaint"
)

// forms are all acts of officers on a case, in the order in which they are
// offered: of those that the office would take now, the first likely one stands
// out. Several moves in one press are what a person thinks of as one act.
var forms = slices.Concat(intakeForms, workForms, answerForms, asideForms)

// toWhom are the authorities to which a case can be sent.
var toWhom = []c.Authority{
	c.Hotline, c.MarketRegulation, c.HumanResources, c.CivilAffairs, c.Police, c.AntiFraud, c.Cyberspace, c.Inspection, c.ProvinceBureau,
}

var intakeForms = []form{
	{
		Name: "take", likely: true, Key: "a", Word: "收下，我来办", Help: "受理、交办、签收一次办完。", Done: "收下了，由您办。",
		acts: only(c.Accept, c.Assign, c.SignFor),
	},
	{
		Name: "pass", likely: true, Key: "a", Word: "收下，照建议交办", Help: "受理，并交给建议的单位。", Done: "收下了，已经交办。",
		acts: only(c.Accept, c.Assign), instead: "take",
	},
	{
		Name: "hand", Key: "h", Word: "收下，交给别人办", Help: "受理并交办。", Done: "收下了，已经交办。",
		Fields: []field{unitField}, acts: func(p press) []c.Action {
			return []c.Action{{Move: c.Accept}, {Move: c.Assign, Unit: p.unit()}}
		},
	},
	{
		Name: "decline", likely: true, Key: "d", Word: "同意不受理", Help: "写给来信人：为什么不受理，还可以找谁。", Done: "定为不受理，已告诉来信人。",
		Fields: []field{words("不受理的理由和去处", "来信人会看到。")}, acts: saying(c.Decline),
	},
	{
		Name: "decline-refuse", Key: "b", Word: "不同意，应当受理", Help: "退回给提出的人。", Done: "退回去了，等分派的人受理。",
		Fields: []field{words("为什么应当受理", "只有同事看得到。")}, acts: saying(c.RefuseDecline),
	},
	{
		Name: "own", likely: true, Key: "a", Word: "交办，我来办", Help: "交办并签收。", Done: "交办了，由您办。",
		acts: only(c.Assign, c.SignFor),
	},
	{
		Name: "pass-on", likely: true, Key: "a", Word: "照建议交办", Done: "已经交办。", acts: only(c.Assign), instead: "own",
	},
	{
		Name: "assign", Key: "h", Word: "交给别人办", Done: "已经交办。",
		Fields: []field{unitField}, acts: func(p press) []c.Action { return act(c.Action{Move: c.Assign, Unit: p.unit()}) },
	},
	{
		Name: "ask", Key: "n", Word: "追问", Help: "问题发给来信人；等补充的时候，内部的期限停着，法定的期限照走。", Done: "问题发出去了，等来信人补充。",
		Fields: []field{words("要问什么", "一次问全。不要让来信人写姓名、身份证号。")}, acts: saying(c.Ask),
	},
	{
		Name: "proceed", likely: true, Key: "a", Word: "不等了，接着办", Done: "接着办。", acts: only(c.Proceed),
	},
	{
		Name: "answer", Key: "p", Word: "登记电话补充", Help: "来信人打电话来补充的，记在这里。", Done: "补充记下了。",
		Fields: []field{words("来信人补充了什么", "")}, acts: saying(c.Answer),
	},
	{
		Name: "refer", Key: "t", Word: "转出", Help: "这件在本站就到此为止，来信人会看到转到哪里、为什么。", Done: "已经转出，来信人看得到去处。",
		Fields: []field{authorities(toWhom...), words("告诉来信人：为什么转，去了怎么说", "")},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.Refer, Facts: c.Facts{To: p.authority()}, Words: p.words()})
		},
	},
	{
		Name: "merge", Key: "m", Word: "并案", Help: "跟着另一件一起办。两边的来信人互相看不到。", Done: "已经并案。",
		Fields: []field{{Name: "lead", Label: "跟着哪一件（编号）"}},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.Merge, Facts: c.Facts{Lead: p.lead()}})
		},
		allowed: func(f *file) bool { return f.may(c.Merge, c.Facts{Lead: f.Number}) },
	},
	{
		Name: "propose", Key: "x", Word: "提出不受理", Help: "要换一个人同意才算。", Done: "提出了，等另一个人同意。",
		Fields: []field{reasons(c.NotCompetent, c.Repeated, c.InCourt, c.NoFacts), optionalWords("给同事的说明")}, acts: giving(c.ProposeDecline),
	},
	{
		Name: "conclude", likely: true, Key: "a", Word: "了结", Help: "已经转出或并案，这里没有要做的了。", Done: "了结了。", acts: only(c.Conclude),
	},
}

var workForms = []form{
	{
		Name: "sign-for", likely: true, Key: "a", Word: "签收，我来办", Done: "签收了，由您办。", acts: only(c.SignFor),
	},
	{
		Name: "return", Key: "b", Word: "退回", Help: "认为不该由本单位办的，写明理由退回。", Done: "已经退回。",
		Fields: []field{reasons(c.WrongUnit, c.NotCompetent, c.KinOrInterest), words("退回的理由", "")}, acts: giving(c.Return),
	},
	{
		Name: "recall", Key: "v", Word: "收回交办", Help: "还没签收的，可以收回来另交。", Done: "收回来了。", acts: only(c.Recall), aside: true,
	},
	{
		Name: "take-over", Key: "v", Word: "接手", Help: "从原来的承办人手里接过来。", Done: "由您办了。", acts: only(c.TakeOver),
	},
}

var answerForms = []form{
	{
		Name: "reply", likely: true, Key: "r", Word: "写答复并提交审核", Help: "由另一个人审核后才发出。", Done: "提交了，等另一个人审核。",
		Fields: []field{outcomeField, replyField},
		acts:   func(p press) []c.Action { return append(draft(p), c.Action{Move: c.PresentReply}) },
	},
	{
		Name: "draft", Key: "s", Word: "存为草稿", Help: "先存着，回头再写。", Done: "草稿存好了。",
		Fields: []field{outcomeField, replyField}, acts: draft, aside: true,
	},
	{
		Name: "present", Key: "p", Word: "照草稿提交审核", Done: "提交了，等另一个人审核。", acts: only(c.PresentReply),
	},
	{
		Name: "sign", likely: true, Key: "s", Word: "通过，发出答复", Help: "答复立刻发给来信人。", Done: "答复发出去了。", acts: only(c.Sign),
	},
	{
		Name: "send-back", Key: "b", Word: "退回修改", Done: "退回给承办人了。",
		Fields: []field{words("要改哪里", "只有同事看得到。")}, acts: saying(c.SendBack),
	},
	{
		Name: "extend", Key: "e", Word: "延期", Help: "只能延一次，来信人会看到理由。", Done: "延期了，来信人看得到。",
		Fields: []field{
			{Name: "days", Label: "延几天（最多30天）", Numeric: true}, reasons(c.Complex), words("告诉来信人：为什么延期", ""),
		},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.Extend, Facts: c.Facts{Days: p.days(), Reason: p.reason()}, Words: p.words()})
		},
	},
	{
		Name: "redo", likely: true, Key: "b", Word: "要求重办", Help: "来信人不满意，退回重办并督办。", Done: "退回重办了。", acts: only(c.Redo),
	},
	{
		Name: "close", likely: true, Key: "a", Word: "办结", Done: "办结了。", acts: only(c.Close),
	},
	{
		Name: "rate", likely: true, Key: "r", Word: "记下电话回访", Help: "来信人在电话里说的评价。没人接不算评价。", Done: "评价记下了。",
		Fields: []field{choice("rating", "来信人说", ratingWords, c.Satisfied, c.Neutral, c.Dissatisfied), optionalWords("来信人的原话")},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.Rate, Facts: c.Facts{Rating: c.Rating(p.get("rating"))}, Words: p.words()})
		},
	},
	{
		Name: "decide", likely: true, Key: "r", Word: "写复查决定", Help: "发出后就是最后的决定。", Done: "复查决定发出了。",
		Fields: []field{choice("outcome", "复查认为", outcomeWords, outcomes...), words("复查决定", "来信人会看到。")},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.Decide, Facts: c.Facts{Outcome: p.outcome()}, Words: p.words()})
		},
	},
}

var outcomes = []c.Outcome{c.Substantiated, c.PartlySubstantiated, c.Unsubstantiated, c.Unverifiable}

var (
	outcomeField = func() field {
		f := choice("outcome", "查下来", outcomeWords, outcomes...)
		f.before = func(f *file) string { return string(f.Case.Drafted) }
		return f
	}()
	replyField = field{
		Name: "words", Label: "答复全文", Long: true, before: (*file).drafted,
		Help: "来信人会看到。每个要求都答到：查了什么，依据哪一条，怎么处理；不服可以找谁。不写别人的姓名和隐私。",
	}
	unitField = field{Name: "unit", Label: "交给哪里", options: (*file).receivers, before: (*file).suggested}
)

func draft(p press) []c.Action {
	return act(c.Action{Move: c.DraftReply, Facts: c.Facts{Outcome: p.outcome()}, Words: p.words()})
}

var asideForms = []form{
	{
		Name: "report", Key: "l", Word: "已依法报告", Help: "有人受到侵害或有危险，已向有关机关报告的，记在这里（未成年人保护法第十一条）。", Done: "报告记下了。",
		Fields: []field{choice("to", "报告给", authorityWords, c.Police, c.CivilAffairs, c.Inspection, c.ProvinceBureau, c.Hotline), optionalWords("什么时候、向谁、怎么说的")},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.ReportByLaw, Facts: c.Facts{To: p.authority()}, Words: p.words()})
		},
	},
	{
		Name: "note", Key: "c", Word: "备注", Help: "只有同事看得到。", Done: "备注记下了。", Fields: []field{words("备注", "")}, acts: saying(c.Note),
	},
	{
		Name: "write", Key: "w", Word: "写给来信人", Done: "信发出去了。", Fields: []field{words("写给来信人的话", "")}, acts: saying(c.Write), aside: true,
	},
	{
		Name: "supervise", Key: "y", Word: "督办", Done: "督办记下了。",
		Fields: []field{reasons(c.Overdue, c.Danger, c.AskedByCitizen), optionalWords("督办意见")}, acts: giving(c.Supervise),
	},
	{
		Name: "add", Word: "登记电话补充说明", Done: "记下了。", Fields: []field{words("来信人又说了什么", "")}, acts: saying(c.Add), aside: true,
	},
	{
		Name: "reroute", Word: "改种类或对象", Help: "改了以后重新找该办的单位；已经要回避的，照样回避。", Done: "改好了，重新分办。",
		Fields: rerouteFields, acts: reroute, aside: true,
	},
	{
		Name: "recuse", Word: "我要回避", Help: "回避后您就看不到这件了，也不能再改回来。要是别人也都不能办，这件就到此为止，请来信人自己打 12345。", Done: "您已回避，看不到这件了。",
		Fields: []field{reasons(c.KinOrInterest, c.Named)}, acts: giving(c.Recuse), aside: true, danger: true,
	},
	{
		Name: "withdraw", Word: "来信人撤回", Help: "来信人打电话来要撤回的。30天内，来信人自己还能反悔。", Done: "按撤回办结了。",
		Fields: []field{words("来信人怎么说的", "")}, aside: true, danger: true,
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.Withdraw, Facts: c.Facts{Reason: c.AskedByCitizen}, Words: p.words()})
		},
	},
	{
		Name: "reopen", Word: "重新打开", Done: "重新打开了。", acts: only(c.Reopen), aside: true,
	},
	{
		Name: "erase-propose", Word: "提出销毁内容", Help: "来信人的话、身份、材料都会销毁，只留办理经过。要换一个人同意才算。", Done: "提出了，等另一个人同意。",
		Fields: []field{reasons(c.AskedByCitizen, c.NoFacts), optionalWords("说明")}, acts: giving(c.ProposeErasure), aside: true, danger: true,
	},
	{
		Name: "erase-refuse", Word: "不同意销毁", Done: "没有销毁，记下了。",
		Fields: []field{words("为什么不销毁", "只有同事看得到。")}, acts: saying(c.RefuseErasure),
	},
	{
		Name: "erase", Word: "同意销毁", Help: "销毁后谁也恢复不了。", Done: "内容销毁了。", acts: only(c.Erase), danger: true,
	},
	{
		Name: "identity-ask", Key: "i", Word: "申请看身份", Help: "由身份保管人同意，同意后24小时内可以看，每次都记下来，来信人看得到。", Done: "申请交上去了，等身份保管人同意。",
		Fields: []field{reasons(c.MustContact, c.MustVerify, c.Danger), optionalWords("说明")}, acts: giving(c.AskIdentity),
	},
	{
		Name: "identity-grant", likely: true, Key: "f", Word: "同意看身份", Done: "同意了，24小时内可以看。",
		Fields: []field{{Name: "officer", Label: "谁可以看", options: (*file).asking}},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.GrantIdentity, Facts: c.Facts{Officer: p.officer()}})
		},
	},
	{
		Name: "identity-refuse", Key: "z", Word: "不同意看身份", Done: "没有同意，记下了。",
		Fields: []field{{Name: "officer", Label: "谁申请的", options: (*file).asking}, words("为什么不用看", "只有同事看得到。")},
		acts: func(p press) []c.Action {
			return act(c.Action{Move: c.RefuseIdentity, Facts: c.Facts{Officer: p.officer()}, Words: p.words()})
		},
	},
}
