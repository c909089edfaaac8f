//go:build linux

package main

import (
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/realtest"
)

// trouble is something because of which nothing can be kept.
type trouble struct {
	begin, end func(t *testing.T)
	folder     string
}

// fullDisk leaves no byte on the disk of the data folder.
func fullDisk(t *testing.T) trouble {
	disk := realtest.SmallDisk(t, "24m")
	rest := filepath.Join(disk, "rest")
	return trouble{
		folder: filepath.Join(disk, "data"),
		begin:  func(t *testing.T) { realtest.Stuff(t, rest) },
		end:    func(t *testing.T) { must(t, os.Remove(rest)) },
	}
}

// lockedDatabase is another program that holds the database.
func lockedDatabase(t *testing.T) trouble {
	folder := t.TempDir()
	var other *sql.DB
	var held *sql.Tx
	return trouble{
		folder: folder,
		begin: func(t *testing.T) {
			var err error
			other, err = sql.Open("sqlite", "file:"+filepath.Join(folder, "yangguang.db")+"?_txlock=immediate")
			must(t, err)
			held, err = other.BeginTx(t.Context(), nil)
			must(t, err)
		},
		end: func(t *testing.T) {
			must(t, held.Rollback())
			must(t, other.Close())
		},
	}
}

// Where nothing can be kept the page says so, shows what was typed and no
// receipt; the same press afterwards files the complaint once. Nobody who reads
// notices.
func TestWhereNothingCanBeKept(t *testing.T) {
	for name, of := range map[string]func(*testing.T) trouble{"the disk is full": fullDisk, "the database is locked": lockedDatabase} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			it := of(t)
			p := startOn(t, it.folder)
			c := p.citizen(t)
			c.open("/complain")
			c.press("start", map[string]string{"text": pupil})
			c.fill(given(nil), "summary")
			action, form := c.form()
			form.Set("press", "submit")

			it.begin(t)
			c.post(action, form)
			c.refused(t)
			late := p.citizen(t)
			late.open("/complain")
			late.press("start", map[string]string{"text": pupil})
			late.refused(t)
			if !strings.Contains(late.page.body, pupil) {
				t.Error("what was typed is gone")
			}
			for _, path := range []string{"/", "/targets/2022", "/search?q=wuzhi", "/complain", "/healthz"} {
				if a := p.get(t, path); a.status != http.StatusOK {
					t.Errorf("%s: status %d", path, a.status)
				}
			}
			it.end(t)

			c.post(action, form)
			number, receipt := c.shown()
			c.post(action, form)
			if again, code := c.shown(); again != number || code != receipt {
				t.Errorf("pressed once more: %s, then %s", number, again)
			}
			if got := c.follows(receipt); strings.Count(got, pupil) != 1 {
				t.Errorf("the receipt opens %s", got)
			}
			it.begin(t)
			c.post("/receipt", url.Values{"code": {receipt}}) // reading needs no room
			if c.page.status != http.StatusOK {
				t.Errorf("following it: status %d", c.page.status)
			}
			it.end(t)
			p.stop()
			if n := casesIn(t, it.folder); n != 1 {
				t.Errorf("%d cases", n)
			}
		})
	}
}

// refused checks that the last page says that nothing was kept.
func (c *citizen) refused(t *testing.T) {
	t.Helper()
	said := seen(c.page.body)
	if c.page.status != http.StatusServiceUnavailable || !strings.Contains(said, "没有存下") || !strings.Contains(said, "12345") {
		t.Errorf("status %d, says %s", c.page.status, said)
	}
	if receiptShown.MatchString(c.page.body) || numberShown.MatchString(said) {
		t.Errorf("it shows a receipt or a number: %s", said)
	}
}
