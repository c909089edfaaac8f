//go:build linux

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yangguang/bot/telegram/telegramtest"
	"yangguang/realtest"
)

// outage is something that happens to a server under a site that stands on
// PostgreSQL, Redis and Meilisearch.
type outage struct {
	engine, what string
	begin, end   func(*scene)
	// Who is kept from what they came for: whoever writes, whoever submits, the
	// officer. Those who read never are.
	writes, submits, desk bool
	// standby: the search in the program answers.
	standby bool
}

// scene is a site with its servers, a citizen who is about to submit, and an
// officer.
type scene struct {
	*testing.T
	postgres *realtest.PostgresServer
	redis    *realtest.RedisServer
	meili    *realtest.Meili // nil: none is installed
	telegram *telegramtest.Server
	follower *chat // filed a complaint and is told of it
	site     *program
	officer  *visitor
	report   *strings.Builder
	folder   func() string // a new one, which outlives the outage
}

var outages = []outage{
	{engine: "PostgreSQL", what: "killed", begin: func(s *scene) { s.postgres.Kill() }, end: func(s *scene) { s.postgres.Start() }, submits: true, desk: true},
	{engine: "PostgreSQL", what: "paused", begin: func(s *scene) { s.postgres.Pause() }, end: func(s *scene) { s.postgres.Resume() }, submits: true, desk: true},
	{engine: "PostgreSQL", what: "restarted", begin: func(s *scene) { s.postgres.Kill(); s.postgres.Start() }, end: func(*scene) {}},
	{engine: "PostgreSQL", what: "full", begin: (*scene).fill, end: (*scene).empty, submits: true},
	{engine: "Redis", what: "killed", begin: func(s *scene) { s.redis.Kill() }, end: func(s *scene) { s.redis.Start() }, writes: true, submits: true},
	{engine: "Redis", what: "paused", begin: func(s *scene) { s.redis.Pause() }, end: func(s *scene) { s.redis.Resume() }, writes: true, submits: true},
	{engine: "Redis", what: "restarted", begin: func(s *scene) { s.redis.Kill(); s.redis.Start() }, end: func(*scene) {}},
	{engine: "Telegram", what: "killed", begin: func(s *scene) { s.telegram.Kill() }, end: func(s *scene) { s.telegram.Revive() }},
	{engine: "Telegram", what: "hangs", begin: telegramFault(telegramtest.Fault{Hangs: true}), end: (*scene).repair},
	{engine: "Telegram", what: "answers 500", begin: telegramFault(telegramtest.Fault{Status: 500}), end: (*scene).repair},
	{engine: "Telegram", what: "answers 429", begin: telegramFault(telegramtest.Fault{Status: 429, RetryAfter: 1}), end: (*scene).repair},
	{engine: "Telegram", what: "wrong token", begin: telegramFault(telegramtest.Fault{Status: 401}), end: (*scene).repair},
	{engine: "Telegram", what: "answers 403", begin: telegramFault(telegramtest.Fault{Status: 403}), end: (*scene).repair},
	{engine: "Meilisearch", what: "killed", begin: func(s *scene) { s.meili.Kill() }, end: func(s *scene) { s.meili.Start(s.T, s.folder()) }, standby: true},
	{engine: "Meilisearch", what: "paused", begin: func(s *scene) { s.meili.Pause(s.T) }, end: func(s *scene) { s.meili.Resume(s.T) }, standby: true},
	{engine: "Meilisearch", what: "restarted empty", begin: func(s *scene) { s.meili.Kill(); s.meili.Start(s.T, s.folder()) }, end: func(*scene) {}, standby: true},
}

// fill leaves no byte on PostgreSQL's disk, and files until the pages that it
// has at hand are full too.
func (s *scene) fill() {
	realtest.Stuff(s.T, filepath.Join(s.postgres.Folder(), "stuff"))
	for range 300 {
		c := s.site.citizen(s.T)
		c.open("/complain")
		c.press("start", map[string]string{"text": pupil})
		c.fill(given(nil), "summary")
		if c.press("submit", nil); c.page.status != http.StatusOK {
			return
		}
	}
	s.Fatal("a full disk takes everything")
}

func (s *scene) empty() { must(s.T, os.Remove(filepath.Join(s.postgres.Folder(), "stuff"))) }

// Whatever happens to one of the servers: who reads is answered as ever; who
// writes is told that nothing was kept, has the words before them, and files
// once when it is over.
func TestDegraded(t *testing.T) {
	s := &scene{
		T: t, telegram: telegramtest.New(), postgres: realtest.OwnPostgres(t, "400m"), redis: realtest.Redis(t, "--appendfsync", "always"), report: &strings.Builder{}, folder: t.TempDir,
	}
	settings := []string{
		"--database-url", s.postgres.URL(), "--key-file", filepath.Join(t.TempDir(), "installation.key"), "--redis-url", "unix://" + s.redis.Socket(),
	}
	if realtest.HasMeilisearch() {
		s.meili = realtest.StartMeilisearch(t)
		settings = append(settings, "--meili-url", s.meili.URL, "--meili-key", s.meili.Key)
	}
	t.Cleanup(s.telegram.Stop)
	settings = append(settings, "--telegram-token", telegramtest.Token, "--telegram-api", s.telegram.URL, "--telegram-group", fmt.Sprint(deskGroup))
	s.site = operated(t, t.TempDir(), settings...)
	t.Cleanup(func() {
		if t.Failed() {
			s.site.stop()
			t.Log(s.site.log)
		}
	})
	s.officer = s.site.enrolled(t, append(settings, bureau(s.site.base)...)...)
	s.follower = s.chat()
	s.follower.tells()
	s.follower.press("提交")
	s.follower.filed()
	for _, o := range outages {
		if o.engine == "Meilisearch" && s.meili == nil {
			continue
		}
		t.Run(o.engine+" "+o.what, func(t *testing.T) {
			s.T = t
			s.meet(o)
		})
	}
	t.Log("what everybody saw, and after how long:\n" + s.report.String())
}

// meet lets an outage come and go while everybody is at work.
func (s *scene) meet(o outage) {
	s.searches(func(says string) bool { return s.meili == nil || !strings.Contains(says, `"degraded":true`) })
	c := s.site.citizen(s.T)
	c.open("/complain")
	c.press("start", map[string]string{"text": pupil})
	c.fill(given(nil), "summary")
	action, form := c.form()
	form.Set("press", "submit")
	midway := s.site.citizen(s.T)
	midway.open("/complain")
	midway.press("start", map[string]string{"text": pupil})
	midway.fill(given(nil), "whom")

	teller := s.chat()
	teller.tells()

	o.begin(s)
	ended := false
	defer func() {
		if !ended { // the other outages have a right to a whole site
			o.end(s)
		}
	}()
	for _, path := range []string{"/", "/targets/2022", "/faq", "/complain"} {
		s.saw(o, "a family at "+path, func() (int, string) { a := s.site.get(s.T, path); return a.status, a.body }, false)
	}
	s.saw(o, "a family searching", func() (int, string) {
		a := s.site.get(s.T, "/api/v1/search?q=卫校")
		if !strings.Contains(a.body, "焦作卫生医药学校") {
			s.Errorf("the search answers %s", a.body)
		}
		return a.status, ""
	}, false)
	late := s.site.citizen(s.T)
	s.saw(o, "a citizen beginning", func() (int, string) {
		late.open("/complain")
		late.press("start", map[string]string{"text": pupil})
		return late.page.status, late.page.body
	}, o.writes)
	if o.writes && !strings.Contains(late.page.body, pupil) {
		s.Error("what was typed is gone")
	}
	where, asked := midway.form()
	for name, value := range given(nil) {
		if strings.Contains(midway.page.body, `name="f.`+name+`"`) {
			asked.Set("f."+name, value)
		}
	}
	asked.Set("press", "fill")
	s.saw(o, "a citizen midway", func() (int, string) { midway.post(where, asked); return midway.page.status, midway.page.body }, o.writes || o.desk)
	if midway.page.status != http.StatusOK && !typedAgain.MatchString(midway.page.body) {
		s.Errorf("what was typed midway is not shown: %s", midway.page.body)
	}
	s.saw(o, "a citizen submitting", func() (int, string) { c.post(action, form); return c.page.status, c.page.body }, o.submits)
	if o.submits {
		c.refused(s.T)
	}
	s.saw(o, "an officer", func() (int, string) { a := s.officer.get(s.T, "/desk"); return a.status, a.body }, o.desk)
	if o.engine == "Telegram" {
		s.healthy("telegram", "down")
	}
	teller.press("提交")
	if !o.desk && !o.submits {
		s.saw(o, "an officer answering", func() (int, string) { return s.writes(s.follower.number) }, false)
	}

	o.end(s)
	ended = true
	back := time.Now()
	eventually(s.T, 30*time.Second, "the complaint is filed", func() bool {
		c.post(action, form)
		return receiptShown.MatchString(c.page.body)
	})
	number, receipt := c.shown()
	fmt.Fprintf(s.report, "%-12s %-16s %-24s filed once, %v after\n", o.engine, o.what, "when it is over", time.Since(back).Round(time.Millisecond))
	c.post(action, form)
	if again, code := c.shown(); again != number || code != receipt {
		s.Errorf("pressed once more: %s, then %s", number, again)
	}
	if got := s.site.citizen(s.T).follows(receipt); strings.Count(got, pupil) != 1 {
		s.Errorf("the receipt opens %s", got)
	}
	if a := s.officer.get(s.T, "/desk/cases/"+number); a.status != http.StatusOK {
		s.Errorf("the officer does not see %s: %d", number, a.status)
	}
	teller.filed()
	fmt.Fprintf(s.report, "%-12s %-16s %-24s filed once, %v after\n", o.engine, o.what, "in the chat", time.Since(back).Round(time.Millisecond))
	if o.desk || o.submits {
		if status, page := s.writes(s.follower.number); status != http.StatusOK {
			s.Errorf("the officer cannot write: %d, %s", status, seen(page))
		}
	}
	s.follower.says("编号 " + s.follower.number + " 有新进展")
	fmt.Fprintf(s.report, "%-12s %-16s %-24s told, %v after\n", o.engine, o.what, "who filed in a chat", time.Since(back).Round(time.Millisecond))
	if o.engine == "Telegram" {
		s.healthy("telegram", "up")
	}
	for _, c := range []*chat{teller, s.follower} {
		c.quiet()
	}
}

// saw notes what somebody saw and after how long. A page that is refused says
// so with the status of a service that is away; no page is an error of ours.
func (s *scene) saw(o outage, who string, do func() (status int, page string), refused bool) {
	began := time.Now()
	status, page := do()
	took := time.Since(began)
	title := pageHead.FindStringSubmatch(page)
	says := ""
	if title != nil {
		says = seen(title[1])
	}
	fmt.Fprintf(s.report, "%-12s %-16s %-24s %d %s %v\n", o.engine, o.what, who, status, says, took.Round(time.Millisecond))
	want := http.StatusOK
	if refused {
		want = http.StatusServiceUnavailable
	}
	if status != want {
		s.Errorf("%s: status %d, want %d: %s", who, status, want, seen(page))
	}
	if took > 10*time.Second {
		s.Errorf("%s: after %v", who, took)
	}
}

// typedAgain is a field in sight with what was typed into it.
var typedAgain = regexp.MustCompile(`<input type="text"[^>]* value="` + given(nil)["accused"] + `"`)

var pageHead = regexp.MustCompile(`(?s)<h1[^>]*>(.*?)</h1>`)

// searches waits until a search answers as it should.
func (s *scene) searches(ok func(string) bool) {
	eventually(s.T, 30*time.Second, "the search is served", func() bool { return ok(s.site.get(s.T, "/api/v1/search?q=wuzhi").body) })
}
