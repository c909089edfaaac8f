package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/valyala/fasthttp"
)

//go:embed nginx.conf
var nginxConf string

// brotliModule is where Debian puts the module.
const brotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

// What an nginx is told beside what to serve. Debian's keeps no file open; with
// them kept it saves a third of its work.
const (
	asInstalled = ""
	filesOpen   = "open_file_cache max=100 inactive=600s; open_file_cache_valid 600s;"
)

// nginx starts an nginx that answers / with the body in the form it came, and
// with the same headers.
func (b *bench) nginx(ctx context.Context, as answer, tuning string) (*server, error) {
	if err := need("nginx"); err != nil {
		return nil, err
	}
	if _, err := os.Stat(brotliModule); err != nil {
		return nil, errNotFound{"nginx module brotli_static"}
	}
	dir, err := os.MkdirTemp(b.dir, "nginx")
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	conf := strings.NewReplacer("MODULE", brotliModule, "DIR", dir, "ADDR", addr, "TUNING", tuning, "HEADERS", as.directives()).Replace(nginxConf)
	file := "page" + map[string]string{"br": ".br", "gzip": ".gz"}[as.coding]
	err = errors.Join(
		os.Mkdir(filepath.Join(dir, "root"), 0o755),
		os.WriteFile(filepath.Join(dir, "root", "page"), as.body, 0o644),
		os.WriteFile(filepath.Join(dir, "root", file), as.body, 0o644),
		os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(conf), 0o644),
	)
	if err != nil {
		return nil, err
	}
	return launch(ctx, addr, "nginx", "-c", filepath.Join(dir, "nginx.conf"), "-p", dir)
}

// answer is what a server sent.
type answer struct {
	status  int
	body    []byte
	coding  string
	etag    string
	headers [][2]string
}

// fetch gets one page.
func fetch(addr, path, coding, etag string) (answer, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI("http://" + addr + path)
	if coding != "" {
		req.Header.Set("Accept-Encoding", coding)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	if err := fasthttp.Do(req, resp); err != nil {
		return answer{}, err
	}
	a := answer{
		status: resp.StatusCode(), body: slices.Clone(resp.Body()),
		coding: string(resp.Header.ContentEncoding()), etag: string(resp.Header.Peek("ETag")),
	}
	resp.Header.VisitAll(func(name, value []byte) {
		a.headers = append(a.headers, [2]string{string(name), string(value)})
	})
	return a, nil
}

// directives make nginx send the headers that it does not send by itself.
func (a answer) directives() string {
	own := []string{"Server", "Date", "Content-Type", "Content-Length", "Content-Encoding", "Connection", "Etag", "Last-Modified"}
	var out strings.Builder
	for _, h := range a.headers {
		if !slices.Contains(own, h[0]) {
			fmt.Fprintf(&out, "\t\tadd_header %s %q always;\n", h[0], h[1])
		}
	}
	return out.String()
}
