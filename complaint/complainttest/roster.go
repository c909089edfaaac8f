package complainttest

import "yangguang/complaint"

// City returns the units of a city with sections, two counties (one with a
// section of its own) and schools, for tests.
func City() []complaint.Unit {
	return []complaint.Unit{
		{Code: "410800", Level: complaint.CityLevel},
		{Code: "410800.vet", Parent: "410800", Level: complaint.SectionLevel, Duty: complaint.Vocational},
		{Code: "410800.registry", Parent: "410800", Level: complaint.SectionLevel, Duty: complaint.Registry},
		{Code: "410800.aid", Parent: "410800", Level: complaint.SectionLevel, Duty: complaint.StudentAid},
		{Code: "410800.discipline", Parent: "410800", Level: complaint.SectionLevel, Duty: complaint.Discipline},
		{Code: "410800-01", Parent: "410800", Level: complaint.SchoolLevel},
		{Code: "410800-02", Parent: "410800", Level: complaint.SchoolLevel},
		{Code: "410823", Parent: "410800", Level: complaint.CountyLevel},
		{Code: "410823.vet", Parent: "410823", Level: complaint.SectionLevel, Duty: complaint.Vocational},
		{Code: "410823-01", Parent: "410823", Level: complaint.SchoolLevel},
		{Code: "410825", Parent: "410800", Level: complaint.CountyLevel},
		{Code: "410825-01", Parent: "410825", Level: complaint.SchoolLevel},
	}
}

// Org returns the tree of City.
func Org() *complaint.Org {
	org, err := complaint.NewOrg(City())
	if err != nil {
		panic(err)
	}
	return org
}

// Officer returns an active officer of a unit.
func Officer(id, unit string, roles ...complaint.Role) complaint.Officer {
	return complaint.Officer{ID: complaint.OfficerID(id), Units: []string{unit}, Roles: roles, Active: true}
}

// Trial returns the roster of a trial: two officers at the bureau who do
// everything, 经办 ("first") and 审核 ("second").
func Trial() *complaint.Roster {
	return &complaint.Roster{Org: Org(), Officers: []complaint.Officer{
		Officer("first", "410800", complaint.Intake, complaint.Triage, complaint.Handler, complaint.Liaison, complaint.Editor),
		Officer("second", "410800", complaint.UnitHead, complaint.Reviewer, complaint.Supervisor, complaint.CallbackOfficer,
			complaint.Custodian, complaint.Approver),
	}}
}

// Staffed returns the roster of an operated city, with officers in sections and
// in the county 410823.
func Staffed() *complaint.Roster {
	r := Trial()
	r.Officers = append(r.Officers,
		Officer("vet", "410800.vet", complaint.Handler),
		Officer("registry", "410800.registry", complaint.Handler),
		Officer("liaison", "410800.discipline", complaint.Liaison),
		Officer("county", "410823", complaint.Triage, complaint.Handler, complaint.UnitHead),
		Officer("county-vet", "410823.vet", complaint.Handler),
		Officer("school", "410823-01", complaint.Handler, complaint.Triage),
		Officer("analyst", "410800", complaint.Analyst, complaint.Auditor, complaint.Administrator))
	return r
}
