package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/bot/telegram/telegramtest"
	"yangguang/content"
)

// Every text that is said here alone is there, and none is left over.
func TestWordings(t *testing.T) {
	texts := content.BundledWordings()["telegram"]
	want := []string{
		"notice", "because", "link.receipt", "link.identity", "letter", "lost", "flood", "delete", "cleared", "cleared.not",
		"command.start", "command.status", "command.help", "command.cancel", "command.delete",
		"file.kept", "file.refused", "file.too_big", "file.gone", "file.full", "file.late", "group.no", "group.desk",
		"desk.came", "desk.urgent", "desk.answered", "desk.objected", "desk.reopened",
	}
	for _, w := range []what{voice, sticker, location, contact, other} {
		want = append(want, "not."+string(w))
	}
	for _, key := range want {
		if texts[key] == "" {
			t.Errorf("no text for %s", key)
		}
	}
	for key := range texts {
		if !slices.Contains(want, key) {
			t.Errorf("nothing says %s", key)
		}
	}
}

// The commands, however a client writes them.
func TestCommands(t *testing.T) {
	w := newWorld(t)
	const chat = 5
	w.write(chat, "/start@the_bot", "只收办这件事", "您好", "发生了什么事")
	w.write(chat, "/status", "查询码", address+"/receipt", "发生了什么事")
	w.write(chat, "/help", "打电话说", "发生了什么事")
	w.write(chat, "/nonsense", "打电话说")
	w.write(chat, story, "我这样理解")
	w.write(chat, "/start", "接着来就行", "我这样理解")
	w.write(chat, "/back", "发生了什么事")
	w.write(chat, story, "我这样理解")
	w.write(chat, "/cancel", "写过的会全部删掉")
	w.write(chat, "接着填", "我这样理解")
	w.write(chat, "/delete", "写过的会全部删掉")
	w.press(chat, "不填了，删掉", "这里什么都没有留", "都删了")
	if _, err := w.clerk.Look(t.Context(), conversation(chat)); err == nil {
		t.Error("the draft is still there")
	}
}

// Who wants all deleted is rid of what the bot said, which quotes them; what they
// sent themselves stays theirs, and so does the link to a receipt. Where Telegram
// does not do it, that is said.
func TestDeleted(t *testing.T) {
	w := newWorld(t)
	const chat = 51
	ids := func() (out []int) {
		for _, m := range w.api.Said(chat) {
			out = append(out, m.ID)
		}
		return out
	}
	w.write(chat, story, "我这样理解")
	w.write(chat, "武陟实验中学", "已经加到")
	w.write(chat, "/delete", "写过的会全部删掉")
	quoting := ids()
	w.settled()
	w.write(chat, "不填了，删掉", "什么都没有留", "都删了", "您自己发的")
	if got := w.api.Removed(); !slices.Equal(got, quoting) {
		t.Errorf("removed %v, want %v", got, quoting)
	}

	w.write(chat, story, "我这样理解")
	w.press(chat, "对，下一步", "要留姓名吗")
	w.press(chat, "不留姓名", "请核对")
	w.press(chat, "提交", "已经提交")
	w.settled()
	all := ids()
	receipt := all[len(all)-1]
	m := w.write(chat, "/delete", "已经提交", address+"/once/", "都删了", "在网页上撤", "不写内容")
	if len(token(m)) != 26 {
		t.Errorf("the receipt is gone: %s", m.Text)
	}
	if got := w.api.Removed(); slices.Contains(got, receipt) || !slices.Contains(got, all[len(all)-2]) {
		t.Errorf("removed %v of %v; the link is in %d", got, all, receipt)
	}

	// Refused; and while it fails for a while, nothing is said to be done.
	const other = 52
	for _, c := range []struct {
		fault telegramtest.Fault
		want  string
	}{
		{telegramtest.Fault{Method: "deleteMessages", Status: 400}, "没让我删"},
		{telegramtest.Fault{Method: "deleteMessages", Status: 500, Times: 1}, "都删了"},
	} {
		w.write(other, story, "我这样理解")
		w.write(other, "/cancel", "写过的会全部删掉")
		w.api.Break(c.fault)
		w.write(other, "不填了，删掉", "什么都没有留", c.want)
		w.api.Repair()
	}
	// A question that was answered is over, and the answer stays.
	const asking = 53
	w.write(asking, "中专学费多少钱？")
	w.settled()
	before := len(w.api.Removed())
	w.press(asking, "没有了", "您问的没有留在这里")
	w.settled()
	if n := len(w.api.Removed()); n != before {
		t.Errorf("%d messages of an answer were removed", n-before)
	}
}

// What cannot be taken is answered kindly; what leads to a person does not stay.
func TestNotTaken(t *testing.T) {
	w := newWorld(t)
	const chat = 6
	for _, c := range []struct {
		fields telegramtest.Object
		want   string
	}{
		{telegramtest.Object{"voice": telegramtest.Object{"file_id": "v", "file_unique_id": "v", "duration": 3}}, "语音这里听不了"},
		{telegramtest.Object{"video_note": telegramtest.Object{"file_id": "v", "file_unique_id": "v", "duration": 3, "length": 3}}, "语音这里听不了"},
		{telegramtest.Object{"sticker": telegramtest.Object{"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}}, "表情我看不懂"},
		{telegramtest.Object{"location": telegramtest.Object{"latitude": 35.2, "longitude": 113.2}}, "位置不用发"},
		{telegramtest.Object{"contact": telegramtest.Object{"phone_number": "+8613800000000", "first_name": "x"}}, "联系人名片不要发在这里"},
		{telegramtest.Object{"poll": telegramtest.Object{"id": "1", "question": "?"}}, "这种消息这里看不懂"},
	} {
		w.api.Message(chat, c.fields)
		w.says(chat, c.want)
	}
	w.api.Message(chat, telegramtest.Object{"new_chat_title": "x"}) // of the chat itself
	w.settled()
	w.quiet(chat)
	if got := len(w.api.Removed()); got != 1 {
		t.Errorf("%d messages were taken out of the chat, want that of the contact", got)
	}
	if _, err := w.clerk.Look(t.Context(), conversation(chat)); err == nil {
		t.Error("something of it is kept")
	}
}

// Numbers that lead to a person, and receipts, are turned away and taken out of
// the chat; whom to call comes first.
func TestTurnedAway(t *testing.T) {
	w := newWorld(t)
	const chat = 7
	id := w.api.Write(chat, "不想活了，打我电话 13812345678")
	m := w.says(chat, "先打电话", "☎ 12356", "☎ 110", "只收办这件事", "没有收")
	if strings.Contains(m.Text, "13812345678") {
		t.Error("the number is said again")
	}
	w.settled()
	if got := w.api.Removed(); !slices.Equal(got, []int{id}) {
		t.Errorf("removed %v, want %d", got, id)
	}
}

// What somebody changes in the chat changes what was taken from it: the story,
// each part of it, an answer. Where nothing was taken from it, or all is filed, it
// is said so.
func TestEdited(t *testing.T) {
	w := newWorld(t)
	const chat = 8
	edit := func(id int, text string, answer ...string) telegramtest.Message {
		t.Helper()
		w.api.Edit(chat, id, telegramtest.Object{"text": text})
		return w.says(chat, answer...)
	}
	told := func(want string) {
		t.Helper()
		turn, err := w.clerk.Look(t.Context(), conversation(chat))
		if err != nil {
			t.Fatal(err)
		}
		if got := turn.Talk.Summary()[0].Text; got != want {
			t.Errorf("the story is %q, want %q", got, want)
		}
	}
	first := w.api.Write(chat, story)
	w.says(chat, "我这样理解", "武陟")
	edit(first, "修武的初中老师前天逼我们报中专", "跟着改了", "我这样理解", "修武")
	second := w.api.Write(chat, "是在三班教室说的")
	w.says(chat, "已经加到")
	third := w.api.Write(chat, "好几个人听到")
	w.says(chat, "已经加到")
	edit(second, "是在二班的教室里说的", "跟着改了")
	edit(first, "修武的初中老师逼我们报中专", "跟着改了")
	edit(third, "好几个人都听到了", "跟着改了")
	told("修武的初中老师逼我们报中专\n是在二班的教室里说的\n好几个人都听到了")
	edit(second, "我的电话 13812345678", "没有收")
	edit(9999, "别的", "没有收进来")
	w.api.Edit(chat, second, telegramtest.Object{"location": telegramtest.Object{"latitude": 35.2, "longitude": 113.2}})
	w.write(chat, "/back", "我这样理解")
	told("修武的初中老师逼我们报中专\n是在二班的教室里说的\n好几个人听到")
	edit(third, "好几个人都听到了", "跟着改了")
	w.press(chat, "对，下一步", "要留姓名吗")
	w.press(chat, "不留姓名", "请核对")
	w.press(chat, "改：时间", "大概什么时候")
	when := w.api.Write(chat, "昨天")
	w.says(chat, "请核对")
	day := func(m telegramtest.Message) string {
		_, day, _ := strings.Cut(m.Text, "时间：")
		day, _, _ = strings.Cut(day, "\n")
		return day
	}
	yesterday := day(w.api.Said(chat)[w.read[chat]-1])
	if before := day(edit(when, "前天", "跟着改了", "请核对")); before == yesterday || before == "" {
		t.Errorf("the day is still %s", before)
	}
	edit(when, "2099年1月1日", "没有收进来", "还没到", "请核对")
	w.press(chat, "提交", "已经提交")
	edit(first, "其实是别的学校", "您改的没有收进去", "已经提交")
	v, err := w.office.Open(t.Context(), "first", w.cases()[0].Number)
	if err != nil || !strings.HasPrefix(string(v.Said[0].Text), "修武的初中老师逼我们报中专\n是在二班的教室里说的\n好几个人都听到了") {
		t.Errorf("filed %s, %v", v.Said[0].Text, err)
	}
	w.settled()
	w.quiet(chat)
	const other = 18
	first = w.api.Write(other, story)
	w.says(other, "我这样理解")
	w.api.Edit(other, first, telegramtest.Object{"text": "老师打我，不想活了"})
	w.says(other, "先打电话", "☎", "跟着改了")
}

// Where several read nothing is taken: groups are told politely, the supervisors'
// own knows what it is for, talk that is not for the bot is none of its business.
func TestGroups(t *testing.T) {
	w := newWorld(t)
	const other = int64(-55)
	w.api.Write(other, "大家好")
	w.write(other, "/start@the_bot", "单独发给我", fmt.Sprint(other))
	w.api.Raw("m", telegramtest.Object{"my_chat_member": telegramtest.Object{
		"chat": telegramtest.Object{"id": other, "type": "supergroup", "title": "g"}, "date": 1, "from": telegramtest.Object{"id": 1, "first_name": "x"},
		"old_chat_member": telegramtest.Object{"status": "left", "user": telegramtest.Object{"id": 4711, "first_name": "bot", "is_bot": true}},
		"new_chat_member": telegramtest.Object{"status": "member", "user": telegramtest.Object{"id": 4711, "first_name": "bot", "is_bot": true}},
	}})
	w.says(other, "单独发给我")
	w.api.Write(group, story)
	w.write(group, "/status", "只报信", address+"/desk")
	w.settled()
	w.quiet(other)
	w.quiet(group)
	if len(w.cases()) > 0 {
		t.Error("a case from a group")
	}
}

// A button of an earlier question, and one that nobody made, do nothing but show
// the open question.
func TestStaleButtons(t *testing.T) {
	w := newWorld(t)
	const chat = 9
	card := w.write(chat, story, "我这样理解")
	w.press(chat, "对，下一步", "要留姓名吗")
	for _, data := range []string{card.Buttons[0].Data, "c|?|?", "nonsense", "", "y|summary.1|", strings.Repeat("x", 64)} {
		w.api.PressData(chat, card.ID, data)
		w.says(chat, "那个按钮是前一个问题的", "要留姓名吗")
	}
	w.settled()
	if len(w.cases()) > 0 {
		t.Error("a stale button filed")
	}
	if got := w.api.Calls("answerCallbackQuery"); got != 7 {
		t.Errorf("%d pressings were answered, want 7", got)
	}
}

// Who does not see the buttons is shown the numbers, and a number does.
func TestNumbers(t *testing.T) {
	w := newWorld(t)
	const chat = 10
	w.write(chat, story, "我这样理解")
	w.write(chat, "1", "要留姓名吗")
	w.write(chat, "随便选吧", "1 不留姓名", "2 留姓名，但先封起来")
	w.write(chat, "1", "请核对")
	w.write(chat, "提交", "已经提交")
	w.write(chat, "忘了说，还收了钱", "没有放进去", "已经提交")
	w.write(chat, "/start", "您好", "发生了什么事")
}

// Who wants to be known is led to a page; the name goes into the case and stands
// in no message.
func TestIdentity(t *testing.T) {
	w := newWorld(t)
	const chat = 11
	w.write(chat, story, "我这样理解")
	w.press(chat, "对，下一步", "要留姓名吗")
	w.press(chat, "留姓名和电话", "您是")
	m := w.press(chat, "家长", "请到网页上填", address+"/once/")
	if len(token(m)) != 26 {
		t.Errorf("no link in:\n%s", m.Text)
	}
	w.write(chat, "我叫张三", "不要发在这里", "请到网页上填")
	w.press(chat, "还是不留姓名", "要留姓名吗")
}

// A person is bounded: after a burst one message says so, then nothing does.
func TestFlood(t *testing.T) {
	now := time.Now()
	w := newWorld(t, func(c *Config) { c.Now = func() time.Time { return now } })
	const chat = 12
	for range floodBurst + 20 {
		w.api.Write(chat, "/help")
	}
	w.write(13, "/help", "打电话说") // somebody else is answered
	w.settled()
	said := w.api.Said(chat)
	if last := said[len(said)-1].Text; !strings.Contains(last, "先歇一分钟") || len(said) != floodBurst+1 {
		t.Errorf("%d answers, the last: %s", len(said), last)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		text string
		want []int
	}{
		{"", nil},
		{"短", []int{1}},
		{strings.Repeat("长", 4096), []int{4096}},
		{strings.Repeat("长", 4097), []int{4096, 1}},
		{strings.Repeat("😀", 2049), []int{4096, 2}},
		{strings.Repeat("一", 4000) + "\n" + strings.Repeat("二", 200), []int{4000, 200}},
	} {
		var got []int
		for _, m := range split(c.text) {
			n := 0
			for _, r := range m {
				if n++; r > 0xffff {
					n++
				}
			}
			got = append(got, n)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%d bytes: %v, want %v", len(c.text), got, c.want)
		}
	}
}

// Whatever the bytes, an update reads without a panic and keeps its id.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"update_id":7,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"text":"x","entities":[{"type":"bot_command","offset":-5,"length":99}]}}`))
	f.Add([]byte(`{"update_id":7,"callback_query":{"id":"1","from":{"id":3},"data":"c|x|y"}}`))
	f.Add([]byte(`{"update_id":7,"message":"odd"}`))
	f.Fuzz(func(_ *testing.T, b []byte) {
		u := read(b)
		buttonEvent(u.Data)
		commandOf(u.Text)
	})
}
