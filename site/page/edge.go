package page

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// edge is what every request goes through, in one handler because each
// middleware costs the cached page.
func (s *Server) edge(c *fiber.Ctx) error {
	began := c.Context().Time()
	s.security.set(c.Response())
	d := &deadline{at: began.Add(s.deadline)}
	defer d.stop()
	c.SetUserContext(d)
	own := c.Route()

	err := s.guarded(c)
	route := c.Route()
	if route == own {
		route = nil
	}
	if err != nil && (route != nil || !redirected(c, err)) {
		s.fail(c, pattern(route), err)
	}
	s.done(c.Context(), route, time.Since(began))
	return nil
}

// pattern names a route in the log and the metrics; nil is none.
func pattern(r *fiber.Route) string {
	if r == nil {
		return "none"
	}
	return r.Path
}

// done counts an answer. It writes a line at debug level only, so that an
// office keeps no record of who read what, and never more than the route: an
// address can carry words.
func (s *Server) done(ctx *fasthttp.RequestCtx, route *fiber.Route, took time.Duration) {
	status := ctx.Response.StatusCode()
	s.metrics.observe(route, status, took)
	if background := context.Background(); s.log.Enabled(background, slog.LevelDebug) {
		s.log.LogAttrs(background, slog.LevelDebug, "request", slog.String("method", string(ctx.Method())),
			slog.String("route", pattern(route)), slog.Int("status", status), slog.Duration("took", took))
	}
}

// redirected sends a reader who typed a slash too many to the address without
// it. Two slashes at the start would name another host.
func redirected(c *fiber.Ctx, err error) bool {
	var known *fiber.Error
	if !errors.As(err, &known) || known.Code != fiber.StatusNotFound {
		return false
	}
	path := c.Path()
	short := strings.TrimRight(path, "/")
	if short == path || short == "" || strings.ContainsAny(path[1:2], `/\`) {
		return false
	}
	if query := c.Request().URI().QueryString(); len(query) > 0 {
		short += "?" + string(query)
	}
	return c.Redirect(short, fiber.StatusPermanentRedirect) == nil
}

// panicked is a panic as an error.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// guarded goes on with the request and turns a panic into an error.
func (s *Server) guarded(c *fiber.Ctx) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	if err := s.origin.check(c); err != nil {
		return err
	}
	return c.Next()
}

// outside answers what went wrong before a request reached the edge: a head
// that is too large or does not end, a body over the limit.
func (s *Server) outside(c *fiber.Ctx, err error) error {
	s.fail(c, pattern(nil), err)
	s.done(c.Context(), nil, 0)
	return nil
}
