package desk

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/calendar"
	"yangguang/staff"
)

// firstPage is the first sign-in: passphrase, authenticator, and a code that
// shows that it works.
type firstPage struct {
	frame
	staff.Invitation
	// Mark is the key as squares to be scanned; none where it can only be typed.
	Mark [][]bool
	// Wrong is what was wrong with the try before.
	Wrong passphraseWrong
	Wait  time.Duration
}

// passphraseWrong is a reason of staff, or one of these.
type passphraseWrong string

const (
	differ  passphraseWrong = "differ" // the two passphrases
	badCode passphraseWrong = "bad_code"
	tooFast passphraseWrong = "too_fast"
)

// ofPassphrase reports whether the passphrase must be another one.
func (w passphraseWrong) ofPassphrase() bool { return w != "" && w != badCode && w != tooFast }

func (d *Desk) first(c *fiber.Ctx) error { return d.showFirst(c, http.StatusOK, firstPage{}) }

func (d *Desk) showFirst(c *fiber.Ctx, status int, p firstPage) error {
	return d.outside(c, "第一次登录", func(f frame) (templ.Component, int, error) {
		p.frame = f
		invitation, err := d.Door.Invited(c.UserContext(), c.Params("link"), f.Name)
		if errors.Is(err, staff.ErrNoInvitation) {
			return noInvitationView(f), http.StatusGone, nil
		}
		if err != nil {
			return nil, 0, err
		}
		p.Invitation = invitation
		if d.QR != nil {
			p.Mark, err = d.QR(invitation.URI)
		}
		return firstView(p), status, err
	})
}

// wrongPassphrase says what is wrong with a passphrase that somebody wants, or
// how long until another try; nothing of any other error.
func wrongPassphrase(err error) (passphraseWrong, time.Duration) {
	if weak, ok := errors.AsType[*staff.Weak](err); ok {
		return passphraseWrong(weak.Why), 0
	}
	if wait, ok := errors.AsType[*staff.Wait](err); ok {
		return tooFast, wait.For
	}
	return "", 0
}

func (d *Desk) enrol(c *fiber.Ctx) error {
	p := firstPage{}
	passphrase := posted(c, "passphrase")
	if passphrase != posted(c, "again") {
		p.Wrong = differ
		return d.showFirst(c, http.StatusUnprocessableEntity, p)
	}
	in, err := d.Door.Enrol(c.UserContext(), c.Params("link"), passphrase, posted(c, "code"), d.from(c))
	switch p.Wrong, p.Wait = wrongPassphrase(err); {
	case p.Wrong != "":
	case errors.Is(err, staff.ErrBadCode):
		p.Wrong = badCode
	case errors.Is(err, staff.ErrNoInvitation), errors.Is(err, staff.ErrStale): // used meanwhile
		return d.showFirst(c, http.StatusConflict, p)
	case err != nil:
		return err
	}
	if p.Wrong != "" {
		return d.showFirst(c, http.StatusUnprocessableEntity, p)
	}
	d.server.SetCookie(c, session, in.Token, 0)
	return d.outside(c, "恢复码", func(f frame) (templ.Component, int, error) { return codesView(f, in), http.StatusOK, nil })
}

// squares draws a mark as one path, a unit each square, row by row.
func squares(mark [][]bool) string {
	var path strings.Builder
	for y, row := range mark {
		for x := 0; x < len(row); x++ {
			n := 0
			for x+n < len(row) && row[x+n] {
				n++
			}
			if n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x, y, n, n)
				x += n
			}
		}
	}
	return path.String()
}

// quiet is the white edge without which a mark is not read.
const quiet = 4

func viewBox(mark [][]bool) string {
	side := len(mark) + 2*quiet
	return fmt.Sprintf("-%d -%d %d %d", quiet, quiet, side, side)
}

// clock says a moment: 11月24日 09:30.
func clock(t time.Time) string {
	return calendar.DateOf(t).MonthDay() + " " + t.In(calendar.China).Format("15:04")
}
