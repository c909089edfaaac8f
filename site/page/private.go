package page

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// Private lets a request through that nobody on the way can read: over https,
// which ends at a proxy of ours, or from this machine. Otherwise it returns
// ErrPlain.
func (s *Server) Private(c *fiber.Ctx) error {
	if s.https && s.isProxy(remote(c.Context())) || s.itself(s.source(c.Context())) {
		return nil
	}
	return ErrPlain
}

// Network is where a request comes from, as sources are told apart: an address,
// or the network that one household has.
func (s *Server) Network(c *fiber.Ctx) string { return sourceKey(s.source(c.Context())) }

// SetCookie sets a cookie that only this site reads and no script; it lives as
// long as the browser, or for age. An empty value takes it away.
func (s *Server) SetCookie(c *fiber.Ctx, name, value string, age time.Duration) {
	k := &fiber.Cookie{
		Name: s.cookieName(name), Value: value, Path: "/", MaxAge: int(age / time.Second), SessionOnly: age == 0,
		Secure: s.https, HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode,
	}
	if value == "" {
		k.SessionOnly, k.Expires = false, time.Unix(1, 0)
	}
	c.Cookie(k)
}

// Cookie returns the value of a cookie that SetCookie set.
func (s *Server) Cookie(c *fiber.Ctx, name string) string {
	return string(c.Request().Header.Cookie(s.cookieName(name)))
}

// cookieName binds a cookie to this host where the address is https; WebKit
// refuses the prefix elsewhere.
func (s *Server) cookieName(name string) string {
	if s.https {
		return "__Host-" + name
	}
	return name
}
