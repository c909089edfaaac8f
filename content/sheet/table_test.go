package sheet

import (
	"fmt"
	"strings"
	"testing"

	"yangguang/content"
)

// The first line of a text in these tests is the file's fourth.
func readText(s string) *document { return readDocument("x.md", "---\n标题: x\n---\n"+s) }

func TestTables(t *testing.T) {
	for text, want := range map[string]string{
		"| a | b |\n|---|:-:|\n| 1 | 2 |":            "[a b] [1 2]",
		"a | b\n---|---\n1 | 2":                      "[a b] [1 2]",
		"| a |\n|---|":                               "[a]",
		"| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |": "[a b] [1 ] [1 2]",
		"| a | b |\n|---|---|\n|  | 2 |":             "[a b] [ 2]",
		`| a |` + "\n|---|\n" + `| 1 \| 2 |`:         "[a] [1 | 2]",
		"| a |\n|---|\n| 1. |\n| - |\n| # x |":       "[a] [1.] [-] [# x]",
		"| a |\n|---|\n| [名](/x) |\n| **粗** |":       "[a] [名（/x）] [粗]",
		"说明\n| a |\n|---|\n| 1 |":                    "说明 [a] [1]",
		"| a | b |\n|---|\n| 1 |":                    "| a | b | |---| | 1 |", // not as many parts: no table
		"| a |\n| b |":                               "| a | | b |",
	} {
		d := readText(text)
		var got []string
		for _, b := range d.blocks {
			if b.Table == nil {
				got = append(got, b.Text)
				continue
			}
			for _, row := range append([][]string{b.Table.Heads}, b.Table.Rows...) {
				got = append(got, fmt.Sprint(row))
			}
		}
		if s := strings.Join(got, " "); s != want || len(d.found) > 0 {
			t.Errorf("%q is read as %s, %v; want %s", text, s, d.found, want)
		}
	}
}

func TestACellNamesItsLine(t *testing.T) {
	d := readText("说明\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | ![x](y.png) |")
	if want := "x.md 第9行：这里只能写文字和链接，不能放图片、代码或网页标签。"; len(d.found) != 1 || d.found[0].Where+"："+d.found[0].Text != want {
		t.Errorf("found %v, want %s", d.found, want)
	}
	for cell, want := range map[string]int{"s0.t2!heads": 6, "s0.t2!" + content.Address(0, 1): 8, "s0.t2!" + content.Address(1, 0): 9} {
		if got := d.lines[cell]; got != want {
			t.Errorf("%s stands on line %d, want %d", cell, got, want)
		}
	}
}
