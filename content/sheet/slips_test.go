package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"yangguang/content"
)

// annex1 is the annex as printed: its numbers, by the row of the sheet (the
// annex's own rows are one further down).
var annex1 = []struct{ unit, number string }{
	{"沁阳市", "2530"},
	{"孟州市", "1085"},
	{"温县", "1908"},
	{"武陟县", "3300"},
	{"博爱县", "1821"},
	{"修武县", "1000"},
	{"焦作市职业技术学校", "2520"},
	{"焦作卫生医药学校", "1300"},
	{"焦作市体育运动学校", "200"},
	{"焦作市总工会职工中专", "100"},
	{"焦作市太极中等专业学校", "400"},
}

// slips calls f with each number of the annex with one digit wrong.
func slips(f func(row int, unit, right, wrong string)) (count int) {
	for row, a := range annex1 {
		for at := range a.number {
			for digit := '0'; digit <= '9'; digit++ {
				wrong := a.number[:at] + string(digit) + a.number[at+1:]
				if wrong != a.number {
					f(row, a.unit, a.number, wrong)
					count++
				}
			}
		}
	}
	return count
}

// annexOnly is the bundled pack with nothing but heads in the sheets that have
// no part in the annex, as it is read a thousand times here.
func annexOnly(t *testing.T) fstest.MapFS {
	t.Helper()
	pack := bundled(t)
	for _, name := range []string{"faq.csv", "words.csv", "phrases.csv", "glossary.csv", "laws.csv", "law_articles.csv", "holidays.csv", "holiday_notices.csv", "sheets/sheets.csv"} {
		head, _, _ := bytes.Cut(pack[name].Data, []byte("\n"))
		pack[name] = &fstest.MapFile{Data: head}
	}
	return pack
}

// accused fails unless the cell is named, and no other number but a total.
func accused(t *testing.T, found content.Problems, row int, slip string) {
	t.Helper()
	sheetCell := fmt.Sprintf("targets.csv D%d (附件1 B%d)", row+2, row+3)
	printed := fmt.Sprintf("(附件1 B%d)", row+3)
	named := false
	for _, p := range found {
		named = named || p.Where == sheetCell
		if !strings.HasSuffix(p.Where, printed) && !strings.HasSuffix(p.Where, "(附件1 B14)") {
			t.Errorf("%s: accuses %s", slip, p)
		}
	}
	if !named {
		t.Errorf("%s: %s is not named: %v", slip, sheetCell, found)
	}
}

func TestEverySlipInTheSheetIsRefusedWithItsCell(t *testing.T) {
	t.Parallel()
	n := slips(func(row int, unit, right, wrong string) {
		pack := annexOnly(t)
		swap(t, pack, "targets.csv", unit+","+right, unit+","+wrong)
		accused(t, problems(t, pack), row, unit+" "+wrong+" in the sheet")
	})
	if n != 369 {
		t.Errorf("%d slips were tried, want 369", n)
	}
}

func TestEverySlipInTheDocumentIsRefusedWithItsCell(t *testing.T) {
	t.Parallel()
	n := slips(func(row int, unit, right, wrong string) {
		pack := annexOnly(t)
		swap(t, pack, notice, "| "+unit+" | "+right, "| "+unit+" | "+wrong)
		accused(t, problems(t, pack), row, unit+" "+wrong+" in the document")
	})
	if n != 369 {
		t.Errorf("%d slips were tried, want 369", n)
	}
}

// Without the original there are two sources, and the cell is still found.
func TestSlipsWithoutTheOriginal(t *testing.T) {
	for row, a := range annex1 {
		pack := annexOnly(t)
		delete(pack, strings.Replace(notice, ".md", ".original.txt", 1))
		swap(t, pack, "targets.csv", a.unit+","+a.number, a.unit+",9"+a.number[1:])
		accused(t, problems(t, pack), row, a.unit+" without the original")
	}
}

// The same slip in the sheet and in the document's table is caught by the sum,
// and by the original.
func TestSlipInBothSources(t *testing.T) {
	pack := bundled(t)
	swap(t, pack, "targets.csv", "武陟县,3300", "武陟县,3301")
	swap(t, pack, notice, "| 武陟县 | 3300", "| 武陟县 | 3301")
	found := fmt.Sprint(problems(t, pack))
	for _, want := range []string{
		"targets.csv D13 (附件1 B14)：各行相加是 16165，合计写 16164，差 1。",
		"(附件1 B6)：“武陟县3301”不在原件里。",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("found %s, want %s", found, want)
		}
	}
}
