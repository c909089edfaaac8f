package page

import (
	"errors"
	"io"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// The bodies of forms. Small ones, which every complaint is, are read at once.
// Larger ones are let in by turns and share a room, so that however many are
// sent at a time, and however slowly, they fill no memory.
const (
	smallBody = 64 << 10

	largeBodies       = 64 << 20 // at a time
	largeBodiesOfEach = 8 << 20  // of one source

	// slowest is how many bytes a second a body must arrive with, once
	// Config.ReadTimeout is over: a phone on a bad line is slow but goes on.
	slowest = 1 << 10
	// drained is how much of what is too large is read, so that its sender sees
	// the answer.
	drained = 4 << 20
)

var largeForms = Rate{Name: "large_forms", Burst: 60, Every: time.Second}

// errBodiesFull: as much is arriving as the house can hold.
var errBodiesFull = errors.New("page: too many large bodies at a time")

// bodies is the room of the larger ones.
type bodies struct {
	mu   sync.Mutex
	all  int
	each map[string]int
}

func (b *bodies) enter(source string, n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all+n > largeBodies || b.each[source]+n > largeBodiesOfEach {
		return false
	}
	if b.each == nil {
		b.each = map[string]int{}
	}
	b.all += n
	b.each[source] += n
	return true
}

func (b *bodies) leave(source string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all -= n
	if b.each[source] -= n; b.each[source] <= 0 {
		delete(b.each, source)
	}
}

// read reads the body of a form up to limit and a byte more. release is to be
// called when the request is over.
func (s *Server) readBody(ctx *fasthttp.RequestCtx, body io.Reader, announced, limit int) (b []byte, release func(), err error) {
	in := s.steady(ctx, body)
	if announced >= 0 && announced <= smallBody {
		b, err = io.ReadAll(io.LimitReader(in, int64(limit)+1))
		return b, func() {}, err
	}
	source := s.source(ctx)
	if s.counted(source) {
		wait, err := s.limiter.Take(ctx, largeForms, sourceKey(source))
		switch {
		case err != nil:
			return nil, func() {}, errors.Join(errNoLimits, err)
		case wait > 0:
			s.metrics.limited(largeForms.Name)
			return nil, func() {}, &TooMany{wait}
		}
	}
	key, held := sourceKey(source), 0
	release = func() { s.bodies.leave(key, held) }
	for len(b) <= limit {
		if !s.bodies.enter(key, smallBody) {
			s.metrics.limited("bodies")
			return nil, release, errBodiesFull
		}
		held += smallBody
		part := make([]byte, min(smallBody, limit+1-len(b)))
		n, err := io.ReadFull(in, part)
		b = append(b, part[:n]...)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return b, release, nil
		}
		if err != nil {
			return nil, release, err
		}
	}
	return b, release, nil
}

// steady reads a body as long as it comes at a pace. What the server has read
// of it before it asked anybody came within Config.ReadTimeout.
func (s *Server) steady(ctx *fasthttp.RequestCtx, body io.Reader) io.Reader {
	began, conn, came := ctx.Time().Add(s.readTimeout), ctx.Conn(), -readAhead
	return readerFunc(func(p []byte) (int, error) {
		end := began.Add(time.Duration(max(came, 0)) * time.Second / slowest)
		if err := conn.SetReadDeadline(end); err != nil {
			return 0, err
		}
		n, err := body.Read(p)
		came += n
		return n, err
	})
}

// readAhead is how much of a body fasthttp reads before it calls a handler.
const readAhead = 8 << 10

// drain reads some of what is not taken: a sender that is cut off while it
// sends sees no answer.
func (s *Server) drain(ctx *fasthttp.RequestCtx, body io.Reader, announced int) {
	if announced <= drained {
		_, _ = io.CopyN(io.Discard, s.steady(ctx, body), drained)
	}
}

// refusedBody is what is left to say when a body is not taken.
func refusedBody(limit, announced int, b []byte, err error) error {
	switch {
	case errors.Is(err, errBodiesFull), errors.Is(err, errNoLimits):
		return err
	case err != nil:
		if often, ok := errors.AsType[*TooMany](err); ok {
			return often
		}
		return cutOff(err)
	case len(b) > limit:
		return fiber.ErrRequestEntityTooLarge
	case announced >= 0 && len(b) != announced: // the sender left, which looks like the end
		return fiber.ErrBadRequest
	}
	return nil
}
