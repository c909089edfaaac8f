package content

import "slices"

// TypeQualification is the type of a school's standing of a year (招生资质). It
// is owed by notice 48, section 2, and nothing of it is published yet.
const TypeQualification Type = "qualification"

// ListsSchools reports whether the list of schools that may recruit in that
// year is published. While it is not, nobody can be said to be on it or
// missing from it.
func (s *Snapshot) ListsSchools(year int) bool {
	return slices.Contains(s.Years(TypeQualification), year)
}
