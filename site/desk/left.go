package desk

import (
	"fmt"
	"time"

	"yangguang/calendar"
	"yangguang/complaint"
)

// left is the time until something is late, in words.
type left struct {
	Words string
	Card  complaint.Card
	// What is the term that ends then.
	What string
}

// leftOf says how much time a case has left.
func leftOf(d complaint.Docket, now time.Time) left {
	switch {
	case !d.State.Open():
		return left{Words: calendar.DateOf(d.Changed).MonthDay(), What: stateWords[d.State]}
	case d.Due.IsZero():
		return left{Words: "不计时", What: stateWords[d.State]}
	}
	return left{leftWords(d.Due, now), d.Card(now), clockWords[d.Clock]}
}

// leftWords says the time until due: hours and minutes on the last day, else
// days; and how long it is late.
func leftWords(due, now time.Time) string {
	if !now.Before(due) {
		return "超 " + span(now.Sub(due))
	}
	last := calendar.DateOf(due.Add(-time.Millisecond))
	today := calendar.DateOf(now)
	switch {
	case last == today:
		return "剩 " + span(due.Sub(now))
	case last == today.AddDays(1):
		return "明天" + clockOf(due)
	}
	return fmt.Sprintf("剩 %d 天", int(last.Time().Sub(today.Time()).Hours()/24))
}

// clockOf is the time of day of a moment that is late, where it is not the end
// of a day.
func clockOf(due time.Time) string {
	if at := due.In(calendar.China).Format("15:04"); at != "00:00" {
		return " " + at
	}
	return "到期"
}

func span(d time.Duration) string {
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	switch {
	case hours >= 24:
		return fmt.Sprintf("%d 天", hours/24)
	case hours >= 10 || hours > 0 && minutes == 0:
		return fmt.Sprintf("%d 小时", hours)
	case hours > 0:
		return fmt.Sprintf("%d 小时 %d 分", hours, minutes)
	}
	return fmt.Sprintf("%d 分", max(minutes, 1))
}
