package page

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// originCheck refuses a form that another site sends here, without a cookie
// and without a token: the browser says where a request comes from
// (Sec-Fetch-Site), an older one names its Origin. What is neither is not a
// browser, and has nobody's rights to misuse.
type originCheck struct{ *http.CrossOriginProtection }

func newOriginCheck(address *url.URL) (originCheck, error) {
	check := originCheck{http.NewCrossOriginProtection()}
	if address == nil {
		return check, nil
	}
	// Behind a proxy the Host may be another one.
	origin := address.Scheme + "://" + address.Host
	if err := check.AddTrustedOrigin(origin); err != nil {
		return check, fmt.Errorf("page: public address: %w", err)
	}
	return check, nil
}

func (o originCheck) check(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return nil
	}
	request := &http.Request{Method: c.Method(), Host: string(c.Request().Host()), Header: http.Header{}, URL: &url.URL{Path: c.Path()}}
	for _, name := range []string{"Sec-Fetch-Site", fiber.HeaderOrigin} {
		request.Header.Set(name, c.Get(name))
	}
	if o.Check(request) != nil {
		return ErrCrossSite
	}
	return nil
}
