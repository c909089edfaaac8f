package page

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// FileField is the name of the field that holds files.
const FileField = "files"

// The limits of uploads.
const (
	uploadSize  = 256 << 20 // what is over a file's own limit is read too, so that the sender gets an answer
	uploadParts = 100       // of one form

	uploadPlaces    = 32 // at a time
	uploadPerSource = 4
)

// errUploadsFull: as many files are arriving as the house can take.
var errUploadsFull = errors.New("page: too many uploads at a time")

// Upload adds a route for forms with files. Their bodies are not read before
// the handler runs, and not limited like those of other routes: it reads them
// with Files. Whoever may not send files is to be turned away before the first
// of them is read.
func (s *Server) Upload(path string, r Rate, handler fiber.Handler) {
	s.uploads.routes = append(s.uploads.routes, path)
	s.App.Post(path, func(c *fiber.Ctx) error {
		if err := s.turn(c, r); err != nil {
			return err
		}
		source := s.source(c.Context())
		leave, err := s.uploads.enter(source, s.counted(source))
		if err != nil {
			return err
		}
		defer leave()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), s.uploads.time+s.deadline)
		defer cancel()
		c.SetUserContext(ctx)
		return handler(c)
	})
}

// uploads knows the routes of uploads and who is sending.
type uploads struct {
	routes        []string
	time, stretch time.Duration

	mu   sync.Mutex
	all  int
	each map[netip.Addr]int
}

func (u *uploads) enter(source netip.Addr, counted bool) (leave func(), err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all >= uploadPlaces || u.each[source] >= uploadPerSource && counted {
		return nil, errUploadsFull
	}
	if u.each == nil {
		u.each = map[netip.Addr]int{}
	}
	u.all++
	u.each[source]++
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.all--
		if u.each[source]--; u.each[source] == 0 {
			delete(u.each, source)
		}
	}, nil
}

// takes reports whether the request is one that its handler reads itself.
func (u *uploads) takes(ctx *fasthttp.RequestCtx) bool {
	if !ctx.IsPost() {
		return false
	}
	path := string(ctx.URI().PathOriginal())
	for _, route := range u.routes {
		if fiber.RoutePatternMatch(path, route, fiber.Config{CaseSensitive: true, StrictRouting: true}) {
			return true
		}
	}
	return false
}

// receive reads the body of a request, whose handler then finds it whole. It
// is what the server would do by itself, did it not leave all bodies unread
// because it must leave some. release is to be called when the request is over.
func (s *Server) receive(ctx *fasthttp.RequestCtx) (release func(), err error) {
	release = func() {}
	if doubtful(&ctx.Request.Header) {
		return release, fiber.ErrBadRequest
	}
	body := ctx.RequestBodyStream()
	if body == nil {
		return release, nil
	}
	if len(ctx.Request.Header.Peek(fiber.HeaderContentEncoding)) > 0 {
		return release, fiber.ErrUnsupportedMediaType // no browser packs a form, and unpacked it may be a thousand times as large
	}
	announced, limit := ctx.Request.Header.ContentLength(), s.bodyLimit
	if s.uploads.takes(ctx) {
		if announced > uploadSize {
			return release, fiber.ErrRequestEntityTooLarge
		}
		return release, nil
	}
	if announced > limit {
		s.drain(ctx, body, announced)
		return release, fiber.ErrRequestEntityTooLarge
	}
	b, release, err := s.readBody(ctx, body, announced, limit)
	if err = refusedBody(limit, announced, b, err); err != nil {
		return release, err
	}
	ctx.Request.SetBodyRaw(b)
	return release, nil
}

// doubtful reports whether a head says in two ways where its body ends, of
// which a proxy before us may have believed the other one: what follows would
// be a request that the proxy has not seen (RFC 9112, section 6.3).
func doubtful(h *fasthttp.RequestHeader) bool {
	if h.ContentLength() != chunked && len(h.Peek(fiber.HeaderContentLength)) == 0 {
		return false
	}
	said := 0
	for line := range bytes.Lines(h.RawHeaders()) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte(fiber.HeaderContentLength)):
			said++
		case bytes.EqualFold(name, []byte(fiber.HeaderTransferEncoding)):
			if said++; !bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked")) {
				return true
			}
		}
	}
	return said > 1
}

// chunked is the length that fasthttp gives a body in chunks.
const chunked = -1

// cutOff says why a body could not be read: the sender was too slow, or left.
func cutOff(err error) error {
	var slow net.Error
	if errors.As(err, &slow) && slow.Timeout() {
		return fiber.ErrRequestTimeout
	}
	return fiber.ErrBadRequest
}

// settle makes sure that nothing of a body is taken for the next request of
// its connection.
func settle(ctx *fasthttp.RequestCtx) {
	body := ctx.RequestBodyStream()
	if body == nil {
		return
	}
	// The end of the last part is read, that of the form may not be.
	if _, err := io.CopyN(io.Discard, body, 4<<10); !errors.Is(err, io.EOF) {
		ctx.Response.SetConnectionClose()
	}
}

// Files reads the form of an upload as it arrives and hands over its files one
// after the other, each with the fields that stand before it in the form. What
// is not read of a file is skipped. An error of take ends the reading and comes
// back; so does the end of a connection that was cut, when files before it have
// been taken already. The fields are returned in any case.
func (s *Server) Files(c *fiber.Ctx, take func(fields url.Values, file io.Reader) error) (url.Values, error) {
	fields := url.Values{}
	defer func() { c.Locals(filesFields{}, fields) }()
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil {
		return fields, fiber.ErrBadRequest
	}
	body := s.arriving(c)
	switch kind {
	case fiber.MIMEMultipartForm:
	case fiber.MIMEApplicationForm: // a form without files may be sent like any other
		fields, err = s.plainForm(body)
		return fields, err
	default:
		return fields, fiber.ErrUnsupportedMediaType
	}
	in := multipart.NewReader(body, params["boundary"])
	left := int64(s.bodyLimit)
	for range uploadParts {
		part, err := in.NextRawPart()
		if errors.Is(err, io.EOF) {
			return fields, nil
		}
		if err != nil {
			return fields, cutOff(err)
		}
		if part.FormName() == FileField {
			err = takeFile(part, func(file io.Reader) error { return take(fields, file) })
		} else {
			err = takeField(part, fields, &left)
		}
		if err != nil {
			return fields, err
		}
	}
	return fields, fiber.ErrBadRequest
}

// arriving returns the body of an upload as it comes, as long as it comes.
func (s *Server) arriving(c *fiber.Ctx) io.Reader {
	body := c.Context().RequestBodyStream()
	if body == nil {
		return strings.NewReader("")
	}
	end := time.Now().Add(s.uploads.time) //nolint:forbidigo // as the connection counts
	conn := c.Context().Conn()
	return io.LimitReader(readerFunc(func(p []byte) (int, error) {
		stretch := time.Now().Add(s.uploads.stretch) //nolint:forbidigo // as above
		if stretch.After(end) {
			stretch = end
		}
		if err := conn.SetReadDeadline(stretch); err != nil {
			return 0, err
		}
		return body.Read(p)
	}), uploadSize)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// senderError is an error of the connection, not of whoever reads from it.
type senderError struct{ err error }

func (e *senderError) Error() string { return "page: the upload was cut off: " + e.err.Error() }

// takeFile hands over a file. A field in which none was chosen comes as one
// without a name and without a byte.
func takeFile(part *multipart.Part, take func(io.Reader) error) error {
	var cut *senderError
	file := readerFunc(func(p []byte) (int, error) {
		n, err := part.Read(p)
		if err != nil && !errors.Is(err, io.EOF) {
			cut = &senderError{err}
			err = cut
		}
		return n, err
	})
	var first [1]byte
	n, err := io.ReadFull(file, first[:])
	if errors.Is(err, io.EOF) && part.FileName() == "" {
		return nil
	}
	if cut == nil {
		err = take(io.MultiReader(bytes.NewReader(first[:n]), file))
	}
	if cut != nil { // whatever it came to inside
		return cutOff(cut.err)
	}
	return err
}

func takeField(part *multipart.Part, fields url.Values, left *int64) error {
	b, err := io.ReadAll(io.LimitReader(part, *left+1))
	if err != nil {
		return cutOff(err)
	}
	name := part.FormName()
	if *left -= int64(len(name) + len(b)); *left < 0 {
		return fiber.ErrRequestEntityTooLarge
	}
	fields.Add(name, string(b))
	return nil
}

func (s *Server) plainForm(body io.Reader) (url.Values, error) {
	b, err := io.ReadAll(io.LimitReader(body, int64(s.bodyLimit)+1))
	if err != nil {
		return url.Values{}, cutOff(err)
	}
	if len(b) > s.bodyLimit {
		return url.Values{}, fiber.ErrRequestEntityTooLarge
	}
	fields, err := url.ParseQuery(string(b))
	if err != nil {
		return url.Values{}, fiber.ErrBadRequest
	}
	return fields, nil
}
