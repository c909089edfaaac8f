package complaint

// Role is what somebody does at the desk, and who acts in an event.
type Role string

// The roles of officers.
const (
	Intake          Role = "intake"
	Triage          Role = "triage"
	Handler         Role = "handler"
	UnitHead        Role = "unit_head"
	Reviewer        Role = "reviewer"
	Supervisor      Role = "supervisor"
	CallbackOfficer Role = "callback"
	Custodian       Role = "custodian"
	Liaison         Role = "discipline"
	Analyst         Role = "analyst"
	Auditor         Role = "auditor"
	Editor          Role = "editor"
	Approver        Role = "approver"
	Administrator   Role = "administrator"
)

// Two that are no officers.
const (
	Citizen   Role = "citizen"
	Clockwork Role = "clockwork" // the office itself, when time or another event permits
)

// called is what everybody reads for a role: the desk, the command that gives
// roles, the citizen who sees who looked.
var called = map[Role]string{
	Intake: "登记员", Triage: "分派员", Handler: "承办人", UnitHead: "单位负责人", Reviewer: "审核人", Supervisor: "督办员",
	CallbackOfficer: "回访员", Custodian: "身份保管员", Liaison: "纪检联络员", Analyst: "统计员", Auditor: "审计员",
	Editor: "编辑", Approver: "发布审核人", Administrator: "系统管理员", Citizen: "来信人", Clockwork: "到期自动",
}

// Chinese returns the word that people read for r, "" for no role.
func (r Role) Chinese() string { return called[r] }

// Roles returns the roles that an officer can be given.
func Roles() []Role {
	return []Role{
		Intake, Triage, Handler, UnitHead, Reviewer, Supervisor, CallbackOfficer,
		Custodian, Liaison, Analyst, Auditor, Editor, Approver, Administrator,
	}
}

// parts says which parts of the table of moves a role plays in each lane. A
// role that is not named in a lane sees nothing there.
var parts = map[Lane]map[Role][]Role{
	Ordinary: {
		Intake: {Intake}, Triage: {Triage}, Handler: {Handler}, UnitHead: {UnitHead}, Reviewer: {Reviewer},
		Supervisor: {Supervisor}, CallbackOfficer: {CallbackOfficer}, Custodian: {Custodian},
	},
	Restricted: {
		Liaison:  {Intake, Triage, Handler},
		Reviewer: {Reviewer}, CallbackOfficer: {CallbackOfficer}, Custodian: {Custodian},
	},
	Editorial: {
		Editor:   {Intake, Triage, Handler},
		Approver: {Reviewer, UnitHead, CallbackOfficer},
	},
}

// reachesBelow lists the roles that serve the units below their own too, in
// the ordinary lane: the city takes complaints in for the whole city, reviews
// for a county that has one officer, and watches all clocks. Everybody else
// serves the own unit, with its sections.
var reachesBelow = map[Role]bool{Intake: true, Triage: true, Reviewer: true, Supervisor: true}
