package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yangguang/complaint/seal"
)

// The key file is made at the first start and found at the next; without it,
// or with one that is not right, the site does not open.
func TestTheKeyFile(t *testing.T) {
	data := t.TempDir()
	startOn(t, data).stop()
	path := filepath.Join(data, keyName)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	other := filepath.Join(t.TempDir(), "other.key")
	if _, err := seal.MakeKeys(other); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		spoil func()
		args  []string
		says  string
	}{
		{"lost", func() { os.Remove(path) }, nil, "找不到密钥文件"},
		{"read by others", func() { os.Chmod(path, 0o644) }, nil, "别人也能读"},
		{"cut", func() { os.WriteFile(path, text[:len(text)-9], 0o600) }, nil, "不完整"},
		{"another installation's", func() {}, []string{"--key-file", other}, "不是这份数据的"},
		{"named where none is", func() {}, []string{"--key-file", filepath.Join(data, "none")}, "找不到密钥文件"},
		{"a folder", func() {}, []string{"--key-file", data}, "不完整"},
	} {
		c.spoil()
		code, _, said := once(append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, c.args...)...)
		if code != 1 || !strings.Contains(said, c.says) {
			t.Errorf("%s: exit status %d, said %s; want %q", c.name, code, said, c.says)
		}
		if strings.Contains(said, string(text[len(text)-20:])) {
			t.Errorf("%s: it quotes the file", c.name)
		}
		os.Remove(path)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	startOn(t, data).stop()
	if after, _ := os.ReadFile(path); string(after) != string(text) {
		t.Error("the key file has changed")
	}
}

func TestTheKeyFileElsewhere(t *testing.T) {
	data, path := t.TempDir(), filepath.Join(t.TempDir(), "k")
	startOn(t, data, "--key-file", path).stop()
	if _, err := seal.LoadKeys(path); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(data, keyName)); !os.IsNotExist(err) {
		t.Errorf("there is one in the data folder too: %v", err)
	}
	code, _, said := once("serve", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--key-file", filepath.Join(path, "no", "folder"))
	if code != 1 || !strings.Contains(said, "密钥文件") {
		t.Errorf("in a folder that is not there: %d, %s", code, said)
	}
}

// Processes that start at once on a new folder work with the same keys.
func TestStartsAtOnceAgreeOnTheKeys(t *testing.T) {
	data := t.TempDir()
	published(t, data)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			p := startOn(t, data)
			if code := p.stop(); code != 0 {
				t.Errorf("exit status %d", code)
			}
		})
	}
	all.Wait()
}
