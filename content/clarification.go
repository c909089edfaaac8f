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

// Clarifications returns all of them, in the order of their list.
func (s *Snapshot) Clarifications() []*Clarification {
	return list[*Clarification](s, TypeClarification)
}

// ClarificationsOf returns those about a school.
func (s *Snapshot) ClarificationsOf(school string) []*Clarification {
	return ofSchool[*Clarification](s, school)
}
