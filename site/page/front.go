package page

import (
	"time"

	"github.com/valyala/fasthttp"

	"yangguang/calendar"
)

// front answers from the page cache before Fiber has made its context and
// looked for a route, and reports whether it has. That is most of what a
// public site is asked, and a third of what such an answer cost. An address
// with a query takes the long way to the same entry; an entry is there only
// because a route of Cached has made it, for everybody.
func (s *Server) front(ctx *fasthttp.RequestCtx) bool {
	request := &ctx.Request.Header
	if !request.IsGet() && !request.IsHead() {
		return false
	}
	view := ParseView(string(request.Cookie(s.viewCookie)))
	e := s.cache.hit(request.RequestURI(), view, s.board.Snapshot(), calendar.DateOf(s.now()))
	if e == nil {
		return false
	}
	s.security.set(&ctx.Response)
	e.send(ctx)
	s.done(ctx, e.route, time.Since(ctx.Time()))
	return true
}
