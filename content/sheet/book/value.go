package book

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// layouts are how moments are written, by what their format shows of them;
// clock stands for the time of day.
var layouts = map[formatKind]string{
	day: time.DateOnly, month: "2006年1月", year: "2006", minute: "clock", instant: time.DateOnly + " clock",
}

// show returns a number as a person reads it in a cell of that format, and
// whether it is a date.
func show(v float64, f format, from int) (text string, date bool) {
	if f.kind == percent {
		return decimal(v*100) + "%", false
	}
	if f.kind == elapsed && v >= 0 && v <= mostDays {
		minutes := int(math.Round(v * 24 * 60))
		return fmt.Sprintf("%d:%02d", minutes/60, minutes%60), true
	}
	layout, isMoment := layouts[f.kind]
	t, ok := moment(v, from)
	if !isMoment || !ok {
		return withZeros(decimal(v), f.digits), false
	}
	clock := "15:04"
	if t.Second() != 0 {
		clock = "15:04:05"
	}
	return t.Format(strings.Replace(layout, "clock", clock, 1)), true
}

// withZeros puts zeros in front of a whole number.
func withZeros(s string, digits int) string {
	if n := digits - len(s); n > 0 && isDigits([]byte(s)) {
		return strings.Repeat("0", n) + s
	}
	return s
}

// decimal returns a number without what a calculation in binary leaves behind:
// whole numbers whole, others to twelve digits.
func decimal(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e18 {
		return strconv.FormatInt(int64(v), 10)
	}
	s := strconv.FormatFloat(v, 'g', 12, 64)
	rounded, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	if a := math.Abs(rounded); a >= 1e18 || a < 1e-9 {
		return strconv.FormatFloat(rounded, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// mostDays is 9999-12-31, the last day that a spreadsheet knows.
const mostDays = 2958465

// moment returns the time that a count of days is. Counted from 1900 the 60th
// day is the 29th of February, which that year did not have.
func moment(v float64, from int) (time.Time, bool) {
	if v < 0 || v > mostDays+1 || v != v {
		return time.Time{}, false
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from == 1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case v < 60:
		base = base.AddDate(0, 0, 1)
	}
	days := math.Floor(v)
	seconds := math.Round((v - days) * 24 * 60 * 60)
	t := base.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	return t, t.Year() <= 9999
}

// isoMoment reads the dates of a file in the strict form: 2026-05-25T00:00:00.
func isoMoment(s string, f format) (string, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05.999", "2006-01-02T15:04:05Z07:00", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			days := t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
			if f.kind == plain {
				f.kind = day
			}
			return show(days, f, 1900)
		}
	}
	return s, false
}
