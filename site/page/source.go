package page

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// source returns the address that a request comes from. X-Forwarded-For is
// read only on a connection from a proxy of ours, and from its end: the last
// address that no proxy of ours has is the one that our proxy saw; what stands
// before it anybody can write.
func (s *Server) source(c *fiber.Ctx) netip.Addr {
	remote, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	remote = remote.Unmap()
	if !s.isProxy(remote) {
		return remote
	}
	var hops []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		remote = addr.Unmap()
		if !s.isProxy(remote) {
			break
		}
	}
	return remote
}

func (s *Server) isProxy(addr netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
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
