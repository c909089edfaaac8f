package main

import (
	"log/slog"
	"slices"
	"sync"

	"yangguang/complaint"
)

// damage is what is known of cases that cannot be read, since this program
// started. Of each it says so once in the log; how many there are is a metric,
// and the desk names them to administrators.
type damage struct {
	log *slog.Logger

	mu      sync.Mutex
	aliases []string
}

// met notes a damaged case.
func (d *damage) met(one *complaint.Damaged) {
	d.mu.Lock()
	defer d.mu.Unlock()
	alias := one.Number.Alias()
	if slices.Contains(d.aliases, alias) {
		return
	}
	d.aliases = append(d.aliases, alias)
	d.log.Error("a case cannot be read and is passed over", "case", alias, "error", one.Why)
}

// all names the cases.
func (d *damage) all() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(slices.Values(d.aliases))
}
