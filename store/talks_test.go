package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yangguang/bot"
	"yangguang/bot/bottest"
	"yangguang/complaint"
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

// A backup holds no draft and no key of one, not even in pages that are free.
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
	path := filepath.Join(t.TempDir(), "backup")
	if err := db.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil || bytes.Contains(file, []byte("4711")) {
		t.Errorf("the backup holds the draft, %v", err)
	}
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 {
		t.Errorf("beside the backup: %v, %v", left, err)
	}
	folder := t.TempDir()
	if err := Restore(t.Context(), path, folder, func(db *DB) error {
		if _, err := db.Talks().Load(t.Context(), "conv"); !errors.Is(err, bot.ErrNone) {
			t.Errorf("restored: %v, want ErrNone", err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}
