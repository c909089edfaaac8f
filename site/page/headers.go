package page

import "github.com/valyala/fasthttp"

type header struct{ name, value string }

// block is several header lines that are set as one. fasthttp writes
// “name: value\r\n” without looking into the value, so lines that never change
// are joined once and cost one header each request instead of ten. Its first
// name must not be set by anybody else.
type block struct{ name, value []byte }

func join(lines ...header) block {
	value := []byte(lines[0].value)
	for _, l := range lines[1:] {
		value = append(value, "\r\n"+l.name+": "+l.value...)
	}
	return block{[]byte(lines[0].name), value}
}

func (b block) set(resp *fasthttp.Response) { resp.Header.SetCanonical(b.name, b.value) }

// policy is what a page may load and who may frame it. Nothing comes from
// elsewhere, no script or style stands in the page, and no script may make
// HTML out of text.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// securityHead is on every answer. Transport security is promised only where
// the site's own address is https.
func securityHead(https bool) block {
	h := []header{
		{"X-Content-Type-Options", "nosniff"},
		{"Content-Security-Policy", policy},
		{"Referrer-Policy", "same-origin"},
		{"X-Frame-Options", "DENY"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Embedder-Policy", "require-corp"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	}
	if https {
		h = append(h, header{"Strict-Transport-Security", "max-age=63072000; includeSubDomains"})
	}
	return join(h...)
}
