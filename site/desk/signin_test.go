package desk_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"yangguang/complaint/complainttest"
	"yangguang/site/page"
	"yangguang/staff"
)

const phrase = "four apples on a quiet roof"

// hall is a room whose officers have passphrases. Its one-time code is the
// step: what staff and cmd promise of real ones is tested there.
type hall struct{ *room }

func newHall(t *testing.T) hall {
	h := hall{newRoom(t, complainttest.Trial())}
	hash := func(p string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(p))) }
	meter := page.NewMeter(h.door.Now)
	d := h.door
	d.Hash = func(_ context.Context, p string) (string, error) { return hash(p), nil }
	d.Match = func(_ context.Context, p, kept string) (bool, error) { return hash(p) == kept, nil }
	d.Code = func(_ []byte, step int64) (string, error) { return fmt.Sprintf("%06d", step%1e6), nil }
	d.Derive = func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
	keep := func(_ string, b []byte) ([]byte, error) { return b, nil }
	d.Seal, d.Open = keep, keep
	d.Slow = func(ctx context.Context, r staff.Rate, who string) (time.Duration, error) {
		return meter.Take(ctx, page.Rate{Name: r.Name, Burst: r.Burst, Every: r.Every}, who)
	}
	return h
}

func (h hall) code() string { return fmt.Sprintf("%06d", h.now.Unix()/30%1e6) }

// invite adds an officer and returns the address of the first sign-in.
func (h hall) invite(id string) string {
	h.t.Helper()
	r := staff.Register{Roll: h.door.Roll, Now: h.door.Now}
	link, err := r.Add(h.t.Context(), staff.Officer{
		ID: id, Name: "王<芳>", Units: []string{"410800.vet"}, Interests: []string{"410800-01"},
		Roles: []staff.Role{staff.Handler, staff.Reviewer},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return "/desk/first/" + link
}

// ask sends a request with a session of its own; nothing that comes back ever
// holds the passphrase.
func (h hall) ask(token, method, path string, form url.Values) answer {
	h.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	req.Host = "127.0.0.1"
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36")
	req.Header.Set("Cookie", "desk="+token)
	req.Header.Set("X-Forwarded-For", h.from)
	resp, err := h.server.App.Test(req, -1)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	if strings.Contains(string(b), phrase) || strings.Contains(fmt.Sprint(resp.Header), phrase) {
		h.t.Errorf("%s %s: the passphrase came back", method, path)
	}
	if resp.Header.Get("Cache-Control") != "no-store" {
		h.t.Errorf("%s %s may be stored: %v", method, path, resp.Header)
	}
	return answer{resp, string(b)}
}

// session is the token that an answer gave the browser; "" for none.
func (a answer) session() string {
	for _, c := range a.Cookies() {
		if c.Name == "desk" && c.HttpOnly {
			return c.Value
		}
	}
	return ""
}

// enrolled is an officer who has signed in a minute ago, with that session.
func (h hall) enrolled(id string) (token string, codes []string) {
	h.t.Helper()
	a := h.ask("", "POST", h.invite(id), url.Values{"passphrase": {phrase}, "again": {phrase}, "code": {h.code()}})
	if a.StatusCode != 200 || a.session() == "" {
		h.t.Fatalf("first sign-in: %d %s", a.StatusCode, a.body)
	}
	h.now = h.now.Add(time.Minute)
	return a.session(), regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){5}`).FindAllString(a.body, -1)
}

func (h hall) signIn(id, passphrase, code string) answer {
	h.t.Helper()
	return h.ask("", "POST", "/desk/signin", url.Values{"id": {id}, "passphrase": {passphrase}, "code": {code}})
}

func TestFirstSignIn(t *testing.T) {
	h := newHall(t)
	path := h.invite("vet-1")
	for range 2 { // a look uses nothing up
		a := h.ask("", "GET", path, nil)
		key := regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`).FindString(a.body)
		if a.StatusCode != 200 || key == "" || !strings.Contains(a.body, "secret="+strings.ReplaceAll(key, " ", "")) ||
			!strings.Contains(a.body, "王&lt;芳&gt;") || !strings.Contains(a.body, "11月27日 10:00前有效") || a.session() != "" {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
	}
	for _, c := range []struct{ passphrase, again, code, want string }{
		{phrase, phrase + ".", h.code(), "两次输的口令不一样"},
		{"short", "short", h.code(), "口令太短"},
		{"password1234", "password1234", h.code(), "太常见"},
		{"mmmmmmmmmmmm", "mmmmmmmmmmmm", h.code(), "太容易猜"},
		{phrase, phrase, "000000", "数字不对"},
	} {
		a := h.ask("", "POST", path, url.Values{"passphrase": {c.passphrase}, "again": {c.again}, "code": {c.code}})
		if a.StatusCode != 422 || !strings.Contains(a.body, c.want) || a.session() != "" {
			t.Errorf("%q, %q: %d, want %s", c.passphrase, c.code, a.StatusCode, c.want)
		}
	}
	done := url.Values{"passphrase": {phrase}, "again": {phrase}, "code": {h.code()}}
	a := h.ask("", "POST", path, done)
	if got := strings.Count(a.body, "<li><code>"); a.StatusCode != 200 || got != 10 {
		t.Errorf("%d, %d recovery codes", a.StatusCode, got)
	}
	if in := h.ask(a.session(), "GET", "/desk", nil); in.StatusCode != 200 {
		t.Errorf("after the first sign-in: %d", in.StatusCode)
	}
	for _, again := range []answer{h.ask("", "GET", path, nil), h.ask("", "POST", path, done), h.ask("", "GET", "/desk/first/x", nil)} {
		if again.StatusCode != 410 || !strings.Contains(again.body, "这个链接不能用了") || again.session() != "" {
			t.Errorf("a used link: %d", again.StatusCode)
		}
	}
}

func TestSignIn(t *testing.T) {
	h := newHall(t)
	_, codes := h.enrolled("vet-1")
	if a := h.ask("", "GET", "/desk", nil); a.Header.Get("Location") != "/desk/signin" {
		t.Errorf("without a session: %d %v", a.StatusCode, a.Header)
	}
	wrong := h.signIn("vet-1", "five apples on a roof", h.code())
	unknown := h.signIn("vet-2", phrase, h.code())
	if wrong.StatusCode != 401 || unknown.StatusCode != 401 || wrong.session() != "" ||
		strings.ReplaceAll(unknown.body, "vet-2", "vet-1") != wrong.body {
		t.Errorf("%d and %d:\n%s\n%s", wrong.StatusCode, unknown.StatusCode, wrong.body, unknown.body)
	}
	a := h.signIn(" VET-1", phrase, h.code())
	if a.StatusCode != 303 || a.Header.Get("Location") != "/desk" || a.session() == "" {
		t.Fatalf("%d %v", a.StatusCode, a.Header)
	}
	if in := h.ask(a.session(), "GET", "/desk/signin", nil); in.Header.Get("Location") != "/desk" {
		t.Errorf("the way in, from inside: %d", in.StatusCode)
	}
	if b := h.signIn("vet-1", phrase, codes[0]); b.StatusCode != 303 {
		t.Errorf("with a recovery code: %d", b.StatusCode)
	}
	h.signIn("vet-1", "a guess", "1")
	h.signIn("vet-1", "a guess", "1")
	late := h.signIn("vet-1", "a guess", "1")
	if late.StatusCode != 429 || late.Header.Get("Retry-After") != "60" || !strings.Contains(late.body, "请过 60 秒再试") {
		t.Errorf("the sixth try: %d %v %s", late.StatusCode, late.Header, late.body)
	}
}

func TestAccount(t *testing.T) {
	h := newHall(t)
	first, codes := h.enrolled("vet-1")
	second := h.signIn("vet-1", phrase, h.code()).session()
	third := h.signIn("vet-1", phrase, codes[0]).session()
	stranger, _ := h.enrolled("vet-2")

	a := h.ask(third, "GET", "/desk/account", nil)
	for _, want := range []string{"vet-1", "王&lt;芳&gt;", "承办人、审核人", "恢复码还剩 9 个", "您兼承办人和审核人", "Chrome · Windows", "这台电脑"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the account does not say %s", want)
		}
	}
	if got := strings.Count(a.body, `name="session"`); got != 3 || strings.Count(a.body, "现在这个</span>") != 1 {
		t.Errorf("%d sessions", got)
	}
	lives := func(token string) bool { return h.ask(token, "GET", "/desk", nil).StatusCode == 200 }
	end := func(by, token string) {
		t.Helper()
		hash := sha256.Sum256([]byte(token))
		if a := h.ask(by, "POST", "/desk/account/end", url.Values{"session": {hex.EncodeToString(hash[:])}}); a.StatusCode != 303 {
			t.Errorf("ending: %d %s", a.StatusCode, a.body)
		}
	}
	end(stranger, first)
	end(third, "nothing")
	if !lives(first) {
		t.Error("somebody else ended a session")
	}
	end(third, first)
	if lives(first) || !lives(second) || !lives(third) {
		t.Error("not the session that was to end")
	}
	h.ask(third, "POST", "/desk/account/end-others", nil)
	if lives(second) || !lives(third) || !lives(stranger) {
		t.Error("not the other sessions of the officer")
	}
	for _, bad := range []string{"", "xyz", "abc"} {
		if a := h.ask(third, "POST", "/desk/account/end", url.Values{"session": {bad}}); a.StatusCode != 303 {
			t.Errorf("%q: %d", bad, a.StatusCode)
		}
	}
	if a := h.ask(third, "POST", "/desk/leave", nil); a.Header.Get("Location") != "/desk/signin" || lives(third) {
		t.Errorf("leaving: %d", a.StatusCode)
	}
}

// Whoever runs the site is told of what cannot be read, and nobody else.
func TestWhoIsToldOfADamagedCase(t *testing.T) {
	h := newHall(t)
	h.damaged = []string{"0123456789ab"}
	token, _ := h.enrolled("vet-1")
	if a := h.ask(token, "GET", "/desk", nil); strings.Contains(a.body, "0123456789ab") {
		t.Error("a handler is told")
	}
	if a := h.get("second", "/desk"); !strings.Contains(a.body, "有 1 件投诉读不出来") || !strings.Contains(a.body, "0123456789ab") {
		t.Error("who runs the trial is not told")
	}
	register := staff.Register{Roll: h.door.Roll, Now: h.door.Now, Orphaned: func(context.Context, []staff.Officer) (int, error) { return 0, nil }}
	if err := register.Change(t.Context(), staff.Officer{ID: "vet-1", Name: "王", Units: []string{"410800"}, Roles: []staff.Role{staff.Administrator}}); err != nil {
		t.Fatal(err)
	}
	if a := h.ask(token, "GET", "/desk", nil); !strings.Contains(a.body, "0123456789ab") {
		t.Error("an administrator is not told")
	}
}

// The browser that changed the passphrase stays, everybody else is out.
func TestChangingThePassphraseAtTheDesk(t *testing.T) {
	h := newHall(t)
	first, codes := h.enrolled("vet-1")
	second := h.signIn("vet-1", phrase, codes[0]).session()
	const next = "三只 麻雀 under the window"
	change := func(token string, with ...string) answer {
		form := url.Values{"old": {phrase}, "passphrase": {next}, "again": {next}, "code": {codes[1]}}
		for i := 0; i < len(with); i += 2 {
			form.Set(with[i], with[i+1])
		}
		return h.ask(token, "POST", "/desk/account/passphrase", form)
	}
	for words, with := range map[string][]string{
		"现在的口令或动态码不对": {"old", "somebody's guess"}, "两次输的新口令不一样": {"again", "else"},
		"新口令和现在的一样": {"passphrase", phrase, "again", phrase}, "口令太短": {"passphrase", "abc", "again", "abc"},
	} {
		if a := change(second, with...); a.StatusCode != 422 || !strings.Contains(a.body, words) || a.session() != "" {
			t.Errorf("%s: %d", words, a.StatusCode)
		}
	}
	a := change(second)
	if a.StatusCode != 303 || a.session() == "" || a.session() == second {
		t.Fatalf("changed: %d, %v", a.StatusCode, a.Header)
	}
	for token, lives := range map[string]bool{a.session(): true, first: false, second: false} {
		if got := h.ask(token, "GET", "/desk", nil).StatusCode == 200; got != lives {
			t.Errorf("a session lives: %v, want %v", got, lives)
		}
	}
	if done := h.ask(a.session(), "GET", "/desk/account?done=passphrase", nil); !strings.Contains(done.body, "口令换好了") {
		t.Error("nobody is told that it was changed")
	}
	if in := h.signIn("vet-1", phrase, codes[2]); in.StatusCode != 401 {
		t.Errorf("with the old one: %d", in.StatusCode)
	}
}

func TestTheAccountOfATrial(t *testing.T) {
	h := newHall(t)
	a := h.get("second", "/desk/account")
	if a.StatusCode != 200 || !strings.Contains(a.body, "试运行的席位") || strings.Contains(a.body, "恢复码") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}

// A passphrase in an address would be in histories and logs.
func TestNobodySignsInByAnAddress(t *testing.T) {
	h := newHall(t)
	h.enrolled("vet-1")
	words := url.Values{"id": {"vet-1"}, "passphrase": {phrase}, "code": {h.code()}}
	if a := h.ask("", "POST", "/desk/signin?"+words.Encode(), nil); a.StatusCode != 401 || a.session() != "" {
		t.Errorf("%d %v", a.StatusCode, a.Header)
	}
	if a := h.ask("", "POST", "/desk/signin", words); a.session() == "" {
		t.Errorf("in the form: %d", a.StatusCode)
	}
}
