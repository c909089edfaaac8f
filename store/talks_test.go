package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/bottest"
	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/evidence"
	"yangguang/staff"
)

func TestTalks(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		bottest.Run(t, func(t *testing.T) bot.Sessions {
			fresh := newSQLite(t)
			if c.URL != "" {
				fresh = newPostgres(t)
			}
			return open(t, fresh).Talks()
		})
	})
}

// A backup holds no draft, no key of one and no session of the desk, not even in
// pages that are free.
func TestABackupHasNoDrafts(t *testing.T) {
	db := open(t, newSQLite(t))
	marker := bytes.Repeat([]byte("DRAFT4711"), 600)
	kept := bot.Session{
		Revision: 1, Draft: "d", Key: complaint.Key{Of: "d", Wrapped: []byte("KEY4711")}, Sealed: marker, Seen: []string{"e"},
		Expires: time.Now().Add(time.Hour),
	}
	if err := db.Talks().Commit(t.Context(), "conv", kept); err != nil {
		t.Fatal(err)
	}
	filed := complainttest.Filing(1, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})
	if _, err := db.Book().File(t.Context(), filed); err != nil {
		t.Fatal(err)
	}
	session := staff.Session{Hash: []byte("DESK4711"), Officer: "vet-1", Began: time.Now(), Seen: time.Now()}
	if err := db.Roll().Begin(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	keepFile(t, db, "d", marker)
	ofCase := keepFile(t, db, filed.Draft, []byte("of the case"))
	path := filepath.Join(t.TempDir(), "backup")
	if err := db.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil || bytes.Contains(file, []byte("4711")) {
		t.Errorf("the backup holds the draft or the session, %v", err)
	}
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 {
		t.Errorf("beside the backup: %v, %v", left, err)
	}
	folder := t.TempDir()
	if err := Restore(t.Context(), path, folder, func(db *DB) error {
		if _, err := db.Talks().Load(t.Context(), "conv"); !errors.Is(err, bot.ErrNone) {
			t.Errorf("restored: %v, want ErrNone", err)
		}
		if kept, err := db.Vault().Kept(t.Context(), "d"); err != nil || len(kept) > 0 {
			t.Errorf("files of the draft: %v, %v", kept, err)
		}
		c, err := db.Vault().Chunk(t.Context(), filed.Draft, ofCase)
		if err != nil || string(c.Sealed) != "of the case" {
			t.Errorf("the file of the case: %q, %v", c.Sealed, err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// keepFile keeps a file of one chunk with a draft.
func keepFile(t *testing.T, db *DB, draft string, sealed []byte) evidence.Place {
	t.Helper()
	v, at := db.Vault(), evidence.Place{File: "file-" + draft, Copy: evidence.Original}
	e := complaint.Evidence{ID: at.File, Kind: complaint.PDF, Size: 1, SHA256: strings.Repeat("0", 64)}
	err := v.Begin(t.Context(), draft, at.File, time.Now())
	if err == nil {
		err = v.Put(t.Context(), evidence.Chunk{Place: at, Last: true, Sealed: sealed})
	}
	if err == nil {
		_, err = v.Keep(t.Context(), draft, e, 9, time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	return at
}
