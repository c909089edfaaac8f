package book

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// made returns the file that another program writes, its only sheet filled by f.
func made(t *testing.T, f func(x *excelize.File, tab string) error) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	if err := f(x, "Sheet1"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// set fills cells: address, value, and so on.
func set(x *excelize.File, tab string, cells ...any) error {
	for i := 0; i < len(cells); i += 2 {
		if err := x.SetCellValue(tab, cells[i].(string), cells[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func formatted(x *excelize.File, tab, at, code string, v any) error {
	id, err := x.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err == nil {
		err = x.SetCellStyle(tab, at, at, id)
	}
	if err != nil {
		return err
	}
	// The format first: a time would bring one of its own.
	return x.SetCellValue(tab, at, v)
}

// Shapes that files have, written by another program.
func TestWhatAnotherProgramWrites(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 5, 25, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		fill func(x *excelize.File, tab string) error
		want string
	}{
		"texts and numbers": {func(x *excelize.File, tab string) error {
			return set(x, tab, "A1", "单位", "B1", "人数", "A2", "沁阳市", "B2", 2530, "A3", " 温县 ", "B3", "１，９０８", "C3", 0.5)
		}, "1|单位|人数\n2|沁阳市|2530\n3|温县|１，９０８|0.5\n"},
		"float noise": {func(x *excelize.File, tab string) error {
			return set(x, tab, "A1", 2530.0000000001, "B1", 0.1+0.2, "C1", 1e21, "D1", -3.0, "E1", 123456789012345.0, "F1", 1e-7, "G1", 98.6)
		}, "1|2530|0.3|1e+21|-3|123456789012345|0.0000001|98.6\n"},
		"gaps": {func(x *excelize.File, tab string) error {
			return set(x, tab, "C3", "x", "A10", 1, "F10", "y")
		}, "3|||x\n10|1|||||y\n"},
		"a truth and an error": {func(x *excelize.File, tab string) error {
			return set(x, tab, "A1", true, "B1", false, "C1", "#N/A")
		}, "1|TRUE|FALSE|#N/A\n"},
		"dates": {func(x *excelize.File, tab string) error {
			for at, f := range map[string]string{
				"A1": "yyyy-mm-dd", "B1": `yyyy"年"m"月"d"日"`, "C1": `yyyy"年"m"月"`, "D1": "yyyy/m/d h:mm", "E1": `[$-804]m"月"d"日"`, "F1": "h:mm", "G1": `yyyy"年"`, "H1": "m/d/yy;@",
			} {
				if err := formatted(x, tab, at, f, day.Add(14*time.Hour+30*time.Minute)); err != nil {
					return err
				}
			}
			return nil
		}, "1|2026-05-25|2026-05-25|2026年5月|2026-05-25 14:30|2026-05-25|14:30|2026|2026-05-25\n"},
		"number formats": {func(x *excelize.File, tab string) error {
			for at, f := range map[string]string{
				"A1": "000000", "B1": "#,##0", "C1": "0.00%", "D1": `0"人"`, "E1": "@", "F1": "¥#,##0.00", "G1": "[红色]0", "H1": `General"人"`, "I1": "0.00E+00", "J1": "[h]:mm", "K1": "0_ ;[Red]\\-0\\ ",
			} {
				v := any(1234)
				switch at {
				case "C1":
					v = 0.855
				case "J1":
					v = 1.5
				}
				if err := formatted(x, tab, at, f, v); err != nil {
					return err
				}
			}
			return nil
		}, "1|001234|1234|85.5%|1234|1234|1234|1234|1234|1234|36:00|1234\n"},
		"merges": {func(x *excelize.File, tab string) error {
			if err := set(x, tab, "A1", "招生计划表", "A2", "县区", "B2", "计划", "B3", "普通", "C3", "3+2", "A4", "温县", "B4", 1, "C4", 2, "B5", 3); err != nil {
				return err
			}
			for _, m := range [][2]string{{"A1", "G1"}, {"A2", "A3"}, {"B2", "C2"}, {"A4", "A5"}} {
				if err := x.MergeCell(tab, m[0], m[1]); err != nil {
					return err
				}
			}
			return nil
		}, "1|招生计划表|招生计划表|招生计划表\n2|县区|计划|计划\n3|县区|普通|3+2\n4|温县|1|2\n5|温县|3\n"},
		"rich text": {func(x *excelize.File, tab string) error {
			return x.SetCellRichText(tab, "A1", []excelize.RichTextRun{{Text: "焦作"}, {Text: "卫生", Font: &excelize.Font{Bold: true}}, {Text: "医药学校 "}})
		}, "1|焦作卫生医药学校\n"},
		"a formula that nobody calculated": {func(x *excelize.File, tab string) error {
			if err := set(x, tab, "A1", 1, "A2", 2); err != nil {
				return err
			}
			return x.SetCellFormula(tab, "A3", "SUM(A1:A2)")
		}, "1|1\n2|2\n3|=SUM(A1:A2)\n"},
		"lines and signs": {func(x *excelize.File, tab string) error {
			return set(x, tab, "A1", "一\n二", "B1", `<&>"'`, "C1", "\t缩进")
		}, "1|一\n二|<&>\"'|缩进\n"},
		"rows that are only coloured": {func(x *excelize.File, tab string) error {
			id, err := x.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFF00"}}})
			if err != nil {
				return err
			}
			if err := x.SetCellStyle(tab, "A2", "Z40", id); err != nil {
				return err
			}
			return set(x, tab, "B1", "头", "B50", "尾")
		}, "1||头\n50||尾\n"},
	} {
		t.Run(name, func(t *testing.T) {
			b := made(t, c.fill)
			got, err := Open("x.xlsx", b)
			if err != nil {
				t.Fatal(err)
			}
			if s := lines(got.Tabs[0]); s != c.want || len(got.Leaks) > 0 {
				t.Errorf("read\n%swant\n%sleaks %v", s, c.want, got.Leaks)
			}
		})
	}
}

// The stream writer of that program writes texts into the cells themselves.
func TestInlineTexts(t *testing.T) {
	t.Parallel()
	b := made(t, func(x *excelize.File, tab string) error {
		w, err := x.NewStreamWriter(tab)
		if err != nil {
			return err
		}
		for i, row := range [][]any{{"单位", "人数"}, {"沁阳市", 2530}, {"合计", excelize.Cell{Formula: "SUM(B2)", Value: 2530}}} {
			if err := w.SetRow("A"+string(rune('1'+i)), row); err != nil {
				return err
			}
		}
		return w.Flush()
	})
	got, err := Open("x.xlsx", b)
	if err != nil || lines(got.Tabs[0]) != "1|单位|人数\n2|沁阳市|2530\n3|合计|2530\n" {
		t.Errorf("read %v %v", got, err)
	}
	if c := got.Tabs[0].Rows[1].Cells[1]; !c.Number || c.Date {
		t.Errorf("2530 is %+v", c)
	}
}

func TestTheFirstCellOfAMergeIsNotCovered(t *testing.T) {
	t.Parallel()
	b := made(t, func(x *excelize.File, tab string) error {
		if err := set(x, tab, "A1", "计划", "C2", "x"); err != nil {
			return err
		}
		return x.MergeCell(tab, "A1", "B2")
	})
	got, err := Open("x.xlsx", b)
	if err != nil {
		t.Fatal(err)
	}
	rows := got.Tabs[0].Rows
	if first := rows[0].Cells[0]; first.Merged != "" {
		t.Errorf("the first cell is covered by %s", first.Merged)
	}
	for _, c := range []Cell{rows[0].Cells[1], rows[1].Cells[0], rows[1].Cells[1]} {
		if c.Merged != "A1" || c.Text != "计划" {
			t.Errorf("a covered cell is %+v", c)
		}
	}
}

func TestTheYear1904(t *testing.T) {
	t.Parallel()
	yes := true
	b := made(t, func(x *excelize.File, tab string) error {
		if err := x.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			return err
		}
		return formatted(x, tab, "A1", "yyyy-mm-dd", 44705) // days from 1904 on
	})
	got, err := Open("x.xlsx", b)
	if err != nil || got.Tabs[0].Rows[0].Cells[0].Text != "2026-05-25" {
		t.Errorf("read %v %v", got, err)
	}
}

func TestAPasswordIsNamed(t *testing.T) {
	t.Parallel()
	x := excelize.NewFile()
	defer x.Close()
	var b bytes.Buffer
	if err := x.Write(&b, excelize.Options{Password: "123456"}); err != nil {
		t.Fatal(err)
	}
	if _, err := Open("x.xlsx", b.Bytes()); !errors.Is(err, errPassword) {
		t.Errorf("a workbook with a password: %v", err)
	}
}

// What we write another program reads.
func TestAnotherProgramReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	rows := [][]Cell{
		Words("学校", "代码", "人数"),
		{{Text: "焦作卫生医药学校"}, {Text: "0041"}, {Text: "1300", Number: true}},
		{{Text: "=HYPERLINK(\"x\")"}, {Text: "-1"}, {Text: "-1.25", Number: true}},
		{{Text: "a<&>\"_x0041_ "}, {Text: "2026-05-25", Date: true}},
	}
	var b bytes.Buffer
	if err := Write(&b, Sheet{Name: "计划", Head: 1, Rows: rows}, Sheet{Name: "计划", Rows: rows[:1]}); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if names := x.GetSheetList(); !slices.Equal(names, []string{"计划", "计划2"}) {
		t.Errorf("the sheets are %q", names)
	}
	got, err := x.GetRows("计划")
	if err != nil || len(got) != len(rows) {
		t.Fatalf("%v, %v", got, err)
	}
	for i, row := range rows {
		for n, c := range row {
			if got[i][n] != c.Text {
				t.Errorf("%s is %q, want %q", Address(i+1, n), got[i][n], c.Text)
			}
		}
	}
	if f, err := x.GetCellFormula("计划", "A3"); err != nil || f != "" {
		t.Errorf("a text became the formula %q (%v)", f, err)
	}
	for at, want := range map[string]excelize.CellType{"B2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset} {
		if got, err := x.GetCellType("计划", at); err != nil || got != want {
			t.Errorf("%s is of type %v, want %v (%v)", at, got, want, err)
		}
	}
	if p, err := x.GetPanes("计划"); err != nil || !p.Freeze || p.YSplit != 1 {
		t.Errorf("the head is not kept in sight: %+v (%v)", p, err)
	}
	if w, err := x.GetColWidth("计划", "A"); err != nil || w < 2*float64(len([]rune(rows[1][0].Text))) {
		t.Errorf("column A is %v wide (%v)", w, err)
	}
	if p, err := x.GetDocProps(); err == nil && (p.Creator != "" || p.Created != "") {
		t.Errorf("the file names its author or time: %+v", p)
	}
	if strings.Contains(b.String(), "docProps") {
		t.Error("the file has document properties")
	}
}
