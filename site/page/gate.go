package page

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// The defaults of Config.
const (
	connections       = 4096
	connectionsOfEach = 512
)

// gate is a listener that lets so many connections be open at a time, of one
// source and of all, so that nobody who opens them and says nothing keeps the
// others out. Those of our proxies count among all alone: each speaks for many,
// and it is the proxy that must know how many are whose. fasthttp's own count
// (MaxConnsPerIP) takes a proxy for one source, knows no IPv6, and forgets no
// address.
type gate struct {
	net.Listener
	s         *Server
	all, each int

	mu   sync.Mutex
	open int
	from map[string]int
}

// outOf are errors of a machine that has no room for another connection now.
// To the server they would be the end.
var outOf = []error{syscall.EMFILE, syscall.ENFILE, syscall.ECONNABORTED, syscall.ENOBUFS, syscall.ENOMEM}

// Accept implements net.Listener.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			if !is(err, outOf) {
				return nil, err
			}
			time.Sleep(50 * time.Millisecond)
			continue
		}
		if leave, ok := g.enter(c.RemoteAddr()); ok {
			return &guest{Conn: c, leave: leave}, nil
		}
		g.s.metrics.limited("connections")
		turnAway(c)
	}
}

func is(err error, any []error) bool {
	for _, one := range any {
		if errors.Is(err, one) {
			return true
		}
	}
	return false
}

func (g *gate) enter(addr net.Addr) (leave func(), ok bool) {
	key := ""
	if ap, err := netip.ParseAddrPort(addr.String()); err == nil && !g.s.isProxy(ap.Addr().Unmap()) {
		key = sourceKey(ap.Addr().Unmap())
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open >= g.all || key != "" && g.from[key] >= g.each {
		return nil, false
	}
	g.open++
	if key != "" {
		g.from[key]++
	}
	return sync.OnceFunc(func() { g.left(key) }), true
}

func (g *gate) left(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open--
	if key == "" {
		return
	}
	if g.from[key]--; g.from[key] == 0 {
		delete(g.from, key)
	}
}

// turnAway says so in one page and closes; what is small never waits for the
// reader.
func turnAway(c net.Conn) {
	page := problemOf(ErrBusy).plainPage()
	_ = c.SetWriteDeadline(time.Now().Add(time.Second)) //nolint:forbidigo // as the connection counts
	_, _ = c.Write(append([]byte("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nCache-Control: no-store\r\nRetry-After: 10\r\n"+
		"X-Content-Type-Options: nosniff\r\nContent-Security-Policy: "+policy+"\r\nContent-Type: "+typeHTML+"\r\n\r\n"), page...))
	_ = c.Close()
}

// guest is a connection that was let in.
type guest struct {
	net.Conn
	leave func()
}

// Close implements net.Conn.
func (g *guest) Close() error {
	defer g.leave()
	return g.Conn.Close()
}
