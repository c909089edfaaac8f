package book

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// scanner reads XML as office programs write it, in a window of bounded size:
// encoding/xml keeps what it reads and takes five times as long for a sheet. It
// refuses what no office program writes: declarations of entities, other
// encodings, elements in each other without end.
type scanner struct {
	in       io.Reader
	window   []byte
	at, end  int // what of the window is not read yet
	finished error

	name  []byte // of the element that opens or ends, without its prefix
	attrs []attribute
	text  []byte
	depth int
	empty bool // <name/>: its end is next
}

type attribute struct{ name, value []byte }

// token is what the scanner met; its parts are good until the next one.
type token int

const (
	nothing token = iota // the end
	opens
	ends
	says
)

const (
	firstWindow = 64 << 10
	mostWindow  = 1 << 20 // a tag or a text is never longer
	mostDepth   = 64
)

func newScanner(r io.Reader) *scanner {
	return &scanner{in: r, window: make([]byte, firstWindow)}
}

// next returns the next token. An error is an end too.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		s.depth--
		return ends, nil
	}
	for {
		if s.at == s.end {
			if !s.more() {
				return s.over()
			}
			if bytes.HasPrefix(s.window[s.at:s.end], []byte("\xef\xbb\xbf")) {
				s.at += 3
			}
			continue
		}
		if s.window[s.at] != '<' {
			return s.words()
		}
		t, err := s.markup()
		if err != nil || t != nothing {
			return t, err
		}
	}
}

// over is the end of the part: all elements must have ended.
func (s *scanner) over() (token, error) {
	if s.depth > 0 || !errors.Is(s.finished, io.EOF) {
		return nothing, errBroken
	}
	return nothing, nil
}

// more reads on and reports whether there was something.
func (s *scanner) more() bool {
	if s.finished != nil {
		return false
	}
	if s.at > 0 {
		copy(s.window, s.window[s.at:s.end])
		s.at, s.end = 0, s.end-s.at
	}
	if s.end == len(s.window) {
		if len(s.window) >= mostWindow {
			s.finished = errBroken
			return false
		}
		s.window = append(s.window, make([]byte, len(s.window))...)
	}
	n := 0
	for n == 0 && s.finished == nil {
		n, s.finished = s.in.Read(s.window[s.end:])
	}
	s.end += n
	return n > 0
}

// until returns what stands before a mark, and leaves both behind.
func (s *scanner) until(mark string) ([]byte, error) {
	seen := 0
	for {
		if i := bytes.Index(s.window[s.at+seen:s.end], []byte(mark)); i >= 0 {
			b := s.window[s.at : s.at+seen+i]
			s.at += seen + i + len(mark)
			return b, nil
		}
		seen = max(0, s.end-s.at-len(mark)+1)
		if !s.more() {
			return nil, errBroken
		}
	}
}

// begins reports whether a mark is next.
func (s *scanner) begins(mark string) bool {
	for s.end-s.at < len(mark) && s.more() {
	}
	return bytes.HasPrefix(s.window[s.at:s.end], []byte(mark))
}

// words is text up to the next tag.
func (s *scanner) words() (token, error) {
	seen := 0
	for {
		i := bytes.IndexByte(s.window[s.at+seen:s.end], '<')
		if i < 0 {
			seen = s.end - s.at
			if s.more() {
				continue
			}
			if s.finished != io.EOF { //nolint:errorlint // io.EOF is what a reader returns
				return nothing, errBroken
			}
			i = 0
		}
		b := s.window[s.at : s.at+seen+i]
		s.at += seen + i
		var err error
		s.text, err = unescape(s.text[:0], b)
		return says, err
	}
}

func (s *scanner) markup() (token, error) {
	if s.end-s.at < 2 && !s.more() {
		return nothing, errBroken
	}
	switch s.window[s.at+1] {
	case '/':
		return s.tagEnd()
	case '?':
		_, err := s.until("?>")
		return nothing, err
	case '!':
		return s.declared()
	}
	return s.tag()
}

func (s *scanner) tagEnd() (token, error) {
	b, err := s.until(">")
	if err != nil || s.depth == 0 {
		return nothing, errBroken
	}
	s.depth--
	s.name = local(trimmed(b[2:]))
	return ends, nil
}

// declared is a comment or text as it is; a DOCTYPE may declare entities.
func (s *scanner) declared() (token, error) {
	switch {
	case s.begins("<!--"):
		_, err := s.until("-->")
		return nothing, err
	case s.begins("<![CDATA["):
		b, err := s.until("]]>")
		if err != nil {
			return nothing, err
		}
		s.text = append(s.text[:0], b[len("<![CDATA["):]...)
		return says, nil
	}
	return nothing, errBroken
}

// tag is the start of an element. A > in quotes does not end it.
func (s *scanner) tag() (token, error) {
	i, quote := s.at+1, byte(0)
	for ; ; i++ {
		if i == s.end {
			n := i - s.at
			if !s.more() {
				return nothing, errBroken
			}
			i = s.at + n
		}
		c := s.window[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '"' || c == '\'':
			quote = c
			continue
		case c != '>':
			continue
		}
		break
	}
	b := s.window[s.at+1 : i]
	s.at = i + 1
	if s.depth++; s.depth > mostDepth {
		return nothing, errBroken
	}
	if n := len(b); n > 0 && b[n-1] == '/' {
		s.empty, b = true, b[:n-1]
	}
	return opens, s.parts(b)
}

// parts cuts a tag into its name and its attributes.
func (s *scanner) parts(b []byte) error {
	end := 0
	for end < len(b) && b[end] > ' ' {
		end++
	}
	s.name, s.attrs = local(b[:end]), s.attrs[:0]
	if len(s.name) == 0 {
		return errBroken
	}
	for b = trimmed(b[end:]); len(b) > 0; b = trimmed(b) {
		is := bytes.IndexByte(b, '=')
		if is <= 0 {
			return errBroken
		}
		name := trimmed(b[:is])
		b = trimmed(b[is+1:])
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return errBroken
		}
		stop := bytes.IndexByte(b[1:], b[0])
		if stop < 0 {
			return errBroken
		}
		s.attrs = append(s.attrs, attribute{name, b[1 : 1+stop]})
		b = b[2+stop:]
	}
	return nil
}

// trimmed returns b without the white space around it.
func trimmed(b []byte) []byte {
	for len(b) > 0 && b[0] <= ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}

func local(name []byte) []byte {
	return name[bytes.LastIndexByte(name, ':')+1:]
}

// raw returns an attribute as it is written, nil where there is none.
func (s *scanner) raw(name string) []byte {
	for _, a := range s.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

// attr returns an attribute's text.
func (s *scanner) attr(name string) string {
	b, err := unescape(nil, s.raw(name))
	if err != nil {
		return ""
	}
	return string(b)
}

// relation returns the id of a relation, an attribute of another namespace
// whose prefix is free.
func (s *scanner) relation() string {
	for _, a := range s.attrs {
		if bytes.HasSuffix(a.name, []byte(":id")) {
			return string(a.value)
		}
	}
	return ""
}

// yes reports whether an attribute says so.
func (s *scanner) yes(name string) bool {
	v := string(s.raw(name))
	return v == "1" || v == "true" || v == "on"
}

// each calls f at the start of every element of a name, to the part's end.
func (s *scanner) each(name string, f func() error) error {
	for {
		switch t, err := s.next(); {
		case err != nil:
			return err
		case t == nothing:
			return nil
		case t == opens && string(s.name) == name:
			if err := f(); err != nil {
				return err
			}
		}
	}
}

// within calls f at each token inside the element that has just opened, and
// comes back after its end.
func (s *scanner) within(f func(token) error) error {
	depth := s.depth
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return err
		case t == nothing:
			return errBroken
		case s.depth < depth:
			return nil
		}
		if err := f(t); err != nil {
			return err
		}
	}
}

// content returns all text inside the element that has just opened.
func (s *scanner) content() (string, error) {
	var b []byte
	err := s.within(func(t token) error {
		if t == says {
			b = append(b, s.text...)
		}
		return nil
	})
	return text(b), err
}

// unescape appends b with its references resolved.
func unescape(to, b []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(to, b...), nil
		}
		to, b = append(to, b[:i]...), b[i+1:]
		end := bytes.IndexByte(b, ';')
		if end < 0 {
			return nil, errBroken
		}
		r := reference(string(b[:end]))
		if r < 0 {
			return nil, errBroken
		}
		to, b = utf8.AppendRune(to, r), b[end+1:]
	}
}

// reference returns the character that a reference names, -1 for one that XML
// does not know by itself.
func reference(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	base := 10
	if len(name) < 2 || name[0] != '#' {
		return -1
	}
	if name = name[1:]; name[0] == 'x' {
		base, name = 16, name[1:]
	}
	n, err := strconv.ParseUint(name, base, 32)
	if err != nil || n > utf8.MaxRune || n == 0 || !utf8.ValidRune(rune(n)) {
		return -1
	}
	return rune(n)
}
