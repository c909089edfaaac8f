package main

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What fails for a while is two lines in the log, however often it was tried.
func TestASpellOfTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := &spell{log: slog.New(slog.NewTextHandler(&log, nil)), what: "looking"}
		away := errors.New("away")
		for _, err := range []error{nil, nil, away, away, errors.New("another"), away, nil, nil, away} {
			s.note(err)
			time.Sleep(time.Second)
		}
		lines := strings.Split(strings.TrimSpace(log.String()), "\n")
		if len(lines) != 3 {
			t.Fatalf("%d lines: %s", len(lines), log.String())
		}
		for i, want := range []string{"level=ERROR", "lasted=4s", "level=ERROR"} {
			if !strings.Contains(lines[i], want) {
				t.Errorf("line %d: %s, want %s", i, lines[i], want)
			}
		}
	})
}
