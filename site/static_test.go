package site

import (
	"testing"
)

// What a page brings of its own stays small (12 KiB of style, 6 KiB of script).
func TestPagesStayLight(t *testing.T) {
	s := serve(t)
	for name, most := range map[string]int{"app.css": 12 << 10, "case.css": 12 << 10, "app.js": 6 << 10} {
		status, body := s.get(s.site.Assets.Path(name))
		if status != 200 || len(body) > most || len(body) == 0 {
			t.Errorf("%s: %d, %d bytes, at most %d", name, status, len(body), most)
		}
	}
}
