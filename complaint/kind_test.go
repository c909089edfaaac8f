package complaint_test

import (
	"regexp"
	"strings"
	"testing"

	"yangguang/complaint"
)

// What product and law say of each kind, written down a second time.
func TestKinds(t *testing.T) {
	want := map[complaint.Kind]string{
		"false_advertising": "request ordinary vet owner refers=market_regulation",
		"interference":      "request ordinary vet owner copied season=forms_open",
		"fee_demand":        "report restricted discipline city bars refers=discipline_inspection",
		"blockade":          "request ordinary vet city bars needs=area",
		"illegal_fee":       "request ordinary vet owner person refers=market_regulation",
		"unqualified":       "request ordinary vet city refers=market_regulation,human_resources",
		"irregular":         "request ordinary vet owner",
		"registration":      "request ordinary registry city season=registration_due",
		"fraud":             "report ordinary vet city refers=police,anti_fraud_96110",
		"aid_unpaid":        "request ordinary aid city",
		"privacy":           "request ordinary vet owner refers=police,cyberspace",
		"internship":        "request ordinary vet owner refers=human_resources",
		"harm":              "report restricted discipline owner copied pressing refers=police",
		"against_bureau":    "never refers=hotline_12345,province_education,discipline_inspection",
		"correction":        "editorial publishing city needs=about",
		"question":          "inquiry never",
		"other":             "inquiry never",
	}
	kinds := complaint.Kinds()
	if len(kinds) != len(want) {
		t.Errorf("%d kinds, want %d", len(kinds), len(want))
	}
	for _, k := range kinds {
		p, ok := k.Profile()
		if !ok || p.Kind != k {
			t.Fatalf("%s has no profile", k)
		}
		if got := describe(p); got != want[k] {
			t.Errorf("%s\n got %s\nwant %s", k, got, want[k])
		}
		if p.Chinese == "" {
			t.Errorf("%s has no Chinese word", k)
		}
		if snake(p.Name) != string(k) {
			t.Errorf("%s is called %s", k, p.Name)
		}
	}
	if _, ok := complaint.Kind("false-advertising").Profile(); ok {
		t.Error("a word that is no kind has a profile")
	}
}

func describe(p complaint.Profile) string {
	words := []string{string(p.Class), string(p.Lane), string(p.Duty), string(p.Floor)}
	for _, mark := range []struct {
		word string
		on   bool
	}{{"bars", p.BarsCounty}, {"copied", p.CopiesCity}, {"person", p.PersonTakes}, {"pressing", p.Pressing}, {"never", !p.Kept}} {
		if mark.on {
			words = append(words, mark.word)
		}
	}
	if p.Season != "" {
		words = append(words, "season="+string(p.Season))
	}
	if p.NeedsArea {
		words = append(words, "needs=area")
	}
	if p.NeedsAbout {
		words = append(words, "needs=about")
	}
	var refers []string
	for _, a := range p.Refers {
		refers = append(refers, string(a))
	}
	if refers != nil {
		words = append(words, "refers="+strings.Join(refers, ","))
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

var capital = regexp.MustCompile(`[A-Z]`)

func snake(name string) string {
	return strings.TrimPrefix(capital.ReplaceAllStringFunc(name, func(s string) string { return "_" + strings.ToLower(s) }), "_")
}

func TestAProfileIsACopy(t *testing.T) {
	p, _ := complaint.FalseAdvertising.Profile()
	p.Against[0], p.Refers[0] = "x", "x"
	if p, _ = complaint.FalseAdvertising.Profile(); p.Against[0] == "x" || p.Refers[0] == "x" {
		t.Error("a caller changed the table of kinds")
	}
}
