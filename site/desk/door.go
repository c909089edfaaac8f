package desk

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"yangguang/complaint"
	"yangguang/site/page"
)

// ErrOutside is what a Door returns for a session or link that opens nothing,
// or nothing any more.
var ErrOutside = errors.New("desk: nobody is there")

// Door is what the desk asks of the room that keeps accounts.
type Door interface {
	// Officer returns who holds the session and lets it live on, or ErrOutside.
	Officer(ctx context.Context, session string) (Officer, error)
	// Enter opens a session with a one-click link, or returns ErrOutside.
	Enter(ctx context.Context, link string) (session string, err error)
	// Leave ends a session; one that is over already is no error.
	Leave(ctx context.Context, session string) error
	// Titles returns what colleagues call the officers: 经办, or a post. Of
	// those who left, too.
	Titles(ctx context.Context) (map[complaint.OfficerID]string, error)
}

// Officer is who sits at the desk.
type Officer struct {
	ID    complaint.OfficerID
	Title string
}

// session is the desk's one cookie.
const session = "desk"

// private refuses the desk to whom others can listen to.
func (d *Desk) private(c *fiber.Ctx) error {
	if err := d.server.Private(c); err != nil {
		return err
	}
	return c.Next()
}

// enter comes in by a one-click link. Opened once more, it comes in once more.
func (d *Desk) enter(c *fiber.Ctx) error {
	s, err := d.Door.Enter(c.UserContext(), c.Params("link"))
	if errors.Is(err, ErrOutside) {
		return away(c, signInPath)
	}
	if err != nil {
		return err
	}
	d.server.SetCookie(c, session, s, 0)
	return away(c, "/desk")
}

func (d *Desk) leave(c *fiber.Ctx) error {
	if err := d.Door.Leave(c.UserContext(), d.server.Cookie(c, session)); err != nil {
		return err
	}
	d.server.SetCookie(c, session, "", 0)
	return away(c, signInPath)
}

// away leads to another page of the desk.
func away(c *fiber.Ctx, path string) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Redirect(path, fiber.StatusSeeOther)
}

// goes is the “error” of a page that leads to another one.
type goes struct{ path string }

func (g goes) Error() string { return "desk: goes on to " + g.path }

// inside is a page for who has a session. Everybody else gets the way in.
func (d *Desk) inside(f view) fiber.Handler {
	fresh := d.server.Fresh(func(c *fiber.Ctx, r page.Reading) (page.Document, error) {
		v, err := d.visit(c, r)
		if err != nil {
			return page.Document{}, err
		}
		return v.document(f)
	})
	return func(c *fiber.Ctx) error {
		err := fresh(c)
		if to, ok := errors.AsType[goes](err); ok {
			return away(c, to.path)
		}
		return err
	}
}
