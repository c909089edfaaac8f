package page

import (
	"bytes"
	"errors"
	"net/netip"
)

// errOtherHost: a site on this machine was asked for under a name.
var errOtherHost = errors.New("page: asked for under another host")

// loopback reports whether a Host header is that of a browser which was sent
// to this machine itself. A trial answers no other: a page elsewhere can make
// its own name point here (DNS rebinding) and would then read, as its own
// origin, what nobody but this machine may see.
func loopback(host []byte) bool {
	name := host
	if i := bytes.LastIndexByte(host, ':'); i >= 0 && (host[0] != '[' || host[i-1] == ']') {
		name = host[:i]
	}
	if string(name) == "127.0.0.1" || bytes.EqualFold(name, []byte("localhost")) {
		return true
	}
	six, bracketed := bytes.CutPrefix(name, []byte("["))
	six, closed := bytes.CutSuffix(six, []byte("]"))
	address, err := netip.ParseAddr(string(six))
	return err == nil && address.IsLoopback() && bracketed == closed && bracketed == address.Is6()
}
