package complaint

import "slices"

// Kind says what a complaint is about. Its text is the word used in JSON, SQL
// and addresses.
type Kind string

// The kinds.
const (
	FalseAdvertising Kind = "false_advertising"
	Interference     Kind = "interference"
	FeeDemand        Kind = "fee_demand"
	Blockade         Kind = "blockade"
	IllegalFee       Kind = "illegal_fee"
	Unqualified      Kind = "unqualified"
	Irregular        Kind = "irregular"
	Registration     Kind = "registration"
	Fraud            Kind = "fraud"
	AidUnpaid        Kind = "aid_unpaid"
	Privacy          Kind = "privacy"
	Internship       Kind = "internship"
	Harm             Kind = "harm"
	AgainstBureau    Kind = "against_bureau"
	Correction       Kind = "correction"
	Question         Kind = "question"
	Other            Kind = "other"
)

// Class decides which legal clocks run.
type Class string

// The classes of the petition regulation, articles 30 and 31.
const (
	Unclassed Class = ""        // the regulation's clocks do not apply
	Request   Class = "request" // 申诉求决
	Report    Class = "report"  // 检举控告
	Inquiry   Class = "inquiry" // 咨询
)

// Lane says which officers may see a case at all.
type Lane string

// The lanes.
const (
	Ordinary   Lane = "ordinary"
	Restricted Lane = "restricted" // discipline liaison, and whom the table of parts names
	Editorial  Lane = "editorial"  // a mistake on this site
)

// Duty is a competence that a section of a bureau may hold.
type Duty string

// The duties. A bureau holds those that none of its sections holds.
const (
	Vocational Duty = "vet"
	Registry   Duty = "registry"
	StudentAid Duty = "aid"
	Discipline Duty = "discipline"
	Publishing Duty = "publishing"
)

// Floor is where the search for a receiving unit begins.
type Floor string

// The floors.
const (
	OwnerFloor Floor = "owner" // the lowest bureau above the accused
	CityFloor  Floor = "city"
)

// Authority is an office outside this site, for referrals and refusals. Names
// and telephone numbers are published records, not code.
type Authority string

// The authorities.
const (
	Hotline          Authority = "hotline_12345"
	Police           Authority = "police"
	AntiFraud        Authority = "anti_fraud_96110"
	MarketRegulation Authority = "market_regulation"
	Cyberspace       Authority = "cyberspace"
	HumanResources   Authority = "human_resources"
	CivilAffairs     Authority = "civil_affairs"
	ProvinceBureau   Authority = "province_education"
	Inspection       Authority = "discipline_inspection"
	HigherAuthority  Authority = "higher_authority" // the one above whoever answered
)

// Profile is what the office knows of a kind.
type Profile struct {
	Kind Kind
	// Name is the word in code, Chinese the word people read.
	Name, Chinese string
	// Against lists who can be accused; empty means nobody is.
	Against []AccusedKind
	Class   Class
	Lane    Lane
	Duty    Duty
	Floor   Floor
	// BarsCounty keeps the whole county of the accused from the case.
	BarsCounty bool
	// CopiesCity lets the city see a case that a county handles.
	CopiesCity bool
	// PersonTakes: when a person is accused it is a report, in the restricted
	// lane, for the discipline liaison.
	PersonTakes bool
	// Season opens the fast lane while a window of it is open.
	Season Season
	// Pressing: somebody may be in danger, so that it is urgent and in the fast
	// lane whenever it comes.
	Pressing bool
	// Refers lists whom the law makes competent beside the bureau.
	Refers []Authority
	// NeedsArea: without the county it cannot be kept from the accused.
	// NeedsAbout: the page or figure must be named.
	NeedsArea, NeedsAbout bool
	// Kept is false for what never becomes a case.
	Kept bool
}

var profiles = []Profile{
	{
		Kind: FalseAdvertising, Name: "FalseAdvertising", Chinese: "虚假招生宣传", Kept: true,
		Against: []AccusedKind{VocationalSchool},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: OwnerFloor, Refers: []Authority{MarketRegulation},
	},
	{
		Kind: Interference, Name: "Interference", Chinese: "干预或代替填报志愿、劝弃考", Kept: true,
		Against: []AccusedKind{JuniorSchool, Teacher, CountyItself},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: OwnerFloor, CopiesCity: true, Season: FormsOpen,
	},
	{
		// The payer is a vocational school or an agent.
		Kind: FeeDemand, Name: "FeeDemand", Chinese: "索要、收受经费或实物，买卖生源", Kept: true,
		Against: []AccusedKind{JuniorSchool, Teacher, VocationalSchool, Agent, CountyItself},
		Class:   Report, Lane: Restricted, Duty: Discipline, Floor: CityFloor, BarsCounty: true, Refers: []Authority{Inspection},
	},
	{
		Kind: Blockade, Name: "Blockade", Chinese: "生源封锁、地方保护", Kept: true,
		Against: []AccusedKind{CountyItself},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: CityFloor, BarsCounty: true, NeedsArea: true,
	},
	{
		// The payer is a family.
		Kind: IllegalFee, Name: "IllegalFee", Chinese: "违规收费、不退费", Kept: true,
		Against: []AccusedKind{VocationalSchool, JuniorSchool, Teacher, Agent, CountyItself},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: OwnerFloor, PersonTakes: true, Refers: []Authority{MarketRegulation},
	},
	{
		Kind: Unqualified, Name: "Unqualified", Chinese: "无资质招生、停招仍招、私设教学点、中介招生", Kept: true,
		Against: []AccusedKind{VocationalSchool, Agent},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: CityFloor, Refers: []Authority{MarketRegulation, HumanResources},
	},
	{
		Kind: Irregular, Name: "Irregular", Chinese: "提前圈生源、超计划、换专业、拒收", Kept: true,
		Against: []AccusedKind{VocationalSchool, CountyItself},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: OwnerFloor,
	},
	{
		Kind: Registration, Name: "Registration", Chinese: "学籍：空挂、双重、被占、未注册", Kept: true,
		Against: []AccusedKind{VocationalSchool},
		Class:   Request, Lane: Ordinary, Duty: Registry, Floor: CityFloor, Season: RegistrationDue,
	},
	{
		Kind: Fraud, Name: "Fraud", Chinese: "冒名、假通知书、假网站", Kept: true,
		Against: []AccusedKind{UnknownPerson, Agent},
		Class:   Report, Lane: Ordinary, Duty: Vocational, Floor: CityFloor, Refers: []Authority{Police, AntiFraud},
	},
	{
		Kind: AidUnpaid, Name: "AidUnpaid", Chinese: "资助没有发到", Kept: true,
		Against: []AccusedKind{VocationalSchool},
		Class:   Request, Lane: Ordinary, Duty: StudentAid, Floor: CityFloor,
	},
	{
		Kind: Privacy, Name: "Privacy", Chinese: "学生信息泄露", Kept: true,
		Against: []AccusedKind{VocationalSchool, JuniorSchool, Teacher, Agent, UnknownPerson},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: OwnerFloor, Refers: []Authority{Police, Cyberspace},
	},
	{
		Kind: Internship, Name: "Internship", Chinese: "实习", Kept: true,
		Against: []AccusedKind{VocationalSchool, Agent},
		Class:   Request, Lane: Ordinary, Duty: Vocational, Floor: OwnerFloor, Refers: []Authority{HumanResources},
	},
	{
		// Who reads it is a person who must not look away: the liaison of the
		// bureau above the school, and of the city. The school never does.
		Kind: Harm, Name: "Harm", Chinese: "伤害、欺负学生：打骂、体罚、关人、欺凌、性骚扰", Kept: true, Pressing: true,
		Against: []AccusedKind{Teacher, Schoolmate, VocationalSchool, JuniorSchool, UnknownPerson, CountyItself},
		Class:   Report, Lane: Restricted, Duty: Discipline, Floor: OwnerFloor, CopiesCity: true, Refers: []Authority{Police},
	},
	{
		Kind: AgainstBureau, Name: "AgainstBureau", Chinese: "举报市局自身",
		Against: []AccusedKind{BureauItself}, Refers: []Authority{Hotline, ProvinceBureau, Inspection},
	},
	{
		Kind: Correction, Name: "Correction", Chinese: "站上这条有误", Kept: true,
		Lane: Editorial, Duty: Publishing, Floor: CityFloor, NeedsAbout: true,
	},
	{Kind: Question, Name: "Question", Chinese: "咨询", Class: Inquiry},
	{Kind: Other, Name: "Other", Chinese: "表扬、撤诉、催办或无关", Class: Inquiry},
}

// Kinds returns all kinds in the order in which they are offered.
func Kinds() []Kind {
	out := make([]Kind, len(profiles))
	for i, p := range profiles {
		out[i] = p.Kind
	}
	return out
}

// pressing reports whether a complaint of that kind is urgent by itself.
func (k Kind) pressing() bool {
	p, _ := k.profile()
	return p.Pressing
}

// Profile returns what the office knows of k; false for a word that is no kind.
func (k Kind) Profile() (Profile, bool) {
	known, ok := k.profile()
	p := *known
	p.Against, p.Refers = slices.Clone(p.Against), slices.Clone(p.Refers)
	return p, ok
}

// profile is Profile for the office itself, which only reads it.
func (k Kind) profile() (*Profile, bool) {
	for i := range profiles {
		if profiles[i].Kind == k {
			return &profiles[i], true
		}
	}
	return new(Profile), false
}

// against returns the profile as it applies to these accused.
func (p Profile) against(accused []Accused) Profile {
	if p.PersonTakes && slices.ContainsFunc(accused, func(a Accused) bool { return a.Kind == Teacher || a.Kind == UnknownPerson }) {
		p.Class, p.Lane, p.Duty = Report, Restricted, Discipline
	}
	return p
}
