package telegram

import (
	"strings"
	"testing"

	"yangguang/bot"
	"yangguang/complaint"
)

const story = "武陟的初中老师昨天逼我们报中专"

// A whole complaint: filed in the chat, its receipt by a one-time link, and
// news without content when it is answered.
func TestAComplaint(t *testing.T) {
	w := newWorld(t)
	const chat = 77
	w.write(chat, "/start", "只收办这件事用得上的内容", "服务器在境外", "您好", "发生了什么事")
	w.write(chat, story, "我这样理解", "改志愿", "武陟")
	w.press(chat, "对，下一步", "要留姓名吗")
	w.press(chat, "不留姓名", "请核对")
	done := w.press(chat, "提交", "已经提交。编号", address+bot.SlipPath)
	slip, err := w.slips.Take(t.Context(), token(done))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(done.Text, slip.Receipt) || slip.For != bot.ForReceipt {
		t.Errorf("the receipt is in the chat:\n%s", done.Text)
	}
	receipt, err := complaint.ParseReceipt(slip.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	list := w.cases()
	if len(list) != 1 || !strings.Contains(done.Text, list[0].Number.String()) {
		t.Fatalf("filed %+v, said:\n%s", list, done.Text)
	}
	n := list[0].Number
	act := func(who complaint.OfficerID, actions ...complaint.Action) {
		t.Helper()
		v, err := w.office.Open(t.Context(), who, n)
		if err == nil {
			_, err = w.office.Act(t.Context(), who, n, v.Case.Turn, actions...)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	act("first", complaint.Action{Move: complaint.Ask, Words: []byte("机密的问题")})
	w.carry()
	push := w.says(chat, n.String(), "有新进展", address+"/receipt")
	if strings.Contains(push.Text, "机密") {
		t.Errorf("the news quotes the case: %s", push.Text)
	}
	w.says(group, "来了一件新的", address+"/desk")
	if _, err := w.office.Say(t.Context(), receipt, complaint.Action{Move: complaint.Answer, Words: []byte("五月")}); err != nil {
		t.Fatal(err)
	}
	w.carry()
	told := w.says(group, "有人答了", address+"/desk")
	if strings.Contains(told.Text, string(n)) || strings.Contains(told.Text, n.String()) {
		t.Errorf("the group is told which: %s", told.Text)
	}
	w.settled()
	w.quiet(chat)
}
