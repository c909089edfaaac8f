package complaint_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

func file(id string) complaint.Evidence {
	return complaint.Evidence{ID: id, Kind: complaint.Picture, Size: 9, SHA256: strings.Repeat("ab", 32), Clean: true}
}

// filedWith files a complaint with a file, and adds another.
func (d *desk) filedWith() (complaint.Draft, complaint.Filed) {
	d.t.Helper()
	draft := d.draft()
	draft.Evidence = []complaint.Evidence{file("a")}
	filed := d.file(draft)
	d.say(filed.Receipt, complaint.Action{Move: complaint.Add, Facts: complaint.Facts{Evidence: []complaint.Evidence{file("b"), file("a")}}})
	return draft, filed
}

func TestFoldersHoldTheFilesOfTheirCase(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	draft, filed := d.filedWith()
	own, err := d.OwnFolder(t.Context(), filed.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := d.Folder(t.Context(), "first", filed.Number)
	if err != nil {
		t.Fatal(err)
	}
	for who, f := range map[string]complaint.Folder{"citizen": own, "officer": theirs} {
		if f.Key.Of != draft.ID || !slices.Equal(f.Evidence, []complaint.Evidence{file("a"), file("b")}) || f.Opened != "" {
			t.Errorf("%s: %+v; want each file once and none opened", who, f)
		}
	}
	if looks := looksOf(d.fold(filed.Number), complaint.Look); len(looks) != 1 || looks[0].By.Officer != "first" {
		t.Errorf("the officer's look is noted as %+v", looks)
	}
	if _, err := d.Folder(t.Context(), "first", filed.Number); err != nil || len(looksOf(d.fold(filed.Number), complaint.Look)) != 1 {
		t.Errorf("a second look on that day: %v", err)
	}
	if _, err := d.OwnFolder(t.Context(), receipt(t)); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("another receipt: %v", err)
	}
}

func looksOf(c complaint.Case, m complaint.Move) (out []complaint.Step) {
	for _, s := range c.Timeline {
		if s.Move == m {
			out = append(out, s)
		}
	}
	return out
}

func TestAnOriginalIsOpenedForAReasonThatIsNoted(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	draft, filed := d.filedWith()
	f, err := d.OpenOriginal(t.Context(), "first", filed.Number, "b", complaint.MustExamine)
	if err != nil || f.Opened != "b" || f.Key.Of != draft.ID {
		t.Fatalf("%+v, %v", f, err)
	}
	events := d.record(filed.Number).Events
	e := events[len(events)-1]
	if e.Move != complaint.OpenOriginal || e.Facts.Reason != complaint.MustExamine || !slices.Equal(e.Facts.Evidence, []complaint.Evidence{file("b")}) {
		t.Errorf("noted was %+v", e)
	}
	if got := d.fold(filed.Number).Evidence; len(got) != 2 {
		t.Errorf("opening a file made it %d files", len(got))
	}
	// The citizen is told that and which, and not who.
	v, err := d.Follow(t.Context(), filed.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	if e := v.Events[len(v.Events)-1]; e.Move != complaint.OpenOriginal || e.By.Officer != "" || e.By.Role == "" || e.Facts.Evidence[0].ID != "b" {
		t.Errorf("the citizen sees %+v", e)
	}
	for name, c := range map[string]struct {
		who  complaint.OfficerID
		id   string
		why  complaint.Reason
		want error
	}{
		"without a reason":         {"first", "a", "", complaint.ErrIncomplete},
		"for a reason of no list":  {"first", "a", "好奇", complaint.ErrIncomplete},
		"a file of another case":   {"first", "c", complaint.MustExamine, complaint.ErrNotFound},
		"somebody who is nobody":   {"nobody", "a", complaint.MustExamine, complaint.ErrNotFound},
		"no file at all":           {"first", "", complaint.MustExamine, complaint.ErrNotFound},
		"a reason before the file": {"nobody", "", "", complaint.ErrNotFound},
	} {
		before := len(d.record(filed.Number).Events)
		f, err := d.OpenOriginal(t.Context(), c.who, filed.Number, c.id, c.why)
		if !errors.Is(err, c.want) || f.Opened != "" && err != nil || len(f.Key.Wrapped) > 0 {
			t.Errorf("%s: %+v, %v; want %v", name, f, err, c.want)
		}
		if after := len(d.record(filed.Number).Events); after != before {
			t.Errorf("%s: something was noted", name)
		}
	}
}

// Whoever is excluded gets of a file exactly what a missing case gives.
func TestExcludedOfficersGetNoFolder(t *testing.T) {
	roster := complainttest.Staffed()
	roster.Officers = append(roster.Officers, complaint.Officer{
		ID: "kin", Units: []string{"410800"}, Roles: []complaint.Role{complaint.Intake, complaint.Triage}, Interests: []string{"410800-02"}, Active: true,
	})
	d := newDesk(t, roster)
	_, filed := d.filedWith()
	_, missing := d.Folder(t.Context(), "kin", complainttest.Number(99))
	for _, who := range []complaint.OfficerID{"kin", "school", "county", "analyst", "nobody", ""} {
		if f, err := d.Folder(t.Context(), who, filed.Number); !errors.Is(err, complaint.ErrNotFound) || err.Error() != missing.Error() || f.Key.Of != "" {
			t.Errorf("%q: %+v, %v", who, f, err)
		}
		if f, err := d.OpenOriginal(t.Context(), who, filed.Number, "a", complaint.MustExamine); !errors.Is(err, complaint.ErrNotFound) || f.Key.Of != "" {
			t.Errorf("%q opens an original: %+v, %v", who, f, err)
		}
	}
	// Having recused themselves, they see no more.
	d.must("first", filed.Number, complaint.Action{Move: complaint.Recuse, Facts: complaint.Facts{Reason: complaint.KinOrInterest}})
	if _, err := d.Folder(t.Context(), "first", filed.Number); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("after recusal: %v", err)
	}
}
