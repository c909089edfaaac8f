package desk

import (
	"encoding/json"

	"github.com/a-h/templ"

	"yangguang/complaint"
)

// who is the identity of a citizen as it is sealed.
type who struct {
	Person string `json:"who,omitempty"`
	Name   string `json:"name"`
	Phone  string `json:"phone,omitempty"`
}

// whoOf reads an identity; one of another form is shown as it is.
func whoOf(plain []byte) who {
	var w who
	if json.Unmarshal(plain, &w) != nil {
		return who{Name: string(plain)}
	}
	return w
}

// identityPage is who the citizen is, for the one answer in which it is shown.
type identityPage struct {
	frame
	Number complaint.Number
	who
	// Relation is the citizen's part in what is told, in words.
	Relation string
}

// identity opens who the citizen is, for an officer who was allowed to; the
// office notes it. It is answered to a POST alone, so that no reload and no
// address opens it once more.
func (d *Desk) identity(v *visit) (templ.Component, error) {
	n, err := v.number()
	if err != nil {
		return nil, err
	}
	plain, err := d.Office.Identity(v.ctx, v.ID, n)
	if err != nil {
		return nil, err
	}
	p := identityPage{frame: v.frame, Number: n, who: whoOf(plain)}
	if p.Person != "" {
		p.Relation = v.Say("talk", "who."+p.Person, nil)
	}
	return identityOpened(p), nil
}

// words shows the citizen's words with the numbers that are hidden otherwise,
// for a reason that is noted.
func (d *Desk) words(v *visit) (templ.Component, error) {
	f, err := v.open()
	if err != nil {
		return nil, err
	}
	why := complaint.Action{Move: complaint.OpenOriginal, Facts: complaint.Facts{Reason: complaint.Reason(v.form("reason"))}}
	if _, err := d.Office.Act(v.ctx, v.ID, f.Number, f.Case.Turn, why); err != nil {
		return nil, err
	}
	if f, err = v.open(); err != nil {
		return nil, err
	}
	f.bare = true
	c, err := f.page()
	if err != nil {
		return nil, err
	}
	return caseView(c), nil
}
