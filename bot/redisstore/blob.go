package redisstore

import (
	"encoding/binary"
	"encoding/hex"

	"yangguang/bot"
)

// wordsForm begins what pack writes.
const wordsForm = 1

// pack writes what of a session vanishes with its words: the key of the draft,
// the events seen and the talk.
func pack(s bot.Session) []byte {
	size := 16 + len(s.Key.Wrapped) + len(s.Sealed)
	for _, id := range s.Seen {
		size += 3 + len(id)
	}
	b := append(make([]byte, 0, size), wordsForm)
	b = append(binary.AppendUvarint(b, uint64(len(s.Key.Wrapped))), s.Key.Wrapped...)
	b = binary.AppendUvarint(b, uint64(len(s.Seen)))
	for _, id := range s.Seen {
		b = appendID(b, id)
	}
	return append(b, s.Sealed...)
}

// appendID writes an id of an event after twice its length. The clerk's are
// hexadecimal: such a one goes in as the bytes that it means, after one more.
func appendID(b []byte, id string) []byte {
	start := len(b)
	b = binary.AppendUvarint(b, uint64(len(id)+1))
	for i := 0; i < len(id); i += 2 {
		if i+1 == len(id) || digit(id[i])|digit(id[i+1]) > 15 {
			return append(binary.AppendUvarint(b[:start], uint64(2*len(id))), id...)
		}
		b = append(b, digit(id[i])<<4|digit(id[i+1]))
	}
	return b
}

// digit is the value of a lower-case hexadecimal digit; 16 if it is none.
func digit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	}
	return 16
}

// unpack reads what pack wrote into the session. Where the words have vanished
// nothing is left to read.
func unpack(b string, s *bot.Session) error {
	if b == "" {
		return nil
	}
	r := parts{rest: b[1:], odd: b[0] != wordsForm}
	s.Key.Wrapped = []byte(r.part(r.number()))
	for range r.number() {
		if r.odd {
			break
		}
		s.Seen = append(s.Seen, r.id())
	}
	if r.odd {
		return errOdd
	}
	s.Sealed = []byte(r.rest)
	return nil
}

// parts reads one part after the other. It is odd once there is none.
type parts struct {
	rest string
	odd  bool
}

func (p *parts) number() uint64 {
	n, size := binary.Uvarint([]byte(p.rest[:min(len(p.rest), binary.MaxVarintLen64)]))
	if p.odd = p.odd || size <= 0; p.odd {
		return 0
	}
	p.rest = p.rest[size:]
	return n
}

func (p *parts) part(n uint64) string {
	if p.odd = p.odd || n > uint64(len(p.rest)); p.odd {
		return ""
	}
	part := p.rest[:n]
	p.rest = p.rest[n:]
	return part
}

func (p *parts) id() string {
	n := p.number()
	part := p.part(n / 2)
	if n%2 == 1 {
		return hex.EncodeToString([]byte(part))
	}
	return part
}
