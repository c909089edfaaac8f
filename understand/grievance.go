package understand

import (
	"yangguang/calendar"
	"yangguang/complaint"
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

// Party is somebody a text speaks of.
type Party struct {
	Span
	Kind complaint.AccusedKind
	// Named: the words are a name (武陟县实验中学), not only what it is (班主任).
	Named bool
}

// Moment is a day, or from when to when, on China's calendar: 昨天, 上周, 5月20号.
type Moment struct {
	Span
	From, To calendar.Date
}

// Detail is a particular of a kind: of a false registration, that it is double.
type Detail struct {
	Span
	Kind  complaint.Kind
	Value string
}

// Grievance returns what a story tells, on that day.
func (r *Reader) Grievance(s string, today calendar.Date) Grievance {
	return Grievance{Reading: r.Read(s, today)}
}
