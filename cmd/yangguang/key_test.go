package main

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/bot"
	"yangguang/complaint"
	"yangguang/complaint/seal"
	"yangguang/realtest"
	"yangguang/staff"
	"yangguang/store"
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

// After the key was changed everything sealed opens with the new key alone:
// cases, conversations in Redis, what waits to be sent, authenticators.
func TestNothingIsLeftUnderTheOldKey(t *testing.T) {
	data, redis := t.TempDir(), "unix://"+realtest.Redis(t).Socket()
	path := filepath.Join(data, keyName)
	settings := []string{"--redis-url", redis}
	p := startOn(t, data, settings...)
	p.citizen(t).files("换钥匙以前写的话", nil)
	midway := p.citizen(t)
	midway.open("/complain")
	midway.press("start", map[string]string{"text": pupil})
	p.stop()
	old, err := seal.LoadKeys(path)
	must(t, err)
	db, err := store.Open(t.Context(), store.Config{Folder: data})
	must(t, err)
	defer db.Close()
	parcel := bot.Parcel{Channel: complaint.Telegram, ID: "letter.1", Lane: "1", Key: old.Mint("letter.1"), Sealed: []byte("sealed")}
	must(t, db.Outbox().Put(t.Context(), parcel))
	account := staff.Account{Officer: staff.Officer{ID: "vet-1", Name: "王", State: staff.Active}}
	account.Key, err = ownBox{old}.seal(account.KeyPlace(), []byte("authenticator"))
	must(t, err)
	must(t, db.Roll().Add(t.Context(), account))

	code, says, said := once(append([]string{"key", "rotate", "--data", data}, settings...)...)
	if code != 0 || !strings.Contains(says, "共 5 件") {
		t.Fatalf("%d, %s%s", code, says, said)
	}
	alone := onlyNewest(t, path)
	found := 0
	all := func(k complaint.Key) (complaint.Key, bool, error) {
		found++
		if _, err := alone.Rewrap(k); err != nil {
			t.Errorf("the key of %s: %v", k.Of, err)
		}
		return k, false, nil
	}
	_, err = db.Rewrap(t.Context(), all)
	must(t, err)
	set, _, err := parse(settings, none)
	must(t, err)
	store, err := set.redisOf(old, nil)
	must(t, err)
	defer store.Close()
	_, err = store.Sessions().Rewrap(t.Context(), all)
	must(t, err)
	if found != 4 {
		t.Errorf("%d keys found", found)
	}
	a, err := db.Roll().Account(t.Context(), "vet-1")
	must(t, err)
	if key, err := (ownBox{&seal.Keys{Ring: alone}}).open(a.KeyPlace(), a.Key); string(key) != "authenticator" {
		t.Errorf("the authenticator: %q, %v", key, err)
	}

	next := startOn(t, data, settings...)
	midway.base = next.base
	midway.fill(given(nil), "summary")
	midway.press("submit", nil)
	midway.shown()
}

// onlyNewest returns a ring with the file's current key and none before it.
func onlyNewest(t *testing.T, path string) *seal.Ring {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	for line := range strings.Lines(string(text)) {
		if digits, ok := strings.CutPrefix(strings.TrimSpace(line), "key "); ok {
			key, err := hex.DecodeString(digits)
			must(t, err)
			ring, err := seal.New(key)
			must(t, err)
			return ring
		}
	}
	t.Fatal("no key in the file")
	return nil
}
