package desk

import (
	"strings"

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
