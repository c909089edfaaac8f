package page_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"

	"yangguang/site/page"
)

func TestFormsOfOtherSites(t *testing.T) {
	h := newHouse(t, func(c *page.Config) { c.Address = mustURL(t, "https://zs.example.cn") })
	done := func(c *fiber.Ctx) error { return c.SendString("done") }
	h.App.All("/form", done)
	for _, tc := range []struct {
		name, method, site, origin string
		want                       int
	}{
		{"our own form", "POST", "same-origin", "http://yangguang.test", 200},
		{"typed or from a bookmark", "POST", "none", "", 200},
		{"another site", "POST", "cross-site", "https://evil.example", 403},
		{"another host of the same site", "POST", "same-site", "https://other.example.cn", 403},
		{"an older browser, our form", "POST", "", "http://yangguang.test", 200},
		{"an older browser behind our proxy", "POST", "", "https://zs.example.cn", 200},
		{"an older browser, another site", "POST", "", "https://evil.example", 403},
		{"another port", "POST", "", "http://yangguang.test:81", 403},
		{"a sandboxed frame", "POST", "", "null", 403},
		{"another site that claims our origin", "POST", "cross-site", "http://yangguang.test", 403},
		{"no browser: a webhook", "POST", "", "", 200},
		{"deletion", "DELETE", "cross-site", "", 403},
		{"a link from another site", "GET", "cross-site", "", 200},
		{"its head", "HEAD", "cross-site", "", 200},
	} {
		r := request(tc.method, "/form")
		r.Host = "yangguang.test"
		for name, value := range map[string]string{"Sec-Fetch-Site": tc.site, "Origin": tc.origin} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		if got := h.send(r).StatusCode; got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
}
