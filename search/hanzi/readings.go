package hanzi

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// readings.txt has a line for each set of readings, without tones, and all the
// characters that have it. It is made from go-pinyin by the test of this file
// (go test ./search/hanzi -run Readings -update), which also checks it: that
// package's own map takes longer to build than the rest of the program to
// start.
//
//go:embed readings.txt
var readingsText string

// The characters that have readings: U+3007 (〇) and the Han blocks of the
// basic plane.
const firstHan, lastHan = 0x3007, 0x9fff

// readingSets are the lines of readings.txt, and for each character the line
// it stands in, counted from 1.
var readingSets = sync.OnceValue(func() *readingTable {
	t := &readingTable{sets: [][]string{nil}}
	for line := range strings.Lines(readingsText) {
		sounds, characters, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, r := range characters {
			t.of[r-firstHan] = uint16(len(t.sets))
		}
		t.sets = append(t.sets, strings.Split(sounds, ","))
	}
	return t
})

type readingTable struct {
	sets [][]string
	of   [lastHan - firstHan + 1]uint16
}

// look returns the readings of a character without tones, each once. They must
// not be changed.
func look(r rune) []string {
	switch {
	case r < utf8.RuneSelf && latin(r):
		return []string{string(r)}
	case r < firstHan || r > lastHan:
		return nil
	}
	t := readingSets()
	return t.sets[t.of[r-firstHan]]
}
