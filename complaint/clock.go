package complaint

import (
	"slices"
	"time"

	"yangguang/calendar"
)

// Card is the colour that a duty shows.
type Card string

// The cards: yellow from one working day before a duty is due, red from the
// first day over, for good. A term of a working day or less would be yellow as
// it begins, and then the colour tells nobody anything: it is yellow from when
// half of its working time is gone (of what was left when it last went on).
const (
	NoCard     Card = ""
	YellowCard Card = "yellow"
	RedCard    Card = "red"
)

// Deadline is one run of a clock.
type Deadline struct {
	Clock Clock
	Rule  Rule
	From  time.Time
	// Due is the first moment that is late; zero while the clock is paused. Day
	// is the last day in time.
	Due time.Time
	Day calendar.Date
	// Yellow is when the card turns yellow.
	Yellow time.Time
	// Ended is when what was due was done, or fell away; zero while it runs.
	Ended time.Time
	// Fell is the move after which it was not counted any more, though what was
	// due had not been done; "" where it was, or while it runs.
	Fell   Move
	Paused bool
	// Estimated is true when a year's holiday notice is not known yet.
	Estimated bool
	// Extended are the days by which it was extended.
	Extended int
	// Duty is false for a term that only permits something when it is over or
	// until then. ForCitizen: it is shown with the receipt.
	Duty, ForCitizen bool
}

// Running reports whether the term is neither ended nor paused.
func (d Deadline) Running() bool { return d.Ended.IsZero() && !d.Paused }

// Card returns the colour at that moment. One that ended late stays red.
func (d Deadline) Card(now time.Time) Card {
	if !d.Ended.IsZero() {
		now = d.Ended
	}
	switch {
	case !d.Duty || d.Due.IsZero():
	case !now.Before(d.Due):
		return RedCard
	case d.Ended.IsZero() && !now.Before(d.Yellow):
		return YellowCard
	}
	return NoCard
}

// clock is one line of the table of clocks: which moves start and end a term.
type clock struct {
	clock        Clock
	starts, ends []Move
	// falls are further moves that end it without doing what was due.
	falls         []Move
	duty, citizen bool
	// pauses: it stands still while the citizen is asked something. Legal terms
	// never do.
	pauses bool
	// request: only a request has it; classed: only what the petition regulation
	// is about.
	request, classed bool
}

var clocks = []clock{
	{clock: TellClock, starts: []Move{File, Reopen}, ends: []Move{Accept, Refer, Decline, Merge}, falls: []Move{Withdraw}, duty: true, citizen: true, classed: true},
	{clock: TriageClock, starts: []Move{File, Reopen, Return, Recall, Reroute}, ends: []Move{Assign, Refer, Decline, Merge}, falls: []Move{Withdraw}, duty: true, pauses: true},
	{clock: ObjectClock, starts: []Move{Assign}, ends: []Move{SignFor, Return}, falls: []Move{Recall, Refer, Reroute, Withdraw}},
	{clock: SignForClock, starts: []Move{Assign, Redo}, ends: []Move{SignFor, Return}, falls: []Move{Recall, Refer, Reroute, Withdraw}, duty: true},
	{clock: AnswerClock, starts: []Move{SignFor, Redo}, ends: []Move{Sign}, falls: []Move{Refer, Reroute, Withdraw}, duty: true, pauses: true},
	{clock: ReviewClock, starts: []Move{PresentReply}, ends: []Move{Sign, SendBack}, falls: []Move{Refer, Reroute, Withdraw}, duty: true},
	{clock: CloseClock, starts: []Move{Accept}, ends: []Move{Sign}, falls: []Move{Refer, Withdraw}, duty: true, citizen: true, request: true},
	{clock: NeedInfoClock, starts: []Move{Ask}, ends: []Move{Answer, Proceed}, falls: []Move{Refer, Reroute, Withdraw}, citizen: true},
	{clock: SilenceClock, starts: []Move{Sign}, ends: []Move{Rate, Close, Redo, Object}, falls: []Move{Refer, Withdraw}, citizen: true},
	{clock: CallbackClock, starts: []Move{Rate}, ends: []Move{Close, Redo}, falls: []Move{Refer, Withdraw, Object}, duty: true},
	{clock: AskReexaminationClock, starts: []Move{Sign}, ends: []Move{Object}, falls: []Move{Redo, Refer, Withdraw}, citizen: true, request: true},
	{clock: ReexamineClock, starts: []Move{Object}, ends: []Move{Decide}, falls: []Move{Refer}, duty: true, citizen: true, request: true},
	{clock: RetractClock, starts: []Move{Withdraw}, ends: []Move{Reopen}, citizen: true},
}

// dropped says why a term is not counted any more.
var dropped = map[Move]string{
	Withdraw: "已撤回，不再计时", Refer: "已转出，不再计时", Reroute: "已改送，不再计时", Recall: "已收回交办，不再计时",
	Redo: "已退回重办，不再计时", Object: "已申请复查，不再计时", Erase: "内容已销毁，不再计时",
}

// Dropped returns what people read of a term that fell away by m.
func (m Move) Dropped() string { return dropped[m] }

// span is a time in which the citizen was asked something; open while to is zero.
type span struct{ from, to time.Time }

// Deadlines returns every run of every clock of c, those of one clock in order.
// It depends on nothing but the events, the rules and the holidays.
func Deadlines(c Case, rules Rules, cal *calendar.Calendar) []Deadline {
	asked := c.asked()
	out := make([]Deadline, 0, 4) // as many as most have
	for _, k := range clocks {
		if k.request && c.Class != Request || k.classed && c.Class == Unclassed {
			continue
		}
		for _, run := range c.runs(k) {
			if d, ok := run.deadline(k, rules, cal, asked); ok {
				out = append(out, d)
			}
		}
	}
	return out
}

// asked returns when the citizen was asked, from the question to the answer.
func (c Case) asked() []span {
	var out []span
	for i, s := range c.Timeline {
		before := InDraft
		if i > 0 {
			before = c.Timeline[i-1].State
		}
		if s.State == NeedInfo && before != NeedInfo {
			out = append(out, span{from: s.At})
		} else if before == NeedInfo && s.State != NeedInfo {
			out[len(out)-1].to = s.At
		}
	}
	return out
}

// run is one stretch of a clock, before any rule was asked how long it may be.
type run struct {
	from, ended time.Time
	fell        Move
	rework      bool
	fast        bool
	extended    int
}

// endedBy reports whether a term ends with the step. What is erased has none.
func (k clock) endedBy(s Step) bool {
	if s.Move == Reroute && s.State != Accepted && k.clock != NeedInfoClock {
		return false
	}
	return s.Move == Erase || slices.Contains(k.ends, s.Move) || slices.Contains(k.falls, s.Move)
}

func (c Case) runs(k clock) []run {
	var out []run
	running := func() bool { return len(out) > 0 && out[len(out)-1].ended.IsZero() }
	for _, s := range c.Timeline {
		if running() && k.endedBy(s) {
			out[len(out)-1].ended = s.At
			if !slices.Contains(k.ends, s.Move) {
				out[len(out)-1].fell = s.Move
			}
		}
		switch {
		case k.clock == CloseClock && s.Move == Redo && len(out) > 0:
			// The law knows one term: the answer that did not satisfy did not end it.
			out[len(out)-1].ended, out[len(out)-1].fell = time.Time{}, ""
		case running() && k.clock == TriageClock && s.Fast && !out[len(out)-1].fast: // what it is about is pressing, as was found now
			out[len(out)-1].ended, out[len(out)-1].fell = s.At, s.Move
			out = append(out, run{from: s.At, fast: true})
		case running() || !slices.Contains(k.starts, s.Move):
		case s.Move == Reroute && s.State != Accepted:
		case k.clock == RetractClock && s.By.Officer == "":
		default:
			out = append(out, run{from: s.At, rework: s.Move == Redo, fast: s.Fast})
		}
		if k.clock == CloseClock && s.Move == Extend {
			out[len(out)-1].extended = c.Extended
		}
	}
	return out
}

func (r run) deadline(k clock, rules Rules, cal *calendar.Calendar, asked []span) (Deadline, bool) {
	name := k.clock
	if name == TriageClock && r.fast {
		name = FastTriageClock
	}
	rule, ok := rules.At(name, calendar.DateOf(r.from))
	if !ok {
		return Deadline{}, false
	}
	if r.rework && name == AnswerClock {
		rule.N = (rule.N + 1) / 2 // reworking has half the term
	}
	d := Deadline{
		Clock: k.clock, Rule: rule, From: r.from, Ended: r.ended, Fell: r.fell, Extended: r.extended,
		Duty: k.duty, ForCitizen: k.citizen,
	}
	if !k.pauses {
		asked = nil
	}
	count{rules, cal}.fill(&d, during(asked, r))
	return d, true
}

// during returns the spans that fall into the run.
func during(asked []span, r run) []span {
	var out []span
	for _, s := range asked {
		if s.from.Before(r.from) || !r.ended.IsZero() && !s.from.Before(r.ended) {
			continue
		}
		out = append(out, s)
	}
	return out
}
