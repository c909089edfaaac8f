package content_test

import (
	"bytes"
	"testing"

	"yangguang/content"
)

func putTerm(key, text string) content.Change {
	id := content.ID("term/" + key)
	return content.Change{Op: content.Put, ID: id, Record: &content.Term{Meta: content.Meta{ID: id}, Name: key, Text: text}}
}

func canonicalOf(t testing.TB, changes []content.Change) []byte {
	t.Helper()
	b, err := content.Edition{Changes: changes}.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestChangesAreReadAsTheyWereWritten(t *testing.T) {
	for name, changes := range map[string][]content.Change{
		"none":              {},
		"brackets in words": {putTerm("a", `]}"\`), putTerm("b", `{"id":"term/c"},[`), putTerm("c", "\\\\")},
		"put and withdrawn": {putTerm("a", "x"), {Op: content.Withdraw, ID: "term/b", Reason: `"},{"`}},
	} {
		want := canonicalOf(t, changes)
		got, err := content.ParseChanges(want)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if b := canonicalOf(t, got); !bytes.Equal(b, want) {
			t.Errorf("%s: read as %s, want %s", name, b, want)
		}
	}
}

func TestWhatIsNoListOfChangesIsRefused(t *testing.T) {
	const good = `{"op":"put","id":"term/a","record":{"id":"term/a","source":{},"name":"a","text":"x"}}`
	if _, err := content.ParseChanges([]byte("[" + good + "]")); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", "[", "]", "{}", "null", good,
		"[" + good, good + "]", "[" + good + "]x", "[" + good + ",]", "[," + good + "]", "[" + good + " " + good + "]", "[" + good + "}]",
		"[1]", `["x"]`, "[{}]", "[[]]",
		`[{"op":"put","id":"term/a","record":{"id":"term/a","name":1}}]`,
		`[{"op":"put","id":"term/a"}]`,
		`[{"op":"put","id":"term/a","record":null}]`,
		`[{"op":"put","id":"term/a","record":{"id":"term/b"}}]`,
		`[{"op":"put","id":"term/a","id":"word/a","record":{"id":"word/a"}}]`,
		`[{"op":"put","id":"wish/a","record":{"id":"wish/a"}}]`,
		`[{"op":"erase","id":"term/a","record":{"id":"term/a"}}]`,
		`[{"op":"withdraw","id":"term/a","record":{"id":"term/a"}}]`,
		`[{"op":"withdraw","id":"wish/a"}]`,
	} {
		if got, err := content.ParseChanges([]byte(text)); err == nil {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func FuzzParseChanges(f *testing.F) {
	f.Add(canonicalOf(f, []content.Change{putTerm("a", `]}"\`), {Op: content.Withdraw, ID: "term/b", Reason: "x"}}))
	f.Add([]byte(`[{"op":"put","id":"term/a","record":{"id":"term/a"}},]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		changes, err := content.ParseChanges(b)
		if err != nil {
			return
		}
		once := canonicalOf(t, changes)
		again, err := content.ParseChanges(once)
		if err != nil {
			t.Fatalf("%s is read, and written as %s it is not: %v", b, once, err)
		}
		if twice := canonicalOf(t, again); !bytes.Equal(once, twice) {
			t.Fatalf("%s is written as %s, and then as %s", b, once, twice)
		}
	})
}
