package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/content/demo"
	"yangguang/store"
)

// standingCases opens what a demonstration left in its folder.
func standingCases(t *testing.T, data string) (map[string]complaint.Case, []complaint.Docket) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Folder: data})
	must(t, err)
	defer db.Close()
	cases, err := demo.Cases(2026)
	must(t, err)
	out := map[string]complaint.Case{}
	for _, c := range cases {
		kept, err := db.Book().ByDraft(t.Context(), "demo-"+c.Row["case"])
		must(t, err)
		record, err := db.Book().Record(t.Context(), complaint.Unscoped(), kept.Number)
		must(t, err)
		must(t, complaint.Verify(record.Events))
		out[c.Row["case"]], err = complaint.Fold(record.Events)
		must(t, err)
	}
	open, err := db.Book().List(t.Context(), complaint.Unscoped(), complaint.Query{Limit: 100})
	must(t, err)
	return out, open
}

// TestDemoCasesShowTheWholeDesk: every kind that is kept, every state that a
// case can stand in, what is late, what is not, what somebody never sees.
func TestDemoCasesShowTheWholeDesk(t *testing.T) {
	p := start(t, "--demo")
	p.stop()
	cases, open := standingCases(t, p.data)
	if len(cases) != 40 {
		t.Errorf("%d cases", len(cases))
	}
	kinds, states, moves := map[complaint.Kind]bool{}, map[complaint.State]bool{}, map[complaint.Move]bool{}
	for _, c := range cases {
		kinds[c.Kind], states[c.State] = true, true
		for _, step := range c.Timeline {
			moves[step.Move] = true
		}
	}
	for _, k := range complaint.Kinds() {
		if p, _ := k.Profile(); p.Kept && !kinds[k] {
			t.Errorf("no case of kind %s", k)
		}
	}
	for _, s := range complaint.States() {
		passing := []complaint.State{complaint.InDraft, complaint.Replied} // nothing stays there
		if !states[s] && !slices.Contains(passing, s) {
			t.Errorf("no case in %s", s)
		}
	}
	for _, m := range []complaint.Move{
		complaint.Return, complaint.Extend, complaint.Supervise, complaint.Recuse, complaint.ReportByLaw,
		complaint.OpenIdentity, complaint.SendBack, complaint.Withdraw, complaint.Erase, complaint.Decide,
	} {
		if !moves[m] {
			t.Errorf("nothing was done by %s", m)
		}
	}
	cards := map[complaint.Card]int{}
	for _, d := range open {
		cards[d.Card(time.Now())]++
	}
	if cards[complaint.RedCard] == 0 || cards[complaint.NoCard] == 0 {
		t.Errorf("the open cases have the cards %v", cards)
	}
	for _, name := range []string{"06", "33"} { // the county itself; a matter for the liaison
		if where := cases[name].Route; where.Unit == demoCountyUnit || slices.Contains(where.Copies, demoCountyUnit) {
			t.Errorf("case %s lies with the county: %v", name, where)
		}
	}
	if of := cases["16"]; of.State != complaint.Merged || of.Lead == "" {
		t.Errorf("case 16 follows no other: %s", of.State)
	}
}

// TestDemoCasesAreThereOnce: a second start adds nothing and changes nothing,
// and the code in the guide opens its case.
func TestDemoCasesAreThereOnce(t *testing.T) {
	p := start(t, "--demo")
	p.stop()
	before, _ := standingCases(t, p.data)
	again := startOn(t, p.data, "--demo")
	for _, officer := range []string{"经办: ", "审核: ", "甲河县: ", "纪检: ", "分管领导: "} {
		if !strings.Contains(again.out.String(), officer+"http://127.0.0.1:") {
			t.Errorf("no link for %s", officer)
		}
	}
	receipt, err := demoReceipt(demoGuest)
	must(t, err)
	resp, err := http.PostForm(again.base+"/receipt", url.Values{"code": {receipt.Reveal()}})
	must(t, err)
	defer resp.Body.Close()
	if body := read(t, resp.Body); !strings.Contains(body, "每天来回三个小时") {
		t.Errorf("the code opens %d %.2000s", resp.StatusCode, body)
	}
	again.stop()
	after, _ := standingCases(t, p.data)
	for name, c := range after {
		if c.Turn != before[name].Turn {
			t.Errorf("case %s moved from turn %d to %d", name, before[name].Turn, c.Turn)
		}
	}
}
