package hanzi

import (
	"cmp"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write readings.txt anew")

// tones takes the tone marks away and writes ü as u, which is how most people
// type it (v is read as u as well).
var tones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a",
	"ē", "e", "é", "e", "ě", "e", "è", "e", "ế", "e", "ề", "e", "ê", "e", "ê̄", "e", "ê̌", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "u", "ǖ", "u", "ǘ", "u", "ǚ", "u", "ǜ", "u",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
)

// plain returns go-pinyin's readings of a character without tones, each once.
func plain(marked string) []string {
	var out []string
	for one := range strings.SplitSeq(tones.Replace(marked), ",") {
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

func TestReadingsAreThoseOfTheDictionary(t *testing.T) {
	if *update {
		writeReadings(t)
		return // the program still carries the old ones
	}
	for c, marked := range pinyin.PinyinDict {
		if r := rune(c); firstHan <= r && r <= lastHan {
			if got, want := look(r), plain(marked); !slices.Equal(got, want) {
				t.Fatalf("readings of %c = %v, want %v; write readings.txt anew with -update", r, got, want)
			}
		}
	}
}

func writeReadings(t *testing.T) {
	sets := map[string][]rune{}
	for c, marked := range pinyin.PinyinDict {
		if r := rune(c); firstHan <= r && r <= lastHan {
			key := strings.Join(plain(marked), ",")
			sets[key] = append(sets[key], r)
		}
	}
	var b strings.Builder
	for _, key := range slices.SortedFunc(maps.Keys(sets), cmp.Compare) {
		slices.Sort(sets[key])
		b.WriteString(key + " " + string(sets[key]) + "\n")
	}
	if err := os.WriteFile("readings.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
