package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/site/page"
)

// sessions keep talks in memory.
type sessions struct {
	mu   sync.Mutex
	kept map[string]bot.Session
	fail error
	// cut fails the next commit alone.
	cut error
}

func (s *sessions) Load(_ context.Context, conv string) (bot.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.kept[conv]
	if !ok {
		return one, bot.ErrNone
	}
	return one, s.fail
}

func (s *sessions) Commit(_ context.Context, conv string, one bot.Session) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := cmp.Or(s.fail, s.cut); err != nil {
		s.cut = nil
		return err
	}
	if s.kept[conv].Revision != one.Revision-1 {
		return bot.ErrStale
	}
	if s.kept == nil {
		s.kept = map[string]bot.Session{}
	}
	s.kept[conv] = one
	return nil
}

func (s *sessions) Drop(_ context.Context, conv string, revision int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one, ok := s.kept[conv]; ok && one.Revision != revision {
		return bot.ErrStale
	}
	delete(s.kept, conv)
	return nil
}

func (s *sessions) Expired(context.Context, time.Time, int) ([]bot.Gone, error) { return nil, nil }

func (s *sessions) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.kept)
}

// citizen is somebody at a browser, who follows where an answer leads. Without
// cookies it keeps none.
type citizen struct {
	*office
	page    reply
	cookies map[string]string // nil: the browser keeps none
	// screens counts the pages on which something had to be done.
	screens int
}

func (o *office) citizen(cookies bool) *citizen {
	c := &citizen{office: o}
	if cookies {
		c.cookies = map[string]string{}
	}
	return c
}

func (c *citizen) do(r *http.Request) {
	c.Helper()
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	c.page = c.send(r)
	for _, k := range c.page.Cookies() {
		if c.cookies == nil {
			break
		}
		if c.cookies[k.Name] = k.Value; k.MaxAge < 0 || k.Value == "" {
			delete(c.cookies, k.Name)
		}
	}
	if to := c.page.Header.Get("Location"); to != "" {
		c.do(httptest.NewRequest(http.MethodGet, to, nil))
	}
}

func (c *citizen) open(path string) { c.Helper(); c.do(httptest.NewRequest(http.MethodGet, path, nil)) }

var (
	talkFormHead = regexp.MustCompile(`<form class="talk"[^>]*action="([^"]*)"`)
	hiddenField  = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	pressButton  = regexp.MustCompile(`name="press" value="([^"]*)"`)
)

// fields are the hidden fields of the page's form, and where it goes.
func (c *citizen) fields() (action string, hidden url.Values) {
	c.Helper()
	at := talkFormHead.FindStringSubmatchIndex(c.page.text)
	if at == nil {
		c.Fatalf("no form on the page: %s", seen(c.page))
	}
	form, _, _ := strings.Cut(c.page.text[at[0]:], "</form>")
	hidden = url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
		hidden.Set(m[1], m[2])
	}
	return c.page.text[at[2]:at[3]], hidden
}

// press presses a button of the page's form, which must be there, with fields.
func (c *citizen) press(button string, fields ...string) {
	c.Helper()
	c.presses(button, nil, fields...)
}

func (c *citizen) presses(button string, files [][]byte, fields ...string) {
	c.Helper()
	found := false
	for _, m := range pressButton.FindAllStringSubmatch(c.page.text, -1) {
		found = found || m[1] == button
	}
	if !found {
		c.Fatalf("no button %q on the page: %s", button, seen(c.page))
	}
	action, form := c.fields()
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	form.Set("press", button)
	c.screens++
	c.do(formRequest(c.T, action, form, files, strings.HasSuffix(action, "/files")))
}

// sends sends a form that is on no page.
func (c *citizen) sends(path string, fields ...string) {
	c.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	c.do(formRequest(c.T, path, form, nil, false))
}

// code is the receipt that the page shows.
func (c *citizen) code() string {
	c.Helper()
	code := receiptShown.FindStringSubmatch(c.page.text)
	if code == nil {
		c.Fatalf("no receipt on the page: %s", seen(c.page))
	}
	return code[1]
}

func formRequest(t *testing.T, action string, form url.Values, files [][]byte, multi bool) *http.Request {
	t.Helper()
	if !multi {
		r := httptest.NewRequest(http.MethodPost, action, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range form {
		if err := w.WriteField(name, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("files", "张三.png")
		if err == nil {
			_, err = part.Write(f)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	r := httptest.NewRequest(http.MethodPost, action, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func photo(t *testing.T, shade uint8) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range m.Pix {
		m.Pix[i] = shade
	}
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const story = "武陟县实验中学的班主任昨天把报名密码要走了，非让我报卫校，不报就说不发毕业证。"

// filedCase is the only case of the book.
func (o *office) filedCase() complaint.View {
	o.Helper()
	list, err := o.book.List(o.Context(), complaint.Unscoped(), complaint.Query{Limit: 10})
	if err != nil || len(list) != 1 {
		o.Fatalf("%d cases, %v", len(list), err)
	}
	rec, err := o.book.Record(o.Context(), complaint.Unscoped(), list[0].Number)
	if err != nil {
		o.Fatal(err)
	}
	c, err := complaint.Fold(rec.Events)
	if err != nil {
		o.Fatal(err)
	}
	return complaint.View{Number: list[0].Number, Case: c, Events: rec.Events}
}

var receiptShown = regexp.MustCompile(`id="receipt">([0-9A-Z-]{29})<`)

// A pupil files with a photo, on either face, with a cookie and without.
func TestAPupilFilesWithAPhoto(t *testing.T) {
	for name, tc := range map[string]struct {
		path    string
		cookies bool
	}{
		"form": {"/complain", true}, "form without cookies": {"/complain", false},
		"chat": {"/chat", true}, "chat without cookies": {"/chat", false},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, nil)
			c := o.citizen(tc.cookies)
			c.open(tc.path)
			if len(c.page.Cookies()) > 0 || o.sessions.count() > 0 {
				t.Fatal("something is kept before anybody agreed")
			}
			c.press("start", "text", story)
			if tc.path == "/chat" {
				c.chats()
				c.presses("attach", [][]byte{photo(t, 9)})
				c.page.has(t, "收好了")
			} else {
				c.fills()
				if c.screens > 5 { // and the summary
					t.Errorf("%d screens before the summary", c.screens)
				}
			}
			c.press("submit")
			c.page.has(t, "收到了", "查询码", "2026年12月9日", "我记下了")
			code := receiptShown.FindStringSubmatch(c.page.text)
			if code == nil {
				t.Fatalf("no receipt on the page: %s", seen(c.page))
			}
			filed := o.filedCase()
			if filed.Case.Kind != complaint.Interference || filed.Case.Accused[0].Area != "410823" || len(filed.Case.Evidence) != 1 ||
				filed.Case.Identity != complaint.Anonymous {
				t.Errorf("filed %+v", filed.Case)
			}
			c.page.has(t, filed.Number.String())
			if tc.cookies {
				c.open(tc.path)
				c.page.has(t, code[1])
				c.press("close")
				c.open(tc.path)
				c.page.has(t, "not:"+code[1], "同意，往下写")
			}
			o.post("/receipt", "code", code[1]).has(t, "已收到", story, "图片")
			if strings.Contains(o.log.String(), "毕业证") || strings.Contains(o.log.String(), code[1]) {
				t.Error("the log has the citizen's words or receipt")
			}
		})
	}
}

// given is what the pupil answers when asked.
var given = map[string]string{
	"card": "yes", "kind": "interference", "against": "teacher", "accused": "实验中学的班主任", "area": "410823", "identity": "anonymous", "who": "pupil",
}

var promptShown = regexp.MustCompile(`name="prompt" value="([a-z]+)\.`)

// chats goes through the questions of the chat up to the summary.
func (c *citizen) chats() {
	c.Helper()
	for range 9 {
		asked := promptShown.FindStringSubmatch(c.page.text)
		if asked == nil {
			c.Fatalf("no question on the page: %s", seen(c.page))
		}
		switch answer := given[asked[1]]; {
		case asked[1] == "summary":
			return
		case strings.Contains(c.page.text, `value="choose `+answer+`"`):
			c.press("choose " + answer)
		case answer != "":
			c.press("say", "text", answer)
		default:
			c.press("skip")
		}
	}
	c.Fatalf("no end: %s", seen(c.page))
}

var fieldShown = regexp.MustCompile(`name="f\.([a-z]+)"`)

// fills goes through the screens of the form up to the summary.
func (c *citizen) fills() {
	c.Helper()
	for range 7 {
		_, hidden := c.fields()
		if hidden.Get("screen") == "summary" {
			return
		}
		var fields []string
		for _, m := range fieldShown.FindAllStringSubmatch(c.page.text, -1) {
			fields = append(fields, "f."+m[1], given[m[1]])
		}
		if hidden.Get("screen") == "details" {
			c.presses("fill", [][]byte{photo(c.T, 9)}, fields...)
			c.page.has(c.T, "收好了")
			continue
		}
		c.press("fill", fields...)
	}
	c.Fatalf("no end: %s", seen(c.page))
}

var markup = regexp.MustCompile(`(?s)^.*<main[^>]*>|<footer.*$|<[^>]*>`)

// seen is the text of a page without its frame.
func seen(r reply) string {
	return strings.Join(strings.Fields(markup.ReplaceAllString(r.text, " ")), " ")
}

func TestBackEditResumeAndGiveUp(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	c.open("/chat")
	c.press("start", "text", story)
	c.chats()
	c.page.has(t, "请核对")
	c.press("edit area")
	c.page.has(t, "在哪个县")
	c.press("back")
	c.page.has(t, "请核对", "武陟县")
	o.now = o.now.Add(71 * time.Hour)
	c.open("/chat") // another day, the same browser
	c.page.has(t, "请核对", story)
	c.open("/complain") // the other face
	c.page.has(t, story, "第 1 页")
	c.press("cancel")
	c.page.has(t, "不填了吗")
	c.press("choose yes")
	c.page.has(t, "已经删掉", "not:毕业证")
	if n := o.sessions.count(); n != 0 || len(c.cookies) != 0 {
		t.Errorf("%d talks and %v are left", n, c.cookies)
	}
	c.open("/chat")
	c.press("start", "text", story)
	o.now = o.now.Add(73 * time.Hour)
	c.press("say", "text", "还有一件事要说")
	c.page.has(t, "原来那一份已经不在了", "还有一件事要说")
}

func TestAMistakeOnAPageIsReported(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	c.open("/complain?about=" + url.QueryEscape("target/2022/410823#number"))
	c.page.has(t, "您觉得这一条有误", "武陟县", `data-figure="target/2022/410823#number"`)
	c.press("start", "text", "原文写的是另一个数，请核对附件1。")
	c.page.has(t, "请核对，没问题就提交", "武陟县")
	c.press("submit")
	filed := o.filedCase()
	if filed.Case.Kind != complaint.Correction || filed.Case.About != "target/2022/410823#number" {
		t.Errorf("filed %s about %q", filed.Case.Kind, filed.Case.About)
	}
	// What is not published is no subject of a correction.
	c = o.citizen(true)
	c.open("/complain?about=" + url.QueryEscape("//evil.example/"))
	c.page.has(t, "not:evil.example")
}

func TestVerifyHandsItsWordsOver(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	handed := url.Values{"words": {"包就业，先交500元"}}
	c.do(formRequest(t, "/complain", handed, nil, false))
	c.page.has(t, "包就业，先交500元", "同意，往下写", `name="advert"`)
	if o.sessions.count() > 0 || len(c.cookies) > 0 {
		t.Error("kept before anybody agreed")
	}
	c.press("start", "text", "包就业，先交500元")
	// With a draft, another page's words begin another one, if that is wanted.
	c.do(formRequest(t, "/complain", url.Values{"words": {"另一个广告说免试入学"}}, nil, false))
	c.page.has(t, "您有一份没写完的", "另一个广告说免试入学")
	c.press("start", "text", "另一个广告说免试入学")
	if n := o.sessions.count(); n != 2 {
		t.Errorf("%d talks", n)
	}
	c.page.has(t, "另一个广告说免试入学", "not:先交500元")
	_, kinds, _ := strings.Cut(c.page.raw, `name="f.kind"`)
	if first := regexp.MustCompile(`value="[a-z_]+"`).FindString(kinds); first != `value="false_advertising"` {
		t.Errorf("the kind offered first is %s", first)
	}
}

func TestTheBureauItself(t *testing.T) {
	for _, path := range []string{"/chat", "/complain"} {
		o := newOffice(t, nil)
		c := o.citizen(true)
		c.open(path)
		c.press("start", "text", "焦作市教育局的人收了钱，把指标给了别人的孩子，我要举报市教育局。")
		for range 4 {
			switch {
			case strings.Contains(c.page.text, `value="choose bureau"`):
				c.press("choose bureau")
			case strings.Contains(c.page.text, `value="choose against_bureau"`):
				c.press("choose against_bureau")
			case strings.Contains(c.page.text, `name="f.kind"`):
				c.press("fill", "f.kind", "against_bureau")
			case strings.Contains(c.page.text, `name="f.against"`):
				c.press("fill", "f.against", "bureau")
			case strings.Contains(c.page.text, `value="choose yes"`) && strings.Contains(c.page.text, "举报市教育局"):
				c.press("choose yes")
			}
		}
		c.page.has(t, "请带到这些地方去", "12345", "省教育厅", "12388", "把指标给了别人的孩子", "已经从本站删掉")
		if n := o.sessions.count(); n != 0 || len(c.cookies) != 0 {
			t.Errorf("%s: %d talks, cookies %v", path, n, c.cookies)
		}
	}
}

func TestWordsOfDanger(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	c.open("/chat")
	c.page.has(t, `href="tel:110"`, `href="tel:12356"`, "not:有危险，先打电话")
	c.press("start", "text", "老师打我，我不想活了")
	c.page.has(t, "有危险，先打电话", "12356")
	c.open("/chat")
	c.page.has(t, "有危险，先打电话")
	// Not even a broken store keeps the numbers back.
	o.sessions.fail = errDisk
	c = o.citizen(true)
	c.open("/chat")
	c.press("start", "text", "老师打我，我不想活了")
	c.page.has(t, "有危险，先打电话", "没有存下", "老师打我，我不想活了", "not:secret place")
	if c.page.StatusCode != 500 {
		t.Errorf("status %d", c.page.StatusCode)
	}
}

// What a source sends too often is neither lost nor left without a number to
// call.
func TestTooManyMessages(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	var r reply
	for range messages.Burst + 1 {
		r = o.post("/chat", "press", "say", "text", "我被关起来了，救命")
	}
	if r.StatusCode != 429 {
		t.Fatalf("status %d", r.StatusCode)
	}
	r.has(t, "我被关起来了，救命", "有危险，先打电话", "再试一次")
	_ = c
}

// What is not taken is read for words of danger, the story before all others.
func TestDangerStandsInTheStory(t *testing.T) {
	o := newOffice(t, nil)
	o.citizen(true)
	r := o.post("/chat", "press", "say", "f.a", strings.Repeat("长", 2*mostHelped), "text", "我被关起来了，救命")
	r.has(t, "有危险，先打电话")
}

// lostFiling is a book that keeps no new case.
type lostFiling struct{ complaint.Book }

func (lostFiling) File(context.Context, complaint.Filing) (complaint.Kept, error) {
	return complaint.Kept{}, errors.New("disk full")
}

func TestNothingIsFiledWhenNothingCanBeKept(t *testing.T) {
	o := newOffice(t, func(o *office) { o.book = lostFiling{o.book} })
	c := o.citizen(true)
	c.open("/complain")
	c.press("start", "text", story)
	c.fills()
	c.press("submit")
	c.page.has(t, "还没有编号", "再试一次", "not:收到了", "not:disk full")
	c.open("/complain")
	c.page.has(t, "请核对，没问题就提交", story)
}

// Where conversations are kept cannot be reached: what was typed stands on the
// page with what to do, nothing is acknowledged, and the rest of the site serves.
func TestWhileNoConversationCanBeKept(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	c.open("/chat")
	c.press("start", "text", story)
	o.sessions.fail = fmt.Errorf("%w: redisstore: Redis does not answer", complaint.ErrNotKept)
	more := "他还收了八百元押金。"
	for _, path := range []string{"/chat", "/complain"} {
		c.sends(path, "press", "say", "text", more)
		if c.page.StatusCode != 503 || c.page.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d", path, c.page.StatusCode)
		}
		c.page.has(t, "现在存不了您的内容，没有收下", "12345", more, "not:redisstore")
		c.open(path)
		c.page.has(t, "12345", "not:redisstore")
		if c.page.StatusCode != 503 {
			t.Errorf("GET %s: %d", path, c.page.StatusCode)
		}
	}
	for _, path := range []string{"/", "/targets/2022", "/search?q=武陟"} {
		if r := o.get(path); r.StatusCode != 200 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	o.sessions.fail = nil
	c.open("/chat")
	c.page.has(t, "not:存不了")
}

func TestFilesThatAreNotTaken(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	c.open("/chat")
	c.press("start", "text", story)
	c.chats()
	c.presses("attach", [][]byte{photo(t, 1), []byte("PK\x03\x04 some archive"), {}})
	c.page.has(t, "第 1 个：", "收好了", "第 2 个：", "没有收", "not:张三")
	if n := o.vault.Files(); n != 1 {
		t.Errorf("%d files are kept", n)
	}
	take := regexp.MustCompile(`value="(detach [^"]+)"`).FindStringSubmatch(c.page.text)
	if take == nil {
		t.Fatal("the file cannot be taken out")
	}
	c.press(take[1])
	c.page.has(t, "not:拿掉</button>")
	if n := o.vault.Files(); n != 0 {
		t.Errorf("%d files are kept", n)
	}
}

// Numbers that lead to a person are pointed out, and can be taken out.
func TestNumbersOfPeopleArePointedOut(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(true)
	c.open("/complain")
	c.press("start", "text", story+"我的电话13800138000。")
	c.page.has(t, "身份证号、银行卡号或手机号")
	c.press("edit words")
	c.page.has(t, "13800138000", "发生了什么")
	c.press("fill", "f.words", story)
	c.page.has(t, "not:13800138000", "not:身份证号、银行卡号或手机号")
}

// The one cookie of a conversation comes with the consent; no script and no
// other site reads it, and it ends with the draft.
func TestTheCookieOfATalk(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(false)
	c.open("/chat")
	c.press("start", "text", story)
	set := c.page.Cookies()
	if len(set) != 1 {
		t.Fatalf("%d cookies", len(set))
	}
	k := set[0]
	if k.Name != "talk" || len(k.Value) != 26 || !k.HttpOnly || k.SameSite != http.SameSiteStrictMode || k.Path != "/" ||
		k.MaxAge != int(bot.Life/time.Second) || k.Secure {
		t.Errorf("cookie %v", k)
	}
	if strings.Contains(o.log.String(), k.Value) {
		t.Error("the log has the cookie")
	}
}

// A button pressed twice, and a page loaded again, do once what they do.
func TestPressedTwice(t *testing.T) {
	o := newOffice(t, nil)
	c := o.citizen(false)
	c.open("/chat")
	action, form := c.fields()
	form.Set("press", "start")
	form.Set("text", story)
	for range 2 {
		c.do(formRequest(t, action, form, nil, false))
		c.page.has(t, story)
	}
	if n := o.sessions.count(); n != 1 {
		t.Errorf("%d talks", n)
	}
}

func TestBackTo(t *testing.T) {
	for address, want := range map[string]string{
		"/faq?q=1&view=elder": "/faq?q=1", "/policies/a%20b": "/policies/a%20b",
		"": "/", "faq": "/", "//evil.example": "/", "///evil.example": "/", "https://evil.example/": "/", "javascript:alert(1)": "/",
		`/\evil.example`: "/", "/%5Cevil.example": "/", "/%2F/evil.example": "/", "/%2f%2fevil.example": "/",
	} {
		if got := backTo(address); got != want {
			t.Errorf("%s leads to %s, want %s", address, got, want)
		}
	}
}

// cutOff fills in a complaint by the form and presses 提交, which files it; then
// the power fails before the conversation knows.
func (c *citizen) cutOff() {
	c.Helper()
	c.open("/complain")
	c.press("start", "text", story)
	c.fills()
	c.sessions.cut = errDisk
	c.press("submit")
	c.page.has(c.T, "还没有编号", "再点一次就行，不会重复", "not:收到了")
}

// Who comes back after that is shown number and receipt; what they write
// meanwhile is in the case.
func TestComingBackAfterACutOff(t *testing.T) {
	for name, next := range map[string]func(c *citizen){
		"opens the page":  func(c *citizen) { c.open("/complain") },
		"the other page":  func(c *citizen) { c.open("/chat") },
		"presses again":   func(c *citizen) { c.press("submit") },
		"edits the story": func(c *citizen) { c.sends("/complain", "press", "edit words", "event", "E") },
		"writes more": func(c *citizen) {
			c.sends("/chat", "press", "say", "event", "E", "text", "今天又来催了")
			c.page.has(c.T, "已经作为补充放进去")
		},
	} {
		o := newOffice(t, nil)
		c := o.citizen(true)
		c.cutOff()
		next(c)
		c.page.has(t, "收到了", "上一次点“提交”已经收下了", "not:还没有放进去")
		number, code := o.filedCase().Number, c.code()
		c.open("/chat")
		c.page.has(t, number.String(), code)
		c.sends("/receipt", "code", code)
		if has := strings.Contains(c.page.text, "今天又来催了"); has != (name == "writes more") {
			t.Errorf("%s: the addition is in the case: %v", name, has)
		}
	}
}

// Words sent by a page that was opened before the complaint was filed are
// shown, and one press adds them.
func TestWordsThatComeTooLate(t *testing.T) {
	for _, cookies := range []bool{true, false} {
		o := newOffice(t, nil)
		c := o.citizen(cookies)
		c.open("/complain")
		c.press("start", "text", story)
		c.fills()
		_, old := c.fields()
		c.press("submit", "text", "提交的时候顺手写的一句")
		c.page.has(t, "收到了", "您刚才写的还没有放进去", "提交的时候顺手写的一句")
		code := c.code()
		for range 2 { // a page that is loaded again posts again
			c.sends("/chat", "press", "say", "event", "LATE", "text", "他们还收了准考证", "talk", old.Get("talk"))
			c.page.has(t, "收到了", "您刚才写的还没有放进去", "他们还收了准考证")
		}
		c.sends("/receipt", "code", code, "do", "add", "words", "他们还收了准考证")
		c.page.has(t, "他们还收了准考证", "not:没有做")
	}
}

// fullFiles is a limiter by which no source has room for so many files.
type fullFiles struct {
	page.Limiter
	left int
}

func (f *fullFiles) Take(ctx context.Context, r page.Rate, source string) (time.Duration, error) {
	if r.Name == "files" {
		if f.left == 0 {
			return time.Hour, nil
		}
		f.left--
		return 0, nil
	}
	return f.Limiter.Take(ctx, r, source)
}

func (f *fullFiles) Return(ctx context.Context, r page.Rate, source string) error {
	if r.Name == "files" {
		f.left++
		return nil
	}
	return f.Limiter.Return(ctx, r, source)
}

// Who holds too much in drafts is told so of the file, kindly; the words go on
// and are filed, and what is filed or taken out makes room.
func TestASourceThatHoldsTooManyFiles(t *testing.T) {
	full := &fullFiles{Limiter: page.NewMeter(time.Now), left: 2}
	full.left++ // for the photo that comes twice
	o := newOffice(t, func(o *office) { o.limiter = full })
	c := o.citizen(true)
	c.open("/chat")
	c.press("start", "text", story)
	c.chats()
	c.presses("attach", [][]byte{photo(t, 1), photo(t, 2), photo(t, 2)})
	c.page.has(t, "收好了", "not:还没提交的文件已经太多")
	full.left--
	c.presses("attach", [][]byte{photo(t, 3)})
	c.page.has(t, "没有收", "还没提交的文件已经太多", "请先把话提交")
	detach := regexp.MustCompile(`value="(detach [A-Z0-9]+)"`).FindStringSubmatch(c.page.text)
	if detach == nil {
		t.Fatal("no file can be taken out")
	}
	c.press(detach[1])
	c.presses("attach", [][]byte{photo(t, 3)})
	c.page.has(t, "收好了", "not:没有收")
	c.press("submit")
	c.page.has(t, "收到了")
	if full.left != 2 {
		t.Errorf("%d turns came back, want 2", full.left)
	}
	if n := len(o.filedCase().Case.Evidence); n != 2 {
		t.Errorf("%d files are with the case, want 2", n)
	}
}

// What a correction is about is looked at when it is handed in: what is nothing
// here is said at once, with the words kept, and what is only written oddly is
// understood.
func TestWhatACorrectionIsAbout(t *testing.T) {
	for _, path := range []string{"/complain", "/chat"} {
		for _, about := range []string{"target/1999#number", "no such thing", "随便写的一句话", "//evil.example", "target/2022/410823#<b>", "/" + strings.Repeat("a", 200)} {
			o := newOffice(t, nil)
			c := o.citizen(true)
			c.sends(path, "press", "start", "event", "E", "about", about, "text", "招生任务应该是1200人，少写了一百")
			if about == "target/2022/410823#<b>" {
				c.page.has(t, "not:没认出", "not:<b>number")
				c.press("submit")
				if about := o.filedCase().Case.About; about != "target/2022/410823#number" {
					t.Errorf("%s: filed about %q", path, about)
				}
				continue
			}
			c.page.has(t, "没认出您说的是哪一条", "招生任务应该是1200人，少写了一百")
			if n := o.sessions.count(); n != 0 {
				t.Errorf("%s about %q: %d talks are kept", path, about, n)
			}
			c.press("start", "text", "招生任务应该是1200人，少写了一百")
			c.page.has(t, "not:没认出")
		}
	}
}

// A story of 5,000 characters goes in; a longer one is said before anything of
// it is lost, on either face.
func TestLongStories(t *testing.T) {
	long := func(n int) string {
		return story + strings.Repeat("他们又打电话来，让我们签字。", n/14+1)
	}
	for _, path := range []string{"/complain", "/chat"} {
		o := newOffice(t, nil)
		c := o.citizen(true)
		c.open(path)
		c.page.has(t, "not:maxlength")
		words := long(5000)
		c.press("start", "text", words)
		c.page.has(t, words, "not:这里最多")
		c = o.citizen(false)
		c.open(path)
		words = long(15_000)
		c.press("start", "text", words)
		c.page.has(t, words, "这里最多6000个")
		at := "f.words"
		button := "fill"
		if path == "/chat" {
			at, button = "text", "say"
		}
		c.press(button, at, long(5000))
		c.page.has(t, "not:这里最多")
	}
}

// A browser that loses its cookie on the way goes on with the form it has.
func TestALostCookieLosesNothing(t *testing.T) {
	for _, path := range []string{"/complain", "/chat"} {
		o := newOffice(t, nil)
		c := o.citizen(true)
		c.open(path)
		c.press("start", "text", story)
		if path == "/chat" {
			c.chats()
		} else {
			c.fills()
		}
		clear(c.cookies)
		c.press("submit")
		c.page.has(t, "收到了")
		if o.filedCase(); o.sessions.count() != 1 {
			t.Errorf("%s: %d talks", path, o.sessions.count())
		}
	}
}

// What went wrong where people tell something is said with whom to call, and
// with what they wrote.
func TestProblemsWhereSomethingIsTold(t *testing.T) {
	o := newOffice(t, nil)
	for _, path := range []string{"/complain", "/chat", "/receipt", "/complain/files"} {
		r := o.post(path, "text", strings.Repeat("话", 1<<20))
		if r.StatusCode != 413 && path != "/complain/files" {
			t.Errorf("%s: %d, want 413", path, r.StatusCode)
		}
		r.has(t, `href="tel:110"`, `href="tel:12356"`, "快速离开", "12345")
	}
}

// Who left in a hurry is asked whose it is before anything is shown; who closes
// it leaves nothing to see on this device.
func TestAfterLeavingInAHurry(t *testing.T) {
	for _, path := range []string{"/complain", "/chat"} {
		o := newOffice(t, nil)
		c := o.citizen(true)
		c.open(path)
		c.press("start", "text", story)
		c.cookies[leftCookie] = "1"
		c.open(path)
		c.page.has(t, "上次在这里离开了", "not:"+story, "not:武陟", "not:name=\"talk\"")
		c.press("look")
		c.page.has(t, story)
		c.open(path)
		c.page.has(t, story, "not:上次在这里离开了")
		c.cookies[leftCookie] = "1"
		c.open(path)
		c.press("close")
		c.page.has(t, "发生了什么事", "not:"+story)
		if len(c.cookies) != 0 {
			t.Errorf("%s: cookies %v are left", path, c.cookies)
		}
	}
}
