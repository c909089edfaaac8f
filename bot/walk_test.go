package bot

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/content/contenttest"
	"yangguang/search"
	"yangguang/understand"
)

// walker is somebody who does anything, in any order.
type walker struct {
	t      testing.TB
	reader *understand.Reader
	dir    *Directory
	rnd    *rand.Rand
	talk   Talk
	now    time.Time
	filed  bool
	cache  map[string]understand.Grievance
}

func newWalker(t testing.TB) *walker {
	t.Helper()
	s := contenttest.Bundled(t)
	w := &walker{
		t: t, reader: understand.New(s), dir: NewDirectory(s), cache: map[string]understand.Grievance{},
		now: time.Date(2026, time.June, 20, 9, 30, 0, 0, calendar.China),
	}
	return w
}

func (w *walker) read(text string) understand.Grievance {
	text = tidy(text)
	g, ok := w.cache[text]
	if !ok {
		g = w.reader.Grievance(text, calendar.DateOf(w.now))
		w.cache[text] = g
	}
	return g
}

// hand gives the event what a clerk does.
func (w *walker) hand(e Event) Event {
	e.Understood = map[SlotName]understand.Grievance{}
	if e.Act == Say || e.Act == Start || e.Act == Revise {
		e.Understood[""] = w.read(e.Text)
	}
	for name, text := range e.Fields {
		e.Understood[name] = w.read(text)
	}
	var random [32]byte
	for i := range random {
		random[i] = byte(w.rnd.IntN(256))
	}
	e.Receipt, _ = complaint.NewReceipt(bytes.NewReader(random[:]))
	return e
}

var texts = []string{
	"", " ", "是", "对", "1", "２", "三", "第2个", "99", "提交", "取消", "上一步", "跳过", "修改", "修改3", "帮助", "不知道", "没有", "没收钱",
	"俺是武陟的，俺妮儿班主任昨天把报名密码要走了，非让报中专，不报就说不发毕业证", "卫校收了我500块占位费不给退", "不想活了",
	"请问学费多少", "我今年13岁，老师逼我报中专", "我今年16岁，体校的助学金没发", "举报市教育局的领导收钱", "张三", "13812345678", "0391-2992835",
	"明天", "5月20日", "上周三", "两条烟", "3千8", "武陟县实验中学", "别的学校", "卫校", "武陟", "初中老师", "\x00\xff\u2028<script>", "哈哈哈哈哈哈",
	strings.Repeat("很长的经过", 380), strings.Repeat("太长的经过\n\"", 2000), "🙂🙂🙂🙂🙂🙂🙂🙂",
}

func pick[T any](w *walker, list []T) T { return list[w.rnd.IntN(len(list))] }

// event is anything that can come.
func (w *walker) event() Event {
	switch n := w.rnd.IntN(20); {
	case n < 6:
		return Event{Act: Say, Text: pick(w, texts)}
	case n < 12:
		open := w.talk.Open(w.now)
		if len(open.Options) == 0 {
			return Event{Act: Skip}
		}
		o := pick(w, open.Options)
		e := Event{Act: o.Act, Text: o.Value, Prompt: open.Prompt}
		if w.rnd.IntN(10) == 0 {
			e.Prompt = "another.1"
		}
		return e
	case n < 15:
		s := w.talk.Screen(w.now)
		e := Event{Act: Fill, Screen: s.Name, Fields: map[SlotName]string{}}
		for _, f := range s.Fields {
			e.Fields[f.Slot] = pick(w, texts)
			if len(f.Options) > 0 && w.rnd.IntN(3) > 0 {
				e.Fields[f.Slot] = pick(w, f.Options).Value
			}
			if w.rnd.IntN(4) == 0 {
				e.Fields[f.Slot] = f.Value
			}
		}
		if w.rnd.IntN(12) == 0 {
			e.Screen = pick(w, screenOrder)
		}
		return e
	case n == 15:
		return Event{Act: Edit, Text: string(pick(w, append(slices.Clone(slotNames), SlotName(pick(w, screenOrder)), "nonsense")))}
	case n == 16:
		sum := strings.Repeat(fmt.Sprintf("%02x", w.rnd.IntN(256)), 32)
		return Event{Act: Attach, Evidence: complaint.Evidence{ID: fmt.Sprint(w.rnd.IntN(12)), Kind: complaint.Picture, Size: 9, SHA256: sum}}
	case n == 17:
		return Event{Act: pick(w, []Act{Back, Skip, Help, Cancel, Submit, Detach}), Text: fmt.Sprint(w.rnd.IntN(12))}
	case n == 18:
		return Event{Act: Start, Text: pick(w, texts), Guided: w.rnd.IntN(2) == 0, About: pick(w, []string{"", "", "target/2022#number"})}
	default:
		return Event{Act: Submit}
	}
}

// world answers an effect.
func (w *walker) world(f Effect) Event {
	switch f.Kind {
	case AskOffice:
		if w.rnd.IntN(40) == 0 {
			return Event{Act: Routed, Refusal: &complaint.Refusal{Why: complaint.RefusedNobody, To: []complaint.Authority{complaint.Hotline}}}
		}
		return Event{Act: Routed}
	case AskSite:
		if w.rnd.IntN(3) == 0 {
			return Event{Act: Found}
		}
		return Event{Act: Found, Result: &search.Results{Hits: []search.Hit{{Title: "学制", URL: "/tools/duration"}}}}
	case FileDraft:
		w.filed = true
		return Event{Act: Filed, Amended: complaint.Amended{Number: "2026483927107"}}
	case None, Erase:
	}
	w.t.Fatalf("nothing answers %q", f.Kind)
	return Event{}
}

// take takes an event and everything that follows, and holds each step to what
// always holds.
func (w *walker) take(e Event) (replies []Reply, effect Effect) {
	wasSummary := w.talk.open() == atSummary
	for steps := 0; ; steps++ {
		if steps > mostSteps {
			w.t.Fatalf("%s %q asks without end", e.Act, e.Text)
		}
		e = w.hand(e)
		before, err := w.talk.encode(nil)
		if err != nil {
			w.t.Fatal(err)
		}
		next, said, f := w.talk.Next(e, w.now)
		again, saidAgain, _ := w.talk.Next(e, w.now)
		if after, _ := w.talk.encode(nil); !bytes.Equal(before, after) {
			w.t.Fatalf("%s %q changed the talk it was taken from", e.Act, e.Text)
		}
		if !reflect.DeepEqual(next.state, again.state) || !reflect.DeepEqual(said, saidAgain) {
			w.t.Fatalf("%s %q has two outcomes", e.Act, e.Text)
		}
		if f.Kind == FileDraft && !wasSummary {
			w.t.Fatalf("%s %q files what was not at its summary", e.Act, e.Text)
		}
		w.talk, replies = next, append(replies, said...)
		if f.Kind == None || f.Kind == Erase {
			return replies, f
		}
		e = w.world(f)
	}
}

// hold checks what holds of every talk.
func (w *walker) hold(replies []Reply, f Effect) {
	t := w.talk
	sealed, err := t.encode(remarksOf(replies))
	if err != nil || len(sealed) > 48<<10-64 {
		w.t.Fatalf("a talk of %d bytes, %v", len(sealed), err)
	}
	if back, _, err := decode(w.dir, sealed); err != nil || !reflect.DeepEqual(back.open(), t.open()) {
		w.t.Fatalf("a talk at %s comes back at %s, %v", t.open(), back.open(), err)
	}
	for _, r := range replies {
		w.text(r.Key)
		for _, o := range r.Options {
			if o.Text == "" {
				w.text(o.Key)
			}
		}
		for _, l := range r.Lines {
			if w.text(l.Key); l.Value != "" {
				w.text(l.Value)
			} else if !l.Missing && l.Text == "" {
				w.t.Fatalf("%s shows nothing", l.Slot)
			}
		}
	}
	if t.Over {
		if len(t.Answers) > 0 || f.Kind != Erase {
			w.t.Fatal("an erased talk keeps answers")
		}
		return
	}
	if t.Done != nil {
		if len(t.Answers)+len(t.Past)+len(t.Refused) > 0 {
			w.t.Fatal("a filed talk keeps what was said")
		}
		return
	}
	open := t.Open(w.now)
	if len(open.Options) == 0 && !open.Typing {
		w.t.Fatalf("no way out of %s", open.Slot)
	}
	if t.Answers[Person].Value == Child && t.Answers[Person].How == Chosen {
		for _, name := range []SlotName{Name, Phone} {
			_, had := t.Answers[name]
			_, refused := t.Refused[name]
			past := slices.ContainsFunc(t.Past, func(p past) bool { return p.Set[name] != nil })
			if had || refused || past {
				w.t.Fatalf("a child's %s is kept: %v %v %v", name, had, refused, past)
			}
		}
	}
	if t.accusedKind() == complaint.BureauItself && t.Answers[Kind].How == Chosen {
		w.t.Fatal("what is against the bureau is kept")
	}
}

func (w *walker) text(key string) {
	w.t.Helper()
	if w.dir.labels[key] == "" {
		w.t.Fatalf("no text for %q", key)
	}
}

// back checks that the step before is taken back whole.
func (w *walker) back(before Talk) {
	if len(w.talk.Past) == 0 || w.talk.Turn != before.Turn+1 || w.talk.Done != nil || w.talk.Over || len(w.talk.Past) <= len(before.Past) && len(before.Past) < mostPast {
		return
	}
	after, _, _ := w.talk.Next(w.hand(Event{Act: Back}), w.now)
	core := func(t Talk) string {
		return fmt.Sprintf("%v %+v %v %v %v %v %v %v", t.Answers, *t.Heard, t.Passed, t.Editing, t.Guided, t.Leaving, t.Answered, t.open())
	}
	if w.talk.Answers[Person].Value == Child {
		return // what a child gave of itself is gone for good
	}
	if got, want := core(after), core(before); got != want {
		w.t.Fatalf("上一步 leads to\n%s\nwant\n%s", got, want)
	}
}

// walk does n things from the beginning.
func (w *walker) walk(rnd *rand.Rand, n int) {
	w.rnd, w.filed = rnd, false
	w.talk = Begin(w.dir, "draft", complaint.WebChat, w.now)
	for range n {
		before := w.talk
		e := w.event()
		replies, f := w.take(e)
		w.hold(replies, f)
		if e.Act != Back && (e.Act != Say || commands[tidy(e.Text)] != Back) {
			w.back(before)
		}
		if w.talk.Over || w.talk.Done != nil {
			if w.filed != (w.talk.Done != nil) {
				w.t.Fatal("filed and not done, or done and not filed")
			}
			return
		}
	}
	// There is always an exit.
	w.take(Event{Act: Cancel})
	open := w.talk.Open(w.now)
	w.take(Event{Act: Choose, Text: "yes", Prompt: open.Prompt})
	if !w.talk.Over {
		w.t.Fatalf("giving up leads to %s", w.talk.open())
	}
}

func TestWalks(t *testing.T) {
	w := newWalker(t)
	done := 0
	for seed := range 300 {
		w.walk(rand.New(rand.NewPCG(uint64(seed), 7)), 40)
		if w.filed {
			done++
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d of 300 filed", done)
	if done < 20 {
		t.Errorf("%d of 300 walks file anything", done)
	}
}

func FuzzNext(f *testing.F) {
	w := newWalker(f)
	f.Add(uint64(1), "卫校收了我500块占位费", "1")
	f.Add(uint64(2), "举报市教育局", "对")
	f.Fuzz(func(t *testing.T, seed uint64, story, answer string) {
		w.t = t
		w.rnd = rand.New(rand.NewPCG(seed, 1))
		w.talk = Begin(w.dir, "draft", complaint.WebChat, w.now)
		for _, text := range []string{story, answer, story + answer, answer} {
			w.hold(w.take(Event{Act: Say, Text: text}))
			if w.talk.Over {
				return
			}
			w.hold(w.take(Event{Act: Fill, Screen: w.talk.Screen(w.now).Name, Fields: map[SlotName]string{Words: story, School: answer, When: answer, Amount: answer, Name: answer, Phone: answer}}))
			if w.talk.Over {
				return
			}
		}
	})
}
