package page

import (
	"bytes"
	"context"
	"io"
	"mime"
	"sync"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// Document is what a handler answers with. It is written whole before any of
// it is sent, so a failing part cannot send half a page.
type Document struct {
	// Type is the media type, with its charset if it is text.
	Type string
	// Name makes it a download under that name.
	Name string
	// Status is 200 if zero. A cached document has no other.
	Status int
	// NoStore keeps it out of every store, the browser's too: whatever is about
	// a complaint.
	NoStore bool
	// Write writes it. It may be called in another request than the one it was
	// built for, but always on the same Reading.
	Write func(ctx context.Context, w io.Writer) error

	// forever is set where the address names the bytes.
	forever bool
}

// The media types that are used.
const (
	typeHTML = "text/html; charset=utf-8"
	typeJSON = "application/json; charset=utf-8"
	typeCSV  = "text/csv; charset=utf-8"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// HTML is a page.
func HTML(c templ.Component) Document { return Document{Type: typeHTML, Write: c.Render} }

// Bytes is a document that stands already.
func Bytes(mediaType string, b []byte) Document {
	return Document{Type: mediaType, Write: func(_ context.Context, w io.Writer) error {
		_, err := w.Write(b)
		return err
	}}
}

// head returns the header lines that the document's kind of caching asks for.
// Everything public is revalidated at each reading (no-cache with an ETag): a
// corrected figure or a withdrawn record must show at once, and a 304 costs
// less than a page. It varies by cookie because the view does.
func (d Document) head(cached bool) block {
	h := []header{{"Vary", "Accept-Encoding, Cookie"}}
	switch {
	case d.forever:
		h = []header{{"Vary", "Accept-Encoding"}, {"Cache-Control", "public, max-age=31536000, immutable"}}
	case d.NoStore:
		h = append(h, header{"Cache-Control", "no-store"})
	case cached:
		h = append(h, header{"Cache-Control", "no-cache"})
	default:
		h = append(h, header{"Cache-Control", "private, no-cache"})
	}
	if d.Name != "" {
		h = append(h, header{"Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name})})
	}
	return join(h...)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// roomy returns a buffer that has grown before.
func roomy() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

func putBack(b *bytes.Buffer) {
	b.Reset()
	buffers.Put(b)
}

// render builds a document and writes it, under the brake.
func (s *Server) render(c *fiber.Ctx, into *bytes.Buffer, build func() (Document, error)) (Document, error) {
	release, err := s.enter(c)
	if err != nil {
		return Document{}, err
	}
	defer release()
	d, err := build()
	if err != nil {
		return d, err
	}
	if err := d.Write(c.UserContext(), into); err != nil {
		return d, err
	}
	s.metrics.renders.Inc()
	return d, nil
}

// renderToKeep returns the document's bytes too.
func (s *Server) renderToKeep(c *fiber.Ctx, build func() (Document, error)) (Document, []byte, error) {
	b := roomy()
	defer putBack(b)
	d, err := s.render(c, b, build)
	return d, bytes.Clone(b.Bytes()), err
}

// answerOnce answers this request with a document that is not kept.
func (s *Server) answerOnce(c *fiber.Ctx, build func() (Document, error)) error {
	b := roomy()
	defer putBack(b)
	d, err := s.render(c, b, build)
	if err != nil {
		return err
	}
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		d.NoStore = true
	}
	if d.Status != 0 {
		c.Status(d.Status)
	}
	sendOnce(c, d, b.Bytes())
	return nil
}

// worthPacking is the size from which an answer for one request is compressed:
// below it, the reader's first round trip carries it anyway.
const worthPacking = 4 << 10

// sendOnce copies b or packs it into the answer's own room.
func sendOnce(c *fiber.Ctx, d Document, b []byte) {
	resp := c.Response()
	resp.Header.SetContentType(d.Type)
	d.head(false).set(resp)
	into := acceptedAtOnce(c.Request().Header.Peek(fiber.HeaderAcceptEncoding))
	if into == plain || len(b) < worthPacking || !packs(d.Type) {
		resp.SetBody(b)
		return
	}
	resp.Header.SetContentEncodingBytes(codingNames[into])
	resp.ResetBody()
	into.packTo(resp.BodyWriter(), b, passing)
}
