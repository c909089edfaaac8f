package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// One case whose columns or events are not what was stored is in no list and
// hinders none; where nobody is to be told, everything stops at it.
func TestADamagedCaseIsPassedOver(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		b := db.Book()
		route := complaint.Route{Unit: "410800", Lane: complaint.Ordinary}
		for n := range 20 {
			f := complainttest.Filing(n+1, route)
			f.Docket.Waits = []complaint.Wait{{For: complaint.Accept, From: f.Docket.Filed}}
			if _, err := b.File(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		hurt := map[complaint.Number]bool{}
		for n, column := range map[int]string{1: "accused", 4: "route", 7: "waits"} {
			tamper(t, db, `update cases set `+column+` = '[{' where number = $1`, complainttest.Number(n).Digits())
			hurt[complainttest.Number(n)] = true
		}
		roster := complainttest.Staffed()
		tray := roster.Tray("first", time.Now())
		queries := []complaint.Query{{Limit: 3}, {State: complaint.Submitted, Limit: 3}, {Tray: &tray, Limit: 3}}
		for _, q := range queries {
			if _, err := b.List(t.Context(), roster.Scope("first"), q); !errors.Is(err, ErrDamaged) {
				t.Errorf("nobody is told: %v", err)
			}
		}
		told := map[complaint.Number]bool{}
		db.PassOver(func(d *complaint.Damaged) { told[d.Number] = true })
		for _, q := range queries {
			clear(told)
			var got []complaint.Docket
			for {
				page, err := b.List(t.Context(), roster.Scope("first"), q)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, page...)
				if len(page) < q.Limit {
					break
				}
				q.After = page[len(page)-1].Position()
			}
			for _, d := range got {
				if hurt[d.Number] {
					t.Errorf("%s is listed", d.Number)
				}
			}
			if len(got) != 17 || len(told) != 3 {
				t.Errorf("%+v: %d listed, want 17; told of %v", q, len(got), told)
			}
		}
		if n, err := b.Newest(t.Context(), roster.Scope("first")); n == 0 || err != nil {
			t.Errorf("newest: %d, %v", n, err)
		}
		redated(t, db, hurt)
	})
}

// redated dates all anew, with one case more whose events cannot be read.
func redated(t *testing.T, db *DB, hurt map[complaint.Number]bool) {
	t.Helper()
	last := complainttest.Number(10)
	tamper(t, db, `update entries set events = '[' where case_id = (select id from cases where number = $1)`, last.Digits())
	hurt[last] = true
	told := map[complaint.Number]bool{}
	db.PassOver(func(d *complaint.Damaged) { told[d.Number] = true })
	n, err := db.Book().Redate(t.Context(), func(r complaint.Record) (complaint.Docket, error) {
		if r.Number == complainttest.Number(2) { // what no table of moves allows
			return complaint.Docket{}, &complaint.Damaged{Number: r.Number, Why: errors.New("folds to nothing")}
		}
		list, err := db.Book().List(t.Context(), complaint.Unscoped(), complaint.Query{Limit: 100})
		for _, d := range list {
			if d.Number == r.Number {
				d.Due = d.Due.Add(time.Hour)
				return d, err
			}
		}
		return complaint.Docket{}, err
	})
	if n != 15 || err != nil || len(told) != len(hurt) {
		t.Errorf("%d dated anew, %v, want 15; told of %v", n, err, told)
	}
}

// Letters that cannot be read hold up none that can: they have their place and
// say nothing.
func TestDamagedLettersArePassedOver(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		b := db.Book()
		for n := range 5 {
			if _, err := b.File(t.Context(), complainttest.Filing(n+1, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})); err != nil {
				t.Fatal(err)
			}
		}
		tamper(t, db, `update entries set letters = '[{' where case_id = (select id from cases where number = $1)`, complainttest.Number(3).Digits())
		var got []complaint.Number
		for after := int64(0); ; {
			page, err := b.Letters(t.Context(), after, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			if page[0].Position <= after {
				t.Fatalf("letter %+v after %d", page[0], after)
			}
			after = page[0].Position
			got = append(got, page[0].Number)
			if (page[0].Key == "") != (page[0].Number == "") {
				t.Errorf("half a letter: %+v", page[0])
			}
		}
		want := []complaint.Number{complainttest.Number(1), complainttest.Number(2), "", complainttest.Number(4), complainttest.Number(5)}
		if !slices.Equal(got, want) {
			t.Errorf("letters of %v, want %v", got, want)
		}
	})
}
