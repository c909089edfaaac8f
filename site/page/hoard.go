package page

import (
	"context"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/complaint/evidence"
)

// hoards is how much one source may keep here in files that belong to no case:
// a turn is a mebibyte, and comes back when the files do, or by the time a
// draft that nobody touches is gone. The machine itself is a source here.
var hoards = Rate{Name: "files", Burst: HoardSize >> 20, Every: 72 * time.Hour / (HoardSize >> 20)}

// HoardSize is that in bytes: more than a whole complaint with all its files.
const HoardSize = 256 << 20

// Hoard is a file that arrives, as it is counted for its source.
type Hoard struct {
	in    io.Reader
	take  func() error
	back  func()
	read  int64
	taken int64 // turns
}

// Hoard counts a file for the source that sends it. When the source has no
// room left, reading ends with a *evidence.Refused.
func (s *Server) Hoard(c *fiber.Ctx, file io.Reader) *Hoard {
	source, ctx := sourceKey(s.source(c.Context())), c.UserContext()
	return &Hoard{
		in: file,
		take: func() error {
			wait, err := s.limiter.Take(ctx, hoards, source)
			switch {
			case err != nil: // the words are what matters; files wait until they can be counted
				return &evidence.Refused{Why: evidence.NoRoom}
			case wait > 0:
				s.metrics.limited(hoards.Name)
				return &evidence.Refused{Why: evidence.SourceFull}
			}
			return nil
		},
		// A turn that cannot be given back is lost to the source, no more.
		back: func() { _ = s.limiter.Return(context.WithoutCancel(ctx), hoards, source) },
	}
}

// Read implements io.Reader.
func (h *Hoard) Read(p []byte) (int, error) {
	if h.read == h.taken<<20 {
		if err := h.take(); err != nil {
			return 0, err
		}
		h.taken++
	}
	n, err := h.in.Read(p[:min(int64(len(p)), h.taken<<20-h.read)])
	h.read += int64(n)
	return n, err
}

// GiveBack gives the turns back: the file was not kept, or was kept already.
func (h *Hoard) GiveBack() {
	for ; h.taken > 0; h.taken-- {
		h.back()
	}
}

// Release gives the turns of files back that this source need not answer for
// any more: they were removed, or belong to a case.
func (s *Server) Release(c *fiber.Ctx, sizes ...int64) {
	h := s.Hoard(c, nil)
	for _, size := range sizes {
		h.taken = size>>20 + 1
		h.GiveBack()
	}
}
