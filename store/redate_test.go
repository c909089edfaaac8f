package store

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// After a change of holidays every open case is due when it should be, stands
// where it should in the list, and nothing is new; done again it changes nothing.
func TestRedate(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		b := open(t, c).Book()
		route := complaint.Route{Unit: "410823", Lane: complaint.Ordinary, Copies: []string{"410800"}}
		dockets := map[complaint.Number]complaint.Docket{}
		var want []complaint.Docket
		erasures := 0
		for n := range 450 { // more than two pages
			f := complainttest.Filing(n+1, route)
			if n%5 == 0 {
				f.Docket.State, f.Docket.Due, f.Docket.Yellow = complaint.Closed, time.Time{}, time.Time{}
			}
			if _, err := b.File(t.Context(), f); err != nil {
				t.Fatal(err)
			}
			d := f.Docket
			if n%3 == 0 && d.State.Open() { // the order is another afterwards
				d.Due, d.Yellow = d.Due.Add(-time.Hour), d.Yellow.Add(-time.Hour)
			}
			if n%15 == 0 { // what has ended may wait for somebody all the same
				d.Waits = []complaint.Wait{{For: complaint.Erase, Not: []complaint.OfficerID{"first"}, From: d.Filed}}
				erasures++
			}
			dockets[d.Number] = d
			if d.State.Open() {
				want = append(want, d)
			}
		}
		slices.SortFunc(want, func(a, b complaint.Docket) int { return a.Position().Compare(b.Position()) })
		before, err := b.Newest(t.Context(), complaint.Unscoped())
		if err != nil {
			t.Fatal(err)
		}
		for _, changed := range []int{120 + erasures, 0} {
			n, err := b.Redate(t.Context(), func(r complaint.Record) (complaint.Docket, error) { return dockets[r.Number], nil })
			if n != changed || err != nil {
				t.Errorf("redated %d, %v; want %d", n, err, changed)
			}
		}
		for _, s := range []complaint.Scope{complaint.Unscoped(), complainttest.Staffed().Scope("first")} {
			got, err := b.List(t.Context(), s, complaint.Query{Limit: 1000})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%d dockets, %v; want %d as they are due now", len(got), err, len(want))
			}
		}
		tray := complainttest.Staffed().Tray("second", time.Now())
		got, err := b.List(t.Context(), complainttest.Staffed().Scope("second"), complaint.Query{Tray: &tray, Limit: 1000})
		if err != nil || len(got) != 0 { // a custodian serves the own unit, not the county
			t.Errorf("%d wait for another office, %v", len(got), err)
		}
		if after, err := b.Newest(t.Context(), complaint.Unscoped()); after != before || err != nil {
			t.Errorf("what is newest went from %d to %d, %v", before, after, err)
		}
	})
}
