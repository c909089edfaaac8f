package page

import (
	"context"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/calendar"
	"yangguang/content"
)

// Board is where the published record is read; a *content.Board is one.
type Board interface {
	Snapshot() *content.Snapshot
	At(ctx context.Context, edition int64) (*content.Snapshot, error)
}

// View is how a page is drawn.
type View uint8

// The views. Elder is the 长辈版.
const (
	Normal View = iota
	Elder
)

// ParseView reads the word of a view; what it does not know is Normal.
func ParseView(word string) View {
	if word == "elder" {
		return Elder
	}
	return Normal
}

// String returns the view's word in addresses and in the cookie.
func (v View) String() string {
	if v == Elder {
		return "elder"
	}
	return "normal"
}

// Reading is all that a public page may depend on.
type Reading struct {
	// Snapshot is the newest, or that of the edition asked for.
	Snapshot *content.Snapshot
	Today    calendar.Date
	View     View
	// Path is the canonical address, without a query.
	Path string
	// Old is the edition asked for by ?edition=N, 0 for the newest.
	Old int64

	c *fiber.Ctx
}

// Param returns a parameter of the route; a Reading that was made without a
// request has none.
func (r Reading) Param(name string) string {
	if r.c == nil {
		return ""
	}
	return r.c.Params(name)
}

// Context ends with the request's deadline.
func (r Reading) Context() context.Context { return r.c.UserContext() }

// Build makes a document that is the same for every reader.
type Build func(Reading) (Document, error)

// Answer makes a document for one request.
type Answer func(*fiber.Ctx, Reading) (Document, error)

// Cached serves what build makes from the page cache. An older edition
// (?edition=N) is built for its request. A hit never reaches the app's routes,
// so no handler of a route may stand before this one to refuse somebody.
func (s *Server) Cached(build Build) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, err := s.reading(c)
		if err != nil {
			return err
		}
		if r.Old != 0 {
			return s.answerOlder(c, r, build)
		}
		e := s.cache.hit([]byte(r.Path), r.View, r.Snapshot, r.Today)
		if e == nil {
			e, err = s.cache.miss(r, func() (Document, []byte, error) {
				return s.renderToKeep(c, func() (Document, error) { return build(r) })
			})
		}
		if err != nil {
			return err
		}
		e.send(c.Context())
		return nil
	}
}

// Fresh answers each request by itself.
func (s *Server) Fresh(answer Answer) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, err := s.reading(c)
		if err != nil {
			return err
		}
		build := func(r Reading) (Document, error) { return answer(c, r) }
		if r.Old != 0 {
			return s.answerOlder(c, r, build)
		}
		return s.answerOnce(c, func() (Document, error) { return build(r) })
	}
}

// reading reads what a request may say about any page. Other words of the
// query are ignored: a page that is shared in a chat arrives with some.
func (s *Server) reading(c *fiber.Ctx) (Reading, error) {
	r := Reading{Snapshot: s.board.Snapshot(), Today: calendar.DateOf(s.now()), View: s.viewOf(c), Path: c.Path(), c: c}
	uri := c.Request().URI()
	if len(uri.QueryString()) == 0 || !uri.QueryArgs().Has("edition") {
		return r, nil
	}
	n, err := strconv.ParseInt(string(uri.QueryArgs().Peek("edition")), 10, 64)
	if err != nil || n <= 0 {
		return r, content.ErrNoEdition
	}
	if n != r.Snapshot.Edition {
		r.Old = n
	}
	return r, nil
}

// older is how often one source may read an older edition, which has to be
// put together again.
var older = Rate{Name: "edition", Burst: 60, Every: time.Second, Local: true}

func (s *Server) answerOlder(c *fiber.Ctx, r Reading, build Build) error {
	if err := s.turn(c, older); err != nil {
		return err
	}
	return s.answerOnce(c, func() (Document, error) {
		var err error
		if r.Snapshot, err = s.board.At(r.Context(), r.Old); err != nil {
			return Document{}, err
		}
		return build(r)
	})
}

// viewOf returns the view of the address, else that of the cookie.
func (s *Server) viewOf(c *fiber.Ctx) View {
	if uri := c.Request().URI(); len(uri.QueryString()) > 0 && uri.QueryArgs().Has("view") {
		return ParseView(string(uri.QueryArgs().Peek("view")))
	}
	return ParseView(string(c.Request().Header.Cookie(s.viewCookie)))
}

// RememberView sets the one cookie that a reader can get: the view, when the
// switch was pressed.
func (s *Server) RememberView(c *fiber.Ctx, v View) {
	c.Cookie(&fiber.Cookie{
		Name: s.viewCookie, Value: v.String(), Path: "/", MaxAge: 365 * 24 * 3600,
		Secure: s.https, HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode,
	})
}
