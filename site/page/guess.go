package page

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
)

// guesses is how often one source may be wrong about a code, guessesOfAll how
// often everybody together: somebody with many addresses is slowed down too.
var (
	guesses      = Rate{Name: "guesses", Burst: 5, Every: 15 * time.Minute}
	guessesOfAll = Rate{Name: "guesses_of_all", Burst: 300, Every: 200 * time.Millisecond}
)

// Guess lets a source try a code that opens something. A turn is taken before
// the code is looked at and given back when it was right, or when nothing was
// learned of it; so a source without turns cannot try a right one either, and
// many tries at once are counted like one after another. The machine itself is
// a source here.
func (s *Server) Guess(c *fiber.Ctx, try func() (right bool, err error)) (right bool, err error) {
	ctx := c.UserContext()
	counts := []struct {
		Rate
		source string
	}{{guesses, sourceKey(s.source(c.Context()))}, {guessesOfAll, "all"}}
	taken := 0
	defer func() {
		if !right && err == nil {
			return
		}
		for _, t := range counts[:taken] {
			// A turn that cannot be given back is lost to the source, no more.
			_ = s.limiter.Return(context.WithoutCancel(ctx), t.Rate, t.source)
		}
	}()
	for _, t := range counts {
		wait, err := s.limiter.Take(ctx, t.Rate, t.source)
		if err != nil {
			return false, fmt.Errorf("%w: %w", errNoLimits, err)
		}
		if wait > 0 {
			s.metrics.limited(t.Name)
			return false, &TooMany{wait}
		}
		taken++
	}
	return try()
}
