package store

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"yangguang/content"
	"yangguang/content/contenttest"
)

func TestSQLiteShelf(t *testing.T)   { runSuite(t, newSQLite) }
func TestPostgresShelf(t *testing.T) { runSuite(t, newPostgres) }

func runSuite(t *testing.T, database func(testing.TB) Config) {
	contenttest.Run(t, func(t *testing.T) content.Shelf { return damageable{open(t, database(t)).Shelf()} })
}

// damageable is a shelf that the suite can damage.
type damageable struct{ *Shelf }

func (d damageable) Damage(t *testing.T, edition int64) {
	var changes []byte
	err := d.db.sql.QueryRowContext(t.Context(), `select changes from editions where number = $1`, edition).Scan(&changes)
	if err != nil {
		t.Fatal(err)
	}
	changes[len(changes)/2] ^= 1
	tamper(t, d.db, `update editions set changes = $1 where number = $2`, changes, edition)
}

func TestShelfRefuses(t *testing.T) {
	whole := contenttest.Edition("e", 1)
	with := func(change func(*content.Edition)) content.Edition {
		e := contenttest.Edition("e", 1)
		change(&e)
		return e
	}
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		s := db.Shelf()
		for name, e := range map[string]content.Edition{
			"a put without a record":     with(func(e *content.Edition) { e.Changes[0].Record = nil }),
			"a record under another id":  with(func(e *content.Edition) { e.Changes[0].ID = "key_date/2022/other" }),
			"a type that does not exist": with(func(e *content.Edition) { e.Changes[0].ID = "planet/mars" }),
			"a note with a zero byte":    with(func(e *content.Edition) { e.Note = "a\x00b" }),
			"a note that is not UTF-8":   with(func(e *content.Edition) { e.Note = "\xff" }),
		} {
			if _, err := s.Append(t.Context(), 0, e); err == nil {
				t.Errorf("%s was taken", name)
			}
		}
		for n := range int64(3) {
			if _, err := s.Append(t.Context(), n, whole); err != nil {
				t.Fatal(err)
			}
		}
		tamper(t, db, `delete from editions where number = 2`)
		wantErr(t, s, 0, 3, ErrDamaged, "edition 2 is missing")
		tamper(t, db, `delete from editions where number = 3`)
		wantErr(t, s, 2, 3, ErrDamaged, "edition 3 is missing")

		// Still a good record, only not the one that was published.
		var changes []byte
		if err := db.sql.QueryRowContext(t.Context(), `select changes from editions`).Scan(&changes); err != nil {
			t.Fatal(err)
		}
		tamper(t, db, `update editions set changes = $1`, bytes.Replace(changes, []byte("11-20"), []byte("11-21"), 1))
		wantErr(t, s, 0, 1, ErrDamaged, "edition 1 does not match its digest")

		changes = []byte(`put planet [{"id":"planet/mars"}]` + "\n")
		tamper(t, db, `update editions set changes = $1, digest = $2 where number = 1`, changes, content.Digest(changes))
		wantErr(t, s, 0, 1, ErrNewer, "planet/mars")
	})
}

func wantErr(t *testing.T, s *Shelf, after, upto int64, want error, says string) {
	t.Helper()
	got, err := s.Editions(t.Context(), after, upto)
	if !errors.Is(err, want) || !strings.Contains(err.Error(), says) || got != nil {
		t.Errorf("editions (%d, %d]: %d, %v; want %v saying %q", after, upto, len(got), err, want, says)
	}
}

// The moment of an edition comes back to the millisecond, on China's clock,
// and Append says the same moment.
func TestShelfMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		s := open(t, c).Shelf()
		e := contenttest.Edition("e", 1)
		e.At = time.Date(2022, 9, 1, 16, 30, 0, 123_999_999, time.UTC)
		appended, err := s.Append(t.Context(), 0, e)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.Editions(t.Context(), 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		const want = "2022-09-02T00:30:00.123+08:00"
		if got := kept[0].At.Format(time.RFC3339Nano); got != want {
			t.Errorf("the edition is of %s, want %s", got, want)
		}
		if !appended.At.Equal(kept[0].At) {
			t.Errorf("append says %s, the shelf %s", appended.At, kept[0].At)
		}
	})
}

func BenchmarkHead(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *Shelf) {
		for b.Loop() {
			if _, err := s.Head(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B)     { benchAppend(b, 3) }
func BenchmarkAppend125k(b *testing.B) { benchAppend(b, 125_000) }

func benchAppend(b *testing.B, changes int) {
	e := contenttest.Edition("e", changes)
	benchBoth(b, func(b *testing.B, s *Shelf) {
		for n := int64(0); b.Loop(); n++ {
			if _, err := s.Append(b.Context(), n, e); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkEditions10k(b *testing.B)  { benchEditions(b, 10_000) }
func BenchmarkEditions125k(b *testing.B) { benchEditions(b, 125_000) }

func benchEditions(b *testing.B, changes int) {
	benchBoth(b, func(b *testing.B, s *Shelf) {
		if _, err := s.Append(b.Context(), 0, contenttest.Edition("large", changes)); err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Editions(b.Context(), 0, 1); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchBoth(b *testing.B, bench func(b *testing.B, s *Shelf)) {
	b.Run("SQLite", func(b *testing.B) { bench(b, open(b, newSQLite(b)).Shelf()) })
	b.Run("PostgreSQL", func(b *testing.B) { bench(b, open(b, newPostgres(b)).Shelf()) })
}
