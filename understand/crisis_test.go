package understand_test

import (
	"os"
	"strings"
	"testing"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/content/sheet"
	"yangguang/understand"
)

// bundled returns a reader with the words of the pack that the program carries.
func bundled(t testing.TB) *understand.Reader {
	t.Helper()
	return understand.New(contenttest.Bundled(t))
}

func TestCrisis(t *testing.T) {
	table, err := os.ReadFile("testdata/crisis.tsv")
	if err != nil {
		t.Fatal(err)
	}
	r := bundled(t)
	for line := range strings.Lines(string(table)) {
		text, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		// In the middle of a letter it is the same.
		for _, s := range []string{text, "您好，\n" + text + "。\n谢谢"} {
			found := r.Read(s, calendar.Date{}).Crisis
			got := "-"
			if len(found) > 0 {
				got = string(found[0].Kind)
			}
			if got != want {
				t.Errorf("%q is %s (%+v), want %s", s, got, found, want)
			}
		}
	}
}

func TestCrisisNamesTheWordsAsWritten(t *testing.T) {
	const text = "老師 說：我 被 打 了，１２３ 不想活"
	found := bundled(t).Crisis(text)
	want := []struct {
		words string
		kind  content.CrisisKind
	}{{"被 打", content.Beaten}, {"不想活", content.Suicide}}
	if len(found) != len(want) {
		t.Fatalf("found %+v, want %+v", found, want)
	}
	for i, f := range found {
		if f.Words != want[i].words || f.Kind != want[i].kind || text[f.From:f.To] != f.Words {
			t.Errorf("found %+v, want %+v", f, want[i])
		}
	}
}

// A gap is a few characters of one clause.
func TestCrisisDoesNotCrossClauses(t *testing.T) {
	r := bundled(t)
	for _, text := range []string{"名额被占，打谁的电话", "被骗了。打哪个电话"} {
		if found := r.Crisis(text); len(found) > 0 {
			t.Errorf("%q: found %+v", text, found)
		}
	}
}

// What the pack says itself is no cry for help.
func TestQuestionsOfThePackAreNoCrisis(t *testing.T) {
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		t.Fatal(err)
	}
	r := bundled(t)
	for _, i := range pack.Items {
		var texts []string
		switch record := i.Record.(type) {
		case *content.FAQ:
			texts = append([]string{record.Question}, record.Asks...)
		case *content.Term:
			texts = append([]string{record.Name}, record.Aliases...)
		case *content.Word:
			if record.Word != "失联" { // of a child, or of who took the money
				texts = []string{record.Word}
			}
		case *content.Phrase:
			texts = record.Patterns
		case *content.Unit:
			texts = append([]string{record.Name}, record.Aliases...)
		case *content.Policy:
			texts = []string{record.Original}
		}
		for _, text := range texts {
			if found := r.Crisis(text); len(found) > 0 {
				t.Errorf("%s: %q: found %+v", i.Record.Head().ID, text, found)
			}
		}
	}
}
