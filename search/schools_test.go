package search_test

import (
	"strings"
	"testing"
	"time"

	"yangguang/content/contenttest"
	"yangguang/search"
)

// A family finds a school by any of its names, who teaches a specialty by the
// words of every day, and what a school costs.
func TestSchoolsAreFound(t *testing.T) {
	f := search.NewFinder(search.NewMemory())
	f.Now = func() time.Time { return time.Date(2026, 6, 20, 9, 0, 0, 0, time.UTC) }
	if err := f.Follow(t.Context(), contenttest.City(t)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ query, id, text string }{
		{"启明中专", "school/D12", "2026年在名单，有警示 · 民办 · 普通中专 · 庚山区 · 2026年计划 300 人 · 学费每年 4800 元 · 电子商务、幼儿保育"},
		{"示例市卫生学校", "school/D02", "不收学费"},
		{"护理", "specialty/720201", "2026年 示例市卫生职业学校 600 人 不收学费；示例市卫生职业学校 300 人 不收学费"},
		{"学护士", "specialty/720201", "示例市卫生职业学校"},
		{"哪个学校有护理", "specialty/720201", "600 人"},
		{"720301", "specialty/720301", "300 人"},
		{"启明学费多少", "school/D12", "4800 元"},
	} {
		got := find(t, f, search.Query{Text: test.query, Limit: 3})
		if len(got.Hits) == 0 || got.Hits[0].ID != test.id || !strings.Contains(got.Hits[0].Text, test.text) {
			t.Errorf("%s finds %+v, want %s with %q", test.query, got.Hits, test.id, test.text)
		}
	}
	// A specialty that nobody here teaches is in the catalogue only.
	if got := find(t, f, search.Query{Text: "音乐表演"}); len(got.Hits) > 0 && got.Hits[0].ID == "specialty/750201" {
		t.Error("a specialty is found that no school plans")
	}
	for query, want := range map[string]string{"卫校学费多少": "不收学费", "示例市第一职业学校多少钱": "不收学费"} {
		if got := find(t, f, search.Query{Text: query}); got.Answer == nil || !strings.Contains(got.Answer.Text, want) || !strings.HasPrefix(got.Answer.Source.URL, "/sheets/school?row=") {
			t.Errorf("%s is answered %+v, want %q", query, got.Answer, want)
		}
	}
}
