package understand

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yangguang/search/hanzi"
)

// gap in a pattern stands for a few characters that may stand between: 逼…报
// is found in 逼我们报. Several stand for as many times more.
const gap = "…"

// widestGap is how many bytes of text a gap may cover: four characters.
const widestGap = 12

// gazetteer finds known patterns in folded texts.
type gazetteer[T any] struct{ byFirst map[rune][]entry[T] }

type entry[T any] struct {
	parts []string // folded, around the gaps
	reach []int    // how many bytes may stand before each part
	size  int
	value T
}

func newGazetteer[T any]() *gazetteer[T] { return &gazetteer[T]{byFirst: map[rune][]entry[T]{}} }

func (g *gazetteer[T]) add(pattern string, value T) {
	e, reach := entry[T]{value: value}, 0
	for p := range strings.SplitSeq(pattern, gap) {
		if p = hanzi.Fold(p); p != "" {
			e.parts, e.reach = append(e.parts, p), append(e.reach, reach)
			e.size += len(p)
			reach = 0
		}
		reach += widestGap
	}
	if len(e.parts) == 0 {
		return
	}
	first, _ := utf8.DecodeRuneInString(e.parts[0])
	list := g.byFirst[first]
	i := 0
	for i < len(list) && list[i].size >= e.size {
		i++
	}
	g.byFirst[first] = slices.Insert(list, i, e)
}

// has reports whether the pattern was added.
func (g *gazetteer[T]) has(pattern string) bool {
	pattern = hanzi.Fold(pattern)
	first, _ := utf8.DecodeRuneInString(pattern)
	return slices.ContainsFunc(g.byFirst[first], func(e entry[T]) bool { return len(e.parts) == 1 && e.parts[0] == pattern })
}

type finding[T any] struct {
	place
	value T
}

// scan returns the patterns that stand in text, from left to right, of those
// that begin at a character the longest, and none inside another. Patterns of
// the same length at the same place are all returned.
func (g *gazetteer[T]) scan(text string) []finding[T] {
	var out []finding[T]
	for at := 0; at < len(text); {
		first, width := utf8.DecodeRuneInString(text[at:])
		next, size := at+width, 0
		for _, e := range g.byFirst[first] {
			if e.size < size {
				break
			}
			if to, ok := e.match(text, at); ok && alone(text, at, to) {
				out = append(out, finding[T]{place{at, to}, e.value})
				next, size = to, e.size
			}
		}
		at = next
	}
	return out
}

// match returns where the pattern ends when it begins at at.
func (e *entry[T]) match(text string, at int) (int, bool) {
	if !strings.HasPrefix(text[at:], e.parts[0]) {
		return 0, false
	}
	at += len(e.parts[0])
	for n, p := range e.parts[1:] {
		i := strings.Index(text[at:min(len(text), at+e.reach[n+1]+len(p))], p)
		if i < 0 {
			return 0, false
		}
		at += i + len(p)
	}
	return at, true
}

// alone reports whether text[from:to] is not a piece of a longer Latin word or
// number.
func alone(text string, from, to int) bool {
	return (from == 0 || !alnum(text[from-1]) || !alnum(text[from])) &&
		(to == len(text) || !alnum(text[to-1]) || !alnum(text[to]))
}

func alnum(b byte) bool { return '0' <= b && b <= '9' || 'a' <= b && b <= 'z' }
