package desk

import (
	"github.com/a-h/templ"

	"yangguang/complaint"
)

// casePage is one case as an officer sees it.
type casePage struct {
	frame
	complaint.View
	Queue []row
	Words string
}

func (d *Desk) one(v *visit) (templ.Component, error) {
	n, err := v.number()
	if err != nil {
		return nil, err
	}
	c := casePage{}
	if c.View, err = d.Office.Open(v.ctx, v.ID, n); err != nil {
		return nil, err
	}
	if c.Queue, _, err = v.list("", complaint.Position{}, 20); err != nil {
		return nil, err
	}
	c.frame = v.frame
	for _, s := range c.Said {
		if s.Kind == complaint.Words {
			c.Words = complaint.Mask(string(s.Text))
			break
		}
	}
	return caseView(c), nil
}
