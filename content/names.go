package content

import (
	"slices"
	"strings"
)

// Names finds who is meant by a name that stands in a sheet: exactly, or by a
// short or former name, never by one that is only like it (泌阳 is not 沁阳). A
// name that two have is nobody's.
type Names struct {
	Units, Schools, Specialties *Index
}

// Index is the names of one type.
type Index struct {
	codes map[string]string // by name; empty for one that two have
	known map[string]string // the name, by code
	names []string
}

// NamesOf returns the names of records.
func NamesOf(records ...Record) *Names {
	n := &Names{Units: newIndex(), Schools: newIndex(), Specialties: newIndex()}
	n.Add(records...)
	return n
}

// Add adds the names of further records.
func (n *Names) Add(records ...Record) {
	for _, r := range records {
		switch r := r.(type) {
		case *Unit:
			n.Units.add(r.Code, r.Name, r.Aliases)
		case *School:
			n.Schools.add(r.Code, r.Name, r.Short, r.Former)
		case *Specialty:
			n.Specialties.add(r.Code, r.Name)
		}
	}
}

// Names returns the names of what is published.
func (s *Snapshot) Names() *Names {
	return NamesOf(slices.Concat(s.byType[TypeUnit], s.byType[TypeSchool], s.byType[TypeSpecialty])...)
}

func newIndex() *Index { return &Index{codes: map[string]string{}, known: map[string]string{}} }

func (x *Index) add(code, name string, others ...[]string) {
	if _, twice := x.known[code]; !twice {
		x.names = append(x.names, name)
	}
	x.known[code] = name
	for _, word := range append([]string{name}, slices.Concat(others...)...) {
		word, whose := callName(word), code
		if other, taken := x.codes[word]; taken && other != code {
			whose = ""
		}
		x.codes[word] = whose
	}
}

// callName is a name without what only the way of writing it adds.
func callName(s string) string { return letters(brackets.Replace(s)) }

var brackets = strings.NewReplacer("(", "（", ")", "）")

// Empty reports whether no name is known.
func (x *Index) Empty() bool { return len(x.names) == 0 }

// Code returns the code of that name, or for 沁阳市教育局 that of 沁阳市.
func (x *Index) Code(name string) (string, bool) {
	word := callName(name)
	code, known := x.codes[word]
	for _, office := range offices {
		if of, is := strings.CutSuffix(word, office); is && !known {
			code = x.codes[of]
		}
	}
	return code, code != ""
}

// offices are what a county's education bureau is called; in a sheet it stands
// for its county.
var offices = []string{"教育局", "教体局", "教育体育局", "教育和体育局", "教育科技局", "教育科学技术局", "人民政府"}

// Name returns the name of that code.
func (x *Index) Name(code string) (string, bool) {
	name, ok := x.known[code]
	return name, ok
}

// In returns the name that a text begins with or holds, the longest.
func (x *Index) In(text string) (string, bool) {
	best := ""
	text = callName(text)
	for word, code := range x.codes {
		if code != "" && len([]rune(word)) > 1 && len(word) > len(best) && strings.Contains(text, word) {
			best = word
		}
	}
	return best, best != ""
}

// Near returns up to three names that are written much like this one, for a
// person to choose from.
func (x *Index) Near(name string) []string {
	type near struct {
		name  string
		apart int
	}
	want := []rune(callName(name))
	var found []near
	for _, n := range x.names {
		if apart := distance(want, []rune(callName(n))); apart <= max(1, len(want)/3) {
			found = append(found, near{n, apart})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return a.apart - b.apart })
	var names []string
	for _, f := range found[:min(3, len(found))] {
		names = append(names, f.name)
	}
	return names
}

// distance is how many characters must be changed, added or left out.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, last+1)
		}
	}
	return row[len(b)]
}
