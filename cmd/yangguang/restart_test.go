package main

import (
	"strings"
	"testing"
)

// What an office published stays on screen when the site is started again
// without naming its pack: the bundled one does not take its place.
func TestRestartKeepsAnOfficesPack(t *testing.T) {
	data := t.TempDir()
	if code, _, said := once("publish", "--data", data); code != 0 {
		t.Fatalf("the bundled pack: %d, %s", code, said)
	}
	mine := withMore(t, 7)
	if code, _, said := once("publish", "--data", data, "--content", mine); code != 0 {
		t.Fatalf("the office's pack: %d, %s", code, said)
	}
	checkWhole(t, startOn(t, data), 2, 7)
	if code, says, _ := once("publish", "--data", data); code != 0 || !strings.Contains(says, "没有换成程序自带的") {
		t.Errorf("publishing the bundled pack: %d, %s", code, says)
	}
	// The mark of an earlier pack is not trusted after another edition.
	if code, says, _ := once("publish", "--data", data, "--content", withMore(t, 0)); code != 0 || !strings.Contains(says, "第 3 版") {
		t.Errorf("the first numbers again: %d, %s", code, says)
	}
	if code, says, _ := once("publish", "--data", data, "--content", mine); code != 0 || !strings.Contains(says, "第 4 版") {
		t.Errorf("the office's pack again: %d, %s", code, says)
	}
}

func TestWordsThatAreNoSetting(t *testing.T) {
	for _, args := range [][]string{{"publish", "--data", "d", "my-pack"}, {"publish", "my-pack", "--data", "d"}, {"serve", "now"}} {
		if code, _, said := once(args...); code != 2 || !strings.Contains(said, "多出来的") {
			t.Errorf("%v: %d, %s", args, code, said)
		}
	}
}
