package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// cachedPath is a page with a table, the same for everybody.
const cachedPath = "/targets/2022"

// page compares what a request costs the processor here and in an nginx that
// sends the same bytes from a file: a cached page, its 304, and a page of
// results.
func (b *bench) page(ctx context.Context) error {
	if err := need("nginx", "wrk"); err != nil {
		return err
	}
	ours, err := b.yangguang(ctx, filepath.Join(b.dir, "page"))
	if err != nil {
		return err
	}
	defer ours.stop()
	if _, err := ours.ready(cachedPath, anyBody); err != nil {
		return err
	}
	cached, err := pressed(ours.addr, cachedPath)
	if err != nil {
		return err
	}
	rendered, err := fetch(ours.addr, renderedPath, "gzip, deflate, br, zstd", "")
	if err != nil {
		return err
	}
	whole, err := fetch(ours.addr, renderedPath, "", "")
	if err != nil {
		return err
	}
	b.table.note("The bars of pages are against nginx as Debian installs it, with brotli_static: they were set with it, when a page by Fiber cost 1.06 of one by this nginx.\n" +
		"It is asked for what we are asked for, a 304 for a 304. An nginx that is told to keep its files open (open_file_cache) stands beside it without a bar.")
	return errors.Join(
		b.against(ctx, ours, cachedPath, cached, "cached page", "≤ 1.15×", false),
		b.against(ctx, ours, cachedPath, cached, "cached page, 304", "≤ 1.05×", true),
		b.against(ctx, ours, renderedPath, whole, "search page, plain", "≤ 15×", false),
		b.against(ctx, ours, renderedPath, rendered, "search page, as a browser asks", "≤ 15×", false),
	)
}

// pressed waits until the page is in its smallest form, which the ending of
// its ETag says.
func pressed(addr, path string) (answer, error) {
	for range 100 {
		a, err := fetch(addr, path, "br", "")
		if err != nil || strings.HasSuffix(a.etag, `.B"`) {
			return a, err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return answer{}, fmt.Errorf("%s is not pressed", path)
}

// against loads all sides in turn: an nginx as it is installed, which the bar
// was set with, one that keeps its files open beside it, and ours. known asks
// as a reader who has the page.
func (b *bench) against(ctx context.Context, ours *server, path string, sample answer, what, bar string, known bool) error {
	us := load{ours, path, sample.coding, ""}
	if known {
		us.etag = sample.etag
	}
	peers := []struct {
		name, tuning, bar string
		load              load
		pairs             pairs
	}{{name: "nginx", tuning: asInstalled, bar: bar}, {name: "nginx, files kept open", tuning: filesOpen}}
	for i := range peers {
		p := &peers[i]
		s, err := b.nginx(ctx, sample, p.tuning)
		if err != nil {
			return err
		}
		defer s.stop()
		if p.load, err = sameBytes(s, sample, known); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	for range b.rounds {
		ourCost, err := us.cost(ctx)
		if err != nil {
			return err
		}
		for i := range peers {
			theirCost, err := peers[i].load.cost(ctx)
			if err != nil {
				return err
			}
			peers[i].pairs.add(ourCost, theirCost)
		}
	}
	coding := cmp.Or(sample.coding, "plain")
	for _, p := range peers {
		b.table.compare(fmt.Sprintf("%s (%s, %d B)", what, coding, len(sample.body)), p.name, "µs CPU/request", p.pairs, false, p.bar)
	}
	return nil
}

// sameBytes waits for an nginx and looks that it sends what we do.
func sameBytes(s *server, sample answer, known bool) (load, error) {
	if _, err := s.ready("/", anyBody); err != nil {
		return load{}, err
	}
	got, err := fetch(s.addr, "/", sample.coding, "")
	if err == nil && (!bytes.Equal(got.body, sample.body) || got.coding != sample.coding) {
		err = errors.New("nginx sends other bytes")
	}
	l := load{s, "/", sample.coding, ""}
	if known {
		l.etag = got.etag
	}
	return l, err
}

// load is what wrk asks a server for.
type load struct {
	*server
	path, coding, etag string
}

var (
	wrkRequests = regexp.MustCompile(`(\d+) requests in`)
	wrkErrors   = regexp.MustCompile(`(?m)^\s*(Non-2xx.*|Socket errors.*)$`)
)

// cost lets wrk ask for two seconds and returns the server's processor time
// for a request, in microseconds.
func (l load) cost(ctx context.Context) (float64, error) {
	args := []string{"-t1", "-c32", "-d2s"}
	if l.coding != "" {
		args = append(args, "-H", "Accept-Encoding: "+l.coding)
	}
	status := 200
	if l.etag != "" {
		args, status = append(args, "-H", "If-None-Match: "+l.etag), 304
	}
	if a, err := fetch(l.addr, l.path, l.coding, l.etag); err != nil || a.status != status {
		return 0, fmt.Errorf("%s: status %d, want %d: %w", l.path, a.status, status, err)
	}
	before, err := l.cpu()
	if err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, "wrk", append(args, "http://"+l.addr+l.path)...).Output()
	if err != nil {
		return 0, fmt.Errorf("wrk: %w", err)
	}
	after, err := l.cpu()
	if err != nil {
		return 0, err
	}
	m := wrkRequests.FindSubmatch(out)
	if m == nil || wrkErrors.Match(out) {
		return 0, fmt.Errorf("wrk says: %s", out)
	}
	n, err := strconv.Atoi(string(m[1]))
	return float64((after - before).Microseconds()) / float64(n), err
}
