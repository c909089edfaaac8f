package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// body is the bytes of a document in every coding, with the headers that go
// with them. To whoever sends it, it never changes.
type body struct {
	mediaType string
	head      block
	effort    effort
	// forms are made at once by the best effort, by a quick one each when it is
	// asked for first: a reader takes one of them, and waits for no other.
	forms [codings]form
	asked [codings]sync.Once
	size  int
}

// form is the bytes in one coding. Its tag is the ETag: the document's name
// and an ending for the coding and its effort, so that different bytes never
// share a strong tag.
type form struct {
	coding coding
	bytes  []byte
	tag    []byte
}

// endings are those of tags; passing answers have no tag.
var endings = [best + 1][codings]string{quick: {"", ".g", ".b"}, best: {"", ".G", ".B"}}

func newBody(d Document, b []byte) *body {
	sum := sha256.Sum256(append([]byte(d.Type+"\n"), b...))
	name := base64.RawURLEncoding.EncodeToString(sum[:12])
	out := &body{mediaType: d.Type, head: d.head(true), effort: quick, size: overhead + len(b)}
	out.forms[plain] = form{plain, b, []byte(`"` + name + `"`)}
	if packs(d.Type) {
		out.size += len(b) // as if packing halved it, until it is known
	}
	return out
}

// form returns the bytes in the coding.
func (b *body) form(k coding) *form {
	if k != plain && b.effort == quick {
		b.asked[k].Do(func() { b.forms[k] = b.packed(k, quick) })
	}
	return &b.forms[k]
}

// pressed returns the body in its smallest forms.
func (b *body) pressed() *body {
	out := &body{mediaType: b.mediaType, head: b.head, effort: best, size: overhead}
	for k := range codings {
		out.forms[k] = b.packed(k, best)
		if k == plain || out.forms[k].coding != plain {
			out.size += len(out.forms[k].bytes)
		}
	}
	return out
}

// packed makes a form. Where packing does not make it smaller, the plain form
// stands in.
func (b *body) packed(k coding, e effort) form {
	whole := b.forms[plain]
	if k == plain || !packs(b.mediaType) {
		return whole
	}
	small := k.pack(whole.bytes, e)
	if len(small) >= len(whole.bytes) {
		return whole
	}
	return form{k, small, append(b.stem(), endings[e][k]+`"`...)}
}

// stem is what the tags of all forms begin with.
func (b *body) stem() []byte {
	whole := b.forms[plain].tag
	return whole[: len(whole)-1 : len(whole)-1]
}

// overhead is roughly what an entry costs beside its bytes.
const overhead = 1 << 10

// packs reports whether a media type is text of some kind.
func packs(mediaType string) bool {
	return strings.Contains(mediaType, "charset=") || strings.HasPrefix(mediaType, "image/svg")
}

// is reports whether the body is that document.
func (b *body) is(d Document, whole []byte) bool {
	return b.mediaType == d.Type && bytes.Equal(b.head.value, d.head(true).value) && bytes.Equal(b.forms[plain].bytes, whole)
}

// send answers with the body, or with 304 if the reader has it already.
func (b *body) send(ctx *fasthttp.RequestCtx) {
	request, resp := &ctx.Request.Header, &ctx.Response
	form := b.form(accepted(request.Peek(fiber.HeaderAcceptEncoding)))
	b.head.set(resp)
	if asked := request.Peek(fiber.HeaderIfNoneMatch); len(asked) > 0 {
		if tag := b.match(asked, form.tag); tag != nil {
			resp.Header.SetCanonical(etag, tag)
			resp.SetStatusCode(fiber.StatusNotModified)
			return
		}
	}
	resp.Header.SetCanonical(etag, form.tag)
	resp.Header.SetContentType(b.mediaType)
	if form.coding != plain {
		resp.Header.SetContentEncodingBytes(codingNames[form.coding])
	}
	resp.SetBodyRaw(form.bytes)
}

var etag = []byte("Etag")

// match returns the tag in an If-None-Match header that names this document
// in any coding, or own for “*”, or nil. A reader's copy is good whichever way
// it travelled, and the answer names the copy that he has.
func (b *body) match(asked, own []byte) []byte {
	stem := b.stem()
	for len(asked) > 0 {
		var one []byte
		one, asked, _ = bytes.Cut(asked, []byte(","))
		one = bytes.TrimPrefix(bytes.TrimSpace(one), []byte("W/"))
		if string(one) == "*" {
			return own
		}
		if ending, ok := bytes.CutPrefix(one, stem); ok && isEnding(ending) {
			return one
		}
	}
	return nil
}

// isEnding reports whether b is what a tag of ours has after its stem.
func isEnding(b []byte) bool {
	for _, row := range endings {
		for _, ending := range row {
			if string(b) == ending+`"` {
				return true
			}
		}
	}
	return false
}
