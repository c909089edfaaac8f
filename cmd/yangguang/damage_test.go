package main

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"yangguang/complaint"
	"yangguang/complaint/complainttest"
)

// A damaged case is logged once however often it is met, and never by its number.
func TestADamagedCaseIsLoggedOnce(t *testing.T) {
	var log bytes.Buffer
	d := &damage{log: slog.New(slog.NewJSONHandler(&log, nil))}
	one, other := complainttest.Number(1), complainttest.Number(2)
	for range 3 {
		d.met(&complaint.Damaged{Number: one, Why: errors.New("the chain is broken")})
	}
	d.met(&complaint.Damaged{Number: other, Why: errors.New("no route")})
	if got := d.all(); len(got) != 2 || !slices.Contains(got, one.Alias()) {
		t.Errorf("known: %v", got)
	}
	if lines := strings.Count(log.String(), "\n"); lines != 2 || strings.Contains(log.String(), string(one)) || !strings.Contains(log.String(), one.Alias()) {
		t.Errorf("%d lines: %s", lines, log.String())
	}
}
