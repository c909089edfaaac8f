package meili

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"yangguang/search"
)

// document is a document as it stands on the server.
type document struct {
	// Key is what is counted and ordered by, in one word: number, type, year and
	// standing. It is the primary key.
	Key string `json:"key"`
	// Number is the place among the documents of the generation.
	Number     uint32     `json:"number"`
	Generation generation `json:"generation"`

	ID     string   `json:"id"`
	Type   string   `json:"type"`
	Title  string   `json:"title"`
	Text   string   `json:"text"`
	URL    string   `json:"url"`
	Year   int      `json:"year"`
	Names  []string `json:"names"`
	Weight int      `json:"weight"`

	// What is searched: see spaced and chars.
	HeadsSpaced []string `json:"heads_spaced,omitempty"`
	TextSpaced  []string `json:"text_spaced,omitempty"`
	HeadChars   string   `json:"head_chars,omitempty"`
	TextChars   string   `json:"text_chars,omitempty"`
}

// shown are the fields that are read back.
var shown = []string{"number", "generation", "id", "type", "title", "text", "url", "year", "names", "weight"}

func (d *document) doc() search.Doc {
	return search.Doc{
		ID: d.ID, Type: d.Type, Title: d.Title, Text: d.Text, URL: d.URL, Year: d.Year, Names: d.Names, Weight: d.Weight,
	}
}

func documentsOf(docs []search.Doc, g generation) []document {
	out := make([]document, len(docs))
	for i, standing := range search.Standings(docs) {
		d := &docs[i]
		heads, bodies := search.TextsOf(*d).In()
		out[i] = document{
			Key: fmt.Sprintf("%d-%s-%d-%d", i, d.Type, d.Year, standing), Number: uint32(i), Generation: g,
			ID: d.ID, Type: d.Type, Title: d.Title, Text: d.Text, URL: d.URL, Year: d.Year, Names: d.Names, Weight: d.Weight,
			HeadsSpaced: spaced(heads), TextSpaced: spaced(bodies), HeadChars: chars(heads), TextChars: chars(bodies),
		}
	}
	return out
}

// readEntry reads a key without its number: type, year and standing.
func readEntry(key []byte, e *search.Entry) bool {
	f := strings.SplitN(string(key), "-", 3)
	if len(f) != 3 {
		return false
	}
	year, err := strconv.Atoi(f[1])
	standing, wrong := strconv.Atoi(f[2])
	*e = search.Entry{Type: f[0], Year: year, Standing: standing}
	return err == nil && wrong == nil
}

// spaced writes texts, as they are compared, with every pair of neighbouring
// characters as a word of Latin letters: the server cuts where we say, knows no
// sentence ends and takes no character for another one. It finds a phrase by
// the distances of its words, one and two; of pairs that makes four characters
// in a row, where of single characters it would be anything alike.
func spaced(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = string(appendSpaced(nil, []rune(text)))
	}
	return out
}

func appendSpaced(to []byte, text []rune) []byte {
	for i := 0; i+1 < len(text); i++ {
		if i > 0 {
			to = append(to, ' ')
		}
		to = appendChar(appendChar(to, text[i]), text[i+1])
	}
	return to
}

// appendChar appends the letters of a character.
func appendChar(to []byte, r rune) []byte {
	n := int(r)
	for range 4 {
		to = append(to, byte('a'+n%26))
		n /= 26
	}
	if n > 0 { // beyond the characters of any script
		to = append(to, byte('a'+n))
	}
	return to
}

// chars writes the characters that occur in the texts, each as a word, once.
func chars(texts []string) string {
	var to []byte
	seen := map[rune]bool{}
	for _, text := range texts {
		for _, r := range text {
			if !seen[r] {
				seen[r] = true
				to = append(appendChar(to, r), ' ')
			}
		}
	}
	return string(to)
}

// generation names the settings and documents of an index by their digest, and
// says how many documents there are: 1f0c9a52d6b3e478-312.
type generation string

func generationOf(docs []search.Doc) generation {
	sum := sha256.New()
	sum.Write(settings)
	for i := range docs {
		d := &docs[i]
		fmt.Fprintf(sum, "%q %q %q %q %q %d %q %d\n", d.ID, d.Type, d.Title, d.Text, d.URL, d.Year, d.Names, d.Weight)
	}
	return generation(fmt.Sprintf("%s-%d", hex.EncodeToString(sum.Sum(nil)[:8]), len(docs)))
}

// size is how many documents the generation has.
func (g generation) size() int {
	_, count, _ := strings.Cut(string(g), "-")
	n, _ := strconv.Atoi(count) // 0 for what is no generation
	return n
}
