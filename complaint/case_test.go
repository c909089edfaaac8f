package complaint_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"yangguang/complaint"
)

func TestAnIllegalListIsNoCase(t *testing.T) {
	whole := events(t, monday, time.Minute, way...)
	for name, spoil := range map[string]func([]complaint.Event) []complaint.Event{
		"a move is missing":       func(e []complaint.Event) []complaint.Event { return slices.Delete(e, 3, 4) },
		"two moves are exchanged": func(e []complaint.Event) []complaint.Event { e[1], e[2] = e[2], e[1]; return e },
		"filed twice":             func(e []complaint.Event) []complaint.Event { return append(e[:1], e[0]) },
		"not filed":               func(e []complaint.Event) []complaint.Event { return e[1:] },
		"a move that is none":     func(e []complaint.Event) []complaint.Event { e[4].Move = "shelve"; return e },
		"signed by the handler":   func(e []complaint.Event) []complaint.Event { e[6].By.Officer = "o-handler"; return e },
	} {
		if c, err := complaint.Fold(spoil(slices.Clone(whole))); err == nil {
			t.Errorf("%s: a case in state %s", name, c.State)
		}
	}
}

func TestAChangedEventBreaksTheChain(t *testing.T) {
	whole := events(t, monday, time.Minute, way...)
	if err := complaint.Verify(whole); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]complaint.Event) []complaint.Event{
		"another time":     func(e []complaint.Event) []complaint.Event { e[3].At = e[3].At.Add(time.Millisecond); return e },
		"another officer":  func(e []complaint.Event) []complaint.Event { e[3].By.Officer = "o-else"; return e },
		"another outcome":  func(e []complaint.Event) []complaint.Event { e[4].Facts.Outcome = complaint.Unsubstantiated; return e },
		"one is missing":   func(e []complaint.Event) []complaint.Event { return slices.Delete(e, 3, 4) },
		"two are exchange": func(e []complaint.Event) []complaint.Event { e[1], e[2] = e[2], e[1]; return e },
		"an early end":     func(e []complaint.Event) []complaint.Event { return e[1:] },
	} {
		if complaint.Verify(spoil(slices.Clone(whole))) == nil {
			t.Errorf("%s: the chain still holds", name)
		}
	}
}

func TestTurns(t *testing.T) {
	c := story(t, upTo(4)...)
	looked := story(t, upTo(4, made{move: complaint.Look, by: complaint.Supervisor}, made{move: complaint.Note, by: complaint.Handler})...)
	if looked.Turn != c.Turn || looked.Version != c.Version+2 {
		t.Errorf("looking and noting gave turn %d of version %d, want turn %d", looked.Turn, looked.Version, c.Turn)
	}
	if drafted := story(t, upTo(5)...); drafted.Turn != drafted.Version {
		t.Errorf("a drafted reply is turn %d of version %d", drafted.Turn, drafted.Version)
	}
}

func TestCombinedPartsShow(t *testing.T) {
	evs := events(t, monday, time.Minute, upTo(7)...)
	evs[1].By.Officer, evs[2].By.Officer = "o-handler", "o-handler"
	c, err := complaint.Fold(evs)
	if err != nil {
		t.Fatal(err)
	}
	got := c.Combined()
	if len(got) != 1 || !slices.Equal(got["o-handler"], []complaint.Role{complaint.Triage, complaint.Handler}) {
		t.Errorf("combined: %v, want triage and handler of one officer", got)
	}
}

func TestRecusalBarsForGood(t *testing.T) {
	c := story(t, upTo(4, made{move: complaint.Recuse, by: complaint.Handler})...)
	if c.Handler != "" || !slices.Contains(c.Route.Barred.Officers, "o-handler") {
		t.Errorf("after recusal the handler is %q and barred are %v", c.Handler, c.Route.Barred)
	}
	if err := c.Allows(complaint.DraftReply, person(complaint.Handler), usual()); !errors.Is(err, complaint.ErrNotYours) {
		t.Errorf("the recused handler drafts: %v", err)
	}
}

func TestWhatTheCitizenMayRead(t *testing.T) {
	moves := upTo(1, made{move: complaint.Note, by: complaint.Intake}, made{move: complaint.Ask, by: complaint.Intake}, made{move: complaint.Answer, by: complaint.Citizen})
	moves = append(moves, way[1:6]...)
	moves = append(moves, made{move: complaint.SendBack, by: complaint.Reviewer}, way[4], way[5], way[6])
	got := complaint.Told(events(t, monday, time.Minute, moves...))
	want := map[int]bool{1: true, 3: true, 4: true, 11: true} // of the two drafts (8, 11) the signed one
	if !reflect.DeepEqual(got, want) {
		t.Errorf("told: %v, want %v", got, want)
	}
}

func BenchmarkFold(b *testing.B) {
	all := events(b, monday, time.Minute, way...)
	for b.Loop() {
		if _, err := complaint.Fold(all); err != nil {
			b.Fatal(err)
		}
	}
}
