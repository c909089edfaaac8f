package content

import "yangguang/calendar"

// Verdict is what was found of a claim.
type Verdict string

// The verdicts.
const (
	False    Verdict = "false"
	Partly   Verdict = "partly_false"
	True     Verdict = "true"
	Checking Verdict = "checking"
)

var verdictWords = map[Verdict]string{False: "不实", Partly: "部分不实", True: "属实", Checking: "核实中"}

// Word is what the verdict is called.
func (v Verdict) Word() string { return verdictWords[v] }

// Clarification is a claim that went round, and what is true of it (辟谣).
type Clarification struct {
	Meta
	Claim string `json:"claim"`
	// Seen is where, On when it was first seen.
	Seen    string        `json:"seen,omitempty"`
	On      calendar.Date `json:"on"`
	Verdict Verdict       `json:"verdict"`
	Text    string        `json:"text"`
	// Answered is when it was answered.
	Answered calendar.Date `json:"answered"`
	// Schools are the codes of those it is about.
	Schools []string `json:"schools,omitempty"`
}

// Days is how many days went by from when the claim was seen to its answer;
// false where one of them is not known.
func (c *Clarification) Days() (int, bool) {
	if c.On.IsZero() || c.Answered.IsZero() {
		return 0, false
	}
	return int(c.Answered.Time().Sub(c.On.Time()).Hours() / 24), true
}

// Clarifications returns all of them, in the order of their list.
func (s *Snapshot) Clarifications() []*Clarification {
	return list[*Clarification](s, TypeClarification)
}

// ClarificationsOf returns those about a school.
func (s *Snapshot) ClarificationsOf(school string) []*Clarification {
	return ofSchool[*Clarification](s, school)
}
