package staff

// Role is what an officer does at the desk. Its text is the word of the
// complaint office for the same role.
type Role string

// The roles.
const (
	Intake        Role = "intake"
	Triage        Role = "triage"
	Handler       Role = "handler"
	UnitHead      Role = "unit_head"
	Reviewer      Role = "reviewer"
	Supervisor    Role = "supervisor"
	Callback      Role = "callback"
	Custodian     Role = "custodian"
	Discipline    Role = "discipline"
	Analyst       Role = "analyst"
	Auditor       Role = "auditor"
	Editor        Role = "editor"
	Approver      Role = "approver"
	Administrator Role = "administrator"
)

// Roles returns the roles in the order in which they are listed. What people
// read for them is the complaint office's to say.
func Roles() []Role {
	return []Role{
		Intake, Triage, Handler, UnitHead, Reviewer, Supervisor, Callback, Custodian, Discipline, Analyst, Auditor, Editor, Approver, Administrator,
	}
}

// apart lists what a larger office gives to different people. Two of them are
// apart in every single act, whatever roles somebody has: nobody signs an
// answer or approves a publication of their own.
var apart = []Pair{
	{Handler, Reviewer},
	{Editor, Approver},
	{Handler, UnitHead},
	{Handler, Callback},
	{Handler, Custodian},
	{Handler, Supervisor},
	{Reviewer, Callback},
	{Discipline, Reviewer},
	{Discipline, Custodian},
	{Handler, Auditor},
	{Reviewer, Auditor},
	{Discipline, Auditor},
	{Administrator, Auditor},
}

// Pair is two roles that one officer combines.
type Pair struct{ One, Other Role }

// Combined returns the roles that o combines although a larger office keeps
// them apart. Two people may run everything; whoever audits them sees it.
func (o Officer) Combined() []Pair {
	var both []Pair
	for _, p := range apart {
		if o.Is(p.One) && o.Is(p.Other) {
			both = append(both, p)
		}
	}
	return both
}
