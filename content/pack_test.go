package content_test

import (
	"testing"

	"yangguang/content"
)

func TestTidyNumber(t *testing.T) {
	for in, want := range map[string]string{
		"3300": "3300", "３３００": "3300", " 3300　": "3300", "3,300": "3300", "3，300": "3300", "3 300": "3300",
		"16,164": "16164", "1,234,567": "1234567",
		// These are no way to write a number, and stay to be refused.
		"33,00": "33,00", "3,3000": "3,3000", ",300": ",300", "3.300": "3.300", "-1": "-1", "3,300人": "3,300人", "": "",
	} {
		if got := content.TidyNumber(in); got != want {
			t.Errorf("TidyNumber(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAtNamesTheCellOfAnAnnex(t *testing.T) {
	for place, want := range map[string]string{
		"annex1!B6": "targets.csv D5 (附件1 B6)", "annex12!C3": "targets.csv D5 (附件12 C3)",
		"s3.p1": "targets.csv D5", "": "targets.csv D5", "s1.t2!B3": "targets.csv D5",
	} {
		if got := content.At("targets.csv D5", content.Source{Place: place}); got != want {
			t.Errorf("At(%q) = %q, want %q", place, got, want)
		}
	}
}

func TestSourceLink(t *testing.T) {
	for want, s := range map[string]content.Source{
		"/policies/x#annex1!B6":       {Policy: "policy/x", Place: "annex1!B6"},
		"https://flk.npc.gov.cn/":     {Law: "law/y", Place: "二十四", URL: "https://flk.npc.gov.cn/"},
		"https://www.gov.cn/a/notice": {Title: "a notice", URL: "https://www.gov.cn/a/notice"},
	} {
		if got := s.Link(); got != want {
			t.Errorf("link of %+v = %q, want %q", s, got, want)
		}
	}
}
