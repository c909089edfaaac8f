package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yangguang/content"
	"yangguang/content/contenttest"
)

func terms(keys string) content.Pack {
	var records []content.Record
	for i, key := range strings.Fields(keys) {
		t := term(key, "1")
		t.Order = i + 1
		records = append(records, t)
	}
	return pack(records...)
}

func listed(t *testing.T, s content.Shelf) string {
	t.Helper()
	b, err := content.NewBoard(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, one := range b.Snapshot().Terms() {
		keys = append(keys, one.ID.Key())
	}
	return strings.Join(keys, " ")
}

// A row that is put in, moved or deleted is the only one that changes, and the
// list stands as the sheet does.
func TestARowChangesItselfAlone(t *testing.T) {
	for name, c := range map[string]struct{ before, after, changes string }{
		"deleted":          {"a b c d", "a c d", "[withdraw term/b]"},
		"put in":           {"a b c d", "a b x c d", "[put term/x]"},
		"put first":        {"a b c d", "x a b c d", "[put term/x]"},
		"put last":         {"a b c d", "a b c d x", "[put term/x]"},
		"three together":   {"a b", "a x y z b", "[put term/x put term/y put term/z]"},
		"first moved down": {"a b c d", "b c d a", "[put term/a]"},
		"last moved up":    {"a b c d", "d a b c", "[put term/d]"},
		"one for another":  {"a b c", "a x c", "[put term/x withdraw term/b]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := new(contenttest.Shelf)
			publish(t, s, terms(c.before))
			if got := fmt.Sprint(changed(publish(t, s, terms(c.after)))); got != c.changes {
				t.Errorf("changes %s, want %s", got, c.changes)
			}
			if got := listed(t, s); got != c.after {
				t.Errorf("listed as %s, want %s", got, c.after)
			}
			if out := publish(t, s, terms(c.after)); out.Edition != 0 {
				t.Errorf("the same again changes %v", changed(out))
			}
		})
	}
}

// However often rows are put into the same place, the list stands as the sheet.
func TestTheRoomBetweenRowsRunsOut(t *testing.T) {
	s := new(contenttest.Shelf)
	keys := []string{"first", "last"}
	for n := range 30 {
		keys = slices.Insert(keys, 1, fmt.Sprintf("k%d", n))
		want := strings.Join(keys, " ")
		publish(t, s, terms(want))
		if got := listed(t, s); got != want {
			t.Fatalf("listed as %s, want %s", got, want)
		}
	}
}

// What earlier programs numbered 1, 2, 3 keeps its numbers.
func TestOrdersWithoutRoom(t *testing.T) {
	s := new(contenttest.Shelf)
	var old []content.Change
	for _, i := range terms("a b c").Items {
		old = append(old, put(i.Record))
	}
	if _, err := s.Append(t.Context(), 0, content.Edition{Origin: content.FromPack, Changes: old}); err != nil {
		t.Fatal(err)
	}
	want(t, publish(t, s, terms("a b c")), 0, nil)
	want(t, publish(t, s, terms("a c")), 2, []string{"withdraw term/b"})
	publish(t, s, terms("a x y c d"))
	if got := listed(t, s); got != "a x y c d" {
		t.Errorf("listed as %s, want a x y c d", got)
	}
}

// A record that comes back stands where it stood.
func TestOutcomeNamesWhatIsNew(t *testing.T) {
	s := new(contenttest.Shelf)
	publish(t, s, terms("a b"))
	publish(t, s, terms("b"))
	out := publish(t, s, terms("a b c"))
	if got := fmt.Sprint(changed(out), out.New) + " " + listed(t, s); got != "[put term/a put term/c] [term/c] a b c" {
		t.Errorf("it is %s", got)
	}
}
