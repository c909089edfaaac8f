package demo_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/content/demo"
	"yangguang/content/sheet"
)

var write = flag.Bool("write", false, "write pack/ anew")

// TestPackIsAsGenerated: what stands under pack/ is what the program makes,
// byte for byte, and nothing else stands there.
func TestPackIsAsGenerated(t *testing.T) {
	files, err := demo.Files(2026, calendar.NewDate(2026, time.December, 31))
	if err != nil {
		t.Fatal(err)
	}
	if *write {
		writePack(t, files)
	}
	there := map[string]string{}
	err = fs.WalkDir(os.DirFS("pack"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, readErr := os.ReadFile(filepath.Join("pack", name))
			there[name], err = string(b), readErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if there[name] != text {
			t.Errorf("pack/%s is not what the program makes: go generate ./content/demo", name)
		}
		delete(there, name)
	}
	if len(there) > 0 {
		t.Errorf("the program does not make %v", slices.Sorted(maps.Keys(there)))
	}
}

func writePack(t *testing.T, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll("pack"); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join("pack", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPackMayBePublished: on any day of any year, whatever is out by then.
func TestPackMayBePublished(t *testing.T) {
	for _, day := range []calendar.Date{
		calendar.NewDate(2026, time.December, 31), calendar.NewDate(2026, time.January, 1),
		calendar.NewDate(2027, time.July, 1), calendar.NewDate(2031, time.November, 24),
	} {
		t.Run(day.String(), func(t *testing.T) {
			pack := read(t, day)
			if found := content.Check(pack); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}

// TestSheetsHoldToTheRules: none of them is refused by what a person's own file
// would be refused by; the one report in which a county is missing says so.
func TestSheetsHoldToTheRules(t *testing.T) {
	end := calendar.NewDate(2026, time.December, 31)
	public, missing := board(t), 0
	for _, d := range read(t, end).Drafts {
		for _, f := range d.Check(public, end) {
			switch {
			case f.Code == "W7": // all of them at once, at the end of the year
			case f.Code == "W9" && strings.Contains(f.Text, "乙岭县"):
				missing++
			default:
				t.Errorf("%s %s: %s %s", d.File, f.Cell, f.Code, f.Text)
			}
		}
	}
	if missing != 1 {
		t.Errorf("a county is missing in %d reports, want 1", missing)
	}
	if !public.ListsSchools(2026) || !public.ListsSchools(2025) {
		t.Error("the lists of schools are not whole")
	}
}

// TestEveryStateOfANumber: each reason for which a number is missing stands
// somewhere.
func TestEveryStateOfANumber(t *testing.T) {
	states := map[content.FigureState]bool{}
	for _, i := range read(t, calendar.NewDate(2026, time.December, 31)).Items {
		switch r := i.Record.(type) {
		case *content.Result:
			for _, f := range []content.Figure{r.Plan, r.Admitted, r.Registered, r.Filed} {
				states[f.State] = true
			}
		case *content.Bulletin:
			states[r.Vocational.State] = true
		}
	}
	for _, s := range []content.FigureState{
		content.HasValue, content.Unpublished, content.Unreported, content.NotApplicable, content.Suppressed, content.Correcting,
	} {
		if !states[s] {
			t.Errorf("no number is %s", s)
		}
	}
}

// TestTrends: in five years one county falls twice in a row and one is far off;
// of one there is too little to say anything.
func TestTrends(t *testing.T) {
	public := board(t)
	for code, want := range map[string]struct{ years int }{"990121": {5}, "990123": {5}, "990124": {5}, "990181": {2}} {
		trend := public.Trends(2026)[code]
		if len(trend.Shares) != want.years {
			t.Errorf("%s has shares %v", code, trend.Shares)
			continue
		}
		if falling := code == "990123"; trend.Falling() != falling {
			t.Errorf("%s: falling is %v (%v)", code, trend.Falling(), trend.Shares)
		}
		if off := code == "990124"; off != (trend.Shares[0] < 300) {
			t.Errorf("%s: the share is %d", code, trend.Shares[0])
		}
	}
}

// board publishes the city whole and returns what is public.
func board(t *testing.T) *content.Snapshot {
	t.Helper()
	end := calendar.NewDate(2026, time.December, 31)
	shelf := new(contenttest.Shelf)
	if _, err := content.Publish(t.Context(), shelf, read(t, end), content.Act{At: end.Time()}); err != nil {
		t.Fatal(err)
	}
	board, err := content.NewBoard(t.Context(), shelf)
	if err != nil {
		t.Fatal(err)
	}
	return board.Snapshot()
}

func read(t *testing.T, day calendar.Date) content.Pack {
	t.Helper()
	files, err := demo.Pack(day.Year(), day)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := sheet.ReadPack(files)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

var phone = regexp.MustCompile(`\d{3,4}-?\d{7,8}`)

// TestNothingCanBeTakenForReal: no place and no telephone of the bundled
// pack's city, no document's number of a real year, no mark left unfilled.
func TestNothingCanBeTakenForReal(t *testing.T) {
	files, err := demo.Pack(2026, calendar.NewDate(2026, time.December, 31))
	if err != nil {
		t.Fatal(err)
	}
	own, err := demo.Files(2026, calendar.NewDate(2026, time.December, 31))
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"about/*", "policies/*", "sheets/*"} {
		more, err := fs.Glob(files, folder)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, more...)
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			continue // a folder
		}
		for _, word := range []string{"焦作", "焦教", "沁阳", "武陟", "河南", "{Y", "{w", "{t", "0391"} {
			if strings.Contains(string(b), word) && !strings.HasPrefix(name, "law") {
				t.Errorf("%s has %q", name, word)
			}
		}
		for _, number := range phone.FindAllString(own[name], -1) {
			if !strings.HasPrefix(number, "000-000000") && !strings.HasPrefix(number, "99010000") {
				t.Errorf("%s has the telephone %s", name, number)
			}
		}
	}
}
