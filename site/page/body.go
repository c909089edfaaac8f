package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// body is the bytes of a document in every coding, with the headers that go
// with them. It never changes.
type body struct {
	mediaType string
	head      block
	forms     [codings]form
	effort    effort
	size      int
}

// form is the bytes in one coding. Its tag is the ETag: the document's name
// and a letter for the coding, so that two codings never share a strong tag.
type form struct {
	coding coding
	bytes  []byte
	tag    []byte
}

var tagLetters = [codings]string{plain: "", gzipped: ".g", brotlied: ".b"}

func newBody(d Document, b []byte) *body {
	sum := sha256.Sum256(append([]byte(d.Type+"\n"), b...))
	name := base64.RawURLEncoding.EncodeToString(sum[:12])
	out := &body{mediaType: d.Type, head: d.head(true)}
	for k := range codings {
		out.forms[k] = form{k, b, []byte(`"` + name + tagLetters[k] + `"`)}
	}
	out.packed(quick)
	return out
}

// pressed returns the body in its smallest forms.
func (b *body) pressed() *body {
	out := *b
	out.packed(best)
	return &out
}

// packed fills the forms of a body that nobody reads yet. Where packing does
// not make it smaller, the plain form stands in.
func (b *body) packed(e effort) {
	whole := b.forms[plain]
	b.effort, b.size = e, overhead+len(whole.bytes)
	for k := plain + 1; k < codings; k++ {
		small := whole.bytes
		if packs(b.mediaType) {
			small = k.pack(whole.bytes, e)
		}
		if len(small) < len(whole.bytes) {
			b.forms[k].bytes = small
			b.size += len(small)
		} else {
			b.forms[k] = whole
		}
	}
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
func (b *body) send(c *fiber.Ctx) {
	request, resp := &c.Request().Header, c.Response()
	form := &b.forms[accepted(request.Peek(fiber.HeaderAcceptEncoding))]
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
	whole := b.forms[plain].tag
	stem := whole[:len(whole)-1]
	for len(asked) > 0 {
		var one []byte
		one, asked, _ = bytes.Cut(asked, []byte(","))
		one = bytes.TrimPrefix(bytes.TrimSpace(one), []byte("W/"))
		if string(one) == "*" {
			return own
		}
		letter, ok := bytes.CutPrefix(one, stem)
		if !ok {
			continue
		}
		for _, l := range tagLetters {
			if string(letter) == l+`"` {
				return one
			}
		}
	}
	return nil
}
