package complaint

import "slices"

// State is where a case stands. It is derived from the events, never stored as
// truth.
type State string

// The states.
const (
	InDraft       State = "draft"
	Submitted     State = "submitted"
	NeedInfo      State = "need_info"
	Merged        State = "merged"
	Referred      State = "referred"
	Declined      State = "declined"
	Accepted      State = "accepted"
	Assigned      State = "assigned"
	Investigating State = "investigating"
	ReplyDraft    State = "reply_draft"
	Reviewing     State = "reviewing"
	Replied       State = "replied"
	Callback      State = "callback"
	Rework        State = "rework"
	Closed        State = "closed"
	Reexamination State = "reexamination"
	Final         State = "final"
)

// States returns all states in the order a case takes them.
func States() []State {
	return []State{
		InDraft, Submitted, NeedInfo, Merged, Referred, Declined, Accepted, Assigned,
		Investigating, ReplyDraft, Reviewing, Replied, Callback, Rework, Closed, Reexamination, Final,
	}
}

// seen is what the citizen reads. The steps inside the office are one to them.
var seen = map[State]string{
	InDraft: "填写中", Submitted: "已收到", NeedInfo: "需补充材料", Merged: "已并入同类件", Referred: "已转出", Declined: "不予受理",
	Accepted: "已受理", Assigned: "已交办", Investigating: "办理中", ReplyDraft: "办理中", Reviewing: "办理中",
	Replied: "已答复", Callback: "已答复，请评价", Rework: "重新办理", Closed: "已办结", Reexamination: "复查中", Final: "已终结",
}

// Chinese returns the word that the citizen reads for s.
func (s State) Chinese() string { return seen[s] }

// open lists the states in which somebody still owes the case something.
var open = []State{
	Submitted, NeedInfo, Accepted, Assigned, Investigating, ReplyDraft, Reviewing, Replied, Callback, Rework, Reexamination,
}

// Open reports whether somebody still owes the case something.
func (s State) Open() bool { return slices.Contains(open, s) }

// Outcome is what an answer found.
type Outcome string

// The outcomes.
const (
	Substantiated       Outcome = "substantiated"        // 属实
	PartlySubstantiated Outcome = "partly_substantiated" // 部分属实
	Unsubstantiated     Outcome = "unsubstantiated"      // 不属实
	Unverifiable        Outcome = "unverifiable"         // 无法查实
)

// Rating is what the citizen thinks of the answer. None is no rating: silence
// is not satisfaction.
type Rating string

// The ratings.
const (
	Satisfied    Rating = "satisfied"
	Neutral      Rating = "neutral"
	Dissatisfied Rating = "dissatisfied"
)

// Reason is why something was done that must be explained. What there is to
// say beyond the word goes into a sealed part.
type Reason string

// The reasons.
const (
	NotCompetent   Reason = "not_competent"    // belongs to another authority
	Repeated       Reason = "repeated"         // article 19: the same matter is being handled
	InCourt        Reason = "in_court"         // goes the way of litigation or arbitration
	NoFacts        Reason = "no_facts"         // nothing that could be looked into
	Complex        Reason = "complex"          // article 34: extension
	WrongUnit      Reason = "wrong_unit"       // a unit objects to the transfer
	KinOrInterest  Reason = "kin_or_interest"  // article 28: recusal
	Named          Reason = "named"            // the complaint names the officer
	MustContact    Reason = "must_contact"     // the citizen must be reached
	MustVerify     Reason = "must_verify"      // the facts depend on who it is
	MustExamine    Reason = "must_examine"     // only the original of a file shows it
	InAdvert       Reason = "in_advert"        // the number stands in the advert that is complained of
	AskedByCitizen Reason = "asked_by_citizen" // the citizen asked for it
	Danger         Reason = "danger"           // somebody may be in danger
	Overdue        Reason = "overdue"
	NobodyLeft     Reason = "nobody_left"   // after a recusal no officer may see it
	ErasedBefore   Reason = "erased_before" // the log of erasures says so
)

// Channel is how a word reached the office.
type Channel string

// The channels.
const (
	WebChat   Channel = "web_chat"
	WebForm   Channel = "web_form"
	Telephone Channel = "telephone"
	Telegram  Channel = "telegram"
	WeChat    Channel = "wechat"
)

// Abroad reports whether what is said on c passes through machines outside the
// country: then it carries nothing that leads to a person (PIPL, article 36).
func (c Channel) Abroad() bool { return c == Telegram }

// Identity is how the citizen wants to be known.
type Identity string

// The ways. In all of them the accused learns nothing.
const (
	Anonymous Identity = "anonymous"
	Sealed    Identity = "sealed" // given, opened only with approval
	ByName    Identity = "named"
)

func known[T ~string](v T, all ...T) bool { return slices.Contains(all, v) }

func (o Outcome) valid() bool {
	return known(o, Substantiated, PartlySubstantiated, Unsubstantiated, Unverifiable)
}
func (r Rating) valid() bool { return known(r, Satisfied, Neutral, Dissatisfied) }
func (r Reason) valid() bool {
	return known(r, NotCompetent, Repeated, InCourt, NoFacts, Complex, WrongUnit, KinOrInterest,
		Named, MustContact, MustVerify, MustExamine, InAdvert, AskedByCitizen, Danger, Overdue, NobodyLeft, ErasedBefore)
}

func (a Authority) valid() bool {
	return known(a, Hotline, Police, AntiFraud, MarketRegulation, Cyberspace, HumanResources, CivilAffairs, ProvinceBureau, Inspection, HigherAuthority)
}
func (c Channel) valid() bool  { return known(c, WebChat, WebForm, Telephone, Telegram, WeChat) }
func (i Identity) valid() bool { return known(i, Anonymous, Sealed, ByName) }
