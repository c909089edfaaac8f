package content_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"yangguang/content"
	"yangguang/content/contenttest"
)

// published folds one edition for each list of changes.
func published(t *testing.T, lists ...[]content.Change) *content.Snapshot {
	t.Helper()
	var editions []content.Edition
	for i, changes := range lists {
		editions = append(editions, content.Edition{
			Number: int64(i + 1), At: time.Date(2026, 6, i+1, 9, 0, 0, 0, time.UTC), By: "编辑", ApprovedBy: "审核", Note: "说明", Changes: changes,
		})
	}
	s, err := content.Fold(editions)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func plan(number content.Figure, approval string) []content.Change {
	p := &content.Plan{School: "D01", Specialty: "710201", Number: number, Approval: approval, Duration: "3"}
	p.ID, p.Year = content.PlanID(2026, "D01-710201"), 2026
	return []content.Change{{Op: content.Put, ID: p.ID, Record: p}}
}

func TestVersionsSayWhatChanged(t *testing.T) {
	id := content.PlanID(2026, "D01-710201")
	s := published(t, plan(content.FigureOf(100), ""), plan(content.FigureOf(120), "示发改〔0000〕1号"),
		[]content.Change{{Op: content.Withdraw, ID: id, Reason: "登错了"}}, plan(content.Figure{State: content.Correcting}, "示发改〔0000〕1号"))
	got := s.Versions(id)
	if len(got) != 4 {
		t.Fatalf("%d versions, want 4", len(got))
	}
	want := [][]content.Difference{
		{{Field: "number", Old: "120", New: "更正中"}},
		nil, // withdrawn: it says what it said
		{{Field: "number", Old: "100", New: "120"}, {Field: "approval", Old: "", New: "示发改〔0000〕1号"}},
		nil,
	}
	for i, v := range got {
		if v.Head().Version != 4-i || v.Edition.Number != int64(4-i) {
			t.Errorf("version %d of edition %d stands at place %d", v.Head().Version, v.Edition.Number, i)
		}
		if !reflect.DeepEqual(v.Changes, want[i]) {
			t.Errorf("version %d changed %v, want %v", v.Head().Version, v.Changes, want[i])
		}
	}
	if !got[1].Head().Withdrawn || got[1].Head().Reason != "登错了" || got[0].Head().Withdrawn {
		t.Error("a withdrawal is not the third version, or lasts longer")
	}
	acts := s.Published()
	if n := acts[1].Changed; len(acts) != 4 || len(n) != 1 || n[0] != (content.Changed{Op: content.Put, ID: id}) || !acts[0].Changed[0].New {
		t.Errorf("the editions are remembered as %+v", acts)
	}
}

// What was taken down is shown in no edition, older ones too, and cannot come
// back under its id.
func TestWhatWasTakenDownIsGoneFromEveryEdition(t *testing.T) {
	id := content.PlanID(2026, "D01-710201")
	shelf := new(contenttest.Shelf)
	ctx := context.Background()
	for i, changes := range [][]content.Change{plan(content.FigureOf(100), ""), plan(content.FigureOf(120), "")} {
		if _, err := shelf.Append(ctx, int64(i), content.Edition{Changes: changes}); err != nil {
			t.Fatal(err)
		}
	}
	board, err := content.NewBoard(ctx, shelf)
	if err != nil {
		t.Fatal(err)
	}
	if before, err := board.At(ctx, 1); err != nil || len(before.Plans(2026)) != 1 {
		t.Fatalf("edition 1 has %v, %v", before, err)
	}
	if _, err := shelf.Append(ctx, 2, content.Edition{Changes: []content.Change{{Op: content.TakeDown, ID: id, Reason: "个人信息"}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := board.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	for n := int64(1); n <= 3; n++ {
		s, err := board.At(ctx, n)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Record(id); ok || len(s.Plans(2026)) > 0 || len(s.PlansOf("D01")) > 0 || len(s.Versions(id)) > 0 {
			t.Errorf("edition %d still shows it", n)
		}
		if stone, ok := s.Tombstone(id); !ok || stone.Reason != "个人信息" {
			t.Errorf("edition %d has no tombstone: %+v", n, stone)
		}
	}
	again := content.Edition{Number: 4, Changes: plan(content.FigureOf(1), "")}
	if _, err := board.Snapshot().Apply(again); !errors.Is(err, content.ErrTakenDown) {
		t.Errorf("it comes back: %v", err)
	}
}

func TestComparedDocumentsKeepTheirOrder(t *testing.T) {
	text := func(parts ...string) *content.Policy {
		p := &content.Policy{}
		for i := 0; i < len(parts); i += 2 {
			p.Blocks = append(p.Blocks, content.Block{ID: parts[i], Kind: content.Paragraph, Text: parts[i+1]})
		}
		return p
	}
	got := content.Compare(text("a", "1", "b", "2", "c", "3", "d", "4"), text("a", "1", "c", "33", "d", "4", "e", "5"))
	want := []content.Passage{{ID: "b", Old: "2"}, {ID: "c", Old: "3", New: "33"}, {ID: "e", New: "5"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("differs %v, want %v", got, want)
	}
}
