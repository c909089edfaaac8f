package desk

import (
	"cmp"
	"slices"

	"yangguang/complaint"
)

// file is a case that an officer has open.
type file struct {
	*visit
	complaint.View
	receiving []option // see receivers
	asked     bool
	// bare shows the numbers in what the citizen said, this once.
	bare bool
}

// open opens the case that the address names.
func (v *visit) open() (*file, error) {
	n, err := v.number()
	if err != nil {
		return nil, err
	}
	view, err := v.desk.Office.Open(v.ctx, v.ID, n)
	if err != nil {
		return nil, err
	}
	return &file{visit: v, View: view}, nil
}

// offered returns the forms that the office would take from this officer now.
func (f *file) offered() ([]form, error) {
	tries := make([][]complaint.Action, len(forms))
	for i, one := range forms {
		tries[i] = one.acts(one.sample(f))
	}
	said, err := f.desk.Office.Try(f.ctx, f.ID, f.Number, tries...)
	if err != nil {
		return nil, err
	}
	var out []form
	for i, one := range forms {
		if one.instead != "" && slices.ContainsFunc(out, func(o form) bool { return o.Name == one.instead }) {
			continue
		}
		if one.allowed != nil && one.allowed(f) || one.allowed == nil && said[i] == nil {
			out = append(out, one)
		}
	}
	return out, nil
}

// may reports whether the table lets the officer make the move in any part.
func (f *file) may(m complaint.Move, facts complaint.Facts) bool {
	return slices.ContainsFunc(f.Parts, func(r complaint.Role) bool {
		return f.Case.Allows(m, complaint.Actor{Officer: f.ID, Role: r}, facts) == nil
	})
}

// receivers are the units to which the case can be given: those where somebody
// sits and whom the office would let have it.
func (f *file) receivers() []option {
	if f.asked {
		return f.receiving
	}
	f.asked = true
	roster, err := f.desk.Office.Roster(f.ctx)
	if err != nil {
		return nil
	}
	var codes []string
	for _, o := range roster.Officers {
		if o.Active {
			codes = append(codes, o.Units...)
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	var tries [][]complaint.Action
	for _, u := range codes {
		assign := complaint.Action{Move: complaint.Assign, Unit: u}
		if f.Case.State == complaint.Submitted {
			tries = append(tries, []complaint.Action{{Move: complaint.Accept}, assign})
		} else {
			tries = append(tries, []complaint.Action{assign})
		}
	}
	said, err := f.desk.Office.Try(f.ctx, f.ID, f.Number, tries...)
	if err != nil {
		return nil
	}
	for i, u := range codes {
		if said[i] != nil {
			continue
		}
		o := option{u, f.office(u)}
		if u == f.Case.Route.Unit {
			f.receiving = append([]option{{u, o.Word + "（建议）"}}, f.receiving...)
		} else {
			f.receiving = append(f.receiving, o)
		}
	}
	return f.receiving
}

// suggested is the unit to which the router would give the case.
func (f *file) suggested() string {
	if all := f.receivers(); len(all) > 0 {
		return all[0].Value
	}
	return ""
}

// asking are the colleagues who asked to see who the citizen is.
func (f *file) asking() []option {
	var out []option
	for id, is := range f.Case.Asking {
		if is && id != f.ID {
			out = append(out, option{string(id), f.titles[id]})
		}
	}
	slices.SortFunc(out, func(a, b option) int { return cmp.Compare(a.Value, b.Value) })
	return out
}

// drafted is the text of the last draft of an answer, for whoever goes on with it.
func (f *file) drafted() string { return string(f.lastWords(complaint.DraftReply)) }

// lastWords are what was said with the last move of that kind.
func (f *file) lastWords(m complaint.Move) []byte {
	for _, s := range slices.Backward(f.Case.Timeline) {
		if s.Move == m {
			return f.said(s.Seq, complaint.Words)
		}
	}
	return nil
}

func (f *file) said(seq int, kind complaint.PartKind) []byte {
	for _, s := range f.Said {
		if s.Seq == seq && s.Kind == kind {
			return s.Text
		}
	}
	return nil
}

// told is what the citizen said with an event, masked unless bare.
func (f *file) told(seq int, kind complaint.PartKind) string {
	text := string(f.said(seq, kind))
	if f.bare {
		return text
	}
	return complaint.Mask(text)
}

// masked reports whether anything is hidden in what the citizen said.
func (f *file) masked() bool {
	return !f.bare && slices.ContainsFunc(f.Said, func(s complaint.Said) bool {
		outsider := s.Kind == complaint.AccusedName || slices.Contains(outside, f.Case.Timeline[s.Seq-1].Move)
		return outsider && complaint.Mask(string(s.Text)) != string(s.Text)
	})
}

// who is the name of an officer, or the part of who is none.
func (f *file) who(a complaint.Actor) string {
	if a.Officer == "" {
		return a.Role.Chinese()
	}
	name := f.titles[a.Officer]
	if name == "" {
		name = string(a.Officer)
	}
	return name + "（" + a.Role.Chinese() + "）"
}
