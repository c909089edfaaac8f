package book

import (
	"bytes"
	"path"
	"strings"
)

// most is how large a file may be.
const most = 32 << 20

// Open reads a file by what is in it; its name only helps where the bytes
// leave it open. Every error is a [Refusal].
func Open(name string, b []byte) (*Book, error) {
	switch {
	case len(b) == 0:
		return nil, refuse("文件是空的")
	case len(b) > most:
		return nil, refuse("文件太大，最多 %d MB。请分成几个文件", most>>20)
	case bytes.HasPrefix(b, []byte("PK")):
		return openXLSX(b)
	}
	if err := otherKind(strings.ToLower(path.Ext(name)), b); err != nil {
		return nil, err
	}
	text, err := Decode(b)
	if err != nil {
		return nil, err
	}
	rows, err := Lines(text)
	if err != nil {
		return nil, err
	}
	return &Book{Tabs: []Tab{{Rows: rows}}}, nil
}
