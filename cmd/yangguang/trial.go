package main

import (
	"slices"

	"yangguang/staff"
)

// The officers of a trial: two, for nobody reviews an answer of their own.
const (
	trialFirst  = "first"
	trialSecond = "second"
)

// The demonstration has three more: a county's own, to see what it never
// sees; the liaison, whom alone some complaints reach; and whoever decides
// when an answer is looked at again, who took no part in it.
const (
	demoCounty  = "county"
	demoLiaison = "liaison"
	demoLeader  = "leader"
)

// demoCountyUnit is where the county's officer sits: 甲河县.
const demoCountyUnit = "990121"

// trialOf returns the officers of a trial, who sit at the bureau.
func trialOf(bureau string, demo bool) (*staff.Trial, error) {
	first := staff.Officer{ID: trialFirst, Name: "经办", Units: []string{bureau}, Roles: []staff.Role{
		staff.Intake, staff.Triage, staff.Handler, staff.Discipline, staff.Editor,
	}}
	second := staff.Officer{ID: trialSecond, Name: "审核", Units: []string{bureau}, Roles: []staff.Role{
		staff.UnitHead, staff.Reviewer, staff.Supervisor, staff.Callback, staff.Custodian, staff.Approver,
	}}
	if !demo {
		return staff.NewTrial(first, second)
	}
	first.Roles = slices.DeleteFunc(first.Roles, func(r staff.Role) bool { return r == staff.Discipline })
	return staff.NewTrial(
		first, second,
		staff.Officer{ID: demoCounty, Name: "甲河县", Units: []string{demoCountyUnit}, Roles: []staff.Role{
			staff.Triage, staff.Handler, staff.Callback,
		}},
		staff.Officer{ID: demoLiaison, Name: "纪检", Units: []string{bureau}, Roles: []staff.Role{staff.Discipline}},
		staff.Officer{ID: demoLeader, Name: "分管领导", Units: []string{bureau}, Roles: []staff.Role{staff.UnitHead, staff.Supervisor}},
	)
}

// link is where an officer of a trial comes in, while the program runs.
type link struct{ name, path string }

func linksOf(trial *staff.Trial) []link {
	if trial == nil {
		return nil
	}
	var out []link
	for _, o := range trial.Officers() {
		out = append(out, link{o.Name, "/desk/enter/" + trial.Link(o.ID)})
	}
	return out
}
