package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/content"
)

// These stand in the bundled notice: all units, all counties, and 武陟县 in
// targets.csv D5, annex 1 B6.
const bundledTotal, bundledCounties, bundledWuzhi = 16164, 11644, 3300

// changed writes the bundled pack to a folder, with old words replaced by new
// ones in the files whose name ends so.
func changed(t *testing.T, ending string, oldNew ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, content.Bundled()); err != nil {
		t.Fatal(err)
	}
	replace(t, dir, ending, oldNew...)
	return dir
}

func replace(t *testing.T, dir, ending string, oldNew ...string) {
	t.Helper()
	words := strings.NewReplacer(oldNew...)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ending) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(words.Replace(string(text))), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// withMore is the bundled pack where 武陟县 recruits more, in every file.
func withMore(t *testing.T, more int) string {
	t.Helper()
	var oldNew []string
	for _, n := range []int{bundledTotal, bundledCounties, bundledWuzhi} {
		oldNew = append(oldNew, strconv.Itoa(n), strconv.Itoa(n+more))
	}
	return changed(t, "", oldNew...)
}

// A pack that contradicts the document stops the start, with the cell of the
// sheet and the cell of the annex; what was published stays.
func TestBrokenPackStopsTheStart(t *testing.T) {
	wrong := changed(t, "targets.csv", "武陟县,3300", "武陟县,3301")
	whole := t.TempDir()
	if code, _, said := once("publish", "--data", whole); code != 0 {
		t.Fatalf("the bundled pack: %d, %s", code, said)
	}
	for name, data := range map[string]string{"empty folder": t.TempDir(), "published before": whole} {
		for _, command := range []string{"serve", "publish"} {
			code, _, said := once(command, "--addr", "127.0.0.1:0", "--data", data, "--content", wrong)
			if code != 1 {
				t.Errorf("%s, %s: exit status %d, want 1", command, name, code)
			}
			for _, want := range []string{"targets.csv D5", "附件1 B6", "3301", "3300"} {
				if !strings.Contains(said, want) {
					t.Errorf("%s, %s: it does not say %s: %s", command, name, want, said)
				}
			}
		}
	}
	checkWhole(t, startOn(t, whole), 1, 0)
}

// A changed pack that is published beside a running site is on its pages about
// a second later; the old edition can still be read.
func TestPublishBesideARunningSite(t *testing.T) {
	p := start(t)
	checkWhole(t, p, 1, 0)
	published := time.Now()
	if code, _, said := once("publish", "--data", p.data, "--content", withMore(t, 7), "--note", "武陟县多招七人"); code != 0 {
		t.Fatalf("publish: %d, %s", code, said)
	}
	eventually(t, 10*time.Second, "the new number is on the page", func() bool {
		return strings.Contains(p.get(t, "/targets/2022").body, ">3307</data>")
	})
	t.Logf("publishing and following took %v", time.Since(published).Round(time.Millisecond))
	checkWhole(t, p, 2, 7)
	eventually(t, 10*time.Second, "search finds the new number", func() bool {
		return strings.Contains(p.get(t, "/api/v1/search?q=wuzhi").body, "3307 人")
	})
	for path, want := range map[string]string{
		"/targets/2022?edition=1":      ">3300</data>",
		"/targets/2022.json?edition=1": `"value":3300`,
		"/targets/2022.csv?edition=1":  ",3300,",
	} {
		if old := p.get(t, path); old.status != 200 || !strings.Contains(old.body, want) || strings.Contains(old.body, "3307") {
			t.Errorf("%s answers %d and does not show %s alone", path, old.status, want)
		}
	}
	code, says, _ := once("publish", "--data", p.data, "--content", withMore(t, 7))
	if code != 0 || !strings.Contains(says, "没有要发布的") {
		t.Errorf("the same pack again: %d, %s", code, says)
	}
}

// checkWhole: the site shows this edition whole, in which 武陟县 recruits so
// many more than in the bundled notice, and everything adds up.
func checkWhole(t *testing.T, p *program, edition, more int) {
	t.Helper()
	if got, want := p.get(t, "/readyz").body, `"edition":`+strconv.Itoa(edition); !strings.Contains(got, want) {
		t.Errorf("/readyz says %s, want %s", got, want)
	}
	page := p.get(t, "/targets/2022").body
	for _, n := range []int{bundledTotal + more, bundledWuzhi + more} {
		if !strings.Contains(page, ">"+strconv.Itoa(n)+"</data>") {
			t.Errorf("the page of targets does not show %d", n)
		}
	}
	if !strings.Contains(page, "合计相符") {
		t.Error("the targets do not add up to the total")
	}
	for _, path := range []string{"/", "/policies/jiaojiaowen-2022-48", "/calendar/2022", "/faq", "/verify"} {
		if a := p.get(t, path); a.status != 200 {
			t.Errorf("%s answers %d", path, a.status)
		}
	}
}
