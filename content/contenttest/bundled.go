package contenttest

import (
	"testing"

	"yangguang/content"
	"yangguang/content/sheet"
)

// Bundled returns the snapshot of the content pack that the program carries.
func Bundled(t testing.TB) *content.Snapshot {
	t.Helper()
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		t.Fatal(err)
	}
	var changes []content.Change
	for _, i := range pack.Items {
		changes = append(changes, content.Change{Op: content.Put, ID: i.Record.Head().ID, Record: i.Record})
	}
	s, err := content.Fold([]content.Edition{{Number: 1, Changes: changes}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
