package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/telegram/telegramtest"
	"yangguang/complaint"
)

// Whatever Telegram answers, nothing is lost: each is answered once it works
// again, in order.
func TestFaults(t *testing.T) {
	for name, f := range map[string]telegramtest.Fault{
		"a page instead of an answer":      {HTML: true, Times: 2},
		"the connection breaks":            {Cut: true, Times: 2},
		"its own fault":                    {Status: 500, Times: 2},
		"too fast, wait a second":          {Method: "sendMessage", Status: 429, RetryAfter: 1, Times: 1},
		"updates are not handed out":       {Method: "getUpdates", Status: 502, Times: 2},
		"another program asks for updates": {Method: "getUpdates", Status: 429, RetryAfter: 1, Times: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.api.Break(f)
			w.write(1, "/start", "您好")
			w.write(1, story, "我这样理解")
			w.settled()
			w.quiet(1)
			if h, err := w.Health(t.Context()); err != nil || h.State != working || h.GivenUp != 0 || h.Lost != 0 {
				t.Errorf("health %+v, %v", h, err)
			}
		})
	}
}

// A wrong token, or somebody who takes our updates, is shown; the rest of the
// program goes on, and so does this when it is put right.
func TestUnauthorized(t *testing.T) {
	w := newWorld(t)
	w.write(1, "/help", "打电话说")
	w.api.Break(telegramtest.Fault{Status: 401})
	w.api.Write(1, "/help")
	waitFor(t, func() bool { h, _ := w.Health(t.Context()); return h.State == string(unauthorized) })
	if log := w.log.String(); !strings.Contains(log, "unauthorized") {
		t.Errorf("the log says nothing: %s", log)
	}
}

// Who blocked the bot is not tried again, which is counted; the case is not
// touched, and others are answered.
func TestBlocked(t *testing.T) {
	w := newWorld(t)
	w.write(1, "/help", "打电话说")
	w.api.Block(1, true)
	w.api.Write(1, "/help")
	w.write(2, "/help", "打电话说")
	w.settled()
	h, err := w.Health(t.Context())
	if err != nil || h.GivenUp != 1 {
		t.Errorf("health %+v, %v; want one given up", h, err)
	}
	if n := w.api.Calls("sendMessage"); n != 3 {
		t.Errorf("%d messages were tried, want 3", n)
	}
	w.api.Block(1, false)
	w.write(1, "/help", "打电话说")
}

// That news did not reach whoever blocked the bot stands in their case, once,
// for whoever answers and for them; a later one that does is no such news.
func TestNewsThatDoNotArrive(t *testing.T) {
	w := newWorld(t)
	w.write(1, story, "我这样理解")
	w.press(1, "对，下一步", "要留姓名吗")
	w.press(1, "不留姓名", "请核对")
	w.press(1, "提交", "已经提交")
	n := w.cases()[0].Number
	ask := func(turn int) {
		t.Helper()
		if _, err := w.office.Act(t.Context(), "first", n, turn, complaint.Action{Move: complaint.Write, Words: []byte("还在办")}); err != nil {
			t.Fatal(err)
		}
		w.carry()
		w.settled()
	}
	noted := func() (out []int) {
		t.Helper()
		r, err := w.office.Book.Record(t.Context(), complaint.Unscoped(), n)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range r.Events {
			if e.Move == complaint.Unreached {
				out = append(out, e.Facts.Letter)
			}
		}
		return out
	}
	w.api.Block(1, true)
	ask(1)
	if got := noted(); !slices.Equal(got, []int{2}) {
		t.Errorf("noted of the events %v, want of 2", got)
	}
	w.api.Block(1, false)
	ask(1)
	w.says(1, "有新进展")
	if got := noted(); len(got) != 1 {
		t.Errorf("what arrived is noted too: %v", got)
	}
}

// One chat that has to wait holds up no other, and keeps its order.
func TestOneWaits(t *testing.T) {
	w := newWorld(t)
	w.api.Break(telegramtest.Fault{Method: "sendMessage", Chat: 1, Status: 429, RetryAfter: 1, Times: 1})
	w.api.Write(1, "/start")
	w.api.Write(1, story)
	w.write(2, "/help", "打电话说")
	w.says(1, "您好")
	w.says(1, "我这样理解")
}

// A group that became a supergroup is followed, for good.
func TestTheGroupMoves(t *testing.T) {
	w := newWorld(t)
	const now = int64(-1009999)
	w.api.Break(telegramtest.Fault{Method: "sendMessage", Chat: group, Status: 400, MigrateTo: now})
	for n := range 2 {
		if err := w.Announce(t.Context(), complaint.Letter{Position: int64(n + 1), Key: complaint.LetterCame}); err != nil {
			t.Fatal(err)
		}
		w.says(now, "来了一件新的")
	}
	if n := w.api.Calls("sendMessage"); n != 3 {
		t.Errorf("%d messages were tried, want 3: the old group once", n)
	}
}

// A letter that comes again is one; of several to the desk that say the same the
// last one that waits is enough.
func TestLettersOnce(t *testing.T) {
	w := newWorld(t)
	w.api.Break(telegramtest.Fault{Method: "sendMessage", Chat: group, Status: 429, RetryAfter: 1})
	for position := range int64(5) {
		for range 2 {
			l := complaint.Letter{Position: position + 1, Key: complaint.LetterCame, Number: "2026483927107"}
			if err := w.Announce(t.Context(), l); err != nil {
				t.Fatal(err)
			}
			l.Position += 100
			if err := w.Carry(t.Context(), l, "33"); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.api.Repair()
	w.settled()
	if n := len(w.api.Said(group)); n != 1 {
		t.Errorf("the group was told %d times", n)
	}
	if n := len(w.api.Said(33)); n != 5 {
		t.Errorf("the citizen was told %d times, want 5", n)
	}
	if err := w.Carry(t.Context(), complaint.Letter{Position: 99}, "no chat"); err != nil {
		t.Errorf("a letter without an address holds up the others: %v", err)
	}
}

// brokenClerk fails as long as it is told to.
type brokenClerk struct {
	Clerk
	mu     sync.Mutex
	err    error
	panics int
}

func (b *brokenClerk) Take(ctx context.Context, conv string, channel complaint.Channel, e bot.Event) (bot.Turn, error) {
	b.mu.Lock()
	err, panics := b.err, b.panics
	b.mu.Unlock()
	if panics > 0 && strings.Contains(e.Text, "毒") {
		panic("as the test says")
	}
	if err != nil {
		turn, _ := b.Clerk.Take(ctx, "elsewhere", channel, e) // to know the danger in it
		return bot.Turn{Dangers: turn.Dangers}, err
	}
	return b.Clerk.Take(ctx, conv, channel, e)
}

func (b *brokenClerk) set(err error, panics int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err, b.panics = err, panics
}

// While nothing can be kept nothing is acknowledged, but who is in danger is
// told whom to call at once; then all is taken, once and in order.
func TestNothingCanBeKept(t *testing.T) {
	broken := &brokenClerk{}
	w := newWorld(t, func(c *Config) { broken.Clerk = c.Clerk; c.Clerk = broken })
	broken.set(fmt.Errorf("%w: full", complaint.ErrNotKept), 0)
	w.api.Write(1, "老师打我，不想活了，"+story)
	w.says(1, "先打电话", "☎ 12356")
	w.api.Write(1, "还有一句")
	time.Sleep(300 * time.Millisecond)
	if w.api.Waiting() != 2 {
		t.Errorf("%d updates wait, want 2", w.api.Waiting())
	}
	broken.set(nil, 0)
	w.says(1, "先打电话", "只收办这件事")
	w.next(1)
	w.settled()
	w.quiet(1)
}

// An update that brings the program down does so a few times and is given up,
// visibly; what comes after it is taken.
func TestPoison(t *testing.T) {
	broken := &brokenClerk{}
	w := newWorld(t, func(c *Config) { broken.Clerk = c.Clerk; c.Clerk = broken })
	broken.set(nil, 1)
	w.api.Write(1, "有毒的一条")
	w.api.Write(2, story)
	w.says(2, "我这样理解")
	w.says(1, "这一条我没能收下")
	w.write(1, story, "我这样理解")
	w.api.Raw("odd", telegramtest.Object{"message": "no message"})
	w.settled()
	if h, err := w.Health(t.Context()); err != nil || h.Lost != 1 {
		t.Errorf("health %+v, %v", h, err)
	}
	if log := w.log.String(); strings.Contains(log, "有毒") {
		t.Error("the log has the citizen's words")
	}
}

// Stopped and started again it goes on where it was; of two processes one polls.
func TestStopAndStart(t *testing.T) {
	w := newWorld(t)
	w.write(1, story, "我这样理解")
	w.stop()
	w.api.Write(1, "对，下一步")
	w.run()
	w.says(1, "要留姓名吗")
	other := w.config(w.api.URL, w.log)
	holder, theirs := "one", "two"
	lease := func(who *string) func(context.Context, time.Duration) (bool, error) {
		return func(ctx context.Context, term time.Duration) (bool, error) {
			return w.db.Lease(ctx, "telegram", *who, term, time.Now())
		}
	}
	w.stop()
	w.Lease, other.Lease = lease(&holder), lease(&theirs)
	w.run()
	w.write(1, "不留姓名", "请核对")
	second, err := New(other)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { second.Run(ctx) })
	waitFor(t, func() bool { h, _ := second.Health(t.Context()); return h.State == standby })
	w.write(1, "提交", "已经提交")
	w.settled()
	w.quiet(1)
	cancel()
	done.Wait()
}

// What waited while the program was away may be handed out in any order: it is
// taken in the order in which it was said.
func TestHandedOutInDisorder(t *testing.T) {
	w := newWorld(t)
	w.stop()
	want := story
	w.api.Write(1, story)
	for n := range 8 {
		text := fmt.Sprintf("还有一句 %d", n)
		want += "\n" + text
		w.api.Write(1, text)
	}
	w.api.Shuffle()
	w.run()
	w.settled()
	turn, err := w.clerk.Look(t.Context(), conversation(1))
	if err != nil {
		t.Fatal(err)
	}
	if got := turn.Talk.Summary()[0].Text; got != want {
		t.Errorf("said:\n%s\nwant:\n%s", got, want)
	}
}

// A site whose Telegram cannot be reached stops at once when it is told to.
func TestUnreachable(t *testing.T) {
	w := newWorld(t)
	w.stop()
	c, err := New(w.config("http://127.0.0.1:1", w.log))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { c.Run(ctx) })
	waitFor(t, func() bool { h, _ := c.Health(t.Context()); return h.State == string(temporary) })
	cancel()
	began := time.Now()
	if done.Wait(); time.Since(began) > 2*time.Second {
		t.Errorf("it took %v to stop", time.Since(began))
	}
	w.run()
}

// A wrong setting is named before anything is asked.
func TestSettings(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		change func(*Config)
		want   error
	}{
		"no token":         {func(c *Config) { c.Token = "" }, ErrToken},
		"a path in it":     {func(c *Config) { c.Token = "1:a/../../x" }, ErrToken},
		"no number before": {func(c *Config) { c.Token = "bot1:abcdef" }, ErrToken},
		"no address":       {func(c *Config) { c.API = "api.telegram.org" }, ErrAddress},
		"another scheme":   {func(c *Config) { c.API = "file:///x" }, ErrAddress},
		"a short secret":   {func(c *Config) { c.Secret = "short" }, ErrSecret},
		"a long one":       {func(c *Config) { c.Secret = strings.Repeat("x", 257) }, ErrSecret},
	} {
		cfg := w.config(w.api.URL, w.log)
		c.change(&cfg)
		if _, err := New(cfg); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestPace(t *testing.T) {
	p := pace{inAll: time.Second / 25, inChat: time.Second, inGroup: 3 * time.Second, chats: map[string]time.Time{}}
	now := time.Unix(1000, 0)
	sent, chats := 0, 0
	for tick := range 1000 { // ten seconds
		at := now.Add(time.Duration(tick) * 10 * time.Millisecond)
		for lane := range 100 {
			if p.turn(fmt.Sprint(lane), false, at) == 0 {
				if sent++; lane == 0 {
					chats++
				}
			}
		}
	}
	if sent > 10*30 || sent < 10*20 || chats > 10 {
		t.Errorf("%d messages in ten seconds, %d into one chat", sent, chats)
	}
	p = pace{inGroup: 3 * time.Second, chats: map[string]time.Time{}}
	if p.turn("g", true, now) != 0 || p.turn("g", true, now.Add(time.Second)) != 2*time.Second {
		t.Error("a group is told too fast")
	}
}
