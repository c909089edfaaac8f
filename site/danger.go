package site

import (
	"yangguang/content"
	"yangguang/understand"
)

// helpFor is whom somebody who wrote that may call at once; nobody where no
// word of danger is in it.
func helpFor(s *content.Snapshot, written understand.Reading) []*content.Contact {
	if kinds := written.Dangers(); len(kinds) > 0 {
		return s.Help(kinds...)
	}
	return nil
}
