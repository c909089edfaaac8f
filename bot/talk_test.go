package bot_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/bottest"
	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/search"
)

// morning is Saturday 2026-06-20, 09:30 in China.
var morning = time.Date(2026, time.June, 20, 9, 30, 0, 0, calendar.China)

// world is a clerk with a real office, whose cases are in memory.
type world struct {
	*bot.Clerk
	t         testing.TB
	record    *content.Snapshot
	office    *complaint.Office
	ring      *seal.Ring
	roster    *complaint.Roster
	book      *complainttest.Book
	discarded []string
	now       time.Time
	events    int
	conv      string
	turn      bot.Turn
}

// city is the roster of a trial over the units of the record.
func city(t testing.TB, s *content.Snapshot) *complaint.Roster {
	t.Helper()
	units := []complaint.Unit{{Code: "410800", Level: complaint.CityLevel}}
	for _, u := range s.Units() {
		level := complaint.SchoolLevel
		switch u.Kind {
		case content.County, content.District:
			level = complaint.CountyLevel
		case content.Bureau:
			continue
		case content.MunicipalSchool, content.CountySchool:
		}
		units = append(units, complaint.Unit{Code: u.Code, Parent: "410800", Level: level})
	}
	org, err := complaint.NewOrg(units)
	if err != nil {
		t.Fatal(err)
	}
	r := complainttest.Trial()
	r.Org = org
	return r
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, record: contenttest.Bundled(t), book: new(complainttest.Book), now: morning, conv: "a visitor's cookie"}
	w.roster = city(t, w.record)
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	w.ring = ring
	mac := func(b []byte) []byte {
		sum := sha256.Sum256(append([]byte("pepper"), b...))
		return sum[:]
	}
	clock := func() time.Time { return w.now }
	w.office = &complaint.Office{
		Book: w.book, Sealer: ring, MAC: mac, Now: clock, Calendar: w.record.WorkingDays,
		Roster: func(context.Context) (*complaint.Roster, error) { return w.roster, nil },
	}
	finder := search.NewFinder(search.NewMemory())
	finder.Now = clock
	if err := finder.Follow(t.Context(), w.record); err != nil {
		t.Fatal(err)
	}
	w.Clerk = &bot.Clerk{
		Sessions: bottest.NewMemory(), Office: w.office, Site: finder, Sealer: ring, Mint: ring.Mint, MAC: mac, Now: clock,
		Record:  func() *content.Snapshot { return w.record },
		Discard: func(_ context.Context, draft string) error { w.discarded = append(w.discarded, draft); return nil },
	}
	return w
}

// do takes an event of the conversation.
func (w *world) do(e bot.Event) bot.Turn {
	w.t.Helper()
	w.events++
	e.ID = fmt.Sprint("event ", w.events)
	turn, err := w.Take(w.t.Context(), w.conv, complaint.WebChat, e)
	if err != nil {
		w.t.Fatalf("%s %q: %v", e.Act, e.Text, err)
	}
	w.turn = turn
	return turn
}

func (w *world) say(text string) bot.Turn {
	w.t.Helper()
	return w.do(bot.Event{Act: bot.Say, Text: text})
}

// open is the question that stands open.
func (w *world) open() bot.Reply { return w.turn.Talk.Open(w.now) }

// label is how an option reads.
func (w *world) label(o bot.Option) string {
	if o.Text != "" {
		return o.Text
	}
	return w.record.Say("talk", o.Key, nil)
}

// press presses the option with that label.
func (w *world) press(label string) bot.Turn {
	w.t.Helper()
	var labels []string
	for _, o := range w.open().Options {
		if w.label(o) == label {
			return w.do(bot.Event{Act: o.Act, Text: o.Value, Prompt: w.open().Prompt})
		}
		labels = append(labels, w.label(o))
	}
	w.t.Fatalf("%s has no button %q, only %q", w.open().Key, label, labels)
	return bot.Turn{}
}

// queue returns the cases that somebody at the desk sees.
func (w *world) queue() []complaint.Docket {
	w.t.Helper()
	list, err := w.office.Queue(w.t.Context(), "first", complaint.Query{Limit: 50})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func keys(replies []bot.Reply) string {
	var out []string
	for _, r := range replies {
		out = append(out, r.Key)
	}
	return strings.Join(out, " ")
}

// Each dialogue of testdata/dialogues.txt is played: > is what somebody writes,
// > [ ] a button that is pressed, < the keys of the replies, = an answer as it
// stands at the end of the line before.
func TestDialogues(t *testing.T) {
	b, err := os.ReadFile("testdata/dialogues.txt")
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq("\n"+string(b), "\n# ") {
		name, lines, ok := strings.Cut(part, "\n")
		if !ok || name == "" {
			continue
		}
		t.Run(name, func(t *testing.T) { play(t, lines) })
	}
}

func play(t *testing.T, lines string) {
	w := newWorld(t)
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case ">":
			if label, ok := strings.CutPrefix(rest, "["); ok {
				w.press(strings.TrimSuffix(label, "]"))
			} else {
				w.say(rest)
			}
		case "<":
			if got := keys(w.turn.Replies); got != rest {
				t.Fatalf("after %d events: < %s\nwant < %s", w.events, got, rest)
			}
		case "=":
			slot, want, _ := strings.Cut(rest, " ")
			if got := shown(w, bot.SlotName(slot)); got != want {
				t.Errorf("after %d events: %s = %q, want %q", w.events, slot, got, want)
			}
		case "cases":
			if got := fmt.Sprint(len(w.queue())); got != rest {
				t.Errorf("%s cases, want %s", got, rest)
			}
		case "":
		default:
			t.Fatalf("no such line: %s", line)
		}
	}
}

// shown is a line of the summary as it reads.
func shown(w *world, slot bot.SlotName) string {
	for _, l := range w.turn.Talk.Summary() {
		if l.Slot == slot && !l.Missing {
			if l.Text != "" {
				return l.Text
			}
			return w.record.Say("talk", l.Value, nil)
		}
	}
	return "-"
}

// What is written where a kind is chosen names one, and is not lost.
func TestWordsWhereAKindIsAskedAreKept(t *testing.T) {
	w := newWorld(t)
	w.say("老师骂我，逼我报中专，我不敢说")
	w.press("都不是，看全部")
	w.say("班主任逼我改志愿")
	if got, want := shown(w, bot.Words), "老师骂我，逼我报中专，我不敢说\n班主任逼我改志愿"; got != want {
		t.Errorf("the story is %q, want %q", got, want)
	}
}

// Whoever urges or withdraws is led to the page of the receipt.
func TestUrgingLeadsToTheReceipt(t *testing.T) {
	w := newWorld(t)
	for _, words := range []string{"我上个月投诉的怎么还没人管", "我想撤回之前的投诉"} {
		w.say(words)
		if open := w.open(); len(open.Links) != 1 || open.Links[0].URL != "/receipt" {
			t.Errorf("%s: %s, links %v", words, open.Key, open.Links)
		}
	}
}

// A mistake on the site becomes a case only where the place is known: who
// writes of one is told how to name it.
func TestAMistakeOnTheSiteIsLedToItsPage(t *testing.T) {
	w := newWorld(t)
	w.say("你们网站上武陟的任务数写错了，请更正")
	if got := w.open().Key; got != "ask.answer.correction" {
		t.Errorf("asked %s, want ask.answer.correction", got)
	}
}

// Who begins in a second tab, or brings an advert while a draft is open, loses
// no word; what comes twice is kept once.
func TestABeginningBesideADraftIsKept(t *testing.T) {
	w := newWorld(t)
	const first, second = "太极中专收了800元定金不退", "武陟县实验中学老师替我改志愿"
	for _, words := range []string{first, second, first} {
		w.do(bot.Event{Act: bot.Start, Text: words})
	}
	if got, want := shown(w, bot.Words), first+"\n"+second; got != want {
		t.Errorf("the story is %q, want %q", got, want)
	}
}
