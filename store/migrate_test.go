package store

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
)

// The sums of the released migrations. A new one adds a line; a line never
// changes: databases out there have run that text.
var releasedSums = map[string]string{
	"0001_editions.sql":  "d3f17035b136d8337610ecb15a2dbcb76076e5b231a6a427ece82492b392ea91",
	"0002_marks.sql":     "e0371c873bc8d40a5ed3d6c091938baf5070441d490c0624522c190975c4cd3f",
	"0003_staff.sql":     "aabe297913d2b347fb470e29904d59cc81a3694cd1cd6f8abf640adf8cc24457",
	"0004_cases.sql":     "c7dc8367baec442d9a059905c00507378ef58ff0dca2c5ed97e0f0260f593245",
	"0005_leases.sql":    "27a4436c3dd4097cceaebda645578d94522079193c1039a2e5fb9d5c1eed73d1",
	"0006_evidence.sql":  "72e90089997764a7f219cfaafe2b467302fc48f7586b31533eb6dbd2fb01f041",
	"0007_talks.sql":     "8b748c932b6e7678685321395106012a563a97de7ad270d71a6abfcbe64ff772",
	"0008_outbox.sql":    "71edb4444081b51b7efefa9b001bff02bf20c11d3bdd4e796c97e8f3f9cb5ce4",
	"0009_waits.sql":     "4084630a81402422d0088d719938da3ba309076ccfbe3a430ce31f0714606a78",
	"0010_positions.sql": "8ea5b0a2b38c8f0a38ba65e3fc0bde510aa5cbdaee11de5b69fa95680a8aae46",
	"0011_sent.sql":      "7714e3eb1e1c15dc389dbf1dd9bdb4f41a230aac57c242cabcd3fd99a8a47f91",
}

func TestReleasedMigrations(t *testing.T) {
	for i, m := range released() {
		if prefix := fmt.Sprintf("%04d_", i+1); m.name[:5] != prefix {
			t.Errorf("migration %d is named %s, want %s…", i+1, m.name, prefix)
		}
		if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(m.text))); sum != releasedSums[m.name] {
			t.Errorf("%s has the sum %s, released was %q", m.name, sum, releasedSums[m.name])
		}
	}
}

// From whatever version a database comes, it ends with the same tables, and
// opening it again changes nothing.
func TestMigrateFromEachVersion(t *testing.T) {
	want := tables(t, open(t, newSQLite(t)))
	if len(want) < 3 {
		t.Fatalf("tables = %v", slices.Collect(maps.Keys(want)))
	}
	for version := range len(released()) + 1 {
		onBoth(t, func(t *testing.T, c Config) {
			old := unmigrated(t, c)
			if err := old.migrate(t.Context(), released()[:version]); err != nil {
				t.Fatal(err)
			}
			closeNow(t, old)
			for range 2 {
				db := openOnly(t, c)
				if got := tables(t, db); !maps.EqualFunc(got, want, slices.Equal) {
					t.Errorf("from version %d: %v\nwant %v", version, got, want)
				}
				closeNow(t, db)
			}
		})
	}
}

// unmigrated opens a database without its migrations.
func unmigrated(t *testing.T, c Config) *DB {
	t.Helper()
	db, err := openPostgres(c.URL)
	if c.URL == "" {
		db, err = openSQLite(t.Context(), c.Folder)
	}
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// tables returns the columns of every table, one form for both databases.
func tables(t *testing.T, db *DB) map[string][]string {
	t.Helper()
	query := `
		select m.name, c.name, lower(c.type), c."notnull" = 1 from sqlite_schema m join pragma_table_info(m.name) c
		where m.type = 'table' order by m.name, c.cid`
	if db.exclude != "" {
		query = `
		select table_name, column_name, data_type, is_nullable = 'NO' from information_schema.columns
		where table_schema = 'public' order by table_name, ordinal_position`
	}
	rows, err := db.sql.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() // rows.Err says it
	found := map[string][]string{}
	for rows.Next() {
		var table, column, kind string
		var notNull bool
		if err := rows.Scan(&table, &column, &kind, &notNull); err != nil {
			t.Fatal(err)
		}
		found[table] = append(found[table], fmt.Sprintln(column, kind, notNull))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNewerDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		appendOne(t, db.Shelf(), 0)
		tamper(t, db, `insert into migrations (number, name) values ($1, 'later.sql')`, len(released())+1)
		if _, err := Open(t.Context(), c); !errors.Is(err, ErrNewer) {
			t.Errorf("open: %v, want ErrNewer", err)
		}
		wantWhole(t, db, 0)
	})
}

// A migration that fails half-way leaves nothing of itself; put right, it
// applies.
func TestBrokenMigration(t *testing.T) {
	half := migration{"9999_half.sql", `create table half (n bigint); insert into half (n) values (1); create table shelf (n bigint)`}
	right := migration{"9999_half.sql", `create table half (n bigint)`}
	onBoth(t, func(t *testing.T, c Config) {
		db := open(t, c)
		before := tables(t, db)
		if err := db.migrate(t.Context(), append(released(), half)); err == nil {
			t.Fatal("a broken migration was applied")
		}
		if after := tables(t, db); !maps.EqualFunc(after, before, slices.Equal) {
			t.Errorf("after a broken migration: %v\nwant %v", after, before)
		}
		if err := db.migrate(t.Context(), append(released(), right)); err != nil {
			t.Error(err)
		}
	})
}

// Several that start at once on an empty database migrate it once.
func TestMigrateAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, c Config) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				db, err := Open(t.Context(), c)
				if err != nil {
					t.Error(err)
					return
				}
				closeNow(t, db)
			})
		}
		all.Wait()
	})
}
