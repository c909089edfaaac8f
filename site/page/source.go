package page

import (
	"bytes"
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// errRelayed: a request came to this machine through a proxy of which nobody
// has told us.
var errRelayed = errors.New("page: relayed by a proxy that is not known")

// remote returns the address at the other end of the connection.
func remote(ctx *fasthttp.RequestCtx) netip.Addr {
	addr, _ := netip.AddrFromSlice(ctx.RemoteIP())
	return addr.Unmap()
}

// source returns the address that a request comes from. X-Forwarded-For is
// read only on a connection from a proxy of ours, and from its end: the last
// address that no proxy of ours has is the one that our proxy saw; what stands
// before it anybody can write.
func (s *Server) source(ctx *fasthttp.RequestCtx) netip.Addr {
	from := remote(ctx)
	if !s.isProxy(from) {
		return from
	}
	var hops []string
	for _, line := range ctx.Request.Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		from = addr.Unmap()
		if !s.isProxy(from) {
			break
		}
	}
	return from
}

func (s *Server) isProxy(addr netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// itself reports whether a source is this machine. A proxy of ours that names
// nobody speaks for somebody else.
func (s *Server) itself(source netip.Addr) bool { return source.IsLoopback() && !s.isProxy(source) }

// counted reports whether a source has turns. In a trial everything comes from
// the machine itself, which has no need of them.
func (s *Server) counted(source netip.Addr) bool { return !s.trial || !s.itself(source) }

// relayed reports whether a request that seems to come from this machine was
// passed on by a proxy that is not one of ours. To everything that is counted
// by where it comes from, and to what only this machine may open, all who come
// through it would be this machine. A connection from elsewhere may well say
// that a proxy of its own stands before it; of it nothing is believed anyway.
func (s *Server) relayed(ctx *fasthttp.RequestCtx) bool {
	if from := remote(ctx); !s.itself(from) {
		return false
	}
	for line := range bytes.Lines(ctx.Request.Header.RawHeaders()) {
		if c := line[0] | 0x20; c != 'x' && c != 'f' && c != 'v' {
			continue
		}
		name, _, _ := bytes.Cut(line, []byte(":"))
		if slices.ContainsFunc(relaying, func(r []byte) bool { return bytes.EqualFold(name, r) }) {
			return true
		}
	}
	return s.trial && renamed(&ctx.Request.Header)
}

// relaying are the heads in which a proxy says that it passes something on.
var relaying = [][]byte{
	[]byte("X-Forwarded-For"), []byte("Forwarded"), []byte("Via"), []byte("X-Real-Ip"), []byte("X-Forwarded-Host"), []byte("X-Forwarded-Proto"),
}

// renamed reports whether a browser that asks from a page of this site names it
// otherwise than the request does: a proxy that says nothing of itself has put
// its own name in place of the one in the reader's window.
func renamed(h *fasthttp.RequestHeader) bool {
	if string(h.Peek("Sec-Fetch-Site")) != "same-origin" {
		return false
	}
	for _, name := range []string{fiber.HeaderOrigin, fiber.HeaderReferer} {
		if u, err := url.Parse(string(h.Peek(name))); err == nil && u.Host != "" && !loopback([]byte(u.Host)) {
			return true
		}
	}
	return false
}

// sourceKey is what a source is counted under: its address, or the /64 of an
// IPv6 one, which one household has to itself.
func sourceKey(addr netip.Addr) string {
	if addr.Is6() {
		// A /64 of a valid address always exists.
		p, _ := addr.WithZone("").Prefix(64)
		return p.String()
	}
	return addr.String()
}
