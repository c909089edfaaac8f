package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A backup made beside another process that appends all the time is a whole
// database of one moment.
func TestBackupBesideAWriter(t *testing.T) {
	c := newSQLite(t)
	db := open(t, c)
	a := startAppender(t, c, 0)
	defer a.kill(t, 0)
	for i := range 5 {
		said, ok := a.next(t)
		if !ok {
			t.Fatalf("the appender ended: %s", &a.errors)
		}
		file := filepath.Join(t.TempDir(), "backup")
		if err := db.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
		}
		if left, _ := filepath.Glob(file + "?*"); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		restored := Config{Folder: filepath.Join(t.TempDir(), "new", "data")}
		if err := Restore(t.Context(), file, restored.Folder, asItIs); err != nil {
			t.Fatal(err)
		}
		if left, _ := os.ReadDir(restored.Folder); len(left) != 1 {
			t.Errorf("in the folder: %v, want the database alone", left)
		}
		if head := wantWhole(t, open(t, restored), 0); head < said {
			t.Errorf("round %d: edition %d was stored before, the backup ends with %d", i, said, head)
		}
	}
}

func asItIs(*DB) error { return nil }

func TestBackupTakesNoFilesPlace(t *testing.T) {
	db := open(t, newSQLite(t))
	file := filepath.Join(t.TempDir(), "kept")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), file); !errors.Is(err, ErrExists) {
		t.Errorf("%v, want ErrExists", err)
	}
	if b, _ := os.ReadFile(file); string(b) != "mine" {
		t.Errorf("the file holds %q", b)
	}
	if err := db.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "folder")); !errors.Is(err, ErrDenied) {
		t.Errorf("into a missing folder: %v, want ErrDenied", err)
	}
	served := open(t, newPostgres(t))
	if err := served.Backup(t.Context(), filepath.Join(t.TempDir(), "b")); !errors.Is(err, ErrServed) {
		t.Errorf("of a server: %v, want ErrServed", err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	db := open(t, newSQLite(t))
	appendOne(t, db.Shelf(), 0)
	folder := t.TempDir()
	good := filepath.Join(folder, "good")
	if err := db.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	tamper(t, db, `insert into migrations (number, name) values ($1, 'later.sql')`, len(released())+1)
	if err := db.Backup(t.Context(), filepath.Join(folder, "newer")); err != nil {
		t.Fatal(err)
	}
	newer, err := os.ReadFile(filepath.Join(folder, "newer"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"half a file":        {whole[:len(whole)/2/4096*4096], ErrDamaged},
		"an empty file":      {nil, ErrDamaged},
		"something else":     {bytes.Repeat([]byte("阳光"), 5000), ErrDamaged},
		"a page of zeros":    {slices.Concat(whole[:4096], make([]byte, 4096), whole[8192:]), ErrDamaged},
		"of a newer program": {newer, ErrNewer},
	} {
		file, into := filepath.Join(t.TempDir(), "b"), t.TempDir()
		if err := os.WriteFile(file, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Restore(t.Context(), file, into, asItIs); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if left, _ := os.ReadDir(into); len(left) > 0 {
			t.Errorf("%s: left behind %v", name, left)
		}
	}
	into := newSQLite(t)
	appendOne(t, open(t, into).Shelf(), 0)
	if err := Restore(t.Context(), good, into.Folder, asItIs); !errors.Is(err, ErrExists) {
		t.Errorf("over a database: %v, want ErrExists", err)
	}
	if err := Restore(t.Context(), filepath.Join(folder, "none"), t.TempDir(), asItIs); err == nil {
		t.Error("a file that is not there was restored")
	}
}

// What is done to a restored database before it is put in place is in it; what
// refuses it leaves the folder as it was.
func TestRestorePrepares(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b")
	if err := open(t, newSQLite(t)).Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	c, no := newSQLite(t), errors.New("no")
	if err := Restore(t.Context(), file, c.Folder, func(*DB) error { return no }); !errors.Is(err, no) {
		t.Errorf("%v, want what prepare returned", err)
	}
	if left, _ := os.ReadDir(c.Folder); len(left) > 0 {
		t.Errorf("left behind %v", left)
	}
	err := Restore(t.Context(), file, c.Folder, func(db *DB) error { return db.SetMark(t.Context(), "prepared", "yes") })
	if err != nil {
		t.Fatal(err)
	}
	if got, err := open(t, c).Mark(t.Context(), "prepared"); got != "yes" || err != nil {
		t.Errorf("what prepare wrote: %q, %v", got, err)
	}
}

// Bytes that went wrong in a backup are noticed where they would break the
// database; the rest is for the digests of what is stored.
func TestRestoreOfAScratchedFileNeverPanics(t *testing.T) {
	db := open(t, newSQLite(t))
	appendOne(t, db.Shelf(), 0)
	file := filepath.Join(t.TempDir(), "b")
	if err := db.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		scratched := slices.Clone(whole)
		for range 1 + rand.IntN(40) {
			scratched[rand.IntN(len(scratched))] ^= byte(1 + rand.IntN(255))
		}
		if err := os.WriteFile(file, scratched, 0o600); err != nil {
			t.Fatal(err)
		}
		err := Restore(t.Context(), file, t.TempDir(), asItIs)
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
			t.Errorf("%v, want it restored or ErrDamaged", err)
		}
	}
}
