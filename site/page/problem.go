package page

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/content"
)

// Errors of this room.
var (
	// ErrBusy: more pages are being made than the machine can make.
	ErrBusy = errors.New("page: too many pages in the making")
	// ErrCrossSite: a form of another site was sent here.
	ErrCrossSite = errors.New("page: sent from another site")
	// ErrPlain: what travels only encrypted was asked for over plain http.
	ErrPlain = errors.New("page: over plain http")
)

// TooMany is the error of a source that asks too often.
type TooMany struct{ Wait time.Duration }

// Error implements error.
func (t *TooMany) Error() string { return "page: too many requests, wait " + t.Wait.String() }

// Problem is what a reader is told when there is no page: what happened, and
// what to do.
type Problem struct {
	Status int    `json:"status"`
	Text   string `json:"error"`
	Help   string `json:"help"`
	// Trace finds the line in the log; only where the fault is ours.
	Trace string `json:"trace,omitempty"`

	// Typed is the form that was sent, where its page hands it back, and Action
	// where it goes.
	Typed  []Typed `json:"-"`
	Action string  `json:"-"`

	// told: it is a page on which people tell what happened to them.
	told  bool
	retry time.Duration
}

// answers are the errors that mean something to a reader.
var answers = []struct {
	err        error
	status     int
	text, help string
}{
	{content.ErrNotFound, fiber.StatusNotFound, "没有找到这份公示材料", "它可能还没有公开。请从首页查找，或者看“尚未公开”。"},
	{content.ErrTakenDown, fiber.StatusGone, "这条内容已依法下架", "它公布过，法律不许再公布。别的内容不受影响。"},
	{content.ErrNoEdition, fiber.StatusNotFound, "没有这个版本", "请看现在的版本。"},
	{content.ErrStale, fiber.StatusConflict, "刚才有人发布了新的内容", "请刷新后再操作。"},
	{errOtherHost, fiber.StatusMisdirectedRequest, "试运行的网站只能在这台电脑上打开", "请用启动时给出的地址，例如 http://127.0.0.1:8080 。"},
	{errRelayed, fiber.StatusForbidden, "本站没有设好代理，不能这样打开", "隔着代理，来的人在本站看来都是同一个人，就护不住投诉的人。管理员请设好 YANGGUANG_OPERATOR、YANGGUANG_SITE_NAME、YANGGUANG_PUBLIC_URL 和 YANGGUANG_PROXIES（代理的地址），再启动。"},
	// One answer for a case that is not there and one that is kept from the asker.
	{complaint.ErrNotFound, fiber.StatusNotFound, "没有这件，或者不归您办", "请核对编号。编号是13位，写在回执上。"},
	{complaint.ErrWrongState, fiber.StatusConflict, "这件投诉的状态刚刚变了，请刷新后再操作", "可能有同事刚办了一步。刷新后看看现在到哪一步。"},
	{complaint.ErrStale, fiber.StatusConflict, "这件投诉的状态刚刚变了，请刷新后再操作", "好几个人同时在办这一件，请再试一次。"},
	{complaint.ErrNotYours, fiber.StatusForbidden, "这一步要别人来办", "有的步骤要换一个人：答复的人不审核，提的人不批。"},
	{complaint.ErrNotNow, fiber.StatusConflict, "现在还不到时候，或者期限已过", "请看页面上的期限。"},
	{complaint.ErrIncomplete, fiber.StatusUnprocessableEntity, "还有没写全的地方", "请补上再交。"},
	{complaint.ErrRefused, fiber.StatusUnprocessableEntity, "这件事本站不能收", "请把该找谁告诉来电的人。"},
	{complaint.ErrBadCode, fiber.StatusUnprocessableEntity, "这个编号不对", "请一位一位核对。"},
	{complaint.ErrDamaged, fiber.StatusInternalServerError, "这一件现在读不出来", "不是您的问题，别的件不受影响。请把下面的编号告诉管理员；来反映的人请打 12345。"},
	{complaint.ErrErased, fiber.StatusGone, "这件的内容已经销毁", "只留下办理经过。"},
	{ErrPlain, fiber.StatusForbidden, "这里只能用加密连接打开", "请用 https 开头的地址；试运行时，请在装本站的那台电脑上打开。"},
	{complaint.ErrNotKept, fiber.StatusServiceUnavailable, "现在存不了您的内容，没有收下", "请稍后再送，或打 12345。"},
	{complaint.ErrAway, fiber.StatusServiceUnavailable, "投诉这部分现在打不开", "请过几分钟再打开。急的话请打 12345。"},
	{ErrCrossSite, fiber.StatusForbidden, "这份表单不是从本站发出的", "请在本站打开页面，再填一次。"},
	{errNoLimits, fiber.StatusServiceUnavailable, "本站暂时不能用", "请等几分钟再打开。"},
	{evidence.ErrNotFound, fiber.StatusNotFound, "没有找到这个文件", "它可能已经删掉了。请返回上一页再看。"},
	{evidence.ErrDamaged, fiber.StatusInternalServerError, "这个文件坏了，打不开", "请把下面的编号告诉管理员。"},
	{errUploadsFull, fiber.StatusServiceUnavailable, "现在传文件的人太多", "请等一两分钟再传。已经传好的文件还在。"},
	{errBodiesFull, fiber.StatusServiceUnavailable, "现在送来的内容太多", "请等几秒再送。"},
	{ErrBusy, fiber.StatusServiceUnavailable, "现在看的人太多", "请等几秒再打开。"},
	{context.DeadlineExceeded, fiber.StatusServiceUnavailable, "本站一时没有答上来", "请等几秒再打开。"},
}

// statuses are the words for an error that is only a status.
var statuses = map[int]struct{ text, help string }{
	fiber.StatusBadRequest:                  {"本站没有看懂这个请求", "请从首页重新打开。"},
	fiber.StatusUnauthorized:                {"要先登录才能看", "请登录后再打开。"},
	fiber.StatusForbidden:                   {"这一页不对外开放", "请从首页查找。"},
	fiber.StatusNotFound:                    {"没有这个网页", "地址可能变了，内容也可能还没有公开。请从首页查找。"},
	fiber.StatusMethodNotAllowed:            {"这个地址不能这样打开", "请从首页重新打开。"},
	fiber.StatusRequestTimeout:              {"等了很久，没有收到完整的请求", "请看看网络，再试一次。"},
	fiber.StatusConflict:                    {"内容刚刚变了", "请刷新后再操作。"},
	fiber.StatusRequestEntityTooLarge:       {"送来的内容太大", "请分几次送，或者删短一些。"},
	fiber.StatusUnsupportedMediaType:        {"这种文件本站读不了", "请换一种格式再送。"},
	fiber.StatusTooManyRequests:             {"这个网络刚才查得太密", "请等一会儿再试。"},
	fiber.StatusRequestHeaderFieldsTooLarge: {"这个地址太长", "请从首页重新打开。"},
	fiber.StatusInternalServerError:         {"本站出错了，不是您的问题", "请稍后再试。要问的话，请报下面的编号。"},
	fiber.StatusServiceUnavailable:          {"本站暂时不能用", "请等几分钟再打开。"},
}

// ProblemOf says what an error is to whom it hinders, for a page that shows it
// beside what was typed.
func ProblemOf(err error) Problem { return problemOf(err) }

// problemOf says what an error is to a reader. Of an error it does not know it
// says only that we failed.
func problemOf(err error) Problem {
	for _, a := range answers {
		if errors.Is(err, a.err) {
			p := Problem{Status: a.status, Text: a.text, Help: a.help}
			if p.Status == fiber.StatusServiceUnavailable {
				p.retry = 3 * time.Second
			}
			return p
		}
	}
	p := Problem{Status: fiber.StatusInternalServerError}
	var known *fiber.Error
	var often *TooMany
	switch {
	case errors.As(err, &often):
		p.Status, p.retry = fiber.StatusTooManyRequests, often.Wait
	case errors.As(err, &known):
		p.Status = known.Code
	}
	words, ok := statuses[p.Status]
	if !ok {
		words = statuses[fiber.StatusInternalServerError]
		if p.Status < 500 {
			words = statuses[fiber.StatusBadRequest]
		}
	}
	p.Text, p.Help = words.text, words.help
	if often != nil {
		p.Help = "请过 " + p.wait() + "再试。"
	}
	if p.retry == 0 && p.Status == fiber.StatusServiceUnavailable {
		p.retry = time.Minute
	}
	return p
}

// seconds is when it is worth trying again.
func (p Problem) seconds() string {
	return strconv.Itoa(int((p.retry + time.Second - 1) / time.Second))
}

// wait says it in words.
func (p Problem) wait() string {
	if p.retry > 2*time.Minute {
		return strconv.Itoa(int((p.retry+time.Minute-1)/time.Minute)) + " 分钟"
	}
	return p.seconds() + " 秒"
}

// ours reports whether the error is a fault of ours that somebody must look
// into. A full house is counted, not logged: it would fill the log as well.
func ours(p Problem, err error) bool {
	return p.Status >= 500 && !errors.Is(err, ErrBusy) && !errors.Is(err, errBodiesFull)
}

// explained says what an error means, and logs it once if it is ours.
func (s *Server) explained(c *fiber.Ctx, route string, err error) Problem {
	p := problemOf(err)
	if ours(p, err) {
		p.Trace = rand.Text()[:8]
		s.logFault(c, route, p, err)
	}
	return p
}

// Explain says what an error means, for a page that says it itself because it
// holds what somebody has typed; that page has the problem's status.
func (s *Server) Explain(c *fiber.Ctx, err error) Problem {
	p := s.explained(c, pattern(c.Route()), err)
	if p.retry > 0 {
		c.Set(fiber.HeaderRetryAfter, p.seconds())
	}
	return p
}

// fail answers with what the error means.
func (s *Server) fail(c *fiber.Ctx, route string, err error) {
	p := s.explained(c, route, err)
	s.handBack(c, &p)
	resp := c.Response()
	allow := string(resp.Header.Peek(fiber.HeaderAllow))
	resp.Reset()
	s.security.set(resp)
	resp.SetStatusCode(p.Status)
	if p.Status == fiber.StatusMethodNotAllowed {
		c.Set(fiber.HeaderAllow, allow)
	}
	if p.retry > 0 {
		c.Set(fiber.HeaderRetryAfter, p.seconds())
	}
	d, b := s.drawn(c, p)
	sendOnce(c, d, b)
}

// logFault logs a fault with its request: the method and the route, never the
// address, the query or a body.
func (s *Server) logFault(c *fiber.Ctx, route string, p Problem, err error) {
	at := []slog.Attr{
		slog.String("trace", p.Trace), slog.String("method", c.Method()), slog.String("route", route),
		slog.Int("status", p.Status), slog.Any("error", err),
	}
	if caught, ok := errors.AsType[*panicked](err); ok {
		at = append(at, slog.String("stack", string(caught.stack)))
	}
	s.log.LogAttrs(context.Background(), slog.LevelError, "request failed", at...)
}

// drawn returns the problem as the reader can take it: JSON for programs, else
// a page. The page is a plain one when the site's own cannot be drawn, or when
// the house is full: refusing must stay cheaper than answering.
func (s *Server) drawn(c *fiber.Ctx, p Problem) (Document, []byte) {
	path := c.Path()
	if strings.HasPrefix(path, "/api/") || strings.HasSuffix(path, ".json") {
		b, _ := json.Marshal(p) // two strings and a number always encode
		return Document{Type: typeJSON, NoStore: true}, b
	}
	shown := Document{Type: typeHTML, NoStore: true}
	if release, ok := s.brake.try(); ok {
		defer release()
		b, err := s.drawPage(c, p)
		if err == nil {
			return shown, b
		}
		s.log.LogAttrs(context.Background(), slog.LevelError, "the page of a problem cannot be drawn",
			slog.Int("status", p.Status), slog.Any("error", err))
	}
	return shown, p.plainPage()
}

// drawPage draws without the request's deadline, which may be what failed.
func (s *Server) drawPage(c *fiber.Ctx, p Problem) (_ []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	r := Reading{Snapshot: s.board.Snapshot(), Today: calendar.DateOf(s.now()), View: s.viewOf(c), Path: c.Path(), c: c}
	var b bytes.Buffer
	err = s.showAt(r.Path)(r, p).Render(context.Background(), &b)
	return b.Bytes(), err
}

// ShowBelow draws the problems of a path, and of those below it, in another
// way than the rest of the site. It is called before anything is served.
func (s *Server) ShowBelow(path string, show func(Reading, Problem) templ.Component) {
	if s.rooms == nil {
		s.rooms = map[string]func(Reading, Problem) templ.Component{}
	}
	s.rooms[path] = show
}

func (s *Server) showAt(path string) func(Reading, Problem) templ.Component {
	for room, show := range s.rooms {
		if path == room || strings.HasPrefix(path, room+"/") {
			return show
		}
	}
	return s.show
}

// plainPage needs nothing that can fail. 12345 is the line that every place
// in the country answers.
func (p Problem) plainPage() []byte {
	trace := ""
	if p.Trace != "" {
		trace = "<p>编号：" + p.Trace + "</p>"
	}
	sos := ""
	if p.told {
		sos = `<p>有危险，先打 <a href="tel:110">110</a>、<a href="tel:120">120</a>；心里难受，打 <a href="tel:12356">12356</a>。</p>`
	}
	return []byte(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>` + p.Text +
		`</title><meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>` + p.Text +
		`</h1><p>` + p.Help + `</p>` + trace + sos + p.plainForm() + `<p>急事请打 <a href="tel:12345">12345</a>。</p><p><a href="/">回首页</a></p></main></body></html>`)
}
