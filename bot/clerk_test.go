package bot_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/content"
	"yangguang/search"
	"yangguang/understand"
)

const story = "武陟的初中老师昨天逼我们报中专"

// toSummary brings the talk to its summary.
func (w *world) toSummary() {
	w.t.Helper()
	w.say(story)
	w.press("对，下一步")
	w.press("不留姓名")
	if w.open().Slot != "summary" {
		w.t.Fatalf("at %s, want the summary", w.open().Slot)
	}
}

var errKilled = errors.New("killed here")

// failing fails once at a step: before it is done, or after.
type failing struct {
	bot.Sessions
	bot.Office
	bot.Site
	at    string
	after bool
	hits  int
}

func (f *failing) step(name string, do func() error) error {
	if f.at != name || f.hits > 0 {
		return do()
	}
	f.hits++
	if f.after {
		if err := do(); err != nil {
			return err
		}
	}
	return errKilled
}

func (f *failing) Load(ctx context.Context, conv string) (s bot.Session, err error) {
	err2 := f.step("load", func() error { s, err = f.Sessions.Load(ctx, conv); return nil })
	return s, cmp.Or(err2, err)
}

func (f *failing) Commit(ctx context.Context, conv string, s bot.Session) error {
	return f.step("commit", func() error { return f.Sessions.Commit(ctx, conv, s) })
}

func (f *failing) Drop(ctx context.Context, conv string, revision int64) error {
	return f.step("drop", func() error { return f.Sessions.Drop(ctx, conv, revision) })
}

func (f *failing) Receivable(ctx context.Context, kind complaint.Kind, accused []complaint.Accused) (r complaint.Route, err error) {
	err2 := f.step("receivable", func() error { r, err = f.Office.Receivable(ctx, kind, accused); return nil })
	return r, cmp.Or(err2, err)
}

func (f *failing) File(ctx context.Context, d complaint.Draft) (filed complaint.Filed, err error) {
	err2 := f.step("file", func() error { filed, err = f.Office.File(ctx, d); return nil })
	return filed, cmp.Or(err2, err)
}

func (f *failing) Grievance(ctx context.Context, text string) (g understand.Grievance, err error) {
	err2 := f.step("understand", func() error { g, err = f.Site.Grievance(ctx, text); return nil })
	return g, cmp.Or(err2, err)
}

// Whatever fails, before or after it was done, the event is not acknowledged;
// sent again it is taken once, and files one case with one receipt.
func TestKilledAtAnyPointItFilesOnce(t *testing.T) {
	for _, at := range []string{"understand", "load", "receivable", "file", "commit"} {
		for _, after := range []bool{false, true} {
			for on := range 4 { // which of the four events is hit
				t.Run(fmt.Sprint(at, " after=", after, " at event ", on), func(t *testing.T) { killed(t, at, after, on) })
			}
		}
	}
}

func killed(t *testing.T, at string, after bool, on int) {
	w := newWorld(t)
	f := &failing{Sessions: w.Sessions, Office: w.Office, Site: w.Site, after: after}
	w.Sessions, w.Office, w.Site = f, f, f
	steps := []func() bot.Event{
		func() bot.Event { return bot.Event{Act: bot.Say, Text: story} },
		func() bot.Event { return bot.Event{Act: bot.Choose, Text: "yes", Prompt: w.open().Prompt} },
		func() bot.Event { return bot.Event{Act: bot.Choose, Text: "anonymous", Prompt: w.open().Prompt} },
		func() bot.Event { return bot.Event{Act: bot.Submit} },
	}
	for i, step := range steps {
		e := step()
		e.ID = fmt.Sprint("event ", i)
		if f.at = ""; i == on {
			f.at = at
		}
		turn, err := w.Take(t.Context(), w.conv, complaint.WebChat, e)
		if f.hits > 0 && i == on {
			if !errors.Is(err, errKilled) {
				t.Fatalf("event %d: %v, want it killed", i, err)
			}
			if looked, err := w.Look(t.Context(), w.conv); err == nil {
				if _, done := looked.Talk.Filed(); (done || looked.Cut) != (len(w.queue()) > 0) || done && (at != "commit" || !after) {
					t.Fatalf("done %v, cut off %v, with %d cases", done, looked.Cut, len(w.queue()))
				}
			}
			turn, err = w.Take(t.Context(), w.conv, complaint.WebChat, e) // sent again
		}
		if err != nil {
			t.Fatalf("event %d: %v", i, err)
		}
		w.turn = turn
	}
	done, ok := w.turn.Talk.Filed()
	if !ok || len(w.queue()) != 1 || w.queue()[0].Number != done.Number {
		t.Fatalf("filed %v %+v, queue %d", ok, done, len(w.queue()))
	}
	receipt := done.Receipt
	code, err := complaint.ParseReceipt(receipt)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := w.office.Follow(t.Context(), code); err != nil || v.Number != done.Number {
		t.Errorf("the receipt opens %v, %v", v.Number, err)
	}
	for range 2 { // and it is shown again
		again, err := w.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: "event 3", Act: bot.Submit})
		if d, _ := again.Talk.Filed(); err != nil || d.Receipt != receipt || !again.Again {
			t.Errorf("sent once more: %+v, %v", d, err)
		}
	}
}

// Nothing of the draft is lost when what it waits for is down: the summary
// stands, and the next try files it.
func TestAnOfficeThatIsDownLeavesTheSummary(t *testing.T) {
	w := newWorld(t)
	w.toSummary()
	down := &failing{Sessions: w.Sessions, Office: w.Office, Site: w.Site, at: "file"}
	w.Office = down
	turn, err := w.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: "x", Act: bot.Submit})
	if !errors.Is(err, errKilled) || len(turn.Replies) > 0 {
		t.Fatalf("%v %v", turn.Replies, err)
	}
	looked, err := w.Look(t.Context(), w.conv)
	if err != nil || looked.Talk.Open(w.now).Slot != "summary" {
		t.Fatalf("%v", err)
	}
	w.do(bot.Event{Act: bot.Submit})
	if len(w.queue()) != 1 {
		t.Errorf("%d cases", len(w.queue()))
	}
}

// Words of danger are answered even where nothing else works.
func TestDangerIsKnownWhateverFails(t *testing.T) {
	w := newWorld(t)
	w.Sessions = &failing{Sessions: w.Sessions, at: "load"}
	turn, err := w.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: "x", Act: bot.Say, Text: "我不想活了"})
	if err == nil || !slices.Contains(turn.Dangers, content.Suicide) {
		t.Errorf("dangers %v, %v", turn.Dangers, err)
	}
}

// measuring notes how much it is given to read.
type measuring struct {
	bot.Site
	read int
}

func (m *measuring) Grievance(ctx context.Context, text string) (understand.Grievance, error) {
	m.read += len(text)
	return m.Site.Grievance(ctx, text)
}

// However many fields a form has and however long they are, no more is read of
// it than of one message; and the story is read first.
func TestHowMuchOfAnEventIsRead(t *testing.T) {
	w := newWorld(t)
	w.say(story)
	m := &measuring{Site: w.Site}
	w.Site = m
	long := strings.Repeat("长", 20_000)
	fields := map[bot.SlotName]string{bot.Words: "我不想活了" + long}
	for _, name := range []bot.SlotName{bot.School, bot.Area, bot.Named, bot.Paid, bot.Amount, bot.When, bot.Name} {
		fields[name] = long
	}
	turn, err := w.Take(t.Context(), w.conv, complaint.WebForm, bot.Event{ID: "x", Act: bot.Fill, Screen: bot.StoryScreen, Fields: fields})
	if err != nil || m.read > 30_000 || !slices.Contains(turn.Dangers, content.Suicide) {
		t.Errorf("%d bytes read, dangers %v, %v", m.read, turn.Dangers, err)
	}
}

// Urgent is said to the office, and the case comes first.
func TestDangerIsFlagged(t *testing.T) {
	w := newWorld(t)
	w.say("武陟的初中老师打我，逼我报中专")
	w.press("改志愿、逼报、劝弃考") // it may be either, and either way it is urgent
	w.press("对，下一步")
	w.press("不留姓名")
	w.press("提交")
	if list := w.queue(); len(list) != 1 || !list[0].Urgent {
		t.Errorf("%+v", list)
	}
}

// Many at once: each conversation in its own order, each event once.
func TestEventsOfOneConversationAreTakenOneAtATime(t *testing.T) {
	w := newWorld(t)
	var all sync.WaitGroup
	for conv := range 8 {
		first, err := w.Take(t.Context(), fmt.Sprint("conv ", conv), complaint.WebChat, bot.Event{ID: "first", Act: bot.Start})
		if err != nil {
			t.Fatal(err)
		}
		for n := range 6 {
			all.Go(func() {
				for range 2 { // everything comes twice
					_, err := w.Take(t.Context(), fmt.Sprint("conv ", conv), complaint.WebChat, bot.Event{
						ID: fmt.Sprint("e", n), Act: bot.Attach, Draft: first.Talk.ID(),
						Evidence: complaint.Evidence{ID: fmt.Sprint("file ", n), Kind: complaint.Picture, Size: 1, SHA256: strings.Repeat("a0", 32)},
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	all.Wait()
	for conv := range 8 {
		turn, err := w.Look(t.Context(), fmt.Sprint("conv ", conv))
		if err != nil || len(turn.Talk.Files()) != 6 {
			t.Errorf("conv %d: %d files, %v", conv, len(turn.Talk.Files()), err)
		}
	}
}

// A file that arrived for a draft which was given up meanwhile belongs to no
// other.
func TestEvidenceOfADraftThatIsGone(t *testing.T) {
	w := newWorld(t)
	w.say(story)
	attach := bot.Event{Act: bot.Attach, Draft: w.turn.Talk.ID(), Evidence: complaint.Evidence{ID: "file", Kind: complaint.Picture, Size: 1, SHA256: strings.Repeat("a0", 32)}}
	w.do(bot.Event{Act: bot.Cancel})
	w.do(bot.Event{Act: bot.Choose, Text: "yes", Prompt: w.open().Prompt})
	attach.ID = "after the end"
	if _, err := w.Take(t.Context(), w.conv, complaint.WebChat, attach); !errors.Is(err, bot.ErrNone) {
		t.Errorf("taken: %v, want ErrNone", err)
	}
	if _, err := w.Look(t.Context(), w.conv); !errors.Is(err, bot.ErrNone) {
		t.Errorf("it began a conversation: %v", err)
	}
	w.say(story)
	attach.ID = "in another draft"
	if _, err := w.Take(t.Context(), w.conv, complaint.WebChat, attach); !errors.Is(err, bot.ErrNone) {
		t.Errorf("taken into another draft: %v, want ErrNone", err)
	}
}

// What is against the bureau leaves nothing: no case, no draft, no evidence;
// the sheet is in that one answer.
func TestAgainstTheBureauNothingIsKept(t *testing.T) {
	w := newWorld(t)
	words := "我要举报市教育局的领导收了学校的好处费"
	w.say(words)
	draft := w.turn.Talk.ID()
	w.press("对，下一步")
	turn := w.press("市教育局")
	s := turn.Sheet
	if s == nil || s.Why != complaint.RefusedBureau || s.Words != words || !slices.Contains(s.To, complaint.Inspection) {
		t.Fatalf("sheet %+v", s)
	}
	if _, err := w.Look(t.Context(), w.conv); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the talk is still there: %v", err)
	}
	if !slices.Equal(w.discarded, []string{draft}) || len(w.queue()) != 0 {
		t.Errorf("discarded %v, %d cases", w.discarded, len(w.queue()))
	}
}

// Where nobody may receive it, it is refused as soon as kind and accused are
// known, with the own words to carry.
func TestNobodyToReceiveIt(t *testing.T) {
	w := newWorld(t)
	w.roster.Officers = nil
	w.say(story)
	turn := w.press("对，下一步")
	if turn.Sheet == nil || turn.Sheet.Why != complaint.RefusedNobody || turn.Sheet.Words != story || keys(turn.Replies) != "refused.nobody" {
		t.Errorf("%s %+v", keys(turn.Replies), turn.Sheet)
	}
	if _, err := w.Look(t.Context(), w.conv); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the talk is still there: %v", err)
	}
}

// A draft is there for 72 hours after the last event, and then gone with its
// evidence; a filed one leaves its evidence to the case.
func TestDraftsEnd(t *testing.T) {
	w := newWorld(t)
	w.say(story)
	draft := w.turn.Talk.ID()
	w.now = w.now.Add(bot.Life - time.Minute)
	if turn, err := w.Look(t.Context(), w.conv); err != nil || turn.Talk.Open(w.now).Slot != "card" {
		t.Fatalf("after 71 hours: %v", err)
	}
	w.do(bot.Event{Act: bot.Help})
	w.now = w.now.Add(bot.Life - time.Minute)
	w.do(bot.Event{Act: bot.Help})
	w.now = w.now.Add(bot.Life + time.Minute)
	if _, err := w.Look(t.Context(), w.conv); !errors.Is(err, bot.ErrNone) {
		t.Errorf("after 72 hours: %v, want ErrNone", err)
	}
	if n, err := w.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("swept %d at once, %v: an event may still be at work", n, err)
	}
	w.now = w.now.Add(time.Hour)
	if n, err := w.Sweep(t.Context()); n != 1 || err != nil || !slices.Equal(w.discarded, []string{draft}) {
		t.Errorf("swept %d, %v, discarded %v", n, err, w.discarded)
	}
	w.discarded = nil
	w.toSummary()
	w.press("提交")
	w.now = w.now.Add(bot.Life)
	if n, err := w.Sweep(t.Context()); n != 1 || err != nil || len(w.discarded) != 0 {
		t.Errorf("of a filed one: swept %d, %v, discarded %v", n, err, w.discarded)
	}
}

// A draft that was filed and not committed keeps its evidence when it expires.
func TestEvidenceOfACaseIsNeverSwept(t *testing.T) {
	w := newWorld(t)
	w.toSummary()
	f := &failing{Sessions: w.Sessions, at: "commit"}
	w.Sessions = f
	if _, err := w.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: "x", Act: bot.Submit}); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	w.now = w.now.Add(bot.Life + time.Hour)
	if n, err := w.Sweep(t.Context()); n != 1 || err != nil || len(w.discarded) != 0 {
		t.Errorf("swept %d, %v, discarded %v", n, err, w.discarded)
	}
	w.say("又来了一次")
	if len(w.discarded) != 0 {
		t.Errorf("discarded %v", w.discarded)
	}
}

// An expired draft does not come back with the next event.
func TestTheNextEventAfterTheEndBeginsAnew(t *testing.T) {
	w := newWorld(t)
	w.say(story)
	draft := w.turn.Talk.ID()
	w.now = w.now.Add(bot.Life + time.Minute)
	w.say("卫校收了我500块占位费不给退")
	if w.turn.Talk.ID() == draft || !slices.Equal(w.discarded, []string{draft}) || shown(w, bot.Area) != "-" {
		t.Errorf("draft %s, discarded %v", w.turn.Talk.ID(), w.discarded)
	}
}

// After filing, Start begins another complaint; anything else shows the number
// and receipt again.
func TestAfterFiling(t *testing.T) {
	w := newWorld(t)
	w.toSummary()
	w.press("提交")
	first, _ := w.turn.Talk.Filed()
	w.say("你好")
	if again, ok := w.turn.Talk.Filed(); !ok || again.Number != first.Number || again.Receipt != first.Receipt {
		t.Errorf("%+v, want %+v", again, first)
	}
	w.do(bot.Event{Act: bot.Start})
	if _, ok := w.turn.Talk.Filed(); ok || w.open().Slot != bot.Words {
		t.Errorf("at %s", w.open().Slot)
	}
	if len(w.discarded) != 0 {
		t.Errorf("discarded %v", w.discarded)
	}
}

// A mistake on the site: the figure is named, the words are asked, no more.
func TestCorrection(t *testing.T) {
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start, About: "target/2022/410823#number"})
	if got := w.open(); got.Key != "ask.words.correction" || got.Args["about"] != "target/2022/410823#number" {
		t.Fatalf("%+v", got)
	}
	w.say("附件上写的是3300，这里少了一个0")
	if w.open().Slot != "summary" {
		t.Fatalf("at %s", w.open().Slot)
	}
	w.press("提交")
	list := w.queue()
	if len(list) != 1 || list[0].Kind != complaint.Correction {
		t.Fatalf("%+v", list)
	}
}

// The words of an advert that was checked are the story.
func TestWordsFromAnotherPage(t *testing.T) {
	w := newWorld(t)
	turn := w.do(bot.Event{Act: bot.Start, Text: "焦作卫校招生，包就业，先交500元占位费"})
	if w.open().Slot != "card" && w.open().Slot != bot.Kind {
		t.Errorf("at %s: %s", w.open().Slot, keys(turn.Replies))
	}
}

// Whoever brings an advert from another page is offered first that it lies,
// whatever the advert speaks of; but never before a word of harm.
func TestAnAdvertIsOfferedAsOne(t *testing.T) {
	for _, c := range []struct{ text, first string }{
		{"郑州市商贸工程学校2026年招生，学费全免，名额有限，先交500元占位费", "招生宣传骗人"},
		{"实习就业有保障，电话13812345678", "招生宣传骗人"},
		{"哈哈哈哈哈", "招生宣传骗人"},
		{"包就业。他们的教官打我", "学生被打骂、欺负、骚扰"},
	} {
		w := newWorld(t)
		w.do(bot.Event{Act: bot.Start, Text: c.text, Advert: true})
		got := "招生宣传骗人" // where it was understood, the card says so
		if w.open().Slot == bot.Kind {
			got = w.label(w.open().Options[0])
		} else if kind := shown(w, bot.Kind); kind != got {
			got = kind
		}
		if got != c.first {
			t.Errorf("%s: offers %s first, want %s", c.text, got, c.first)
		}
	}
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start, Advert: true}) // a form sends its story apart
	w.do(bot.Event{Act: bot.Fill, Screen: bot.StoryScreen, Fields: map[bot.SlotName]string{bot.Words: "郑州市商贸工程学校招生，先交500元占位费"}})
	fields := w.turn.Talk.Screen(w.now).Fields
	if len(fields) == 0 || fields[0].Slot != bot.Kind || w.label(fields[0].Options[0]) != "招生宣传骗人" {
		t.Errorf("the form asks %+v", fields)
	}
	w.press("招生宣传骗人")
	if got := shown(w, bot.Named); got != "郑州市商贸工程学校" {
		t.Errorf("the school is %q", got)
	}
}

// Nothing that was written can be read where it is kept.
func TestWhatIsKeptIsSealed(t *testing.T) {
	w := newWorld(t)
	const event = "digest8391"
	if _, err := w.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: event, Act: bot.Say, Text: "武陟的初中老师逼我们报中专，记号MARKER8391"}); err != nil {
		t.Fatal(err)
	}
	s := w.Sessions
	seen := 0
	gone, err := s.Expired(t.Context(), w.now.Add(1000*time.Hour), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gone {
		seen++
		k, err := s.Load(t.Context(), g.Conv)
		if err != nil {
			t.Fatal(err)
		}
		if all := fmt.Sprintf("%s %s %s %s", g.Conv, k.Sealed, k.Key.Wrapped, k.Draft); strings.Contains(all, "MARKER8391") || strings.Contains(all, w.conv) {
			t.Error("the words or the name of the conversation can be read")
		}
		// A page names an event by a digest of what was typed: whoever guesses
		// that must not be able to see that the guess is right.
		if len(k.Seen) != 1 || strings.Contains(k.Seen[0], event) {
			t.Errorf("the events are kept as %q", k.Seen)
		}
	}
	if seen != 1 {
		t.Errorf("%d kept", seen)
	}
}

// A button of an earlier question changes nothing.
func TestStaleButton(t *testing.T) {
	w := newWorld(t)
	w.say(story)
	old := w.open().Prompt
	w.press("对，下一步")
	turn := w.do(bot.Event{Act: bot.Choose, Text: "yes", Prompt: old})
	if keys(turn.Replies) != "stale ask.identity" {
		t.Errorf("%s", keys(turn.Replies))
	}
}

var _ bot.Site = (*search.Finder)(nil)

// counting counts what is read of the sessions.
type counting struct {
	bot.Sessions
	loads, commits int
}

func (c *counting) Load(ctx context.Context, conv string) (bot.Session, error) {
	c.loads++
	return c.Sessions.Load(ctx, conv)
}

func (c *counting) Commit(ctx context.Context, conv string, s bot.Session) error {
	c.commits++
	return c.Sessions.Commit(ctx, conv, s)
}

// colleague is the clerk of another instance on the same sessions and book.
func (w *world) colleague() *bot.Clerk {
	c := w.Clerk
	return &bot.Clerk{
		Sessions: c.Sessions, Office: c.Office, Site: c.Site, Sealer: c.Sealer, Mint: c.Mint, MAC: c.MAC, Record: c.Record,
		Discard: c.Discard, Now: c.Now,
	}
}

// An event costs one commit where the clerk remembers the conversation, and a
// second call where another instance moved it on or something is done outside.
func TestWhatAnEventCosts(t *testing.T) {
	w := newWorld(t)
	calls := &counting{Sessions: w.Sessions}
	w.Sessions = calls
	other := w.colleague()
	cost := func(what string, loads, commits int, do func()) {
		t.Helper()
		*calls = counting{Sessions: calls.Sessions}
		if do(); calls.loads != loads || calls.commits != commits {
			t.Errorf("%s: %d loads and %d commits, want %d and %d", what, calls.loads, calls.commits, loads, commits)
		}
	}
	elsewhere := func(e bot.Event) func() {
		return func() {
			w.events++
			e.ID = fmt.Sprint("event ", w.events)
			if _, err := other.Take(t.Context(), w.conv, complaint.WebChat, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	cost("the first event", 1, 1, func() { w.say(story) })
	cost("the next", 0, 1, func() { w.press("对，下一步") })
	cost("one in another instance", 1, 1, elsewhere(bot.Event{Act: bot.Back}))
	cost("one that it remembers", 0, 1, elsewhere(bot.Event{Act: bot.Help}))
	cost("one here, where it moved on", 0, 2, func() { w.do(bot.Event{Act: bot.Help}) })
	cost("a glance", 1, 0, func() {
		if _, err := other.Look(t.Context(), w.conv); err != nil {
			t.Fatal(err)
		}
	})
	cost("an event after it", 0, 1, elsewhere(bot.Event{Act: bot.Help}))
	cost("an event that comes again", 1, 0, func() {
		again, err := other.Take(t.Context(), w.conv, complaint.WebChat, bot.Event{ID: fmt.Sprint("event ", w.events), Act: bot.Help})
		if err != nil || !again.Again {
			t.Errorf("again %v, %v", again.Again, err)
		}
	})
}

// listening keeps the words of all that was to be filed.
type listening struct {
	bot.Office
	filed []string
}

func (l *listening) File(ctx context.Context, d complaint.Draft) (complaint.Filed, error) {
	l.filed = append(l.filed, string(d.Words))
	return l.Office.File(ctx, d)
}

// What one instance remembers is not filed when it was changed in another, and
// what was given up there is not taken up again.
func TestWhatIsRememberedIsNotFiled(t *testing.T) {
	w := newWorld(t)
	office := &listening{Office: w.Office}
	w.Office = office
	other := w.colleague()
	w.toSummary()
	here := w.Clerk
	w.Clerk = other
	w.do(bot.Event{Act: bot.Edit, Text: "story"})
	w.say("武陟的初中老师前天收了八百元才给报名")
	w.Clerk = here
	w.do(bot.Event{Act: bot.Submit})
	for _, words := range office.filed {
		if !strings.Contains(words, "八百元") {
			t.Errorf("filed are the words %q, which were changed", words)
		}
	}

	w.conv = "another cookie"
	w.say(story)
	w.press("对，下一步")
	w.Clerk = other
	w.do(bot.Event{Act: bot.Cancel})
	w.do(bot.Event{Act: bot.Choose, Text: "yes", Prompt: w.open().Prompt})
	for range 2 { // as many as the other remembers
		w.do(bot.Event{Act: bot.Start, Text: "焦作卫校乱收费三千元"})
	}
	w.Clerk = here
	w.say("提交")
	looked, err := other.Look(t.Context(), w.conv)
	if err != nil || strings.Contains(fmt.Sprint(looked.Talk), "逼我们") {
		t.Errorf("%v: what was given up is there again: %v", err, looked.Talk)
	}
}
