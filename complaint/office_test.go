package complaint_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/seal"
)

// desk is an office with its clock and book in hand.
type desk struct {
	*complaint.Office
	t      testing.TB
	ring   *seal.Ring
	roster *complaint.Roster
	book   complaint.Book
	now    time.Time
}

func newDesk(t testing.TB, roster *complaint.Roster) *desk {
	t.Helper()
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, ring: ring, roster: roster, book: new(complainttest.Book), now: monday}
	days := national(t)
	d.Office = &complaint.Office{
		Book: d.book, Sealer: ring,
		Roster: func(context.Context) (*complaint.Roster, error) { return d.roster, nil },
		MAC: func(b []byte) []byte {
			sum := sha256.Sum256(append([]byte("pepper"), b...))
			return sum[:]
		},
		Calendar: func() *calendar.Calendar { return days },
		Now:      func() time.Time { d.now = d.now.Add(time.Second); return d.now },
	}
	return d
}

var drafts int

// draft returns a complaint of a pupil against a municipal school.
func (d *desk) draft() complaint.Draft {
	drafts++
	id := fmt.Sprint("draft-", drafts)
	return complaint.Draft{
		ID: id, Receipt: receipt(d.t), Key: d.ring.Mint(id), Kind: complaint.FalseAdvertising,
		Accused:  []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
		Identity: complaint.Sealed, Channel: complaint.WebChat,
		Words: []byte("他们说包就业"), AccusedName: []byte("卫校"), Who: []byte("张三 13800000000"), WayBack: []byte("web"),
	}
}

func (d *desk) file(draft complaint.Draft) complaint.Filed {
	d.t.Helper()
	f, err := d.File(d.t.Context(), draft)
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// act makes a move of an officer on the case as it stands.
func (d *desk) act(who complaint.OfficerID, n complaint.Number, actions ...complaint.Action) (complaint.Case, error) {
	return d.Act(d.t.Context(), who, n, d.fold(n).Turn, actions...)
}

func (d *desk) must(who complaint.OfficerID, n complaint.Number, actions ...complaint.Action) complaint.Case {
	d.t.Helper()
	c, err := d.act(who, n, actions...)
	if err != nil {
		d.t.Fatalf("%s %v: %v", who, actions, err)
	}
	return c
}

func (d *desk) say(r complaint.Receipt, a complaint.Action) complaint.Case {
	d.t.Helper()
	c, err := d.Say(d.t.Context(), r, a)
	if err != nil {
		d.t.Fatalf("citizen %v: %v", a.Move, err)
	}
	return c
}

func (d *desk) record(n complaint.Number) complaint.Record {
	d.t.Helper()
	r, err := d.book.Record(d.t.Context(), complaint.Unscoped(), n)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func (d *desk) fold(n complaint.Number) complaint.Case {
	d.t.Helper()
	rec := d.record(n)
	c, err := complaint.Fold(rec.Events)
	if err == nil {
		err = complaint.Verify(rec.Events)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d *desk) tick() int {
	d.t.Helper()
	n, err := d.Tick(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func do(m complaint.Move) complaint.Action { return complaint.Action{Move: m} }

func says(m complaint.Move, words string) complaint.Action {
	return complaint.Action{Move: m, Words: []byte(words)}
}

func reply(words string) complaint.Action {
	return complaint.Action{Move: complaint.DraftReply, Words: []byte(words), Facts: complaint.Facts{Outcome: complaint.PartlySubstantiated}}
}

// answered takes a case from its filing to a signed answer.
func (d *desk) answered(n complaint.Number) {
	d.t.Helper()
	d.must("first", n, do(complaint.Accept), do(complaint.Assign), do(complaint.SignFor), reply("已查明"), do(complaint.PresentReply))
	d.must("second", n, do(complaint.Sign))
}

func TestAPupilIsAnswered(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	filed := d.file(d.draft())
	r, n := filed.Receipt, filed.Number
	if !strings.HasPrefix(string(n), "2026") || filed.Again || filed.Route.Unit != "410800.vet" {
		t.Errorf("filed as %+v", filed)
	}
	d.must("first", n, says(complaint.Ask, "是哪一天？"))
	d.say(r, says(complaint.Answer, "三月一日"))
	d.must("first", n, do(complaint.Accept), do(complaint.Assign), do(complaint.SignFor))
	d.must("first", n, says(complaint.Note, "内部：先打电话"), reply("草稿不给看"), do(complaint.PresentReply))
	d.must("second", n, says(complaint.SendBack, "写清楚"))
	d.must("first", n, reply("已责令改正"), do(complaint.PresentReply))
	if _, err := d.act("first", n, do(complaint.Sign)); !errors.Is(err, complaint.ErrNotYours) {
		t.Errorf("the handler signs: %v", err)
	}
	if v, _ := d.Follow(t.Context(), r); strings.Contains(text(v), "已责令改正") {
		t.Error("the answer is read before it is signed")
	}
	c := d.must("second", n, do(complaint.Sign))
	if c.State != complaint.Callback || c.Outcome != complaint.PartlySubstantiated {
		t.Errorf("signed: %s, %s", c.State, c.Outcome)
	}
	v, err := d.Follow(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	got := text(v)
	for _, want := range []string{"他们说包就业", "是哪一天？", "三月一日", "已责令改正"} {
		if !strings.Contains(got, want) {
			t.Errorf("the citizen does not read %q", want)
		}
	}
	for _, never := range []string{"草稿", "内部", "写清楚", "first", "second", "张三"} {
		if strings.Contains(got, never) {
			t.Errorf("the citizen reads %q in %s", never, got)
		}
	}
	var moves []string
	for _, e := range v.Events {
		moves = append(moves, string(e.Move))
	}
	if got := strings.Join(moves, " "); got != "file ask answer accept assign sign_for draft_reply sign open_callback" {
		t.Errorf("the citizen sees %s", got)
	}
	d.say(r, says(complaint.Add, "谢谢"))
	d.say(r, complaint.Action{Move: complaint.Rate, Facts: complaint.Facts{Rating: complaint.Satisfied}})
	if moved := d.tick(); moved != 1 || d.fold(n).State != complaint.Closed {
		t.Errorf("%d moved, the case is %s", moved, d.fold(n).State)
	}
	if moved := d.tick(); moved != 0 {
		t.Errorf("%d moved again", moved)
	}
	d.now = d.now.AddDate(0, 0, 31)
	if d.tick(); d.fold(n).State != complaint.Final {
		t.Errorf("a month later the case is %s", d.fold(n).State)
	}
	var keys []string
	letters, _ := d.book.Letters(t.Context(), 0, 99)
	for _, l := range letters {
		if l.Number != n {
			t.Errorf("a letter for %q", l.Number)
		}
		keys = append(keys, string(l.Key))
	}
	if got := strings.Join(keys, " "); got != "filed came asked answered accepted assigned replied closed" {
		t.Errorf("letters: %s", got)
	}
}

// text is all that a view holds, sealed or not, as one string.
func text(v complaint.View) string {
	b, err := json.Marshal(struct {
		complaint.View
		Said []complaint.Said
	}{View: v})
	if err != nil {
		panic(err)
	}
	for _, s := range v.Said {
		b = append(b, s.Text...)
	}
	return string(b)
}

func TestFiledTwiceIsOneCase(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	draft := d.draft()
	first := d.file(draft)
	again := d.file(draft)
	if again.Number != first.Number || again.Receipt != first.Receipt || !again.Again {
		t.Errorf("first %+v, then %+v", first, again)
	}
	d.roster = &complaint.Roster{Org: complainttest.Org()} // everybody left
	if again = d.file(draft); again.Number != first.Number || again.Receipt != first.Receipt {
		t.Errorf("after everybody left: %+v", again)
	}
	d.roster = complainttest.Trial()
	draft.Receipt = receipt(t)
	if f, err := d.File(t.Context(), draft); err == nil {
		t.Errorf("another receipt for the draft: %+v, and it opens nothing", f)
	}
}

// dying is a book whose connection dies after it stored.
type dying struct {
	complaint.Book
	left int
}

var errDied = errors.New("connection lost")

func (b *dying) File(ctx context.Context, f complaint.Filing) (complaint.Kept, error) {
	k, err := b.Book.File(ctx, f)
	if b.left > 0 && err == nil {
		b.left--
		return complaint.Kept{}, errDied
	}
	return k, err
}

func TestACrashAfterStoringFilesOnce(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	d.Book = &dying{d.book, 2}
	draft := d.draft()
	for range 2 {
		if f, err := d.File(t.Context(), draft); !errors.Is(err, errDied) || f.Number != "" {
			t.Fatalf("acknowledged %+v, %v", f, err)
		}
	}
	f := d.file(draft)
	all, _ := d.book.List(t.Context(), complaint.Unscoped(), complaint.Query{Limit: 9})
	if len(all) != 1 || all[0].Number != f.Number || f.Receipt != draft.Receipt {
		t.Errorf("%d cases, filed %+v", len(all), f)
	}
}

// Two receipts may have the same number: the second has its next one then.
func TestATakenNumber(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	first, second := complainttest.OneNumber()
	draft := d.draft()
	d.MAC = func(b []byte) []byte {
		if bytes.Equal(b, draft.Receipt.Bytes()) {
			return first
		}
		return second
	}
	one, two := d.file(draft), d.file(d.draft())
	if one.Number != complaint.NewNumber(2026, second, 0) || two.Number != complaint.NewNumber(2026, second, 1) {
		t.Errorf("numbers %s and %s", one.Number, two.Number)
	}
	for _, f := range []complaint.Filed{one, two} {
		if v, err := d.Follow(t.Context(), f.Receipt); err != nil || v.Number != f.Number || d.record(f.Number).Number != f.Number {
			t.Errorf("%s is followed as %s, %v", f.Number, v.Number, err)
		}
	}
	list, _ := d.book.List(t.Context(), complaint.Unscoped(), complaint.Query{Limit: 9})
	for _, l := range list {
		if l.Number != one.Number && l.Number != two.Number {
			t.Errorf("listed as %s", l.Number)
		}
	}
}

func TestWhatIsRefusedIsNotStored(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	for name, spoil := range map[string]func(*complaint.Draft){
		"against the bureau": func(f *complaint.Draft) {
			f.Kind, f.Accused = complaint.AgainstBureau, []complaint.Accused{{Kind: complaint.BureauItself}}
		},
		"the bureau's own section": func(f *complaint.Draft) { f.Accused[0].Unit = "410800.vet" },
		"a question":               func(f *complaint.Draft) { f.Kind, f.Accused = complaint.Question, nil },
	} {
		draft := d.draft()
		spoil(&draft)
		if _, err := d.File(t.Context(), draft); !errors.Is(err, complaint.ErrRefused) {
			t.Errorf("%s: %v, want refused", name, err)
		}
	}
	for name, spoil := range map[string]func(*complaint.Draft){
		"no words":                      func(f *complaint.Draft) { f.Words = []byte(" \n") },
		"no receipt":                    func(f *complaint.Draft) { f.Receipt = complaint.Receipt{} },
		"no id":                         func(f *complaint.Draft) { f.ID = "" },
		"another draft's key":           func(f *complaint.Draft) { f.Key = d.ring.Mint("else") },
		"nobody accused":                func(f *complaint.Draft) { f.Accused = nil },
		"a name without a wish":         func(f *complaint.Draft) { f.Identity = complaint.Anonymous },
		"a wish without a name":         func(f *complaint.Draft) { f.Who = nil },
		"under 14 with a name":          func(f *complaint.Draft) { f.Under14 = true },
		"no channel":                    func(f *complaint.Draft) { f.Channel = "" },
		"evidence without a sum":        func(f *complaint.Draft) { f.Evidence = []complaint.Evidence{{ID: "1", Kind: complaint.PDF, Size: 1}} },
		"a kind that is none":           func(f *complaint.Draft) { f.Kind = "rude" },
		"a correction without a figure": func(f *complaint.Draft) { f.Kind, f.Accused = complaint.Correction, nil },
		"a correction about a sentence": func(f *complaint.Draft) { f.Kind, f.Accused, f.About = complaint.Correction, nil, "the number 张三" },
		"a blockade by nobody knows who": func(f *complaint.Draft) {
			f.Kind, f.Accused = complaint.Blockade, []complaint.Accused{{Kind: complaint.CountyItself}}
		},
	} {
		draft := d.draft()
		spoil(&draft)
		if _, err := d.File(t.Context(), draft); !errors.Is(err, complaint.ErrIncomplete) {
			t.Errorf("%s: %v, want incomplete", name, err)
		}
	}
	young := d.draft()
	young.Under14, young.Identity, young.Who = true, complaint.Anonymous, nil
	if n := d.file(young).Number; !d.fold(n).Minor {
		t.Error("a child's case is not marked")
	}
	if all, _ := d.book.List(t.Context(), complaint.Unscoped(), complaint.Query{Limit: 9}); len(all) != 1 {
		t.Errorf("%d cases are kept, want the child's alone", len(all))
	}
}

func TestTheFastLaneComesFirst(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	d.Windows = func() []complaint.Window {
		return []complaint.Window{
			{ID: "key_date/2022/forms", Season: complaint.FormsOpen, Year: 2022, From: calendar.NewDate(2022, 6, 1), To: calendar.NewDate(2022, 6, 9)},
			{ID: "key_date/2026/forms", Season: complaint.FormsOpen, Year: 2026, From: calendar.NewDate(2026, 3, 1), To: calendar.NewDate(2026, 3, 5)},
		}
	}
	slow := d.file(d.draft())
	forms := d.draft()
	forms.Kind, forms.Accused = complaint.Interference, []complaint.Accused{{Kind: complaint.Teacher, Area: "410823"}}
	fast := d.file(forms)
	danger := d.draft()
	danger.Urgent = true
	urgent := d.file(danger)
	d.now = time.Date(2026, time.March, 9, 2, 0, 0, 0, time.UTC)
	later := d.draft()
	later.Kind, later.Accused = forms.Kind, forms.Accused
	after := d.file(later)
	queue, err := d.Queue(t.Context(), "first", complaint.Query{Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	var got []complaint.Number
	for _, q := range queue {
		got = append(got, q.Number)
	}
	if want := []complaint.Number{urgent.Number, fast.Number, slow.Number, after.Number}; !slices.Equal(got, want) {
		t.Errorf("queue %v, want %v", got, want)
	}
	if c := d.fold(fast.Number); c.Window != "key_date/2026/forms" {
		t.Errorf("the lane was opened by %q", c.Window)
	}
	if queue[1].Due.Sub(queue[1].Filed) != 4*time.Hour || queue[1].Card(d.now) != complaint.RedCard {
		t.Errorf("fast lane due %s after filing, card %q", queue[1].Due.Sub(queue[1].Filed), queue[1].Card(d.now))
	}
}

// Who reads of harm is the liaison, at the head of the queue; neither the
// school nor an officer of the ordinary lane finds it.
func TestHarmGoesToTheLiaison(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	d.file(d.draft())
	draft := d.draft()
	draft.Kind, draft.Accused = complaint.Harm, []complaint.Accused{{Kind: complaint.Teacher, Unit: "410823-01"}}
	n := d.file(draft).Number
	queue, err := d.Queue(t.Context(), "liaison", complaint.Query{Limit: 9})
	if err != nil || len(queue) != 1 || queue[0].Number != n || !queue[0].Urgent || !queue[0].Fast || queue[0].Due.Sub(queue[0].Filed) != 4*time.Hour {
		t.Errorf("the liaison's queue: %+v, %v", queue, err)
	}
	if queue, err = d.Queue(t.Context(), "first", complaint.Query{Limit: 9}); err != nil || len(queue) != 2 || queue[0].Number != n {
		t.Errorf("who is liaison beside other things: %+v, %v", queue, err)
	}
	for _, who := range []complaint.OfficerID{"school", "county", "county-vet", "vet", "registry", "analyst"} {
		if _, err := d.Open(t.Context(), who, n); !errors.Is(err, complaint.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	reported := complaint.Action{Move: complaint.ReportByLaw, Facts: complaint.Facts{To: complaint.Police}}
	if c, err := d.Act(t.Context(), "liaison", n, d.fold(n).Turn, reported); err != nil || !slices.Equal(c.ReportedTo, []complaint.Authority{complaint.Police}) {
		t.Errorf("reported to %v, %v", c.ReportedTo, err)
	}
}

// Who is excluded finds nothing by any way in, and cannot tell that from nothing.
func TestTheAccusedSeesNothingAnywhere(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	draft := d.draft()
	draft.Accused = []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410823-01"}}
	n := d.file(draft).Number
	turn := d.fold(n).Turn
	for _, who := range []complaint.OfficerID{"school", "analyst", "liaison", "registry", "nobody"} {
		_, missing := d.Open(t.Context(), who, complainttest.Number(5))
		for way, err := range map[string]error{
			"opens":    second(d.Open(t.Context(), who, n)),
			"acts":     second(d.Act(t.Context(), who, n, turn, do(complaint.Accept))),
			"notes":    second(d.Act(t.Context(), who, n, turn, says(complaint.Note, "x"))),
			"recuses":  second(d.Act(t.Context(), who, n, turn, complaint.Action{Move: complaint.Recuse, Facts: complaint.Facts{Reason: complaint.KinOrInterest}})),
			"identity": second(d.Identity(t.Context(), who, n)),
		} {
			if !errors.Is(err, complaint.ErrNotFound) || err.Error() != missing.Error() {
				t.Errorf("%s %s: %v, want %v", who, way, err, missing)
			}
		}
		queue, err := d.Queue(t.Context(), who, complaint.Query{Limit: 9})
		newest, err2 := d.Newest(t.Context(), who)
		if len(queue) > 0 || newest > 0 || err != nil || err2 != nil {
			t.Errorf("%s: %d in the queue, newest %d, %v %v", who, len(queue), newest, err, err2)
		}
	}
	if _, err := d.Open(t.Context(), "county", n); err != nil {
		t.Errorf("the county's officer: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestAnOldTurnIsRefused(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	seen := d.fold(f.Number).Turn
	d.say(f.Receipt, says(complaint.Add, "还有一件事"))
	if _, err := d.Open(t.Context(), "second", f.Number); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Act(t.Context(), "first", f.Number, seen, do(complaint.Accept)); err != nil {
		t.Errorf("a look and an addition disturbed: %v", err)
	}
	if _, err := d.Act(t.Context(), "first", f.Number, seen, says(complaint.Note, "x")); !errors.Is(err, complaint.ErrWrongState) {
		t.Errorf("acting on what is not shown any more: %v", err)
	}
	before := len(d.record(f.Number).Events)
	if _, err := d.act("first", f.Number, do(complaint.Assign), do(complaint.Accept)); !errors.Is(err, complaint.ErrWrongState) {
		t.Errorf("an impossible second move: %v", err)
	}
	if after := len(d.record(f.Number).Events); after != before {
		t.Error("of two moves the possible one was made")
	}
}

func TestOneOfManyWins(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	var mu sync.Mutex
	d.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); d.now = d.now.Add(time.Second); return d.now }
	f := d.file(d.draft())
	turn := d.fold(f.Number).Turn
	var all sync.WaitGroup
	won := make(chan bool, 16)
	for range 16 {
		all.Go(func() {
			_, err := d.Act(t.Context(), "first", f.Number, turn, do(complaint.Accept))
			if err != nil && !errors.Is(err, complaint.ErrWrongState) && !errors.Is(err, complaint.ErrStale) {
				t.Error(err)
			}
			if err == nil {
				won <- true
			}
		})
	}
	all.Wait()
	if len(won) != 1 || d.fold(f.Number).State != complaint.Accepted {
		t.Errorf("%d of 16 accepted it", len(won))
	}
}

func TestTermsOpenAndCloseMoves(t *testing.T) {
	waitFor := func(days int) func(*desk) { return func(d *desk) { d.now = d.now.AddDate(0, 0, days) } }
	county := func(d *desk) complaint.Draft {
		f := d.draft()
		f.Accused[0].Unit = "410823-01"
		return f
	}
	toCounty := func(d *desk, n complaint.Number) { d.must("county", n, do(complaint.Accept), do(complaint.Assign)) }
	returns := complaint.Action{Move: complaint.Return, Words: []byte("x"), Facts: complaint.Facts{Reason: complaint.WrongUnit}}
	extends := func(days int) complaint.Action {
		return complaint.Action{Move: complaint.Extend, Words: []byte("复杂"), Facts: complaint.Facts{Reason: complaint.Complex, Days: days}}
	}
	for _, c := range []struct {
		name  string
		draft func(*desk) complaint.Draft
		until func(*desk, complaint.Number)
		wait  func(*desk)
		who   complaint.OfficerID
		move  complaint.Action
		want  error
	}{
		{"a unit objects on the fifth working day", county, toCounty, waitFor(7), "county", returns, nil},
		{"and not on the sixth", county, toCounty, waitFor(8), "county", returns, complaint.ErrNotNow},
		{"on the tenth day after a question", nil, func(d *desk, n complaint.Number) { d.must("first", n, says(complaint.Ask, "?")) }, waitFor(10), "first", do(complaint.Proceed), complaint.ErrNotNow},
		{"after ten days", nil, func(d *desk, n complaint.Number) { d.must("first", n, says(complaint.Ask, "?")) }, waitFor(11), "first", do(complaint.Proceed), nil},
		{"closed in the days of silence", nil, (*desk).answered, waitFor(10), "second", do(complaint.Close), complaint.ErrNotNow},
		{"closed after them", nil, (*desk).answered, waitFor(11), "second", do(complaint.Close), nil},
		{"extended in the term", nil, inHand, waitFor(60), "second", extends(30), nil},
		{"extended after the term", nil, inHand, waitFor(61), "second", extends(30), complaint.ErrNotNow},
		{"extended by more than the law allows", nil, inHand, waitFor(1), "second", extends(31), complaint.ErrIncomplete},
		{"an approved look within a day", nil, granted, func(d *desk) { d.now = d.now.Add(23 * time.Hour) }, "first", do(complaint.OpenIdentity), nil},
		{"and not after it", nil, granted, waitFor(1), "first", do(complaint.OpenIdentity), complaint.ErrNotNow},
	} {
		d := newDesk(t, complainttest.Staffed())
		draft := d.draft()
		if c.draft != nil {
			draft = c.draft(d)
		}
		n := d.file(draft).Number
		c.until(d, n)
		c.wait(d)
		if _, err := d.act(c.who, n, c.move); !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func inHand(d *desk, n complaint.Number) {
	d.must("first", n, do(complaint.Accept), do(complaint.Assign), do(complaint.SignFor))
}

func granted(d *desk, n complaint.Number) {
	d.must("first", n, complaint.Action{Move: complaint.AskIdentity, Facts: complaint.Facts{Reason: complaint.MustContact}})
	d.must("second", n, complaint.Action{Move: complaint.GrantIdentity, Facts: complaint.Facts{Officer: "first"}})
}

// Somebody with several parts acts in the one whose turn it is.
func TestALookIsOfThePartWhoseTurnItIs(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	n := d.file(d.draft()).Number
	inHand(d, n)
	d.must("first", n, reply("已查明"), do(complaint.PresentReply))
	v, err := d.Open(t.Context(), "second", n)
	if err != nil {
		t.Fatal(err)
	}
	if last := v.Events[len(v.Events)-1]; last.Move != complaint.Look || last.By.Role != complaint.Reviewer {
		t.Errorf("%s by %s, want a look by the reviewer", last.Move, last.By.Role)
	}
}

func TestTheIdentityNeedsApproval(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	v, err := d.Open(t.Context(), "first", f.Number)
	if err != nil || strings.Contains(text(v), "张三") || !strings.Contains(text(v), "他们说包就业") || !strings.Contains(text(v), "卫校") {
		t.Errorf("opened: %s, %v", text(v), err)
	}
	if who, err := d.Identity(t.Context(), "first", f.Number); !errors.Is(err, complaint.ErrNotYours) || who != nil {
		t.Errorf("without approval: %s, %v", who, err)
	}
	granted(d, f.Number)
	if who, err := d.Identity(t.Context(), "first", f.Number); err != nil || string(who) != "张三 13800000000" {
		t.Errorf("approved: %s, %v", who, err)
	}
	if who, err := d.Identity(t.Context(), "second", f.Number); !errors.Is(err, complaint.ErrNotYours) || who != nil {
		t.Errorf("whoever approved: %s, %v", who, err)
	}
	follow, _ := d.Follow(t.Context(), f.Receipt)
	var looked []string
	for _, e := range follow.Events {
		if e.Move == complaint.Look || e.Move == complaint.OpenIdentity {
			looked = append(looked, string(e.Move)+" "+string(e.By.Role))
		}
	}
	if got := strings.Join(looked, ", "); got != "look intake, open_identity intake" && got != "look handler, open_identity handler" {
		t.Errorf("the citizen sees who looked: %s", got)
	}
	looks := len(d.record(f.Number).Events)
	if _, err := d.Open(t.Context(), "first", f.Number); err != nil || len(d.record(f.Number).Events) != looks {
		t.Errorf("a second look of the day is noted again, %v", err)
	}
	d.now = d.now.Add(24 * time.Hour)
	if _, err := d.Open(t.Context(), "first", f.Number); err != nil || len(d.record(f.Number).Events) != looks+1 {
		t.Errorf("a look of the next day is not noted, %v", err)
	}
}

func TestARecusalSendsTheCaseOn(t *testing.T) {
	recuses := complaint.Action{Move: complaint.Recuse, Facts: complaint.Facts{Reason: complaint.KinOrInterest}}
	d := newDesk(t, complainttest.Staffed())
	draft := d.draft()
	draft.Accused[0].Unit = "410823-01"
	f := d.file(draft)
	d.must("county", f.Number, do(complaint.Accept), do(complaint.Assign))
	d.must("county-vet", f.Number, do(complaint.SignFor))
	c := d.must("county-vet", f.Number, recuses)
	if c.State != complaint.Investigating || c.Route.Unit != "410823.vet" {
		t.Errorf("with a colleague left: %s at %s", c.State, c.Route.Unit)
	}
	if c = d.must("county", f.Number, recuses); c.State != complaint.Accepted || c.Route.Unit != "410800.vet" {
		t.Errorf("with nobody left in the county: %s at %s", c.State, c.Route.Unit)
	}
	for _, who := range []complaint.OfficerID{"county", "county-vet"} {
		if _, err := d.Open(t.Context(), who, f.Number); !errors.Is(err, complaint.ErrNotFound) {
			t.Errorf("%s opens it after recusal: %v", who, err)
		}
	}
	d.must("vet", f.Number, recuses)
	c = d.must("first", f.Number, recuses)
	if c.State != complaint.Referred || c.To != complaint.Hotline {
		t.Errorf("with nobody left at all: %s to %q", c.State, c.To)
	}
	letters, _ := d.book.Letters(t.Context(), 0, 99)
	if last := letters[len(letters)-1]; last.Key != complaint.LetterReferred {
		t.Errorf("the last letter is %s", last.Key)
	}
}

func TestAnotherKindIsAnotherRoute(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	draft := d.draft()
	draft.Kind, draft.Accused = complaint.IllegalFee, []complaint.Accused{{Kind: complaint.JuniorSchool, Area: "410823"}}
	f := d.file(draft)
	inHand2 := []complaint.Action{do(complaint.Accept), do(complaint.Assign)}
	d.must("county", f.Number, inHand2...)
	d.must("county-vet", f.Number, do(complaint.SignFor))
	c := d.must("first", f.Number, complaint.Action{Move: complaint.Reroute, Facts: complaint.Facts{
		Kind: complaint.FeeDemand, Accused: []complaint.Accused{{Kind: complaint.Teacher, Area: "410823"}, {Kind: complaint.VocationalSchool, Unit: "410800-01"}},
	}})
	if c.Kind != complaint.FeeDemand || c.Class != complaint.Report || c.Route.Lane != complaint.Restricted || c.Handler != "" {
		t.Errorf("rerouted: %+v", c)
	}
	for who, sees := range map[complaint.OfficerID]bool{"liaison": true, "county": false, "county-vet": false, "vet": false} {
		if _, err := d.Open(t.Context(), who, f.Number); (err == nil) != sees {
			t.Errorf("%s: %v, want to see it %v", who, err, sees)
		}
	}
	bureau := complaint.Action{Move: complaint.Reroute, Facts: complaint.Facts{Kind: complaint.IllegalFee, Accused: []complaint.Accused{{Kind: complaint.Teacher, Unit: "410800.vet"}}}}
	if _, err := d.act("liaison", f.Number, bureau); !errors.Is(err, complaint.ErrRefused) {
		t.Errorf("rerouted against the bureau: %v", err)
	}
}

func TestReexaminationGoesOneLevelUp(t *testing.T) {
	objects := says(complaint.Object, "不服")
	d := newDesk(t, complainttest.Staffed())
	d.roster.Officers = append(d.roster.Officers, complainttest.Officer("third", "410800", complaint.UnitHead))
	draft := d.draft()
	draft.Accused[0].Unit = "410823-01"
	f := d.file(draft)
	d.must("county", f.Number, do(complaint.Accept), do(complaint.Assign))
	d.must("county-vet", f.Number, do(complaint.SignFor), reply("查无此事"), do(complaint.PresentReply))
	d.must("second", f.Number, do(complaint.Sign))
	c := d.say(f.Receipt, objects)
	if c.State != complaint.Reexamination || c.Route.Unit != "410800.vet" || !slices.Contains(c.Route.Barred.Officers, "second") || !slices.Contains(c.Route.Barred.Officers, "county-vet") {
		t.Errorf("reexamined: %s at %+v", c.State, c.Route)
	}
	c = d.must("third", f.Number, complaint.Action{Move: complaint.Decide, Words: []byte("属实"), Facts: complaint.Facts{Outcome: complaint.Substantiated}})
	if c.State != complaint.Final || c.Outcome != complaint.Substantiated {
		t.Errorf("decided: %s, %s", c.State, c.Outcome)
	}

	city := d.file(d.draft())
	d.answered(city.Number)
	var refusal *complaint.Refusal
	if _, err := d.Say(t.Context(), city.Receipt, objects); !errors.As(err, &refusal) || refusal.Why != complaint.RefusedHigher {
		t.Errorf("against the city's own answer: %v, want the higher authority", err)
	}
	late := d.file(draftAgain(d, draft))
	d.must("county", late.Number, do(complaint.Accept), do(complaint.Assign))
	d.must("county-vet", late.Number, do(complaint.SignFor), reply("查无此事"), do(complaint.PresentReply))
	d.must("second", late.Number, do(complaint.Sign))
	d.now = d.now.AddDate(0, 0, 31)
	if _, err := d.Say(t.Context(), late.Receipt, objects); !errors.Is(err, complaint.ErrNotNow) {
		t.Errorf("after 30 days: %v", err)
	}
}

// Whoever is left when the reexamining officers recuse themselves, it is never
// the bureau whose answer is looked at.
func TestReexaminationDoesNotGoBackDown(t *testing.T) {
	recuses := complaint.Action{Move: complaint.Recuse, Facts: complaint.Facts{Reason: complaint.KinOrInterest}}
	d := newDesk(t, complainttest.Staffed())
	draft := d.draft()
	draft.Accused[0].Unit = "410823-01"
	f := d.file(draft)
	d.must("county", f.Number, do(complaint.Accept), do(complaint.Assign))
	d.must("county-vet", f.Number, do(complaint.SignFor), reply("查无此事"), do(complaint.PresentReply))
	d.must("second", f.Number, do(complaint.Sign))
	d.say(f.Receipt, says(complaint.Object, "不服"))
	c := d.must("vet", f.Number, recuses)
	if c.State != complaint.Reexamination || c.Route.Unit != "410800.vet" {
		t.Errorf("with a colleague left: %s at %s", c.State, c.Route.Unit)
	}
	c = d.must("first", f.Number, recuses)
	if c.State != complaint.Referred || c.To != complaint.HigherAuthority {
		t.Errorf("with nobody left in the city: %s at %s, to %q", c.State, c.Route.Unit, c.To)
	}
}

func draftAgain(d *desk, like complaint.Draft) complaint.Draft {
	f := d.draft()
	f.Kind, f.Accused = like.Kind, like.Accused
	return f
}

func TestDissatisfactionWaitsForAPerson(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	d.answered(f.Number)
	d.say(f.Receipt, complaint.Action{Move: complaint.Rate, Facts: complaint.Facts{Rating: complaint.Dissatisfied}})
	if q, _ := d.Queue(t.Context(), "second", complaint.Query{Limit: 9}); len(q) != 1 || q[0].Clock != complaint.CallbackClock {
		t.Errorf("nobody is asked to look at it: %+v", q)
	}
	d.now = d.now.AddDate(0, 0, 20)
	if moved := d.tick(); moved != 0 {
		t.Error("a dissatisfied citizen's case closed by itself")
	}
	c := d.must("second", f.Number, do(complaint.Redo))
	if c.State != complaint.Rework || !c.Supervised || c.Rating != complaint.Dissatisfied {
		t.Errorf("redone: %+v", c)
	}
	d.must("first", f.Number, do(complaint.SignFor), reply("这次查清了"), do(complaint.PresentReply))
	c = d.must("second", f.Number, do(complaint.Sign))
	if c.Rating != "" {
		t.Errorf("the new answer is rated %q already", c.Rating)
	}
	d.now = d.now.AddDate(0, 0, 11)
	if d.tick(); d.fold(f.Number).State != complaint.Closed || d.fold(f.Number).Rating != "" {
		t.Errorf("silence: %s, rated %q", d.fold(f.Number).State, d.fold(f.Number).Rating)
	}
}

func TestWithdrawals(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	mine, entered := d.file(d.draft()), d.file(d.draft())
	d.say(mine.Receipt, do(complaint.Withdraw))
	asked := complaint.Action{Move: complaint.Withdraw, Facts: complaint.Facts{Reason: complaint.AskedByCitizen}}
	d.must("first", entered.Number, asked)
	for _, f := range []complaint.Filed{mine, entered} {
		v, err := d.Follow(t.Context(), f.Receipt)
		canUndo := slices.ContainsFunc(v.Deadlines, func(d complaint.Deadline) bool { return d.Clock == complaint.RetractClock })
		if err != nil || canUndo != (f.Number == entered.Number) {
			t.Errorf("%s: told that it can be undone: %v, %v", f.Number, canUndo, err)
		}
	}
	if d.tick(); d.fold(mine.Number).State != complaint.Final || d.fold(entered.Number).State != complaint.Closed {
		t.Errorf("withdrawn by the citizen: %s; entered by an officer: %s", d.fold(mine.Number).State, d.fold(entered.Number).State)
	}
	c := d.say(entered.Receipt, says(complaint.Reopen, "我没有撤"))
	if c.State != complaint.Submitted || c.Withdrawn {
		t.Errorf("taken up again: %s", c.State)
	}
	inHand(d, entered.Number)
	if _, err := d.act("first", entered.Number, asked); !errors.Is(err, complaint.ErrNotYours) {
		t.Errorf("the handler enters a withdrawal: %v", err)
	}
}

func TestMergingNeedsACaseThatIsSeenAndOpen(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	hidden := d.draft()
	hidden.Kind, hidden.Accused = complaint.FeeDemand, []complaint.Accused{{Kind: complaint.Teacher, Area: "410823"}}
	county := d.draft()
	county.Accused[0].Unit = "410823-01"
	a, b, secret := d.file(county), d.file(d.draft()), d.file(hidden)
	follow := func(lead complaint.Number) complaint.Action {
		return complaint.Action{Move: complaint.Merge, Facts: complaint.Facts{Lead: lead}}
	}
	for name, lead := range map[string]complaint.Number{"itself": a.Number, "a case out of sight": secret.Number, "none": complainttest.Number(3), "no number": "x"} {
		if _, err := d.act("county", a.Number, follow(lead)); !errors.Is(err, complaint.ErrIncomplete) {
			t.Errorf("following %s: %v", name, err)
		}
	}
	if c := d.must("first", b.Number, follow(a.Number)); c.State != complaint.Merged || c.Lead != a.Number {
		t.Errorf("merged: %s into %s", c.State, c.Lead)
	}
	if v, err := d.Follow(t.Context(), b.Receipt); err != nil || v.Case.State != complaint.Merged || strings.Contains(text(v), string(a.Number)) {
		t.Errorf("the citizen learns of another's case: %v", err)
	}
	if _, err := d.act("first", a.Number, follow(b.Number)); !errors.Is(err, complaint.ErrIncomplete) {
		t.Errorf("following a follower: %v", err)
	}
}

func TestErasingNeedsTwoAndLeavesTheEvents(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	d.answered(f.Number)
	d.must("second", f.Number, complaint.Action{Move: complaint.Rate, Facts: complaint.Facts{Rating: complaint.Neutral}}, do(complaint.Close))
	if _, err := d.act("second", f.Number, do(complaint.Erase)); !errors.Is(err, complaint.ErrWrongState) {
		t.Errorf("not proposed: %v", err)
	}
	d.must("first", f.Number, complaint.Action{Move: complaint.ProposeErasure, Facts: complaint.Facts{Reason: complaint.AskedByCitizen}})
	events := len(d.record(f.Number).Events)
	if c := d.must("second", f.Number, do(complaint.Erase)); !c.Erased {
		t.Error("not erased")
	}
	rec := d.record(f.Number)
	if len(rec.Key.Wrapped) > 0 || len(rec.Events) != events+1 {
		t.Errorf("the key has %d bytes, the case %d events", len(rec.Key.Wrapped), len(rec.Events))
	}
	v, err := d.Open(t.Context(), "first", f.Number)
	if err != nil || len(v.Said) > 0 || v.Case.State != complaint.Closed {
		t.Errorf("an erased case opens with %d words, %v", len(v.Said), err)
	}
	if _, err := d.Say(t.Context(), f.Receipt, says(complaint.Add, "x")); !errors.Is(err, complaint.ErrErased) {
		t.Errorf("adding to an erased case: %v", err)
	}
	withdrawn := d.file(d.draft())
	d.must("first", withdrawn.Number, complaint.Action{Move: complaint.Withdraw, Facts: complaint.Facts{Reason: complaint.AskedByCitizen}},
		complaint.Action{Move: complaint.ProposeErasure, Facts: complaint.Facts{Reason: complaint.AskedByCitizen}})
	d.must("second", withdrawn.Number, do(complaint.Erase))
	if _, err := d.Say(t.Context(), withdrawn.Receipt, do(complaint.Reopen)); !errors.Is(err, complaint.ErrWrongState) {
		t.Errorf("taking up a case of which nothing is left: %v", err)
	}
}

// A backup brings a case back as it stood before it was erased: it is erased
// again, and a case that was filed later under the number is not.
func TestWhatWasErasedIsErasedAgain(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	d.must("first", f.Number, do(complaint.Accept))
	for _, c := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"erased before it was filed", d.now.Add(-time.Hour), false},
		{"erased since", d.now.Add(time.Hour), true},
		{"already erased again", d.now.Add(time.Hour), false},
	} {
		if did, err := d.EraseAgain(t.Context(), f.Number, c.at); err != nil || did != c.want {
			t.Errorf("%s: %v, %v", c.name, did, err)
		}
		if gone := len(d.record(f.Number).Key.Wrapped) == 0; gone != d.fold(f.Number).Erased || c.want && !gone {
			t.Errorf("%s: the key is gone: %v", c.name, gone)
		}
	}
	if c := d.fold(f.Number); c.State != complaint.Final {
		t.Errorf("it stands at %s, where nobody can answer it", c.State)
	}
	if did, err := d.EraseAgain(t.Context(), aNumber, d.now); did || err != nil {
		t.Errorf("a case that the backup does not have: %v, %v", did, err)
	}
}

func TestATelephoneComplaint(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	f, err := d.Telephone(t.Context(), "first", d.draft())
	if err != nil {
		t.Fatal(err)
	}
	c := d.fold(f.Number)
	if c.Channel != complaint.Telephone || c.Timeline[0].By != (complaint.Actor{Officer: "first", Role: complaint.Intake}) {
		t.Errorf("entered as %+v", c.Timeline[0])
	}
	if v, err := d.Follow(t.Context(), f.Receipt); err != nil || v.Number != f.Number {
		t.Errorf("followed: %+v, %v", v.Number, err)
	}
	for who := range map[complaint.OfficerID]bool{"vet": true, "analyst": true, "nobody": true} {
		if _, err := d.Telephone(t.Context(), who, d.draft()); !errors.Is(err, complaint.ErrNotYours) {
			t.Errorf("%s enters a complaint: %v", who, err)
		}
	}
	d.roster.Officers[0].Interests = []string{"410823-01"}
	d.roster.Officers = append(d.roster.Officers, complainttest.Officer("other", "410800", complaint.Intake, complaint.Triage))
	tied := d.draft()
	tied.Accused[0].Unit = "410823-01"
	if _, err := d.Telephone(t.Context(), "first", tied); !errors.Is(err, complaint.ErrNotYours) {
		t.Errorf("with a tie to the accused: %v", err)
	}
}

func TestACorrectionIsTheEditors(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	draft := d.draft()
	draft.Kind, draft.Accused, draft.About, draft.AccusedName = complaint.Correction, nil, "target/2022/410823#number", nil
	draft.Identity, draft.Who = complaint.Anonymous, nil
	f := d.file(draft)
	for _, who := range []complaint.OfficerID{"vet", "county", "liaison"} {
		if _, err := d.Open(t.Context(), who, f.Number); !errors.Is(err, complaint.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	d.answered(f.Number) // first is the editor, second the approver
	if c := d.fold(f.Number); c.About != "target/2022/410823#number" || c.Class != complaint.Unclassed {
		t.Errorf("%+v", c)
	}
}

// What is stated beside a move's own facts goes nowhere.
func TestForgedFactsAreLeftOut(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	f := d.file(d.draft())
	forged := usual()
	forged.Route, forged.Window, forged.Urgent, forged.About = &complaint.Route{Unit: "410823"}, "张三", true, "张三"
	d.say(f.Receipt, complaint.Action{Move: complaint.Add, Words: []byte("x"), Facts: forged})
	d.must("first", f.Number, complaint.Action{Move: complaint.Accept, Facts: forged}, complaint.Action{Move: complaint.Assign, Facts: forged})
	if !d.fold(f.Number).Urgent {
		t.Error("a word of danger that came later does not count")
	}
	for _, e := range d.record(f.Number).Events[1:] {
		e.Facts.Urgent = false // is Add's own
		b, _ := json.Marshal(e.Facts)
		if e.Move != complaint.Assign && string(b) != "{}" || bytes.Contains(b, []byte("张三")) || bytes.Contains(b, []byte("410823")) {
			t.Errorf("%s states %s", e.Move, b)
		}
	}
	if _, err := d.Say(t.Context(), f.Receipt, do(complaint.Accept)); !errors.Is(err, complaint.ErrWrongState) && !errors.Is(err, complaint.ErrNotYours) {
		t.Errorf("the citizen accepts: %v", err)
	}
	bad := complaint.Action{Move: complaint.Add, Facts: complaint.Facts{Evidence: []complaint.Evidence{{ID: "x", Kind: "exe", Size: 1, SHA256: strings.Repeat("0", 64)}}}}
	if _, err := d.Say(t.Context(), f.Receipt, bad); !errors.Is(err, complaint.ErrIncomplete) {
		t.Errorf("evidence of no kind: %v", err)
	}
	if _, err := d.Follow(t.Context(), receipt(t)); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("a stranger's receipt: %v", err)
	}
}

// keeping writes down everything that a book is given in the clear.
type keeping struct {
	complaint.Book
	seen bytes.Buffer
}

func (b *keeping) note(e complaint.Entry) {
	out, _ := json.Marshal(e)
	b.seen.Write(out)
	for _, p := range e.Parts {
		b.seen.Write(p.Sealed)
	}
}

func (b *keeping) File(ctx context.Context, f complaint.Filing) (complaint.Kept, error) {
	b.note(f.Entry)
	b.seen.Write(slices.Concat(f.MAC, f.Key.Wrapped, []byte(f.Draft), []byte(f.Number)))
	return b.Book.File(ctx, f)
}

func (b *keeping) Append(ctx context.Context, n complaint.Number, version int, e complaint.Entry) error {
	b.note(e)
	return b.Book.Append(ctx, n, version, e)
}

func TestNothingSaidIsKeptInTheClear(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	k := &keeping{Book: d.book}
	d.Book = k
	f := d.file(d.draft())
	d.must("first", f.Number, says(complaint.Ask, "是哪一天？"))
	d.say(f.Receipt, says(complaint.Answer, "三月一日"))
	d.answered(f.Number)
	d.say(f.Receipt, says(complaint.Withdraw, "算了"))
	if k.seen.Len() < 4000 {
		t.Fatalf("only %d bytes were seen", k.seen.Len())
	}
	for _, marker := range []string{"包就业", "卫校", "张三", "13800000000", "是哪一天", "三月一日", "已查明", "算了", f.Receipt.Reveal(), string(f.Receipt.Bytes())} {
		if bytes.Contains(k.seen.Bytes(), []byte(marker)) {
			t.Errorf("%q is kept in the clear", marker)
		}
	}
}

// BenchmarkFile is all of filing but the disk: route, sealing, chain, clocks.
func BenchmarkFile(b *testing.B) {
	d := newDesk(b, complainttest.Staffed())
	d.Book = nowhere{}
	for b.Loop() {
		if _, err := d.File(b.Context(), d.draft()); err != nil {
			b.Fatal(err)
		}
	}
}

type nowhere struct{ complaint.Book }

func (nowhere) File(_ context.Context, f complaint.Filing) (complaint.Kept, error) {
	return complaint.Kept{Number: f.Number, MAC: f.MAC}, nil
}
