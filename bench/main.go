// Command bench measures the program beside what it is compared with: nginx
// for pages and the start, html/template for a page made for its request,
// Groonga, bleve and Meilisearch for the search, the disk for an accepted
// complaint, PostgreSQL for the queue and Redis' own commands for a step of a
// conversation.
//
// Each comparison (page.go, render.go, start.go, search.go, build.go,
// served.go, file.go, queue.go, dialog.go) starts both sides on the loopback and
// lets them work in turn, round by round, so that a busy moment of the machine
// meets both. A round gives one pair of figures; what is printed is the median
// of the pairs' ratios, for absolute figures belong to the machine. What cannot
// be measured is printed by name. Nothing here passes or fails by a figure.
//
// The script beside it (run) builds both programs and starts this one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// bench is one run: where the program to measure is, a folder for whatever the
// peers keep, and how often.
type bench struct {
	program string
	dir     string
	rounds  int
	table   table
}

var comparisons = []struct {
	name    string
	measure func(*bench, context.Context) error
}{
	{"page", (*bench).page},
	{"render", (*bench).render},
	{"start", (*bench).start},
	{"search", (*bench).search},
	{"build", (*bench).build},
	{"served", (*bench).served},
	{"file", (*bench).file},
	{"queue", (*bench).queue},
	{"dialog", (*bench).dialog},
	{"province", (*bench).province},
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == serveCorpus {
		exit(serveTheCorpus(os.Args[2]))
	}
	var b bench
	flag.StringVar(&b.program, "program", "", "the program to measure")
	flag.StringVar(&b.dir, "dir", os.TempDir(), "a folder for what the peers keep")
	flag.IntVar(&b.rounds, "rounds", 5, "how many pairs of figures to take")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	exit(b.run(ctx, flag.Args()))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run makes the comparisons named, or all, and prints the table. Its error
// names everything that could not be measured.
func (b *bench) run(ctx context.Context, names []string) error {
	var missing []error
	for _, c := range comparisons {
		if len(names) > 0 && !slices.Contains(names, c.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "measuring", c.name)
		if err := c.measure(b, ctx); err != nil {
			missing = append(missing, fmt.Errorf("not measured: %s: %w", c.name, err))
		}
	}
	b.table.print(os.Stdout)
	return errors.Join(missing...)
}

// errNotFound is that a peer is not installed.
type errNotFound []string

func (e errNotFound) Error() string { return strings.Join(e, ", ") + " not found" }

// need looks for programs on PATH.
func need(programs ...string) error {
	var lacking errNotFound
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			lacking = append(lacking, p)
		}
	}
	if lacking == nil {
		return nil
	}
	return lacking
}
