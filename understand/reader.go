package understand

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/search/hanzi"
)

// Reader reads texts with the names and words of one snapshot.
type Reader struct {
	units      *names
	documents  []document
	words      *gazetteer[content.Word]
	others     *gazetteer[content.Word]
	phrases    *gazetteer[content.Phrase]
	crises     crises
	vocabulary []hanzi.Spelling
	plain      []string // while it is built
}

// New returns a Reader for the snapshot.
func New(s *content.Snapshot) *Reader {
	r := &Reader{
		units: newNames(s.Units()), documents: documents(s.Policies()),
		words: newGazetteer[content.Word](), others: newGazetteer[content.Word](), phrases: newGazetteer[content.Phrase](),
	}
	for _, w := range s.Words() {
		r.addWord(w)
	}
	for _, t := range s.Terms() {
		for _, name := range append([]string{t.Name}, t.Aliases...) {
			r.words.add(name, content.Word{Word: name, Means: []string{t.Name}, Kind: "synonym"})
		}
	}
	r.addPlain()
	for _, p := range s.Phrases() {
		for _, pattern := range p.Patterns {
			r.phrases.add(pattern, *p)
		}
	}
	r.crises = newCrises(s.Crises())
	r.units.ready()
	r.vocabulary = vocabulary(s)
	return r
}

// addWord files a word: the name of somebody else, another name of a unit, or
// a word for other words.
func (r *Reader) addWord(w *content.Word) {
	if w.Kind == "other" {
		r.others.add(w.Word, *w)
		return
	}
	rest := *w
	rest.Means = nil
	for _, m := range w.Means {
		if codes := r.units.codes(m); len(codes) > 0 {
			for _, code := range codes {
				r.units.add(w.Word, code, r.units.byWord(w, code))
			}
			continue
		}
		rest.Means = append(rest.Means, m)
	}
	if len(rest.Means) > 0 {
		r.words.add(w.Word, rest)
	}
	for _, m := range rest.Means {
		if utf8.RuneCountInString(m) <= longestWord {
			r.plain = append(r.plain, m)
		}
	}
}

// longestWord is how many characters a word that others mean may have, to be
// one itself; longer ones are half a sentence.
const longestWord = 4

// addPlain files the words that others mean, where they mean nothing else.
func (r *Reader) addPlain() {
	seen := map[string]bool{}
	for _, m := range r.plain {
		if !seen[m] && !r.words.has(m) {
			seen[m] = true
			r.words.add(m, content.Word{Word: m, Kind: "synonym"})
		}
	}
	r.plain = nil
}

// vocabulary is what may be typed in Latin letters and is no unit.
func vocabulary(s *content.Snapshot) []hanzi.Spelling {
	seen := map[string]bool{}
	var out []hanzi.Spelling
	add := func(texts ...string) {
		for _, text := range texts {
			if spelled := hanzi.Spell(text); !seen[spelled.Name] && spelled.Len() > 1 {
				seen[spelled.Name] = true
				out = append(out, spelled)
			}
		}
	}
	for _, t := range s.Terms() {
		add(t.Name)
		add(t.Aliases...)
	}
	for _, w := range s.Words() {
		if w.Kind == "synonym" && !strings.Contains(w.Word, gap) {
			add(w.Word)
			add(w.Means...)
		}
	}
	for _, f := range s.FAQs() {
		add(f.Question)
	}
	for _, p := range s.Policies() {
		add(p.Title)
	}
	return out
}

// place is a stretch of a folded text, in bytes.
type place struct{ from, to int }

func (p place) overlaps(o place) bool { return p.from < o.to && o.from < p.to }

// text is a text being read, with the places that are spoken for.
type text struct {
	original string
	hanzi.Text
	taken   []place
	pending []place // found, and taken at the next settle
}

func (t *text) span(p place) Span {
	from, to := t.Span(p.from, p.to)
	return Span{from, to, t.original[from:to]}
}

func (t *text) free(p place) bool {
	return !slices.ContainsFunc(t.taken, p.overlaps)
}

func (t *text) take(p place) { t.taken = append(t.taken, p) }

func (t *text) settle() { t.taken, t.pending = append(t.taken, t.pending...), t.pending[:0] }

// Read returns what the text names on that day: 今年 is the day's year. Without
// a day 今年 is no year.
func (r *Reader) Read(s string, today calendar.Date) Reading {
	t := &text{original: s, Text: hanzi.Normalise(s)}
	var out Reading
	for _, f := range r.others.scan(t.Norm) {
		t.take(f.place)
		out.Others = append(out.Others, Other{Span: t.span(f.place), Word: f.value.Word, Means: f.value.Means})
	}
	r.readNumbers(t, &out)
	readQuantities(t, &out, today)
	r.readUnits(t, &out)
	for _, f := range r.words.scan(t.Norm) {
		if t.free(f.place) {
			how := ByAlias
			if f.value.Kind == "typo" {
				how = ByTypo
			}
			out.Words = append(out.Words, Word{t.span(f.place), f.value.Word, f.value.Means, how})
		}
	}
	r.readLatin(t, &out)
	r.readPhrases(t, &out)
	out.Crisis = r.crises.read(t)
	for _, f := range topics().scan(t.Norm) {
		out.Topics = append(out.Topics, Topic{t.span(f.place), f.value})
	}
	slices.SortStableFunc(out.Units, func(a, b Unit) int { return cmp.Compare(a.From, b.From) })
	slices.SortStableFunc(out.Words, func(a, b Word) int { return cmp.Compare(a.From, b.From) })
	return out
}
