package content

import (
	"time"

	"yangguang/calendar"
)

// TopicDuration is the topic of the rules on the length of schooling (学制).
const TopicDuration = "duration"

// The cases of the rules on the length of schooling. Earlier (往届、未满18) and
// Upper (高中毕业起点) are asked about by families, but notice 48 has no rule
// for them.
const (
	CaseBasic       = "basic"
	CaseFresh       = "fresh"
	CasePrimaryArts = "primary_arts"
	CaseAdult       = "adult"
	CasePartTime    = "part_time"
	CaseLinked      = "linked"
	CaseEarlier     = "earlier"
	CaseUpper       = "upper"
)

// Pupil is what is known of somebody whose length of schooling is asked for.
// The zero value of a field is “not said”.
type Pupil struct {
	// Entry is the year of entry.
	Entry int
	Case  string
	Born  calendar.Date
	// Age is the age in full years on 1 September of the year of entry.
	Age int
}

// Majority says whether a pupil is eighteen on 1 September of the year of
// entry, the day on which notice 48 asks it.
type Majority string

// The answers. On the eighteenth birthday itself the notice's 已满 can be read
// either way, so that somebody must be asked.
const (
	AgeUnknown Majority = ""
	Minor      Majority = "minor"
	Birthday   Majority = "birthday"
	Adult      Majority = "adult"
)

// Majority answers from the date of birth, or else from the age.
func (p Pupil) Majority() Majority {
	const fullAge = 18
	if p.Born.IsZero() {
		switch {
		case p.Age == 0:
			return AgeUnknown
		case p.Age < fullAge:
			return Minor
		}
		return Adult
	}
	asked := calendar.NewDate(p.Entry, time.September, 1)
	of18 := calendar.NewDate(p.Born.Year()+fullAge, p.Born.Month(), p.Born.Day())
	switch {
	case of18 == asked:
		return Birthday
	case of18.Before(asked):
		return Adult
	}
	return Minor
}

// Ruling says how sure an answer about the length of schooling is.
type Ruling string

// The rulings.
const (
	// Unasked: too little is known to answer.
	Unasked Ruling = ""
	// Ruled: the year's document has a rule for this case.
	Ruled Ruling = "ruled"
	// BothRules: the document has two rules for this case, and does not say
	// which goes first.
	BothRules Ruling = "both"
	// Silent: the document has no rule; only the basic length is known.
	Silent Ruling = "silent"
	// OnBirthday: eighteen on the very day; the document can be read either way.
	OnBirthday Ruling = "birthday"
	// UnderAge: said to be eighteen, and is not by the date or age given.
	UnderAge Ruling = "under_age"
	// NoRules: no rules are published.
	NoRules Ruling = "no_rules"
)

// Duration is how long a pupil's schooling takes, by the rules of a year.
type Duration struct {
	Ruling Ruling
	// Rule is the rule that answers, Basic the year's basic length, Adult the
	// rule for those of age, where the answer speaks of it too.
	Rule, Basic, Adult *Rule
}

// DurationOf applies a year's rules to a pupil.
func DurationOf(rules []*Rule, p Pupil) Duration {
	of := map[string]*Rule{}
	for _, r := range rules {
		if r.Topic == TopicDuration {
			of[r.Case] = r
		}
	}
	basic, adult := of[CaseBasic], of[CaseAdult]
	if basic == nil {
		return Duration{Ruling: NoRules}
	}
	silent := Duration{Ruling: Silent, Rule: basic, Basic: basic}
	ruled := func(r *Rule) Duration {
		if r == nil {
			return silent
		}
		return Duration{Ruling: Ruled, Rule: r, Basic: basic}
	}
	majority := p.Majority()
	switch p.Case {
	case CasePrimaryArts, CasePartTime, CaseLinked:
		return ruled(of[p.Case])
	case CaseFresh:
		d := ruled(of[CaseFresh])
		if majority != Minor && majority != AgeUnknown && d.Ruling == Ruled && adult != nil {
			d.Ruling, d.Adult = BothRules, adult
		}
		return d
	}
	switch {
	case adult == nil:
		return silent
	case majority == Birthday:
		return Duration{Ruling: OnBirthday, Rule: adult, Basic: basic}
	case majority == Adult, majority == AgeUnknown && p.Case == CaseAdult:
		return ruled(adult)
	case p.Case == CaseAdult:
		return Duration{Ruling: UnderAge, Rule: basic, Basic: basic}
	case p.Case == CaseEarlier, p.Case == CaseUpper, majority == Minor:
		return silent
	}
	return Duration{Ruling: Unasked, Basic: basic}
}

// RulesFor returns the rules for an entry in that year: those of the newest
// year that is not later, since a document holds until the next one. It
// returns year 0 where there are none.
func (s *Snapshot) RulesFor(entry int) (rules []*Rule, year int) {
	for _, y := range s.Years(TypeRule) {
		if y <= entry {
			return s.Rules(y), y
		}
	}
	return nil, 0
}
