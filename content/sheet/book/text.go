package book

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// keeper keeps one copy of a text that comes again.
type keeper struct{ seen map[string]string }

const (
	mostKept    = 1 << 16
	longestKept = 64
)

func (k *keeper) text(b []byte) string {
	if s, ok := k.seen[string(b)]; ok {
		return s
	}
	s := text(b)
	if len(b) <= longestKept && len(k.seen) < mostKept {
		k.seen[string(b)] = s
	}
	return s
}

// text returns what a person reads of a text in the file.
func text(b []byte) string {
	if bytes.Contains(b, []byte("_x")) {
		b = characters(b)
	}
	s := strings.TrimSpace(strings.ToValidUTF8(string(b), "\ufffd"))
	if strings.ContainsRune(s, '\r') {
		s = lineEnds.Replace(s)
	}
	return s
}

// characters replaces _x000D_ by the character of that number.
func characters(b []byte) []byte {
	var out []byte
	for {
		i := bytes.Index(b, []byte("_x"))
		if i < 0 {
			return append(out, b...)
		}
		out, b = append(out, b[:i]...), b[i:]
		n := 1
		if len(b) > 6 && b[6] == '_' {
			if v, err := strconv.ParseUint(string(b[2:6]), 16, 16); err == nil && utf8.ValidRune(rune(v)) {
				out = utf8.AppendRune(out, rune(v))
				n = 7
			}
		}
		if n == 1 {
			out = append(out, b[0])
		}
		b = b[n:]
	}
}
