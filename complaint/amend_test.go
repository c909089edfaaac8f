package complaint_test

import (
	"errors"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// additions are the words and files that the citizen of a case added.
func (d *desk) additions(r complaint.Receipt) (words []string, files int) {
	d.t.Helper()
	v, err := d.Follow(d.t.Context(), r)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range v.Events {
		if e.Move != complaint.Add {
			continue
		}
		files += len(e.Facts.Evidence)
		for _, s := range v.Said {
			if s.Seq == e.Seq {
				words = append(words, string(s.Text))
			}
		}
	}
	return words, files
}

func TestAmendAddsWhatTheDraftSaysByNow(t *testing.T) {
	photo := complaint.Evidence{ID: "photo", Kind: complaint.Picture, Size: 1, SHA256: strings.Repeat("a0", 32)}
	for name, tc := range map[string]struct {
		change             func(*complaint.Draft)
		added, apart, who  bool
		words, file, flags int
	}{
		"nothing":            {change: func(*complaint.Draft) {}, who: true},
		"words":              {change: func(d *complaint.Draft) { d.Words = []byte("他们说包分配") }, added: true, who: true, words: 1},
		"a file":             {change: func(d *complaint.Draft) { d.Evidence = []complaint.Evidence{photo} }, added: true, who: true, file: 1},
		"words and a danger": {change: func(d *complaint.Draft) { d.Words, d.Urgent = []byte("他打我"), true }, added: true, who: true, words: 1, flags: 1},
		"no name any more":   {change: func(d *complaint.Draft) { d.Identity, d.Who = complaint.Anonymous, nil }, who: true},
		"another school": {change: func(d *complaint.Draft) {
			d.Words, d.Accused = []byte("是体校"), []complaint.Accused{{Kind: complaint.VocationalSchool, Unit: "410800-01"}}
		}, apart: true, who: true},
		"another kind": {change: func(d *complaint.Draft) { d.Words, d.Kind = []byte("还收了钱"), complaint.IllegalFee }, apart: true, who: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, complainttest.Trial())
			draft := d.draft()
			filed := d.file(draft)
			tc.change(&draft)
			for range 2 { // asked again it adds nothing
				got, err := d.Amend(t.Context(), draft, "改成：")
				if err != nil || got.Number != filed.Number || got.Apart != tc.apart || got.Who != tc.who {
					t.Fatalf("%+v, %v", got, err)
				}
				if words, files := d.additions(draft.Receipt); len(words) != tc.words || files != tc.file || tc.words > 0 && words[0] != "改成："+string(draft.Words) {
					t.Errorf("added %q and %d files", words, files)
				}
			}
			if c := d.fold(filed.Number); c.Urgent != (tc.flags > 0) {
				t.Errorf("urgent %v", c.Urgent)
			}
		})
	}
}

func TestAmendOfWhatIsNoOpenCase(t *testing.T) {
	d := newDesk(t, complainttest.Trial())
	draft := d.draft()
	if _, err := d.Amend(t.Context(), draft, ""); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("of a draft that was not filed: %v", err)
	}
	filed := d.file(draft)
	stranger := d.draft()
	stranger.Receipt = draft.Receipt
	if _, err := d.Amend(t.Context(), stranger, ""); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("by another draft: %v", err)
	}
	d.say(draft.Receipt, complaint.Action{Move: complaint.Withdraw})
	d.now = d.now.AddDate(0, 3, 0)
	if _, err := d.Tick(t.Context()); err != nil || d.fold(filed.Number).State != complaint.Final {
		t.Fatalf("%s, %v", d.fold(filed.Number).State, err)
	}
	draft.Words = []byte("我又想说")
	if got, err := d.Amend(t.Context(), draft, ""); err != nil || !got.Apart {
		t.Errorf("of a case that is over: %+v, %v", got, err)
	}
}
