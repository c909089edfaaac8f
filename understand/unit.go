package understand

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yangguang/content"
	"yangguang/search/hanzi"
)

// names are the names of all units: as they are written, as they sound and
// cut short.
type names struct {
	units   map[string]*content.Unit // by code
	order   []string                 // the codes as published
	written *gazetteer[called]
	leading *gazetteer[called]  // words that lead to a unit and are no name of it
	exact   map[string][]called // by folded name
	spelled []spelled
	// byFirst are the folded names by their first character, byRune the spelled
	// names, as indices of spelled, by every character in them.
	byFirst map[rune][]folded
	byRune  map[rune][]int
	byCode  map[string][]int // the spelled names of a unit
	home    string           // the city of the bureau
	// owners counts in how many units' own names a character stands.
	owners map[rune]int
}

// called is one way to call a unit.
type called struct {
	code string
	how  How
}

type folded struct{ code, name string }

type spelled struct {
	hanzi.Spelling
	called
}

func newNames(units []*content.Unit) *names {
	n := &names{
		units: map[string]*content.Unit{}, written: newGazetteer[called](), leading: newGazetteer[called](), exact: map[string][]called{},
		byFirst: map[rune][]folded{}, byRune: map[rune][]int{}, byCode: map[string][]int{}, owners: map[rune]int{},
	}
	for _, u := range units {
		if u.Kind == content.Bureau && n.home == "" {
			n.home = hanzi.Fold(homeOf(u.Name))
		}
		n.units[u.Code], n.order = u, append(n.order, u.Code)
		n.add(u.Name, u.Code, ByName)
		for _, a := range u.Aliases {
			n.add(a, u.Code, n.byAlias(a, u.Code))
		}
		name := hanzi.Fold(u.Name)
		if first, _ := utf8.DecodeRuneInString(name); utf8.RuneCountInString(name) >= 5 {
			n.byFirst[first] = append(n.byFirst[first], folded{u.Code, name})
		}
		seen := map[rune]bool{}
		for _, r := range name {
			if !seen[r] {
				seen[r] = true
				n.owners[r]++
			}
		}
	}
	return n
}

func (n *names) add(name, code string, how How) {
	folded := hanzi.Fold(name)
	for _, had := range n.exact[folded] {
		if had.code == code {
			return
		}
	}
	n.exact[folded] = append(n.exact[folded], called{code, how})
	if how == ByWord {
		n.leading.add(name, called{code, how})
		return
	}
	n.written.add(name, called{code, how})
}

// ready spells the names; slips are not spelled, they are no names.
func (n *names) ready() {
	for name, all := range n.exact {
		for _, c := range all {
			if c.how.Sure() {
				n.spelled = append(n.spelled, spelled{hanzi.Spell(name), c})
			}
		}
	}
	slices.SortFunc(n.spelled, func(a, b spelled) int { // the longest is found first
		return cmp.Or(b.Len()-a.Len(), cmp.Compare(a.Name, b.Name), cmp.Compare(a.code, b.code))
	})
	for i, s := range n.spelled {
		n.byCode[s.code] = append(n.byCode[s.code], i)
		for _, r := range s.Name {
			if list := n.byRune[r]; len(list) == 0 || list[len(list)-1] != i {
				n.byRune[r] = append(list, i)
			}
		}
	}
}

func (n *names) codes(name string) []string {
	var out []string
	for _, c := range n.exact[hanzi.Fold(name)] {
		out = append(out, c.code)
	}
	return out
}

func (r *Reader) readUnits(t *text, out *Reading) {
	for _, f := range r.units.written.scan(t.Norm) {
		if !r.units.endsSlip(t.Norm, f.place, f.value) {
			r.named(t, out, f.place, f.value)
		}
	}
	t.settle()
	for _, run := range hanRuns(t.Norm) {
		r.shortened(t, out, run)
		r.sounding(t, out, run)
	}
	for _, f := range r.units.leading.scan(t.Norm) {
		r.named(t, out, f.place, f.value)
	}
	t.settle()
}

// named adds the unit that a name is of, or the other that it is the end of.
func (r *Reader) named(t *text, out *Reading, p place, c called) {
	if !t.free(p) {
		return
	}
	switch whose, whole := r.units.owner(t, p, c); whose {
	case somebodyElses:
		t.take(whole)
		s := t.span(whole)
		out.Others = append(out.Others, Other{Span: s, Word: s.Words})
	case unsure:
		r.unit(t, out, p, called{c.code, ByPart})
	case ours:
		r.unit(t, out, p, c)
	}
}

// unit adds a finding. The place is taken by settle, so that a name that two
// units share is found for both.
func (r *Reader) unit(t *text, out *Reading, p place, c called) {
	u := r.units.units[c.code]
	if n := len(out.Units); n > 0 && out.Units[n-1].Code == c.code && out.Units[n-1].Span == t.span(p) {
		return // 工会中专 and 工会…中专
	}
	out.Units = append(out.Units, Unit{t.span(p), u.Code, u.Name, c.how, u.Kind})
	t.pending = append(t.pending, p)
}

// shortened finds names cut short: 焦作卫校. They must hold a character that is
// this unit's alone.
func (r *Reader) shortened(t *text, out *Reading, run place) {
	for from, first := range t.Norm[run.from:run.to] {
		from += run.from
		best, fit, rivals := finding[called]{}, 0.45, 0
		for _, u := range r.units.byFirst[first] {
			code, name := u.code, u.name
			to, f := longestShort(t.Norm[from:run.to], name)
			if to += from; f == 0 || r.units.isCity(t.Norm[from:to]) || !r.owned(t.Norm[from:to]) || !t.free(place{from, to}) || goesOn(t.Norm[to:], t.Norm[from:to], name) {
				continue
			}
			switch longer := to - best.to; {
			case longer > 0 && f >= 0.45 || longer == 0 && f > fit:
				best, fit, rivals = finding[called]{place{from, to}, called{code, ByAbbreviation}}, f, 0
			case longer == 0 && f == fit:
				rivals++
			}
		}
		if best.to > 0 && rivals == 0 {
			r.unit(t, out, best.place, best.value)
			t.settle()
		}
	}
}

// longestShort returns how much of text, from its beginning, is the name cut
// short, at least three characters, and how well it fits.
func longestShort(text, name string) (int, float64) {
	to := hanzi.Longest(text, name)
	if utf8.RuneCountInString(text[:to]) < 3 {
		return 0, 0
	}
	fit, _ := hanzi.Shortens(text[:to], name)
	return to, fit
}

// goesOn reports whether what follows makes it the name of something else
// (焦作职业技术 of 焦作职业技术学院).
func goesOn(rest, short, name string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	if strings.HasSuffix(short, string(last)) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune("学院大局厅医公", next)
}

func (r *Reader) owned(short string) bool {
	for _, c := range short {
		if r.units.owners[c] == 1 {
			return true
		}
	}
	return false
}

// sounding finds names written with other characters of the same sound. Two
// characters are enough for a county only: too many words sound like 卫校.
func (r *Reader) sounding(t *text, out *Reading, run place) {
	runes := []rune(t.Norm[run.from:run.to])
	typed := hanzi.Spell(string(runes))
	if typed.Len() != len(runes) {
		return
	}
	offsets := make([]int, 0, len(runes)+1)
	for i := range t.Norm[run.from:run.to] {
		offsets = append(offsets, run.from+i)
	}
	offsets = append(offsets, run.to)
	for _, k := range r.units.sharing(runes) {
		s := r.units.spelled[k]
		n := s.Len()
		kind := r.units.units[s.code].Kind
		if n < 2 || n > typed.Len() || n == 2 && kind != content.County && kind != content.District {
			continue
		}
		for i := 0; i+n <= len(runes); i++ {
			p := place{offsets[i], offsets[i+n]}
			if s.SoundsLike(typed, i) {
				r.named(t, out, p, called{s.code, ByHomophone})
				t.settle()
			}
		}
	}
}

// endsSlip reports whether the name at p is the end of a longer name of the
// same unit with a slip in it (焦做卫校), which sounding finds.
func (n *names) endsSlip(text string, p place, c called) bool {
	if c.how == ByName || !n.school(c.code) {
		return false
	}
	typed := []rune(text[max(0, p.from-longestFront*utf8.UTFMax):p.to])
	for _, i := range n.byCode[c.code] {
		size := n.spelled[i].Len()
		if size <= utf8.RuneCountInString(text[p.from:p.to]) || size > len(typed) {
			continue
		}
		if tail := hanzi.Spell(string(typed[len(typed)-size:])); tail.Len() == size && n.spelled[i].SoundsLike(tail, 0) {
			return true
		}
	}
	return false
}

// common is how many names a character may stand in to point to them.
const common = 2000

// sharing returns the spelled names, the longest first, that have at least
// half of their characters in the text, as far as these are not in every
// other name.
func (n *names) sharing(text []rune) []int {
	shared := map[int]int{}
	seen := map[rune]bool{}
	for _, r := range text {
		if list := n.byRune[r]; !seen[r] && len(list) <= common {
			seen[r] = true
			for _, i := range list {
				shared[i]++
			}
		}
	}
	var out []int
	for i, times := range shared {
		if len(n.spelled) > common && times < 2 && n.spelled[i].Len() > 2 {
			continue
		}
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// hanRuns returns the stretches of Han characters.
func hanRuns(text string) []place {
	var out []place
	from := -1
	for i, r := range text + " " {
		switch han := unicode.Is(unicode.Han, r); {
		case han && from < 0:
			from = i
		case !han && from >= 0:
			out = append(out, place{from, i})
			from = -1
		}
	}
	return out
}
