package staff_test

import (
	"slices"
	"testing"

	"yangguang/complaint"
	"yangguang/staff"
)

// The two rooms do not know each other, and use the same words.
func TestRolesAreThoseOfTheComplaintOffice(t *testing.T) {
	var got []complaint.Role
	for _, r := range staff.Roles() {
		got = append(got, complaint.Role(r))
	}
	if !slices.Equal(got, complaint.Roles()) {
		t.Errorf("roles %v, want %v", got, complaint.Roles())
	}
}

func TestCombined(t *testing.T) {
	for _, c := range []struct {
		roles []staff.Role
		want  []staff.Pair
	}{
		{nil, nil},
		{[]staff.Role{staff.Intake, staff.Triage, staff.Handler, staff.Discipline, staff.Editor}, nil},
		{[]staff.Role{staff.Approver, staff.Reviewer, staff.Editor}, []staff.Pair{{One: staff.Editor, Other: staff.Approver}}},
		{[]staff.Role{staff.Reviewer, staff.Handler, staff.UnitHead}, []staff.Pair{
			{One: staff.Handler, Other: staff.Reviewer}, {One: staff.Handler, Other: staff.UnitHead},
		}},
	} {
		if got := (staff.Officer{Roles: c.roles}).Combined(); !slices.Equal(got, c.want) {
			t.Errorf("%v combine %v, want %v", c.roles, got, c.want)
		}
	}
}
