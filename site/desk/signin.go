package desk

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
	"yangguang/staff"
)

// signInPath is where who has no session is led.
const signInPath = "/desk/signin"

// doors adds the ways in and the pages about one's own account.
func (d *Desk) doors() {
	d.get("/signin", looking, d.signIn)
	d.post("/signin", knocking, d.trySignIn)
	d.get("/first/:link", knocking, d.first)
	d.post("/first/:link", knocking, d.enrol)
	d.get("/account", looking, d.inside(d.account))
	d.post("/account/passphrase", looking, d.inside(d.changePassphrase))
	d.post("/account/end", looking, d.inside(d.end))
	d.post("/account/end-others", looking, d.inside(d.endOthers))
}

// outside shows a page to somebody who is not signed in.
func (d *Desk) outside(c *fiber.Ctx, title string, draw func(frame) (view templ.Component, status int, err error)) error {
	return d.server.Fresh(func(_ *fiber.Ctx, r page.Reading) (page.Document, error) {
		view, status, err := draw(d.frame(r.Snapshot, title))
		if err != nil {
			return page.Document{}, err
		}
		doc := page.HTML(view)
		doc.NoStore, doc.Status = true, status
		return doc, nil
	})(c)
}

// signInPage is the form, with what was wrong with the try before.
type signInPage struct {
	frame
	ID      string
	Refused bool
	// Wait is how long until another try; zero if it may be now.
	Wait time.Duration
}

func (d *Desk) signIn(c *fiber.Ctx) error {
	_, err := d.Door.Who(c.UserContext(), d.server.Cookie(c, session))
	switch {
	case err == nil:
		return away(c, "/desk")
	case !errors.Is(err, staff.ErrSignedOut):
		return err
	}
	return d.showSignIn(c, http.StatusOK, signInPage{})
}

func (d *Desk) showSignIn(c *fiber.Ctx, status int, p signInPage) error {
	return d.outside(c, "登录", func(f frame) (templ.Component, int, error) {
		p.frame = f
		return signInView(p), status, nil
	})
}

func (d *Desk) trySignIn(c *fiber.Ctx) error {
	try := staff.Try{ID: posted(c, "id"), Passphrase: posted(c, "passphrase"), Code: posted(c, "code"), From: d.from(c)}
	in, err := d.Door.SignIn(c.UserContext(), try)
	p := signInPage{ID: try.ID}
	if wait, early := errors.AsType[*staff.Wait](err); early {
		p.Wait = wait.For
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds(wait.For)))
		return d.showSignIn(c, http.StatusTooManyRequests, p)
	}
	if errors.Is(err, staff.ErrRefused) {
		p.Refused = true
		return d.showSignIn(c, http.StatusUnauthorized, p)
	}
	if err != nil {
		return err
	}
	return d.letIn(c, in)
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// waitWords says a short time: 40 秒, 3 分钟.
func waitWords(d time.Duration) string {
	if s := seconds(d); s < 120 {
		return fmt.Sprintf("%d 秒", s)
	}
	return fmt.Sprintf("%d 分钟", int((d+time.Minute-1)/time.Minute))
}

// device names a browser in words: Chrome · Windows.
func device(agent string) string {
	first := func(words ...[2]string) string {
		for _, w := range words {
			if strings.Contains(agent, w[0]) {
				return w[1]
			}
		}
		return "其他"
	}
	// Each of these says it is also the ones behind it.
	browser := first([2]string{"MicroMessenger", "微信"}, [2]string{"Edg", "Edge"}, [2]string{"Firefox", "Firefox"},
		[2]string{"Chrome", "Chrome"}, [2]string{"Safari", "Safari"})
	system := first([2]string{"Android", "Android"}, [2]string{"iPhone", "iPhone"}, [2]string{"Windows", "Windows"},
		[2]string{"Mac OS", "Mac"}, [2]string{"Linux", "Linux"})
	return browser + " · " + system
}
