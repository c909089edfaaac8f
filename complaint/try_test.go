package complaint_test

import (
	"errors"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// What Try says of a move is what Act does then, for each officer and move.
func TestTrySaysWhatActDoes(t *testing.T) {
	moves := map[complaint.Move]complaint.Facts{
		complaint.Refer: {To: complaint.Police}, complaint.ProposeDecline: {Reason: complaint.NoFacts}, complaint.DraftReply: {Outcome: complaint.Substantiated},
		complaint.Extend: {Days: 31, Reason: complaint.Complex}, complaint.Supervise: {Reason: complaint.Overdue}, complaint.Recuse: {Reason: complaint.KinOrInterest},
		complaint.Merge: {Lead: "2026000000000"},
	}
	for _, m := range complaint.Moves() {
		for _, who := range []complaint.OfficerID{"first", "second"} {
			d := newDesk(t, complainttest.Trial())
			n := d.file(d.draft()).Number
			d.must("first", n, complaint.Action{Move: complaint.Accept}, complaint.Action{Move: complaint.Assign})
			a := complaint.Action{Move: m, Facts: moves[m], Words: []byte("话")}
			said, err := d.Try(t.Context(), who, n, []complaint.Action{{Move: complaint.SignFor}}, []complaint.Action{a})
			if err != nil {
				t.Fatal(err)
			}
			if before := d.record(n); len(before.Events) != 3 {
				t.Fatalf("%s by %s: trying was kept", m, who)
			}
			_, did := d.act(who, n, a)
			if (said[1] == nil) != (did == nil) || !errors.Is(did, kindOf(said[1])) {
				t.Errorf("%s by %s: said %v, did %v", m, who, said[1], did)
			}
			if (said[0] == nil) != (who == "first") {
				t.Errorf("signing for by %s: %v", who, said[0])
			}
		}
	}
}

// kindOf is the declared error that err is.
func kindOf(err error) error {
	for _, known := range []error{complaint.ErrWrongState, complaint.ErrNotYours, complaint.ErrNotNow, complaint.ErrIncomplete, complaint.ErrRefused} {
		if errors.Is(err, known) {
			return known
		}
	}
	return err
}

func TestTryIsWithinTheScope(t *testing.T) {
	d := newDesk(t, complainttest.Staffed())
	n := d.file(d.draft()).Number
	if _, err := d.Try(t.Context(), "county", n); !errors.Is(err, complaint.ErrNotFound) {
		t.Errorf("somebody of another county: %v", err)
	}
}
