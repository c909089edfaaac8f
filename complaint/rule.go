package complaint

import (
	"fmt"
	"time"

	"yangguang/calendar"
)

// Clock names a term.
type Clock string

// The clocks.
const (
	TellClock             Clock = "tell"              // tell the citizen that and where it is handled
	ObjectClock           Clock = "object"            // a unit may object to a transfer
	CloseClock            Clock = "close"             // answer a request
	ExtendClock           Clock = "extend"            // the most by which that may be extended
	AskReexaminationClock Clock = "ask_reexamination" // the citizen may ask for one
	ReexamineClock        Clock = "reexamine"         // answer that

	TriageClock     Clock = "triage"
	FastTriageClock Clock = "fast_triage"
	SignForClock    Clock = "sign_for"
	AnswerClock     Clock = "answer"
	ReviewClock     Clock = "review"    // the second officer
	NeedInfoClock   Clock = "need_info" // then it goes on without
	SilenceClock    Clock = "silence"   // then an unrated answer may be closed
	CallbackClock   Clock = "callback"  // somebody looks at the rating
	RetractClock    Clock = "retract"   // the citizen may undo a withdrawal that an officer entered
	GrantClock      Clock = "grant"     // an approved look at an identity lasts
)

// Count says in what a term is counted.
type Count string

// The counts. Days begin the day after the event.
const (
	WorkingDays  Count = "working_days"
	CalendarDays Count = "calendar_days"
	DeskHours    Count = "desk_hours" // within the hours of Rules, every day of the week
	Hours        Count = "hours"
)

// Rule is how long a term is, from when until when, and who says so.
type Rule struct {
	Clock Clock
	N     int
	Count Count
	// Law and Article are the law's id and article as they are published here;
	// both empty for an internal target.
	Law, Article string
	// Source says where an internal target comes from.
	Source string
	// From and Until are the first and last day on which a term may begin
	// under this rule; a zero date is open.
	From, Until calendar.Date
}

// Legal reports whether the law sets the term; the others are targets.
func (r Rule) Legal() bool { return r.Law != "" }

// Rules are the terms by date. They are data of the installation: Defaults is
// what holds where nothing stricter was set.
type Rules struct {
	// Version is noted in every event.
	Version string
	Terms   []Rule
	// Opens and Shuts are the hours of the day in which desk hours count.
	Opens, Shuts int
}

const petition = "petition-regulation"

// Defaults returns the terms of the petition regulation of 2022 and internal
// targets that are stricter.
func Defaults() Rules {
	since := calendar.NewDate(2022, time.May, 1) // article 50: in force from that day
	return Rules{
		Version: "2022-05-01",
		Opens:   8, Shuts: 18,
		Terms: []Rule{
			{Clock: TellClock, N: 15, Count: CalendarDays, Law: petition, Article: "二十三", From: since},
			{Clock: ObjectClock, N: 5, Count: WorkingDays, Law: petition, Article: "二十三", From: since},
			{Clock: CloseClock, N: 60, Count: CalendarDays, Law: petition, Article: "三十四", From: since},
			{Clock: ExtendClock, N: 30, Count: CalendarDays, Law: petition, Article: "三十四", From: since},
			{Clock: AskReexaminationClock, N: 30, Count: CalendarDays, Law: petition, Article: "三十五", From: since},
			{Clock: ReexamineClock, N: 30, Count: CalendarDays, Law: petition, Article: "三十五", From: since},

			{Clock: TriageClock, N: 1, Count: WorkingDays, Source: "office"},
			{Clock: FastTriageClock, N: 4, Count: DeskHours, Source: "office"},
			{Clock: SignForClock, N: 1, Count: WorkingDays, Source: "office"},
			{Clock: AnswerClock, N: 13, Count: WorkingDays, Source: "practice of the 12345 hotlines"},
			{Clock: ReviewClock, N: 2, Count: WorkingDays, Source: "office"},
			{Clock: NeedInfoClock, N: 10, Count: CalendarDays, Source: "office"},
			{Clock: SilenceClock, N: 10, Count: CalendarDays, Source: "office"},
			{Clock: CallbackClock, N: 3, Count: WorkingDays, Source: "office"},
			{Clock: RetractClock, N: 30, Count: CalendarDays, Source: "office"},
			{Clock: GrantClock, N: 24, Count: Hours, Source: "office"},
		},
	}
}

// At returns the rule for a term that begins on that day.
func (r Rules) At(c Clock, day calendar.Date) (Rule, bool) {
	for _, t := range r.Terms {
		if t.Clock == c && !day.Before(t.From) && (t.Until.IsZero() || !day.After(t.Until)) {
			return t, true
		}
	}
	return Rule{}, false
}

// Check reports terms that no clock can follow: without length or count, or two
// for one day.
func (r Rules) Check() error {
	if r.Opens < 0 || r.Shuts > 24 || r.Opens >= r.Shuts {
		return fmt.Errorf("complaint: desk hours %d to %d", r.Opens, r.Shuts)
	}
	for i, t := range r.Terms {
		if t.N <= 0 || !known(t.Count, WorkingDays, CalendarDays, DeskHours, Hours) {
			return fmt.Errorf("complaint: rule %s of %d %q", t.Clock, t.N, t.Count)
		}
		for _, o := range r.Terms[:i] {
			if o.Clock == t.Clock && (o.Until.IsZero() || !t.From.After(o.Until)) && (t.Until.IsZero() || !o.From.After(t.Until)) {
				return fmt.Errorf("complaint: two rules %s for one day", t.Clock)
			}
		}
	}
	return nil
}
