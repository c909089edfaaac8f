//go:build linux

package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"yangguang/complaint"
	"yangguang/content/contenttest"
	"yangguang/realtest"
)

// On a full disk an append says so and stores nothing; what stands can be read
// on, even by a program started then; with room again it works as before.
func TestFullDisk(t *testing.T) {
	disk := realtest.SmallDisk(t, "4m")
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	c := Config{Folder: filepath.Join(disk, "data")}
	db := openOnly(t, c)
	head := fill(t, db.Shelf())
	wantFull(t, db.Shelf(), head)
	closeNow(t, db)

	realtest.Stuff(t, filepath.Join(disk, "rest"))
	db = openOnly(t, c)
	wantFull(t, db.Shelf(), head)
	if _, err := Open(t.Context(), Config{Folder: filepath.Join(disk, "new")}); !errors.Is(err, ErrFull) {
		t.Errorf("open a new database: %v, want ErrFull", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	appendOne(t, db.Shelf(), head)
	wantWhole(t, db, 0)
	closeNow(t, db)
}

// fill appends until there is no room, and returns the head.
func fill(t *testing.T, s *Shelf) (head int64) {
	t.Helper()
	for head = range int64(10_000) {
		_, err := s.Append(t.Context(), head, contenttest.Edition("filling", 40))
		if errors.Is(err, ErrFull) {
			return head
		}
		if err != nil {
			t.Fatalf("append after %d: %v, want ErrFull in the end", head, err)
		}
	}
	t.Fatal("the disk never fills")
	return 0
}

func wantFull(t *testing.T, s *Shelf, head int64) {
	t.Helper()
	if _, err := s.Append(t.Context(), head, contenttest.Edition("too large", 4000)); !errors.Is(err, ErrFull) {
		t.Errorf("append on a full disk: %v, want ErrFull", err)
	}
	if got := wantWhole(t, s.db, 0); got != head {
		t.Errorf("the head is %d, want %d", got, head)
	}
}

// On a full disk filing says that nothing was kept, and nothing is; what was
// acknowledged stays. With room again the same draft is filed.
func TestFilingOnAFullDisk(t *testing.T) {
	disk := realtest.SmallDisk(t, "4m")
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	db := open(t, Config{Folder: filepath.Join(disk, "data")})
	o, ring := office(db.Book())
	long := bytes.Repeat([]byte("全"), 3000)
	kept := 0
	var err error
	for ; kept < 10_000 && err == nil; kept++ {
		d := draft(ring, fmt.Sprint("full-", kept))
		d.Words = long
		_, err = o.File(t.Context(), d)
	}
	kept--
	if !errors.Is(err, complaint.ErrNotKept) || !errors.Is(err, ErrFull) {
		t.Fatalf("after %d cases: %v, want ErrNotKept for ErrFull", kept, err)
	}
	wantCases(t, db.Book(), kept)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for i := range kept + 1 {
		f, err := o.File(t.Context(), draft(ring, fmt.Sprint("full-", i)))
		if err != nil || f.Again != (i < kept) {
			t.Errorf("draft %d of %d filed again: %+v, %v", i, kept, f, err)
		}
	}
	wantCases(t, db.Book(), kept+1)
	wantWhole(t, db, 0)
}

func TestFolderNotWritable(t *testing.T) {
	disk, protect := t.TempDir(), protectFolders
	if os.Getuid() == 0 { // whom no file mode stops
		disk, protect = realtest.SmallDisk(t, "1m"), protectDisk
	}
	folder := filepath.Join(disk, "data")
	db := openOnly(t, Config{Folder: folder})
	appendOne(t, db.Shelf(), 0)
	closeNow(t, db)
	protect(t, disk, folder)
	for _, folder := range []string{folder, filepath.Join(disk, "new")} {
		if _, err := Open(t.Context(), Config{Folder: folder}); !errors.Is(err, ErrDenied) {
			t.Errorf("open %s: %v, want ErrDenied", filepath.Base(folder), err)
		}
	}
}

func protectFolders(t *testing.T, disk, folder string) {
	for _, f := range []string{folder, disk} {
		if err := os.Chmod(f, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(f, 0o700) }) // for the removal of the folder
	}
}

func protectDisk(t *testing.T, disk, _ string) {
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}

func TestBackupToAFullDisk(t *testing.T) {
	c := newSQLite(t)
	db := open(t, c)
	if _, err := db.Shelf().Append(t.Context(), 0, contenttest.Edition("large", 3000)); err != nil {
		t.Fatal(err)
	}
	disk := realtest.SmallDisk(t, "256k")
	if err := db.Backup(t.Context(), filepath.Join(disk, "b")); !errors.Is(err, ErrFull) {
		t.Errorf("%v, want ErrFull", err)
	}
	if left, _ := os.ReadDir(disk); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
