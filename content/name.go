package content

import "strings"

// Name is what a record is called where it is listed among others.
func (s *Snapshot) Name(r Record) string {
	switch r := r.(type) {
	case *Target:
		if r.Unit == "" {
			return totalName
		}
		if unit, ok := s.Unit(r.Unit); ok {
			return unit.Name
		}
	case *Policy:
		return r.Title
	case *Unit:
		return r.Name
	case *KeyDate:
		return r.Name
	case *Rule:
		return r.Name
	case *Aid:
		return r.Name
	case *Contact:
		return r.Name
	case *Duty:
		return r.Name
	case *FAQ:
		return r.Question
	case *Term:
		return r.Name
	case *Article:
		return r.Title
	case *Law:
		return r.Title
	case *Sheet:
		return r.Title
	case *School:
		return r.Name
	case *Specialty:
		return r.Name
	case *Qualification:
		return s.SchoolName(r.School)
	case *Plan:
		return s.SchoolName(r.School) + s.SpecialtyName(r.Specialty)
	case *Result:
		return s.SchoolName(r.School) + s.SpecialtyName(r.Specialty)
	case *Clarification:
		return r.Claim
	case *Word:
		return r.Word
	case *Phrase:
		return strings.Join(r.Patterns[:min(1, len(r.Patterns))], "")
	}
	return r.Head().ID.Key()
}

// SchoolName is what the school of that code is called, its code where it is no
// record.
func (s *Snapshot) SchoolName(code string) string {
	if school, ok := s.School(code); ok {
		return school.Name
	}
	return code
}

// SpecialtyName is that of the specialty of that code, else the code.
func (s *Snapshot) SpecialtyName(code string) string {
	if specialty, ok := s.Specialty(code); ok {
		return specialty.Name
	}
	return code
}

// AreaName is what a county or district is called, empty where nobody says.
func (s *Snapshot) AreaName(code string) string {
	if u, ok := s.Unit(code); ok {
		return u.Name
	}
	return ""
}
