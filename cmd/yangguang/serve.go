package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yangguang/content"
	"yangguang/content/sheet"
	"yangguang/search"
	"yangguang/site"
	"yangguang/store"
)

// grace is how long requests in work may take to finish at the end.
const grace = 10 * time.Second

// serve runs the site until ctx ends.
func serve(ctx context.Context, set settings, stdout, stderr io.Writer) (err error) {
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	h, err := open(ctx, set, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()

	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	public, err := site.New(site.Config{
		Board: h.board, Finder: h.finder, Identity: site.Trial(h.board.Snapshot()), Now: set.now, Log: log, Metrics: registry,
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", set.addr)
	if err != nil {
		public.Close()
		return fmt.Errorf("%w: %s: %w", errAddress, set.addr, err)
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var work sync.WaitGroup
	failed := make(chan error, 2)
	start := func(f func() error) { work.Go(func() { failed <- f() }) }
	start(func() error { return public.Serve(listener) })
	if set.metrics != "" {
		start(func() error { return serveMetrics(ctx, set.metrics, registry) })
	}
	work.Go(func() { h.follow(ctx, log) }) // pages do not wait for the search

	fmt.Fprintf(stdout, "阳光招生（本机试运行）已打开：http://%s\n数据在 %s 文件夹。按 Ctrl-C 停止。\n", listener.Addr(), set.data)
	h.tell(stdout)

	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	stop()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err = errors.Join(err, public.Shutdown(last))
	work.Wait()
	return err
}

// serveMetrics answers /metrics on a listener of its own until ctx ends.
func serveMetrics(ctx context.Context, addr string, registry *prometheus.Registry) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errAddress, addr, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })() //nolint:errcheck // nothing is in work there that matters
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// house is what every command works on: the shelf, the board that shows it,
// and the search over it.
type house struct {
	db      *store.DB
	board   *content.Board
	finder  *search.Finder
	outcome content.Outcome
}

// open opens the data folder and puts the newest edition up. Before that it
// publishes what the pack has new; without publishing, it fills an empty shelf
// only.
func open(ctx context.Context, set settings, publishing bool) (*house, error) {
	db, err := store.Open(ctx, store.Config{Folder: set.data})
	if err != nil {
		return nil, err
	}
	h := &house{db: db, finder: search.NewFinder(search.NewMemory())}
	h.finder.Now = set.now
	if err := h.fill(ctx, set, publishing); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) fill(ctx context.Context, set settings, publishing bool) error {
	shelf := h.db.Shelf()
	head, err := shelf.Head(ctx)
	if err != nil {
		return err
	}
	if publishing || head == 0 {
		if h.outcome, err = publishPack(ctx, h.db, set); err != nil {
			return err
		}
	}
	h.board, err = content.NewBoard(ctx, shelf)
	return err
}

// packMark is where the store notes the pack that was published last.
const packMark = "pack"

// publishPack publishes what the pack has new. A pack that this program has
// published already, byte for byte, is not read again.
func publishPack(ctx context.Context, db *store.DB, set settings) (content.Outcome, error) {
	files := packFiles(set)
	mark, err := markOf(files)
	if err != nil {
		return content.Outcome{}, err
	}
	last, err := db.Mark(ctx, packMark)
	if err != nil || last == mark {
		return content.Outcome{}, err
	}
	pack, err := sheet.ReadPack(files)
	if err != nil {
		return content.Outcome{}, err
	}
	out, err := content.Publish(ctx, db.Shelf(), pack, content.Act{At: set.now(), By: "编辑", ApprovedBy: "审核", Note: set.note})
	if err != nil || len(out.Conflicts) > 0 {
		return out, err
	}
	return out, db.SetMark(ctx, packMark, mark)
}

// markOf is the digest of a pack and the stamp of the program: a newer program
// may read more in the same files.
func markOf(files fs.FS) (string, error) {
	digest, err := sheet.Digest(files)
	if err != nil {
		return "", err
	}
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	program, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %d %d", digest, program.Size(), program.ModTime().UnixNano()), nil
}

func packFiles(set settings) fs.FS {
	if set.content == "" {
		return content.Bundled()
	}
	return os.DirFS(set.content)
}

func (h *house) close() error { return h.db.Close() }

// follow makes the search ready, and puts up new editions as another process
// appends them.
func (h *house) follow(ctx context.Context, log *slog.Logger) {
	put := func(s *content.Snapshot) {
		if err := h.finder.Follow(ctx, s); err != nil {
			log.Error("search does not follow", "edition", s.Edition, "error", err)
			return
		}
		log.Info("edition put up", "edition", s.Edition)
	}
	put(h.board.Snapshot())
	h.board.Follow(ctx, time.Second, put, func(err error) { log.Error("shelf not read", "error", err) })
}

// tell says what publishing the pack did.
func (h *house) tell(w io.Writer) {
	if h.outcome.Edition > 0 {
		fmt.Fprintf(w, "内容包有 %d 处变化，发布为第 %d 版。\n", len(h.outcome.Changes), h.outcome.Edition)
	}
	if n := len(h.outcome.Conflicts); n > 0 {
		ids := make([]string, n)
		for i, id := range h.outcome.Conflicts {
			ids[i] = string(id)
		}
		fmt.Fprintf(w, "有 %d 条编辑后来改过，没有用内容包盖掉：%s\n", n, strings.Join(ids, "、"))
	}
}
