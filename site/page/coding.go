package page

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// coding is a way to send bytes.
type coding uint8

// The codings, the least wanted first.
const (
	plain coding = iota
	gzipped
	brotlied
	codings
)

var codingNames = [codings][]byte{plain: []byte("identity"), gzipped: []byte("gzip"), brotlied: []byte("br")}

// accepted returns the best coding that an Accept-Encoding header takes.
// Plain bytes are always sent rather than refused.
func accepted(header []byte) coding {
	found := plain
	for len(header) > 0 && found != brotlied {
		one, rest, _ := bytes.Cut(header, []byte(","))
		header = rest
		name, q, weighed := bytes.Cut(one, []byte(";"))
		k := named(bytes.TrimSpace(name))
		if k > found && (!weighed || weighs(q)) {
			found = k
		}
	}
	return found
}

// named returns the coding of that name, plain if it is none of ours.
func named(name []byte) coding {
	switch {
	case len(name) == 2 && bytes.EqualFold(name, codingNames[brotlied]):
		return brotlied
	case len(name) == 4 && bytes.EqualFold(name, codingNames[gzipped]):
		return gzipped
	}
	return plain
}

// weighs reports whether a parameter like q=0.5 is above zero.
func weighs(parameter []byte) bool {
	_, value, ok := strings.Cut(string(parameter), "=")
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return ok && err == nil && q > 0
}

// effort is how hard bytes are pressed.
type effort uint8

// The efforts: passing for an answer that is thrown away, quick for the first
// answer of a cached page, best for all that follow.
const (
	passing effort = iota
	quick
	best
)

type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// levels are the compressors' own, by coding and effort.
var levels = [codings][best + 1]int{
	gzipped:  {passing: gzip.BestSpeed, quick: 6, best: gzip.BestCompression},
	brotlied: {passing: 1, quick: 5, best: brotli.BestCompression},
}

// packers keeps writers for reuse: a new one costs more than a page.
var packers [codings][best + 1]sync.Pool

func newPacker(k coding, e effort) packer {
	if k == brotlied && e == passing {
		// The library's newer writer: as quick as gzip's best speed, and smaller.
		return brotli.NewWriterV2(nil, levels[k][e])
	}
	if k == brotlied {
		return brotli.NewWriterLevel(nil, levels[k][e])
	}
	w, err := gzip.NewWriterLevel(nil, levels[k][e])
	if err != nil {
		panic(err) // a level in the table that gzip has not
	}
	return w
}

// pack returns b in the coding.
func (k coding) pack(b []byte, e effort) []byte {
	if k == plain {
		return b
	}
	w, ok := packers[k][e].Get().(packer)
	if !ok {
		w = newPacker(k, e)
	}
	defer packers[k][e].Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	// A buffer takes every write.
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}
