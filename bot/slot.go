package bot

import (
	"slices"

	"yangguang/complaint"
)

// SlotName names one thing that the conversation wants to know.
type SlotName string

// The slots.
const (
	Words    SlotName = "words"    // what happened
	Kind     SlotName = "kind"     // a complaint.Kind
	Against  SlotName = "against"  // a complaint.AccusedKind
	School   SlotName = "school"   // a unit's code, or Unlisted
	Named    SlotName = "accused"  // who, as the citizen calls them
	Area     SlotName = "area"     // a county's code
	Payer    SlotName = "payer"    // the vocational school that pays, by code
	Detail   SlotName = "detail"   // a particular of the kind
	Paid     SlotName = "paid"     // to whom the money went
	When     SlotName = "when"     // a day, or from..to
	Amount   SlotName = "amount"   // yuan, or goods in words
	Wish     SlotName = "wish"     // what should be done
	Identity SlotName = "identity" // a complaint.Identity
	Person   SlotName = "who"      // Parent … Child
	Name     SlotName = "name"
	Phone    SlotName = "phone"
	About    SlotName = "about" // the figure or page of a correction
)

// The open question where no slot is.
const (
	atCard    SlotName = "card" // what was understood, to be confirmed
	atSummary SlotName = "summary"
	atAnswer  SlotName = "answer"
	atLeave   SlotName = "leave"
	atDone    SlotName = "done"
)

// Values of slots that are no words of another room.
const (
	Unlisted = "unlisted" // a school that is not in the list
	Unknown  = "unknown"

	Parent  = "parent"
	Pupil   = "pupil" // 14 to 17
	Child   = "child" // under 14
	Teacher = "teacher"
	Adult   = "adult"
)

// Slot is one thing to know: when it is asked, of what it can be, and how what
// was typed is read.
type Slot struct {
	Name   SlotName
	Screen ScreenName
	// When reports whether the talk, as it stands, has a use for it; May the
	// same before the other fields of its screen are known (nil: When).
	When func(*Talk) bool
	May  func(*Talk) bool
	// Optional reports whether it is asked only of those who go step by step.
	// What may be skipped but is asked is Skippable.
	Optional  func(*Talk) bool
	Skippable func(*Talk) bool
	// Choices makes it a choice. Offers are answers that may be pressed and need
	// not: anything else may be typed.
	Choices, Offers func(*Talk) []Option
	// Parse reads what was typed; a choice that fits was taken before.
	Parse func(*Talk, input) (Answer, *Refused)
	Limit int
	Long  bool
	// The wordings of its question, its line and the button that changes it.
	ask, line, edit string
}

// slots are all of them, in the order in which they are asked.
var slots []*Slot

func init() { // the functions of the table look slots up
	slots = slotTable()
	for _, s := range slots {
		s.ask, s.line, s.edit = "ask."+string(s.Name), "line."+string(s.Name), "edit."+string(s.Name)
	}
}

func slotTable() []*Slot {
	return []*Slot{
		{Name: Words, Screen: StoryScreen, When: always, Parse: parseStory, Limit: LongestStory, Long: true},
		{Name: Kind, Screen: KindScreen, When: always, Choices: kindChoices, Parse: parseKind, Limit: 100},
		{Name: Against, Screen: WhomScreen, When: asksAgainst, Choices: againstChoices, Parse: parseAgainst, Limit: 100},
		{
			Name: School, Screen: WhomScreen, When: hasSchool, May: mayBeAgainst(complaint.VocationalSchool),
			Optional: schoolHelpsLittle, Skippable: always, Choices: schoolChoices, Parse: parseSchool, Limit: longestName,
		},
		{
			Name: Named, Screen: WhomScreen, When: hasName, May: isAgainstSomebody, Optional: nameHelpsLittle, Skippable: always,
			Parse: parseName, Limit: longestName,
		},
		{
			Name: Area, Screen: WhomScreen, When: hasArea, May: isAgainstSomebody, Optional: areaHelpsLittle, Skippable: areaMayBeUnknown,
			Choices: areaChoices, Parse: parseArea, Limit: longestName,
		},
		{
			Name: Payer, Screen: WhomScreen, When: hasPayer, May: isKind(complaint.FeeDemand), Optional: always, Skippable: always,
			Choices: schoolChoices, Parse: parseSchool, Limit: longestName,
		},
		{
			Name: Detail, Screen: DetailsScreen, When: hasDetail, Optional: isNoHarm, Skippable: always,
			Choices: detailChoices, Parse: onlyChoice, Limit: 100,
		},
		{
			Name: Paid, Screen: DetailsScreen, When: isKind(complaint.IllegalFee, complaint.Fraud), Optional: always, Skippable: always,
			Choices: paidChoices, Parse: onlyChoice, Limit: 100,
		},
		{Name: When, Screen: DetailsScreen, When: isCase, Optional: always, Skippable: always, Parse: parseWhen, Limit: 40},
		{
			Name: Amount, Screen: DetailsScreen, When: hasAmount, Optional: always, Skippable: always, Offers: sumChoices,
			Parse: parseAmount, Limit: 40,
		},
		{Name: Wish, Screen: DetailsScreen, When: isCase, Optional: always, Skippable: always, Parse: parseWish, Limit: 300, Long: true},
		{
			Name: Identity, Screen: YouScreen, When: asksIdentity, May: isCase, Choices: identityChoices, Parse: onlyChoice, Limit: 100,
		},
		{
			Name: Person, Screen: YouScreen, When: isCase, Optional: isAnonymous, Skippable: isAnonymous,
			Choices: personChoices, Parse: onlyChoice, Limit: 100,
		},
		{Name: Name, Screen: YouScreen, When: givesName, May: isCase, Parse: parseName, Limit: longestName},
		{Name: Phone, Screen: YouScreen, When: givesName, May: isCase, Skippable: always, Parse: parsePhone, Limit: 30},
	}
}

// LongestStory is how many characters a story has at most: several pages.
const LongestStory = 6000

const longestName = 60

func slotOf(name SlotName) (*Slot, bool) {
	for _, s := range slots {
		if s.Name == name {
			return s, true
		}
	}
	return nil, false
}

func (s *Slot) optional(t *Talk) bool  { return s.Optional != nil && s.Optional(t) }
func (s *Slot) skippable(t *Talk) bool { return s.Skippable != nil && s.Skippable(t) }
func (s *Slot) may(t *Talk) bool {
	if s.May != nil {
		return s.May(t)
	}
	return s.When(t)
}

// get returns the answer to a slot that the talk has a use for, if it still
// is one of its choices.
func (t *Talk) get(name SlotName) (Answer, bool) {
	a, ok := t.Answers[name]
	s, known := slotOf(name)
	if !ok || !known || !s.When(t) {
		return Answer{}, false
	}
	if a.How != Skipped && s.Choices != nil && !fits(s.Choices(t), a.Value) {
		return Answer{}, false
	}
	return a, true
}

func fits(options []Option, value string) bool {
	return slices.ContainsFunc(options, func(o Option) bool { return o.Act == Choose && o.Value == value })
}

func (t *Talk) value(name SlotName) string {
	a, _ := t.get(name)
	return a.Value
}

// kind returns the kind as far as it is known; profile what the office knows
// of it.
func (t *Talk) kind() complaint.Kind { return complaint.Kind(t.Answers[Kind].Value) }

func (t *Talk) profile() *complaint.Profile { return profileOf(t.kind()) }

func profileOf(k complaint.Kind) *complaint.Profile {
	if p := profiles[k]; p != nil {
		return p
	}
	return &noProfile
}

func always(*Talk) bool { return true }

func isKind(kinds ...complaint.Kind) func(*Talk) bool {
	return func(t *Talk) bool { return slices.Contains(kinds, t.kind()) }
}

// isCase: it becomes a case, and one in which people have a part.
func isCase(t *Talk) bool { return t.profile().Kept && t.kind() != complaint.Correction }

// accusedKind is whom it is against: what was answered, or the only one that
// can be.
func (t *Talk) accusedKind() complaint.AccusedKind {
	if a, ok := t.get(Against); ok {
		return complaint.AccusedKind(a.Value)
	}
	if p := t.profile(); !asksAgainst(t) && len(p.Against) == 1 {
		return p.Against[0]
	}
	return ""
}

func against(kinds ...complaint.AccusedKind) func(*Talk) bool {
	return func(t *Talk) bool { return slices.Contains(kinds, t.accusedKind()) }
}

func mayBeAgainst(kind complaint.AccusedKind) func(*Talk) bool {
	return func(t *Talk) bool { return slices.Contains(t.profile().Against, kind) }
}

func isAgainstSomebody(t *Talk) bool { return isCase(t) && len(t.profile().Against) > 0 }

// asksAgainst: several can be accused, or the bureau was named.
func asksAgainst(t *Talk) bool {
	p := t.profile()
	return len(p.Against) > 1 || t.kind() == complaint.AgainstBureau || len(p.Against) == 1 && len(t.Heard.Bureau) > 0
}

// hasSchool: it is against a vocational school, or against somebody there.
func hasSchool(t *Talk) bool { return against(complaint.VocationalSchool)(t) || schoolHelps(t) }

// schoolHelps: somebody at a vocational school may be meant.
func schoolHelps(t *Talk) bool {
	return mayBeAgainst(complaint.VocationalSchool)(t) && against(complaint.Teacher, complaint.Agent)(t) && t.kind() != complaint.FeeDemand ||
		isHarm(t) && against(complaint.Schoolmate, complaint.UnknownPerson)(t)
}

// schoolHelpsLittle: where a pupil is hurt it is the one thing to know, unless
// the school was named already.
func schoolHelpsLittle(t *Talk) bool {
	named := t.Answers[Named]
	return schoolHelps(t) && (!isHarm(t) || named.How != "" && named.How != Skipped)
}

var isHarm = isKind(complaint.Harm)

func isNoHarm(t *Talk) bool { return !isHarm(t) }

func hasName(t *Talk) bool {
	return isCase(t) && (t.value(School) == Unlisted ||
		against(complaint.JuniorSchool, complaint.Teacher, complaint.Schoolmate, complaint.Agent, complaint.UnknownPerson)(t))
}

// nameHelpsLittle: its absence holds nothing up.
func nameHelpsLittle(t *Talk) bool {
	return t.value(School) != Unlisted && (isNoHarm(t) || !against(complaint.JuniorSchool)(t))
}

func hasArea(t *Talk) bool {
	if code := t.value(School); code != "" && code != Unlisted {
		return false // the school says where
	}
	return isCase(t) && (t.value(School) == Unlisted || t.accusedKind() != "" && t.accusedKind() != complaint.VocationalSchool &&
		t.accusedKind() != complaint.BureauItself)
}

// areaHelpsLittle: whoever it is, the city receives it; and who was hurt is
// asked for no more than the school.
func areaHelpsLittle(t *Talk) bool {
	return against(complaint.VocationalSchool, complaint.Agent, complaint.UnknownPerson)(t) || isHarm(t) && areaMayBeUnknown(t)
}

func areaMayBeUnknown(t *Talk) bool { return t.accusedKind() != complaint.CountyItself }

func hasPayer(t *Talk) bool {
	return t.kind() == complaint.FeeDemand && !against(complaint.VocationalSchool)(t)
}

func hasDetail(t *Talk) bool { return len(details[t.kind()]) > 0 && isCase(t) }

func hasAmount(t *Talk) bool {
	return isKind(complaint.FeeDemand, complaint.IllegalFee, complaint.Fraud, complaint.AidUnpaid, complaint.Unqualified, complaint.Internship)(t)
}

// asksIdentity: a child below 14 complains anonymously, without being asked.
func asksIdentity(t *Talk) bool { return isCase(t) && t.Answers[Person].Value != Child }

func isAnonymous(t *Talk) bool {
	id := t.value(Identity)
	return id == "" || id == string(complaint.Anonymous)
}

func givesName(t *Talk) bool { return isCase(t) && !isAnonymous(t) }
