package content

import "strings"

// nowhere is how the codes of places that do not exist begin: GB/T 2260 has no
// province 99. A pack with such units is a demonstration.
const nowhere = "99"

// Fictional reports whether the unit is of a place that does not exist.
func (u *Unit) Fictional() bool { return strings.HasPrefix(u.Code, nowhere) }

// Fictional reports whether what is published is a demonstration. Whoever
// shows or hands on any of it says so.
func (s *Snapshot) Fictional() bool {
	for _, r := range s.byType[TypeUnit] {
		return r.(*Unit).Fictional() // all are, or none: mixed
	}
	return false
}

// Fictional reports whether the pack is a demonstration.
func (p Pack) Fictional() bool {
	for _, i := range p.Items {
		if u, ok := i.Record.(*Unit); ok {
			return u.Fictional()
		}
	}
	return false
}

// mixed: what is real never stands beside what is not.
func (c *checker) mixed() {
	fictional := c.pack.Fictional()
	for _, i := range c.pack.Items {
		if u, ok := i.Record.(*Unit); ok && u.Fictional() != fictional {
			c.add(i, "code", "“%s”：真实的单位和演示用的单位（代码以 99 开头）不能放在一起。", u.Code)
		}
	}
}
