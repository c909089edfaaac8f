// Package understand reads what people write about the record: which unit,
// which document, year, age, date and sum of money a text names, what it is
// about, and which wordings of adverts stand in it.
//
// A [Reader] is built from one [content.Snapshot], so that names, aliases,
// synonyms and phrases are those of the edition on screen; it never changes
// and may be used by many at once. [Reader.Read] returns a [Reading]: every
// finding carries the words it rests on, as a [Span] of the text as it was
// written, so that a page can show them (您写的：“…”) and a citizen can say no.
// Search, the page /verify and the conversation read texts with it alone.
//
// Nothing is guessed silently: a finding says how it was reached, and a word
// that is the name of somebody else (泌阳 is a county too) is reported as an
// [Other], to be asked about, never rewritten.
package understand

import (
	"yangguang/calendar"
	"yangguang/content"
)

// Span is the part of a text that a finding rests on: its bytes From to To,
// and the words themselves.
type Span struct {
	From  int    `json:"from"`
	To    int    `json:"to"`
	Words string `json:"words"`
}

// How says in which way a name was recognised.
type How string

// The ways, from the surest to the least sure.
const (
	ByName         How = "name"
	ByAlias        How = "alias"
	ByWord         How = "word" // what people go there for: 学护士
	ByPart         How = "part" // part of what may be a longer name: 启明 职业技术学校, 卫校分校
	ByAbbreviation How = "abbreviation"
	ByPinyin       How = "pinyin"
	ByInitials     How = "initials"
	ByTypo         How = "typo"      // listed as a slip of this name
	ByHomophone    How = "homophone" // sounds the same, written otherwise
)

// Sure reports whether the words are a name of the thing, and no slip,
// abbreviation or half a name that could mean something else.
func (h How) Sure() bool { return h == ByName || h == ByAlias }

// Unit is a unit that the text names.
type Unit struct {
	Span
	Code string           `json:"code"`
	Name string           `json:"name"`
	How  How              `json:"how"`
	Kind content.UnitKind `json:"kind"`
}

// Number is a document number in any writing, in the form it was issued in:
// 48号文 and 焦教文[2022]48号 are 焦教文〔2022〕48号 where that is published.
type Number struct {
	Span
	Number string `json:"number"`
	// Policy is the id of the document on this site, if it is here.
	Policy string `json:"policy,omitempty"`
}

// Year is a year the text names.
type Year struct {
	Span
	Year int `json:"year"`
}

// Age is a person's age in years.
type Age struct {
	Span
	Age int `json:"age"`
}

// Date is a day. Its year is 0 where the text names none.
type Date struct {
	Span
	Year  int `json:"year,omitempty"`
	Month int `json:"month"`
	Day   int `json:"day"`
}

// Date returns the day in its own year, or in the given one where the text
// names none. It reports false for a day that does not exist.
func (d Date) Date(year int) (calendar.Date, bool) {
	if d.Year != 0 {
		year = d.Year
	}
	day := calendar.NewDate(year, monthOf(d.Month), d.Day)
	return day, day.Day() == d.Day
}

// Amount is a sum of money in yuan.
type Amount struct {
	Span
	Yuan float64 `json:"yuan"`
}

// Phone is a telephone number, digits and hyphens only.
type Phone struct {
	Span
	Phone string `json:"phone"`
}

// Topic is something the text is about: fee, age, deadline.
type Topic struct {
	Span
	Topic string `json:"topic"`
}

// Word is a word of the record's vocabulary, with what it means there.
type Word struct {
	Span
	Word  string   `json:"word"`
	Means []string `json:"means,omitempty"`
	How   How      `json:"how"`
}

// Phrase is a wording of adverts of which a rule speaks.
type Phrase struct {
	Span
	Key     string `json:"key"` // of the Phrase record
	Topic   string `json:"topic"`
	Text    string `json:"text"`
	Law     string `json:"law,omitempty"`
	Article string `json:"article,omitempty"`
}

// Other is the name of something real that is not in this record and only
// looks like something that is: to be asked about.
type Other struct {
	Span
	Word  string   `json:"word"`
	Means []string `json:"means,omitempty"` // what may be meant instead
}

// Reading is what a text names. Findings of a kind stand in the order of the
// text and do not overlap. A telephone number or a sum of money that the text
// repeats is found once.
type Reading struct {
	Units   []Unit   `json:"units,omitempty"`
	Numbers []Number `json:"numbers,omitempty"`
	Years   []Year   `json:"years,omitempty"`
	Ages    []Age    `json:"ages,omitempty"`
	Dates   []Date   `json:"dates,omitempty"`
	Amounts []Amount `json:"amounts,omitempty"`
	Phones  []Phone  `json:"phones,omitempty"`
	Topics  []Topic  `json:"topics,omitempty"`
	Words   []Word   `json:"words,omitempty"`
	Phrases []Phrase `json:"phrases,omitempty"`
	Others  []Other  `json:"others,omitempty"`
	// Crisis are the words of somebody who may be in danger.
	Crisis []Crisis `json:"crisis,omitempty"`
}
