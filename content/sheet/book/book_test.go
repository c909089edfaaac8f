package book

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// lines is a tab's cells in one text: a row to a line, its number in front.
func lines(tab Tab) string {
	var b strings.Builder
	for _, r := range tab.Rows {
		fmt.Fprint(&b, r.Number)
		for _, c := range r.Cells {
			b.WriteString("|" + c.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	in := []Sheet{{Name: "招生计划", Head: 1, Rows: [][]Cell{
		Words("学校", "代码", "人数", "日期"),
		{{Text: "焦作卫生医药学校"}, {Text: "0041"}, {Text: "1300", Number: true}, {Text: "2026-05-25", Date: true}},
		{{Text: "=1+1"}, {Text: "+86"}, {Text: "-0.5", Number: true}, {Text: "@x"}},
		{{Text: "a<b>&\"c\"_x0041_"}, {}, {Text: "两\n行"}},
	}}, {Name: "空"}}
	var b bytes.Buffer
	if err := Write(&b, in...); err != nil {
		t.Fatal(err)
	}
	got, err := Open("a.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Leaks) > 0 || len(got.Tabs) != 2 || got.Tabs[0].Name != "招生计划" || got.Tabs[1].Name != "空" {
		t.Fatalf("read %+v", got)
	}
	for i, row := range got.Tabs[0].Rows {
		if row.Number != i+1 || row.Hidden || !reflect.DeepEqual(row.Cells, in[0].Rows[i]) {
			t.Errorf("row %d is %+v, want %+v", i+1, row, in[0].Rows[i])
		}
	}
	var again bytes.Buffer
	if err := Write(&again, in...); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same sheets gave other bytes (%v)", err)
	}
}
