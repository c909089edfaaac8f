package complaint_test

import (
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
)

// rows reads a table of the bundled pack.
func rows(t testing.TB, name string) [][]string {
	t.Helper()
	b, err := os.ReadFile("../content/pack/" + name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

// national is the calendar of the State Council's notices.
func national(t testing.TB) *calendar.Calendar {
	t.Helper()
	var days []calendar.Holiday
	for _, r := range rows(t, "holidays.csv") {
		d, err := calendar.ParseDate(r[0])
		if err != nil {
			t.Fatal(err)
		}
		notice, err := strconv.Atoi(r[3])
		if err != nil {
			t.Fatal(err)
		}
		days = append(days, calendar.Holiday{Date: d, Work: r[1] == "work", Name: r[2], Notice: notice})
	}
	c, err := calendar.New(days)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at reads a time on China's clock: 2026-03-02 10:30, or a day, which is ten
// o'clock of it.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	if len(s) == len(time.DateOnly) {
		s += " 10:00"
	}
	v, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.China)
	if err != nil {
		t.Fatal(err)
	}
	return v.UTC()
}

// dated is one move at a time.
type dated struct {
	made
	at string
}

func timed(t testing.TB, edit func([]complaint.Event), moves ...dated) complaint.Case {
	t.Helper()
	var all []made
	for _, m := range moves {
		all = append(all, m.made)
	}
	evs := events(t, monday, 0, all...)
	for i := range evs {
		evs[i].At = at(t, moves[i].at)
	}
	if edit != nil {
		edit(evs)
	}
	c, err := complaint.Fold(evs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func on(day string, m complaint.Move, by complaint.Role) dated {
	return dated{made{move: m, by: by}, day}
}

// clockOf returns the last run of a clock.
func clockOf(t testing.TB, c complaint.Case, name complaint.Clock) complaint.Deadline {
	t.Helper()
	var d complaint.Deadline
	for _, run := range complaint.Deadlines(c, complaint.Defaults(), national(t)) {
		if run.Clock == name {
			d = run
		}
	}
	return d
}

// What was not done and need not be any more is told apart from what was done.
func TestWhatFallsAwayWasNotDone(t *testing.T) {
	filed := on("2026-03-02", complaint.File, complaint.Citizen)
	inWork := []dated{
		filed, on("2026-03-02", complaint.Accept, complaint.Triage), on("2026-03-02", complaint.Assign, complaint.Triage),
		on("2026-03-03", complaint.SignFor, complaint.Handler),
	}
	for _, v := range []struct {
		name  string
		moves []dated
		fell  map[complaint.Clock]complaint.Move
	}{
		{"answered", append(slices.Clone(inWork), on("2026-03-04", complaint.DraftReply, complaint.Handler),
			on("2026-03-04", complaint.PresentReply, complaint.Handler), on("2026-03-05", complaint.Sign, complaint.Reviewer)), nil},
		{"withdrawn at once", []dated{filed, on("2026-03-03", complaint.Withdraw, complaint.Citizen)}, map[complaint.Clock]complaint.Move{
			complaint.TellClock: complaint.Withdraw, complaint.TriageClock: complaint.Withdraw,
		}},
		{"withdrawn in work", append(slices.Clone(inWork), on("2026-03-04", complaint.Withdraw, complaint.Citizen)), map[complaint.Clock]complaint.Move{
			complaint.AnswerClock: complaint.Withdraw, complaint.CloseClock: complaint.Withdraw,
		}},
		{"referred at once: the citizen was told", []dated{filed, on("2026-03-03", complaint.Refer, complaint.Triage)}, nil},
		{"referred from work", append(slices.Clone(inWork), on("2026-03-04", complaint.Refer, complaint.Triage)), map[complaint.Clock]complaint.Move{
			complaint.AnswerClock: complaint.Refer, complaint.CloseClock: complaint.Refer,
		}},
		{"erased again", append(slices.Clone(inWork), on("2026-03-04", complaint.Erase, complaint.Clockwork)), map[complaint.Clock]complaint.Move{
			complaint.AnswerClock: complaint.Erase, complaint.CloseClock: complaint.Erase,
		}},
	} {
		c := timed(t, func(all []complaint.Event) {
			if last := &all[len(all)-1]; last.Move == complaint.Erase {
				last.Facts.Reason = complaint.ErasedBefore
			}
		}, v.moves...)
		fell := map[complaint.Clock]complaint.Move{}
		for _, d := range complaint.Deadlines(c, complaint.Defaults(), national(t)) {
			if d.Fell != "" {
				fell[d.Clock] = d.Fell
				if d.Running() || d.Fell.Dropped() == "" {
					t.Errorf("%s: %s fell away by %s and runs: %v; in words %q", v.name, d.Clock, d.Fell, d.Running(), d.Fell.Dropped())
				}
			}
			if c.Erased && d.Card(at(t, "2027-03-01")) != complaint.NoCard {
				t.Errorf("%s: %s is still overdue", v.name, d.Clock)
			}
		}
		if !maps.Equal(fell, v.fell) {
			t.Errorf("%s: fell away %v, want %v", v.name, fell, v.fell)
		}
	}
}

// The regulation's term to tell the citizen is not for who reports a misprint.
func TestACorrectionHasNoLegalTerm(t *testing.T) {
	c := timed(t, func(all []complaint.Event) {
		all[0].Facts.Kind, all[0].Facts.Accused, all[0].Facts.About = complaint.Correction, nil, "target/2022#number"
	}, on("2026-03-02", complaint.File, complaint.Citizen))
	for _, d := range complaint.Deadlines(c, complaint.Defaults(), national(t)) {
		if d.Rule.Legal() || d.Clock != complaint.TriageClock {
			t.Errorf("%s runs, by %s", d.Clock, d.Rule.Law)
		}
	}
}

// Working-day vectors, counted by another program from the same notices.
func TestWorkingDayTerms(t *testing.T) {
	for _, v := range []struct{ from, one, two, five, thirteen, yellowOf13 string }{
		{"2026-03-02", "2026-03-03", "2026-03-04", "2026-03-09", "2026-03-19", "2026-03-18"},
		{"2026-02-10", "2026-02-11", "2026-02-12", "2026-02-24", "2026-03-05", "2026-03-04"}, // over spring festival, 14th and 28th worked
		{"2026-09-24", "2026-09-28", "2026-09-29", "2026-10-09", "2026-10-20", "2026-10-19"}, // before mid-autumn and the national week
		{"2026-09-28", "2026-09-29", "2026-09-30", "2026-10-10", "2026-10-21", "2026-10-20"}, // the 10th, a Saturday, is worked
		{"2026-04-30", "2026-05-06", "2026-05-07", "2026-05-11", "2026-05-21", "2026-05-20"}, // the 9th, a Saturday, is worked
		{"2025-09-25", "2025-09-26", "2025-09-28", "2025-10-09", "2025-10-20", "2025-10-17"}, // the 28th, a Sunday, is worked
	} {
		c := timed(t, nil,
			on(v.from, complaint.File, complaint.Citizen), on(v.from, complaint.Accept, complaint.Triage),
			on(v.from, complaint.Assign, complaint.Triage), on(v.from, complaint.SignFor, complaint.Handler),
			on(v.from, complaint.DraftReply, complaint.Handler), on(v.from, complaint.PresentReply, complaint.Handler))
		for name, want := range map[complaint.Clock]string{
			complaint.TriageClock: v.one, complaint.SignForClock: v.one, complaint.ReviewClock: v.two,
			complaint.ObjectClock: v.five, complaint.AnswerClock: v.thirteen,
		} {
			if got := clockOf(t, c, name); got.Day.String() != want || got.Estimated {
				t.Errorf("%s from %s: %s (estimated %v), want %s", name, v.from, got.Day, got.Estimated, want)
			}
		}
		if got := calendar.DateOf(clockOf(t, c, complaint.AnswerClock).Yellow); got.String() != v.yellowOf13 {
			t.Errorf("yellow from %s, want %s", got, v.yellowOf13)
		}
	}
	late := clockOf(t, timed(t, nil, on("2026-12-24", complaint.File, complaint.Citizen), on("2026-12-24", complaint.Accept, complaint.Triage),
		on("2026-12-24", complaint.Assign, complaint.Triage), on("2026-12-24", complaint.SignFor, complaint.Handler)), complaint.AnswerClock)
	if late.Day.String() != "2027-01-12" || !late.Estimated {
		t.Errorf("into a year without a notice: %s, estimated %v; want 2027-01-12, estimated", late.Day, late.Estimated)
	}
}

func TestLegalTerms(t *testing.T) {
	c := timed(t, nil,
		on("2026-03-02 23:59", complaint.File, complaint.Citizen), on("2026-03-04", complaint.Accept, complaint.Triage),
		on("2026-03-04", complaint.Assign, complaint.Triage), on("2026-03-05", complaint.SignFor, complaint.Handler),
		on("2026-04-01", complaint.Extend, complaint.UnitHead),
		on("2026-05-06", complaint.DraftReply, complaint.Handler), on("2026-05-06", complaint.PresentReply, complaint.Handler),
		on("2026-05-07", complaint.Sign, complaint.Reviewer), on("2026-05-07", complaint.OpenCallback, complaint.Clockwork),
		on("2026-05-20", complaint.Rate, complaint.Citizen), on("2026-05-21", complaint.Object, complaint.Citizen))
	for _, want := range []struct {
		clock   complaint.Clock
		day     string
		article string
		citizen bool
	}{
		{complaint.TellClock, "2026-03-17", "二十三", true},
		{complaint.ObjectClock, "2026-03-11", "二十三", false},
		{complaint.CloseClock, "2026-05-13", "三十四", true}, // 60 days and 10 more
		{complaint.AskReexaminationClock, "2026-06-06", "三十五", true},
		{complaint.ReexamineClock, "2026-06-20", "三十五", true},
		{complaint.SilenceClock, "2026-05-17", "", true},
		{complaint.AnswerClock, "2026-03-24", "", false},
	} {
		got := clockOf(t, c, want.clock)
		if got.Day.String() != want.day || got.Rule.Article != want.article || got.ForCitizen != want.citizen || got.Rule.Legal() != (want.article != "") {
			t.Errorf("%s: %s by article %s for the citizen %v, want %+v", want.clock, got.Day, got.Rule.Article, got.ForCitizen, want)
		}
		if got.Due != got.Day.AddDays(1).Time() {
			t.Errorf("%s is late from %s, want the first moment after %s", want.clock, got.Due, got.Day)
		}
	}
	if got := clockOf(t, c, complaint.CloseClock); got.Extended != 10 || got.Card(at(t, "2027-01-01")) != complaint.NoCard {
		t.Errorf("closed in the extension: %d days, card %q", got.Extended, got.Card(at(t, "2027-01-01")))
	}
	if got := clockOf(t, c, complaint.AnswerClock); got.Card(at(t, "2026-05-08")) != complaint.RedCard {
		t.Error("an answer after its term does not stay red")
	}
}

func TestAReportHasNoTermOfARequest(t *testing.T) {
	report := made{complaint.File, complaint.Citizen, complaint.Facts{Kind: complaint.FeeDemand, Accused: []complaint.Accused{{Kind: complaint.Teacher, Area: "410823"}}}}
	c := timed(t, nil, dated{report, "2026-03-02"}, on("2026-03-02", complaint.Accept, complaint.Triage))
	for _, d := range complaint.Deadlines(c, complaint.Defaults(), national(t)) {
		if d.Clock == complaint.CloseClock {
			t.Errorf("a report is to be closed by %s", d.Day)
		}
	}
	if clockOf(t, c, complaint.TellClock).Day.String() != "2026-03-17" {
		t.Error("a report has no term for telling")
	}
}

// A question to the citizen stops the office's own clocks, never the law's.
func TestPauses(t *testing.T) {
	handled := []dated{
		on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-02", complaint.Accept, complaint.Triage),
		on("2026-03-02", complaint.Assign, complaint.Triage), on("2026-03-02", complaint.SignFor, complaint.Handler),
	}
	for _, v := range []struct {
		name  string
		moves []dated
		clock complaint.Clock
		day   string // "" paused
	}{
		{"never asked", handled, complaint.AnswerClock, "2026-03-19"},
		{"asked and answered in a day", append(handled, on("2026-03-04", complaint.Ask, complaint.Handler), on("2026-03-04", complaint.Answer, complaint.Citizen)), complaint.AnswerClock, "2026-03-19"},
		{"asked on Wednesday, answered on Friday: Thursday and Friday are given back", append(handled, on("2026-03-04", complaint.Ask, complaint.Handler), on("2026-03-06", complaint.Answer, complaint.Citizen)), complaint.AnswerClock, "2026-03-23"},
		{"answered on Sunday", append(handled, on("2026-03-04", complaint.Ask, complaint.Handler), on("2026-03-08", complaint.Answer, complaint.Citizen)), complaint.AnswerClock, "2026-03-23"},
		{"asked twice", append(handled, on("2026-03-04", complaint.Ask, complaint.Handler), on("2026-03-06", complaint.Answer, complaint.Citizen), on("2026-03-10", complaint.Ask, complaint.Handler), on("2026-03-11", complaint.Proceed, complaint.Handler)), complaint.AnswerClock, "2026-03-24"},
		{"waiting", append(handled, on("2026-03-04", complaint.Ask, complaint.Handler)), complaint.AnswerClock, ""},
		{"waiting, by law", append(handled, on("2026-03-04", complaint.Ask, complaint.Handler)), complaint.CloseClock, "2026-05-01"},
		{"asked when it was late already", append(handled, on("2026-03-25", complaint.Ask, complaint.Handler), on("2026-04-08", complaint.Answer, complaint.Citizen)), complaint.AnswerClock, "2026-03-19"},
		{"asked on the last day", append(handled, on("2026-03-19", complaint.Ask, complaint.Handler), on("2026-03-24", complaint.Answer, complaint.Citizen)), complaint.AnswerClock, "2026-03-25"},
		{"asked on the last day and answered on it", append(handled, on("2026-03-19", complaint.Ask, complaint.Handler), on("2026-03-19", complaint.Answer, complaint.Citizen)), complaint.AnswerClock, "2026-03-19"},
		{"asked before it was accepted", []dated{on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-02", complaint.Ask, complaint.Intake), on("2026-03-05", complaint.Answer, complaint.Citizen)}, complaint.TriageClock, "2026-03-06"},
		{"the citizen is told until when", []dated{on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-02", complaint.Ask, complaint.Intake)}, complaint.NeedInfoClock, "2026-03-12"},
	} {
		got := clockOf(t, timed(t, nil, v.moves...), v.clock)
		if got.Day.String() != v.day || got.Paused != (v.day == "") || got.Due.IsZero() != got.Paused {
			t.Errorf("%s: %s until %s (paused %v), want %q", v.name, v.clock, got.Day, got.Paused, v.day)
		}
	}
}

func TestAQuestionEndsWithTheRoute(t *testing.T) {
	c := timed(t, nil, on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-03", complaint.Ask, complaint.Intake), on("2026-03-04", complaint.Reroute, complaint.Triage))
	if d := clockOf(t, c, complaint.NeedInfoClock); d.Running() {
		t.Errorf("the citizen is still asked until %s", d.Day)
	}
	if d := clockOf(t, c, complaint.TriageClock); d.Day.String() != "2026-03-05" || !d.Running() {
		t.Errorf("to be sorted by %s, want the day after it went on: 2026-03-05", d.Day)
	}
}

// However the law counts, a question to the citizen does not stop it.
func TestALegalTermInWorkingDaysDoesNotPause(t *testing.T) {
	r := complaint.Defaults()
	for i := range r.Terms {
		if r.Terms[i].Clock == complaint.TellClock {
			r.Terms[i].Count, r.Terms[i].N = complaint.WorkingDays, 5
		}
	}
	c := timed(t, nil, on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-03", complaint.Ask, complaint.Intake))
	for _, d := range complaint.Deadlines(c, r, national(t)) {
		if d.Clock == complaint.TellClock && (d.Paused || d.Day.String() != "2026-03-09") {
			t.Errorf("to be told by %s, paused %v; want 2026-03-09", d.Day, d.Paused)
		}
	}
}

func TestReworkHasHalfTheTermAndTheLawItsOwn(t *testing.T) {
	c := timed(t, nil,
		on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-02", complaint.Accept, complaint.Triage),
		on("2026-03-02", complaint.Assign, complaint.Triage), on("2026-03-02", complaint.SignFor, complaint.Handler),
		on("2026-03-03", complaint.DraftReply, complaint.Handler), on("2026-03-03", complaint.PresentReply, complaint.Handler),
		on("2026-03-03", complaint.Sign, complaint.Reviewer), on("2026-03-03", complaint.OpenCallback, complaint.Clockwork),
		dated{made{complaint.Rate, complaint.Citizen, complaint.Facts{Rating: complaint.Dissatisfied}}, "2026-04-29"},
		on("2026-04-30", complaint.Redo, complaint.CallbackOfficer), on("2026-05-06", complaint.SignFor, complaint.Handler))
	if got := clockOf(t, c, complaint.AnswerClock); got.Day.String() != "2026-05-13" || !got.Running() {
		t.Errorf("reworking until %s, want 7 working days after 2026-04-30: 2026-05-13", got.Day)
	}
	if got := clockOf(t, c, complaint.CloseClock); got.Day.String() != "2026-05-01" || !got.Running() {
		t.Errorf("the legal term is %s, running %v; want still 2026-05-01", got.Day, got.Running())
	}
	if got := clockOf(t, c, complaint.SignForClock); got.Day.String() != "2026-05-06" || got.Card(at(t, "2026-06-01")) != complaint.NoCard {
		t.Errorf("to be signed for again by %s", got.Day)
	}
}

func TestATransferThatCameBackStartsAgain(t *testing.T) {
	c := timed(t, nil,
		on("2026-03-02", complaint.File, complaint.Citizen), on("2026-03-02", complaint.Accept, complaint.Triage),
		on("2026-03-02", complaint.Assign, complaint.Triage), on("2026-03-06", complaint.Return, complaint.Handler))
	if got := clockOf(t, c, complaint.TriageClock); got.Day.String() != "2026-03-09" || !got.Running() {
		t.Errorf("to be assigned again by %s, want 2026-03-09", got.Day)
	}
	if got := clockOf(t, c, complaint.SignForClock); got.Card(at(t, "2026-03-20")) != complaint.RedCard {
		t.Error("returned after the term for signing, and not red")
	}
}

func TestCards(t *testing.T) {
	c := timed(t, nil, on("2026-04-30", complaint.File, complaint.Citizen), on("2026-04-30", complaint.Accept, complaint.Triage),
		on("2026-04-30", complaint.Assign, complaint.Triage), on("2026-04-30", complaint.SignFor, complaint.Handler))
	answer := clockOf(t, c, complaint.AnswerClock) // until Thursday 2026-05-21
	for when, want := range map[string]complaint.Card{
		"2026-05-19 23:59": complaint.NoCard, "2026-05-20 00:00": complaint.YellowCard,
		"2026-05-21 23:59": complaint.YellowCard, "2026-05-22 00:00": complaint.RedCard, "2026-12-01": complaint.RedCard,
	} {
		if got := answer.Card(at(t, when)); got != want {
			t.Errorf("at %s the card is %q, want %q", when, got, want)
		}
	}
	// The yellow card of a term that ends after a holiday comes before it.
	review := clockOf(t, timed(t, nil, on("2026-04-23", complaint.File, complaint.Citizen), on("2026-04-23", complaint.Accept, complaint.Triage),
		on("2026-04-23", complaint.Assign, complaint.Triage), on("2026-04-23", complaint.SignFor, complaint.Handler),
		on("2026-04-24", complaint.DraftReply, complaint.Handler), on("2026-04-29", complaint.PresentReply, complaint.Handler)), complaint.ReviewClock)
	if review.Day.String() != "2026-05-06" || review.Card(at(t, "2026-04-29 23:59")) != complaint.NoCard || review.Card(at(t, "2026-05-02")) != complaint.YellowCard {
		t.Errorf("review until %s shows %q on a holiday", review.Day, review.Card(at(t, "2026-05-02")))
	}
	// What is nobody's duty has no card.
	if got := clockOf(t, c, complaint.ObjectClock); got.Card(at(t, "2027-01-01")) != complaint.NoCard {
		t.Error("a right that was not used shows a card")
	}
}

// A term of a working day is not yellow as it begins: from when half of the
// working time is gone, 8 to 18 on working days.
func TestTheYellowCardOfATermOfADay(t *testing.T) {
	for _, v := range []struct{ filed, asked, answered, yellow, due string }{
		{"2026-03-02 10:00", "", "", "2026-03-03 09:00", "2026-03-04 00:00"},
		{"2026-03-02 07:00", "", "", "2026-03-02 18:00", "2026-03-04 00:00"}, // both days whole
		{"2026-03-02 17:59", "", "", "2026-03-03 12:59", "2026-03-04 00:00"}, // a minute and a day: half a minute before 13:00
		{"2026-03-02 18:00", "", "", "2026-03-03 13:00", "2026-03-04 00:00"},
		{"2026-03-02 23:59", "", "", "2026-03-03 13:00", "2026-03-04 00:00"},
		{"2026-03-06 17:00", "", "", "2026-03-09 12:30", "2026-03-10 00:00"}, // over a weekend
		{"2026-03-07 12:00", "", "", "2026-03-09 13:00", "2026-03-10 00:00"}, // on a Saturday
		{"2026-04-30 10:00", "", "", "2026-05-06 09:00", "2026-05-07 00:00"}, // over five days off
		{"2026-05-08 17:00", "", "", "2026-05-09 12:30", "2026-05-10 00:00"}, // into a Saturday that is worked
		{"2026-03-02 10:00", "2026-03-02 11:00", "2026-03-04 09:00", "2026-03-05 08:30", "2026-03-06 00:00"},
		{"2026-03-02 10:00", "2026-03-03 11:00", "2026-03-03 19:00", "2026-03-03 19:00", "2026-03-04 00:00"}, // nothing is left of the day
	} {
		moves := []dated{on(v.filed, complaint.File, complaint.Citizen)}
		if v.asked != "" {
			moves = append(moves, on(v.asked, complaint.Ask, complaint.Intake), on(v.answered, complaint.Answer, complaint.Citizen))
		}
		got := clockOf(t, timed(t, nil, moves...), complaint.TriageClock)
		yellow, due := at(t, v.yellow), at(t, v.due)
		if d := got.Yellow.Sub(yellow); d < 0 || d >= time.Minute || !got.Due.Equal(due) {
			t.Errorf("filed %s: yellow %s and due %s, want %s and %s", v.filed, got.Yellow.In(calendar.China), got.Due.In(calendar.China), v.yellow, v.due)
			continue
		}
		for when, want := range map[time.Time]complaint.Card{
			got.From: complaint.NoCard, got.Yellow.Add(-time.Millisecond): complaint.NoCard, got.Yellow: complaint.YellowCard,
			due.Add(-time.Millisecond): complaint.YellowCard, due: complaint.RedCard,
		} {
			if card := got.Card(when); card != want {
				t.Errorf("filed %s: %q at %s, want %q", v.filed, card, when.In(calendar.China), want)
			}
		}
	}
	// A longer term keeps its one working day.
	c := timed(t, nil, on("2026-03-02 10:00", complaint.File, complaint.Citizen), on("2026-03-02 10:00", complaint.Accept, complaint.Triage),
		on("2026-03-02 10:00", complaint.Assign, complaint.Triage), on("2026-03-02 10:00", complaint.SignFor, complaint.Handler),
		on("2026-03-02 10:00", complaint.DraftReply, complaint.Handler), on("2026-03-02 10:00", complaint.PresentReply, complaint.Handler))
	if got := clockOf(t, c, complaint.ReviewClock); !got.Yellow.Equal(at(t, "2026-03-03 00:00")) || !got.Due.Equal(at(t, "2026-03-05 00:00")) {
		t.Errorf("two working days: yellow %s, due %s", got.Yellow.In(calendar.China), got.Due.In(calendar.China))
	}
}

func TestFastLaneCountsDeskHoursOfEveryDay(t *testing.T) {
	for _, v := range []struct{ filed, asked, answered, yellow, due string }{
		{"2026-07-06 09:00", "", "", "2026-07-06 11:00", "2026-07-06 13:00"},
		{"2026-07-06 16:30", "", "", "2026-07-07 08:30", "2026-07-07 10:30"},
		{"2026-07-06 03:00", "", "", "2026-07-06 10:00", "2026-07-06 12:00"},
		{"2026-07-10 23:00", "", "", "2026-07-11 10:00", "2026-07-11 12:00"}, // a Saturday: forms are open then too
		{"2026-07-06 14:00", "", "", "2026-07-06 16:00", "2026-07-06 18:00"},
		{"2026-07-06 09:00", "2026-07-06 10:00", "2026-07-06 17:00", "2026-07-07 08:30", "2026-07-07 10:00"},
		{"2026-07-06 09:00", "2026-07-06 20:00", "2026-07-07 17:00", "2026-07-06 11:00", "2026-07-06 13:00"}, // late before it was asked
	} {
		moves := []dated{on(v.filed, complaint.File, complaint.Citizen)}
		if v.asked != "" {
			moves = append(moves, on(v.asked, complaint.Ask, complaint.Intake), on(v.answered, complaint.Answer, complaint.Citizen))
		}
		c := timed(t, func(e []complaint.Event) { e[0].Facts.Window = "key_date/2026/forms" }, moves...)
		got := clockOf(t, c, complaint.TriageClock)
		if !got.Due.Equal(at(t, v.due)) {
			t.Errorf("filed %s: due %s, want %s", v.filed, got.Due.In(calendar.China), v.due)
		}
		if !got.Yellow.Equal(at(t, v.yellow)) || got.Card(got.Yellow.Add(-time.Millisecond)) != complaint.NoCard || got.Card(got.Yellow) != complaint.YellowCard ||
			got.Card(got.Due.Add(-time.Minute)) != complaint.YellowCard || got.Card(got.Due) != complaint.RedCard {
			t.Errorf("filed %s: yellow from %s, want %s, and red from %s", v.filed, got.Yellow.In(calendar.China), v.yellow, v.due)
		}
	}
}

// harmed is what makes a case one of harm.
var harmed = complaint.Facts{Kind: complaint.Harm, Accused: []complaint.Accused{{Kind: complaint.Schoolmate, Area: "410823"}}}

// Harm is urgent and in the fast lane at any time of the year, and has no term
// of a request.
func TestHarmIsPressing(t *testing.T) {
	c := timed(t, nil, dated{made{complaint.File, complaint.Citizen, harmed}, "2026-01-10 16:30"}) // a Saturday in January
	if !c.Urgent || !c.Fast() || c.Window != "" || c.Class != complaint.Report {
		t.Errorf("urgent %v, fast %v, window %q, class %s", c.Urgent, c.Fast(), c.Window, c.Class)
	}
	if got := clockOf(t, c, complaint.TriageClock); !got.Due.Equal(at(t, "2026-01-11 10:30")) {
		t.Errorf("to be sorted by %s, want four hours of the desk", got.Due.In(calendar.China))
	}
	if got := clockOf(t, c, complaint.TellClock); got.Day.String() != "2026-01-25" {
		t.Errorf("to be told by %s", got.Day)
	}
}

// What turns out to be harm has four hours from then on; what was due before
// is not late by a rule that came later, and what was urgent stays so.
func TestHarmThatIsFoundLater(t *testing.T) {
	found := dated{made{complaint.Reroute, complaint.Triage, harmed}, "2026-03-02 15:00"}
	c := timed(t, nil, on("2026-03-02 09:00", complaint.File, complaint.Citizen), found)
	var runs []complaint.Deadline
	for _, d := range complaint.Deadlines(c, complaint.Defaults(), national(t)) {
		if d.Clock == complaint.TriageClock {
			runs = append(runs, d)
		}
	}
	if len(runs) != 2 || runs[0].Running() || runs[0].Day.String() != "2026-03-03" || runs[0].Card(at(t, "2026-04-01")) != complaint.NoCard ||
		!runs[1].Due.Equal(at(t, "2026-03-03 09:00")) || !c.Urgent {
		t.Errorf("urgent %v, runs %+v", c.Urgent, runs)
	}
	back := dated{made{complaint.Reroute, complaint.Triage, usual()}, "2026-03-02 16:00"}
	if c := timed(t, nil, on("2026-03-02 09:00", complaint.File, complaint.Citizen), found, back); !c.Urgent || c.Fast() {
		t.Errorf("no harm after all: urgent %v, fast %v", c.Urgent, c.Fast())
	}
}

func TestPausedInTheFastLane(t *testing.T) {
	c := timed(t, func(e []complaint.Event) { e[0].Facts.Window = "key_date/2026/forms" },
		on("2026-07-06 09:00", complaint.File, complaint.Citizen), on("2026-07-06 10:00", complaint.Ask, complaint.Intake))
	if d := clockOf(t, c, complaint.TriageClock); !d.Paused || !d.Due.IsZero() || d.Card(at(t, "2026-08-01")) != complaint.NoCard {
		t.Errorf("asked in the fast lane: paused %v, due %s", d.Paused, d.Due)
	}
}

func TestATermInHours(t *testing.T) {
	r := complaint.Rules{Opens: 8, Shuts: 18, Terms: []complaint.Rule{{Clock: complaint.TriageClock, N: 30, Count: complaint.Hours}}}
	c := timed(t, nil, on("2026-07-06 09:00", complaint.File, complaint.Citizen))
	d := complaint.Deadlines(c, r, national(t))
	if len(d) != 1 || !d[0].Due.Equal(at(t, "2026-07-07 15:00")) {
		t.Errorf("30 hours: %+v", d)
	}
}

func TestRulesAreDated(t *testing.T) {
	day := func(s string) calendar.Date { return calendar.DateOf(at(t, s)) }
	r := complaint.Defaults()
	if _, ok := r.At(complaint.CloseClock, day("2022-04-30")); ok {
		t.Error("the regulation holds before it was in force")
	}
	for i := range r.Terms {
		if r.Terms[i].Clock == complaint.CloseClock {
			r.Terms[i].Until = day("2026-06-30")
		}
	}
	r.Terms = append(r.Terms, complaint.Rule{Clock: complaint.CloseClock, N: 30, Count: complaint.CalendarDays, Law: "x", From: day("2026-07-01")})
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]string{"2026-06-30": "2026-08-29", "2026-07-01": "2026-07-31"} {
		c := timed(t, nil, on(from, complaint.File, complaint.Citizen), on(from, complaint.Accept, complaint.Triage))
		for _, d := range complaint.Deadlines(c, r, national(t)) {
			if d.Clock == complaint.CloseClock && d.Day.String() != want {
				t.Errorf("begun %s: until %s, want %s: the rule of the first day", from, d.Day, want)
			}
		}
	}
	for name, spoil := range map[string]func(*complaint.Rules){
		"two rules for a day":  func(r *complaint.Rules) { r.Terms[len(r.Terms)-1].From = day("2026-06-30") },
		"a term of no days":    func(r *complaint.Rules) { r.Terms[0].N = 0 },
		"counted in nothing":   func(r *complaint.Rules) { r.Terms[0].Count = "weeks" },
		"a desk without hours": func(r *complaint.Rules) { r.Shuts = r.Opens },
	} {
		bad := r
		bad.Terms = append([]complaint.Rule(nil), r.Terms...)
		spoil(&bad)
		if bad.Check() == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if err := complaint.Defaults().Check(); err != nil {
		t.Error(err)
	}
}

// An article that is cited can be read on the site.
func TestCitedArticlesArePublished(t *testing.T) {
	published := map[string]string{}
	for _, r := range rows(t, "law_articles.csv") {
		published[r[0]+r[1]] = r[2]
	}
	says := map[complaint.Clock]string{
		complaint.TellClock: "15日内书面告知", complaint.ObjectClock: "5个工作日内提出异议", complaint.CloseClock: "60日内办结",
		complaint.ExtendClock: "不得超过30日", complaint.AskReexaminationClock: "30日内请求", complaint.ReexamineClock: "30日内提出复查意见",
	}
	for _, r := range complaint.Defaults().Terms {
		if text := published[r.Law+r.Article]; r.Legal() && (says[r.Clock] == "" || !strings.Contains(text, says[r.Clock])) {
			t.Errorf("%s cites article %s, which does not say %q", r.Clock, r.Article, says[r.Clock])
		}
		if !r.Legal() && r.Source == "" {
			t.Errorf("%s has no source", r.Clock)
		}
	}
}

func TestOnlyThisYearsDatesOpenTheFastLane(t *testing.T) {
	day := func(s string) calendar.Date { return calendar.DateOf(at(t, s)) }
	near := complaint.Approaching("key_date/2026/autumn-registration", 2026, day("2026-11-20"))
	old := complaint.Approaching("key_date/2022/autumn-registration", 2022, day("2022-11-20"))
	wrong := complaint.Window{ID: "x", Season: complaint.FormsOpen, Year: 2022, From: day("2026-06-01"), To: day("2026-06-30")}
	for _, c := range []struct {
		window complaint.Window
		day    string
		want   bool
	}{
		{near, "2026-11-09", false},
		{near, "2026-11-10", true},
		{near, "2026-11-20", true},
		{near, "2026-11-21", false},
		{old, "2026-11-20", false},
		{old, "2022-11-20", true},
		{wrong, "2026-06-10", false},
		{complaint.Window{}, "2026-06-10", false},
	} {
		if got := c.window.Open(day(c.day)); got != c.want {
			t.Errorf("%s on %s: open %v, want %v", c.window.ID, c.day, got, c.want)
		}
	}
}
