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
	case *Word:
		return r.Word
	case *Phrase:
		return strings.Join(r.Patterns[:min(1, len(r.Patterns))], "")
	}
	return r.Head().ID.Key()
}
