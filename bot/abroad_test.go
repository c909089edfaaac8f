package bot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
)

func (w *walker) abroad(t testing.TB) {
	w.t, w.rnd = t, rand.New(rand.NewPCG(1, 1))
	w.talk = Begin(w.dir, "draft", complaint.Telegram, w.now)
}

func keysOf(replies []Reply) (out []string) {
	for _, r := range replies {
		out = append(out, r.Key)
	}
	return out
}

func (w *walker) press(label string) []Reply {
	w.t.Helper()
	open := w.talk.Open(w.now)
	for _, o := range open.Options {
		if w.dir.label(o) == label {
			replies, _ := w.take(Event{Act: o.Act, Text: o.Value, Prompt: open.Prompt})
			return replies
		}
	}
	w.t.Fatalf("%s has no button %q", open.Slot, label)
	return nil
}

// Who types the label of a button gets what it does, in any talk.
func TestTypedLabels(t *testing.T) {
	w := newWalker(t)
	compared := 0
	for seed := range 60 {
		w.abroad(t)
		walk := rand.New(rand.NewPCG(uint64(seed), 11))
		for range 20 {
			if w.rnd = walk; w.talk.Over || w.talk.Done != nil {
				break
			}
			w.take(w.event())
			if w.talk.Over {
				break
			}
			here, open := w.talk, w.talk.Open(w.now)
			for _, o := range open.Options {
				core := func(e Event) string {
					w.talk, w.rnd = here, rand.New(rand.NewPCG(3, 3))
					w.take(e)
					s := w.talk
					return fmt.Sprintf("%s over=%v answers=%v editing=%s leaving=%v", s.open(), s.Over, s.Answers, s.Editing, s.Leaving)
				}
				label := w.dir.label(o)
				pressed, typed := core(Event{Act: o.Act, Text: o.Value, Prompt: open.Prompt}), core(Event{Act: Say, Text: label})
				if compared++; pressed != typed {
					t.Fatalf("seed %d, at %s: %q\npressed: %s\ntyped:   %s", seed, open.Slot, label, pressed, typed)
				}
			}
			w.talk = here
		}
	}
	t.Logf("%d labels", compared)
}

// What leads to a person is turned away on a channel abroad, and nothing of it
// is kept; whom to call comes first all the same.
func TestTurnedAwayAbroad(t *testing.T) {
	w := newWalker(t)
	w.abroad(t)
	code := w.hand(Event{}).Receipt.Reveal()
	for _, c := range []struct{ text, want string }{
		{"我叫张三，电话 13812345678，老师逼我报中专", "abroad.private"},
		{"身份证号 11010519491231002X", "abroad.private"},
		{"不想活了，找我 13812345678", "danger abroad.private"},
		{code, "abroad.receipt"},
		{strings.ToLower(strings.ReplaceAll(code, "-", " ")), "abroad.receipt"},
		{"武陟的初中老师昨天逼我们报中专", "ask.card"},
	} {
		for _, act := range []Act{Say, Start, Revise} {
			w.abroad(t)
			replies, _ := w.take(Event{Act: act, Text: c.text})
			got := strings.Join(keysOf(replies), " ")
			turned := Turn{Replies: replies}.TurnedAway()
			if turned != strings.Contains(c.want, "abroad.") || turned && !strings.HasPrefix(got, c.want) {
				t.Errorf("%s %q: %s, want %s", act, c.text, got, c.want)
			}
			if kept, _ := w.talk.encode(nil); turned && (strings.Contains(string(kept), "138") || strings.Contains(string(kept), "张三") || strings.Contains(string(kept), "1101")) {
				t.Errorf("%s %q is kept: %s", act, c.text, kept)
			}
			w.talk = Begin(w.dir, "draft", complaint.WebChat, w.now)
			if replies, _ := w.take(Event{Act: act, Text: c.text}); (Turn{Replies: replies}).TurnedAway() {
				t.Errorf("%s %q is turned away at home", act, c.text)
			}
		}
	}
	w.abroad(t)
	w.take(Event{Act: Say, Text: "不想活了，找我 13812345678"})
	if len(w.talk.Danger()) == 0 {
		t.Error("the danger of a message that was turned away is forgotten")
	}
}

// Who complains is asked on a page of the site: a name that is typed in the chat
// is not taken, one from the page is and is not shown in the chat.
func TestIdentityAbroad(t *testing.T) {
	w := newWalker(t)
	w.abroad(t)
	w.take(Event{Act: Say, Text: "武陟的初中老师昨天逼我们报中专"})
	w.press("对，下一步")
	w.press("留姓名和电话")
	w.press("家长")
	if !w.talk.OnSite() {
		t.Fatalf("at %s, want the question that the site asks", w.talk.open())
	}
	replies, _ := w.take(Event{Act: Say, Text: "张三"})
	if got := keysOf(replies); !slices.Equal(got, []string{"abroad.name", "abroad.identity"}) || w.talk.Answers[Name].How != "" {
		t.Errorf("a name that was typed: %v, %+v", got, w.talk.Answers[Name])
	}
	w.press("填好了")
	if !w.talk.OnSite() {
		t.Errorf("not filled in, and yet at %s", w.talk.open())
	}
	back := w.talk
	w.press("还是不留姓名")
	w.press("不留姓名")
	if w.talk.open() != atSummary {
		t.Errorf("without a name at %s", w.talk.open())
	}
	w.talk = back
	w.take(Event{Act: Fill, Screen: YouScreen, Fields: map[SlotName]string{Identity: "named", Person: "parent", Name: "张三", Phone: "13812345678"}})
	replies, _ = w.take(Event{Act: Say, Text: "填好了"})
	if w.talk.open() != atSummary {
		t.Fatalf("filled in, at %s: %v", w.talk.open(), keysOf(replies))
	}
	for _, l := range w.talk.Summary() {
		if strings.Contains(l.Text, "张三") || strings.Contains(l.Text, "138") {
			t.Errorf("the chat shows %s: %s", l.Slot, l.Text)
		}
	}
	draft, err := w.talk.draft()
	if err != nil || !strings.Contains(string(draft.Who), "张三") || draft.Identity != complaint.ByName {
		t.Errorf("filed by %s, %v", draft.Who, err)
	}
	replies, _ = w.take(Event{Act: Submit, Address: "77", Prompt: w.talk.Open(w.now).Prompt})
	if got := keysOf(replies); !slices.Equal(got, []string{"done.abroad"}) || len(replies[0].Links) != 0 {
		t.Errorf("filed: %+v", replies)
	}
}

// A button that agrees to something else than is shown does nothing.
func TestStaleSubmit(t *testing.T) {
	w := newWalker(t)
	w.abroad(t)
	w.take(Event{Act: Say, Text: "武陟的初中老师昨天逼我们报中专"})
	w.press("对，下一步")
	w.press("不留姓名")
	seen := w.talk.Open(w.now).Prompt
	w.take(Event{Act: Say, Text: "还扣了毕业证"})
	replies, f := w.take(Event{Act: Submit, Prompt: seen})
	if keysOf(replies)[0] != "stale" || f.Kind != None || w.talk.Done != nil {
		t.Errorf("a summary that changed was filed: %v", keysOf(replies))
	}
	w.take(Event{Act: Submit, Prompt: w.talk.Open(w.now).Prompt})
	if w.talk.Done == nil {
		t.Error("the summary that is shown was not filed")
	}
}

// The way back goes with the draft that is filed, and is none where nobody can
// be reached.
func TestWayBack(t *testing.T) {
	w := newWalker(t)
	for address, want := range map[string]string{"77": `{"channel":"telegram","address":"77"}`, "": ""} {
		w.abroad(t)
		w.take(Event{Act: Say, Text: "武陟的初中老师昨天逼我们报中专"})
		w.press("对，下一步")
		w.press("不留姓名")
		next, _, f := w.talk.Next(w.hand(Event{Act: Say, Text: "提交", Address: address}), w.now)
		if f.Kind != FileDraft || string(f.Draft.WayBack) != want {
			t.Errorf("from %q: %s %q at %s", address, f.Kind, f.Draft.WayBack, next.open())
		}
	}
}

func FuzzAbroad(f *testing.F) {
	w := newWalker(f)
	f.Add("13812345678")
	f.Add("张三 13800000000 11010519491231002X")
	f.Fuzz(func(t *testing.T, text string) {
		w.abroad(t)
		w.take(Event{Act: Say, Text: text})
		kept, err := w.talk.encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		if found := complaint.Private(w.talk.Answers[Words].Text); len(found) > 0 {
			t.Errorf("kept %v: %s", found, kept)
		}
	})
}
