package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/seal"
)

func makeKeys(t *testing.T) (path string, k *seal.Keys) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "installation.key")
	k, err := seal.MakeKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, k
}

func TestKeysStayWhatTheyAre(t *testing.T) {
	path, made := makeKeys(t)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	key := made.Mint("d")
	sealed, err := made.Seal(key, "p", []byte("话"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := seal.MakeKeys(path) // another that starts
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open(key, "p", sealed); err != nil || string(got) != "话" {
		t.Errorf("the keys as loaded open %q, %v", got, err)
	}
	if !bytes.Equal(made.MAC([]byte("r")), again.MAC([]byte("r"))) || made.ID() != again.ID() {
		t.Error("MAC or name changed when the file was read again")
	}
	if bytes.Equal(made.Derive("a"), made.Derive("b")) || len(made.Derive("a")) != seal.KeySize {
		t.Error("purposes share a key")
	}
	if names, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

func TestOfManyThatStartAtOnceOneMakesTheKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k")
	ids := make([]string, 16)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() {
			k, err := seal.MakeKeys(path)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = k.ID()
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("two made keys: %s and %s", ids[0], id)
		}
	}
}

func TestRotatedKeysOpenTheOldAndWrapAnew(t *testing.T) {
	path, k := makeKeys(t)
	key := k.Mint("d")
	sealed, err := k.Seal(key, "p", []byte("话"))
	if err != nil {
		t.Fatal(err)
	}
	next, err := k.Rotate(path)
	if err != nil {
		t.Fatal(err)
	}
	if next.ID() != k.ID() || !bytes.Equal(next.MAC([]byte("r")), k.MAC([]byte("r"))) {
		t.Error("a receipt given before is not known any more")
	}
	if got, err := next.Open(key, "p", sealed); err != nil || string(got) != "话" {
		t.Errorf("what was sealed before: %q, %v", got, err)
	}
	anew, err := next.Rewrap(key)
	if err != nil {
		t.Fatal(err)
	}
	if k.Current(anew) || !next.Current(anew) || next.Current(key) || !next.Current(complaint.Key{Of: "d"}) {
		t.Error("what is wrapped by the current key is not told apart")
	}
	// A program that runs reads the file again for a key that it does not know,
	// and wraps with that from then on.
	if got, err := k.Open(anew, "p", sealed); err != nil || string(got) != "话" {
		t.Errorf("beside it: %q, %v", got, err)
	}
	if !next.Current(k.Mint("e")) {
		t.Error("beside it the old key still wraps")
	}
	alone, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := alone.Open(anew, "p", sealed); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("another key opens it: %v", err)
	}
	if got, err := next.Open(anew, "p", sealed); err != nil || string(got) != "话" {
		t.Errorf("wrapped anew: %q, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

func TestAKeyFileIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path, text string)
		want  error
	}{
		"missing":         {func(_ *testing.T, path, _ string) { os.Remove(path) }, fs.ErrNotExist},
		"read by a group": {func(_ *testing.T, path, _ string) { os.Chmod(path, 0o640) }, seal.ErrOpen},
		"read by all":     {func(_ *testing.T, path, _ string) { os.Chmod(path, 0o604) }, seal.ErrOpen},
		"a folder": {func(_ *testing.T, path, _ string) {
			os.Remove(path)
			os.Mkdir(path, 0o700)
		}, seal.ErrBroken},
		"empty":             {write(func(string) string { return "" }), seal.ErrBroken},
		"cut":               {write(func(s string) string { return s[:len(s)-1] }), seal.ErrBroken},
		"one digit changed": {write(changeDigit), seal.ErrBroken},
		"a line twice": {write(func(s string) string {
			i := strings.Index(s, "key ")
			return s[:i+69] + s[i:]
		}), seal.ErrBroken},
		"without its sum":  {write(func(s string) string { s, _, _ = strings.Cut(s, "sum "); return s }), seal.ErrBroken},
		"by another's pen": {write(func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }), seal.ErrBroken},
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := makeKeys(t)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c.spoil(t, path, string(text))
			k, err := seal.LoadKeys(path)
			if !errors.Is(err, c.want) || k != nil {
				t.Errorf("%v, want %v", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), hex.EncodeToString(text)[:8]) {
				t.Error("the error quotes the file")
			}
		})
	}
}

func write(change func(string) string) func(*testing.T, string, string) {
	return func(t *testing.T, path, text string) {
		if err := os.WriteFile(path, []byte(change(text)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func changeDigit(s string) string {
	i := strings.Index(s, "root ") + 9
	d := "0"
	if s[i] == '0' {
		d = "1"
	}
	return s[:i] + d + s[i+1:]
}
