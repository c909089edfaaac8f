package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/bottest"
	"yangguang/complaint"
)

// once mints a one-time link.
func (o *office) once(s bot.Slip) string {
	o.Helper()
	path, err := o.site.slips.Mint(o.Context(), s)
	if err != nil {
		o.Fatal(err)
	}
	return path
}

func newOnce(t *testing.T) *office {
	var o *office
	o = newOffice(t, func(made *office) {
		o = made
		made.slips = &bot.SlipBox{Slips: new(bottest.Slips), Now: func() time.Time { return o.now }}
	})
	return o
}

// A robot that looks at the link uses nothing up; the button shows the receipt
// once, to nobody else, and it stands in no address and no log.
func TestOnceForTheReceipt(t *testing.T) {
	o := newOnce(t)
	f := o.filed("他们说包就业")
	code := f.Receipt.Reveal()
	path := o.once(bot.Slip{For: bot.ForReceipt, Number: string(f.Number), Receipt: code})
	for range 3 {
		page := o.get(path)
		page.has(t, "只能打开一次", "not:"+code, "not:"+f.Number.String(), "not:"+path)
		if page.StatusCode != 200 || page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("Referrer-Policy") == "" {
			t.Errorf("%d, %v", page.StatusCode, page.Header)
		}
	}
	shown := o.post(path)
	shown.has(t, "您的查询码", code, f.Number.String(), "not:"+path)
	if shown.StatusCode != 200 || shown.Header.Get("Cache-Control") != "no-store" || len(shown.Header.Values("Set-Cookie")) > 0 {
		t.Errorf("%d, %v", shown.StatusCode, shown.Header)
	}
	for _, again := range []reply{o.post(path), o.get(path), o.get(bot.SlipPath + "nonsense"), o.post(bot.SlipPath + strings.Repeat("A", 26))} {
		again.has(t, "已经用过了，或者过了一天", "not:"+code)
		if again.StatusCode != http.StatusGone {
			t.Errorf("status %d", again.StatusCode)
		}
	}
	late := o.once(bot.Slip{For: bot.ForReceipt, Number: string(f.Number), Receipt: code})
	o.now = o.now.Add(bot.SlipLife)
	o.post(late).has(t, "已经用过了，或者过了一天", "not:"+code)
	if log := o.log.String(); strings.Contains(log, code) || strings.Contains(log, path[len(bot.SlipPath):]) {
		t.Error("the log has the receipt or the link")
	}
}

// Name and telephone go from the page into the draft, and are not shown again.
func TestOnceForWhoComplains(t *testing.T) {
	o := newOnce(t)
	const conv = "telegram:77"
	n := 0
	take := func(e bot.Event) bot.Turn {
		t.Helper()
		n++
		e.ID = strings.Repeat("e", n)
		turn, err := o.site.clerk.Take(t.Context(), conv, complaint.Telegram, e)
		if err != nil {
			t.Fatal(err)
		}
		return turn
	}
	for _, text := range []string{"武陟的初中老师昨天逼我们报中专", "对，下一步", "留姓名和电话"} {
		take(bot.Event{Act: bot.Say, Text: text})
	}
	turn := take(bot.Event{Act: bot.Say, Text: "家长"})
	if !turn.Talk.OnSite() {
		t.Fatalf("at %+v", turn.Talk.Open(o.now))
	}
	path := o.once(bot.Slip{For: bot.ForIdentity, Conv: conv, Draft: turn.Talk.ID()})
	o.get(path).has(t, "您的姓名", "您的电话", "可以不填")
	o.post(path, "event", "1", "name", "张", "phone", "12").has(t, "名字至少两个字", "这不像电话号码", `value="张"`)
	o.post(path, "event", "2", "name", "张三", "phone", "13812345678").has(t, "填好了", "not:张三", "not:138")
	o.get(path).has(t, "已经用过了，或者过了一天")
	done := take(bot.Event{Act: bot.Say, Text: "填好了"})
	if got := done.Talk.Open(o.now).Slot; got != "summary" {
		t.Errorf("then at %s", got)
	}
	if a := done.Talk.Answers[bot.Name]; a.Text != "张三" {
		t.Errorf("the name is %+v", a)
	}
	// For another draft the link is of no use.
	other := o.once(bot.Slip{For: bot.ForIdentity, Conv: conv, Draft: "another"})
	o.post(other, "name", "李四").has(t, "已经用过了，或者过了一天")
}

// What a channel's servers bring goes to the channel as it came, and its answer
// back; a browser of another site or a packed body does not get there.
func TestHook(t *testing.T) {
	var got []string
	status := 200
	o := newOffice(t, func(o *office) {
		o.hooks = []Hook{{Path: "/hook/telegram", Header: "X-Secret", Handle: func(_ context.Context, secret string, body []byte) int {
			got = append(got, secret+" "+string(body))
			return status
		}}}
	})
	send := func(method, body string) *http.Response {
		r := httptest.NewRequest(method, "/hook/telegram", strings.NewReader(body))
		r.Header.Set("X-Secret", "s")
		r.Header.Set("Content-Type", "application/json")
		return o.send(r).Response
	}
	for _, status = range []int{200, 401, 400, 503} {
		res := send(http.MethodPost, `{"update_id":1}`)
		if res.StatusCode != status || (res.Header.Get("Retry-After") != "") != (status == 503) {
			t.Errorf("%d for %d, Retry-After %q", res.StatusCode, status, res.Header.Get("Retry-After"))
		}
	}
	if len(got) != 4 || got[0] != `s {"update_id":1}` {
		t.Errorf("handed on %q", got)
	}
	if res := send(http.MethodGet, ""); res.StatusCode != 405 && res.StatusCode != 404 {
		t.Errorf("GET: %d", res.StatusCode)
	}
	if res := send(http.MethodPost, strings.Repeat("x", 2<<20)); res.StatusCode != 413 || len(got) != 4 {
		t.Errorf("2 MiB: %d, handed on %d", res.StatusCode, len(got))
	}
}
