package complaint_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// marks are the marks of a store, in memory.
type marks map[string]string

func (m marks) Mark(_ context.Context, name string) (string, error) { return m[name], nil }

func (m marks) SetMark(_ context.Context, name, value string) error {
	m[name] = value
	return nil
}

// round is a courier with what it carried.
type round struct {
	*complaint.Courier
	t       *testing.T
	carried []string
	refuse  map[string]error // once
}

func newRound(d *desk) *round {
	r := &round{t: d.t.(*testing.T), refuse: map[string]error{}}
	take := func(word string) error {
		err := r.refuse[word]
		if delete(r.refuse, word); err == nil {
			r.carried = append(r.carried, word)
		}
		return err
	}
	r.Courier = &complaint.Courier{
		Book: d.book, Sealer: d.ring, Marks: marks{},
		Carry: map[complaint.Channel]func(context.Context, complaint.Letter, string) error{
			complaint.Telegram: func(_ context.Context, l complaint.Letter, to string) error {
				return take(string(l.Key) + ">" + to)
			},
		},
		Desk: func(_ context.Context, l complaint.Letter) error { return take(string(l.Key) + ">desk") },
	}
	r.step(nil)
	return r
}

// step steps once and checks what was carried by now.
func (r *round) step(wrong error, want ...string) {
	r.t.Helper()
	if _, err := r.Step(r.t.Context()); !errors.Is(err, wrong) {
		r.t.Errorf("step: %v, want %v", err, wrong)
	}
	if !slices.Equal(r.carried, want) {
		r.t.Errorf("carried %v, want %v", r.carried, want)
	}
}

func fromTelegram(d *desk, chat string) complaint.Draft {
	draft := d.draft()
	draft.Channel, draft.WayBack = complaint.Telegram, complaint.Way{Channel: complaint.Telegram, Address: chat}.Bytes()
	return draft
}

// A citizen is told of what the office did, once and in order, and never of
// what they did themselves; the desk of what the citizen did.
func TestCourier(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	before := d.file(fromTelegram(d, "1"))
	d.must("first", before.Number, says(complaint.Ask, "早先问的"))
	r := newRound(d)
	web := d.draft()
	web.WayBack = nil
	silent := d.file(web)
	filed := d.file(fromTelegram(d, "77"))
	d.must("first", silent.Number, says(complaint.Ask, "哪一天？"))
	d.must("first", filed.Number, says(complaint.Ask, "哪一天？"))
	d.say(filed.Receipt, says(complaint.Answer, "三月一日"))
	r.step(nil, "came>desk", "came>desk", "asked>77", "answered>desk")

	// What could not be taken over comes again, before what is later.
	d.must("first", filed.Number, do(complaint.Accept), do(complaint.Assign))
	gone := errors.New("the line is down")
	r.refuse["accepted>77"] = gone
	r.step(gone, "came>desk", "came>desk", "asked>77", "answered>desk")
	r.step(nil, "came>desk", "came>desk", "asked>77", "answered>desk", "accepted>77", "assigned>77")
	r.step(nil, "came>desk", "came>desk", "asked>77", "answered>desk", "accepted>77", "assigned>77")

	// The citizen's own step is no news to them.
	d.say(filed.Receipt, complaint.Action{Move: complaint.Withdraw})
	r.carried = nil
	r.step(nil)
	// Somebody else carries on from the mark.
	d.must("second", silent.Number, says(complaint.Write, "还在办"))
	other := newRound(d)
	other.Marks = r.Marks
	other.step(nil)
}

// A case that somebody of the office may not see is not announced; danger is.
func TestDeskLetters(t *testing.T) {
	county := complaint.Accused{Kind: complaint.CountyItself, Area: "410823"}
	teacher := complaint.Accused{Kind: complaint.Teacher, Area: "410823"}
	for _, c := range []struct {
		name   string
		kind   complaint.Kind
		whom   complaint.Accused
		urgent bool
		want   []string
	}{
		{"a school of the city", complaint.FalseAdvertising, complaint.Accused{Kind: complaint.VocationalSchool, Unit: "410800-02"}, false, []string{"came"}},
		{"a county whose officers are barred", complaint.Blockade, county, false, nil},
		{"money, for the liaison alone", complaint.FeeDemand, teacher, false, nil},
		{"danger goes before that", complaint.FeeDemand, teacher, true, []string{"urgent"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, complainttest.Staffed())
			draft := d.draft()
			draft.Kind, draft.Accused, draft.Urgent = c.kind, []complaint.Accused{c.whom}, c.urgent
			filed := d.file(draft)
			letters, err := d.book.Letters(t.Context(), 0, 9)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range letters {
				if l.To == complaint.ToDesk {
					got = append(got, string(l.Key))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("the desk is told %v, want %v (route %+v)", got, c.want, filed.Route)
			}
		})
	}
}

// A letter whose case does not open is passed over and reported; of an erased
// case nothing is sent.
func TestCourierPassesOver(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	r := newRound(d)
	odd := fromTelegram(d, "5")
	odd.WayBack = []byte("no way")
	broken, erased, whole := d.file(odd), d.file(fromTelegram(d, "6")), d.file(fromTelegram(d, "7"))
	for _, f := range []complaint.Filed{broken, erased, whole} {
		d.must("first", f.Number, says(complaint.Ask, "哪一天？"))
	}
	if did, err := d.EraseAgain(t.Context(), erased.Number, d.now); !did || err != nil {
		t.Fatal(did, err)
	}
	if _, err := r.Step(t.Context()); err == nil {
		t.Error("a way that does not read is not reported")
	}
	want := []string{"came>desk", "came>desk", "came>desk", "asked>7"}
	if !slices.Equal(r.carried, want) {
		t.Errorf("carried %v, want %v", r.carried, want)
	}
	r.step(nil, want...)
}

// hurt is a book in which one case does not read.
type hurt struct {
	complaint.Book
	number complaint.Number
}

func (h hurt) Record(ctx context.Context, s complaint.Scope, n complaint.Number) (complaint.Record, error) {
	if n == h.number {
		return complaint.Record{}, &complaint.Damaged{Number: n, Why: errors.New("cut off")}
	}
	return h.Book.Record(ctx, s, n)
}

// A damaged case keeps nobody else's letters back.
func TestCourierPassesOverADamagedCase(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	r := newRound(d)
	damaged, whole := d.file(fromTelegram(d, "5")), d.file(fromTelegram(d, "6"))
	for _, f := range []complaint.Filed{damaged, whole} {
		d.must("first", f.Number, says(complaint.Ask, "哪一天？"))
	}
	r.Book = hurt{r.Book, damaged.Number}
	r.step(complaint.ErrDamaged, "came>desk", "came>desk", "asked>6")
	r.step(nil, "came>desk", "came>desk", "asked>6")
}

// blurred is a book of which one letter does not read.
type blurred struct {
	complaint.Book
	number complaint.Number
}

func (b blurred) Letters(ctx context.Context, after int64, limit int) ([]complaint.Letter, error) {
	all, err := b.Book.Letters(ctx, after, limit)
	for i, l := range all {
		if l.Number == b.number {
			all[i] = complaint.Letter{Position: l.Position}
		}
	}
	return all, err
}

// A letter that does not read is told of once and holds up nobody's.
func TestCourierPassesOverADamagedLetter(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	r := newRound(d)
	damaged, whole := d.file(fromTelegram(d, "5")), d.file(fromTelegram(d, "6"))
	for _, f := range []complaint.Filed{damaged, whole} {
		d.must("first", f.Number, says(complaint.Ask, "哪一天？"))
	}
	r.Book = blurred{r.Book, damaged.Number}
	if _, err := r.Step(t.Context()); err == nil {
		t.Error("it is not told of")
	}
	want := []string{"came>desk", "asked>6"}
	if !slices.Equal(r.carried, want) {
		t.Errorf("carried %v, want %v", r.carried, want)
	}
	r.step(nil, want...)
}

// That the citizen could not be told stands in the case, once for each letter;
// whoever does not see the case does not see that either, and it is no news to
// the citizen.
func TestUnreached(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	draft := fromTelegram(d, "5")
	draft.Kind, draft.Accused = complaint.Blockade, []complaint.Accused{{Kind: complaint.CountyItself, Area: "410823"}}
	filed := d.file(draft)
	newest := map[complaint.OfficerID]int64{}
	for _, o := range complainttest.Staffed().Officers {
		var err error
		if newest[o.ID], err = d.Newest(t.Context(), o.ID); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := d.book.Letters(t.Context(), 0, 99)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.Unreached(t.Context(), filed.Number, 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Unreached(t.Context(), filed.Number, 9); err != nil { // of nothing that happened
		t.Error(err)
	}
	if err := d.Unreached(t.Context(), complainttest.Number(9), 1); err != nil {
		t.Errorf("of no case: %v", err)
	}
	v, err := d.Follow(t.Context(), filed.Receipt)
	if err != nil || len(v.Events) != 2 || v.Events[1].Move != complaint.Unreached || v.Events[1].Facts.Letter != 1 {
		t.Errorf("the citizen sees %+v, %v", v.Events, err)
	}
	sees := 0
	for _, o := range complainttest.Staffed().Officers {
		now, err := d.Newest(t.Context(), o.ID)
		_, opened := d.Open(t.Context(), o.ID, filed.Number)
		if err != nil || (now > newest[o.ID]) != (opened == nil) {
			t.Errorf("%s: something new %v, opens the case %v", o.ID, now > newest[o.ID], opened)
		}
		if opened == nil {
			sees++
		}
	}
	if sees == 0 || sees == len(complainttest.Staffed().Officers) {
		t.Errorf("%d officers see it", sees)
	}
	if after, err := d.book.Letters(t.Context(), 0, 99); err != nil || len(after) != len(letters) {
		t.Errorf("%d letters, %v; want %d as before", len(after), err, len(letters))
	}
}

func ExampleWay() {
	fmt.Printf("%s\n", complaint.Way{Channel: complaint.Telegram, Address: "77"}.Bytes())
	// Output: {"channel":"telegram","address":"77"}
}
