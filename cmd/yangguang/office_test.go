package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/content"
	"yangguang/staff"
)

// running is the house of a data folder with its office, without a server.
type running struct {
	*house
	*reception
	keys *seal.Keys
	set  settings
}

// openAt opens the house of a data folder at a moment that the test moves.
func openAt(t *testing.T, data string, now func() time.Time) *running {
	t.Helper()
	set := settings{data: data, now: now}
	h, err := open(t.Context(), set, true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.close() })
	r, err := h.reception(t.Context(), set, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := seal.LoadKeys(set.keys())
	if err != nil {
		t.Fatal(err)
	}
	return &running{h, r, keys, set}
}

// autumn is a working day of a year of which nothing is published.
var autumn = time.Date(2026, time.November, 10, 2, 0, 0, 0, time.UTC)

func at(moment time.Time) func() time.Time { return func() time.Time { return moment } }

// draft is a complaint against a municipal school.
func (r *running) draft(t *testing.T, words string) complaint.Draft {
	t.Helper()
	receipt, err := complaint.NewReceipt(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := rand.Text()
	return complaint.Draft{
		ID: id, Receipt: receipt, Key: r.keys.Mint(id), Kind: complaint.FalseAdvertising,
		Accused:  []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-02"}},
		Identity: complaint.ByName, Channel: complaint.WebForm,
		Words: []byte(words), AccusedName: []byte("某校"), Who: []byte("某人"),
	}
}

func (r *running) file(t *testing.T, words string) complaint.Filed {
	t.Helper()
	f, err := r.office().File(t.Context(), r.draft(t, words))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (r *running) office() *complaint.Office { return r.reception.office }

// act makes moves of an officer.
func (r *running) act(t *testing.T, who complaint.OfficerID, n complaint.Number, moves ...complaint.Action) {
	t.Helper()
	v, err := r.office().Open(t.Context(), who, n)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.office().Act(t.Context(), who, n, v.Case.Turn, moves...); err != nil {
		t.Fatalf("%s: %v", moves[0].Move, err)
	}
}

// erase has the citizen withdraw and two officers erase the case.
func (r *running) erase(t *testing.T, f complaint.Filed) {
	t.Helper()
	if _, err := r.office().Say(t.Context(), f.Receipt, complaint.Action{Move: complaint.Withdraw}); err != nil {
		t.Fatal(err)
	}
	r.act(t, trialFirst, f.Number, complaint.Action{Move: complaint.ProposeErasure, Facts: complaint.Facts{Reason: complaint.AskedByCitizen}})
	r.act(t, trialSecond, f.Number, complaint.Action{Move: complaint.Erase})
}

// words returns what the citizen of that receipt can read of the case.
func (r *running) words(t *testing.T, f complaint.Filed) string {
	t.Helper()
	v, err := r.office().Follow(t.Context(), f.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range v.Said {
		all = append(all, string(s.Text))
	}
	return strings.Join(all, " ")
}

// The units of the record make an office in which every kind that is kept finds
// somebody, whomever it is against.
func TestTheTrialReceivesWhatItMay(t *testing.T) {
	r := openAt(t, t.TempDir(), at(autumn))
	public := r.board.Snapshot()
	var refused []string
	for _, kind := range complaint.Kinds() {
		p, _ := kind.Profile()
		for _, a := range accusable(public, p) {
			_, err := r.office().Receivable(t.Context(), kind, a)
			if (err == nil) != p.Kept {
				refused = append(refused, fmt.Sprint(kind, a, err))
			}
		}
	}
	if len(refused) > 0 {
		t.Errorf("not as the kinds say:\n%s", strings.Join(refused, "\n"))
	}
	_, err := r.office().Receivable(t.Context(), complaint.FalseAdvertising, []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800"}})
	if why := (*complaint.Refusal)(nil); !errors.As(err, &why) || why.Why != complaint.RefusedBureau {
		t.Errorf("against the bureau: %v", err)
	}
}

// accusable returns whom a complaint of that kind can be against: each unit of
// the record that fits.
func accusable(public *content.Snapshot, p complaint.Profile) [][]complaint.Accused {
	out := [][]complaint.Accused{}
	if len(p.Against) == 0 {
		return append(out, nil)
	}
	for _, kind := range p.Against {
		for _, u := range public.Units() {
			a := complaint.Accused{Kind: kind, Area: u.Code}
			school := u.Kind == content.MunicipalSchool || u.Kind == content.CountySchool
			switch {
			case u.Kind == content.Bureau || school != (kind == complaint.VocationalSchool):
				continue
			case school:
				a = complaint.Accused{Kind: kind, Unit: u.Code}
			}
			out = append(out, []complaint.Accused{a})
		}
	}
	return out
}

func TestUnitsOfTheRecord(t *testing.T) {
	r := openAt(t, t.TempDir(), at(autumn))
	levels := map[complaint.Level]int{}
	for _, u := range unitsOf(r.board.Snapshot()) {
		levels[u.Level]++
	}
	want := map[complaint.Level]int{complaint.CityLevel: 1, complaint.SectionLevel: 4, complaint.CountyLevel: 11, complaint.SchoolLevel: 5}
	for level, n := range want {
		if levels[level] != n {
			t.Errorf("%s: %d units, want %d", level, levels[level], n)
		}
	}
	school := &content.Unit{Meta: content.Meta{ID: "unit/410823-01"}, Code: "410823-01", Kind: content.CountySchool}
	public, err := content.Fold([]content.Edition{{Number: 1, Changes: []content.Change{{Op: content.Put, ID: school.ID, Record: school}}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := unitsOf(public); len(got) != 1 || got[0].Parent != "410823" {
		t.Errorf("a county's school: %+v", got)
	}
}

// The office is that of the edition that is up, and built once for it.
func TestTheTreeIsTheEditionsOwn(t *testing.T) {
	bureau := &content.Unit{Meta: content.Meta{ID: "unit/410800"}, Code: "410800", Kind: content.Bureau}
	county := &content.Unit{Meta: content.Meta{ID: "unit/410823"}, Code: "410823", Kind: content.County}
	var units tree
	for i, records := range [][]content.Record{{bureau}, {bureau, county}} {
		e := content.Edition{Number: 1}
		for _, r := range records {
			e.Changes = append(e.Changes, content.Change{Op: content.Put, ID: r.Head().ID, Record: r})
		}
		public, err := content.Fold([]content.Edition{e})
		if err != nil {
			t.Fatal(err)
		}
		first, err := units.of(public)
		if err != nil || !first.Has("410800") || first.Has("410823") != (i == 1) {
			t.Errorf("edition of %d units: %+v, %v", len(records), first, err)
		}
		if again, _ := units.of(public); again != first {
			t.Error("the same edition is built again")
		}
	}
}

// Dates of 2022 open no fast lane in another year, and do in theirs.
func TestWindowsAreThoseOfTheYear(t *testing.T) {
	r := openAt(t, t.TempDir(), at(autumn))
	public := r.board.Snapshot()
	if w := slices.DeleteFunc(windowsOf(public, 2026), func(w complaint.Window) bool { return w.ID == "" }); len(w) > 0 {
		t.Errorf("in 2026: %+v", w)
	}
	open := func(day string) (ids []string) {
		d, err := calendar.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range windowsOf(public, d.Year()) {
			if w.Open(d) {
				ids = append(ids, w.ID)
			}
		}
		return ids
	}
	for day, want := range map[string]string{
		"2022-11-15": "key_date/2022/autumn-registration", "2022-12-20": "key_date/2022/autumn-filing", "2022-04-15": "key_date/2022/spring-registration",
		"2022-12-21": "", "2022-09-01": "", "2026-11-15": "",
	} {
		if got := strings.Join(open(day), " "); got != want {
			t.Errorf("on %s: %q, want %q", day, got, want)
		}
	}
}

// The forms are open between two dates of the year; one of them alone opens
// nothing.
func TestTheFormsWindow(t *testing.T) {
	date := func(key string, month time.Month, day int) content.Change {
		k := &content.KeyDate{Meta: content.Meta{ID: content.ID("key_date/2026/" + key), Year: 2026}, Date: calendar.NewDate(2026, month, day)}
		return content.Change{Op: content.Put, ID: k.ID, Record: k}
	}
	day := calendar.NewDate(2026, time.June, 20)
	for want, dates := range map[bool][]content.Change{
		true:  {date(formsOpen, time.June, 18), date(formsClose, time.June, 25)},
		false: {date(formsOpen, time.June, 18)},
	} {
		public, err := content.Fold([]content.Edition{{Number: 1, Changes: dates}})
		if err != nil {
			t.Fatal(err)
		}
		if got := windowsOf(public, 2026)[0].Open(day); got != want {
			t.Errorf("%d dates: open %v", len(dates), got)
		}
	}
}

var deskLink = regexp.MustCompile(`(经办|审核): (http://127\.0\.0\.1:\d+/desk/enter/\S+)`)

// Both links of a trial open the desk, as often as they are opened.
func TestTrialLinks(t *testing.T) {
	p := start(t)
	links := map[string]string{}
	eventually(t, 5*time.Second, "both links are printed", func() bool {
		for _, m := range deskLink.FindAllStringSubmatch(p.out.String(), -1) {
			links[m[1]] = strings.TrimPrefix(m[2], p.base)
		}
		return len(links) == 2
	})
	for name, path := range links {
		for range 2 {
			a := p.visitor(t).get(t, path)
			if a.status != 200 || !strings.Contains(a.body, name) || strings.Contains(a.url, "enter") {
				t.Errorf("%s: status %d at %s", name, a.status, a.url)
			}
		}
	}
	if a := p.visitor(t).get(t, "/desk"); strings.Contains(a.body, "退出") {
		t.Error("the desk is open to whoever has no link")
	}
}

// What was erased after a backup does not come back with it, neither by
// “restore” nor by laying the file in the folder by hand.
func TestARestoreBringsNothingErasedBack(t *testing.T) {
	data := t.TempDir()
	r := openAt(t, data, at(autumn))
	kept, gone, before := r.file(t, "留着的"), r.file(t, "删掉的"), r.file(t, "早就删掉的")
	r.erase(t, before)
	file := filepath.Join(t.TempDir(), "b.db")
	if code, _, said := once("backup", file, "--data", data); code != 0 {
		t.Fatal(said)
	}
	r.erase(t, gone)
	if got := r.words(t, gone); got != "" {
		t.Errorf("erased, and still reads %q", got)
	}

	into := t.TempDir()
	for _, name := range []string{keyName, "erased.log"} {
		copyTo(t, filepath.Join(data, name), filepath.Join(into, name))
	}
	code, says, said := once("restore", file, "--data", into)
	if code != 0 || !strings.Contains(says, "投诉 3 件") || !strings.Contains(says, "有 1 件") {
		t.Fatalf("%d, %s %s", code, says, said)
	}
	byHand := t.TempDir()
	copyTo(t, file, filepath.Join(byHand, "yangguang.db"))
	for _, name := range []string{keyName, "erased.log"} {
		copyTo(t, filepath.Join(data, name), filepath.Join(byHand, name))
	}
	for name, folder := range map[string]string{"restored": into, "laid there": byHand} {
		again := openAt(t, folder, at(autumn.Add(time.Hour)))
		if got := again.words(t, kept); got != "留着的" {
			t.Errorf("%s: what was kept reads %q", name, got)
		}
		for _, f := range []complaint.Filed{gone, before} {
			v, err := again.office().Follow(t.Context(), f.Receipt)
			if err != nil || len(v.Said) > 0 || !v.Case.Erased || v.Case.State.Open() {
				t.Errorf("%s: %s: %v, erased %v in %s", name, f.Number, err, v.Case.Erased, v.Case.State)
			}
			rec, err := again.db.Book().Record(t.Context(), complaint.Unscoped(), f.Number)
			if err != nil || len(rec.Key.Wrapped) > 0 {
				t.Errorf("%s: its key has %d bytes, %v", name, len(rec.Key.Wrapped), err)
			}
		}
		if want := map[string]int{"laid there": 1}[name]; again.again != want {
			t.Errorf("%s: the start erased %d again, want %d", name, again.again, want)
		}
	}
}

// A log that cannot be written stops the erasing; one that was lost is made
// again from what the database knows.
func TestTheLogOfErasures(t *testing.T) {
	data := t.TempDir()
	r := openAt(t, data, at(autumn))
	f := r.file(t, "话")
	log := seal.ErasuresBeside(r.set.keys())
	if err := os.Remove(log.Path()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.office().Say(t.Context(), f.Receipt, complaint.Action{Move: complaint.Withdraw}); err != nil {
		t.Fatal(err)
	}
	r.act(t, trialFirst, f.Number, complaint.Action{Move: complaint.ProposeErasure, Facts: complaint.Facts{Reason: complaint.AskedByCitizen}})
	v, err := r.office().Open(t.Context(), trialSecond, f.Number)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.office().Act(t.Context(), trialSecond, f.Number, v.Case.Turn, complaint.Action{Move: complaint.Erase}); !errors.Is(err, complaint.ErrNotKept) {
		t.Errorf("erased without its log: %v", err)
	}
	if got := r.words(t, f); got != "话" {
		t.Errorf("and the words are %q", got)
	}
	openAt(t, data, at(autumn)) // makes the log again
	r.act(t, trialSecond, f.Number, complaint.Action{Move: complaint.Erase})
	os.Remove(log.Path())
	openAt(t, data, at(autumn))
	if all, err := log.All(); err != nil || len(all) != 1 || all[0].Number != f.Number {
		t.Errorf("made again: %v, %v", all, err)
	}
}

// Time closes what met silence, and new holidays move what is due.
func TestClockwork(t *testing.T) {
	now := autumn
	r := openAt(t, t.TempDir(), func() time.Time { return now })
	f := r.file(t, "话")
	move := func(m complaint.Move) complaint.Action { return complaint.Action{Move: m} }
	r.act(t, trialFirst, f.Number, move(complaint.Accept), move(complaint.Assign), move(complaint.SignFor))
	r.act(t, trialFirst, f.Number, complaint.Action{Move: complaint.DraftReply, Facts: complaint.Facts{Outcome: complaint.Substantiated}, Words: []byte("答")}, move(complaint.PresentReply))
	r.act(t, trialSecond, f.Number, move(complaint.Sign))
	swept := 0
	r.clockwork.sweeps = []sweep{
		{"fails", func(context.Context) (int, error) { return 0, errors.New("no") }},
		{"works", func(context.Context) (int, error) { swept++; return 1, nil }},
	}
	now = now.AddDate(0, 0, 30)
	if err := r.clockwork.step(t.Context()); err == nil || swept != 1 {
		t.Errorf("a sweep that fails: %v; the other swept %d times", err, swept)
	}
	if v, err := r.office().Follow(t.Context(), f.Receipt); err != nil || v.Case.State != complaint.Closed {
		t.Errorf("after 30 days of silence: %s, %v", v.Case.State, err)
	}
	if by, err := r.db.Mark(t.Context(), datedMark); err != nil || !strings.Contains(by, "2022:1") {
		t.Errorf("dated by %q, %v", by, err)
	}
}

// The officers of the roll and those of a trial sit at the units.
func TestRoster(t *testing.T) {
	r := openAt(t, t.TempDir(), at(autumn))
	roster, err := rosterOf(r.board.Snapshot(), []staff.Officer{
		{ID: "vet-1", Units: []string{"410800.vet"}, Interests: []string{"410823"}, Roles: []staff.Role{staff.Handler}, State: staff.Active},
		{ID: "gone", Units: []string{"410800"}, Roles: []staff.Role{staff.Intake}, State: staff.Disabled},
	})
	if err != nil {
		t.Fatal(err)
	}
	o, ok := roster.Officer("vet-1")
	if !ok || !slices.Equal(o.Roles, []complaint.Role{complaint.Handler}) || !slices.Equal(o.Interests, []string{"410823"}) {
		t.Errorf("vet-1: %+v, %v", o, ok)
	}
	if _, ok := roster.Officer("gone"); ok {
		t.Error("a disabled officer is active")
	}
	for _, role := range staff.Roles() {
		if !slices.Contains(complaint.Roles(), complaint.Role(role)) {
			t.Errorf("the office has no role %s", role)
		}
	}
}
