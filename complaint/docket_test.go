package complaint_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
)

func TestTheOrderOfAList(t *testing.T) {
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	want := []complaint.Docket{
		{Number: "danger, due later", State: complaint.Investigating, Urgent: true, Due: day(9)},
		{Number: "fast, due later", State: complaint.Submitted, Fast: true, Due: day(8)},
		{Number: "due first", State: complaint.Assigned, Due: day(1)},
		{Number: "due next", State: complaint.Callback, Due: day(2)},
		{Number: "due with it", State: complaint.Submitted, Due: day(2)},
		{Number: "never due", State: complaint.Replied},
		{Number: "ended last", State: complaint.Closed, Urgent: true, Changed: day(7)},
		{Number: "ended before", State: complaint.Declined, Changed: day(3)},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
	var names []string
	for i := range got {
		names = append(names, string(got[i].Number))
	}
	for i := range want {
		if got[i].Number != want[i].Number {
			t.Fatalf("order: %s", strings.Join(names, ", "))
		}
	}
}
