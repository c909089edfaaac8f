package seal_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/seal"
)

var _ complaint.Sealer = (*seal.Ring)(nil)

func ring(t testing.TB, keys ...byte) *seal.Ring {
	t.Helper()
	var all [][]byte
	for _, k := range keys {
		all = append(all, bytes.Repeat([]byte{k}, seal.KeySize))
	}
	r, err := seal.New(all[0], all[1:]...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatIsSealedOpensAtItsPlaceOnly(t *testing.T) {
	r := ring(t, 1)
	key, other := r.Mint("draft-1"), r.Mint("draft-2")
	for _, words := range [][]byte{[]byte("老师收了三千元"), {}, bytes.Repeat([]byte{0}, 1<<20)} {
		sealed, err := r.Seal(key, "1/words", words)
		if err != nil {
			t.Fatal(err)
		}
		if len(words) > 8 && bytes.Contains(sealed, words[:8]) {
			t.Error("the words stand in what is sealed")
		}
		if got, err := r.Open(key, "1/words", sealed); err != nil || !bytes.Equal(got, words) {
			t.Errorf("opened %d bytes of %d, %v", len(got), len(words), err)
		}
		moved := key
		moved.Of = "draft-2"
		for name, open := range map[string]func() ([]byte, error){
			"another place":        func() ([]byte, error) { return r.Open(key, "2/words", sealed) },
			"another case":         func() ([]byte, error) { return r.Open(other, "1/words", sealed) },
			"a key under a name":   func() ([]byte, error) { return r.Open(moved, "1/words", sealed) },
			"another installation": func() ([]byte, error) { return ring(t, 2).Open(key, "1/words", sealed) },
			"cut":                  func() ([]byte, error) { return r.Open(key, "1/words", sealed[:len(sealed)-1]) },
			"nothing":              func() ([]byte, error) { return r.Open(key, "1/words", nil) },
			"another format":       func() ([]byte, error) { return r.Open(key, "1/words", append([]byte{2}, sealed[1:]...)) },
		} {
			if got, err := open(); !errors.Is(err, seal.ErrDamaged) || got != nil {
				t.Errorf("%s: %d bytes, %v; want ErrDamaged", name, len(got), err)
			}
		}
	}
}

func TestEveryChangedBitIsNoticed(t *testing.T) {
	r := ring(t, 1)
	key := r.Mint("d")
	sealed, err := r.Seal(key, "p", []byte("words"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(sealed) * 8 {
		bad := slices.Clone(sealed)
		bad[i/8] ^= 1 << (i % 8)
		if got, err := r.Open(key, "p", bad); err == nil {
			t.Fatalf("bit %d changed: opened as %q", i, got)
		}
	}
	for i := range len(key.Wrapped) * 8 {
		bad := complaint.Key{Of: key.Of, Wrapped: slices.Clone(key.Wrapped)}
		bad.Wrapped[i/8] ^= 1 << (i % 8)
		if got, err := r.Open(bad, "p", sealed); err == nil {
			t.Fatalf("bit %d of the key changed: opened as %q", i, got)
		}
	}
}

func TestADestroyedKeyOpensNothing(t *testing.T) {
	r := ring(t, 1)
	key := r.Mint("d")
	sealed, err := r.Seal(key, "p", []byte("words"))
	if err != nil {
		t.Fatal(err)
	}
	key.Wrapped = nil
	if _, err := r.Open(key, "p", sealed); !errors.Is(err, complaint.ErrErased) {
		t.Errorf("opened without a key: %v, want ErrErased", err)
	}
	if _, err := r.Seal(key, "p", []byte("more")); !errors.Is(err, complaint.ErrErased) {
		t.Errorf("sealed without a key: %v, want ErrErased", err)
	}
}

func TestTheInstallationKeyCanBeChanged(t *testing.T) {
	old := ring(t, 1)
	key := old.Mint("d")
	sealed, err := old.Seal(key, "p", []byte("words"))
	if err != nil {
		t.Fatal(err)
	}
	both := ring(t, 2, 1)
	again, err := both.Rewrap(key)
	if err != nil || bytes.Equal(again.Wrapped, key.Wrapped) {
		t.Fatalf("rewrapped: %v", err)
	}
	for name, c := range map[string]struct {
		ring *seal.Ring
		key  complaint.Key
		ok   bool
	}{
		"both keys, old wrapping": {both, key, true}, "both keys, new wrapping": {both, again, true},
		"new key, new wrapping": {ring(t, 2), again, true}, "new key, old wrapping": {ring(t, 2), key, false},
		"old key, new wrapping": {old, again, false},
	} {
		got, err := c.ring.Open(c.key, "p", sealed)
		if (err == nil) != c.ok || c.ok && string(got) != "words" {
			t.Errorf("%s: %q, %v; want opened %v", name, got, err, c.ok)
		}
	}
	if _, err := both.Rewrap(complaint.Key{Of: "d"}); !errors.Is(err, complaint.ErrErased) {
		t.Errorf("a destroyed key was rewrapped: %v", err)
	}
}

func TestTwoSealsOfTheSameDiffer(t *testing.T) {
	r := ring(t, 1)
	key := r.Mint("d")
	a, _ := r.Seal(key, "p", []byte("words"))
	b, _ := r.Seal(key, "p", []byte("words"))
	if bytes.Equal(a, b) || bytes.Equal(r.Mint("d").Wrapped, key.Wrapped) {
		t.Error("sealing or minting twice gives the same bytes")
	}
}

func TestBadInstallationKeys(t *testing.T) {
	for name, key := range map[string][]byte{"none": nil, "short": make([]byte, 16), "of zeros": make([]byte, seal.KeySize), "long": bytes.Repeat([]byte{1}, 33)} {
		if _, err := seal.New(key); err == nil {
			t.Errorf("a key %s was accepted", name)
		}
	}
}

func FuzzOpen(f *testing.F) {
	r := ring(f, 1)
	key := r.Mint("d")
	sealed, _ := r.Seal(key, "p", []byte("words"))
	f.Add(key.Wrapped, sealed)
	f.Add([]byte{1}, []byte{1})
	f.Fuzz(func(t *testing.T, wrapped, sealed []byte) {
		got, err := r.Open(complaint.Key{Of: "d", Wrapped: wrapped}, "p", sealed)
		if err != nil && got != nil {
			t.Fatalf("%q with %v", got, err)
		}
		if err == nil && string(got) != "words" {
			t.Fatalf("forged %q", got)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	r := ring(b, 1)
	key := r.Mint("d")
	words := bytes.Repeat([]byte("字"), 700)
	for b.Loop() {
		if _, err := r.Seal(key, "1/words", words); err != nil {
			b.Fatal(err)
		}
	}
}
