package main

import (
	"strings"
	"testing"
)

// A second site on the same data says so, with where the first is; commands run
// beside it, and when the first has ended nothing is said any more.
func TestASecondSiteOnOneFolderSaysSo(t *testing.T) {
	data := t.TempDir()
	warned := func(p *program) bool {
		return strings.Contains(p.out.String(), "已经有一个阳光招生在用这个数据文件夹")
	}
	first := startOn(t, data)
	second := startOn(t, data)
	if warned(first) || !warned(second) || !strings.Contains(second.out.String(), strings.TrimPrefix(first.base, "http://")+"，进程") {
		t.Errorf("the first said %s, the second %s", first.out, second.out)
	}
	for _, args := range [][]string{{"publish"}, {"officer", "list"}, {"backup", data + "/copy.db"}} {
		if code, says, said := once(append(args, "--data", data)...); code != 0 || strings.Contains(says+said, "已经有一个阳光招生在用") {
			t.Errorf("%v beside it: %d, %s %s", args, code, says, said)
		}
	}
	first.stop()
	second.stop()
	if third := startOn(t, data); warned(third) {
		t.Errorf("alone again: %s", third.out)
	}
}
