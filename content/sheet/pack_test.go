package sheet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/content"
	"yangguang/content/sheet"
)

const notice = "policies/jiaojiaowen-2022-48.md"

// bundled returns a copy of the bundled pack that a test may change.
func bundled(t *testing.T) fstest.MapFS {
	t.Helper()
	pack := fstest.MapFS{}
	err := fs.WalkDir(content.Bundled(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(content.Bundled(), name)
		pack[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// swap replaces the one place of a file where old stands.
func swap(t *testing.T, pack fstest.MapFS, file, old, now string) {
	t.Helper()
	f, ok := pack[file]
	if !ok || strings.Count(string(f.Data), old) != 1 {
		t.Fatalf("%s has %q %d times, want once", file, old, strings.Count(string(f.Data), old))
	}
	pack[file] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), old, now, 1))}
}

// problems reads and checks a pack as a start of the program does.
func problems(t *testing.T, pack fs.FS) content.Problems {
	t.Helper()
	read, err := sheet.ReadPack(pack)
	if err == nil {
		return content.Check(read)
	}
	found, ok := errors.AsType[content.Problems](err)
	if !ok {
		t.Fatal(err)
	}
	return found
}

// whole returns a pack that must be without problems, as JSON by id.
func whole(t *testing.T, pack fs.FS) map[content.ID]string {
	t.Helper()
	if found := problems(t, pack); len(found) > 0 {
		t.Fatal(found)
	}
	read, err := sheet.ReadPack(pack)
	if err != nil {
		t.Fatal(err)
	}
	out := map[content.ID]string{}
	for _, i := range read.Items {
		b, err := json.Marshal(i.Record)
		if err != nil {
			t.Fatal(err)
		}
		out[i.Record.Head().ID] = string(b)
	}
	return out
}

func TestBundledPackIsWholeAndAddsUp(t *testing.T) {
	whole(t, content.Bundled())
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]content.UnitKind{}
	sums := map[content.UnitKind]int{}
	total := 0
	var order []string
	for _, i := range pack.Items {
		switch r := i.Record.(type) {
		case *content.Unit:
			kinds[r.Code] = r.Kind
		case *content.Target:
			if r.Unit == "" {
				total = r.Number.Value
				continue
			}
			sums[kinds[r.Unit]] += r.Number.Value
			order = append(order, r.Unit)
		}
	}
	want := map[content.UnitKind]int{content.County: 11644, content.MunicipalSchool: 4520}
	if total != 16164 || fmt.Sprint(sums) != fmt.Sprint(want) {
		t.Errorf("sums are %v of %d, want %v of 16164", sums, total, want)
	}
	annex := strings.Fields("410882 410883 410825 410823 410822 410821 410800-01 410800-02 410800-03 410800-04 410800-05")
	if !slices.Equal(order, annex) {
		t.Errorf("targets stand in the order %v, want that of the annex %v", order, annex)
	}
}

// An office saves the same pack in other ways, and it stays the same pack.
func TestSavedByAnOfficeProgram(t *testing.T) {
	want := whole(t, content.Bundled())
	gbk := func(s string) string {
		out, err := simplifiedchinese.GBK.NewEncoder().String(strings.TrimPrefix(s, "\ufeff"))
		if err != nil {
			t.Fatalf("the bundled pack has a character that WPS cannot save as GBK: %v", err)
		}
		return out
	}
	for name, save := range map[string]func(string) string{
		"GBK":               gbk,
		"GBK, Windows":      func(s string) string { return gbk(strings.ReplaceAll(s, "\n", "\r\n")) },
		"UTF-8 with mark":   func(s string) string { return "\ufeff" + strings.TrimPrefix(s, "\ufeff") },
		"UTF-8, no mark":    func(s string) string { return strings.TrimPrefix(s, "\ufeff") },
		"Windows line ends": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	} {
		t.Run(name, func(t *testing.T) {
			pack := bundled(t)
			for file, f := range pack {
				pack[file] = &fstest.MapFile{Data: []byte(save(string(f.Data)))}
			}
			got := whole(t, pack)
			if len(got) != len(want) {
				t.Errorf("%d records, want %d", len(got), len(want))
			}
			for id, w := range want {
				if got[id] != w {
					t.Errorf("%s was read as\n%s\nwant\n%s", id, got[id], w)
				}
			}
		})
	}
}

func TestHarmlessWriting(t *testing.T) {
	want := whole(t, content.Bundled())
	for name, c := range map[string]struct{ file, old, now string }{
		"full-width digits":        {"targets.csv", "武陟县,3300", "武陟县,３３００"},
		"a thousands comma":        {"targets.csv", "武陟县,3300", `武陟县,"3,300"`},
		"a thousands space":        {"targets.csv", "武陟县,3300", "武陟县,3 300"},
		"spaces around a cell":     {"targets.csv", "武陟县,3300", " 武陟县 , 3300 "},
		"a date with slashes":      {"key_dates.csv", "2022-12-20", "2022/12/20"},
		"a date without zeros":     {"key_dates.csv", "2022-04-20", "2022-4-20"},
		"a date in words":          {"key_dates.csv", "2022-12-20", "2022年12月20日"},
		"a blank row":              {"targets.csv", "\n2022,410823", "\n\n,,,,\n2022,410823"},
		"English heads":            {"targets.csv", "年份,单位代码,单位,人数,出处", "Year,unit_code,unit,number,source"},
		"empty columns at the end": {"targets.csv", "年份,单位代码,单位,人数,出处", "年份,单位代码,单位,人数,出处,,"},
		"a value in English":       {"units.csv", "410823,武陟县,县（市）", "410823,武陟县,county"},
	} {
		t.Run(name, func(t *testing.T) {
			pack := bundled(t)
			swap(t, pack, c.file, c.old, c.now)
			got := whole(t, pack)
			for id, w := range want {
				if strings.HasPrefix(string(id), "target/") && name == "a blank row" {
					continue // its place in the order is another
				}
				if got[id] != w {
					t.Errorf("%s was read as\n%s\nwant\n%s", id, got[id], w)
				}
			}
		})
	}
}

func TestColumnsInAnyOrder(t *testing.T) {
	want := whole(t, content.Bundled())
	pack := bundled(t)
	var turned []string
	for l := range strings.SplitSeq(strings.TrimPrefix(string(pack["targets.csv"].Data), "\ufeff"), "\n") {
		cells := strings.Split(l, ",")
		slices.Reverse(cells)
		turned = append(turned, strings.Join(cells, ","))
	}
	pack["targets.csv"] = &fstest.MapFile{Data: []byte(strings.Join(turned, "\n"))}
	if got := whole(t, pack); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error("the pack reads otherwise with its columns turned round")
	}
	swap(t, pack, "targets.csv", "annex1!B6,3300", "annex1!B6,3301")
	if found := problems(t, pack); found[0].Where != "targets.csv B5 (附件1 B6)" {
		t.Errorf("the slip is said to be in %s, want targets.csv B5 (附件1 B6)", found[0].Where)
	}
}

func TestDigestNamesEveryByteOfAPack(t *testing.T) {
	digest := func(files fstest.MapFS) string {
		d, err := sheet.Digest(files)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	seen := map[string]string{}
	for name, files := range map[string]fstest.MapFS{
		"two files":           {"a.csv": file("1"), "b.csv": file("2")},
		"one byte changed":    {"a.csv": file("1"), "b.csv": file("3")},
		"a file renamed":      {"a.csv": file("1"), "c.csv": file("2")},
		"a file less":         {"a.csv": file("1")},
		"the border moved":    {"a.csv": file("12"), "b.csv": file("")},
		"moved into a folder": {"a.csv": file("1"), "x/b.csv": file("2")},
	} {
		d := digest(files)
		if other, twice := seen[d]; twice {
			t.Errorf("%s has the digest of %s", name, other)
		}
		seen[d] = name
	}
}
