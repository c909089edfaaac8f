package desk

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
	"yangguang/staff"
)

// Door is what the desk asks of the room that keeps accounts; a *staff.Door is
// one.
type Door interface {
	// Who returns the officer whose browser has the token, or
	// staff.ErrSignedOut.
	Who(ctx context.Context, token string) (staff.Seat, error)
	// Glance is Who for what a page asks by itself: the session does not live on.
	Glance(ctx context.Context, token string) (staff.Seat, error)
	// Enter opens a session with a one-click link, or returns staff.ErrNotFound.
	Enter(ctx context.Context, link string, from staff.From) (staff.Entered, error)
	// SignOut ends the session of the browser that has the token.
	SignOut(ctx context.Context, token string) error
	// Officers returns all officers, for what colleagues call them.
	Officers(ctx context.Context) ([]staff.Officer, error)

	// SignIn lets an officer in, or returns staff.ErrRefused or a *staff.Wait.
	SignIn(ctx context.Context, try staff.Try) (staff.Entered, error)
	// Invited opens a link for the first sign-in without using it up, or
	// returns staff.ErrNoInvitation.
	Invited(ctx context.Context, link, site string) (staff.Invitation, error)
	// Enrol uses it up.
	Enrol(ctx context.Context, link, passphrase, code string, from staff.From) (staff.Enrolled, error)
	// ChangePassphrase gives the officer another passphrase and ends all sessions
	// but the one it returns. It returns staff.ErrRefused, a *staff.Weak or a
	// *staff.Wait, and then nothing has changed.
	ChangePassphrase(ctx context.Context, seat staff.Seat, c staff.Change) (staff.Entered, error)
	// Sessions returns the officer's sessions that live.
	Sessions(ctx context.Context, seat staff.Seat) ([]staff.Session, error)
	// End ends one of them, EndOthers all but this one.
	End(ctx context.Context, seat staff.Seat, hash []byte) error
	EndOthers(ctx context.Context, seat staff.Seat) error
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
	in, err := d.Door.Enter(c.UserContext(), c.Params("link"), d.from(c))
	if errors.Is(err, staff.ErrNotFound) {
		return away(c, signInPath)
	}
	if err != nil {
		return err
	}
	return d.letIn(c, in)
}

// letIn gives the browser its session and leads to the queue.
func (d *Desk) letIn(c *fiber.Ctx, in staff.Entered) error {
	d.server.SetCookie(c, session, in.Token, 0)
	return away(c, "/desk")
}

func (d *Desk) leave(c *fiber.Ctx) error {
	if err := d.Door.SignOut(c.UserContext(), d.server.Cookie(c, session)); err != nil && !errors.Is(err, staff.ErrSignedOut) {
		return err
	}
	d.server.SetCookie(c, session, "", 0)
	return away(c, signInPath)
}

// from is where a request comes from, as an officer would recognise it.
func (d *Desk) from(c *fiber.Ctx) staff.From {
	return staff.From{Device: device(c.Get(fiber.HeaderUserAgent)), Place: d.server.Network(c)}
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
