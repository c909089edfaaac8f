package store

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"yangguang/complaint"
	"yangguang/complaint/evidence"
	"yangguang/complaint/seal"
)

func vaultRing() *seal.Ring {
	ring, err := seal.New(bytes.Repeat([]byte{7}, seal.KeySize))
	if err != nil {
		panic(err)
	}
	return ring
}

// playSender sends files of some chunks to drafts of its own, and says the
// draft's wrapped key with each file once it is kept.
func playSender(ctx context.Context, db *DB, times int) error {
	ring := vaultRing()
	cabinet := evidence.NewCabinet(db.Vault(), ring, db.Book(), time.Now)
	for i := 0; times == 0 || i < times; i++ {
		draft := fmt.Sprintf("p%d-%d", os.Getpid(), i)
		key := ring.Mint(draft)
		e, err := cabinet.Take(ctx, key, bytes.NewReader(sentFile(draft)))
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stdout, "%s %x %s\n", draft, key.Wrapped, e.ID)
	}
	return nil
}

// sentFile is the file of a draft, of a little over three chunks.
func sentFile(draft string) []byte {
	return append([]byte("#!AMR\n"), bytes.Repeat([]byte(draft+" "), 800_000/len(draft))...)
}

// Whoever is killed while files arrive: a file that was said to be kept is
// whole, and of the one that was arriving nothing counts and nothing stays.
func TestKilledWhileFilesArrive(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		cabinet := evidence.NewCabinet(db.Vault(), vaultRing(), db.Book(), func() time.Time { return time.Now().Add(2 * time.Hour) })
		said, cutOff := 0, 0
		for range 6 {
			p := startChild(t, c, "send", 0, nil)
			alive := time.AfterFunc(time.Duration(300+rand.IntN(200))*time.Millisecond, func() { _ = p.cmd.Process.Kill() })
			for p.says.Scan() {
				var draft, id string
				key := complaint.Key{}
				if n, _ := fmt.Sscanf(p.says.Text(), "%s %x %s", &draft, &key.Wrapped, &id); n < 3 {
					break // the last line was cut
				}
				key.Of = draft
				said++
				kept, err := db.Vault().Kept(t.Context(), draft)
				if err != nil || len(kept) != 1 || kept[0].ID != id {
					t.Fatalf("of %s are kept %+v, %v", draft, kept, err)
				}
				o, err := cabinet.Original(t.Context(), complaint.Folder{Key: key, Evidence: kept, Opened: id})
				if err != nil {
					t.Fatal(err)
				}
				if got, err := io.ReadAll(o); err != nil || !bytes.Equal(got, sentFile(draft)) {
					t.Fatalf("%s came back as %d bytes, %v", draft, len(got), err)
				}
			}
			alive.Stop()
			_ = p.cmd.Wait() // it was killed
			n, err := cabinet.Sweep(t.Context())
			if err != nil || n > 1 {
				t.Errorf("swept %d files, %v", n, err)
			}
			cutOff += n
		}
		if said == 0 {
			t.Error("nothing was kept before a kill")
		}
		var astray int
		row := db.sql.QueryRowContext(t.Context(), `select count(*) from evidence_chunks where file not in (select id from evidence where kept_at > 0)`)
		if err := row.Scan(&astray); err != nil || astray != 0 {
			t.Errorf("%d chunks of files that are not kept are left, %v", astray, err)
		}
		t.Logf("%d files kept, %d cut off", said, cutOff)
	})
}
