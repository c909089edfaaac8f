package sheet_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var write = flag.Bool("write", false, "make the files of the corpus anew")

const (
	shapes = "testdata/shapes.txt"
	corpus = "testdata/sheets"
)

// The files of the corpus are made of shapes.txt, with a library that is not
// ours:
//
//	go test ./content/sheet -run TestCorpusIsMade -args -write
//
// What the program says of them is tested with its command check.
func TestCorpusIsMade(t *testing.T) {
	text, err := os.ReadFile(shapes)
	if err != nil {
		t.Fatal(err)
	}
	_, all, _ := strings.Cut(string(text), "\n=== ")
	made := map[string]bool{}
	for shape := range strings.SplitSeq(all, "\n=== ") {
		name, body, _ := strings.Cut(shape, "\n")
		made[name] = true
		file := filepath.Join(corpus, name)
		if *write {
			if err := os.WriteFile(file, fileOf(t, name, body), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s is not made: %v", name, err)
		}
	}
	files, err := os.ReadDir(corpus)
	if err != nil || len(made) < 40 {
		t.Errorf("%d shapes, want 40 or more (%v)", len(made), err)
	}
	for _, f := range files {
		if !made[strings.TrimSuffix(f.Name(), ".json")] {
			t.Errorf("%s is of no shape", f.Name())
		}
	}
}

func fileOf(t *testing.T, name, body string) []byte {
	t.Helper()
	lines := annexed(strings.Split(strings.TrimRight(body, "\n"), "\n"))
	if strings.HasSuffix(name, ".csv") {
		return csvOf(t, lines)
	}
	return xlsxOf(t, lines)
}

// annexed writes the rows of annex 1 where @annex stands.
func annexed(lines []string) (out []string) {
	for _, l := range lines {
		pattern, ok := strings.CutPrefix(l, "@annex ")
		if !ok {
			out = append(out, l)
			continue
		}
		for i, a := range annex1 {
			comma := a.number
			if len(comma) > 3 {
				comma = comma[:len(comma)-3] + "," + comma[len(comma)-3:]
			}
			wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, a.number)
			out = append(out, strings.NewReplacer("{n}", strconv.Itoa(i+1), "{unit}", a.unit, "{number}", a.number,
				"{comma}", "'"+comma, "{people}", comma+"人", "{wide}", wide).Replace(pattern))
		}
	}
	return out
}

func csvOf(t *testing.T, lines []string) []byte {
	t.Helper()
	var text strings.Builder
	end, bom := "\n", ""
	gbk := false
	for _, l := range lines {
		switch l {
		case "!gbk":
			gbk, end = true, "\r\n"
		case "!bom":
			bom = "\ufeff"
		default:
			if !strings.HasPrefix(l, "!") {
				text.WriteString(l + "\n")
			}
		}
	}
	s := bom + strings.ReplaceAll(text.String(), "\n", end)
	if !gbk {
		return []byte(s)
	}
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(b)
}

func xlsxOf(t *testing.T, lines []string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	tab, row := "Sheet1", 0
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range lines {
		word, rest, _ := strings.Cut(l, " ")
		switch {
		case word == "!tab":
			tab, row = rest, 0
			_, err := f.NewSheet(tab)
			must(err)
		case word == "!merge":
			from, to, _ := strings.Cut(rest, ":")
			must(f.MergeCell(tab, from, to))
		case word == "!hide" && rest == "tab":
			must(f.SetSheetVisible(tab, false))
		case word == "!hide":
			if n, err := strconv.Atoi(rest); err == nil {
				must(f.SetRowVisible(tab, n, false))
			} else {
				must(f.SetColVisible(tab, rest, false))
			}
		case strings.HasPrefix(word, "!"):
		default:
			row++
			for column, text := range strings.Split(l, "|") {
				cell, err := excelize.CoordinatesToCellName(column+1, row)
				must(err)
				must(put(f, tab, cell, text))
			}
		}
	}
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func put(f *excelize.File, tab, cell, text string) error {
	n, err := strconv.ParseFloat(text, 64)
	switch {
	case text == "":
		return nil
	case err == nil && fmt.Sprint(n) == text:
		return f.SetCellValue(tab, cell, n)
	}
	return f.SetCellStr(tab, cell, strings.TrimPrefix(text, "'"))
}
