package content_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/content"
	"yangguang/content/contenttest"
)

// draft is a sheet of plans: school to number.
func draft(rows ...any) *content.Draft {
	sheet := &content.Sheet{Title: "招生计划", Of: content.TypePlan, Columns: map[string]string{"number": "F"}}
	sheet.ID, sheet.Year = content.SheetID(2026, "plan"), 2026
	d := &content.Draft{File: "plan.xlsx", Sheet: sheet}
	for i := 0; i < len(rows); i += 2 {
		p := &content.Plan{School: rows[i].(string), Specialty: "710201", Number: content.FigureOf(rows[i+1].(int))}
		p.ID, p.Year = content.PlanID(2026, content.PlanKey(p.School, p.Specialty)), 2026
		row := 3 + i/2
		p.Source = content.Source{Sheet: sheet.ID, Place: strconv.Itoa(row)}
		d.Items = append(d.Items, content.Item{Record: p, Place: content.Place{File: d.File, Row: row, Columns: sheet.Columns}})
	}
	return d
}

// schooled is a shelf with the schools and the specialty of the drafts.
func schooled(t *testing.T) *contenttest.Shelf {
	t.Helper()
	specialty := &content.Specialty{Code: "710201", Name: "计算机应用", First: 2021}
	specialty.ID = content.SpecialtyID(specialty.Code)
	changes := []content.Change{{Op: content.Put, ID: specialty.ID, Record: specialty}}
	for _, code := range []string{"D01", "D02", "D03", "D09"} {
		school := &content.School{Code: code, Name: "示例学校" + code}
		school.ID = content.SchoolID(code)
		changes = append(changes, content.Change{Op: content.Put, ID: school.ID, Record: school})
	}
	shelf := new(contenttest.Shelf)
	if _, err := shelf.Append(t.Context(), 0, content.Edition{Changes: changes}); err != nil {
		t.Fatal(err)
	}
	return shelf
}

var (
	june  = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	first = content.Act{At: june, By: "编辑岗", ApprovedBy: "复核岗"}
	why   = content.Act{At: june, By: "编辑岗", ApprovedBy: "复核岗", Note: "按更正通知改"}
)

func snapshot(t *testing.T, shelf content.Shelf) *content.Snapshot {
	t.Helper()
	board, err := content.NewBoard(context.Background(), shelf)
	if err != nil {
		t.Fatal(err)
	}
	return board.Snapshot()
}

func TestSheetsArePublishedWhole(t *testing.T) {
	ctx, shelf := context.Background(), schooled(t)
	publish := func(act content.Act, d *content.Draft) content.Outcome {
		t.Helper()
		out, err := content.PublishDrafts(ctx, shelf, []*content.Draft{d}, act, nil)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := publish(first, draft("D01", 100, "D02", 50)); out.Edition != 2 || len(out.New) != 3 {
		t.Errorf("the first time: %+v", out)
	}
	if out := publish(first, draft("D01", 100, "D02", 50)); out.Edition != 0 || len(out.Changes) != 0 {
		t.Errorf("the same again publishes %+v", out)
	}
	showing := content.Act{At: june}
	if out := publish(showing, draft("D01", 120, "D03", 10)); out.Edition != 0 || len(out.Changes) != 3 || len(out.New) != 1 {
		t.Errorf("what would change is %+v", out)
	}
	publish(why, draft("D01", 120, "D03", 10))
	s := snapshot(t, shelf)
	if s.Edition != 3 || s.Published()[2].Origin != content.FromFile || s.Published()[2].Note != "按更正通知改" {
		t.Errorf("edition %d is remembered as %+v", s.Edition, s.Published()[2])
	}
	plans := s.Plans(2026)
	if len(plans) != 2 || plans[0].Number.Value != 120 || plans[1].School != "D03" {
		t.Errorf("the plans are %+v", plans)
	}
	left, _ := s.Record(content.PlanID(2026, "D02-710201"))
	if !left.Head().Withdrawn {
		t.Error("a row that left the sheet still holds")
	}
	publish(why, draft("D01", 120, "D03", 10, "D02", 50))
	if back := snapshot(t, shelf).Plans(2026); len(back) != 3 {
		t.Errorf("a row that came back does not hold: %d plans", len(back))
	}
}

func TestWhatMayNotBePublished(t *testing.T) {
	with := func(change func(*content.Draft)) *content.Draft {
		d := draft("D01", 120)
		change(d)
		return d
	}
	for name, test := range map[string]struct {
		act     content.Act
		draft   *content.Draft
		reasons map[string]string
		want    string // part of the sentence; empty: it is published
	}{
		"one person for both":     {content.Act{At: june, By: "甲岗", ApprovedBy: "甲岗", Note: "因为"}, draft("D01", 120), nil, "by one"},
		"nobody approved":         {content.Act{At: june, By: "甲岗", Note: "因为"}, draft("D01", 120), nil, "by one"},
		"a change without a note": {first, draft("D01", 120), nil, "without a note"},
		"a new row needs no note": {first, draft("D01", 100, "D09", 1), nil, ""},
		"a row less needs one":    {first, draft(), nil, "without a note"},
		"a blocked draft":         {why, with(func(d *content.Draft) { d.At("E1", "F9", "各行相加不对。") }), map[string]string{"E1": "就这样"}, "F9：各行相加不对。"},
		"a leak":                  {why, with(func(d *content.Draft) { d.Leaks = []content.Leak{{Where: "B3", Kind: "id_number"}} }), map[string]string{"E11": "就这样"}, "B3"},
		"a warning":               {why, with(func(d *content.Draft) { d.At("W3", "F3", "比去年多三成。") }), nil, "--reason W3="},
		"a warning explained":     {why, with(func(d *content.Draft) { d.At("W3", "F3", "比去年多三成。") }), map[string]string{"W3": "新开了校区"}, ""},
		"another city's sheet":    {why, with(func(d *content.Draft) { d.Elsewhere = true }), nil, "别的地方"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, shelf := context.Background(), schooled(t)
			if _, err := content.PublishDrafts(ctx, shelf, []*content.Draft{draft("D01", 100)}, first, nil); err != nil {
				t.Fatal(err)
			}
			_, err := content.PublishDrafts(ctx, shelf, []*content.Draft{test.draft}, test.act, test.reasons)
			head, _ := shelf.Head(ctx)
			switch {
			case test.want == "" && (err != nil || head != 3):
				t.Errorf("not published: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || head != 2):
				t.Errorf("got %v at edition %d, want %q at 2", err, head, test.want)
			}
		})
	}
}

func TestReasonsStayWithTheSheet(t *testing.T) {
	ctx, shelf := context.Background(), schooled(t)
	d := draft("D01", 100)
	d.At("W3", "F3", "比去年多三成。")
	if _, err := content.PublishDrafts(ctx, shelf, []*content.Draft{d}, first, map[string]string{"W3": "新开了校区", "W9": "没用到"}); err != nil {
		t.Fatal(err)
	}
	sheet, _ := snapshot(t, shelf).Sheet(content.SheetID(2026, "plan"))
	if len(sheet.Reasons) != 1 || sheet.Reasons["W3"] != "新开了校区" {
		t.Errorf("the sheet keeps %v", sheet.Reasons)
	}
}

func TestRemovedForAReason(t *testing.T) {
	ctx, shelf := context.Background(), schooled(t)
	if _, err := content.PublishDrafts(ctx, shelf, []*content.Draft{draft("D01", 100, "D02", 50)}, first, nil); err != nil {
		t.Fatal(err)
	}
	d01, d02 := content.PlanID(2026, "D01-710201"), content.PlanID(2026, "D02-710201")
	if _, err := content.Remove(ctx, shelf, content.Withdraw, []content.ID{d01}, first); !errors.Is(err, content.ErrNoNote) {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := content.Remove(ctx, shelf, content.Withdraw, []content.ID{d01}, why); err != nil {
		t.Fatal(err)
	}
	if _, err := content.Remove(ctx, shelf, content.Withdraw, []content.ID{d01}, why); !errors.Is(err, content.ErrNotFound) {
		t.Errorf("withdrawn twice: %v", err)
	}
	if _, err := content.Remove(ctx, shelf, content.TakeDown, []content.ID{d02, d01}, why); err != nil {
		t.Fatal(err)
	}
	s := snapshot(t, shelf)
	if _, there := s.Record(d01); there || len(s.Plans(2026)) > 0 {
		t.Error("what was taken down is still there")
	}
	if _, err := content.PublishDrafts(ctx, shelf, []*content.Draft{draft("D02", 50)}, why, nil); !errors.Is(err, content.ErrTakenDown) {
		t.Errorf("a sheet brings back what was taken down: %v", err)
	}
}
