package main

import (
	"log/slog"
	"time"
)

// spell is a time in which something that is tried again and again fails. That
// it begins is a line in the log, and that it is over another.
type spell struct {
	log   *slog.Logger
	what  string
	since time.Time // zero: it goes well
}

// note notes how it went.
func (s *spell) note(err error) {
	switch failing := !s.since.IsZero(); {
	case err != nil && !failing:
		s.since = time.Now()
		s.log.Error("trouble begins", "what", s.what, "error", err)
	case err == nil && failing:
		s.log.Info("trouble over", "what", s.what, "lasted", time.Since(s.since).Round(time.Second).String())
		s.since = time.Time{}
	}
}
