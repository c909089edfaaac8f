package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var writeCorpus = flag.Bool("write", false, "write what check says of the corpus anew")

const (
	corpusFolder = "../../content/sheet/testdata/sheets"
	corpusShapes = "../../content/sheet/testdata/shapes.txt"
)

// What check says of each table of the corpus stands beside it. Written anew,
// and then read by a person:
//
//	go test ./cmd/yangguang -run TestCorpus -args -write
func TestCorpus(t *testing.T) {
	args := corpusArgs(t)
	t.Chdir(corpusFolder)
	files, err := filepath.Glob("*.[xc]*")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".json") {
			continue
		}
		t.Run(file, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			words := append([]string{"check", file, "--json", "--now", "2026-12-31", "--data", t.TempDir()}, args[file]...)
			code := run(t.Context(), words, none, &stdout, &stderr)
			got := strings.NewReplacer(`},{`, "},\n {", `"records":[`, "\n\"records\":[\n ", `],"problems":[`, "],\n\"problems\":[\n ", `],"leaks":[`, "],\n\"leaks\":[").
				Replace(stdout.String()+stderr.String()) + "exit " + string(rune('0'+code)) + "\n"
			golden := file + ".json"
			if *writeCorpus {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || got != string(want) {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// corpusArgs are what shapes.txt says to give check beside the file.
func corpusArgs(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(corpusShapes)
	if err != nil {
		t.Fatal(err)
	}
	args, file := map[string][]string{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "=== "); ok {
			file = name
		}
		if rest, ok := strings.CutPrefix(line, "!args "); ok {
			args[file] = strings.Fields(rest)
		}
	}
	return args
}
