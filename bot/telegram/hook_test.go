package telegram

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot/telegram/telegramtest"
	"yangguang/complaint"
)

const hookSecret = "a-secret-of-the-webhook"

// newHooked is a world to which a webhook brings updates, as the site does.
func newHooked(t *testing.T, change ...func(*Config)) *world {
	t.Helper()
	var w *world
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path != HookPath || w == nil {
			rw.WriteHeader(http.StatusNotFound)
			return
		}
		rw.WriteHeader(w.Handle(r.Context(), r.Header.Get(SecretHeader), body))
	}))
	w = newWorld(t, append(change, func(c *Config) { c.Secret, c.Address = hookSecret, site.URL })...)
	t.Cleanup(site.Close)
	return w
}

// A whole complaint over the webhook: acknowledged after commit, in order.
func TestAComplaintOverTheHook(t *testing.T) {
	w := newHooked(t)
	w.write(1, story, "我这样理解")
	w.press(1, "对，下一步", "要留姓名吗")
	w.press(1, "不留姓名", "请核对")
	w.press(1, "提交", "已经提交")
	w.settled()
	w.quiet(1)
	if n := w.api.Calls("getUpdates"); n > 0 {
		t.Errorf("updates were asked for %d times", n)
	}
	if len(w.cases()) != 1 {
		t.Errorf("%d cases", len(w.cases()))
	}
}

// What is answered to whom.
func TestHandle(t *testing.T) {
	broken := &brokenClerk{}
	w := newHooked(t, func(c *Config) { broken.Clerk = c.Clerk; c.Clerk = broken })
	update := func(id int, text string) string {
		return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":3,"type":"private"},"from":{"id":3,"first_name":"x"},"text":%q}}`, id, id, text)
	}
	for _, c := range []struct {
		name, secret, body string
		want               int
	}{
		{"an update", hookSecret, update(1, story), 200},
		{"the same again", hookSecret, update(1, story), 200},
		{"without the secret", "", update(2, story), 401},
		{"with another", hookSecret + "x", update(2, story), 401},
		{"with the beginning of it", hookSecret[:5], update(2, story), 401},
		{"no JSON", hookSecret, `{"update_id":`, 400},
		{"no update", hookSecret, `{"ok":true}`, 400},
		{"a list", hookSecret, `[1]`, 400},
		{"far too much", hookSecret, update(3, strings.Repeat("x", MaxBody)), 400},
		{"of a sort that is not known", hookSecret, `{"update_id":9,"new_things":{}}`, 200},
		{"that does not read", hookSecret, `{"update_id":10,"message":7}`, 200},
	} {
		if got := w.Handle(t.Context(), c.secret, []byte(c.body)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	w.says(3, "我这样理解")
	w.settled()
	w.quiet(3) // the same was answered once
	broken.set(fmt.Errorf("%w: full", complaint.ErrNotKept), 0)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	done := make(chan int)
	go func() { done <- w.Handle(ctx, hookSecret, []byte(update(11, "还有一句"))) }()
	select {
	case got := <-done:
		t.Errorf("%d while nothing can be kept", got)
	case <-time.After(500 * time.Millisecond):
	}
	broken.set(nil, 0)
	if got := <-done; got != 200 {
		t.Errorf("%d when it can be kept again", got)
	}
	polling := newWorld(t)
	if got := polling.Handle(t.Context(), "", []byte(update(1, "x"))); got != 404 {
		t.Errorf("%d where updates are asked for", got)
	}
}

// Each update is brought three times, from several connections at once: none has
// its effect twice, and what each person wrote keeps its order.
func TestBroughtAgain(t *testing.T) {
	w := newHooked(t)
	const people, each = 5, 8
	for n := range each {
		for chat := int64(1); chat <= people; chat++ {
			text := fmt.Sprintf("还有一句 %d-%02d", chat, n)
			if n == 0 {
				text = story
			}
			w.api.Message(chat, telegramtest.Object{"text": text})
			w.api.Again(3)
		}
	}
	w.settled()
	for chat := int64(1); chat <= people; chat++ {
		if n := len(w.api.Said(chat)); n != each {
			t.Errorf("chat %d was answered %d times, want %d", chat, n, each)
		}
		turn, err := w.clerk.Look(t.Context(), conversation(chat))
		if err != nil {
			t.Fatal(err)
		}
		want := story
		for n := range each - 1 {
			want += fmt.Sprintf("\n还有一句 %d-%02d", chat, n+1)
		}
		if got := turn.Talk.Summary()[0].Text; got != want {
			t.Errorf("chat %d said:\n%s\nwant:\n%s", chat, got, want)
		}
	}
}

// What a webhook brings to a channel that has stopped is not taken, for its
// store may be closed by then: it comes again, to whoever runs.
func TestBroughtTooLate(t *testing.T) {
	w := newHooked(t)
	update := func(id int) []byte {
		return fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":3,"type":"private"},"from":{"id":3,"first_name":"x"},"text":"/help"}}`, id, id)
	}
	w.stop()
	if got := w.Handle(t.Context(), hookSecret, update(1)); got != http.StatusServiceUnavailable {
		t.Errorf("%d after the stop, want 503", got)
	}
	if known, err := w.Outbox.Has(t.Context(), complaint.Telegram, "update.1"); known || err != nil {
		t.Errorf("it was taken, %v", err)
	}
	w.run()
	waitFor(t, func() bool { return w.Handle(t.Context(), hookSecret, update(1)) == http.StatusOK })
	w.says(3, "打电话说")

	// Who brings something while the channel stops is answered, and the stop
	// waits for nobody who cannot be kept.
	broken := &brokenClerk{Clerk: w.Clerk}
	w.Clerk = broken
	broken.set(fmt.Errorf("%w: full", complaint.ErrNotKept), 0)
	var all sync.WaitGroup
	for id := range 20 {
		all.Go(func() {
			if got := w.Handle(t.Context(), hookSecret, update(100+id)); got != http.StatusServiceUnavailable {
				t.Errorf("%d while nothing can be kept and the channel stops", got)
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	began := time.Now()
	w.stop()
	all.Wait()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	w.run()
}
