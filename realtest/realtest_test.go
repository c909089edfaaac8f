package realtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLocate(t *testing.T) {
	dir := t.TempDir()
	for _, v := range []string{"9", "15", "13"} {
		touch(t, filepath.Join(dir, v, "bin", "postgres"))
	}
	touch(t, filepath.Join(dir, "path", "redis-server"))
	t.Setenv("PATH", filepath.Join(dir, "path"))
	for _, c := range []struct{ name, place, want string }{
		{"the newest version, by number", dir + "/*/bin/postgres", dir + "/15/bin/postgres"},
		{"on PATH", "redis-server", dir + "/path/redis-server"},
		{"nowhere", "chromium", ""},
	} {
		if got := locate([]string{"absent", c.place}); got != c.want {
			t.Errorf("%s: locate(%q) = %q, want %q", c.name, c.place, got, c.want)
		}
	}
}

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
}

// fate runs a test that needs p and tells how it ended.
func fate(p *part) string {
	var inner recorder
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.find(&inner)
	}()
	<-done
	return inner.fate
}

// recorder is a test that may fail or be skipped without this one following.
type recorder struct {
	testing.TB
	fate string
}

func (r *recorder) Helper()               {}
func (r *recorder) Fatalf(string, ...any) { r.end("failed") }
func (r *recorder) Skip(...any)           { r.end("skipped") }
func (r *recorder) end(how string)        { r.fate = how; runtime.Goexit() }

func TestMissing(t *testing.T) {
	lines := filepath.Join(t.TempDir(), "real")
	t.Setenv("YANGGUANG_REAL_PARTS", lines)
	missing := func() *part { return &part{word: "redis", title: "Redis", places: []string{"no-such-program"}} }
	for _, c := range []struct{ require, want string }{
		{"", "skipped"}, {"postgres", "skipped"}, {"postgres,redis", "failed"}, {"redsi", "failed"},
	} {
		t.Setenv("YANGGUANG_REQUIRE", c.require)
		if got := fate(missing()); got != c.want {
			t.Errorf("with YANGGUANG_REQUIRE=%s the test is %s, want %s", c.require, got, c.want)
		}
	}
	got, err := os.ReadFile(lines)
	if want := strings.Repeat("not found: Redis\n", 3); err != nil || string(got) != want {
		t.Errorf("reported %q, %v; want %q", got, err, want)
	}
}

// TestServerStops kills a process that has a server: the server must follow.
func TestServerStops(t *testing.T) {
	switch os.Getenv("REALTEST_HOLD") {
	case "postgres":
		os.Stdout.WriteString("at " + Postgres(t) + "\n") // the reader fails
		select {}
	case "redis":
		os.Stdout.WriteString("at host=" + Redis(t).Folder() + "\n")
		select {}
	}
	for _, p := range []*part{postgres, redis} {
		t.Run(p.word, func(t *testing.T) { p.find(t); stops(t, p.word) })
	}
}

func stops(t *testing.T, which string) {
	child := exec.Command(os.Args[0], "-test.run=^TestServerStops$")
	child.Env = append(os.Environ(), "REALTEST_HOLD="+which)
	says, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 200)
	n, err := says.Read(buf)
	_, folder, found := strings.Cut(strings.TrimSpace(string(buf[:n])), "host=")
	if err != nil || !found {
		t.Fatalf("the child says %q, %v", buf[:n], err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait() // it was killed
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		_, err := os.Stat(folder)
		if os.IsNotExist(err) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s is still there: %v", folder, err)
		}
	}
	if left := processesNaming(t, folder); len(left) > 0 {
		t.Errorf("still running: %q", left)
	}
}

// processesNaming returns the command lines that have the word in them.
func processesNaming(t *testing.T, word string) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range files {
		if line, err := os.ReadFile(f); err == nil { // else it has just ended
			lines = append(lines, string(line))
		}
	}
	return slices.DeleteFunc(lines, func(line string) bool { return !strings.Contains(line, word) })
}
