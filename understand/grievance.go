package understand

import (
	"slices"

	"yangguang/calendar"
	"yangguang/complaint"
	"yangguang/pattern"
	"yangguang/search/hanzi"
)

// Grievance is what a text tells of something that happened: what kind of
// complaint it is, against whom, when, about how much. It is a guess with its
// reasons, for the person who wrote it to confirm.
type Grievance struct {
	Reading
	// Kinds are what it may be, the likeliest first, three at most; none where
	// the text says nothing of it. Sure: the first stands well before the next.
	Kinds []Likely
	Sure  bool
	// Parties are whom the text speaks of, as somebody who can be accused.
	Parties []Party
	// Sums are the sums of money, the one that was most likely demanded or paid
	// first.
	Sums []Sum
	// Moment is when it happened, nil where the text names no day that has come.
	Moment *Moment
	// Writer is the age that the writer gives as the own: 我今年13岁. Zero: none.
	Writer Age
	// Details are what the text says of the particulars of each of the kinds.
	Details []Detail
}

// Likely is a kind that a text may be of, with the words that speak for it.
type Likely struct {
	Kind  complaint.Kind
	Score float64
	Words []Span
}

// Detail is a particular of a kind: of a false registration, that it is double.
type Detail struct {
	Span
	Kind  complaint.Kind
	Value string
}

// Grievance returns what a story tells, on that day.
func (r *Reader) Grievance(s string, today calendar.Date) Grievance {
	g := Grievance{Reading: r.Read(s, today)}
	t := &text{original: s, Text: hanzi.Normalise(s)}
	g.Kinds, g.Sure = kindsOf(t, learned(), g.Reading)
	g.Parties = r.units.schoolsOf(t, g.Reading)
	g.Parties = append(g.Parties, parties(t, g.Parties, g.Crisis)...)
	g.Sums = sumsOf(t, g.Reading)
	g.Moment = momentOf(t, g.Reading, today)
	g.Writer = writer(t)
	for _, f := range detailCues().scan(t.Norm) {
		d := f.value
		d.Span = t.span(f.place)
		if !slices.ContainsFunc(g.Details, func(had Detail) bool { return had.Kind == d.Kind && had.Value == d.Value }) {
			g.Details = append(g.Details, d)
		}
	}
	return g
}

// ownAge is an age that is the writer's own.
var ownAge = pattern.New(`(?:^|[^\p{Han}]|[,，。；、])?(?:我|俺)(?:今年|现在|是个?|才|刚|满|还|只有|已经|都)*(\d{1,2}|[零一二两三四五六七八九十]{1,3})周?岁`)

func writer(t *text) Age {
	m := ownAge.FindStringSubmatchIndex(t.Norm)
	if m == nil {
		return Age{}
	}
	age := small(t.Norm[m[2]:m[3]])
	if age < 6 || age > 90 {
		return Age{}
	}
	return Age{t.span(place{m[0], m[1]}), age}
}
