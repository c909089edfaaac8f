package desk

import (
	"slices"

	"yangguang/complaint"
)

// nextPart says whose step is next in a state. It only points at a row of the
// queue; what may be done there the office says when the case is opened.
var nextPart = map[complaint.State][]complaint.Role{
	complaint.Submitted: {complaint.Triage}, complaint.Accepted: {complaint.Triage},
	complaint.Assigned: {complaint.Handler}, complaint.Rework: {complaint.Handler},
	complaint.Investigating: {complaint.Handler}, complaint.ReplyDraft: {complaint.Handler},
	complaint.Reviewing: {complaint.Reviewer}, complaint.Callback: {complaint.CallbackOfficer},
	complaint.Reexamination: {complaint.UnitHead, complaint.Reviewer},
}

// waits reports whether the next step of a case is that officer's.
func waits(r *complaint.Roster, id complaint.OfficerID, d complaint.Docket) bool {
	officer, ok := r.Officer(id)
	if !ok {
		return false
	}
	parts := r.Org.Parts(officer, complaint.Place{Unit: d.Route.Unit, Lane: d.Route.Lane}, d.Route.Barred)
	if !slices.ContainsFunc(nextPart[d.State], func(p complaint.Role) bool { return slices.Contains(parts, p) }) {
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
