package bot_test

import (
	"slices"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/understand"
)

// fill sends the screen that stands open with these fields; the others as they
// are shown.
func (w *world) fill(fields map[bot.SlotName]string) bot.Screen {
	w.t.Helper()
	s := w.screen()
	all := map[bot.SlotName]string{}
	for _, f := range s.Fields {
		all[f.Slot] = f.Value
	}
	for name, v := range fields {
		if _, there := all[name]; !there {
			w.t.Fatalf("screen %s has no field %s, only %v", s.Name, name, all)
		}
		all[name] = v
	}
	w.do(bot.Event{Act: bot.Fill, Screen: s.Name, Fields: all})
	return w.screen()
}

func (w *world) screen() bot.Screen { return w.turn.Talk.Screen(w.now) }

func field(t *testing.T, s bot.Screen, name bot.SlotName) bot.Field {
	t.Helper()
	i := slices.IndexFunc(s.Fields, func(f bot.Field) bool { return f.Slot == name })
	if i < 0 {
		t.Fatalf("screen %s has no field %s", s.Name, name)
	}
	return s.Fields[i]
}

func wantScreen(t *testing.T, s bot.Screen, name bot.ScreenName, number int) {
	t.Helper()
	if s.Name != name || s.Number != number {
		t.Fatalf("screen %d %s, want %d %s (%+v)", s.Number, s.Name, number, name, s.Fields)
	}
}

// The form: what the story says is filled in, six screens and no more.
func TestTheFormInSixScreens(t *testing.T) {
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start})
	wantScreen(t, w.screen(), bot.StoryScreen, 1)
	s := w.fill(map[bot.SlotName]string{bot.Words: "武陟实验中学的班主任昨天替我们填了志愿"})
	wantScreen(t, s, bot.KindScreen, 2)
	if f := field(t, s, bot.Kind); f.Value != "interference" || len(f.Words) == 0 || f.Options[0].Value != "interference" {
		t.Errorf("kind %+v", f)
	}
	s = w.fill(nil)
	wantScreen(t, s, bot.WhomScreen, 3)
	if f := field(t, s, bot.Area); f.Value != "410823" || f.Words[0] != "武陟" {
		t.Errorf("area %+v", f)
	}
	s = w.fill(map[bot.SlotName]string{bot.Named: "李主任"})
	wantScreen(t, s, bot.DetailsScreen, 4)
	if f := field(t, s, bot.When); f.Value != "2026年6月19日" {
		t.Errorf("when %+v", f)
	}
	s = w.fill(map[bot.SlotName]string{bot.Wish: "把志愿改回来"})
	wantScreen(t, s, bot.YouScreen, 5)
	s = w.fill(map[bot.SlotName]string{bot.Identity: "named", bot.Person: "parent", bot.Name: "李四", bot.Phone: "138 1234 5678"})
	wantScreen(t, s, bot.SummaryScreen, 6)
	if s.Of != 6 || len(w.queue()) != 0 {
		t.Errorf("of %d, %d cases", s.Of, len(w.queue()))
	}
	w.do(bot.Event{Act: bot.Submit})
	if w.screen().Name != bot.DoneScreen || len(w.queue()) != 1 {
		t.Errorf("at %s with %d cases", w.screen().Name, len(w.queue()))
	}
	d, _ := w.turn.Talk.Filed()
	code, err := complaint.ParseReceipt(d.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.office.Follow(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	want := "武陟实验中学的班主任昨天替我们填了志愿\n\n反映谁：老师\n叫什么：李主任\n哪里：武陟县\n情况：代填、改了志愿\n时间：2026年6月19日\n想要的结果：把志愿改回来"
	if got := string(v.Said[0].Text); got != want {
		t.Errorf("the case says\n%s\nwant\n%s", got, want)
	}
}

// What is wrong stays on its screen, with what was typed and why; what is right
// beside it is kept.
func TestTheFormSaysWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start})
	s := w.fill(map[bot.SlotName]string{bot.Words: "短"})
	wantScreen(t, s, bot.StoryScreen, 1)
	if f := field(t, s, bot.Words); f.Value != "短" || f.Problem != "problem.short" {
		t.Errorf("%+v", f)
	}
	s = w.fill(map[bot.SlotName]string{bot.Words: story})
	if f := field(t, s, bot.Kind); f.Problem != "" {
		t.Errorf("%+v", f)
	}
	w.fill(nil)
	s = w.fill(map[bot.SlotName]string{bot.Against: "", bot.Area: "沁阳"})
	wantScreen(t, s, bot.WhomScreen, 3)
	if f := field(t, s, bot.Against); f.Problem != "problem.missing" {
		t.Errorf("%+v", f)
	}
	s = w.fill(map[bot.SlotName]string{bot.Against: "teacher", bot.Area: "沁阳"})
	wantScreen(t, s, bot.DetailsScreen, 4)
	s = w.fill(map[bot.SlotName]string{bot.When: "2027-01-01"})
	wantScreen(t, s, bot.DetailsScreen, 4)
	if f := field(t, s, bot.When); f.Value != "2027-01-01" || f.Problem != "problem.future" {
		t.Errorf("%+v", f)
	}
	s = w.fill(map[bot.SlotName]string{bot.When: ""})
	wantScreen(t, s, bot.YouScreen, 5)
	s = w.fill(map[bot.SlotName]string{bot.Identity: "sealed", bot.Person: "parent"})
	wantScreen(t, s, bot.YouScreen, 5)
	if f := field(t, s, bot.Name); f.Problem != "problem.missing" {
		t.Errorf("%+v", f)
	}
	if f := field(t, s, bot.Person); f.Value != "parent" {
		t.Errorf("%+v", f)
	}
}

// A child who fills in a name all the same leaves none behind.
func TestAChildsNameIsNotTaken(t *testing.T) {
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start})
	for _, fields := range []map[bot.SlotName]string{{bot.Words: story}, nil, nil, nil} {
		w.fill(fields)
	}
	s := w.fill(map[bot.SlotName]string{bot.Identity: "named", bot.Person: "child", bot.Name: "小明", bot.Phone: "13812345678"})
	wantScreen(t, s, bot.SummaryScreen, 6)
	w.do(bot.Event{Act: bot.Submit})
	n := w.queue()[0].Number
	r, err := w.book.Record(t.Context(), complaint.Unscoped(), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Parts {
		if p.Kind == complaint.Who {
			t.Error("an identity is kept")
		}
	}
	if f := r.Events[0].Facts; f.Identity != complaint.Anonymous || !f.Minor {
		t.Errorf("%+v", f)
	}
}

// From the summary back to a screen, and to the summary again.
func TestTheFormIsChangedFromItsSummary(t *testing.T) {
	w := newWorld(t)
	w.toSummary() // by chat: the form takes over where the chat stands
	w.do(bot.Event{Act: bot.Edit, Text: string(bot.When)})
	s := w.screen()
	wantScreen(t, s, bot.DetailsScreen, 4)
	w.fill(map[bot.SlotName]string{bot.When: "6月1日"})
	for w.screen().Name != bot.SummaryScreen {
		w.fill(nil)
	}
	if got := shown(w, bot.When); got != "2026年6月1日" {
		t.Errorf("when %s", got)
	}
	w.do(bot.Event{Act: bot.Submit})
	if len(w.queue()) != 1 {
		t.Errorf("%d cases", len(w.queue()))
	}
}

// On the form, too, the bureau can be named, and then nothing is kept.
func TestTheFormAgainstTheBureau(t *testing.T) {
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start})
	w.fill(map[bot.SlotName]string{bot.Words: story})
	w.fill(nil)
	s := w.screen()
	all := map[bot.SlotName]string{bot.Against: "bureau"}
	turn := w.do(bot.Event{Act: bot.Fill, Screen: s.Name, Fields: all})
	if turn.Sheet == nil || turn.Sheet.Words != story {
		t.Errorf("sheet %+v", turn.Sheet)
	}
}

// A question ends at an answer, on the form too.
func TestTheFormAnswersAQuestion(t *testing.T) {
	w := newWorld(t)
	w.do(bot.Event{Act: bot.Start})
	s := w.fill(map[bot.SlotName]string{bot.Words: "请问卫校今年招多少人"})
	if s.Name != bot.AnswerScreen || len(s.Options) == 0 {
		t.Errorf("%+v", s)
	}
}

func BenchmarkNext(b *testing.B) {
	w := newWorld(b)
	w.say(story)
	at := w.turn.Talk
	e := bot.Event{Act: bot.Choose, Text: "yes", Prompt: at.Open(w.now).Prompt}
	b.ReportAllocs()
	for b.Loop() {
		at.Next(e, w.now)
	}
}

// BenchmarkStory is the step of a whole message that was understood before.
func BenchmarkStory(b *testing.B) {
	w := newWorld(b)
	g, err := w.Site.Grievance(b.Context(), story)
	if err != nil {
		b.Fatal(err)
	}
	at := bot.Begin(bot.NewDirectory(w.record), "draft", complaint.WebChat, w.now)
	e := bot.Event{Act: bot.Say, Text: story}
	e.Understood = map[bot.SlotName]understand.Grievance{"": g}
	b.ReportAllocs()
	for b.Loop() {
		at.Next(e, w.now)
	}
}

// BenchmarkTake is an event with everything around it, sessions in memory.
func BenchmarkTake(b *testing.B) {
	w := newWorld(b)
	w.toSummary()
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		e := bot.Event{ID: time.Duration(n).String(), Act: bot.Edit, Text: string(bot.When)}
		if n%2 == 0 {
			e = bot.Event{ID: time.Duration(n).String(), Act: bot.Skip}
		}
		if _, err := w.Take(b.Context(), w.conv, complaint.WebChat, e); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}
