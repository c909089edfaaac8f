// Package calendar counts days as an office in China does: civil dates on
// China's clock, working days with the State Council's holidays and the
// Saturdays and Sundays worked in exchange.
//
// A [Date] is a day without a time. A [Calendar] holds the holiday notices of
// the years it was given; past its last year it counts Monday to Friday and
// says so, because the notice for that year is not out yet.
package calendar

import (
	"fmt"
	"time"
)

// China is the one clock of the program. It is a fixed zone because China
// keeps no summer time and small containers carry no zone files.
var China = time.FixedZone("CST", 8*3600)

// Date is a civil date. The zero value is no date. Dates are comparable.
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate returns the date, normalised as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, China))
}

// DateOf returns the civil date in China at the moment t.
func DateOf(t time.Time) Date {
	y, m, d := t.In(China).Date()
	return Date{y, m, d}
}

// ParseDate reads 2022-09-01. It refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.ParseInLocation(time.DateOnly, s, China)
	if err != nil {
		return Date{}, fmt.Errorf("calendar: %q is not a date like 2022-09-01", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year, Month and Day return the parts of d.
func (d Date) Year() int         { return d.year }
func (d Date) Month() time.Month { return d.month }
func (d Date) Day() int          { return d.day }

// Time returns the start of d on China's clock.
func (d Date) Time() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, China) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// AddDays returns d moved by n days.
func (d Date) AddDays(n int) Date { return NewDate(d.year, d.month, d.day+n) }

// Before reports whether d is earlier than o; After whether it is later.
func (d Date) Before(o Date) bool { return d.compare(o) < 0 }
func (d Date) After(o Date) bool  { return d.compare(o) > 0 }

func (d Date) compare(o Date) int {
	if d.year != o.year {
		return d.year - o.year
	}
	if d.month != o.month {
		return int(d.month - o.month)
	}
	return d.day - o.day
}

// String returns 2022-09-01, or nothing for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// MonthDay returns the date as people say it: 9月1日.
func (d Date) MonthDay() string { return fmt.Sprintf("%d月%d日", d.month, d.day) }

// Long returns 2022年9月1日.
func (d Date) Long() string { return fmt.Sprintf("%d年%s", d.year, d.MonthDay()) }

// WeekdayName returns 星期四.
func (d Date) WeekdayName() string {
	return "星期" + string([]rune("日一二三四五六")[d.Weekday()])
}

// MarshalText and UnmarshalText use the form of String; no date is empty.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of String.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
