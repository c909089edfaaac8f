package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"

	"yangguang/search"
)

// corpusIndex has the corpus instead of what the site publishes.
type corpusIndex struct{ memory }

// Replace implements search.Index.
func (corpusIndex) Replace(context.Context, []search.Doc) error { return nil }

// serveCorpus is the argument with which this program serves the site over the
// corpus, as a process of its own like its peer.
const serveCorpus = "serve-corpus"

func serveTheCorpus(addr string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	m, err := newMemory(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, _, release, err := openSite(ctx, dir, corpusIndex{m})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return errors.Join(err, release())
	}
	go func() {
		<-ctx.Done()
		l.Close()
	}()
	return errors.Join(s.Serve(l), release())
}

// api is the site's own search over HTTP.
type api struct {
	*server
	client *fasthttp.HostClient
}

func (b *bench) api(ctx context.Context) (*api, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	s, err := launch(ctx, addr, self, serveCorpus, addr)
	if err != nil {
		return nil, err
	}
	if _, err := s.ready("/readyz", anyBody); err != nil {
		s.stop()
		return nil, err
	}
	return &api{s, &fasthttp.HostClient{Addr: addr}}, nil
}

func (a *api) ask(_ context.Context, q question) (reply, error) {
	address := "http://" + a.addr + "/api/v1/search?q=" + url.QueryEscape(strings.Join(q.terms, " "))
	began := time.Now()
	status, body, err := a.client.Get(nil, address)
	took := time.Since(began)
	if err != nil || status != fasthttp.StatusOK {
		return reply{}, fmt.Errorf("status %d: %w", status, err)
	}
	var found search.Results
	if err := json.Unmarshal(body, &found); err != nil {
		return reply{}, err
	}
	total := 0
	for _, g := range found.Groups {
		total += g.Total
	}
	return reply{total: total, took: took}, nil
}

// served compares the site's search over HTTP with a Meilisearch: as it is
// mostly used (stock), and asked so that it finds every piece of a text as we
// do (exact).
func (b *bench) served(ctx context.Context) error {
	ours, err := b.api(ctx)
	if err != nil {
		return err
	}
	defer ours.stop()
	us := &asked{name: "api", often: 20, engine: ours}
	us.differs = "the question is understood first: other words for the same thing count, and where nothing has every word most of them are enough"
	m, missing := b.meilisearch(ctx)
	if missing != nil {
		return errors.Join(missing, b.servedAlone(ctx, us))
	}
	defer m.stop()
	stock, exact := &asked{name: "stock", often: 5, engine: m}, &asked{name: "exact", often: 5, engine: exactly{m}}
	stock.differs = "what does not begin where its segmenter cuts is not found (工会 in 总工会), and one character begins few words"
	qs := questions()
	if err := b.interview(ctx, qs, us, stock, exact); err != nil {
		return err
	}
	const what = "search over HTTP, p50"
	b.table.compare(what, "Meilisearch, stock", "µs", us.against(stock, outer, us.sameTotals(stock)), true, "≥ 12×")
	b.table.compare(what, "Meilisearch, exact", "µs", us.against(exact, outer, us.sameTotals(exact)), true, "≥ 12×")
	b.table.note("\nOver HTTP, Meilisearch %s\n%s", m.version, byQuestion(qs, []*asked{us, stock, exact}))
	return nil
}

func (b *bench) servedAlone(ctx context.Context, us *asked) error {
	if err := b.interview(ctx, questions(), us); err != nil {
		return err
	}
	b.table.alone("search over HTTP, p50", median(us.over(outer, everyQuestion))/1e3, "ms", "")
	return nil
}
