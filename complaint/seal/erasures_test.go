package seal_test

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/seal"
)

func number(t *testing.T) complaint.Number {
	t.Helper()
	return complaint.NewNumber(2026, []byte(rand.Text()), 0)
}

func erasures(t *testing.T) seal.Erasures {
	t.Helper()
	log := seal.ErasuresBeside(filepath.Join(t.TempDir(), "installation.key"))
	if made, err := log.Create(); err != nil || !made {
		t.Fatal(made, err)
	}
	return log
}

var day = time.Date(2026, 11, 24, 1, 2, 3, 456e6, time.UTC)

func TestErasuresAreKeptInOrder(t *testing.T) {
	log := erasures(t)
	first, second := number(t), number(t)
	for i, n := range []complaint.Number{first, second} {
		if err := log.Add(n, day.AddDate(0, 0, i)); err != nil {
			t.Fatal(err)
		}
		if made, err := log.Create(); err != nil || made { // every start asks for it
			t.Fatal(made, err)
		}
	}
	all, err := log.All()
	want := []seal.Erasure{{At: day, Number: first}, {At: day.AddDate(0, 0, 1), Number: second}}
	if err != nil || len(all) != 2 || all[0] != want[0] || all[1] != want[1] {
		t.Errorf("%v, %v; want %v", all, err, want)
	}
	if info, err := os.Stat(log.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

// Nobody makes a new log in place of a lost one by the way.
func TestALostLogOfErasuresIsNoticed(t *testing.T) {
	log := erasures(t)
	os.Remove(log.Path())
	if err := log.Add(number(t), day); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("add: %v", err)
	}
	if _, err := log.All(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("all: %v", err)
	}
}

// Wherever a crash cuts the last line, the lines before and after it stand.
func TestALineThatACrashCutOff(t *testing.T) {
	first, cut, third := number(t), number(t), number(t)
	log := erasures(t)
	log.Add(first, day)
	begins, _ := os.ReadFile(log.Path())
	log.Add(cut, day)
	whole, _ := os.ReadFile(log.Path())
	for end := len(begins); end < len(whole); end++ {
		if err := os.WriteFile(log.Path(), whole[:end], 0o600); err != nil {
			t.Fatal(err)
		}
		if all, err := log.All(); err != nil || len(all) != 1 || all[0].Number != first {
			t.Errorf("cut at %d: %v, %v", end, all, err)
		}
		if err := log.Add(third, day); err != nil {
			t.Fatal(err)
		}
		if all, err := log.All(); err != nil || len(all) != 2 || all[1].Number != third {
			t.Errorf("cut at %d, then another: %v, %v", end, all, err)
		}
	}
}

func TestADamagedLogOfErasuresIsRefused(t *testing.T) {
	log := erasures(t)
	log.Add(number(t), day)
	for _, line := range []string{"2026-11-24T01:02:03Z 2026-48392710-8\n", "2026-48392710-7\n", "\n", "?\n"} {
		text, _ := os.ReadFile(log.Path())
		os.WriteFile(log.Path(), append([]byte(line), text...), 0o600)
		if all, err := log.All(); !errors.Is(err, seal.ErrBroken) {
			t.Errorf("%q: %v, %v", line, all, err)
		}
		os.WriteFile(log.Path(), text, 0o600)
	}
}

func TestErasuresOfSeveralAtOnce(t *testing.T) {
	log := erasures(t)
	var all sync.WaitGroup
	for range 20 {
		n := number(t)
		all.Go(func() {
			if err := log.Add(n, day); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if found, err := log.All(); err != nil || len(found) != 20 {
		t.Errorf("%d lines, %v; want 20", len(found), err)
	}
}
