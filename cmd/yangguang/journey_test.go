package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"yangguang/realtest"
)

// reader is somebody at a browser.
type reader struct {
	*testing.T
	base string
	tab  context.Context //nolint:containedctx // chromedp's handle of a tab is a context
	// taps counts what the reader did since the first page: a link or a button
	// tapped, a question sent.
	taps int
}

// look is how a reader has the browser set.
type look struct {
	width  int64
	scheme string
	script bool
	scale  float64
}

func (l look) String() string {
	script := "script on"
	if !l.script {
		script = "script off"
	}
	return fmt.Sprintf("%d px, %s, %s", l.width, l.scheme, script)
}

// browse starts a browser that lives as long as the test.
func browse(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(realtest.Chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// newReader opens a tab.
func newReader(t *testing.T, browser context.Context, base string, l look) *reader {
	t.Helper()
	tab, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	r := &reader{T: t, base: base, tab: tab}
	if err := chromedp.Do(tab); err != nil { // the tab's life must not hang on a deadline
		t.Fatal(err)
	}
	view := []chromedp.EmulateViewportOption{chromedp.EmulateScale(max(l.scale, 1))}
	if l.width < 800 {
		view = append(view, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	r.do(chromedp.EmulateViewport(l.width, 844, view...), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !l.script}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}},
		})
		return err
	}))
	return r
}

const patience = 20 * time.Second

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.Fatalf("at %s: %v", r.address(), err)
	}
}

func value[T any](r *reader, a chromedp.Action[T]) T {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		r.Fatal(err)
	}
	return v
}

// leads does what opens another page, and waits for it.
func (r *reader) leads(steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, patience)
	defer cancel()
	resp, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		r.Fatalf("from %s: %v", r.address(), err)
	}
	if resp.Status != 200 {
		r.Fatalf("%s answers %d", resp.URL, resp.Status)
	}
}

// open begins anew at an address.
func (r *reader) open(path string) {
	r.Helper()
	r.taps = 0
	r.leads(chromedp.Navigate(r.base + path))
}

// tap taps the first link or button in the page with these words.
func (r *reader) tap(words string) {
	r.Helper()
	r.taps++
	r.leads(chromedp.Click(fmt.Sprintf(`//*[self::a or self::button][contains(., "%s")]`, words)))
}

// ask sends a question to the search box.
func (r *reader) ask(words string) {
	r.Helper()
	r.taps++
	r.leads(chromedp.SendKeys(`//input[@type="search"]`, words+kb.Enter))
}

// fill writes into a field of a form.
func (r *reader) fill(field, words string) {
	r.Helper()
	r.do(chromedp.SendKeys(`//*[@name="`+field+`"]`, words))
}

// sees fails for each of the words that the reader doesn't see there.
func (r *reader) sees(where string, words ...string) {
	r.Helper()
	shown := value(r, chromedp.Text(where))
	for _, w := range words {
		if !strings.Contains(shown, w) {
			r.Errorf("%s: %s does not show %q: %s", r.address(), where, w, shown)
		}
	}
}

// within fails when it took the reader more taps.
func (r *reader) within(taps int) {
	r.Helper()
	if r.taps > taps {
		r.Errorf("%s was reached in %d taps, want at most %d", r.address(), r.taps, taps)
	}
}

func (r *reader) address() string {
	ctx, cancel := context.WithTimeout(r.tab, patience)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return strings.TrimPrefix(at, r.base)
}

const (
	answerCard = `//*[contains(@class, "answer")]`
	shown      = `//main`
)

// journeys are what a family comes for; each begins at the first page.
var journeys = []struct {
	name string
	walk func(*reader)
}{
	{"read the notice", func(r *reader) {
		r.tap("政策文件")
		r.tap("关于做好2022年中等职业学校招生工作的通知")
		r.sees(shown, "焦教文〔2022〕48号", "历史文件", "统一编制招生任务", "严禁中职学校在招生中进行虚假招生宣传", "16164")
		r.within(3)
	}},
	{"武陟 by wuzhi", func(r *reader) {
		r.ask("wuzhi")
		r.sees(answerCard, "武陟县", "3300", "历史文件")
		r.tap("看详情")
		r.sees(shown, "武陟县", "3300", "历史文件")
		r.tap("3300")
		r.within(3)
		if cell := value(r, chromedp.Text(`//*[@id="annex1!B6"]`)); !strings.Contains(cell, "3300") {
			r.Errorf("the source cell shows %q", cell)
		}
		if got := r.address(); !strings.HasSuffix(got, "#annex1!B6") {
			r.Errorf("the source of the number opens %s", got)
		}
	}},
	{"1300 by 卫校", func(r *reader) {
		r.ask("卫校")
		r.sees(answerCard, "焦作卫生医药学校", "1300")
	}},
	{"1300 by jzwsyyxx", func(r *reader) {
		r.ask("jzwsyyxx")
		r.sees(answerCard, "焦作卫生医药学校", "1300")
	}},
	{"years of study at 19", func(r *reader) {
		r.tap("算学制和期限")
		r.fill("age", "19")
		r.tap("算一算")
		r.sees(answerCard, "1 至 3 年", "历史文件")
		r.within(3)
	}},
	{"deadline for an entry on 2022-09-01", func(r *reader) {
		r.tap("算学制和期限")
		r.tap("截止日期：哪天前要注册")
		r.fill("entry", "2022-09-01")
		r.tap("算一算")
		r.sees(answerCard, "2022年9月30日", "历史文件")
		r.sees(shown, "中秋")
		r.within(3)
	}},
	{"is this advert true", func(r *reader) {
		r.tap("这条广告是真的吗")
		r.fill("q", "焦作卫生医药学校包分配")
		r.tap("核对")
		r.sees(shown, "不能判断", "完整招生学校名单", "12345", "用这些内容投诉")
		r.within(3)
	}},
	{"complain", func(r *reader) {
		r.tap("投诉")
		r.sees(shown, "12345")
		r.within(3)
	}},
}

func TestJourneys(t *testing.T) {
	p := start(t)
	browser := browse(t)
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			for _, script := range []bool{false, true} {
				l := look{width: width, scheme: scheme, script: script}
				t.Run(l.String(), func(t *testing.T) {
					r := newReader(t, browser, p.base, l)
					for _, j := range journeys {
						t.Run(j.name, func(t *testing.T) {
							r.T = t
							r.open("/")
							j.walk(r)
						})
					}
				})
			}
		}
	}
}

// TestKeyboardAlone: the first Tab offers the way past the menu, suggestions
// are chosen by the arrows, and what has the focus shows it.
func TestKeyboardAlone(t *testing.T) {
	p := start(t)
	r := newReader(t, browse(t), p.base, look{width: 1280, scheme: "light", script: true})
	r.open("/")
	r.do(chromedp.KeyEvent(kb.Tab))
	if got := r.focus("textContent"); got != "跳到主要内容" {
		t.Errorf("the first Tab is at %q", got)
	}
	r.do(chromedp.KeyEvent(kb.Enter))
	eventually(t, patience, "the focus is in the content", func() bool { return r.focus("id") == "main" })
	for tabs := 0; r.focus("name") != "q"; tabs++ {
		if tabs > 5 {
			t.Fatal("the search box is not among the first of the content")
		}
		r.do(chromedp.KeyEvent(kb.Tab))
	}
	if outline := value(r, chromedp.Evaluate[string](`getComputedStyle(document.activeElement.closest("form")).outlineStyle + getComputedStyle(document.activeElement).outlineStyle`)); outline == "nonenone" {
		t.Error("nothing shows that the search box has the focus")
	}
	r.do(chromedp.KeyEvent("wuzh"), chromedp.WaitVisible(`//*[@role="option"]`), chromedp.KeyEvent(kb.ArrowDown))
	if chosen := value(r, chromedp.Text(`//*[@role="option"][@aria-selected="true"]`)); !strings.Contains(chosen, "武陟县") {
		t.Errorf("the arrow chose %q", chosen)
	}
	r.leads(chromedp.KeyEvent(kb.Enter, pressed))
	r.sees(shown, "武陟县", "3300")
}

// pressed makes a key's events those of a keyboard, where a page that takes
// the key for itself hears no character after it.
func pressed(p *input.DispatchKeyEventParams) {
	if p.Type == input.DispatchKeyEventTypeKeyDown {
		p.Type = input.DispatchKeyEventTypeRawKeyDown
	}
}

// focus is a property of what has the focus.
func (r *reader) focus(property string) string {
	r.Helper()
	return value(r, chromedp.Evaluate[string](`String(document.activeElement.`+property+`)`))
}

// TestScreens takes the pictures of the README, when YANGGUANG_SCREENS names
// the folder for them.
func TestScreens(t *testing.T) {
	folder := os.Getenv("YANGGUANG_SCREENS")
	if folder == "" {
		t.Skip("YANGGUANG_SCREENS names no folder for the pictures")
	}
	p := start(t)
	browser := browse(t)
	for _, s := range []struct {
		name, path string
		look       look
	}{
		{"home-390", "/", look{390, "light", true, 2}},
		{"targets-390", "/targets/2022", look{390, "light", true, 2}},
		{"search-390", "/search?q=jzwsyyxx", look{390, "light", true, 2}},
		{"verify-390", "/verify?q=焦作卫生医药学校，百分百包就业", look{390, "light", true, 2}},
		{"deadline-390", "/tools/deadline?entry=2022-09-01", look{390, "light", true, 2}},
		{"elder-390-dark", "/?view=elder", look{390, "dark", true, 2}},
		{"home-1280", "/", look{1280, "light", true, 1}},
		{"policy-1280", "/policies/jiaojiaowen-2022-48", look{1280, "light", true, 1}},
	} {
		r := newReader(t, browser, p.base, s.look)
		r.open(s.path)
		picture := value(r, chromedp.CaptureScreenshot())
		if err := os.WriteFile(filepath.Join(folder, s.name+".png"), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
