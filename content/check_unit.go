package content

import (
	"fmt"
	"strings"
)

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

// seats: there is one bureau, and a county's school has its county, so that a
// complaint finds who receives it.
func (c *checker) seats() {
	codes, bureaus := map[string]bool{}, 0
	var units []Item
	for _, i := range c.pack.Items {
		if u, ok := i.Record.(*Unit); ok {
			codes[u.Code] = true
			units = append(units, i)
			if u.Kind == Bureau {
				bureaus++
			}
		}
	}
	if len(units) > 0 && bureaus != 1 {
		c.found = append(c.found, Problem{units[0].Place.File, fmt.Sprintf("要有一行教育局，现在有 %d 行。投诉从那里收。", bureaus)})
	}
	for _, i := range units {
		u := i.Record.(*Unit)
		if county, _, _ := strings.Cut(u.Code, "-"); u.Kind == CountySchool && !codes[county] {
			c.add(i, "code", "“%s”前面的 %s 不是这里的县（市、区）。县属学校的代码以所在县的代码开头。", u.Code, county)
		}
	}
}
