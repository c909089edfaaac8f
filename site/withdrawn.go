package site

import (
	"strings"

	"yangguang/content"
	"yangguang/site/page"
)

// withdrawal is a record that no longer holds, as a list names it at its foot.
type withdrawal struct {
	*content.Meta
	Name string
	// Anchor is where it stands in the list, for a record without a page of its
	// own; else Path is that page.
	Anchor, Path string
}

// Because is why, as a sentence.
func (w withdrawal) Because() string {
	if w.Reason == "" {
		return ""
	}
	return strings.TrimRight(w.Reason, "。") + "。"
}

// withdrawals are what is said at the foot of a list.
type withdrawals struct {
	page.Frame
	List []withdrawal
	// All is true where nothing of the list holds any more.
	All bool
}

// withdrawn gathers what was withdrawn from a list, and notes it as shown.
func (r *reading) withdrawn(t content.Type, year, holding int) withdrawals {
	w := withdrawals{}
	for _, record := range r.Withdrawn(t, year) {
		r.uses(record)
		one := withdrawal{Meta: record.Head(), Name: r.Name(record), Path: content.Path(record)}
		if _, anchor, ok := strings.Cut(one.Path, "#"); ok {
			one.Anchor = anchor
		}
		w.List = append(w.List, one)
	}
	w.All = holding == 0 && len(w.List) > 0
	return w
}

// in gives the list its page's frame.
func (w withdrawals) in(f page.Frame) withdrawals {
	if w.Frame = f; w.All {
		w.Description = "" // it would speak of records that no longer hold
	}
	return w
}

// Before is the address of a record as it stood before it was withdrawn.
func (w withdrawals) Before(one withdrawal) string {
	f := w.Frame
	f.Old = one.Edition - 1
	return f.To(one.Path)
}
