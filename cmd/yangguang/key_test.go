package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A key is changed beside a running server: what was filed before and after is
// read on, by the program that runs and by the next, and the old copy of the
// file opens nothing that is wrapped anew.
func TestRotatingTheKey(t *testing.T) {
	data := t.TempDir()
	path := filepath.Join(data, keyName)
	p := startOn(t, data)
	c := p.citizen(t)
	_, before := c.files("换钥匙以前写的话", nil)
	old, err := os.ReadFile(path)
	must(t, err)

	code, says, said := once("key", "rotate", "--data", data)
	if code != 0 || !strings.Contains(says, "新钥匙做好了") || !strings.Contains(says, "替换以前另存的那份") {
		t.Fatalf("%d, %s%s", code, says, said)
	}
	if !strings.Contains(c.follows(before), "换钥匙以前写的话") {
		t.Error("the program that runs does not read what was filed before")
	}
	other := p.citizen(t)
	_, after := other.files("换钥匙以后写的话", nil)
	if !strings.Contains(other.follows(after), "换钥匙以后写的话") {
		t.Error("nor what is filed after")
	}
	p.stop()

	// What the running program filed before it knew of the new key is wrapped too.
	if code, says, said := once("key", "rewrap", "--data", data); code != 0 {
		t.Errorf("rewrap: %d, %s%s", code, says, said)
	}
	next := startOn(t, data)
	for receipt, words := range map[string]string{before: "换钥匙以前写的话", after: "换钥匙以后写的话"} {
		if !strings.Contains(next.citizen(t).follows(receipt), words) {
			t.Errorf("the next program does not read %s", words)
		}
	}
	next.stop()

	// With the old copy of the file the site does not open.
	must(t, os.WriteFile(path, old, 0o600))
	if code, _, said := once("serve", "--addr", "127.0.0.1:0", "--data", data); code != 1 || !strings.Contains(said, "旧份") {
		t.Errorf("with the old copy: %d, %s", code, said)
	}
}

func TestTheKeyCommand(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"key"}, 2, "key rotate"},
		{[]string{"key", "forge"}, 2, "key rotate"},
		{[]string{"key", "rotate", "twice"}, 2, "多出来的"},
		{[]string{"key", "rotate", "--data", filepath.Join(t.TempDir(), "none")}, 1, "还没有数据"},
	} {
		if code, _, said := once(c.args...); code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%v: %d, %s", c.args, code, said)
		}
	}
}
