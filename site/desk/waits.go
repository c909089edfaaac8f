package desk

import (
	"slices"

	"yangguang/complaint"
)

// waits reports whether the next step of a case is that officer's. It only
// points at a row of the queue; what may be done there the office says when the
// case is opened.
func waits(r *complaint.Roster, id complaint.OfficerID, d complaint.Docket) bool {
	officer, ok := r.Officer(id)
	if !ok {
		return false
	}
	parts := r.Org.Parts(officer, complaint.Place{Unit: d.Route.Unit, Lane: d.Route.Lane}, d.Route.Barred)
	if !slices.ContainsFunc(d.State.Awaits(), func(p complaint.Role) bool { return slices.Contains(parts, p) }) {
		return false
	}
	switch d.State { //nolint:exhaustive // in the others it is nobody's yet
	case complaint.Investigating, complaint.ReplyDraft:
		return d.Handler == id
	case complaint.Reviewing:
		return d.Handler != id
	}
	return true
}
