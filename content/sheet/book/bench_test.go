package book

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// provinceRow is a row of a plan as a province has it: twelve columns.
func provinceRow(i int) []Cell {
	number := func(n int) Cell { return Cell{Text: strconv.Itoa(n), Number: true} }
	return []Cell{
		number(i + 1),
		{Text: fmt.Sprintf("41%04d", i%160)},
		{Text: fmt.Sprintf("示例县第%d职业中等专业学校", i%700)},
		{Text: fmt.Sprintf("%06d", 710000+i%368)},
		{Text: fmt.Sprintf("专业名称%d", i%368)},
		{Text: []string{"3", "3+2", "2"}[i%3]},
		number(40 + i%97), number(i % 1300), number(i * 7919 % 100003),
		{Text: "公办"},
		{Text: "2026-05-25", Date: true},
		{Text: ""},
	}
}

func province(b testing.TB, rows int) []byte {
	b.Helper()
	s := Sheet{Name: "计划", Head: 1, Rows: [][]Cell{Words("序号", "代码", "学校", "专业代码", "专业", "学制", "人数", "录取", "编号", "性质", "日期", "备注")}}
	for i := range rows {
		row := provinceRow(i)
		row[11] = Cell{Text: "说明" + strconv.Itoa(i)}
		s.Rows = append(s.Rows, row)
	}
	var out bytes.Buffer
	if err := Write(&out, s); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// provinceByAnother is the same as another program writes it, with its texts
// in a table.
func provinceByAnother(b testing.TB, rows int) []byte {
	b.Helper()
	x := excelize.NewFile()
	defer x.Close()
	for i := range rows {
		for n, c := range provinceRow(i) {
			v := any(c.Text)
			if c.Number {
				v, _ = strconv.Atoi(c.Text)
			}
			if err := x.SetCellValue("Sheet1", Address(i+1, n), v); err != nil {
				b.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := x.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkOpen reads 200,000 rows of twelve columns.
func BenchmarkOpen(b *testing.B) {
	for name, file := range map[string]func(testing.TB, int) []byte{"ours": province, "shared": provinceByAnother} {
		b.Run(name, func(b *testing.B) {
			data := file(b, 200_000)
			runtime.GC()
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				got, err := Open("x.xlsx", data)
				if err != nil || len(got.Tabs[0].Rows) < 200_000 {
					b.Fatal(err)
				}
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapSys)/(1<<20), "MB-heap")
			}
		})
	}
}

func BenchmarkPersonal(b *testing.B) {
	got, err := Open("x.xlsx", province(b, 200_000))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if found := Personal(got, nil); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		province(b, 25_000)
	}
}
