//go:build linux

package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"yangguang/bot/telegram/telegramtest"
)

// deskGroup is the chat of the supervisors.
const deskGroup = int64(-100123)

// enrolled adds an officer to a bureau's own site, with everything that a
// citizen's complaint needs, and returns them signed in.
func (p *program) enrolled(t *testing.T, settings ...string) *visitor {
	t.Helper()
	code, says, said := once(append([]string{"officer", "add", "all-1", "--name", "王", "--units", "410800", "--roles", "登记,分派,经办"}, settings...)...)
	link := regexp.MustCompile(`/desk/first/\S+`).FindString(says)
	if code != 0 || link == "" {
		t.Fatal(says, said)
	}
	v := p.visitor(t)
	key := regexp.MustCompile(`class="key">([A-Z2-7 ]+)<`).FindStringSubmatch(v.get(t, link).body)
	if key == nil {
		t.Fatal("no key for the authenticator")
	}
	shown, err := totp.GenerateCode(strings.ReplaceAll(key[1], " ", ""), time.Now())
	must(t, err)
	if status, page := v.post(t, link, url.Values{"passphrase": {plantedPassphrase}, "again": {plantedPassphrase}, "code": {shown}}); status != http.StatusOK {
		t.Fatal(status, seen(page))
	}
	return v
}

// post sends a form of the desk.
func (v *visitor) post(t *testing.T, path string, form url.Values) (status int, page string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Origin", v.base)
	resp, err := v.client.Do(req)
	must(t, err)
	defer resp.Body.Close()
	return resp.StatusCode, read(t, resp.Body)
}

// telegramFault lets Telegram answer everybody like that.
func telegramFault(f telegramtest.Fault) func(*scene) {
	return func(s *scene) { s.telegram.Break(f) }
}

func (s *scene) repair() { s.telegram.Repair() }

// chat is somebody who talks with the bot.
type chat struct {
	*testing.T
	with   *telegramtest.Server
	id     int64
	read   int // messages
	last   string
	number string
}

// chats counts them: each person has a chat of their own.
var chats int64

func (s *scene) chat() *chat {
	chats++
	return &chat{T: s.T, with: s.telegram, id: chats}
}

// next waits for the next message.
func (c *chat) next() string {
	c.read++
	return c.with.Await(c.id, c.read, 90*time.Second).Text
}

// says waits for the next message, which holds that. What was on its way when
// something broke may come once more before.
func (c *chat) says(words string) string {
	c.Helper()
	m := c.next()
	if m == c.last && !strings.Contains(m, words) {
		m = c.next()
	}
	if c.last = m; !strings.Contains(m, words) {
		c.Errorf("chat %d: no %q in:\n%s", c.id, words, m)
	}
	return m
}

// quiet checks that nothing more was said.
func (c *chat) quiet() {
	c.Helper()
	if said := c.with.Said(c.id); len(said) != c.read {
		c.Errorf("chat %d: %d messages, want %d; the last:\n%s", c.id, len(said), c.read, said[len(said)-1].Text)
	}
}

func (c *chat) press(label string) { c.with.Press(c.id, label) }

// tells tells what happened, up to the summary.
func (c *chat) tells() {
	c.Helper()
	c.with.Write(c.id, "武陟的初中老师昨天逼我们报中专")
	c.says("我这样理解")
	c.press("对，下一步")
	c.says("要留姓名吗")
	c.press("不留姓名")
	c.says("请核对")
}

// filed waits for the number of what was submitted.
func (c *chat) filed() {
	c.Helper()
	c.number = numberShown.FindString(c.says("已经提交"))
}

var turnField = regexp.MustCompile(`name="turn" value="(\d+)"`)

// writes writes to the citizen of a case, as an officer does at the desk.
func (s *scene) writes(number string) (status int, page string) {
	s.Helper()
	turn := turnField.FindStringSubmatch(s.officer.get(s.T, "/desk/cases/"+number).body)
	if turn == nil {
		return 0, "no form"
	}
	return s.officer.post(s.T, "/desk/cases/"+number+"/write", url.Values{"turn": {turn[1]}, "words": {"还在办，请等一等。"}})
}

// healthy waits until the site says that of a part.
func (s *scene) healthy(part, state string) {
	s.Helper()
	eventually(s.T, 60*time.Second, part+" is "+state, func() bool {
		var says struct{ Parts map[string]string }
		return json.Unmarshal([]byte(s.site.get(s.T, "/readyz").body), &says) == nil && says.Parts[part] == state
	})
}
