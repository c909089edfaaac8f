package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"time"
)

// replay is a connection from this machine on which the same request comes
// again and again. It keeps the last answer.
type replay struct {
	net.Conn // nothing else is called

	request []byte
	more    func() bool
	answer  bytes.Buffer
}

func requestFor(path string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path)
}

// Read gives one request, while there are more.
func (r *replay) Read(b []byte) (int, error) {
	if !r.more() {
		return 0, io.EOF
	}
	r.answer.Reset()
	return copy(b, r.request), nil
}

func (r *replay) Write(b []byte) (int, error)      { return r.answer.Write(b) }
func (r *replay) Close() error                     { return nil }
func (r *replay) LocalAddr() net.Addr              { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
func (r *replay) RemoteAddr() net.Addr             { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
func (r *replay) SetDeadline(time.Time) error      { return nil }
func (r *replay) SetReadDeadline(time.Time) error  { return nil }
func (r *replay) SetWriteDeadline(time.Time) error { return nil }
