package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"yangguang/search"
	"yangguang/site/page"
)

// The page of results that is made for each request.
const (
	renderedQuery = "学校"
	renderedPath  = "/search?q=%E5%AD%A6%E6%A0%A1"
	templatePath  = "/template"
)

// results is the site in this process with its page of results, and beside it
// the same page by html/template: under the same edge, after the same search.
type results struct {
	server  *fasthttp.Server
	finder  *search.Finder
	release func() error
}

func openResults(ctx context.Context, dir string) (*results, error) {
	s, finder, release, err := openSite(ctx, dir, search.NewMemory())
	if err != nil {
		return nil, err
	}
	r := &results{s.App.Server(), finder, release}
	s.App.Handler() // makes the routes known, as listening would
	whole, err := r.get(renderedPath)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	tmpl, values, err := templateOf(whole)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	s.App.Get(templatePath, s.Fresh(func(c *fiber.Ctx, _ page.Reading) (page.Document, error) {
		_, err := finder.Find(c.UserContext(), search.Query{Text: renderedQuery})
		return page.Document{Type: "text/html; charset=utf-8", Write: func(_ context.Context, w io.Writer) error {
			return tmpl.Execute(w, values)
		}}, err
	}))
	s.App.Handler()
	again, err := r.get(templatePath)
	if err == nil && html.UnescapeString(again) != html.UnescapeString(whole) {
		err = errors.New("html/template makes another page")
	}
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return r, nil
}

// get returns the body that answers a request.
func (r *results) get(path string) (string, error) {
	once := true
	c := &replay{request: requestFor(path), more: func() bool { defer func() { once = false }(); return once }}
	if err := r.server.ServeConn(c); err != nil {
		return "", err
	}
	head, body, _ := strings.Cut(c.answer.String(), "\r\n\r\n")
	if !strings.HasPrefix(head, "HTTP/1.1 200 ") {
		return "", fmt.Errorf("%s: %s", path, head)
	}
	return body, nil
}

// serve answers a request while there are more.
func (r *results) serve(path string, more func() bool) error {
	return r.server.ServeConn(&replay{request: requestFor(path), more: more})
}

// find searches while there is more to find.
func (r *results) find(ctx context.Context, more func() bool) error {
	for more() {
		if _, err := r.finder.Find(ctx, search.Query{Text: renderedQuery}); err != nil {
			return err
		}
	}
	return nil
}

// What is of this answer in a page of results: where links lead, the counts of
// each type, and every text of the hits. The words around them are the same
// for all, and html/template has them for nothing.
var (
	listOfHits = regexp.MustCompile(`(?s)<ol class="hits">.*?</ol>`)
	oneType    = regexp.MustCompile(`<li><a href="[^"]*"[^>]*>[^<]*</a></li>`)
	textOrLink = regexp.MustCompile(`>[^<]+<|href="[^"]*"`)
	link       = regexp.MustCompile(`href="[/?][^"]*"`) // html/template lets no telephone through
)

// templateOf makes a template of a page, and the values that it shows.
func templateOf(whole string) (*template.Template, []string, error) {
	if !listOfHits.MatchString(whole) {
		return nil, nil, errors.New("the page of results has no hits")
	}
	var values []string
	variable := func(s string) string {
		open, end := strings.IndexAny(s, `>"`)+1, len(s)-1
		values = append(values, html.UnescapeString(s[open:end]))
		return fmt.Sprintf("%s{{index . %d}}%s", s[:open], len(values)-1, s[end:])
	}
	hits := listOfHits.FindStringIndex(whole)
	frame := func(s string) string {
		s = oneType.ReplaceAllStringFunc(s, func(s string) string { return textOrLink.ReplaceAllStringFunc(s, variable) })
		return link.ReplaceAllStringFunc(s, func(s string) string {
			if strings.Contains(s, "{{") {
				return s
			}
			return variable(s)
		})
	}
	text := frame(whole[:hits[0]]) + textOrLink.ReplaceAllStringFunc(whole[hits[0]:hits[1]], variable) + frame(whole[hits[1]:])
	tmpl, err := template.New("results").Parse(text)
	return tmpl, values, err
}

// render compares a page of results with the same page by html/template: the
// answer whole, and without the search in it.
func (b *bench) render(ctx context.Context) error {
	dir, err := os.MkdirTemp(b.dir, "render")
	if err != nil {
		return err
	}
	r, err := openResults(ctx, dir)
	if err != nil {
		return err
	}
	var whole, made pairs
	var found []float64
	for range b.rounds {
		theirs, err := each(func(more func() bool) error { return r.serve(templatePath, more) })
		if err != nil {
			return err
		}
		ours, err := each(func(more func() bool) error { return r.serve(renderedPath, more) })
		if err != nil {
			return err
		}
		find, err := each(func(more func() bool) error { return r.find(ctx, more) })
		if err != nil {
			return err
		}
		found = append(found, find)
		whole.add(ours, theirs)
		made.add(ours-find, theirs-find)
	}
	b.table.compare("page of results, in process", "html/template", "µs CPU", whole, true, "")
	b.table.compare("… without the search itself", "html/template", "µs CPU", made, true, "≥ 6×")
	b.table.alone("… the search itself", median(found), "µs CPU", "")
	return r.release()
}

// each returns the processor time of one turn, in microseconds, from a third of
// a second of them.
func each(take func(more func() bool) error) (float64, error) {
	runtime.GC()
	began, n, before := time.Now(), -1, processorTime()
	err := take(func() bool {
		n++
		return n == 0 || time.Since(began) < time.Second/3
	})
	return float64((processorTime() - before).Nanoseconds()) / 1e3 / float64(n), err
}

// processorTime is what this process has taken, user and system.
func processorTime() time.Duration {
	var u syscall.Rusage
	// It fails for wrong arguments only.
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
