package main

import (
	"bytes"
	"context"
	"encoding/base32"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"yangguang/complaint/seal"
	"yangguang/realtest"
	"yangguang/site/page"
	"yangguang/staff"
	"yangguang/store"
)

const plantedPassphrase = "Planted: 四个 apples on a quiet roof"

// An officer enrols and signs in with everything as it is built, and nothing
// of what opens the door lies in the data folder afterwards.
func TestOfficerSignsIn(t *testing.T) {
	for name, config := range map[string]func(*testing.T) store.Config{
		"SQLite":     func(t *testing.T) store.Config { return store.Config{Folder: t.TempDir()} },
		"PostgreSQL": func(t *testing.T) store.Config { return store.Config{URL: realtest.Postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) { signsIn(t, config(t)) })
	}
}

func signsIn(t *testing.T, config store.Config) {
	ctx := t.Context()
	now := time.Now()
	clock := func() time.Time { return now }
	db, err := store.Open(ctx, config)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	keys, err := seal.MakeKeys(filepath.Join(t.TempDir(), keyName))
	must(t, err)
	door := newDoor(db.Roll(), nil, keys, page.NewMeter(clock), clock)
	register := staff.Register{Roll: db.Roll(), Now: clock}

	link, err := register.Add(ctx, staff.Officer{ID: "vet-1", Name: "王芳", Units: []string{"410800.vet"}, Roles: []staff.Role{staff.Handler}})
	must(t, err)
	invitation, err := door.Invited(ctx, link, "阳光招生")
	must(t, err)
	phone, err := otp.NewKeyFromURL(invitation.URI)
	must(t, err)
	if phone.Issuer() != "阳光招生" || phone.AccountName() != "vet-1" || phone.Digits() != otp.DigitsSix || phone.Period() != 30 {
		t.Errorf("the telephone reads %s", phone)
	}
	show := func() string {
		code, err := totp.GenerateCode(phone.Secret(), now)
		must(t, err)
		return code
	}
	from := staff.From{Device: "Chrome · Windows", Place: "192.0.2.7"}
	enrolled, err := door.Enrol(ctx, link, plantedPassphrase, show(), from)
	must(t, err)

	now = now.Add(time.Minute)
	try := staff.Try{ID: "vet-1", Passphrase: strings.ReplaceAll(plantedPassphrase, "Planted", "Ｐｌａｎｔｅｄ"), Code: show(), From: from}
	in, err := door.SignIn(ctx, try)
	must(t, err)
	_, err = door.Who(ctx, in.Token)
	must(t, err)
	for name, wrong := range map[string]staff.Try{
		"an unknown officer":             {ID: "vet-2", Passphrase: plantedPassphrase, Code: show()},
		"a passphrase in other case":     {ID: "vet-1", Passphrase: strings.ToLower(plantedPassphrase), Code: enrolled.Codes[0]},
		"a code that was used up before": try,
	} {
		if _, err := door.SignIn(ctx, wrong); !errors.Is(err, staff.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	key, err := base32.StdEncoding.DecodeString(phone.Secret())
	must(t, err)
	if config.Folder == "" {
		return
	}
	secrets := append([]string{plantedPassphrase, link, in.Token, enrolled.Token, phone.Secret(), string(key)}, enrolled.Codes...)
	running := lookFor(t, config.Folder, secrets)
	must(t, db.Close())
	if closed := lookFor(t, config.Folder, secrets); running == 0 || closed == 0 {
		t.Error("no file was looked through")
	}
}

// lookFor reports what of the secrets lies in the files of a folder, and
// returns how many bytes it looked through.
func lookFor(t *testing.T, folder string, secrets []string) (looked int) {
	t.Helper()
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, secret := range secrets {
			if bytes.Contains(b, []byte(secret)) || bytes.Contains(b, []byte(strings.ReplaceAll(secret, "-", ""))) {
				t.Errorf("%q lies in %s", secret, path)
			}
		}
		looked += len(b)
		return err
	}))
	return looked
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// An unknown officer costs what a known one does.
func TestNoHashCostsAsMuch(t *testing.T) {
	h := make(hasher, 1)
	hash, err := h.hash(t.Context(), plantedPassphrase)
	must(t, err)
	filled := func(hash string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := h.match(t.Context(), plantedPassphrase, hash)
		must(t, err)
		runtime.ReadMemStats(&after)
		return (after.TotalAlloc - before.TotalAlloc) >> 20
	}
	if known, unknown := filled(hash), filled(""); known < 64 || unknown != known {
		t.Errorf("%d MiB of work for a known officer, %d for an unknown one", known, unknown)
	}
}

func TestHashingWaitsItsTurn(t *testing.T) {
	h := make(hasher, 1)
	h <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if _, err := h.hash(ctx, plantedPassphrase); !errors.Is(err, context.Canceled) {
			t.Errorf("hashed while another was: %v", err)
		}
	})
	cancel()
	waiting.Wait()
	<-h
	_, err := h.hash(t.Context(), plantedPassphrase)
	must(t, err)
}

func TestSealedApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), keyName)
	keys, err := seal.MakeKeys(path)
	must(t, err)
	sealed, err := ownBox{keys}.seal("officer/a", []byte("secret"))
	must(t, err)
	keys, err = keys.Rotate(path)
	must(t, err)
	if got, err := (ownBox{keys}).open("officer/a", sealed); string(got) != "secret" {
		t.Errorf("after the key was changed: %q, %v", got, err)
	}
	for name, c := range map[string]struct {
		place  string
		sealed []byte
	}{"another place": {"officer/b", sealed}, "cut": {"officer/a", sealed[:40]}, "nothing": {"officer/a", nil}} {
		if got, err := (ownBox{keys}).open(c.place, c.sealed); err == nil {
			t.Errorf("%s opened: %q", name, got)
		}
	}
}

func BenchmarkPassphrase(b *testing.B) {
	h := make(hasher, 1)
	for b.Loop() {
		if _, err := h.match(b.Context(), plantedPassphrase, ""); err != nil {
			b.Fatal(err)
		}
	}
}
