// Package realtest gives tests the real programs beside the product: a
// PostgreSQL and a Redis that it starts, and where Chromium and Meilisearch are.
// Only tests import it.
//
// A test that asks for a program which is not installed is skipped. What is
// named in YANGGUANG_REQUIRE (postgres,chromium,redis) must be there: its tests fail
// instead. When YANGGUANG_REAL_PARTS names a file, every test process adds a
// line to it for each program its tests asked for, “real: PostgreSQL 15.18” or
// “not found: PostgreSQL”, so that a run shows what it really ran on. (The
// lines are missing from a run that go test answers from its cache.)
package realtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// part is a program that may be installed.
type part struct {
	word   string   // in YANGGUANG_REQUIRE
	title  string   // in the report
	places []string // names on PATH, or patterns of whole paths
	remark string   // in the report, after the version

	look sync.Once
	path string // empty: not found
}

var (
	postgres = &part{
		word: "postgres", title: "PostgreSQL", remark: " (fsync off, for speed)",
		places: []string{"/usr/lib/postgresql/*/bin/postgres", "postgres"},
	}
	chromium = &part{
		word: "chromium", title: "Chromium",
		places: []string{"chromium", "chromium-browser", "google-chrome"},
	}
	redis = &part{
		word: "redis", title: "Redis", places: []string{"redis-server"},
	}
	meilisearch = &part{word: "meilisearch", title: "Meilisearch", places: []string{"meilisearch"}}
)

// Chromium returns the path of the browser.
func Chromium(t testing.TB) string { t.Helper(); return chromium.find(t) }

// PostgresProgram returns the path of one of the programs beside the server,
// such as pg_dump.
func PostgresProgram(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(filepath.Dir(postgres.find(t)), name)
}

// Meilisearch returns the path of the search server.
func Meilisearch(t testing.TB) string { t.Helper(); return meilisearch.find(t) }

// HasMeilisearch reports whether the search server is installed, for a test
// that does without as well.
func HasMeilisearch() bool { return locate(meilisearch.places) != "" }

// find returns the path of the program, or ends the test.
func (p *part) find(t testing.TB) string {
	t.Helper()
	required := requirements(t)
	p.look.Do(func() {
		p.path = locate(p.places)
		report(t, p.line())
	})
	switch {
	case p.path != "":
	case slices.Contains(required, p.word):
		t.Fatalf("%s, and YANGGUANG_REQUIRE names it", p.line())
	default:
		t.Skip(p.line())
	}
	return p.path
}

// requirements reads YANGGUANG_REQUIRE. A word it does not know would require
// nothing, so it is refused.
func requirements(t testing.TB) []string {
	t.Helper()
	words := strings.FieldsFunc(os.Getenv("YANGGUANG_REQUIRE"), func(r rune) bool { return r == ',' || r == ' ' })
	for _, w := range words {
		if !slices.ContainsFunc([]*part{postgres, chromium, redis, meilisearch}, func(p *part) bool { return p.word == w }) {
			t.Fatalf("YANGGUANG_REQUIRE: there is no part %q", w)
		}
	}
	return words
}

// locate returns the first program found, of several versions the newest.
func locate(places []string) string {
	for _, place := range places {
		if found, _ := filepath.Glob(place); filepath.IsAbs(place) && len(found) > 0 {
			return slices.MaxFunc(found, func(a, b string) int { return lastNumber(a) - lastNumber(b) })
		}
		if path, err := exec.LookPath(place); err == nil {
			return path
		}
	}
	return ""
}

var (
	number  = regexp.MustCompile(`\d+`)
	version = regexp.MustCompile(`\d+(\.\d+)+`)
)

// lastNumber returns 15 for /usr/lib/postgresql/15/bin/postgres.
func lastNumber(path string) int {
	all := number.FindAllString(path, -1)
	if len(all) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(all[len(all)-1]) // digits, by the pattern
	return n
}

func (p *part) line() string {
	if p.path == "" {
		return "not found: " + p.title
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	says, err := exec.CommandContext(ctx, p.path, "--version").CombinedOutput()
	if err != nil {
		return fmt.Sprintf("real: %s of unknown version (%v)%s", p.title, err, p.remark)
	}
	return "real: " + p.title + " " + version.FindString(string(says)) + p.remark
}

// report adds the line in one write, so that the lines of test processes that
// run at once stay whole.
func report(t testing.TB, line string) {
	t.Helper()
	path := os.Getenv("YANGGUANG_REAL_PARTS")
	if path == "" {
		return
	}
	if !filepath.IsAbs(path) {
		t.Fatal("YANGGUANG_REAL_PARTS must be a whole path: every test process has a folder of its own")
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString(line + "\n")
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
