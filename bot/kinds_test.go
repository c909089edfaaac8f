package bot_test

import (
	"slices"
	"testing"

	"yangguang/bot"
	"yangguang/complaint"
)

// stories is one message of each kind, as somebody writes it who writes once.
var stories = map[complaint.Kind]string{
	complaint.FalseAdvertising: "6月13号卫校来我们班宣传，说毕业包分配进市医院，都是骗人的",
	complaint.Interference:     "武陟实验中学的班主任昨天替我们填了志愿，密码也收走了",
	complaint.FeeDemand:        "沁阳一个初中的班主任收了市职校的回扣，一个学生800块",
	complaint.Blockade:         "温县不让市里的学校来招生，只准报本县的职高",
	complaint.IllegalFee:       "体校让交500元占位费，现在不去了不给退",
	complaint.Unqualified:      "焦作太极去年被停止招生了，今年没有资质还在招",
	complaint.Irregular:        "卫校没跟我们商量就把专业换了，录取的是护理",
	complaint.Registration:     "在市职校读了一年，学籍一直没注册，网上查不到",
	complaint.Fraud:            "有人冒充卫校招生办，让转了6000块就把我拉黑了",
	complaint.AidUnpaid:        "体校的助学金一年没发了",
	complaint.Privacy:          "修武的初中把我们的名单泄露出去，天天接骚扰电话",
	complaint.Internship:       "市职校强制我们去电子厂实习，不去不给毕业证",
	complaint.Harm:             "市职校的宿管天天用皮带抽我们，不让回家",
}

// A whole message is at its summary in three taps at most, and filed as what
// it is; what was asked of its kind is on the summary.
func TestEveryKindIsFiledInThreeTaps(t *testing.T) {
	for kind, story := range stories {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			w.say(story)
			taps := 0
			for ; w.open().Slot != "summary" && taps < 8; taps++ {
				o := w.open()
				i := slices.IndexFunc(o.Options, func(o bot.Option) bool { return o.Act == bot.Choose })
				if o.Slot == bot.Kind {
					i = slices.IndexFunc(o.Options, func(o bot.Option) bool { return o.Value == string(kind) })
				}
				t.Log(o.Slot, "→", w.label(o.Options[i]))
				w.press(w.label(o.Options[i]))
			}
			if taps > 3 {
				t.Errorf("%d taps, want 3 at most", taps)
			}
			for _, l := range w.turn.Talk.Summary() {
				t.Log(l.Slot, l.Text, l.Value, l.Words, l.Missing)
			}
			w.press("提交")
			list := w.queue()
			if len(list) != 1 || list[0].Kind != kind {
				t.Errorf("filed %+v, want one %s", list, kind)
			}
		})
	}
}
