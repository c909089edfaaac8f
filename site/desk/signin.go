package desk

import (
	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

// signInPath is where who has no session is led.
const signInPath = "/desk/signin"

// doors adds the ways in and the pages about one's own account.
func (d *Desk) doors() {
	d.get("/signin", looking, d.server.Fresh(func(_ *fiber.Ctx, r page.Reading) (page.Document, error) {
		doc := page.HTML(signInView(d.frame(r.Snapshot, "登录")))
		doc.NoStore = true
		return doc, nil
	}))
}
