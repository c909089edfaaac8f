package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yangguang/complaint"
	"yangguang/site/page"
)

// casePage is one case as an officer sees it.
type casePage struct {
	frame
	*file
	Kind, Stands, Accused, AccusedName string
	// Words are what the citizen wrote. Masked: numbers in what was said are
	// hidden; Bare: they are shown, this once.
	Words        string
	Masked, Bare bool
	Story        []line
	Looks        []line
	Clocks, Over []term
	// Answer is the draft that waits for a second officer.
	Answer string
	Route  route
	Forms  []filled
	Queue  []row
	Next   string
	// Done says what was just done; Wrong why something was not.
	Done, Wrong, Help string
	// Lost is what was typed into a form that is not there any more.
	Lost string
	// Sees is true while the officer may open who the citizen is.
	Sees bool
	// OpensOriginal is true if the officer may open what is not clean.
	OpensOriginal bool
	Combined      []string
	// Waits says what the case waits for of this officer.
	Waits []string
}

// filled is a form with what stands in it.
type filled struct {
	form
	Path, Turn string
	// Main is true for the one that stands out, Open for one that came back or
	// must not be overlooked.
	Main, Open bool
	Values     map[string]string
	Lacks      map[string]string
	file       *file
}

func (f filled) options(g field) []option { return g.options(f.file) }

// one shows a case.
func (d *Desk) one(v *visit) (templ.Component, error) {
	f, err := v.open()
	if err != nil {
		return nil, err
	}
	c, err := f.page()
	if err != nil {
		return nil, err
	}
	if done, ok := formNamed(v.query("done")); ok {
		c.Done = done.Done
	}
	return caseView(c), nil
}

// page makes the page of a case.
func (f *file) page() (*casePage, error) {
	c := &casePage{
		frame: f.frame, file: f, Kind: kindWords[f.Case.Kind], Stands: stateWords[f.Case.State], Accused: f.accused(f.Case.Accused),
		AccusedName: f.told(1, complaint.AccusedName), Words: f.told(1, complaint.Words), Bare: f.bare, Masked: f.masked(),
		Route: f.route(), Combined: f.combined(),
	}
	if f.Case.State == complaint.Reviewing {
		c.Answer = f.drafted()
	}
	c.Clocks, c.Over = f.clocks()
	c.Here = "/desk"
	c.Story, c.Looks = f.story()
	var err error
	if err := c.neighbours(); err != nil {
		return nil, err
	}
	said, err := f.desk.Office.Try(f.ctx, f.ID, f.Number, move(complaint.OpenIdentity),
		act(complaint.Action{Move: complaint.OpenOriginal, Facts: complaint.Facts{Reason: complaint.MustVerify}}))
	if err != nil {
		return nil, err
	}
	c.Sees, c.OpensOriginal = said[0] == nil, said[1] == nil
	offered, err := f.offered()
	main := slices.IndexFunc(offered, func(one form) bool { return one.likely })
	for i, one := range offered {
		c.Forms = append(c.Forms, f.filled(one, i == main))
	}
	return c, err
}

// filled is a form as it is shown first.
func (f *file) filled(one form, main bool) filled {
	reports := one.Name == "report" && f.Case.Urgent && len(f.Case.ReportedTo) == 0
	out := filled{form: one, Open: reports, Path: casePath(f.Number) + "/" + one.Name, Turn: strconv.Itoa(f.Case.Turn), Main: main, Values: map[string]string{}, file: f}
	for _, g := range one.Fields {
		if g.before != nil {
			out.Values[g.Name] = g.before(f)
		}
	}
	return out
}

// beside is how many cases stand beside the one that is open.
const beside = 20

// neighbours is the head of what waits for the officer, and the case that comes
// next. The open one may not be among them.
func (c *casePage) neighbours() error {
	own, err := c.mine()
	if err != nil {
		return err
	}
	c.frame.Waiting, c.frame.Newest, c.frame.Watch = c.visit.frame.Waiting, c.visit.frame.Newest, c.visit.frame.Watch
	c.Waits = own.waited(c.Docket)
	c.Queue = c.rows(own, own.head[:min(len(own.head), beside)])
	at := slices.IndexFunc(c.Queue, func(r row) bool { return r.Number == c.Number })
	if at >= 0 {
		c.Queue[at].Here = true
	}
	switch {
	case at+1 < len(c.Queue): // the first, where the open one is not among them
		c.Next = casePath(c.Queue[at+1].Number)
	case at > 0:
		c.Next = casePath(c.Queue[0].Number)
	}
	return nil
}

// press sends a form: the moves are made, or the case is shown again with what
// was typed and what stood in the way.
func (d *Desk) press(v *visit) (templ.Component, error) {
	one, ok := formNamed(v.c.Params("form"))
	if !ok {
		return nil, complaint.ErrNotFound
	}
	f, err := v.open()
	if err != nil {
		return nil, err
	}
	// What is no number is no turn that a case can have.
	turn, _ := strconv.Atoi(v.form("turn"))
	p := press{f, v.form}
	lacks := one.lacks(p)
	if len(lacks) == 0 {
		_, err = d.Office.Act(v.ctx, v.ID, f.Number, turn, one.acts(p)...)
	} else {
		err = f.incomplete(one)
	}
	if err == nil {
		return nil, v.after(f.Number, one)
	}
	answer := page.ProblemOf(err)
	if answer.Status >= http.StatusInternalServerError || answer.Status == http.StatusNotFound {
		return nil, err
	}
	return f.again(one, lacks, answer)
}

// incomplete is what is said of a form that lacks something: to fill it in, or
// that it is over where the case has moved on.
func (f *file) incomplete(one form) error {
	offered, err := f.offered()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(offered, func(o form) bool { return o.Name == one.Name }) {
		return complaint.ErrWrongState
	}
	return complaint.ErrIncomplete
}

// after leads to the case, or to the queue where it is not seen any more.
func (v *visit) after(n complaint.Number, one form) error {
	if _, err := v.desk.Office.Try(v.ctx, v.ID, n); err != nil {
		return goes{"/desk?done=" + one.Name}
	}
	return goes{casePath(n) + "?done=" + one.Name}
}

// again shows the case after a form was not taken.
func (f *file) again(one form, lacks map[string]string, why page.Problem) (templ.Component, error) {
	// It may stand elsewhere by now.
	fresh, err := f.open()
	if err != nil {
		return nil, err
	}
	c, err := fresh.page()
	if err != nil {
		return nil, err
	}
	f.status, c.Wrong, c.Help = why.Status, why.Text, why.Help
	i := slices.IndexFunc(c.Forms, func(g filled) bool { return g.Name == one.Name })
	var typed []string
	for _, g := range one.Fields {
		value := f.form(g.Name)
		if i >= 0 {
			c.Forms[i].Values[g.Name] = value
		}
		if g.options == nil && value != "" {
			typed = append(typed, value)
		}
	}
	if i >= 0 {
		c.Forms[i].Open, c.Forms[i].Lacks = true, lacks
	} else {
		c.Lost = strings.Join(typed, "\n")
	}
	return caseView(c), nil
}

// unmasking are the reasons for which the numbers in what a citizen said are
// shown, the likely one first. Which of them are public, as those of an advert,
// no program can tell from the text: a parent's own number stands beside them.
// So all are masked, and one tap opens them with its reason.
func (c *casePage) unmasking() []complaint.Reason {
	out := []complaint.Reason{complaint.MustVerify, complaint.MustContact, complaint.Danger}
	if slices.Contains([]complaint.Kind{complaint.FalseAdvertising, complaint.Unqualified, complaint.Fraud}, c.Case.Kind) {
		out = append([]complaint.Reason{complaint.InAdvert}, out...)
	}
	return out
}
