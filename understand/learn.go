package understand

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/search/hanzi"
)

// Of stories.tsv each line is a kind and a story of it, of grievances.tsv a
// kind, what else a story names, and the story.
var (
	//go:embed stories.tsv
	stories string
	//go:embed grievances.tsv
	labelled string
)

// lesson is a story with its kind.
type lesson struct {
	kind  complaint.Kind
	story string
}

func (l lesson) evidence() evidence {
	t := &text{original: l.story, Text: hanzi.Normalise(l.story)}
	var r Reading
	readQuantities(&text{original: t.original, Text: t.Text}, &r, calendar.Date{})
	return evidenceOf(t, len(r.Amounts) > 0)
}

func lessons() []lesson {
	var out []lesson
	for line := range strings.Lines(stories + labelled) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) > 1 && line[0] != '#' {
			kind, _, _ := strings.Cut(f[0], "/")
			out = append(out, lesson{complaint.Kind(kind), f[len(f)-1]})
		}
	}
	return out
}

// model says of what kind a story is from its traits: the characters in it,
// their pairs, how much the cues of each kind say, and the signs. How much each trait
// speaks for each kind it has learned from the lessons (a multinomial logistic
// regression); nothing else is kept of them.
type model struct {
	kinds  []complaint.Kind
	number map[string]int32 // of a trait
	says   []float32        // of each trait for each kind
}

var learned = sync.OnceValue(func() *model { return learn(lessons()) })

// trait is a trait in one text, and how much it counts there.
type trait struct {
	number int32
	counts float32
}

const (
	ofCharacter, ofPair, ofCue, ofSign = 0.5, 1, 0.15, 0.7
	textLength                         = 3 // of the characters and pairs of a text as a vector
)

// traits are those of a text that the model knows; of a lesson, new ones are
// known from then on.
func (m *model) traits(e evidence, teach bool) []trait {
	var out []trait
	add := func(name string, counts float32) {
		n, known := m.number[name]
		if !known && teach {
			n, known = int32(len(m.number)), true
			m.number[name] = n
		}
		if known {
			out = append(out, trait{n, counts})
		}
	}
	eachPair(e.Norm, func(character, pair string) {
		add(character, ofCharacter)
		if pair != "" {
			add(pair, ofPair)
		}
	})
	slices.SortFunc(out, func(a, b trait) int { return int(a.number - b.number) })
	out = slices.CompactFunc(out, func(a, b trait) bool { return a.number == b.number })
	length := float32(0)
	for _, x := range out {
		length += x.counts * x.counts
	}
	for i := range out {
		out[i].counts *= textLength / float32(math.Sqrt(float64(length)))
	}
	for _, k := range complaint.Kinds() {
		if l := e.kinds[k]; l != nil {
			add("cue "+string(k), ofCue*float32(l.Score))
		}
	}
	eachSign(e.Norm, func(name string) { add(name, ofSign) })
	if e.sum {
		add("a sum", ofSign)
	}
	return out
}

// eachPair calls f for each character of a folded text, with the pair that it
// makes with the one before it if that stands right there.
func eachPair(folded string, f func(character, pair string)) {
	last := -1
	for i, r := range folded {
		if !hanRune(r) {
			last = -1
			continue
		}
		character, pair := folded[i:i+utf8.RuneLen(r)], ""
		if last >= 0 {
			pair = folded[last : i+utf8.RuneLen(r)]
		}
		f(character, pair)
		last = i
	}
}

func hanRune(r rune) bool { return isHan(r) || r >= 'a' && r <= 'z' }

// How the lessons are taught: how often each, how fast, and how much of what
// was learned fades each time.
const (
	rounds = 30
	pace   = 0.1
	fading = 1e-3
)

func learn(from []lesson) *model {
	m := &model{number: map[string]int32{}}
	of, right := make([][]trait, len(from)), make([]int, len(from))
	for i, l := range from {
		if right[i] = slices.Index(m.kinds, l.kind); right[i] < 0 {
			right[i] = len(m.kinds)
			m.kinds = append(m.kinds, l.kind)
		}
		of[i] = m.traits(l.evidence(), true)
	}
	kinds := len(m.kinds)
	m.says = make([]float32, len(m.number)*kinds)
	moved := make([]float32, len(m.says)) // how far each was moved (AdaGrad)
	stride := strideOf(len(from))
	for range rounds {
		for n := range from {
			i := n * stride % len(from) // neighbours are of one kind
			m.teach(of[i], right[i], moved)
		}
	}
	return m
}

// teach moves what the traits say towards the right kind.
func (m *model) teach(traits []trait, right int, moved []float32) {
	wrong := m.shares(traits)
	wrong[right]--
	kinds := len(m.kinds)
	for _, x := range traits {
		row := int(x.number) * kinds
		says, far := m.says[row:row+kinds], moved[row:row+kinds]
		for k, w := range wrong {
			slope := w*x.counts + fading*says[k]
			far[k] += slope * slope
			says[k] -= pace * slope / (float32(math.Sqrt(float64(far[k]))) + 1e-8)
		}
	}
}

// shares returns how likely each kind is by the traits, one in all.
func (m *model) shares(traits []trait) []float32 {
	out := make([]float32, len(m.kinds))
	for _, x := range traits {
		row := int(x.number) * len(out)
		for k, says := range m.says[row : row+len(out)] {
			out[k] += says * x.counts
		}
	}
	best, whole := slices.Max(out), float32(0)
	for k := range out {
		out[k] = float32(math.Exp(float64(out[k] - best)))
		whole += out[k]
	}
	for k := range out {
		out[k] /= whole
	}
	return out
}

// strideOf returns a step with which all of n are met once each round.
func strideOf(n int) int {
	for step := n*5/8 | 1; ; step += 2 {
		if coprime(step, n) {
			return step
		}
	}
}

func coprime(a, b int) bool {
	for b != 0 {
		a, b = b, a%b
	}
	return a == 1
}
