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
		"brackets in words": {putTerm("a", `]}"\`), putTerm("b", `{"id":"term/c"},[`), putTerm("c", "\\\\"), putTerm("d", "]\nput term [\r\u2028")},
		"put and withdrawn": {putTerm("a", "x"), {Op: content.Withdraw, ID: "term/b", Reason: `"},{"`}, putTerm("b", "y"), {Op: content.Withdraw, ID: "faq/c"}},
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

// The form of the first programs is read for good.
func TestFirstForm(t *testing.T) {
	const kept = `[{"op":"put","id":"term/a","record":{"id":"term/a","name":"a","text":"]}x"}},{"op":"withdraw","id":"term/b","reason":"gone"},` +
		`{"op":"put","id":"faq/c","record":{"id":"faq/c","question":"q"}}]`
	got, err := content.ParseChanges([]byte(kept))
	if err != nil || len(got) != 3 {
		t.Fatalf("%d changes, %v", len(got), err)
	}
	if r, ok := got[0].Record.(*content.Term); !ok || r.Text != "]}x" || got[1].Op != content.Withdraw || got[1].Reason != "gone" || got[2].ID != "faq/c" {
		t.Errorf("read as %+v", got)
	}
	for _, text := range []string{
		"[", "[1]", kept + "x", `[{"op":"put","id":"term/a"}]`, `[{"op":"put","id":"term/a","record":{"id":"term/b"}}]`,
		`[{"op":"put","id":"wish/a","record":{"id":"wish/a"}}]`, `[{"op":"erase","id":"term/a","record":{"id":"term/a"}}]`,
	} {
		if got, err := content.ParseChanges([]byte(text)); err == nil {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func TestWhatIsNoListOfChangesIsRefused(t *testing.T) {
	const good = `put term [{"id":"term/a","name":"a","text":"x"}]` + "\n"
	if got, err := content.ParseChanges([]byte(good + good)); err != nil || len(got) != 2 {
		t.Fatalf("%d changes, %v", len(got), err)
	}
	for _, text := range []string{
		"null", "\n", "put\n", "put term\n", "put term \n", "put term {}\n", "put term null\n", "put term [\n",
		good[:len(good)-1], good + "x", "\n" + good, good + " \n", " " + good, good[:len(good)-2] + ",]\n", good[:len(good)-1] + "]\n",
		"put term [1]\n", "put term [null]\n", "put term [{}]\n", "put term [[]]\n",
		`put term [{"id":"term/a","name":1}]` + "\n",
		`put term [{"id":"faq/a"}]` + "\n",
		`put wish [{"id":"wish/a"}]` + "\n",
		`erase term [{"id":"term/a"}]` + "\n",
		`withdraw term [{"id":"faq/a"}]` + "\n",
		`withdraw wish [{"id":"wish/a"}]` + "\n",
	} {
		if got, err := content.ParseChanges([]byte(text)); err == nil {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func TestWhatCannotBeReadAgainIsNotWritten(t *testing.T) {
	for name, wrong := range map[string]content.Change{
		"a put without a record":           {Op: content.Put, ID: "term/a"},
		"a record under another id":        {Op: content.Put, ID: "term/b", Record: putTerm("a", "x").Record},
		"a record of what is withdrawn":    {Op: content.Withdraw, ID: "term/a", Record: putTerm("a", "x").Record},
		"something else than those two":    {Op: "erase", ID: "term/a"},
		"something else, and with records": {Op: "erase", ID: "term/a", Record: putTerm("a", "x").Record},
	} {
		if b, err := (content.Edition{Changes: []content.Change{wrong}}).Canonical(); err == nil {
			t.Errorf("%s is written as %s", name, b)
		}
	}
}

func FuzzParseChanges(f *testing.F) {
	f.Add(canonicalOf(f, []content.Change{putTerm("a", `]}"\`), {Op: content.Withdraw, ID: "term/b", Reason: "x"}}))
	f.Add([]byte(`put term [{"id":"term/a"},]` + "\n" + `put term [{"id":"term/a"}]` + "\n"))
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
