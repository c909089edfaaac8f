package sheet_test

import (
	"testing"

	"yangguang/content"
	"yangguang/content/sheet"
)

func TestBundledPack(t *testing.T) {
	pack, err := sheet.ReadPack(content.Bundled())
	if err != nil {
		t.Fatal(err)
	}
	if found := content.Check(pack); len(found) > 0 {
		t.Fatal(found)
	}
}
