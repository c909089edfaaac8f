package store

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
	"yangguang/complaint/evidence"
	"yangguang/complaint/evidence/evidencetest"
	"yangguang/complaint/seal"
)

func TestSQLiteVault(t *testing.T)   { runVault(t, newSQLite) }
func TestPostgresVault(t *testing.T) { runVault(t, newPostgres) }

func runVault(t *testing.T, database func(testing.TB) Config) {
	evidencetest.Run(t, func(t *testing.T) evidence.Vault { return open(t, database(t)).Vault() })
}

// Files leave room for words: where the disk is nearly full none is begun or
// goes on, and a complaint is still filed.
func TestFilesLeaveRoomForWords(t *testing.T) {
	db := open(t, newSQLite(t))
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	cabinet := evidence.NewCabinet(db.Vault(), ring, db.Book(), time.Now)
	key := ring.Mint("draft")
	pdf := func() io.Reader { return strings.NewReader("%PDF-1.7\n") }
	if _, err := cabinet.Take(t.Context(), key, pdf()); err != nil {
		t.Fatal(err)
	}
	db.spare = 1 << 62
	var refused *evidence.Refused
	if _, err := cabinet.Take(t.Context(), key, pdf()); !errors.As(err, &refused) || refused.Why != evidence.NoRoom {
		t.Errorf("a file on a nearly full disk: %v", err)
	}
	if err := db.Vault().Put(t.Context(), evidence.Chunk{}); !errors.As(err, &refused) {
		t.Errorf("a chunk on a nearly full disk: %v", err)
	}
	if _, err := db.Book().File(t.Context(), complainttest.Filing(1, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})); err != nil {
		t.Errorf("words on a nearly full disk: %v", err)
	}
}

// Drafts keep no more than so much together: then their files wait, those of a
// case do not, and words are filed. What is filed or given up makes room.
func TestDraftsTogetherKeepSoMuch(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		cabinet := evidence.NewCabinet(db.Vault(), ring, db.Book(), func() time.Time { return now })
		take := func(draft string, n int) error {
			now = now.Add(unsentLasts)
			_, err := cabinet.Take(t.Context(), ring.Mint(draft), strings.NewReader("%PDF-1.7\n"+strings.Repeat("x", n)))
			return err
		}
		db.unsent.most = 5000
		filing := complainttest.Filing(1, complaint.Route{Unit: "410800", Lane: complaint.Ordinary})
		for i, draft := range []string{filing.Draft, "b", "c"} {
			if err := take(draft, 2000+i); err != nil {
				t.Fatal(err)
			}
		}
		full := func(draft, when string) {
			t.Helper()
			var refused *evidence.Refused
			if err := take(draft, 10); !errors.As(err, &refused) || refused.Why != evidence.NoRoom {
				t.Errorf("%s: %v", when, err)
			}
		}
		full("d", "a file more")
		full(filing.Draft, "of a draft that has some")
		if _, err := db.Book().File(t.Context(), filing); err != nil {
			t.Fatalf("words: %v", err)
		}
		if err := take("d", 1500); err != nil {
			t.Errorf("after one was filed: %v", err)
		}
		full("e", "full again")
		if err := take(filing.Draft, 20); err != nil {
			t.Errorf("of the case: %v", err)
		}
		if err := cabinet.Drop(t.Context(), "b"); err != nil {
			t.Fatal(err)
		}
		if err := take("e", 30); err != nil {
			t.Errorf("after one was given up: %v", err)
		}
	})
}

// What a file betrays stands nowhere in the database, and a file that was
// dropped leaves no rows.
func TestTheVaultShowsNothingInPlainText(t *testing.T) {
	const marker = "张三-N35.2391,E113.2418"
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 640, 480)), nil); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xff, 0xfe, 0, byte(len(marker) + 2)}, marker...)
	files := [][]byte{
		slices.Concat(photo.Bytes()[:2], comment, photo.Bytes()[2:], []byte(marker)),
		append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte(marker), 30_000)...),
	}
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
		if err != nil {
			t.Fatal(err)
		}
		cabinet := evidence.NewCabinet(db.Vault(), ring, db.Book(), time.Now)
		key := ring.Mint("draft")
		f := complaint.Folder{Key: key}
		for _, file := range files {
			e, err := cabinet.Take(t.Context(), key, bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			f.Evidence, f.Opened = append(f.Evidence, e), e.ID
			o, err := cabinet.Original(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(o); err != nil || !bytes.Equal(got, file) {
				t.Errorf("%d bytes of %d came back, %v", len(got), len(file), err)
			}
		}
		clean, err := cabinet.Picture(t.Context(), f, f.Evidence[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(clean); err != nil || bytes.Contains(got, []byte(marker)) {
			t.Errorf("the clean copy: %v, or the marker is in it", err)
		}
		for _, stored := range everything(t, db, c) {
			if bytes.Contains(stored, []byte(marker)) {
				t.Error("the marker stands in the database")
			}
		}
		if err := cabinet.Drop(t.Context(), "draft"); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"evidence", "evidence_chunks", "evidence_drafts"} {
			var rows int
			if err := db.sql.QueryRowContext(t.Context(), `select count(*) from `+table).Scan(&rows); err != nil || rows != 0 {
				t.Errorf("%s holds %d rows, %v", table, rows, err)
			}
		}
	})
}

// everything returns the bytes of the database: its files, or of a server what
// is sealed.
func everything(t *testing.T, db *DB, c Config) (out [][]byte) {
	t.Helper()
	if c.URL == "" {
		entries, err := os.ReadDir(c.Folder)
		if err != nil || len(entries) < 2 {
			t.Fatalf("%v, %v", entries, err)
		}
		for _, e := range entries {
			b, err := os.ReadFile(filepath.Join(c.Folder, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, b)
		}
		return out
	}
	rows, err := db.sql.QueryContext(t.Context(), `select sealed from evidence_chunks`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	if err := rows.Err(); err != nil || len(out) < 5 {
		t.Fatalf("%d chunks, %v", len(out), err)
	}
	return out
}
