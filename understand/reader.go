package understand

import (
	"time"

	"yangguang/content"
)

// Reader reads texts with the names and words of one snapshot.
type Reader struct{}

// New returns a Reader for the snapshot.
func New(s *content.Snapshot) *Reader { return &Reader{} }

// Read returns what the text names.
func (r *Reader) Read(text string) Reading { return Reading{} }

func monthOf(m int) time.Month { return time.Month(m) }
