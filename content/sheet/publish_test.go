package sheet_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/content/sheet"
)

func publish(t *testing.T, s content.Shelf, pack fs.FS) content.Outcome {
	t.Helper()
	read, err := sheet.ReadPack(pack)
	if err != nil {
		t.Fatal(err)
	}
	out, err := content.Publish(t.Context(), s, read, content.Act{At: time.Unix(1669248000, 0), By: "editor", ApprovedBy: "approver"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func snapshot(t *testing.T, s content.Shelf) *content.Snapshot {
	t.Helper()
	b, err := content.NewBoard(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return b.Snapshot()
}

func TestBundledPackIsOneEditionAndChangesAreOnlyDifferences(t *testing.T) {
	s := new(contenttest.Shelf)
	if out := publish(t, s, content.Bundled()); out.Edition != 1 {
		t.Fatalf("published as edition %d, want 1", out.Edition)
	}
	if out := publish(t, s, content.Bundled()); out.Edition != 0 || len(out.Conflicts) > 0 {
		t.Errorf("the same pack again is edition %d with conflicts %v", out.Edition, out.Conflicts)
	}
	pack := bundled(t)
	swap(t, pack, "faq.csv", "别点别人发来的链接。", "别人发来的链接不要点。")
	swap(t, pack, "units.csv", "武陟县,县（市）,武陟", "武陟县,县（市）,武陟|小武陟")
	out := publish(t, s, pack)
	if out.Edition != 2 || len(out.Changes) != 2 || out.Changes[0].ID != "unit/410823" || out.Changes[1].ID != "faq/province-platform" {
		t.Errorf("edition %d changes %v, want edition 2 to change the unit and the question", out.Edition, out.Changes)
	}
}

func TestBundledPackOnTheBoard(t *testing.T) {
	shelf := new(contenttest.Shelf)
	publish(t, shelf, content.Bundled())
	s := snapshot(t, shelf)
	for from, want := range map[string]string{"2022-09-01": "2022-09-30", "2022-09-05": "2022-10-09", "2022-09-20": "2022-10-21"} {
		d, err := calendar.ParseDate(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.WorkingDays().After(d, 20); got.To.String() != want || got.Estimated {
			t.Errorf("20 working days after %s = %s, want %s", from, got.To, want)
		}
	}
	p, ok := s.Policy("jiaojiaowen-2022-48")
	if !ok {
		t.Fatal("the notice is not there")
	}
	for id, want := range map[string]string{
		"s0.p1": "根据《河南省教育厅办公室", "s1": "一、统一编制招生任务", "s2.p1": "各县（市、区）要严格执行", "s3.p1": "认真执行《河南省",
		"s4.p1": "各县（市、区）教育部门要", "s5.p1": "市教育局将进一步完善", "end.p1": "监督举报电话: 0391-2992835",
		"end.p5": "焦作市教育局办公室", "annex1": "附件 1　2022年各县（市）", "annex2": "附件 2　2022年高中阶段",
	} {
		if b, ok := p.Block(id); !ok || !strings.HasPrefix(b.Text, want) {
			t.Errorf("block %s is %+v, want it to begin with %q", id, b, want)
		}
	}
	if cell, _ := mustBlock(t, p, "annex1").Table.Cell("B14"); cell != "16164" {
		t.Errorf("annex1!B14 is %q, want 16164", cell)
	}
	form := mustBlock(t, p, "annex2").Table
	if len(form.Heads) != 7 || len(form.Rows) != 1 || form.Rows[0][0] != "计划情况" || len(form.Notes) != 1 {
		t.Errorf("annex 2 is %+v", form)
	}
	if n := len(s.FAQs()); n < 40 {
		t.Errorf("%d questions, want 40 or more", n)
	}
	for _, q := range s.FAQs() {
		if len(q.Asks) < 5 {
			t.Errorf("%q can be asked in %d other ways, want 5 or more", q.Question, len(q.Asks))
		}
	}
}

func mustBlock(t *testing.T, p *content.Policy, id string) *content.Block {
	t.Helper()
	b, ok := p.Block(id)
	if !ok {
		t.Fatalf("no block %s", id)
	}
	return b
}

// The contact people stand in the original, and nowhere else in what is
// published.
func TestContactPeopleStandInTheOriginalOnly(t *testing.T) {
	shelf := new(contenttest.Shelf)
	publish(t, shelf, content.Bundled())
	editions, err := shelf.Editions(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	originals := 0
	for _, c := range editions[0].Changes {
		if p, ok := c.Record.(*content.Policy); ok {
			if strings.Contains(p.Original, "赵国庆") && strings.Contains(p.Original, "jzzck@126.com") {
				originals++
			}
			p.Original = ""
		}
		b, err := json.Marshal(c.Record)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"赵国庆", "柴其琛", "jzzck", "126.com"} {
			if strings.Contains(string(b), word) {
				t.Errorf("%s has %s", c.ID, word)
			}
		}
	}
	if originals != 1 {
		t.Errorf("%d originals have the contact lines, want 1", originals)
	}
}

// A wording about a year that is over must not read as today's.
func TestHistoryIsNotToldAsToday(t *testing.T) {
	shelf := new(contenttest.Shelf)
	publish(t, shelf, content.Bundled())
	for _, q := range snapshot(t, shelf).FAQs() {
		if q.Source.Policy != "" && q.Year != 2022 {
			t.Errorf("%q rests on the notice of 2022 and has the year %d", q.Question, q.Year)
		}
		for _, day := range []string{"11月20日", "12月20日", "4月20日", "5月20日"} {
			if strings.Contains(q.Answer, day) && !strings.Contains(q.Answer, "2022") {
				t.Errorf("%q tells %s without its year: %s", q.Question, day, q.Answer)
			}
		}
	}
}
