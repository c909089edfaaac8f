package sheet

import (
	"fmt"
	"strings"
	"testing"

	"yangguang/content"
)

// BenchmarkRows reads a sheet of 200,000 rows into records.
func BenchmarkRows(b *testing.B) {
	var s strings.Builder
	s.WriteString("年份,单位代码,单位,人数,出处\n")
	for i := range 200_000 {
		fmt.Fprintf(&s, "2022,41%04d,示例县%d,\"1,%03d\",x#annex1!B%d\n", i%10000, i, i%1000, i+3)
	}
	text := s.String()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := &reader{laws: map[string]*content.Law{}}
		found, problems := rows("targets.csv", text, sheets[1].columns)
		if len(problems) > 0 || len(found) != 200_000 {
			b.Fatalf("%d rows, %v", len(found), problems)
		}
		for _, w := range found {
			w.source = r.source(w)
			target(w)
			if len(w.found) > 0 {
				b.Fatal(w.found)
			}
		}
	}
}

// BenchmarkReadPack reads and checks the bundled pack, as a start does.
func BenchmarkReadPack(b *testing.B) {
	for b.Loop() {
		pack, err := ReadPack(content.Bundled())
		if err != nil {
			b.Fatal(err)
		}
		if found := content.Check(pack); len(found) > 0 {
			b.Fatal(found)
		}
	}
}
