package content

import (
	"slices"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	var changes []Change
	for _, key := range []string{Police, Ambulance, Distress, Youth, Hotline} {
		c := &Contact{Phone: key}
		c.ID = ID("contact/" + key)
		changes = append(changes, Change{Op: Put, ID: c.ID, Record: c})
	}
	s, err := Fold([]Edition{{Number: 1, Changes: changes}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kinds []CrisisKind
		want  []string
	}{
		{nil, []string{Police, Ambulance, Distress, Youth}},
		{[]CrisisKind{Beaten, Suicide}, []string{Police, Ambulance, Distress, Youth}},
		{[]CrisisKind{Suicide, Beaten}, []string{Distress, Police, Ambulance, Youth}},
		{[]CrisisKind{Injured}, []string{Ambulance, Police, Distress, Youth}},
	} {
		var got []string
		for _, k := range s.Help(c.kinds...) {
			got = append(got, k.Phone)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Help(%v) = %v, want %v", c.kinds, got, c.want)
		}
	}
}

func TestCrisesAreChecked(t *testing.T) {
	row := func(key string, row int, words, not string) Item {
		r := &Crisis{Kind: Beaten, Words: strings.Fields(words), Not: strings.Fields(not)}
		r.ID = ID("crisis/" + key)
		return Item{Record: r, Place: Place{File: "crisis.csv", Row: row, Columns: map[string]string{"words": "C", "not": "D"}}}
	}
	good := []Item{row("one", 2, "被打 不让打电话", "打电话"), row("two", 3, "打我", "")}
	if found := Check(Pack{Items: good}); len(found) > 0 {
		t.Errorf("a good sheet has problems: %v", found)
	}
	for _, c := range []struct {
		row  Item
		want string
	}{
		{row("three", 4, "", ""), "crisis.csv C4：缺词语。"},
		{row("three", 4, "打", ""), "crisis.csv C4：“打”只有一个字"},
		{row("three", 4, "打我", ""), "crisis.csv C4：“打我”写了两次，前一次在 crisis.csv 第3行。"},
		{row("three", 4, "打他", "打电话"), "crisis.csv D4：“打电话”写了两次，前一次在 crisis.csv 第2行。"},
		{row("three", 4, "打他", "打他"), "crisis.csv D4：“打他”写了两次，前一次在 crisis.csv 第4行。"},
	} {
		found := Check(Pack{Items: append(slices.Clone(good), c.row)})
		if len(found) != 1 || !strings.HasPrefix(found[0].String(), c.want) {
			t.Errorf("%v: %v, want %s", c.row.Record, found, c.want)
		}
	}
}
