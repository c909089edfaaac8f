package page

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
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
	for k := brotlied; k > plain; k-- {
		if takes(header, k) {
			return k
		}
	}
	return plain
}

// acceptedAtOnce returns the coding for bytes that are packed for one request.
// There gzip is the smaller for the same work: of a page of results (9,603
// bytes) its level 3 makes 3,869 in 40 µs, where brotli's quickest makes 4,039
// in 55. Both go out in three packets; what presses harder costs us more than a
// slow line gains.
func acceptedAtOnce(header []byte) coding {
	if takes(header, gzipped) {
		return gzipped
	}
	return accepted(header)
}

// takes reports whether an Accept-Encoding header takes the coding.
func takes(header []byte, k coding) bool {
	for len(header) > 0 {
		one, rest, _ := bytes.Cut(header, []byte(","))
		header = rest
		name, q, weighed := bytes.Cut(one, []byte(";"))
		if named(bytes.TrimSpace(name)) == k && (!weighed || weighs(q)) {
			return true
		}
	}
	return false
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
	gzipped:  {passing: 3, quick: 6, best: gzip.BestCompression},
	brotlied: {passing: 1, quick: 5, best: brotli.BestCompression},
}

// packers keeps writers for reuse: a new one costs more than a page.
var packers [codings][best + 1]sync.Pool

func newPacker(k coding, e effort) packer {
	if k == brotlied && e == passing {
		// The library's newer writer, twice as quick.
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
	var out bytes.Buffer
	k.packTo(&out, b, e)
	return out.Bytes()
}

// packTo writes b to a buffer, which takes every write.
func (k coding) packTo(buffer io.Writer, b []byte, e effort) {
	w, ok := packers[k][e].Get().(packer)
	if !ok {
		w = newPacker(k, e)
	}
	defer packers[k][e].Put(w)
	w.Reset(buffer)
	_, _ = w.Write(b)
	_ = w.Close()
}
