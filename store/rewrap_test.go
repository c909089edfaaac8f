package store

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// wrappedAs says of each case how its key is wrapped: the first byte.
func wrappedAs(t *testing.T, b *Book, n int) (all []byte) {
	t.Helper()
	for i := range n {
		rec, err := b.Record(t.Context(), complaint.Unscoped(), complainttest.Number(i+1))
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Key.Wrapped) == 0 {
			all = append(all, 0)
			continue
		}
		all = append(all, rec.Key.Wrapped[0])
	}
	return all
}

// Broken off anywhere, every key is wrapped in one way or the other, and run
// again it wraps the rest; what is erased stays erased.
func TestRewrap(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		b := db.Book()
		const cases = 2*rewrapped + 50
		for n := range cases {
			f := complainttest.Filing(n+1, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})
			f.Key.Wrapped = []byte{1, byte(n), byte(n >> 8)}
			if _, err := b.File(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		gone := func(n int) {
			tamper(t, db, `update cases set wrapped = $1 where number = $2`, []byte{}, complainttest.Number(n).Digits())
		}
		gone(3)
		cut := errors.New("killed")
		seen := 0
		anew := func(stop int) func(complaint.Key) (complaint.Key, bool, error) {
			seen = 0
			return func(k complaint.Key) (complaint.Key, bool, error) {
				if seen++; seen == stop {
					return k, false, cut
				}
				if k.Wrapped[0] == 2 {
					return k, false, nil
				}
				if bytes.Equal(k.Wrapped, []byte{1, 6, 0}) && stop == 0 {
					gone(7) // erased while it was being wrapped
				}
				return complaint.Key{Of: k.Of, Wrapped: append([]byte{2}, k.Wrapped[1:]...)}, true, nil
			}
		}
		if n, err := db.Rewrap(t.Context(), anew(rewrapped+10)); n != rewrapped || !errors.Is(err, cut) {
			t.Errorf("broken off: %d, %v", n, err)
		}
		half := wrappedAs(t, b, cases)
		if old := bytes.Count(half, []byte{1}); old != cases-1-rewrapped || half[2] != 0 {
			t.Errorf("%d are wrapped as before", old)
		}
		tamper(t, db, `update cases set wrapped = $1 where number = $2`, []byte{1, 6, 0}, complainttest.Number(7).Digits())
		n, err := db.Rewrap(t.Context(), anew(0))
		if want := cases - 1 - rewrapped; n != want || err != nil {
			t.Errorf("run again: %d, %v; want %d", n, err, want)
		}
		all := wrappedAs(t, b, cases)
		if all[6] != 0 || all[2] != 0 || slices.Contains(all, 1) {
			t.Errorf("wrapped as %v", all)
		}
		if n, err := db.Rewrap(t.Context(), anew(0)); n != 0 || err != nil {
			t.Errorf("once more: %d, %v", n, err)
		}
	})
}
