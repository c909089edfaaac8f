package hanzi

import "slices"

// The cost of taking one character for another.
const (
	costSame     = 0.0
	costSound    = 0.3 // sounds the same
	costNear     = 0.5 // sounds nearly the same
	costAnything = 1.0
)

func (c cell) cost(o cell) float64 {
	if c.r == o.r {
		return costSame
	}
	if latin(c.r) || latin(o.r) {
		return costAnything
	}
	for _, reading := range c.readings {
		if slices.Contains(o.readings, reading) {
			return costSound
		}
	}
	for _, reading := range c.readings {
		for _, near := range nearReadings(reading) {
			if slices.Contains(o.readings, near) {
				return costNear
			}
		}
	}
	return costAnything
}

// Slip returns how far the name o is from s when it is taken for a slip of
// it, per character of s: 0 is the same name, 1 nothing in common. A character
// that sounds the same costs less than another one, and a character left out
// or put in as much as a wrong one.
func (s Spelling) Slip(o Spelling) float64 {
	if len(s.cells) == 0 {
		return 1
	}
	row := make([]float64, len(o.cells)+1)
	for j := range row {
		row[j] = float64(j)
	}
	for i, a := range s.cells {
		diagonal := row[0]
		row[0] = float64(i + 1)
		for j, b := range o.cells {
			cost := diagonal + a.cost(b)
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+costAnything, row[j+1]+costAnything)
		}
	}
	return min(row[len(o.cells)]/float64(len(s.cells)), 1)
}

// Sub returns the spelling of the characters from to to.
func (s Spelling) Sub(from, to int) Spelling {
	runes := make([]rune, 0, to-from)
	for _, c := range s.cells[from:to] {
		runes = append(runes, c.r)
	}
	return Spelling{Name: string(runes), cells: s.cells[from:to]}
}
