package content

import "yangguang/calendar"

// SchoolKind says what a school is.
type SchoolKind string

// The kinds of school. A Technical school (技工) is published by the office of
// human resources (人社), not by the education bureau.
const (
	General      SchoolKind = "general"
	VocationalHi SchoolKind = "vocational_high"
	AdultSchool  SchoolKind = "adult"
	Technical    SchoolKind = "technical"
)

var schoolKindWords = map[SchoolKind]string{
	General: "普通中专", VocationalHi: "职业高中", AdultSchool: "成人中专", Technical: "技工学校",
}

// Word is what the kind is called.
func (k SchoolKind) Word() string { return schoolKindWords[k] }

// SchoolKinds are all kinds, in the order in which they are offered.
func SchoolKinds() []SchoolKind { return []SchoolKind{General, VocationalHi, AdultSchool, Technical} }

// Ownership says who keeps a school.
type Ownership string

// The ownerships.
const (
	Public  Ownership = "public"
	Private Ownership = "private"
)

var ownershipWords = map[Ownership]string{Public: "公办", Private: "民办"}

// Word is what the ownership is called.
func (o Ownership) Word() string { return ownershipWords[o] }

// School is a school as it is registered. What it may recruit in a year is
// its [Qualification], never something of the school itself.
type School struct {
	Meta
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Short  []string `json:"short,omitempty"`
	Former []string `json:"former,omitempty"`

	Kind      SchoolKind `json:"kind"`
	Ownership Ownership  `json:"ownership"`
	Sponsor   string     `json:"sponsor,omitempty"`
	Authority string     `json:"authority,omitempty"`
	// Unit is the unit that the school is, or belongs to; Area the county or
	// district that it stands in.
	Unit string `json:"unit_code,omitempty"`
	Area string `json:"area_code,omitempty"`

	Campuses []Campus `json:"campuses,omitempty"`
	Phone    string   `json:"phone,omitempty"`
	URL      string   `json:"url,omitempty"`
	// Boarding is yes, no, or empty where nobody has said.
	Boarding string `json:"boarding,omitempty"`
	Text     string `json:"text,omitempty"`
}

// Campus is a place where a school teaches. Filed is yes where the address is
// on file (备案), no where it is not, empty where nobody has said.
type Campus struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"`
	Filed   string `json:"filed,omitempty"`
}

// SchoolID returns the id of a school.
func SchoolID(code string) ID { return yearly(TypeSchool, 0, code) }

// Status is what a school may do in a year (招生资质).
type Status string

// The statuses. Unlisted is said of a school only where the year's list is
// whole; Unknown where nobody can say.
const (
	Listed     Status = "listed"
	Warned     Status = "warned"
	Restricted Status = "restricted"
	Suspended  Status = "suspended"
	Revoked    Status = "revoked"
	Unlisted   Status = "not_listed"
	HRSS       Status = "hrss"
	Closed     Status = "closed"
	Unknown    Status = "unknown"
)

var statusWords = map[Status]string{
	Listed: "在名单", Warned: "在名单，有警示", Restricted: "在名单，限制招生", Suspended: "停止招生", Revoked: "资格已撤销",
	Unlisted: "不在名单", HRSS: "技工院校，由人社部门公布", Closed: "已停办或合并", Unknown: "不能判断",
}

// Word is what the status is called.
func (s Status) Word() string { return statusWords[s] }

// Statuses are all of them, in the order in which they are offered.
func Statuses() []Status {
	return []Status{Listed, Warned, Restricted, Suspended, Revoked, Unlisted, HRSS, Closed, Unknown}
}

// MayRecruit reports whether a school of that status may recruit at all.
func (s Status) MayRecruit() bool { return s == Listed || s == Warned || s == Restricted }

// Qualification is a school's standing in a year.
type Qualification struct {
	Meta
	School string `json:"school"`
	Status Status `json:"status"`
	// Document and Date are of the decision, where it is not the sheet itself.
	Document string        `json:"document,omitempty"`
	Date     calendar.Date `json:"date"`
	Reason   string        `json:"reason,omitempty"`
	// Scope is what it is about, empty: the whole school.
	Scope string        `json:"scope,omitempty"`
	From  calendar.Date `json:"from"`
	To    calendar.Date `json:"to"`
	// Specialties and Addresses are those that are on file for the year; empty
	// where the list does not say.
	Specialties []string `json:"specialties,omitempty"`
	Addresses   []string `json:"addresses,omitempty"`
}

// QualificationID returns the id of a school's standing in a year.
func QualificationID(year int, school string) ID { return yearly(TypeQualification, year, school) }

// School returns the school of that code, withdrawn or not.
func (s *Snapshot) School(code string) (*School, bool) {
	r, ok := s.records[SchoolID(code)].(*School)
	return r, ok
}

// Schools returns all schools, in the order of their list.
func (s *Snapshot) Schools() []*School { return list[*School](s, TypeSchool) }

// Qualifications returns the standing of the schools in a year.
func (s *Snapshot) Qualifications(year int) []*Qualification {
	return ofYear[*Qualification](s, TypeQualification, year)
}

// Standing returns what may be said of a school in a year: its own status; not
// listed where the year's list is whole and does not have it; else unknown. The
// record is nil where there is none.
func (s *Snapshot) Standing(year int, school string) (Status, *Qualification) {
	if q, ok := s.records[QualificationID(year, school)].(*Qualification); ok && !q.Withdrawn {
		return q.Status, q
	}
	if of, ok := s.School(school); ok && of.Kind == Technical {
		return HRSS, nil
	}
	if s.ListsSchools(year) {
		return Unlisted, nil
	}
	return Unknown, nil
}

// ListsSchools reports whether a list of schools that may recruit in that year
// is published and is whole. While it is not, nobody can be said to be on it or
// missing from it.
func (s *Snapshot) ListsSchools(year int) bool {
	for _, sheet := range s.Sheets() {
		if sheet.Of == TypeQualification && sheet.Year == year && sheet.Whole {
			return true
		}
	}
	return false
}
