package book

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Decode returns the text of a file as an office program saved it: UTF-8 with
// or without a mark, or GBK (GB18030), as WPS does on a Chinese Windows. Line
// ends become \n. It refuses everything else with the line and the byte,
// because a file read in the wrong encoding publishes wrong words.
func Decode(b []byte) (string, error) {
	s, err := decodeBytes(b)
	return lineEnds.Replace(s), err
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func decodeBytes(b []byte) (string, error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(b, 0) >= 0 {
		return "", unreadable(b, bytes.IndexByte(b, 0))
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	if bad, first := brokenUTF8(b); bad {
		return "", unreadable(b, first)
	}
	return decodeGBK(b)
}

// decodeGBK decodes a line at a time, so that a bad one can be named.
func decodeGBK(b []byte) (string, error) {
	var text strings.Builder
	at := 0
	for line := range bytes.Lines(b) {
		s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(line)
		if err != nil || bytes.ContainsRune(s, utf8.RuneError) {
			return "", unreadable(b, at)
		}
		text.Write(s)
		at += len(line)
	}
	return text.String(), nil
}

// brokenUTF8 reports whether b is UTF-8 with a few bad bytes rather than GBK:
// Chinese text in GBK has next to no valid three-byte characters.
func brokenUTF8(b []byte) (bad bool, first int) {
	first = -1
	han, wrong := 0, 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if wrong++; first < 0 {
				first = i
			}
		case size == 3 && unicode.Is(unicode.Han, r):
			han++
		}
		i += size
	}
	return han > wrong, first
}

func unreadable(b []byte, at int) error {
	line := 1 + bytes.Count(b[:at], []byte("\n"))
	return refuse("第 %d 行（第 %d 个字节起）的文字编码读不出来。请在 WPS 或记事本里另存为 UTF-8 再放回来", line, at+1)
}
