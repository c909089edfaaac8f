package site

import (
	"strconv"

	"github.com/a-h/templ"

	"yangguang/calendar"
	"yangguang/content"
	"yangguang/pattern"
	"yangguang/site/page"
)

// duration answers how many years a pupil studies (学制), from the rules of the
// year and their clause. The address is the whole state of the form.
func (s *Site) duration(r *reading) (templ.Component, error) {
	d := durationPage{Typed: durationForm{r.query("case"), r.query("born"), r.query("age"), r.query("entry")}}
	years := r.Years(content.TypeRule)
	if len(years) == 0 {
		return nil, content.ErrNotFound
	}
	for year := years[len(years)-1]; year <= r.today.Year()+1; year++ {
		d.Years = append([]int{year}, d.Years...)
	}
	dates, _ := r.KeyDatesFor(r.today.Year())
	d.Pupil, d.Wrong = d.Typed.read(r.today, entryYear(dates, r.today), d.Years[len(d.Years)-1])
	d.Rules, d.RulesOf = r.RulesFor(d.Pupil.Entry)
	if d.Wrong == (durationWrong{}) {
		d.Answer = content.DurationOf(d.Rules, d.Pupil)
	}
	d.History = d.RulesOf < r.today.Year()
	r.uses(records(d.Rules)...)
	r.frame.Title, r.frame.Section = "学制：能读几年", "/tools/duration"
	r.frame.Crumbs = []page.Crumb{{Path: "/", Word: "首页"}, {Word: "学制"}}
	r.frame.Description = "算一算读中专、职高要几年：应届初中毕业、满18周岁、非全日制、中高职衔接，每个答案都附文件原文。"
	d.Frame = r.framed()
	return durationView(d), nil
}

type durationPage struct {
	page.Frame
	Typed durationForm
	Wrong durationWrong
	// Years can be chosen as the year of entry, the newest first.
	Years   []int
	Pupil   content.Pupil
	Rules   []*content.Rule
	RulesOf int
	Answer  content.Duration
	History bool
}

// Asked reports whether anything was filled in.
func (d durationPage) Asked() bool {
	return d.Typed.Case != "" || d.Typed.Born != "" || d.Typed.Age != ""
}

// Situations are the rules that a reader can choose between.
func (d durationPage) Situations() []*content.Rule {
	var out []*content.Rule
	for _, r := range d.Rules {
		if r.Topic == content.TopicDuration && r.Case != content.CaseBasic {
			out = append(out, r)
		}
	}
	return out
}

// durationForm is what was typed, as it was typed.
type durationForm struct{ Case, Born, Age, Entry string }

// durationWrong says which fields could not be read.
type durationWrong struct{ Born, Age, Entry bool }

var ageForms = pattern.New(`^(?:满)?(\d{1,2})\s*(?:周?岁)?$`)

const youngest, oldest = 6, 99

// read takes the form apart; entry is the year of entry where none was chosen.
// A field that was left empty is not wrong.
func (f durationForm) read(today calendar.Date, entry, firstYear int) (content.Pupil, durationWrong) {
	p := content.Pupil{Entry: entry, Case: f.Case}
	var wrong durationWrong
	if f.Entry != "" {
		year, err := strconv.Atoi(content.TidyNumber(f.Entry))
		if wrong.Entry = err != nil || year < firstYear || year > today.Year()+1; !wrong.Entry {
			p.Entry = year
		}
	}
	if f.Age != "" {
		if m := ageForms.FindStringSubmatch(content.TidyNumber(f.Age)); m != nil {
			p.Age, _ = strconv.Atoi(m[1])
		}
		wrong.Age = p.Age < youngest
	}
	if f.Born != "" {
		born, ok := dayOf(f.Born)
		age := p.Entry - born.Year()
		if wrong.Born = !ok || age < youngest || age > oldest; !wrong.Born {
			p.Born = born
		}
	}
	return p, wrong
}

// entryYear is the year of entry that a reader most likely means: this year's
// until the first of its autumn deadlines is over, then the next.
func entryYear(dates []*content.KeyDate, today calendar.Date) int {
	now := content.RegistrationOf(dates, new(calendar.Calendar), today)
	if now.Season == content.Autumn && len(now.Over()) > 0 {
		return today.Year() + 1
	}
	return today.Year()
}
