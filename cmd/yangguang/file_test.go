package main

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pupil tells what happened to a pupil.
const pupil = "武陟县实验中学的班主任昨天把报名密码要走了，非让我报卫校，不报就说不发毕业证。"

// press presses the button of a form with that value.
func (r *reader) press(value string) {
	r.Helper()
	r.taps++
	r.leads(chromedp.Click(`//main//button[@name="press"][@value="` + value + `"]`))
}

// filing is how a pupil files on each face, up to the summary.
var filing = []struct {
	path string
	fill func(r *reader, photo string)
}{
	{"/chat", func(r *reader, photo string) {
		r.sees(shown, "我这样理解，对吗？", "您写的：“密码要走”", "武陟县")
		r.press("choose yes")
		r.press("choose anonymous")
		r.do(chromedp.SetUploadFiles(`#file`, []string{photo}))
		r.press("attach")
		r.sees(shown, "收好了", "请核对")
	}},
	{"/complain", func(r *reader, photo string) {
		r.sees(shown, "第 2 页", "我这样理解，对吗？", "您写的：“密码要走”")
		r.press("fill")
		r.sees(shown, "反映谁")
		r.press("fill")
		r.do(chromedp.SetUploadFiles(`#file`, []string{photo}))
		r.press("fill")
		r.sees(shown, "收好了", "您是谁")
		r.do(chromedp.Click(`//input[@value="anonymous"]`), chromedp.Click(`//input[@value="pupil"]`))
		r.press("fill")
		r.sees(shown, "第 6 页，共 6 页")
	}},
}

// A pupil files with a photo on a phone, an officer asks back and answers,
// another lets the answer out, and the pupil reads it with the receipt and
// writes back.
func TestAPupilFilesAndIsAnswered(t *testing.T) {
	p := start(t)
	browser := browse(t)
	photo := filepath.Join(t.TempDir(), "photo.jpg")
	takePhoto(t, photo)
	first := newReader(t, browser, p.base, look{width: 1280, scheme: "light", script: true})
	first.open(p.deskLink(t, "经办"))
	second := newReader(t, browser, p.base, look{width: 1280, scheme: "light", script: true})
	second.T = t
	for _, script := range []bool{false, true} {
		for _, f := range filing {
			l := look{width: 390, scheme: "light", script: script}
			t.Run(f.path+", "+l.String(), func(t *testing.T) {
				r := newReader(t, browser, p.base, l)
				r.open(f.path)
				r.fill("text", pupil)
				r.press("start")
				f.fill(r, photo)
				r.within(6)
				r.press("submit")
				r.sees(shown, "收到了", "请抄下来", "前告诉您收不收")
				number := numberShown.FindString(value(r, chromedp.Text(shown)))
				code := value(r, chromedp.Text(`#receipt`))
				r.open(f.path) // read again before it is written down
				r.sees(shown, number, code)
				r.press("close")
				r.follows(code, "已收到", number, "毕业证", "图片")

				first.T, second.T = t, t
				first.acts(number, "take")
				first.acts(number, "ask", "words", "是几班的班主任？")
				r.follows(code, "有个问题要问您", "是几班的班主任？", "承办人")
				r.answers("answer", "三班的，姓王。")
				r.sees(shown, "回答收到了", "办理中")
				first.acts(number, "reply", "outcome", "substantiated", "words", "已让学校把密码还给学生。")
				second.open(p.deskLink(t, "审核"))
				second.acts(number, "sign")
				r.follows(code, "已答复", "属实", "已让学校把密码还给学生。", "这个答复怎么样")
				r.answers("add", "密码拿回来了，谢谢。")
				r.sees(shown, "补充收到了", "密码拿回来了，谢谢。")
				if at := r.address(); strings.Contains(at, code) {
					t.Errorf("the code stands in the address %s", at)
				}
				second.open(p.deskLink(t, "经办"))
				second.open("/desk/cases/" + number)
				second.sees(shown, "密码拿回来了，谢谢。", "三班的，姓王。")
			})
		}
	}
}

var numberShown = regexp.MustCompile(`20\d\d-\d{8}-[0-9A-Z]`)

// follows opens the case with its receipt.
func (r *reader) follows(code string, words ...string) {
	r.Helper()
	r.open("/receipt")
	r.fill("code", code)
	r.leads(chromedp.Click(`//main//button[contains(., "查看")]`))
	r.sees(shown, words...)
}

// answers sends words in the form of a move.
func (r *reader) answers(move, words string) {
	r.Helper()
	r.do(chromedp.SendKeys("#"+move+"-words", words))
	r.leads(chromedp.Click(`//textarea[@id="` + move + `-words"]/ancestor::form//button`))
}

// acts makes a move at the desk, with its fields.
func (r *reader) acts(number, form string, fields ...string) {
	r.Helper()
	r.open("/desk/cases/" + number)
	of := `//section[@id="moves"]//form[contains(@action, "/` + form + `")]`
	if len(fields) > 0 && value(r, chromedp.Evaluate[bool](`!document.querySelector('#moves form[action*="/`+form+`"]').closest("details").open`)) {
		r.do(chromedp.Click(of + `/preceding-sibling::summary`))
	}
	for i := 0; i < len(fields); i += 2 {
		field := of + `//*[@name="` + fields[i] + `"]`
		r.do(chromedp.SetValue(field, fields[i+1]))
	}
	r.leads(chromedp.Click(of + `//button`))
}

// deskLink is where an officer of the trial comes in.
func (p *program) deskLink(t *testing.T, name string) string {
	t.Helper()
	_, rest, found := strings.Cut(p.out.String(), name+": "+p.base)
	if !found {
		t.Fatalf("no link for %s: %s", name, p.out)
	}
	link, _, _ := strings.Cut(rest, "\n")
	return link
}

func takePhoto(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	must(t, err)
	defer f.Close()
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	m.Set(5, 5, color.White)
	must(t, jpeg.Encode(f, m, nil))
}

// Leaving at once leaves nothing to come back to.
func TestLeavingAtOnce(t *testing.T) {
	p := start(t)
	r := newReader(t, browse(t), p.base, look{width: 390, scheme: "light", script: true})
	r.open("/")
	r.open("/receipt")
	length := value(r, chromedp.Evaluate[int](`history.length`))
	// The browser may not get there from here; that it has gone is enough.
	r.do(chromedp.Click(`a.leave`))
	eventually(t, patience, "the page is left", func() bool { return !strings.HasPrefix(r.address(), "/receipt") })
	if got := value(r, chromedp.Evaluate[int](`history.length`)); got > length {
		t.Errorf("leaving grew the history from %d to %d", length, got)
	}
}
