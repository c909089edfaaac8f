package complaint

import (
	"fmt"
	"slices"
)

// Move is what can be done to a case.
type Move string

// The moves. The table below says when, by whom and on which condition.
const (
	File           Move = "file"
	Ask            Move = "ask"
	Answer         Move = "answer"
	Proceed        Move = "proceed" // without what was asked for
	Merge          Move = "merge"
	Refer          Move = "refer"
	ProposeDecline Move = "propose_decline"
	Decline        Move = "decline"
	Reopen         Move = "reopen"
	Accept         Move = "accept"
	Reroute        Move = "reroute" // kind, accused or exclusions changed
	Assign         Move = "assign"
	Return         Move = "return" // the unit objects to the transfer
	Recall         Move = "recall"
	SignFor        Move = "sign_for"
	TakeOver       Move = "take_over"
	Extend         Move = "extend"
	DraftReply     Move = "draft_reply"
	PresentReply   Move = "present_reply"
	SendBack       Move = "send_back"
	Sign           Move = "sign"
	OpenCallback   Move = "open_callback"
	Rate           Move = "rate"
	Redo           Move = "redo"
	Close          Move = "close"
	Withdraw       Move = "withdraw"
	Object         Move = "object" // asks for reexamination
	Decide         Move = "decide"
	Conclude       Move = "conclude" // what was referred or merged is done with here
	Finish         Move = "finish"

	Add            Move = "add"   // the citizen adds words or evidence
	Write          Move = "write" // the office writes to the citizen
	Note           Move = "note"
	Look           Move = "look"
	Supervise      Move = "supervise"
	Recuse         Move = "recuse"
	ReportByLaw    Move = "report_by_law" // law on the protection of minors, article 11
	AskIdentity    Move = "ask_identity"
	GrantIdentity  Move = "grant_identity"
	OpenIdentity   Move = "open_identity"
	OpenOriginal   Move = "open_original"
	RefuseDecline  Move = "refuse_decline"  // the second person does not agree
	RefuseIdentity Move = "refuse_identity" // likewise
	ProposeErasure Move = "propose_erasure"
	RefuseErasure  Move = "refuse_erasure" // likewise
	Erase          Move = "erase"
	Unreached      Move = "unreached" // a letter could not be delivered
)

// Two ways of saying where a move leads that are no state of their own.
const (
	stays State = ""     // where it stood
	back  State = "back" // where it stood when the question was asked
)

// row is one line of the table of moves.
type row struct {
	move Move
	from []State
	to   State
	by   []Role
	// needs is what the move must carry, on what must hold of the case and the
	// person, term what must hold of the clock.
	needs []need
	on    []condition
	term  term
	// letter is what the citizen is told.
	letter LetterKey
	// quiet moves change nothing for somebody who is looking at the case.
	quiet bool
}

var (
	anyOfficer = []Role{Intake, Triage, Handler, UnitHead, Reviewer, Supervisor, CallbackOfficer, Custodian}
	everFiled  = States()[1:]
	inWork     = []State{Assigned, Investigating, ReplyDraft, Reviewing, Rework}
)

var moves = []row{
	{move: File, from: []State{InDraft}, to: Submitted, by: []Role{Citizen, Intake}, needs: []need{aFiling}, letter: LetterFiled},

	{move: Ask, from: []State{Submitted}, to: NeedInfo, by: []Role{Intake, Triage}, needs: []need{words}, letter: LetterAsked},
	{move: Ask, from: []State{Accepted}, to: NeedInfo, by: []Role{Triage}, needs: []need{words}, letter: LetterAsked},
	{move: Ask, from: []State{Investigating}, to: NeedInfo, by: []Role{Handler}, needs: []need{words}, on: []condition{isHandler}, letter: LetterAsked},
	{move: Answer, from: []State{NeedInfo}, to: back, by: []Role{Citizen, Intake}, needs: []need{wordsOrEvidence}},
	{move: Proceed, from: []State{NeedInfo}, to: back, by: []Role{Intake, Triage, Handler}, term: waited(NeedInfoClock)},

	{move: Merge, from: []State{Submitted}, to: Merged, by: []Role{Triage}, needs: []need{lead}, letter: LetterMerged},
	{move: Refer, from: []State{Submitted, Accepted, Assigned, Investigating}, to: Referred, by: []Role{Triage}, needs: []need{authority}, letter: LetterReferred},
	{move: Refer, from: open, to: Referred, by: []Role{Clockwork}, needs: []need{authority, because(NobodyLeft)}, letter: LetterReferred},
	{move: ProposeDecline, from: []State{Submitted}, to: stays, by: []Role{Triage}, needs: []need{reason}},
	{move: Decline, from: []State{Submitted}, to: Declined, by: []Role{Triage, Reviewer, UnitHead}, needs: []need{words}, on: []condition{declineProposed, notProposer}, letter: LetterDeclined},
	{move: RefuseDecline, from: []State{Submitted}, to: stays, by: []Role{Triage, Reviewer, UnitHead}, needs: []need{words}, on: []condition{declineProposed, notProposer}},
	{move: Reopen, from: []State{Declined}, to: Submitted, by: []Role{Citizen, Supervisor}, on: []condition{notReopened, notErased}},
	{move: Reopen, from: []State{Closed}, to: Submitted, by: []Role{Citizen}, on: []condition{withdrawnByOffice, notReopened, notErased}},
	{move: Accept, from: []State{Submitted}, to: Accepted, by: []Role{Triage}, letter: LetterAccepted},

	{move: Reroute, from: []State{Submitted, Accepted, Replied, Callback}, to: stays, by: []Role{Intake, Triage, Clockwork}, needs: []need{route}},
	{move: Reroute, from: []State{NeedInfo}, to: back, by: []Role{Intake, Triage, Clockwork}, needs: []need{route}},
	{move: Reroute, from: inWork, to: Accepted, by: []Role{Intake, Triage, Clockwork}, needs: []need{route}},
	{move: Reroute, from: []State{Reexamination}, to: stays, by: []Role{Clockwork}, needs: []need{route}},
	{move: Assign, from: []State{Accepted}, to: Assigned, by: []Role{Triage}, needs: []need{route}, letter: LetterAssigned},
	{move: Return, from: []State{Assigned}, to: Accepted, by: []Role{Handler, UnitHead}, needs: []need{reason, words}, term: within(ObjectClock)},
	{move: Recall, from: []State{Assigned}, to: Accepted, by: []Role{Triage, Supervisor}},
	{move: SignFor, from: []State{Assigned, Rework}, to: Investigating, by: []Role{Handler}},
	{move: TakeOver, from: []State{Investigating, ReplyDraft}, to: Investigating, by: []Role{Handler}, on: []condition{notHandler}},

	{move: Extend, from: []State{Investigating, ReplyDraft}, to: stays, by: []Role{UnitHead}, needs: []need{days, reason, words}, on: []condition{notHandler, notExtended, isRequest}, term: within(CloseClock), letter: LetterExtended},
	{move: DraftReply, from: []State{Investigating, ReplyDraft}, to: ReplyDraft, by: []Role{Handler}, needs: []need{outcome, words}, on: []condition{isHandler}},
	{move: PresentReply, from: []State{ReplyDraft}, to: Reviewing, by: []Role{Handler}, on: []condition{isHandler}},
	{move: SendBack, from: []State{Reviewing}, to: ReplyDraft, by: []Role{Reviewer}, needs: []need{words}, on: []condition{neverHandled}},
	{move: Sign, from: []State{Reviewing}, to: Replied, by: []Role{Reviewer}, on: []condition{neverHandled}, letter: LetterReplied},

	{move: OpenCallback, from: []State{Replied}, to: Callback, by: []Role{Clockwork}, quiet: true},
	{move: Rate, from: []State{Callback}, to: stays, by: []Role{Citizen, CallbackOfficer}, needs: []need{rating}},
	{move: Redo, from: []State{Callback}, to: Rework, by: []Role{CallbackOfficer, Supervisor}, on: []condition{dissatisfied}, letter: LetterRedone},
	{move: Close, from: []State{Callback}, to: Closed, by: []Role{CallbackOfficer, Clockwork}, on: []condition{rated}, letter: LetterClosed},
	{move: Close, from: []State{Callback}, to: Closed, by: []Role{CallbackOfficer, Clockwork}, on: []condition{unrated}, term: waited(SilenceClock), letter: LetterClosed},
	{move: Withdraw, from: append([]State{Merged}, before(open, Reexamination)...), to: Closed, by: []Role{Citizen}, letter: LetterWithdrawn},
	{move: Withdraw, from: append([]State{Merged}, before(open, Reexamination)...), to: Closed, by: []Role{Intake, CallbackOfficer}, needs: []need{because(AskedByCitizen)}, on: []condition{notHandler}, letter: LetterWithdrawn},

	{move: Object, from: []State{Callback, Closed}, to: Reexamination, by: []Role{Citizen}, needs: []need{words, route}, on: []condition{isRequest, wasAnswered}, term: within(AskReexaminationClock)},
	{move: Decide, from: []State{Reexamination}, to: Final, by: []Role{UnitHead, Reviewer}, needs: []need{outcome, words}, on: []condition{neverActed}, letter: LetterDecided},
	{move: Conclude, from: []State{Merged, Referred}, to: Closed, by: []Role{Triage, Clockwork}, quiet: true},
	{move: Finish, from: []State{Closed}, to: Final, by: []Role{Clockwork}, on: []condition{noTermLeft}, quiet: true},
	{move: Finish, from: []State{Closed}, to: Final, by: []Role{Clockwork}, on: []condition{isRequest, wasAnswered}, term: waited(AskReexaminationClock), quiet: true},
	{move: Finish, from: []State{Closed}, to: Final, by: []Role{Clockwork}, on: []condition{withdrawnByOffice}, term: waited(RetractClock), quiet: true},

	{move: Add, from: before(everFiled, Final), to: stays, by: []Role{Citizen, Intake}, needs: []need{wordsOrEvidence}, quiet: true},
	{move: Write, from: open, to: stays, by: []Role{Intake, Triage, Handler, CallbackOfficer}, needs: []need{words}, letter: LetterWritten, quiet: true},
	{move: Note, from: everFiled, to: stays, by: anyOfficer, needs: []need{words}, quiet: true},
	{move: Look, from: everFiled, to: stays, by: anyOfficer, quiet: true},
	{move: Supervise, from: open, to: stays, by: []Role{Supervisor}, needs: []need{reason}, quiet: true},
	{move: Recuse, from: before(everFiled, Final), to: stays, by: anyOfficer, needs: []need{reason}},
	{move: Unreached, from: everFiled, to: stays, by: []Role{Clockwork}, needs: []need{letter}, quiet: true},
	{move: ReportByLaw, from: everFiled, to: stays, by: []Role{Intake, Triage, Handler, UnitHead, Reviewer}, needs: []need{authority}, quiet: true},

	{move: AskIdentity, from: open, to: stays, by: []Role{Intake, Triage, Handler, CallbackOfficer}, needs: []need{reason}, on: []condition{hasIdentity}, quiet: true},
	{move: GrantIdentity, from: open, to: stays, by: []Role{Custodian}, needs: []need{officer}, on: []condition{askedByOther}, quiet: true},
	{move: RefuseIdentity, from: open, to: stays, by: []Role{Custodian}, needs: []need{officer, words}, on: []condition{askedByOther}, quiet: true},
	{move: OpenIdentity, from: open, to: stays, by: []Role{Intake, Triage, Handler, CallbackOfficer}, on: []condition{isGranted}, term: grantLasts, quiet: true},
	{move: OpenOriginal, from: open, to: stays, by: []Role{Intake, Triage, Handler, Reviewer}, needs: []need{reason}, quiet: true},
	{move: ProposeErasure, from: []State{Declined, Closed, Final}, to: stays, by: []Role{Intake, Custodian}, needs: []need{reason}, quiet: true},
	{move: RefuseErasure, from: []State{Declined, Closed, Final}, to: stays, by: []Role{Custodian}, needs: []need{words}, on: []condition{erasureProposed, notEraser}, quiet: true},
	{move: Erase, from: []State{Declined, Closed, Final}, to: stays, by: []Role{Custodian}, on: []condition{erasureProposed, notEraser}, quiet: true},
	{move: Erase, from: everFiled, to: Final, by: []Role{Clockwork}, needs: []need{because(ErasedBefore)}, on: []condition{notErased}},
}

// rows is the table by move.
var rows = func() map[Move][]row {
	out := map[Move][]row{}
	for _, r := range moves {
		out[r.move] = append(out[r.move], r)
	}
	return out
}()

func before(states []State, end State) []State {
	return slices.DeleteFunc(slices.Clone(states), func(s State) bool { return s == end })
}

// Moves returns all moves, in the order of the table.
func Moves() []Move {
	var out []Move
	for _, r := range moves {
		if !slices.Contains(out, r.move) {
			out = append(out, r.move)
		}
	}
	return out
}

// Allows reports whether the table lets the actor make the move in that case,
// carrying these facts. It says nothing of terms: those need a clock, and a
// case of last year must not become illegal by a new table of holidays.
func (c Case) Allows(m Move, by Actor, f Facts) error {
	_, err := c.find(m, by, f)
	return err
}

// find returns the lines of the table that apply; the first of them whose term
// holds is taken.
func (c Case) find(m Move, by Actor, f Facts) ([]row, error) {
	var found []row
	var rest error
	notTheirs := false
	for _, r := range rows[m] {
		if !slices.Contains(r.from, c.State) {
			continue
		}
		if !slices.Contains(r.by, by.Role) {
			notTheirs = true
		} else if err := r.check(c, by, f); err != nil {
			rest = err
		} else {
			found = append(found, r)
		}
	}
	// The nearest miss is reported: what is lacking, then the role, then the state.
	switch {
	case len(found) > 0:
		return found, nil
	case rest != nil:
		return nil, rest
	case notTheirs:
		return nil, fmt.Errorf("%w: %s by %s", ErrNotYours, m, by.Role)
	}
	return nil, fmt.Errorf("%w: %s in %s", ErrWrongState, m, c.State)
}

func (r row) check(c Case, by Actor, f Facts) error {
	if (by.Officer == "") != (by.Role == Citizen || by.Role == Clockwork) {
		return fmt.Errorf("%w: %s without a person", ErrNotYours, by.Role)
	}
	for _, n := range r.needs {
		if !n.met(f) {
			return fmt.Errorf("%w: %s without %s", ErrIncomplete, r.move, n.word)
		}
	}
	for _, k := range r.on {
		if !k.holds(c, by, f) {
			return fmt.Errorf("%w: %s: %s", k.err, r.move, k.word)
		}
	}
	return nil
}
