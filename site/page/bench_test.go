package page_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/content"
	"yangguang/content/contenttest"
	"yangguang/site/page"
)

// The benchmarks drive the whole of the server but the sockets: what nginx is
// compared with over real ones is in bench/.

func BenchmarkCachedPage(b *testing.B) {
	benchmark(b, "GET /targets/2022 HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n", "200 OK")
}

func BenchmarkNotModified(b *testing.B) {
	benchmark(b, "GET /targets/2022 HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\nIf-None-Match: *\r\n\r\n", "304 Not Modified")
}

func BenchmarkRenderedPage(b *testing.B) {
	benchmark(b, "GET /search?q=x HTTP/1.1\r\nHost: localhost\r\n\r\n", "200 OK")
}

func BenchmarkRenderedPageGzip(b *testing.B) {
	benchmark(b, "GET /search?q=x HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n", "200 OK")
}

func BenchmarkRenderedPageBrotli(b *testing.B) {
	benchmark(b, "GET /search?q=x HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n", "200 OK")
}

func BenchmarkListJSON(b *testing.B) {
	benchmark(b, "GET /list.json HTTP/1.1\r\nHost: localhost\r\n\r\n", "200 OK")
}

func BenchmarkProblem(b *testing.B) {
	benchmark(b, "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", "404 Not Found")
}

func benchmark(b *testing.B, request, status string) {
	s := benchServer(b)
	first := &feed{request: []byte(request), left: 1, kept: &bytes.Buffer{}}
	if err := s.App.Server().ServeConn(first); err != nil {
		b.Fatal(err)
	}
	if !strings.HasPrefix(first.kept.String(), "HTTP/1.1 "+status) {
		b.Fatalf("answered %.300s", first.kept)
	}
	b.SetBytes(int64(first.kept.Len()))
	b.ReportAllocs()
	b.ResetTimer()
	if err := s.App.Server().ServeConn(&feed{request: []byte(request), left: b.N}); err != nil {
		b.Fatal(err)
	}
}

func benchServer(b *testing.B) *page.Server {
	b.Helper()
	board, err := content.NewBoard(b.Context(), &contenttest.Shelf{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := page.NewServer(page.Config{
		Board: board, Assets: fstest.MapFS{}, Log: slog.New(slog.DiscardHandler),
		Show: func(_ page.Reading, p page.Problem) templ.Component { return text("<h1>%s</h1>", p.Text) },
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	table := make([]templ.Component, 50)
	for i := range table {
		table[i] = page.Fig(page.Frame{}, fmt.Sprintf("target/2022/%d#number", i), content.FigureOf(i*37), content.Source{Policy: "policy/jiaojiaowen-2022-48", Place: "annex1!B6"})
	}
	whole := page.HTML(templ.Join(append([]templ.Component{page.Shell(page.Frame{Title: "招生任务", Path: "/targets/2022"})}, table...)...))
	var items [20]target
	s.App.Get("/targets/:year", s.Cached(func(page.Reading) (page.Document, error) { return whole, nil }))
	s.App.Get("/search", s.Limit(page.Rate{Name: "search", Burst: 1 << 30}), s.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) { return whole, nil }))
	s.App.Get("/list.json", s.Fresh(func(*fiber.Ctx, page.Reading) (page.Document, error) { return listOf(items[:]...).JSON(), nil }))
	// The app's routes are built at its first request.
	_ = s.App.Handler()
	return s
}

// feed is a connection on which the same request comes many times.
type feed struct {
	request []byte
	left    int
	at      int
	kept    *bytes.Buffer
}

// Read implements net.Conn.
func (f *feed) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.request[f.at:])
	if f.at += n; f.at == len(f.request) {
		f.at, f.left = 0, f.left-1
	}
	return n, nil
}

// Write implements net.Conn.
func (f *feed) Write(p []byte) (int, error) {
	if f.kept != nil {
		return f.kept.Write(p)
	}
	return len(p), nil
}

// The rest of net.Conn.
func (f *feed) Close() error                     { return nil }
func (f *feed) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (f *feed) RemoteAddr() net.Addr             { return &net.TCPAddr{IP: net.IPv4(203, 0, 113, 7)} }
func (f *feed) SetDeadline(time.Time) error      { return nil }
func (f *feed) SetReadDeadline(time.Time) error  { return nil }
func (f *feed) SetWriteDeadline(time.Time) error { return nil }
