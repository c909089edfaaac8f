package desk

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/complaint"
	"yangguang/content"
	"yangguang/site/page"
	"yangguang/staff"
)

// view makes a page, or returns where to go instead.
type view func(*visit) (templ.Component, error)

// visit is one request of an officer.
type visit struct {
	staff.Seat
	*content.Snapshot
	ID     complaint.OfficerID
	desk   *Desk
	ctx    context.Context //nolint:containedctx // it lives as long as the request
	c      *fiber.Ctx
	frame  frame
	titles map[complaint.OfficerID]string
	own    *mine // see mine
	// status is 200 if zero.
	status int
	// mediaType is that of a page where it is empty.
	mediaType string
}

func (d *Desk) visit(c *fiber.Ctx, r page.Reading) (*visit, error) {
	seat, err := d.Door.Who(c.UserContext(), d.server.Cookie(c, session))
	if errors.Is(err, staff.ErrSignedOut) {
		if c.Method() == http.MethodPost {
			return nil, fiber.ErrUnauthorized // a page would lose what was typed
		}
		return nil, goes{signInPath}
	}
	if err != nil {
		return nil, err
	}
	all, err := d.Door.Officers(c.UserContext())
	if err != nil {
		return nil, err
	}
	titles := map[complaint.OfficerID]string{}
	for _, o := range all {
		titles[complaint.OfficerID(o.ID)] = o.Name
	}
	f := d.frame(r.Snapshot, "待办")
	f.Officer = seat.Officer
	return &visit{
		Seat: seat, ID: complaint.OfficerID(seat.Officer.ID), Snapshot: r.Snapshot,
		desk: d, ctx: c.UserContext(), c: c, frame: f, titles: titles,
	}, nil
}

// document draws the page of f. Nothing of the desk is kept anywhere.
func (v *visit) document(f view) (page.Document, error) {
	component, err := f(v)
	if err != nil {
		return page.Document{}, err
	}
	doc := page.HTML(component)
	doc.NoStore, doc.Status = true, v.status
	if v.mediaType != "" {
		doc.Type = v.mediaType
	}
	return doc, nil
}

func (v *visit) query(name string) string { return strings.TrimSpace(v.c.Query(name)) }

// form returns a field of the form that was sent.
func (v *visit) form(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(posted(v.c, name), "\r\n", "\n"))
}

// posted returns a field as it was sent. Fiber's FormValue takes it from the
// address too, and unpacks bodies of several parts without a limit.
func posted(c *fiber.Ctx, name string) string { return string(c.Request().PostArgs().Peek(name)) }

// number is the case that the address names. What is no number is no case.
func (v *visit) number() (complaint.Number, error) {
	n, err := complaint.ParseNumber(v.c.Params("number"))
	if err != nil {
		return "", complaint.ErrNotFound
	}
	return n, nil
}
