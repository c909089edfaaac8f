package site

import (
	"testing"

	"yangguang/content"
)

func TestFAQGroups(t *testing.T) {
	q := func(opens string) *content.FAQ { return &content.FAQ{Question: opens, Opens: opens} }
	groups := faqGroups([]*content.FAQ{
		q(""), q("/unpublished#plans"), q("/verify"), q("/targets/2022/410800-02"), q("/verifying"), q("/verify?q=x"), q("/calendar/2022"),
	})
	want := []struct {
		key   string
		opens []string
	}{
		{"group-school", []string{"/verify", "/verify?q=x"}},
		{"group-dates", []string{"/calendar/2022"}},
		{"group-numbers", []string{"/targets/2022/410800-02"}},
		{"group-owed", []string{"/unpublished#plans"}},
		{"group-other", []string{"", "/verifying"}},
	}
	if len(groups) != len(want) {
		t.Fatalf("%d groups, want %d: %v", len(groups), len(want), groups)
	}
	for i, g := range groups {
		if g.Key != want[i].key || len(g.FAQs) != len(want[i].opens) {
			t.Errorf("group %d is %s with %d questions, want %s with %d", i, g.Key, len(g.FAQs), want[i].key, len(want[i].opens))
			continue
		}
		for j, one := range g.FAQs {
			if one.Opens != want[i].opens[j] {
				t.Errorf("%s question %d leads to %q, want %q", g.Key, j, one.Opens, want[i].opens[j])
			}
		}
	}
}
