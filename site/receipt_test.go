package site

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
)

func TestAPupilFollowsWithTheReceipt(t *testing.T) {
	o := newOffice(t, nil)
	f := o.filed("他们说包就业，让我先交500元")
	code := f.Receipt.Reveal()
	open := func() reply { return o.post("/receipt", "code", strings.ToLower(strings.ReplaceAll(code, "-", " "))) }

	page := open()
	page.has(t, f.Number.String(), "已收到", "最迟 <b>2026年12月9日</b>前告诉您收不收", "信访工作条例第二十三条", "他们说包就业，让我先交500元", "匿名",
		"还没有人打开过", "<title>办理情况 · 阳光招生</title>", "快速离开", `name="code" value="`+code+`"`, "not:问您的", "not:这个答复怎么样")
	if page.StatusCode != 200 || page.Header.Get("Cache-Control") != "no-store" || len(page.Header.Values("Set-Cookie")) > 0 {
		t.Errorf("%d, %v", page.StatusCode, page.Header)
	}

	if _, err := o.Open(t.Context(), "first", f.Number); err != nil {
		t.Fatal(err)
	}
	o.acts("first", f.Number, says(complaint.Ask, "是哪一天说的？"))
	open().has(t, "有个问题要问您", "是哪一天说的？", "登记员", "到 <b>2026年12月4日</b>还没有等到回答")
	o.post("/receipt", "code", code, "do", "answer", "seen", "3", "words", "十一月二十号").has(t, "回答收到了", "十一月二十号", "已收到", "not:问您的")
	o.answered(f.Number, "已经要求学校改正。")
	open().has(t, "已答复，请评价", "结论：<b>属实</b>", "已经要求学校改正。", "这个答复怎么样", "不服这个答复", "省教育厅", "信访工作条例第三十五条", "交办给焦作市教育局")
	o.post("/receipt", "code", code, "do", "rate", "rating", "satisfied", "words", "谢谢").has(t, "评价收到了", "您的评价：满意", "谢谢")
	o.post("/receipt", "code", code, "do", "add", "words", "又贴出来了").has(t, "补充收到了", "又贴出来了")
	if strings.Contains(o.log.String(), f.Receipt.Reveal()) || strings.Contains(o.log.String(), "又贴出来了") {
		t.Error("the log has the citizen's receipt or words")
	}
}

// Nobody learns whether a code is malformed or only unknown, and nobody can
// try many.
func TestAWrongCode(t *testing.T) {
	o := newOffice(t, nil)
	unknown := o.newCode()
	f := o.filed("他们说包就业")
	first := o.post("/receipt", "code", unknown)
	first.has(t, "没有找到这个查询码", "not:他们说包就业")
	second := o.post("/receipt", "code", "ABCD")
	if first.StatusCode != 404 || second.StatusCode != 404 || strings.ReplaceAll(first.text, unknown, "ABCD") != second.text {
		t.Errorf("the two can be told apart: %d %d", first.StatusCode, second.StatusCode)
	}
	for range 3 {
		o.post("/receipt", "code", "ABCD")
	}
	blocked := o.post("/receipt", "code", f.Receipt.Reveal(), "do", "add", "words", "写了很久的话")
	blocked.has(t, "请过 15 分钟再试", "写了很久的话", "not:number\">2026")
	if blocked.StatusCode != 429 || blocked.Header.Get("Retry-After") != "900" {
		t.Errorf("%d, Retry-After %s", blocked.StatusCode, blocked.Header.Get("Retry-After"))
	}
	o.now = o.now.Add(15 * time.Minute)
	o.post("/receipt", "code", f.Receipt.Reveal(), "do", "add", "words", "写了很久的话").has(t, "补充收到了")
}

func TestWhatTheCitizenCanDo(t *testing.T) {
	o := newOffice(t, nil)
	f := o.filed("他们说包就业")
	code := f.Receipt.Reveal()
	// Without what it needs nothing is done, and what was typed is there.
	for _, tc := range []struct{ do, lacks string }{
		{"add", "还没有写内容"}, {"withdraw", "撤回要先勾上"}, {"rate", "请选一个评价"},
	} {
		r := o.post("/receipt", "code", code, "do", tc.do)
		r.has(t, tc.lacks)
		if r.StatusCode != 422 {
			t.Errorf("%s: %d", tc.do, r.StatusCode)
		}
	}
	// A page loaded again says it again and does it once.
	o.post("/receipt", "code", code, "do", "add", "seen", "1", "words", "第一句").has(t, "补充收到了")
	o.post("/receipt", "code", code, "do", "add", "seen", "1", "words", "第一句").has(t, "补充收到了")
	o.post("/receipt", "code", code, "do", "add", "seen", "1", "words", "第二句").has(t, "补充收到了")
	o.post("/receipt", "code", code, "do", "answer", "words", "没有问我").has(t, "没有做", "没有问我")
	o.post("/receipt", "code", code, "do", "erase", "words", "x").has(t, "这一步没有做")
	o.post("/receipt", "code", code, "do", "add", "words", "老师打我，不想活了").has(t, "补充收到了", "有危险，先打电话", "12356")
	done := o.post("/receipt", "code", code, "do", "withdraw", "sure", "1", "words", "不想办了")
	done.has(t, "已经撤回", "您撤回了这一件", "not:不想再办了")
	rec, err := o.book.Record(t.Context(), complaint.Unscoped(), f.Number)
	if err != nil {
		t.Fatal(err)
	}
	moves := ""
	for _, e := range rec.Events {
		moves += string(e.Move) + " "
	}
	if moves != "file add add add withdraw " || !rec.Events[3].Facts.Urgent {
		t.Errorf("events: %s", moves)
	}
}

// What was given up was not done, and nobody works on it any more.
func TestAReceiptAfterWithdrawing(t *testing.T) {
	o := newOffice(t, nil)
	code := o.filed("他们说包就业").Receipt.Reveal()
	o.post("/receipt", "code", code, "do", "withdraw", "sure", "1").has(t, "已撤回，不再计时", "not:做到了", `not:name="do" value="add"`)
	referred := o.filed("他们说包就业")
	o.acts("first", referred.Number, complaint.Action{Move: complaint.Accept})
	o.acts("first", referred.Number, complaint.Action{Move: complaint.Refer, Facts: complaint.Facts{To: complaint.MarketRegulation}, Words: []byte("归他们管")})
	o.post("/receipt", "code", referred.Receipt.Reveal()).has(t, "已转出，不再计时", "做到了") // it was told in time
}

// Who reports a mistake on a page accuses nobody and is under no article.
func TestAReceiptOfACorrection(t *testing.T) {
	o := newOffice(t, nil)
	f := o.filedAs("武陟县的数不对", complaint.Draft{Kind: complaint.Correction, About: "target/2022#number"})
	o.post("/receipt", "code", f.Receipt.Reveal()).has(t, "编辑核对以后，结果写在这一页", "not:第二十三条", "not:被反映")
}

// Who looked is called as at the desk.
func TestAReceiptNamesTheRole(t *testing.T) {
	o := newOffice(t, nil)
	f := o.filed("他们说包就业")
	if _, err := o.Open(t.Context(), "first", f.Number); err != nil {
		t.Fatal(err)
	}
	o.post("/receipt", "code", f.Receipt.Reveal()).has(t, "<td>"+complaint.Intake.Chinese()+"</td>")
}

// lost is a book whose disk has gone.
type lost struct{ complaint.Book }

var errDisk = errors.New("disk full at the secret place")

func (lost) Append(context.Context, complaint.Number, int, complaint.Entry) error { return errDisk }

func TestWordsAreKeptWhenTheyCannotBeStored(t *testing.T) {
	o := newOffice(t, func(o *office) { o.book = lost{o.book} })
	f := o.filed("他们说包就业")
	r := o.post("/receipt", "code", f.Receipt.Reveal(), "do", "add", "words", "写了很久的话")
	r.has(t, "这一步没有做", "写了很久的话", "number\">2026", "not:secret place", "not:补充收到了")
	if r.StatusCode != 500 || !strings.Contains(o.log.String(), "secret place") || strings.Contains(o.log.String(), "写了很久的话") {
		t.Errorf("%d; log %s", r.StatusCode, o.log.String())
	}
}

func TestTheFormForTheCode(t *testing.T) {
	o := newOffice(t, nil)
	r := o.get("/receipt?code=ABCD")
	r.has(t, `name="code" value=""`, "快速离开", "查询码丢了", "not:ABCD")
	if r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", r.Header.Get("Cache-Control"))
	}
	o.post("/receipt").has(t, `name="code" value=""`, "not:没有找到")
	wants(t, o.post("/receipt", "code", hostile, "do", "add", "words", hostile).raw, "没有找到", "&lt;script&gt;alert(1)", "not:<script>alert")
}

// Files come with an answer or by themselves; the same file again is no second
// one, and nothing is read for somebody without the code.
func TestEvidenceIsAdded(t *testing.T) {
	o := newOffice(t, nil)
	f := o.filed("他们说包就业")
	send := func(files [][]byte, fields ...string) reply {
		form := url.Values{}
		for i := 0; i < len(fields); i += 2 {
			form.Set(fields[i], fields[i+1])
		}
		return o.send(formRequest(t, "/receipt/files", form, files, true))
	}
	code := f.Receipt.Reveal()
	send([][]byte{photo(t, 1)}, "code", o.newCode(), "do", "add", "words", "写了很久").has(t, "没有找到这个查询码", "写了很久", "not:收好了")
	if n := o.vault.Files(); n != 0 {
		t.Errorf("%d files are kept for a wrong code", n)
	}
	send([][]byte{photo(t, 1), []byte("PK\x03\x04 archive")}, "code", code, "do", "add", "seen", "1", "words", "见照片").
		has(t, "补充收到了", "收好了", "没有收", "压缩包收不了", "材料 1 份", "SHA-256")
	send([][]byte{photo(t, 1)}, "code", code, "do", "add", "seen", "1", "words", "见照片").has(t, "补充收到了") // loaded again
	send([][]byte{photo(t, 2)}, "code", code, "do", "add", "seen", "2").has(t, "补充收到了")
	send(nil, "code", code, "do", "add", "seen", "3").has(t, "还没有写内容")
	send([][]byte{{}}, "code", code, "do", "add", "seen", "3").has(t, "这个文件是空的", "还没有写内容")
	c := o.filedCase().Case
	if len(c.Evidence) != 2 || len(c.Timeline) != 3 || o.vault.Files() != 2 {
		t.Errorf("%d files in the case, %d kept, %d events", len(c.Evidence), o.vault.Files(), len(c.Timeline))
	}
	if strings.Contains(o.log.String(), "张三") {
		t.Error("the log has the name of a file")
	}
}

// What is too long to be taken at once is not cut: it is handed back whole.
func TestALongAddition(t *testing.T) {
	o := newOffice(t, nil)
	f := o.filed("他们说包就业")
	words := strings.Repeat("他们又打电话来。", 700)
	o.post("/receipt", "code", f.Receipt.Reveal(), "do", "add", "words", words).has(t, words, "补充收到了")
	words += words
	o.post("/receipt", "code", f.Receipt.Reveal(), "do", "add", "words", words).has(t, words, "请分两次交", "not:补充收到了")
}
