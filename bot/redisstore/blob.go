package redisstore

import (
	"encoding/binary"

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
	b = appendPart(b, string(s.Key.Wrapped))
	b = binary.AppendUvarint(b, uint64(len(s.Seen)))
	for _, id := range s.Seen {
		b = appendPart(b, id)
	}
	return append(b, s.Sealed...)
}

func appendPart(b []byte, part string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(part))), part...)
}

// unpack reads what pack wrote into the session. Where the words have vanished
// nothing is left to read.
func unpack(b string, s *bot.Session) error {
	if b == "" {
		return nil
	}
	r := parts{rest: b[1:], odd: b[0] != wordsForm}
	s.Key.Wrapped = []byte(r.next())
	for range r.number() {
		if r.odd {
			break
		}
		s.Seen = append(s.Seen, r.next())
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

func (p *parts) next() string {
	n := p.number()
	if p.odd = p.odd || n > uint64(len(p.rest)); p.odd {
		return ""
	}
	part := p.rest[:n]
	p.rest = p.rest[n:]
	return part
}
