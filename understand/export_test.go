package understand

import (
	"slices"
	"sync"

	"yangguang/calendar"
	"yangguang/search/hanzi"
)

// folds is in how many parts the lessons are taught.
const folds = 10

// taughtWithout are models that were never given a part of the lessons.
var taughtWithout = sync.OnceValue(func() [folds]*model {
	var out [folds]*model
	for part := range out {
		var rest []lesson
		for i, l := range lessons() {
			if i%folds != part {
				rest = append(rest, l)
			}
		}
		out[part] = learn(rest)
	}
	return out
})

// GrievanceUntaught is Grievance as it would be had the program never been
// given that very story.
func (r *Reader) GrievanceUntaught(s string, today calendar.Date) Grievance {
	g := r.Grievance(s, today)
	if i := slices.IndexFunc(lessons(), func(l lesson) bool { return l.story == s }); i >= 0 {
		g.Kinds, g.Sure = kindsOf(&text{original: s, Text: hanzi.Normalise(s)}, taughtWithout()[i%folds], g.Reading)
	}
	return g
}
