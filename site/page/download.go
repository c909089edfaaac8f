package page

import (
	"context"
	"io"
	"mime"
	"net"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
)

// The limits of a download: it may take long, but not stand still.
const (
	downloadTime    = 15 * time.Minute
	downloadStretch = 30 * time.Second
)

// Download is a file that is sent as it is read, to be saved and never shown
// in place: it was made by somebody else. Nobody keeps it on the way.
type Download struct {
	Name, Type string
	Size       int64
	io.Reader
}

// Send answers with a download. It is read after the handler has returned, with
// the context that open gets.
func (s *Server) Send(c *fiber.Ctx, open func(context.Context) (Download, error)) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), downloadTime)
	d, err := open(ctx)
	if err != nil {
		cancel()
		return err
	}
	c.Set(fiber.HeaderContentType, d.Type)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	c.Set(fiber.HeaderContentLength, strconv.FormatInt(d.Size, 10))
	c.Context().SetBodyStream(&leaving{d.Reader, c.Context().Conn(), cancel}, int(d.Size))
	return nil
}

// leaving is a file on its way out.
type leaving struct {
	io.Reader
	conn net.Conn
	end  context.CancelFunc
}

// Read gives the receiver time for the next stretch.
func (l *leaving) Read(p []byte) (int, error) {
	if err := l.conn.SetWriteDeadline(time.Now().Add(downloadStretch)); err != nil { //nolint:forbidigo // as the connection counts
		return 0, err
	}
	return l.Reader.Read(p)
}

// Close ends the reading.
func (l *leaving) Close() error {
	l.end()
	return nil
}
