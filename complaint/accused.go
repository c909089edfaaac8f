package complaint

import (
	"fmt"
	"slices"

	"yangguang/pattern"
)

// AccusedKind says what somebody accused is.
type AccusedKind string

// Who can be accused.
const (
	VocationalSchool AccusedKind = "vocational_school"
	JuniorSchool     AccusedKind = "junior_school"
	Teacher          AccusedKind = "teacher"
	Schoolmate       AccusedKind = "schoolmate"
	Agent            AccusedKind = "agent"
	CountyItself     AccusedKind = "county" // its bureau or government
	BureauItself     AccusedKind = "bureau"
	UnknownPerson    AccusedKind = "unknown_person"
)

// Accused is who a complaint is against, as far as routing needs it: codes
// only. The name is a sealed part. Junior schools are no records: theirs has an
// area and no unit.
type Accused struct {
	Kind AccusedKind `json:"kind"`
	// Unit is the code of a known unit, Area the GB/T 2260 code of the county.
	Unit string `json:"unit_code,omitempty"`
	Area string `json:"area_code,omitempty"`
}

// aboutForm is a figure's id or a page's path, and aboutLength how long one
// is: no room for a sentence in it.
var aboutForm = pattern.New(`^[a-z0-9/_.#-]+$`)

const aboutLength = 120

// NamesPlace reports whether about can name what a correction is about: a
// figure or a page, with no room for a sentence.
func NamesPlace(about string) bool { return len(about) <= aboutLength && aboutForm.MatchString(about) }

// check reports what a complaint of kind p against these lacks.
func (p Profile) check(accused []Accused, about string) error {
	if len(p.Against) == 0 && len(accused) > 0 || len(p.Against) > 0 && len(accused) == 0 {
		return fmt.Errorf("%w: %s against %d", ErrIncomplete, p.Kind, len(accused))
	}
	for _, a := range accused {
		if !slices.Contains(p.Against, a.Kind) {
			return fmt.Errorf("%w: %s is not against a %s", ErrIncomplete, p.Kind, a.Kind)
		}
		if (p.NeedsArea || a.Kind == CountyItself) && a.Area == "" && a.Unit == "" {
			return fmt.Errorf("%w: %s without the county", ErrIncomplete, p.Kind)
		}
	}
	if p.NeedsAbout != (about != "") || about != "" && !NamesPlace(about) {
		return fmt.Errorf("%w: %s about %q", ErrIncomplete, p.Kind, about)
	}
	return nil
}
