package content

import "strings"

// names: what a unit is called by is its own. A name that two units have
// would lead a family to the wrong one.
func (c *checker) names() {
	called := map[string]Item{}
	owner := func(i Item) string { return i.Record.(*Unit).Name }
	for _, aliases := range []bool{false, true} {
		for _, i := range c.pack.Items {
			u, ok := i.Record.(*Unit)
			if !ok {
				continue
			}
			words, field := []string{u.Name}, "name"
			if aliases {
				words, field = u.Aliases, "aliases"
			}
			for _, word := range words {
				first, taken := called[word]
				if taken && first.Record.Head().ID != u.ID {
					c.add(i, field, "“%s”已经是%s的叫法（%s）。一个叫法只能指一个单位。", word, owner(first), first.Place.Of(""))
				}
				called[strings.TrimSpace(word)] = i
			}
		}
	}
}
