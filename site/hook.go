package site

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// Hook is where a channel's servers bring what happened there. The site hands
// on the secret that stands in a header and the body, and answers with the
// status that comes back.
type Hook struct {
	Path, Header string
	Handle       func(ctx context.Context, secret string, body []byte) (status int)
}

func (s *Site) hook(h Hook) {
	s.App.Post(h.Path, func(c *fiber.Ctx) error {
		status := h.Handle(c.UserContext(), c.Get(h.Header), c.Body())
		if status == fiber.StatusServiceUnavailable {
			c.Set(fiber.HeaderRetryAfter, "5")
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.SendStatus(status)
	})
}
