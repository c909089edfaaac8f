package understand

import (
	"slices"

	"yangguang/calendar"
	"yangguang/search/hanzi"
)

// GrievanceUntaught is Grievance as it would be had the program never been
// given that very story.
func (r *Reader) GrievanceUntaught(s string, today calendar.Date) Grievance {
	g := r.Grievance(s, today)
	b := learn(slices.DeleteFunc(lessons(), func(l lesson) bool { return l.story == s }))
	g.Kinds, g.Sure = kindsOf(&text{original: s, Text: hanzi.Normalise(s)}, b, g.Crisis)
	return g
}
