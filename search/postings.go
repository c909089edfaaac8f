package search

import (
	"slices"
	"sort"

	"yangguang/search/hanzi"
)

// fieldKind says which part of a document a field is.
type fieldKind uint8

const (
	inTitle fieldKind = iota
	inName
	inText
)

// field is one text of a document. All fields stand one behind the other in
// one row of characters, with a gap of one after each.
type field struct {
	start uint32
	doc   uint32
	share float32 // of the field's weight that one character is
	size  uint16  // in characters, at most 65535
	kind  fieldKind
}

// postings say where every pair of neighbouring characters stands in the row
// of all fields. A single character is the pairs that begin with it (the last
// one of a field pairs with the gap), a longer text the places where its pairs
// follow one another; so each text is found exactly, wherever words begin.
type postings struct {
	fields []field
	// blocks[p>>blockBits] is the field that holds place p's block begins in.
	blocks []uint32
	// keys are the pairs in order; starts[i] is where the places of keys[i]
	// begin in places, each list ascending.
	keys   []uint64
	starts []uint32
	places []uint32
}

const blockBits = 5

func pair(a, b rune) uint64 { return uint64(a)<<21 | uint64(b) }

func newPostings(docs []Doc) *postings {
	p := &postings{}
	row := make([]rune, 0, 64*len(docs))
	add := func(doc int, kind fieldKind, text string) {
		if text == "" {
			return
		}
		start := len(row)
		row = hanzi.AppendRunes(row, text)
		size := min(len(row)-start, 1<<16-1)
		p.fields = append(p.fields, field{uint32(start), uint32(doc), fieldWeight[kind] / float32(max(size, 1)), uint16(size), kind})
		row = append(row, 0)
	}
	for i, d := range docs {
		add(i, inTitle, d.Title)
		for _, name := range d.Names {
			add(i, inName, name)
		}
		add(i, inText, d.Text)
	}
	p.fields = slices.Clip(p.fields)
	p.block(len(row))
	p.sort(row)
	return p
}

func (p *postings) block(size int) {
	p.blocks = make([]uint32, size>>blockBits+1)
	f := 0
	for b := range p.blocks {
		for f+1 < len(p.fields) && int(p.fields[f+1].start) <= b<<blockBits {
			f++
		}
		p.blocks[b] = uint32(f)
	}
}

// sort orders the places by the pair that stands there, by two counting sorts
// over the row's alphabet.
func (p *postings) sort(row []rune) {
	letters, alphabet := rank(row)
	bySecond := make([]uint32, 0, len(row))
	counts := make([]uint32, len(alphabet)+1)
	second := func(i uint32) uint16 {
		if int(i)+1 < len(letters) {
			return letters[i+1]
		}
		return 0
	}
	for i := range letters {
		if letters[i] != 0 {
			counts[second(uint32(i))+1]++
			bySecond = append(bySecond, 0)
		}
	}
	accumulate(counts)
	for i := range letters {
		if letters[i] != 0 {
			s := second(uint32(i))
			bySecond[counts[s]] = uint32(i)
			counts[s]++
		}
	}
	clear(counts)
	for _, i := range bySecond {
		counts[letters[i]+1]++
	}
	accumulate(counts)
	p.places = make([]uint32, len(bySecond))
	for _, i := range bySecond {
		l := letters[i]
		p.places[counts[l]] = i
		counts[l]++
	}
	for n, i := range p.places {
		key := pair(alphabet[letters[i]], alphabet[second(i)])
		if len(p.keys) == 0 || p.keys[len(p.keys)-1] != key {
			p.keys = append(p.keys, key)
			p.starts = append(p.starts, uint32(n))
		}
	}
	p.keys = slices.Clip(p.keys)
	p.starts = slices.Clip(append(p.starts, uint32(len(p.places))))
}

func accumulate(counts []uint32) {
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
}

// rank returns the row with each character as its number in the alphabet, the
// characters that occur in it in order. The gap is number 0.
func rank(row []rune) (letters []uint16, alphabet []rune) {
	occurs := map[rune]bool{}
	var seen [1 << 16]bool
	for _, r := range row {
		if r < rune(len(seen)) {
			seen[r] = true
		} else {
			occurs[r] = true
		}
	}
	alphabet = append(alphabet, 0)
	for r := 1; r < len(seen); r++ {
		if seen[r] {
			alphabet = append(alphabet, rune(r))
		}
	}
	for r := range occurs {
		alphabet = append(alphabet, r)
	}
	slices.Sort(alphabet)
	alphabet = alphabet[:min(len(alphabet), 1<<16-1)]
	var number [1 << 16]uint16
	high := map[rune]uint16{}
	for i, r := range alphabet {
		if r < rune(len(number)) {
			number[r] = uint16(i)
		} else {
			high[r] = uint16(i)
		}
	}
	letters = make([]uint16, len(row))
	for i, r := range row {
		if r < rune(len(number)) {
			letters[i] = number[r]
		} else {
			letters[i] = high[r]
		}
	}
	return letters, alphabet
}

// list returns the places of a pair.
func (p *postings) list(key uint64) []uint32 {
	i, ok := slices.BinarySearch(p.keys, key)
	if !ok {
		return nil
	}
	return p.places[p.starts[i]:p.starts[i+1]]
}

// lists returns, for a folded text, ascending lists of places that together
// are all places where it begins. buf is used for a list that is not there
// already.
func (p *postings) lists(text []rune, buf *[]uint32) [][]uint32 {
	switch len(text) {
	case 0:
		return nil
	case 1:
		return p.beginning(text[0])
	case 2:
		return [][]uint32{p.list(pair(text[0], text[1]))}
	}
	*buf = p.phrase(text, (*buf)[:0])
	return [][]uint32{*buf}
}

func (p *postings) beginning(r rune) [][]uint32 {
	from := sort.Search(len(p.keys), func(i int) bool { return p.keys[i] >= pair(r, 0) })
	var out [][]uint32
	for i := from; i < len(p.keys) && p.keys[i]>>21 == uint64(r); i++ {
		out = append(out, p.places[p.starts[i]:p.starts[i+1]])
	}
	return out
}

// part is one pair of a text: its places, and how far from the text's
// beginning the pair stands.
type part struct {
	list []uint32
	off  uint32
}

// phrase appends to dst the places where the text begins: where each of its
// pairs stands as far from it as in the text. The rarest pair leads.
func (p *postings) phrase(text []rune, dst []uint32) []uint32 {
	var parts []part
	for i := 0; i+1 < len(text); i += 2 {
		parts = append(parts, part{p.list(pair(text[i], text[i+1])), uint32(i)})
	}
	if n := len(text); n%2 == 1 {
		parts = append(parts, part{p.list(pair(text[n-2], text[n-1])), uint32(n - 2)})
	}
	slices.SortFunc(parts, func(a, b part) int { return len(a.list) - len(b.list) })
	for _, place := range parts[0].list {
		if place >= parts[0].off {
			dst = append(dst, place-parts[0].off)
		}
	}
	for _, next := range parts[1:] {
		dst = keep(dst, next)
	}
	return dst
}

// keep leaves of places those where the part stands too.
func keep(places []uint32, p part) []uint32 {
	out, list := places[:0], p.list
	far := len(places) > 0 && len(list)/len(places) > 16
	for _, place := range places {
		want := place + p.off
		if far {
			list = list[gallop(list, want):]
		} else {
			for len(list) > 0 && list[0] < want {
				list = list[1:]
			}
		}
		if len(list) == 0 {
			break
		}
		if list[0] == want {
			out = append(out, place)
		}
	}
	return out
}

// gallop returns the index of the first element that is not below want.
func gallop(list []uint32, want uint32) int {
	hi := 1
	for hi < len(list) && list[hi-1] < want {
		hi *= 2
	}
	lo := hi / 2
	i, _ := slices.BinarySearch(list[lo:min(hi, len(list))], want)
	return lo + i
}

// each calls yield with the field of every place, for places of a list that
// stand in the same field once. Places of a list ascend, so the next field is
// mostly near.
func (p *postings) each(lists [][]uint32, yield func(field uint32)) {
	for _, list := range lists {
		f, next := uint32(0), uint32(0)
		for _, place := range list {
			if place < next {
				continue
			}
			f = max(f, p.blocks[place>>blockBits])
			for int(f)+1 < len(p.fields) && p.fields[f+1].start <= place {
				f++
			}
			next = ^uint32(0)
			if int(f)+1 < len(p.fields) {
				next = p.fields[f+1].start
			}
			yield(f)
		}
	}
}
