package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"yangguang/search"
	"yangguang/site"
)

// grace is how long requests in work may take to finish at the end.
const grace = 10 * time.Second

// atStart lets the heap grow to 16 MiB before it is looked through the first
// time: what a start makes stays.
const atStart = 400

// serve runs the site until ctx ends.
func serve(ctx context.Context, set settings, stdout, stderr io.Writer) (err error) {
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	usual := debug.SetGCPercent(atStart)
	up := make(chan struct{}) // closed when the search is up too
	started := sync.OnceFunc(func() {
		debug.SetGCPercent(usual)
		close(up)
	})
	defer started()
	address := takeAddress(ctx, set.addr)
	defer func() {
		if listener, taken := address(); taken == nil {
			listener.Close()
		}
	}()
	held := set.hold()
	defer held.release()
	h, err := open(ctx, set, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	var served *search.Served // nil: none
	if set.meili != "" {
		served = h.findOn(set, log)
	}
	rec, err := h.reception(ctx, set, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rec.close()) }()
	health := h.health(set, rec, served, log)

	public, err := site.New(site.Config{
		Board: h.board, Finder: h.finder, Office: rec.office, Clerk: rec.clerk, Cabinet: rec.cabinet,
		Identity: set.identity(), Address: set.address, Proxies: set.proxies, Limiter: rec.limiter, Parts: health.all,
		Slips: rec.slips, Hooks: rec.hooks(),
		Now: set.now, Log: log,
	})
	if err != nil {
		return err
	}
	if err := rec.desk.Mount(public.Server); err != nil {
		public.Close()
		return err
	}
	public.Gauge("yangguang_cases_damaged", func() int { return len(rec.damage.all()) })
	health.gauges(public.Gauge)
	listener, err := address()
	if err != nil {
		public.Close()
		return err
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var work sync.WaitGroup
	failed := make(chan error, 2)
	start := func(f func() error) { work.Go(func() { failed <- f() }) }
	start(func() error { return public.Serve(listener) })
	if set.metrics != "" {
		start(func() error { return serveMetrics(ctx, set.metrics, public.MetricsHandler()) })
	}
	work.Go(func() { h.follow(ctx, log, started) }) // pages do not wait for the search
	if served != nil {
		work.Go(func() { served.Run(ctx) })
	}
	work.Go(func() { health.run(ctx) })
	rec.background(ctx, h, &work, up)

	held.tell(stdout, listener.Addr().String())
	set.tell(stdout, listener.Addr())
	rec.tell(stdout, "http://"+listener.Addr().String())
	h.tell(stdout)
	if set.demo {
		h.tellDemo(stdout, set)
	}

	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	stop()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err = errors.Join(err, public.Shutdown(last))
	// A stop that comes before Serve has begun would not end it.
	if closed := listener.Close(); !errors.Is(closed, net.ErrClosed) {
		err = errors.Join(err, closed)
	}
	work.Wait()
	return err
}

// takeAddress begins to listen while the record is read: who comes meanwhile
// waits, and is answered when everything stands. The function it returns waits
// for the listener.
func takeAddress(ctx context.Context, addr string) func() (net.Listener, error) {
	listener := sync.OnceValues(func() (net.Listener, error) { return listen(ctx, addr) })
	go listener() //nolint:errcheck // whoever waits gets it
	return listener
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errAddress, addr, err)
	}
	return listener, nil
}

// serveMetrics answers /metrics on a listener of its own until ctx ends.
func serveMetrics(ctx context.Context, addr string, handler http.Handler) error {
	listener, err := listen(ctx, addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
