package content_test

import (
	"testing"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
)

// A field of a row opens its own cell of the sheet.
func TestSourceOfAField(t *testing.T) {
	s := contenttest.City(t)
	plan := s.PlansOf("D12")[0]
	got := s.SourceOf(plan, "fee")
	if got.Cell() != "F10" || got.Link() != "/sheets/2026/plan?row=10#F10" {
		t.Errorf("the fee stands in %s, %s", got.Cell(), got.Link())
	}
	target := s.Targets(2026)[0]
	if got := s.SourceOf(target, "number"); got != target.Source {
		t.Errorf("the source of what is no row became %+v", got)
	}
}

// What falls must fall two years running, and that takes three.
func TestTrend(t *testing.T) {
	s := contenttest.City(t)
	for unit, want := range map[string]struct{ enough, falling bool }{
		"990001": {true, true}, "990002": {false, false}, "990011": {false, false},
	} {
		trend := s.Trends(2026)[unit]
		if trend.Enough() != want.enough || trend.Falling() != want.falling {
			t.Errorf("%s: %+v, want %+v", unit, trend, want)
		}
	}
	level := content.Trend{Shares: []int{400, 400, 450}}
	if level.Falling() {
		t.Error("a year that stayed level counts as a fall")
	}
}

func TestSum(t *testing.T) {
	n, none := content.FigureOf, content.Figure{State: content.Unreported}
	for _, c := range []struct {
		of   []content.Figure
		want content.Figure
	}{
		{[]content.Figure{n(2), n(3)}, n(5)},
		{[]content.Figure{n(2), none}, none},
		{nil, content.Figure{State: content.Unpublished}},
	} {
		if got := content.Sum(c.of...); got != c.want {
			t.Errorf("sum of %v is %v, want %v", c.of, got, c.want)
		}
	}
}

// The rate by annex 2 is what enters of what graduates, and the share that of
// the vocational schools; both need their figures.
func TestSharesOfABulletin(t *testing.T) {
	b := contenttest.City(t).LastBulletins(2026)["990001"]
	if b.AsOf != calendar.NewDate(2026, 6, 19) {
		t.Errorf("the last report is of %s", b.AsOf)
	}
	if share, ok := b.Share(); share != 410 || !ok {
		t.Errorf("share %d, %v", share, ok)
	}
	if rate, ok := b.EntryRate(); rate != 465 || !ok {
		t.Errorf("rate %d, %v", rate, ok)
	}
	b = &content.Bulletin{General: content.FigureOf(3), Vocational: content.Figure{State: content.Unreported}}
	if _, ok := b.Share(); ok {
		t.Error("a share without a figure")
	}
}

func TestDaysToAnAnswer(t *testing.T) {
	c := contenttest.City(t).ClarificationsOf("D12")[0]
	if n, ok := c.Days(); n != 2 || !ok {
		t.Errorf("%d days, %v", n, ok)
	}
	if _, ok := (&content.Clarification{On: c.On}).Days(); ok {
		t.Error("days to an answer that was not given")
	}
}

func TestYears(t *testing.T) {
	s := contenttest.City(t)
	if got := s.Years(content.TypePlan); len(got) != 2 || got[0] != 2026 || got[1] != 2025 {
		t.Errorf("plans of the years %v", got)
	}
	if got := s.Years(content.TypeWord); len(got) != 0 {
		t.Errorf("words of the years %v", got)
	}
}
