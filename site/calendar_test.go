package site

import (
	"testing"

	"yangguang/calendar"
	"yangguang/content"
)

func TestInOrder(t *testing.T) {
	on := func(m, d int) *content.KeyDate {
		return &content.KeyDate{Date: calendar.NewDate(2022, 1, 1).AddDays(m*31 + d)}
	}
	counted, late, early := &content.KeyDate{WorkingDays: 20}, on(10, 20), on(3, 20)
	got := inOrder([]*content.KeyDate{counted, late, early})
	if got[0] != early || got[1] != late || got[2] != counted {
		t.Errorf("inOrder = %v, want by day, the counted one last", got)
	}
}

func TestFallsOnWeekend(t *testing.T) {
	for day, want := range map[string]bool{"2022-11-20": true, "2022-11-19": true, "2022-11-21": false} {
		date, err := calendar.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := fallsOnWeekend(&content.KeyDate{Date: date, Deadline: true}); got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
	if fallsOnWeekend(&content.KeyDate{Deadline: true, WorkingDays: 20}) {
		t.Error("a date that is counted from an event has no weekday")
	}
}
