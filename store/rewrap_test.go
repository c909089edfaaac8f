package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"yangguang/bot"
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
		parcels := func(n int) []byte {
			all, err := db.Outbox().Next(t.Context(), complaint.Telegram, time.Now(), n)
			if err != nil {
				t.Fatal(err)
			}
			var first []byte
			for _, p := range all {
				first = append(first, p.Key.Wrapped[0])
			}
			return first
		}
		const waiting = rewrapped + 5
		for n := range waiting {
			id := fmt.Sprint("letter.", n)
			p := bot.Parcel{Channel: complaint.Telegram, ID: id, Lane: id, Key: complaint.Key{Of: id, Wrapped: []byte{1, byte(n), byte(n >> 8), 'p'}}, Sealed: []byte(id)}
			if err := db.Outbox().Put(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		anew := func(stop int) func(complaint.Key) (complaint.Key, bool, error) {
			seen = 0
			return func(k complaint.Key) (complaint.Key, bool, error) {
				if seen++; seen == stop {
					return k, false, cut
				}
				if k.Wrapped[0] == 2 {
					return k, false, nil
				}
				if k.Wrapped[len(k.Wrapped)-1] == 'p' && k.Of != fmt.Sprint("letter.", int(k.Wrapped[1])+int(k.Wrapped[2])<<8) {
					t.Errorf("the key %q is %s's", k.Wrapped, k.Of)
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
		if want := cases - 1 - rewrapped + waiting; n != want || err != nil {
			t.Errorf("run again: %d, %v; want %d", n, err, want)
		}
		all := wrappedAs(t, b, cases)
		if all[6] != 0 || all[2] != 0 || slices.Contains(all, 1) {
			t.Errorf("wrapped as %v", all)
		}
		if got := parcels(2 * waiting); len(got) != waiting || slices.Contains(got, 1) {
			t.Errorf("what waits in the outbox is wrapped as %v", got)
		}
		if n, err := db.Rewrap(t.Context(), anew(0)); n != 0 || err != nil {
			t.Errorf("once more: %d, %v", n, err)
		}
	})
}
