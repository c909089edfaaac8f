package page_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"yangguang/complaint/evidence"
	"yangguang/site/page"
)

// A source keeps so much in files, from this machine too, and what it gives
// back it may send again.
func TestHowMuchASourceKeepsInFiles(t *testing.T) {
	h := newHouse(t, nil)
	const whole = 20 << 20
	var hoard *page.Hoard
	h.App.Get("/keep", func(c *fiber.Ctx) error {
		hoard = h.Hoard(c, io.LimitReader(endless{}, whole))
		if _, err := io.Copy(io.Discard, hoard); err != nil {
			hoard.GiveBack()
			return c.SendString(err.Error())
		}
		return c.SendString("kept")
	})
	h.App.Get("/release", func(c *fiber.Ctx) error { h.Release(c, whole); return nil })
	addr := h.listen()
	keep := func() string { _, body, _ := asked(t, addr, "GET", "/keep"); return body }
	kept := 0
	for range 20 {
		if keep() == "kept" {
			kept++
		}
	}
	if most := page.HoardSize / (whole + 1<<20); kept != most {
		t.Errorf("%d files of 20 MB are kept, want %d", kept, most)
	}
	if got := keep(); !strings.Contains(got, string(evidence.SourceFull)) {
		t.Errorf("one more: %s", got)
	}
	asked(t, addr, "GET", "/release")
	if got := keep(); got != "kept" {
		t.Errorf("after one was given back: %s", got)
	}
	h.clock.move(72 * time.Hour)
	if got := keep(); got != "kept" {
		t.Errorf("when drafts are gone: %s", got)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
