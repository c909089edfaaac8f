package hanzi

import "slices"

// sound is how much two characters sound alike.
type sound int

const (
	unlike sound = iota
	nearly       // as some speakers say them: zhi and zi
	alike
	same // the same character
)

func (c cell) like(o cell) sound {
	if c.r == o.r {
		return same
	}
	if latin(c.r) || latin(o.r) {
		return unlike
	}
	for _, reading := range c.readings {
		if slices.Contains(o.readings, reading) {
			return alike
		}
	}
	for _, reading := range c.sounds.near {
		if slices.Contains(o.readings, reading) {
			return nearly
		}
	}
	return unlike
}

// SoundsLike reports whether o, from its character at on, is the name s by ear
// but not by eye: every character the same or sounding alike, at least half of
// them the same. In a name of two the other one must sound exactly the same. A
// name with a character of another sound is another name.
func (s Spelling) SoundsLike(o Spelling, at int) bool {
	if at+len(s.cells) > len(o.cells) {
		return false
	}
	o.cells = o.cells[at : at+len(s.cells)]
	kept := 0
	for i, c := range s.cells {
		if c.r == o.cells[i].r {
			kept++
		}
	}
	if kept == len(s.cells) || 2*kept < len(s.cells) {
		return false
	}
	least := alike
	if len(s.cells) > 2 {
		least = nearly
	}
	for i, c := range s.cells {
		if c.like(o.cells[i]) < least {
			return false
		}
	}
	return true
}

// Part returns the characters from to to of the name.
func (s Spelling) Part(from, to int) string {
	runes := make([]rune, 0, to-from)
	for _, c := range s.cells[from:to] {
		runes = append(runes, c.r)
	}
	return string(runes)
}
