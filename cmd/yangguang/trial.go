package main

import "yangguang/staff"

// The officers of a trial: two, for nobody reviews an answer of their own.
const (
	trialFirst  = "first"
	trialSecond = "second"
)

// trialOf returns the officers of a trial, who sit at the bureau.
func trialOf(bureau string) (*staff.Trial, error) {
	return staff.NewTrial(
		staff.Officer{ID: trialFirst, Name: "经办", Units: []string{bureau}, Roles: []staff.Role{
			staff.Intake, staff.Triage, staff.Handler, staff.Discipline, staff.Editor,
		}},
		staff.Officer{ID: trialSecond, Name: "审核", Units: []string{bureau}, Roles: []staff.Role{
			staff.UnitHead, staff.Reviewer, staff.Supervisor, staff.Callback, staff.Custodian, staff.Approver,
		}},
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
