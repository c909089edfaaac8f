package site

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"yangguang/content"
	"yangguang/site/page"
)

// keyDatesICS is a year's dates for a telephone's calendar (RFC 5545). What is
// of an earlier year says so in its name: it must not be taken for a date of
// now.
func (s *Site) keyDatesICS(pr page.Reading) (page.Document, error) {
	r := s.read(pr, none)
	year := r.year()
	mark := ""
	if year < r.today.Year() {
		mark = fmt.Sprintf("【%d年历史文件】", year)
	}
	if r.Fictional() {
		mark = "【演示数据·非真实】"
	}
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yangguang//calendar//ZH", "CALSCALE:GREGORIAN",
		"X-WR-CALNAME:" + icsText(mark+fmt.Sprintf("%d年中职招生日期", year)),
	}
	events := 0
	for _, d := range inOrder(r.KeyDates(year)) {
		if d.Date.IsZero() {
			continue // counted from an event, which each pupil has on another day
		}
		events++
		lines = append(lines,
			"BEGIN:VEVENT", "UID:"+string(d.ID)+"@"+strings.TrimPrefix(r.tag(""), "tag:"),
			"DTSTAMP:"+d.At.UTC().Format("20060102T150405Z"), "DTSTART;VALUE=DATE:"+strings.ReplaceAll(d.Date.String(), "-", ""),
			"SUMMARY:"+icsText(mark+d.Name), "DESCRIPTION:"+icsText(strings.TrimSpace(d.Audience+"。"+d.Source.Quote+" "+d.Note)),
		)
		if r.frame.Address != "" {
			lines = append(lines, "URL:"+r.frame.Address+content.Path(d))
		}
		lines = append(lines, "TRANSP:TRANSPARENT", "END:VEVENT")
	}
	if events == 0 {
		return page.Document{}, content.ErrNotFound
	}
	lines = append(lines, "END:VCALENDAR")
	return page.Document{Type: "text/calendar; charset=utf-8", Name: fmt.Sprintf("calendar-%d.ics", year), Write: func(_ context.Context, w io.Writer) error {
		for _, line := range lines {
			if _, err := io.WriteString(w, folded(line)); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

var icsText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r", "", "\n", `\n`).Replace

// folded cuts a line into pieces of at most 75 bytes, never inside a character
// (RFC 5545, 3.1).
func folded(line string) string {
	var out strings.Builder
	width := 0
	for _, r := range line {
		if n := utf8.RuneLen(r); width+n > 75 {
			out.WriteString("\r\n ")
			width = 1 + n
		} else {
			width += n
		}
		out.WriteRune(r)
	}
	return out.String() + "\r\n"
}
