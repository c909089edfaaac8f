package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/complaint/seal"
)

// backedUp returns a backup of a site that stays open, and its data folder.
func backedUp(t *testing.T) (file, data string) {
	t.Helper()
	p := start(t)
	file = filepath.Join(t.TempDir(), "b.db")
	code, says, said := once("backup", file, "--data", p.data)
	if code != 0 || !strings.Contains(says, "完整") || !strings.Contains(says, keyName) {
		t.Fatalf("exit status %d, says %s %s", code, says, said)
	}
	return file, p.data
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A backup made beside the running site, restored with the key file and the log
// of erasures laid beside it first, shows the same pages.
func TestBackupAndRestore(t *testing.T) {
	file, data := backedUp(t)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if code, _, said := once("backup", file, "--data", data); code != 1 || !strings.Contains(said, "已经有这个文件") {
		t.Errorf("again to the same file: %d, %s", code, said)
	}
	into := filepath.Join(t.TempDir(), "new")
	if err := os.Mkdir(into, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ lay, says string }{{"", "找不到密钥文件"}, {keyName, "erased.log"}} {
		if c.lay != "" {
			copyTo(t, filepath.Join(data, c.lay), filepath.Join(into, c.lay))
		}
		if code, _, said := once("restore", file, "--data", into); code != 1 || !strings.Contains(said, c.says) {
			t.Errorf("with %q: %d, %s; want %q", c.lay, code, said, c.says)
		}
	}
	copyTo(t, filepath.Join(data, "erased.log"), filepath.Join(into, "erased.log"))
	if code, says, said := once("restore", "--data", into, file); code != 0 || !strings.Contains(says, "恢复好了") {
		t.Fatalf("%d, %s %s", code, says, said)
	}
	checkWhole(t, startOn(t, into), 1, 0)
	if code, _, said := once("restore", file, "--data", into); code != 1 || !strings.Contains(said, "已经有东西") {
		t.Errorf("over a data folder: %d, %s", code, said)
	}
}

func TestRestoreWithKeysElsewhere(t *testing.T) {
	file, data := backedUp(t)
	safe := t.TempDir()
	copyTo(t, filepath.Join(data, keyName), filepath.Join(safe, "k"))
	copyTo(t, filepath.Join(data, "erased.log"), filepath.Join(safe, "erased.log"))
	into := filepath.Join(t.TempDir(), "made", "new")
	if code, _, said := once("restore", file, "--data", into, "--key-file", filepath.Join(safe, "k")); code != 0 {
		t.Fatalf("%d, %s", code, said)
	}
	other := filepath.Join(safe, "other")
	if _, err := seal.MakeKeys(other); err != nil {
		t.Fatal(err)
	}
	code, _, said := once("restore", file, "--data", filepath.Join(t.TempDir(), "new"), "--key-file", other)
	if code != 1 || !strings.Contains(said, "不是这份数据的") {
		t.Errorf("with another's key: %d, %s", code, said)
	}
}

// Nothing of the key file is in a backup.
func TestNoKeyInABackup(t *testing.T) {
	file, data := backedUp(t)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(data, keyName))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(string(text)) {
		_, digits, _ := strings.Cut(strings.TrimSpace(line), " ")
		raw, err := hex.DecodeString(digits)
		if err != nil {
			continue
		}
		found++
		if bytes.Contains(whole, raw[:8]) || bytes.Contains(whole, []byte(digits[:16])) {
			t.Error("a line of the key file is in the backup")
		}
	}
	if found < 3 {
		t.Errorf("looked for %d lines", found)
	}
}

func TestBackupOfNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	if code, _, said := once("backup", filepath.Join(t.TempDir(), "b"), "--data", data); code != 1 || !strings.Contains(said, "还没有数据") {
		t.Errorf("%d, %s", code, said)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the folder was made: %v", err)
	}
	for _, args := range [][]string{{"backup"}, {"restore"}, {"backup", "a", "b"}} {
		if code, _, said := once(append(args, "--data", data)...); code != 2 || said == "" {
			t.Errorf("%v: %d, %s", args, code, said)
		}
	}
}
